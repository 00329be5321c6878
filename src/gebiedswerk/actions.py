"""One function per verb, shared by the command line and the workspace: each opens the dossier and says all faults."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

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
from gebiedswerk.core.faults import Fault, capped, errors, fault, not_checked
from gebiedswerk.dossier import NEWEST, Basis, Dossier, Publication, PublicationKind, Status, files, read
from gebiedswerk.dossier.read import SHAPE
from gebiedswerk.dossier.toml import with_line
from gebiedswerk.figures import Figures, NoAddress, NoFigure, parse_address, trace
from gebiedswerk.ledger import DeliverySummary, Ledger, attribute
from gebiedswerk.messages import Messages
from gebiedswerk.publication import CheckedText, Made, Updated, View, check_text, pages, unit_cents, updated
from gebiedswerk.site import Built, not_ours, write
from gebiedswerk.site.build import Progress

DOUBT = frozenset(
    "D101 L101 L102 L103 L104 L106 L107 L108 L109 L110 L114 L115 L116 L117 L118 L119 L121 L122 L123".split()
)
DOUBT |= frozenset("D105 D112 D113 D114 D115 D116 A102 A103 A107 M205 M206 M207 M210".split())
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
    def sound(self) -> bool:
        """Whether nothing stops publishing."""
        return not errors(self.faults)

    def publication_status(self, slug: str) -> Status:
        """Where a publication stands."""
        publications = self.dossier.publications if self.dossier else ()
        return next(found.settings.status for found in publications if found.slug == slug)


def open_dossier(path: Path) -> Opened:
    """Read and check a dossier from the first stage to the last: all faults in one run."""
    checked = read(path)
    if checked.value is None:
        found = [one.code for one in checked.faults]
        return Opened(None, None, (), (), (), (*capped(checked.faults), not_checked("dossier", checked.faults, found)))
    opening = _Opening(checked.value, list(checked.faults))
    newest = opening.figures(NEWEST, "newest")
    views, texts = opening.publications(newest)
    return Opened(checked.value, newest, views, texts, opening.deliveries, tuple(capped(dict.fromkeys(opening.faults))))


class _Opening:
    """One run over a dossier: the figures per basis, and the faults in the order in which they were met."""

    def __init__(self, dossier: Dossier, faults: list[Fault]) -> None:
        self.dossier = dossier
        self.faults = faults
        self.deliveries: tuple[DeliverySummary, ...] = ()
        self.messages = Messages(dossier.settings.presentation.language)
        self.adopted = self._adopted()
        self._made: dict[tuple[Basis, str], Figures | None] = {}
        self._ledgers: dict[Basis, Ledger | None] = {}

    def _adopted(self) -> dict[str, Adopted]:
        """The adopted accounts that can be read, by publication."""
        found = {}
        for publication in self.dossier.publications:
            if publication.settings.status is Status.ADOPTED:
                try:
                    adopted = read_adopted(publication.adopted or "")
                    adopted.years[publication.settings.year]
                    found[publication.slug] = adopted
                except (NotAdopted, KeyError):
                    self.faults.append(fault("P103", f"{publication.folder}/adopted.json"))
        return found

    def years_adopted(self, basis: Basis) -> dict[int, YearAccount]:
        """The annual accounts that the council had adopted by a basis."""
        kinds = {publication.slug: publication.settings for publication in self.dossier.publications}
        return {
            kinds[slug].year: adopted.years[kinds[slug].year]
            for slug, adopted in self.adopted.items()
            if kinds[slug].kind is PublicationKind.ACCOUNTS and basis.knows(adopted.adopted_on)
        }

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
        years = {
            found.settings.year: self.adopted[found.slug]
            for found in self.dossier.publications
            if found.slug in self.adopted
        }
        ledgers = {year: self.ledger(Basis(years[year].as_of)) for year in adopted}
        return Figures(self.dossier, ledger, account.value, {year: one for year, one in ledgers.items() if one})

    def ledger(self, basis: Basis) -> Ledger | None:
        """The ledger on a basis; None, said once, where postings cannot be attributed."""
        if basis not in self._ledgers:
            found = attribute(self.dossier, basis)
            self.faults += found.faults
            self.faults += [] if found.value else [not_checked("attribution", self.faults, SHAPE)]
            self.deliveries = found.value.deliveries if found.value and basis == NEWEST else self.deliveries
            self._ledgers[basis] = found.value
        return self._ledgers[basis]

    def publications(self, newest: Figures | None) -> tuple[tuple[View, ...], tuple[CheckedText, ...]]:
        """Every publication on its own basis, with its text checked."""
        views, texts = [], []
        for publication in self.dossier.publications:
            figures = self._basis_of(publication) if newest is not None else None
            if figures is not None and figures.of_year(publication.settings.year) is None:
                self._without_budget(publication)
            checked = [
                check_text(publication, file, text, figures, unit_cents(self.dossier, publication), self.messages)
                for file, text in publication.texts
            ]
            self.faults += [found for text in checked for found in text.faults]
            held_back = next((text.file for text in checked if text.held_back), None)
            if held_back and figures is not None:
                self.faults.append(not_checked("text", self.faults, DOUBT, held_back))
            texts += checked
            if figures is not None:
                views.append(View(publication, figures, tuple(checked)))
        return tuple(views), tuple(texts)

    def _without_budget(self, publication: Publication) -> None:
        """Say it where the year of a publication has no budget lines (D105): there is nothing to account for."""
        file, year = f"{publication.folder}/publication.toml", publication.settings.year
        row = line_of_setting(self.dossier.path / file, "year")
        self.faults.append(fault("D105", file, row, "year", year, kind="budget_year", choices=""))

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
    if opened.newest is None or opened.dossier is None:
        return None
    messages = Messages(opened.dossier.settings.presentation.language)
    return pages(opened.newest, opened.views, messages, at, broken=not opened.sound)


def build(
    path: Path, out: Path, at: datetime | None = None, jobs: int = 1, progress: Progress | None = None
) -> tuple[Built | None, tuple[Fault, ...]]:
    """Build the site of a dossier. With any error nothing is written and the former site stays."""
    opened = open_dossier(path)
    foreign = not_ours(out)
    faults = (*opened.faults, *([foreign] if foreign else []))
    made = make(opened, at) if not errors(faults) else None
    if made is None:
        return None, faults
    return write(made.pages, made.data, out, jobs, progress), faults


def find_figure(opened: Opened, text: str) -> tuple[dict[str, Any] | None, tuple[Fault, ...]]:
    """The trace of a figure on the newest basis; the year is the newest one where the address names none."""
    if opened.newest is None:
        return None, opened.faults
    try:
        address = parse_address(text.removeprefix("figure:"), max(opened.newest.years(), default=None))
        return trace(opened.newest, address), opened.faults
    except (NoAddress, NoFigure):
        return None, (*opened.faults, fault("F101", value=text))


def update_texts(opened: Opened) -> dict[str, Updated]:
    """File → its text with the true values, for every file in which a claim is false."""
    sources = {file: text for p in (opened.dossier.publications if opened.dossier else ()) for file, text in p.texts}
    found = {text.file: updated(text, sources[text.file]) for text in opened.texts}
    return {file: update for file, update in found.items() if update.diff}


def write_texts(path: Path, updates: Mapping[str, Updated]) -> None:
    """Write updated texts into the dossier, each whole."""
    for file, update in updates.items():
        files.replace_file(path / file, update.text.encode())


def adopt(path: Path, slug: str, on: date | None, decision: str) -> tuple[Path | None, tuple[Fault, ...]]:
    """Adopt a publication: keep its account in cents beside its text, and set its status.

    The account is written first and the status last, each whole: dying in between leaves it as it was.
    """
    opened = open_dossier(path)
    view = next((view for view in opened.views if view.publication.slug == slug), None)
    faults = [*opened.faults]
    if view is None:
        faults += [] if errors(opened.faults) else [fault("P105", f"publications/{slug}", value=slug)]
        return None, tuple(faults)
    settings, folder = view.publication.settings, path / view.publication.folder
    as_of = settings.as_of or _moment(view)
    moment = settings.published_at or as_of
    if settings.status is Status.ADOPTED:
        row = line_of_setting(folder / "publication.toml", "status")
        faults.append(fault("P101", f"{view.publication.folder}/publication.toml", row, "status", slug))
    if as_of is None or moment is None:
        faults.append(fault("P102", f"{view.publication.folder}/publication.toml", column="as_of", value=slug))
    if errors(faults) or as_of is None or moment is None:
        return None, tuple(faults)
    adopted = _adopted_account(view, as_of, on or moment.date(), decision)
    files.replace_file(folder / "adopted.json", adopted_text(adopted).encode())
    text = (folder / "publication.toml").read_text("utf-8")
    files.replace_file(folder / "publication.toml", _with_status(text, settings.status).encode())
    return folder / "adopted.json", tuple(faults)


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
    decided = [
        datetime.combine(row.decided_on, time.max.replace(microsecond=0)) for row in view.figures.dossier.budgets
    ]
    return max([*used, *decided], default=None)


def _with_status(text: str, status: Status) -> str:
    return re.sub(rf'^(\s*status\s*=\s*)"{status}"', rf'\1"{Status.ADOPTED}"', text, count=1, flags=re.MULTILINE)


STARTER = Path(__file__).parent / "starter"


def new(path: Path) -> tuple[Fault, ...]:
    """Make a new dossier: a small one that is right at once, to change bit by bit. Never over something else."""
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        return (fault("B102", str(path)),)
    for source in sorted(STARTER.rglob("*")):
        if source.is_file():
            files.write_new(path / source.relative_to(STARTER), source.read_bytes())
    return ()
