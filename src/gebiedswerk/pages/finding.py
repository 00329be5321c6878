"""Finding something: the map of the site, the index by letter, and the words that need explaining."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from gebiedswerk.blocks.models import Branch, Frame, GlossaryPage, IndexEntry, IndexPage, Link, SitemapPage
from gebiedswerk.blocks.places import GLOSSARY, SEARCH, SITEMAP, Places, area_place, initiative_place
from gebiedswerk.core.hierarchy import children
from gebiedswerk.core.spending_term import Shortfall
from gebiedswerk.figures import TOTAL
from gebiedswerk.pages.frame import Frames
from gebiedswerk.pages.work_files import table_places
from gebiedswerk.texts.chapters import chapters
from gebiedswerk.texts.markdown import slug
from gebiedswerk.texts.view import View

WORDS: Sequence[str] = (
    "adopted amendment area budget carry_over committed delivery income ledger_account not_attributed posting "
    "programme realised reconciliation release reserve result shortfall term tranche"
).split()
"""The words of the glossary, by their names in the catalogue (`word.<name>`, `word.<name>.meaning`)."""


def sitemap_page(frames: Frames, views: Sequence[View], others: Iterable[Link]) -> SitemapPage:
    """The map of the site: publications with their pages, areas with what lies in them, figures by year, the rest."""
    say = frames.messages
    sections = (
        (say("sitemap.publications"), tuple(branch for view in views for branch in _publication(frames, view))),
        (say("sitemap.areas"), tuple(_areas(frames))),
        (say("sitemap.figures"), tuple(_figures(frames))),
        (say("sitemap.tables"), tuple(_tables(frames))),
        (say("sitemap.others"), tuple(Branch(link) for link in others)),
    )
    return SitemapPage(
        _frame(frames, SITEMAP, say("sitemap.title")),
        say("sitemap.intro"),
        tuple(section for section in sections if section[1]),
    )


def _frame(frames: Frames, place: str, title: str) -> Frame:
    """The frame of a page that shows no figures: it carries no moment of data."""
    return replace(frames.frame(place, title, [frames.home_link()], frames.newest), stamps=())


def _publication(frames: Frames, view: View) -> Iterator[Branch]:
    """A publication with its other pages; nothing where its text cannot be read."""
    found = chapters(view, frames.messages.language)
    rest = tuple(Branch(one.link) for one in found if not one.is_first)
    for first in found:
        if first.is_first:
            yield Branch(Link(frames.title(view), first.path), rest)


def _areas(frames: Frames) -> tuple[Branch, ...]:
    """The areas, each with what lies in it."""
    areas = {area.code: area for area in frames.dossier.areas}
    below = children({code: area.parent for code, area in areas.items()})

    def branch(code: str) -> Branch:
        place = area_place(frames.dossier, code)
        return Branch(Link(areas[code].name, place), tuple(branch(one) for one in below.get(code, ())))

    return tuple(branch(code) for code in below.get(None, ()))


def _figures(frames: Frames) -> Iterator[Branch]:
    """The whole of every year: from there every figure can be reached."""
    places = Places(frames.dossier)
    for year in reversed(frames.newest.years()):
        yield Branch(Link(frames.messages("sitemap.year", year=year), places.source(TOTAL, year)))


def _tables(frames: Frames) -> Iterator[Branch]:
    """The tables of areas and work that are offered as they stand in the dossier."""
    for name, place in table_places(frames.dossier).items():
        yield Branch(Link(frames.messages(f"sitemap.table.{name}"), place))


def index_page(frames: Frames, views: Sequence[View]) -> IndexPage:
    """Everything with a name, by its first letter: publications, their headings, areas, words."""
    entries = [*_headings(frames, views), *_area_entries(frames), *_word_entries(frames)]
    unique = {(one.link.text, one.link.href): one for one in entries}
    ordered = sorted(unique.values(), key=lambda one: (slug(one.link.text), one.note, one.link.href))
    letters: dict[str, list[IndexEntry]] = {}
    for entry in ordered:
        first = slug(entry.link.text)[0]
        letters.setdefault(first.upper() if first.isalpha() else "0–9", []).append(entry)
    return IndexPage(
        _frame(frames, SEARCH, frames.messages("index.title")),
        frames.messages("index.intro"),
        tuple((letter, tuple(found)) for letter, found in letters.items()),
        frames.dossier.house.search,
    )


def _headings(frames: Frames, views: Sequence[View]) -> Iterator[IndexEntry]:
    """The publications, their pages, and the headings of each."""
    for view in views:
        title = frames.title(view)
        for chapter in chapters(view, frames.messages.language):
            if chapter.is_first:
                yield IndexEntry(Link(title, chapter.path), "")
            if chapter.title != title:
                yield IndexEntry(chapter.link, title)
            yield from (IndexEntry(link, chapter.title) for link in chapter.heading_links())


def _area_entries(frames: Frames) -> Iterator[IndexEntry]:
    areas = {area.code: area for area in frames.dossier.areas}
    for area in areas.values():
        above = areas[area.parent].name if area.parent else ""
        note = frames.messages("index.within", kind=area.kind, area=above) if above else area.kind
        yield IndexEntry(Link(area.name, area_place(frames.dossier, area.code)), note)
    for one in frames.dossier.work.initiatives:
        if one.area in areas:
            note = frames.messages("index.idea", area=areas[one.area].name)
            yield IndexEntry(Link(one.name, initiative_place(frames.dossier, one)), note)


def _word_entries(frames: Frames) -> Iterator[IndexEntry]:
    for anchor, word, _ in _words(frames):
        yield IndexEntry(Link(word, f"{GLOSSARY}#{anchor}"), frames.messages("index.word"))


def glossary_page(frames: Frames) -> GlossaryPage:
    """The words of municipal finance in plain language, by the alphabet of the page."""
    return GlossaryPage(
        _frame(frames, GLOSSARY, frames.messages("glossary.title")),
        frames.messages("glossary.intro"),
        tuple(_words(frames)),
    )


def _words(frames: Frames) -> list[tuple[str, str, str]]:
    say, rules = frames.messages, frames.dossier.settings.term
    covered = any(rule.shortfall is Shortfall.TO_COVER for rule in rules)
    named = {name: f"{name}.to_cover" if name == "shortfall" and covered else name for name in WORDS}
    found = [
        (f"w-{name.replace('_', '-')}", say(f"word.{key}"), say(f"word.{key}.meaning")) for name, key in named.items()
    ]
    return sorted(found, key=lambda one: slug(one[1]))
