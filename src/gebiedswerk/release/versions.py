"""Earlier versions of a publication: kept under a lasting address, never overwritten, with what changed since."""

from __future__ import annotations

import difflib
import hashlib
import html
import json
import posixpath
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from gebiedswerk.account import MEASURES
from gebiedswerk.assembly.opened import Opened
from gebiedswerk.blocks.headings import name_in_year
from gebiedswerk.blocks.models import Cell, Frame, Link, Prose, PublicationPage, Table, TableRow
from gebiedswerk.blocks.places import HOME, publication_place, publication_root
from gebiedswerk.dossier import Dossier, Status
from gebiedswerk.figures import TOTAL, Address, parse_address
from gebiedswerk.language.languages import DUTCH, LANGUAGES
from gebiedswerk.language.messages import Messages
from gebiedswerk.pages import View

Json = dict[str, Any]
FOLDER = "versies"
TOLD = ("budget", "realised", "result", "released", "shortfall", "closing")
MOST = 200
LINK = re.compile(r'\b(href|src)="([^"#?:]++)([^"]*+)"')
MAIN = re.compile(r"<main[^>]*>")
PROSE = re.compile(r'<div class="prose"[^>]*>(.*?)</div>', re.DOTALL)
TITLE = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
ENDS = re.compile(r"</(?:p|h[1-6]|li|blockquote)>")


def sights(opened: Opened, site: Path) -> dict[str, Json]:
    """Slug → what a version is known by: its status, moment, figures and text; `key` is the hash of the last two."""
    return {view.publication.slug: _sight(view, site) for view in opened.views}


def _sight(view: View, site: Path) -> Json:
    settings, slug = view.publication.settings, view.publication.slug
    figures = {
        str(address): view.figures.figure(address).cents
        for address in view.figures.addresses()
        if address.year == settings.year and address.measure in TOLD and address.area is None
    }
    texts = {place: text_of((site / place).read_text("utf-8")) for place in _texts(site, slug)}
    key = hashlib.sha256(json.dumps([figures, texts], sort_keys=True).encode()).hexdigest()
    return {
        "status": str(settings.status),
        "moment": view.moment.isoformat() if view.moment else "",
        "figures": figures,
        "texts": texts,
        "key": key,
    }


def _texts(site: Path, slug: str) -> list[str]:
    """The pages of a publication with text, in every language."""
    found = [path for root in _roots(site, slug) for path in sorted((site / root).glob("*.html"))]
    return [path.relative_to(site).as_posix() for path in found]


def _roots(site: Path, slug: str) -> list[str]:
    """The folders of a publication: one per language."""
    root = publication_root(slug)
    return [place for place in (root, *(f"{language}/{root}" for language in LANGUAGES)) if (site / place).is_dir()]


def text_of(page: str) -> list[str]:
    """The title and the sentences of a page, a line per paragraph."""
    pieces = [*TITLE.findall(page)[:1], *(part for prose in PROSE.findall(page) for part in ENDS.split(prose))]
    lines = (" ".join(html.unescape(re.sub(r"<[^<>]+>", "", piece)).split()) for piece in pieces)
    return [line for line in lines if line]


def history(former: Mapping[str, list[Json]], now: Mapping[str, Json]) -> dict[str, list[Json]]:
    """Slug → its versions, oldest first; the last is the one that is live.

    A version that equals the live one, or follows a draft, takes its place; any other makes the live one an earlier
    version, and says what changed.
    """
    found = {slug: list(versions) for slug, versions in former.items()}
    for slug, sight in now.items():
        versions = found.setdefault(slug, [])
        last = versions[-1] if versions else None
        number = 1 if last is None else last["n"]
        changes: Json = last["changes"] if last else {"figures": [], "texts": []}
        if last is not None and last["key"] != sight["key"] and last["status"] != Status.DRAFT:
            number, changes = number + 1, _changes(last, sight)
        elif last is not None:
            versions.pop()
        versions.append({"n": number, "changes": changes} | sight)
    return found


def _changes(then: Json, now: Json) -> Json:
    """The figures and the sentences that are not what they were."""
    names = dict.fromkeys([*now["figures"], *then["figures"]])
    figures = [[name, then["figures"].get(name), now["figures"].get(name)] for name in names]
    texts = []
    for place in dict.fromkeys([*now["texts"], *then["texts"]]):
        before, after = then["texts"].get(place, []), now["texts"].get(place, [])
        for tag, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
            texts += [[place, " ".join(before[a:b]), " ".join(after[c:d])]] if tag != "equal" else []
    return {"figures": [one for one in figures if one[1] != one[2]][:MOST], "texts": texts[:MOST]}


def archived(
    former: Path, slug: str, number: int, notices: Mapping[str, str]
) -> Iterator[tuple[str, Path, bytes | None]]:
    """The files of the live version as an earlier one: place, the file it comes from, and its bytes where they change.

    Links of a page to the rest of its own publication stay within the version; others lead where they led.
    """
    for root in _roots(former, slug):
        for path in sorted((former / root).rglob("*")):
            place = path.relative_to(former).as_posix()
            if path.is_file() and not place.startswith(f"{root}{FOLDER}/"):
                there = _there(place, slug, number)
                page = path.read_text("utf-8") if path.suffix == ".html" else None
                data = None if page is None else _rewritten(page, place, slug, number, notices).encode()
                yield there, path, data


