"""One function per verb, shared by the command line and the workspace: each opens the dossier and says all faults."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gebiedswerk.account import (
    Account,
    Adopted,
    NotAdopted,
    YearAccount,
    adopt_account,
    adopted_text,
    delivery_hashes,
    read_adopted,
    restated,
    rule_hashes,
    settle,
)
from gebiedswerk.core.faults import Checked, Fault, GebiedswerkError, capped, errors, fault, not_checked
from gebiedswerk.core.words import Words, is_blank
from gebiedswerk.dossier import (
    NEWEST,
    Basis,
    Dossier,
    House,
    Publication,
    PublicationKind,
    Root,
    Status,
    files,
    page_of,
    read,
)
from gebiedswerk.dossier.disk import on_disk
from gebiedswerk.dossier.read import SHAPE, TABLE_FILES
from gebiedswerk.dossier.settings import DeliveryKind
from gebiedswerk.dossier.table_files import as_it_stands
from gebiedswerk.dossier.template_words import template_faults
from gebiedswerk.dossier.text_numbers import number_faults
from gebiedswerk.dossier.texts import DossierText
from gebiedswerk.dossier.toml import with_line
from gebiedswerk.figures import Figures, NoAddress, NoFigure, check_initiatives, parse_address, trace
from gebiedswerk.ledger import DeliverySummary, Ledger, attribute, late_faults
from gebiedswerk.messages import Messages

if TYPE_CHECKING:
    from gebiedswerk.documents.against import Edited
    from gebiedswerk.dossier.beginnings import Own
    from gebiedswerk.importing import Answer, Imported, Proposal, Sight, Wanted
    from gebiedswerk.publication import CheckedText, Made, Updated, View
    from gebiedswerk.site import Built, Progress
# Rooms that make pages or take files in are loaded by the verbs that do so: `check` and `account` do not wait for them.

DOUBT = frozenset(
    "D101 L101 L102 L103 L104 L106 L107 L108 L109 L110 L114 L115 L116 L117 L118 L119 L121 L122 L123".split()
)
DOUBT |= frozenset("L161 L162 L163 L164 L165 L166 L167".split())  # workbooks
DOUBT |= frozenset("L177 L178 L179 L180 L184 L185 L186 L187 L240 L241 L242 L244".split())  # asked, or spoiled
DOUBT |= frozenset("L249 L250 L252 L253 L254 L255 L256 L257".split())  # asked too
DOUBT |= frozenset("L195 L196 L197 L198 L200".split())  # other kinds of files, and what is no value
DOUBT |= frozenset("D105 D106 D112 D113 D114 D115 D116 A102 A103 A107 A108 M205 M206 M207 M210 M212".split())
DOUBT |= frozenset("D180 D182 D183 D184 D185".split())  # tables
"""Faults after which the money of some year is not complete: claims about that year are held back."""
PROGRAM = "gebiedswerk"


@dataclass(frozen=True, slots=True)
class Opened:
    """A dossier with everything that follows from it; `newest` is None where no account could be made."""

    dossier: Dossier | None
    newest: Figures | None
    views: tuple[View, ...]
    texts: tuple[CheckedText, ...]
    deliveries: tuple[DeliverySummary, ...]
    faults: tuple[Fault, ...]

    @property
    def house(self) -> House:
        """The look of the site: ours, where there is no dossier."""
        return self.dossier.house if self.dossier else House()

    @property
    def sound(self) -> bool:
        """Whether nothing stops publishing."""
        return not errors(self.faults)

    def publication_status(self, slug: str) -> Status:
        """Where a publication stands."""
        publications = self.dossier.publications if self.dossier else ()
        return next(found.settings.status for found in publications if found.slug == slug)


def open_dossier(path: Path, *, anew: bool = False) -> Opened:
    """Read and check a dossier from the first stage to the last: all faults in one run.

    `anew`: hash every delivery again, as what is published or adopted deserves.
    """
    checked = read(path, anew=anew)
    if checked.value is None:
        found = [one.code for one in checked.faults]
        return Opened(None, None, (), (), (), (*capped(checked.faults), not_checked("dossier", checked.faults, found)))
    opened = _opened(checked.value, checked.faults)
    return replace(opened, faults=tuple(capped(as_it_stands(with_line(found, path), path) for found in opened.faults)))


def _opened(dossier: Dossier, faults: tuple[Fault, ...]) -> Opened:
    """What follows from a dossier that was read; a delivery in it may not have landed yet."""
    opening = _Opening(dossier, list(faults))
    newest = opening.figures(NEWEST, "newest")
    opening.control()
    opening.faults += check_initiatives(newest) if newest else []
    views, texts = opening.publications(newest)
    opening.questions(newest)
    opening.numbers()
    opening.privacy()
    return Opened(dossier, newest, views, texts, opening.deliveries, tuple(dict.fromkeys(opening.faults)))


class _Opening:
    """One run over a dossier: the figures per basis, and the faults in the order in which they were met."""

    def __init__(self, dossier: Dossier, faults: list[Fault]) -> None:
        self.dossier = dossier
        self.faults = faults
        self.deliveries: tuple[DeliverySummary, ...] = ()
        self.rendered: dict[str, list[tuple[int, str]]] = {}
        self.adopted = self._adopted()
        days = {year: found.adopted_on for year, found in self._accounts(NEWEST).items()}
        self.faults += late_faults(dossier, days)
        self._made: dict[tuple[Basis, str], Figures | None] = {}
        self._ledgers: dict[Basis, Ledger | None] = {}

    def _adopted(self) -> dict[str, Adopted]:
        """The adopted accounts that can be read, by publication."""
        found: dict[str, Adopted] = {}
        for publication in self.dossier.publications:
            if publication.settings.status is Status.ADOPTED:
                try:
                    adopted = read_adopted(publication.adopted or "")
                    adopted.years[publication.settings.year]
                except (NotAdopted, KeyError):
                    self.faults.append(fault("P103", f"{publication.folder}/adopted.json"))
                    continue
                gone = self._gone(publication, adopted)
                self.faults += gone
                found |= {} if gone else {publication.slug: adopted}
        return found

    def _gone(self, publication: Publication, adopted: Adopted) -> list[Fault]:
        """Codes of an adopted account that the dossier no longer knows (D108): addresses last, so codes stay."""
        lines = [line for account in adopted.years.values() for line in account.lines]
        known_lines = {line.code for line in self.dossier.budget_lines}
        known_areas = {area.code for area in self.dossier.areas}
        named = [("budget_lines.csv", line.code) for line in lines if line.code not in known_lines]
        named += [("areas.csv", line.area) for line in lines if line.area and line.area not in known_areas]
        place = f"{publication.folder}/adopted.json"
        unread = self.dossier.unread
        return [fault("D108", place, value=code, table=table) for table, code in named if table not in unread]

    def years_adopted(self, basis: Basis) -> dict[int, YearAccount]:
        """The annual accounts that the council had adopted by a basis."""
        return {year: found.years[year] for year, found in self._accounts(basis).items()}

    def _accounts(self, basis: Basis) -> dict[int, Adopted]:
        """Year → what was adopted as its annual accounts by a basis; the first where there are two (P106)."""
        found: dict[int, Adopted] = {}
        for publication in self.dossier.publications:
            adopted, settings = self.adopted.get(publication.slug), publication.settings
            if adopted and settings.kind is PublicationKind.ACCOUNTS and basis.knows(adopted.adopted_on):
                if settings.year in found:
                    place = f"{publication.folder}/publication.toml"
                    self.faults.append(fault("P106", place, column="year", value=settings.year))
                found.setdefault(settings.year, adopted)
        return found

    def figures(self, basis: Basis, label: str) -> Figures | None:
        """The figures on a basis; None where there is no ledger."""
        if (basis, label) not in self._made:
            self._made[basis, label] = self._figures(basis, label)
        return self._made[basis, label]

    def _figures(self, basis: Basis, label: str) -> Figures | None:
        ledger = self.ledger(basis)
        if ledger is None:
            return None
        adopted = self.years_adopted(basis)
        account = settle(ledger, self.dossier, adopted, label)
        self.faults += account.faults
        if account.value is None:
            return None
        ledgers = {year: self.ledger(Basis(found.as_of)) for year, found in self._accounts(basis).items()}
        return Figures(self.dossier, ledger, account.value, {year: one for year, one in ledgers.items() if one})

    def ledger(self, basis: Basis) -> Ledger | None:
        """The ledger on a basis; None, said once, where postings cannot be attributed."""
        if basis not in self._ledgers:
            found = attribute(self.dossier, basis)
            self.faults += found.faults
            stage = "account" if self.dossier.attributable else "attribution"
            broken = [one for one in self.faults if one.file in TABLE_FILES]
            self.faults += [] if found.value else [not_checked(stage, broken, SHAPE)]
            self.deliveries = found.value.deliveries if found.value and basis == NEWEST else self.deliveries
            self._ledgers[basis] = found.value
        return self._ledgers[basis]

    def control(self) -> None:
        """Hold the newest ledger against Iv3; what waits for deliveries that cannot be read is said per file."""
        if not self.dossier.iv3_files and not any(one.settings.complete_for for one in self.dossier.deliveries):
            return  # nothing to hold it against
        from gebiedswerk.ledger.iv3 import check_iv3

        found = check_iv3(self.dossier, self.ledger(NEWEST))
        self.faults += found.faults
        codes = {one.code for one in self.faults if (one.file or "").startswith(("deliveries/", "profiles/"))}
        self.faults += [not_checked("iv3", self.faults, codes, file) for file in found.held_back]

    def publications(self, newest: Figures | None) -> tuple[tuple[View, ...], tuple[CheckedText, ...]]:
        """Every publication on its own basis, with its text checked."""
        if not self.dossier.publications:
            return (), ()
        from gebiedswerk.publication import View, check_text, comes_out, unit_cents

        views, texts = [], []
        for publication in self.dossier.publications:
            basis = self._basis_of(publication) if newest is not None else None
            figures = self._with_budget(publication, basis) if basis is not None else None
            checked = [
                check_text(publication, file, text, figures, unit_cents(self.dossier, publication), self._words(file))
                for file, text in publication.texts
            ]
            self.faults += [found for text in checked for found in text.faults]
            held_back = next((text.file for text in checked if text.held_back), None)
            if held_back and basis is not None:
                self.faults.append(not_checked("text", self.faults, DOUBT, held_back))
            texts += checked
            self.rendered |= {text.file: list(comes_out(text.parts)) for text in checked}
            if figures is not None:
                views.append(View(publication, figures, tuple(checked)))
        return tuple(views), tuple(texts)

    def _words(self, file: str) -> Messages:
        """The words in the language of a text."""
        return Messages(page_of(file)[1] or self.dossier.settings.presentation.language)

    def questions(self, newest: Figures | None) -> None:
        """Questions that are about no figure."""
        if newest is not None and self.dossier.questions:
            from gebiedswerk.publication.questions import question_faults

            self.faults += question_faults(self.dossier, newest)

    def numbers(self) -> None:
        """Numbers in the texts of tables and settings, and in the decisions by which accounts were adopted."""
        folders = {one.slug: one.folder for one in self.dossier.publications}
        decisions = (
            DossierText(f"{folders[slug]}/adopted.json", None, "decision", Words.DECISION, one.decision)
            for slug, one in self.adopted.items()
        )
        self.faults += number_faults(self.dossier, decisions)
        self.faults += template_faults(self.dossier)

    def privacy(self) -> None:
        """What would tell who someone is, on any basis."""
        ledgers = [ledger for ledger in self._ledgers.values() if ledger is not None]
        if ledgers:
            from gebiedswerk.ledger.differences import difference_faults
            from gebiedswerk.ledger.privacy import privacy_faults
            from gebiedswerk.ledger.public import takedown_faults
            from gebiedswerk.ledger.row_order import order_faults

            self.faults += [
                *privacy_faults(self.dossier, ledgers, self.rendered),
                *takedown_faults(ledgers, self.dossier),
                *difference_faults(self.dossier, ledgers),
                *order_faults(self.dossier),
            ]

    def _with_budget(self, publication: Publication, figures: Figures) -> Figures | None:
        """The figures; None, said once (D105), where the year of the publication has no budget lines."""
        file, year = f"{publication.folder}/publication.toml", publication.settings.year
        if figures.of_year(year) is None:
            self.faults.append(fault("D105", file, None, "year", year, kind="budget_year", choices=""))
            return None
        surely = publication.settings.status is not Status.DRAFT and year not in figures.doubtful
        if surely and not figures.has_budget(year):
            self.faults.append(fault("P108", file, None, "as_of", publication.settings.as_of, year=year))
        return figures

    def _basis_of(self, publication: Publication) -> Figures | None:
        """An adopted publication stands on what was adopted; any other on what was known at its `as_of`."""
        adopted = self.adopted.get(publication.slug)
        if adopted is None:
            as_of = publication.settings.as_of
            return self.figures(Basis(as_of), as_of.isoformat() if as_of else "newest")
        figures = self.figures(Basis(adopted.as_of), f"adopted:{publication.slug}")
        if figures is None:
            return None
        self._recompute(publication, adopted, figures)
        return replace(figures, account=Account(f"adopted:{publication.slug}", adopted.years))

    def _recompute(self, publication: Publication, adopted: Adopted, figures: Figures) -> None:
        """Say it where an adopted account no longer follows from the dossier as it was known then (P104)."""
        now = {year: account for year, account in figures.account.years.items() if year in adopted.years}
        if any(restated(adopted.years[year], account) for year, account in now.items()):
            hashes = {**delivery_hashes(self.dossier, figures.ledger.used), **rule_hashes(self.dossier)}
            then = {**adopted.deliveries, **adopted.rules}
            changed = sorted(name for name in then.keys() | hashes.keys() if then.get(name) != hashes.get(name))
            self.faults.append(fault("P104", f"{publication.folder}/adopted.json", value=", ".join(changed) or PROGRAM))


def make(opened: Opened, at: datetime | None = None) -> Made | None:
    """The pages of an opened dossier; marked as not adding up where there are errors. None without an account."""
    from gebiedswerk.documents import documents
    from gebiedswerk.opendata import open_data
    from gebiedswerk.publication import in_languages

    if opened.newest is None or opened.dossier is None:
        return None
    made = in_languages(opened.newest, opened.views, at, broken=not opened.sound)
    words = Messages(opened.dossier.settings.presentation.language)
    papers = documents(opened.dossier, opened.views, made)
    return replace(made, data=(*made.data, *open_data(opened.newest, opened.views, made, words), *papers))


def build(
    path: Path, out: Path, at: datetime | None = None, jobs: int = 1, progress: Progress | None = None
) -> tuple[Built | None, tuple[Fault, ...]]:
    """Build the site of a dossier, in so many processes or, with 0, in as many as can work at once.

    With any error nothing is written and the former site stays.
    """
    from gebiedswerk.site import alone_in, most_jobs, not_ours, write

    opened = open_dossier(path, anew=True)
    foreign = not_ours(out)
    faults = (*opened.faults, *([foreign] if foreign else []))
    made = make(opened, at) if not errors(faults) else None
    if made is None:
        return None, faults
    processes = jobs or most_jobs()
    built, said = alone_in(out, lambda: (write(made.pages, made.data, out, processes, progress, opened.house), ()))
    return built, (*faults, *said)


def check_against(opened: Opened, file: Path, slug: str | None) -> tuple[Fault, ...]:
    """The figures of a file that differ from what the publications print, or the one publication that is named."""
    from gebiedswerk.documents.against import edited, figures_in
    from gebiedswerk.documents.soup import MOST_BYTES, NoHtml, decoded
    from gebiedswerk.publication import publication_pages

    views = [view for view in opened.views if slug in (None, view.publication.slug)]
    if slug is not None and opened.newest is not None and not views:
        return (fault("P105", f"publications/{slug}", value=slug),)
    if opened.newest is None or not views:
        return (not_checked("against", opened.faults, [one.code for one in opened.faults], file.name),)
    try:
        with file.open("rb") as bytes_:
            html = decoded(bytes_.read(MOST_BYTES + 1))
    except (OSError, NoHtml):
        return (fault("T123", file.name),)
    pages = publication_pages(opened.newest, views)
    if not figures_in(html, pages):
        return (fault("T124", file.name),)
    return tuple(_edited_fault(file.name, one) for one in edited(html, pages))


def _edited_fault(file: str, one: Edited) -> Fault:
    """A figure that was edited (T120), that is gone (T121), or that the publication does not print (T122)."""
    code = "T122" if not one.truths else "T120" if one.line else "T121"
    truth = " / ".join(one.truths)
    return fault(code, file, one.line or None, None, one.written or None, truth=truth, place=one.place)


def find_figure(opened: Opened, text: str) -> tuple[dict[str, Any] | None, tuple[Fault, ...]]:
    """The trace of a figure on the newest basis; without a year that of the newest year in which it is known."""
    newest = opened.newest
    if newest is None:
        return None, opened.faults
    try:
        years: list[int | None] = [*sorted(newest.years(), reverse=True)] or [None]
        there = [parse_address(text.removeprefix("figure:"), year) for year in years]
        return trace(newest, next((one for one in there if newest.exists(one)), there[0])), opened.faults
    except (NoAddress, NoFigure):
        return None, (*opened.faults, fault("F101", value=text))


def update_texts(opened: Opened) -> dict[str, Updated]:
    """File → its text with the true values, for every file in which a claim is false."""
    from gebiedswerk.publication import updated

    sources = {file: text for p in (opened.dossier.publications if opened.dossier else ()) for file, text in p.texts}
    found = {text.file: updated(text, sources[text.file]) for text in opened.texts}
    return {file: update for file, update in found.items() if update.diff}


def add_text(path: Path, words: str, slug: str | None) -> tuple[str, tuple[Fault, ...]]:
    """Add a paragraph to a publication, its only draft or the one named; `{result/NOORD}` becomes that figure, with its
    value. Returns the paragraph, empty where a figure does not exist: then nothing is written.
    """
    checked = read(path)
    drafts = [
        one for one in (checked.value.publications if checked.value else ()) if one.settings.status is Status.DRAFT
    ]
    named = [one for one in drafts if slug in (None, one.slug)]
    if checked.value is None or len(named) != 1:
        return "", (fault("P105", f"publications/{slug or ''}", value=slug or ", ".join(one.slug for one in drafts)),)
    publication, file = named[0], f"{named[0].folder}/index.md"
    before = dict(publication.texts)[file]
    claimed = re.sub(r"\{([^{}\s]+)\}", r"[0](figure:\1)", words.strip())
    after = f"{before.rstrip()}\n\n{claimed}\n"
    texts = tuple((name, after if name == file else text) for name, text in publication.texts)
    changed = tuple(replace(one, texts=texts) if one is publication else one for one in checked.value.publications)
    opened = _opened(replace(checked.value, publications=changed), ())
    first = before.rstrip().count("\n") + 2
    unknown = [
        one for one in errors(opened.faults) if one.file == file and one.code != "T101" and (one.row or 0) >= first
    ]
    if unknown or opened.newest is None:
        return "", tuple(unknown or opened.faults)
    update = update_texts(opened).get(file)
    made = _last_lines(update.text if update else after, claimed)
    text = f"{before.rstrip()}\n\n{made}\n"

    def work() -> tuple[None, tuple[Fault, ...]]:
        files.replace_files({Root(path).at(file): text.encode()})
        return None, ()

    said = on_disk(path, "B111", work)[1]
    return ("" if said else made), said


def _last_lines(text: str, like: str) -> str:
    """As many lines from the end of a text as another has."""
    return "\n".join(text.rstrip().split("\n")[-like.count("\n") - 1 :])


def write_texts(path: Path, updates: Mapping[str, Updated]) -> tuple[Fault, ...]:
    """Write updated texts into the dossier, each whole; where the disk refuses one (B111), none of them."""
    root = Root(path)

    def work() -> tuple[None, tuple[Fault, ...]]:
        files.replace_files({root.at(file): update.text.encode() for file, update in updates.items()})
        return None, ()

    return on_disk(path, "B111", work)[1]


def adopt(path: Path, slug: str, on: date | None, decision: str) -> tuple[Path | None, tuple[Fault, ...]]:
    """Adopt a publication: keep its account in cents beside its text, and set its status.

    The account is written first and the status last, each whole: dying in between leaves it as it was.
    """
    opened = open_dossier(path, anew=True)
    view = next((view for view in opened.views if view.publication.slug == slug), None)
    faults = [*opened.faults]
    if is_blank(decision, Words.DECISION):
        faults.append(fault("T128", f"publications/{slug}", None, "--decision", decision))
    if view is None:
        faults += [] if errors(opened.faults) else [fault("P105", f"publications/{slug}", value=slug)]
        return None, tuple(faults)
    settings, folder = view.publication.settings, path / view.publication.folder
    as_of = settings.as_of or _moment(view)
    moment = settings.published_at or as_of
    if settings.status is Status.ADOPTED:
        already = fault("P101", f"{view.publication.folder}/publication.toml", None, "status", slug)
        faults.append(with_line(already, path))
    if as_of is None or moment is None:
        faults.append(fault("P102", f"{view.publication.folder}/publication.toml", column="as_of", value=slug))
    faults += [replace(one, code="T102") for one in faults if one.code == "T109" and _is_in(one, view)]
    if errors(faults) or as_of is None or moment is None:
        return None, tuple(faults)
    adopted = _adopted_account(view, as_of, on or moment.date(), decision)
    before = (folder / "publication.toml").read_text("utf-8")
    text = _with_status(before, settings.status)
    if text == before:
        faults.append(fault("P107", f"{view.publication.folder}/publication.toml", None, "status", settings.status))
        return None, tuple(faults)
    place = Root(path).at(f"{view.publication.folder}/adopted.json")

    def work() -> tuple[Path, tuple[Fault, ...]]:
        status = place.beside("publication.toml")
        files.replace_files({place: adopted_text(adopted).encode(), status: text.encode()})
        return place.path, ()

    kept, said = on_disk(path, "B111", work)
    return kept, (*faults, *said)


def _is_in(found: Fault, view: View) -> bool:
    """Whether a fault is in the text of a publication: what a draft may hold, an adopted one may not."""
    return found.file is not None and found.file.startswith(f"{view.publication.folder}/")


def _adopted_account(view: View, as_of: datetime, day: date, decision: str) -> Adopted:
    return Adopted(
        as_of,
        day,
        decision,
        delivery_hashes(view.figures.dossier, view.figures.ledger.used),
        rule_hashes(view.figures.dossier),
        adopt_account(view.figures.account, view.publication.settings.year),
    )


def _moment(view: View) -> datetime | None:
    """The newest moment that the figures of a publication rest on, where it names none itself."""
    used = [d.settings.exported_at for d in view.figures.dossier.deliveries if d.id in view.figures.ledger.used]
    dossier = view.figures.dossier
    days = [row.decided_on for row in dossier.budgets] + [row.decided_on for row in dossier.openings]
    days += [row.decided_on for row in dossier.extensions]
    days += [day for year in dossier.years for day in (year.closed_on, year.carry_over_decided_on) if day is not None]
    return max([*used, *(datetime.combine(day, time.max.replace(microsecond=0)) for day in days)], default=None)


def _with_status(text: str, status: Status) -> str:
    """The settings with their status, whatever marks it was written in; the same text where it stands otherwise."""
    written = rf"""^(\s*["']?status["']?\s*=\s*)("+|'+){status}\2"""
    return re.sub(written, rf'\1"{Status.ADOPTED}"', text, count=1, flags=re.MULTILINE)


def import_file(path: Path, wanted: Wanted, messages: Messages) -> Imported:
    """Land a file as a delivery, whole or not at all, one import at a time. The same bytes again change nothing."""
    from gebiedswerk.importing import PATIENCE_SECONDS, Imported, land

    if not path.is_dir():
        return Imported(read(path).faults)
    with files.alone_in(path, PATIENCE_SECONDS) as alone:
        if alone is False:
            return Imported((fault("I117", wanted.file.name, value=path),))
        _, found = _offered(path, wanted, write=True)
        if found.offer is None or errors(found.faults):
            return found
        landed = land(path, found.offer, messages, alone=alone is True)
        return replace(found, faults=(*found.faults, *landed.faults), landed=landed.value)


def try_import(path: Path, wanted: Wanted) -> Imported:
    """What an import would do and what would move by it. Nothing is written."""
    from gebiedswerk.importing import difference, offered_dossier

    dossier, found = _offered(path, wanted, write=False)
    if dossier is None or found.offer is None:
        return found
    before, after = _sight(_opened(dossier, ())), _sight(_opened(offered_dossier(dossier, found.offer), ()))
    if before.figures is None or after.figures is None:
        return found
    return replace(found, difference=difference(before, after))


def _offered(path: Path, wanted: Wanted, *, write: bool) -> tuple[Dossier | None, Imported]:
    """The dossier as it is, and what a file would be in it; with `write` answers go into its profile."""
    from gebiedswerk.importing import (
        Imported,
        already,
        keep_answers,
        offered,
        offered_dossier,
        open_groups,
        questions_of,
    )

    checked = read(path)
    if checked.value is None:
        return None, Imported(checked.faults)
    dossier = checked.value
    if not _can_read(wanted.file):
        return dossier, Imported((fault("I116", str(wanted.file)),))
    same = already(dossier, wanted)
    if same.value is not None and wanted.answers:
        of_it = replace(wanted, profile=wanted.profile or same.value.settings.profile)
        told = keep_answers(dossier, of_it, write=write)
        answered = write and told.value is not None
        return dossier, Imported(told.faults, already=same.value, file=wanted.file.name, answered=answered)
    if same.value is not None or same.faults:
        return dossier, Imported(same.faults, already=same.value, file=wanted.file.name)
    told = keep_answers(dossier, wanted, write=write)
    if told.value is None:
        return dossier, Imported(told.faults)
    offer = offered(dossier, told.value)
    if offer.value is None:
        return dossier, Imported(offer.faults, questions=questions_of(wanted, offer.faults))
    after = offered_dossier(dossier, offer.value)
    ledger = attribute(after, NEWEST).value
    left = open_groups(after, ledger, offer.value.delivery.id) if ledger else ()
    without = sorted(set(offer.value.delivery.counts_in) - set(dossier.budget_years()))
    asked = questions_of(wanted, offer.faults)
    return dossier, Imported(offer.faults, offer.value, open=left, without_lines=tuple(without), questions=asked)


def _can_read(file: Path) -> bool:
    try:
        file.open("rb").close()
    except OSError:
        return False
    return True


def _sight(opened: Opened) -> Sight:
    """All that an opened dossier shows, without the mark of one that does not add up."""
    from gebiedswerk.importing import Sight
    from gebiedswerk.publication import pages

    if opened.newest is None or opened.dossier is None:
        return Sight(None, opened.texts, ())
    messages = Messages(opened.dossier.settings.presentation.language)
    try:
        made = pages(opened.newest, opened.views, messages, None, broken=False)
    except GebiedswerkError:  # a page that cannot be made yet: `check` says why
        return Sight(opened.newest, opened.texts, ())
    return Sight(opened.newest, opened.texts, tuple(made))


def propose_profile(
    path: Path,
    file: Path,
    name: str,
    messages: Messages,
    kind: DeliveryKind | None = None,
    answers: Sequence[Answer] = (),
) -> Checked[Proposal]:
    """Write a profile for a file that no profile fits, as a kind of delivery or as what it looks like."""
    from gebiedswerk.importing import propose

    if not (path / "dossier.toml").is_file():
        return Checked(None, read(path).faults)
    if not _can_read(file):
        return Checked(None, (fault("I116", str(file)),))
    return propose(path, file, name, messages, kind, answers)


def needs_administration(path: Path, profile: str) -> bool:
    """Whether an import with a profile has to be told of which administration its file is."""
    from gebiedswerk.importing import only_administration

    dossier = read(path).value
    return dossier is not None and only_administration(dossier, profile) is None


def new(path: Path, own: Own | None = None) -> tuple[Fault, ...]:
    """Make a new dossier: a made-up one that is right at once, or an `own` one. Never over something else."""
    from gebiedswerk.dossier import beginnings

    return beginnings.new(path, own)