def _there(place: str, slug: str, number: int) -> str:
    """Where a file of a publication stands in an earlier version; other places stay."""
    root = publication_root(slug)
    language, found, rest = place.partition(root)
    if not found or language not in ("", *(f"{one}/" for one in LANGUAGES)) or rest.startswith(f"{FOLDER}/"):
        return place
    return f"{language}{root}{FOLDER}/{number}/{rest}"


def _rewritten(page: str, place: str, slug: str, number: int, notices: Mapping[str, str]) -> str:
    here = posixpath.dirname(_there(place, slug, number))

    def link(found: re.Match[str]) -> str:
        if found[2].startswith("/") or (":" in found[3] and "/" not in found[2]):
            return found[0]
        target = posixpath.normpath(posixpath.join(posixpath.dirname(place), found[2]))
        return f'{found[1]}="{posixpath.relpath(_there(target, slug, number), here)}{found[3]}"'

    language = re.search(r'<html[^>]* lang="([a-z]+)"', page)
    root = place.partition(publication_root(slug))[0]
    way = posixpath.relpath(f"{root}{publication_root(slug)}{FOLDER}/index.html", here)
    words = html.escape(notices[language[1] if language and language[1] in notices else DUTCH])
    notice = f'<p class="notice" role="note"><a href="{way}">{words}</a></p>'
    return MAIN.sub(lambda found: f"{found[0]}\n{notice}", LINK.sub(link, page), count=1)


def with_way(page: str, words: str) -> str:
    """The first page of a publication with the way to its versions at its end."""
    way = f'<p class="wrap"><a href="{FOLDER}/index.html">{html.escape(words)}</a></p>'
    return page.replace("</main>", f"{way}\n</main>", 1)


def version_page(dossier: Dossier, slug: str, title: str, versions: list[Json], messages: Messages) -> PublicationPage:
    """The page of all versions of a publication, newest first, with what changed in each."""
    path = f"{publication_root(slug)}{FOLDER}/index.html"
    first = dossier.settings.presentation.language
    root = "" if messages.language == first else f"{messages.language}/"
    blocks: list[Prose | Table] = []
    for one in reversed(versions):
        live = one is versions[-1]
        there = publication_place(slug) if live else _there(publication_place(slug), slug, one["n"])
        blocks.append(Prose(_heading(one, posixpath.relpath(there, posixpath.dirname(path)), messages, live=live)))
        blocks += _tables(dossier, one, messages)
    frame = Frame(
        path=path,
        title=messages("versions.title", title=title),
        language=messages.language,
        site_title=messages("site.title", municipality=dossier.settings.municipality.name),
        breadcrumb=(Link(messages("site.home"), HOME), Link(title, publication_place(slug))),
        root=root,
    )
    return PublicationPage(frame, tuple(blocks))


def _heading(one: Json, href: str, messages: Messages, *, live: bool) -> str:
    words = messages("versions.live" if live else "versions.earlier", number=one["n"])
    day = f" <small>{messages.day(datetime.fromisoformat(one['moment']).date())}</small>" if one["moment"] else ""
    return f'<h2 id="v{one["n"]}"><a href="{html.escape(href)}">{html.escape(words)}</a>{day}</h2>'


def _tables(dossier: Dossier, one: Json, messages: Messages) -> Iterator[Table]:
    """What changed in a version since the one before: its figures, and its sentences."""
    changes, number = one["changes"], one["n"]
    then, now = messages("versions.then"), messages("versions.now")
    rows = [_figure_row(dossier, name, before, after, messages) for name, before, after in changes["figures"]]
    if rows:
        caption = messages("versions.figures", number=number)
        yield Table(f"figures-{number}", caption, (messages("versions.figure"), then, now), tuple(rows))
    texts = [TableRow((Cell(place), Cell(before), Cell(after))) for place, before, after in changes["texts"]]
    if texts:
        caption = messages("versions.texts", number=number)
        yield Table(f"texts-{number}", caption, (messages("versions.page"), then, now), tuple(texts))


def _figure_row(dossier: Dossier, name: str, then: int | None, now: int | None, messages: Messages) -> TableRow:
    address = parse_address(name)
    measure = name_in_year(messages, address.measure, address.year, dossier.settings.term)
    words = f"{_name(dossier, address, messages)}: {measure}"
    cells = (Cell("–" if cents is None else messages.euros(cents), "", True, (cents or 0) < 0) for cents in (then, now))
    return TableRow((Cell(words), *cells))


def _name(dossier: Dossier, address: Address, messages: Messages) -> str:
    """A subject as officials write it; its code where nothing is called so any more."""
    if address.measure not in MEASURES or address.subject == TOTAL:
        return messages("table.total")
    return next((line.name for line in dossier.budget_line_years if line.line == address.line), str(address.subject))
