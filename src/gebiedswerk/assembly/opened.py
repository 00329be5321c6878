"""A dossier, opened and checked from the first stage to the last: all faults in one run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from gebiedswerk.account import (
    Account,
    Adopted,
    NotAdopted,
    YearAccount,
    delivery_hashes,
    read_adopted,
    restated,
    rule_hashes,
    settle,
)
from gebiedswerk.core.fault_codes import OF_MONEY, OF_SHAPE
from gebiedswerk.core.faults import Checked, Fault, capped, errors, fault, not_checked
from gebiedswerk.core.words import TextKind
from gebiedswerk.dossier import (
    NEWEST,
    Basis,
    Dossier,
    House,
    Publication,
    PublicationKind,
    Status,
    page_of,
    read,
)
from gebiedswerk.dossier.reader import TABLE_FILES
from gebiedswerk.dossier.session import Session
from gebiedswerk.dossier.settings_reader import with_line
from gebiedswerk.dossier.table_files import as_it_stands
from gebiedswerk.dossier.template_words import template_faults
from gebiedswerk.dossier.text_numbers import number_faults
from gebiedswerk.dossier.texts import DossierText
from gebiedswerk.figures import Figures, check_initiatives
from gebiedswerk.language.messages import Messages
from gebiedswerk.ledger import DeliverySummary, Ledger, attribute, late_faults

if TYPE_CHECKING:
    from gebiedswerk.pages import CheckedText, View


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


def open_dossier(path: Path, *, anew: bool = False, after: Session | None = None) -> Opened:
    """Read and check a dossier from the first stage to the last: all faults in one run.

    `anew`: hash every delivery again, as what is published or adopted deserves. `after`: the session of it as it was
    opened before; what did not change since is not worked out again.
    """
    checked = read(path, anew=anew, after=after)
    if checked.value is None:
        found = [one.code for one in checked.faults]
        return Opened(None, None, (), (), (), (*capped(checked.faults), not_checked("dossier", checked.faults, found)))
    opened = opened_of(checked.value, checked.faults)
    return replace(opened, faults=tuple(capped(as_it_stands(with_line(found, path), path) for found in opened.faults)))


def opened_of(dossier: Dossier, faults: tuple[Fault, ...]) -> Opened:
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


def _settled(
    dossier: Dossier, ledger: Ledger, adopted: Mapping[int, YearAccount], label: str
) -> Checked[Account | None]:
    return settle(ledger, dossier, adopted, label)


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
        account = self.dossier.session.traced(("account", label), _settled, self.dossier, ledger, adopted, label)
        self.faults += account.faults
        if account.value is None:
            return None
        settled = {year: self._same((label, year), one) for year, one in account.value.years.items()}
        ledgers = {year: self.ledger(Basis(found.as_of)) for year, found in self._accounts(basis).items()}
        stands = {year: self._same(("adopted", label, year), one) for year, one in account.value.adopted.items()}
        found = replace(account.value, years=settled, adopted=stands)
        return Figures(self.dossier, ledger, found, {year: one for year, one in ledgers.items() if one})

    def _same(self, name: tuple[object, ...], account: YearAccount) -> YearAccount:
        """The very account of a year that there was before, where it is the same; else with the lines that are."""
        session = self.dossier.session
        lines = tuple(session.same(("line", *name, line.code), line) for line in account.lines)
        return session.same(("account", *name), replace(account, lines=lines))

    def ledger(self, basis: Basis) -> Ledger | None:
        """The ledger on a basis; None, said once, where postings cannot be attributed."""
        if basis not in self._ledgers:
            found = attribute(self.dossier, basis)
            self.faults += found.faults
            stage = "account" if self.dossier.attributable else "attribution"
            broken = [one for one in self.faults if one.file in TABLE_FILES]
            self.faults += [] if found.value else [not_checked(stage, broken, OF_SHAPE)]
            self.deliveries = found.value.deliveries if found.value and basis == NEWEST else self.deliveries
            self._ledgers[basis] = found.value
        return self._ledgers[basis]

    def control(self) -> None:
        """Hold the newest ledger against Iv3; what waits for deliveries that cannot be read is said per file."""
        if not self.dossier.iv3_files and not any(one.settings.complete_for for one in self.dossier.deliveries):
            return  # nothing to hold it against
        from gebiedswerk.ledger.iv3_check import check_iv3

        found = check_iv3(self.dossier, self.ledger(NEWEST))
        self.faults += found.faults
        codes = {one.code for one in self.faults if (one.file or "").startswith(("deliveries/", "profiles/"))}
        self.faults += [not_checked("iv3", self.faults, codes, file) for file in found.held_back]

    def publications(self, newest: Figures | None) -> tuple[tuple[View, ...], tuple[CheckedText, ...]]:
        """Every publication on its own basis, with its text checked."""
        if not self.dossier.publications:
            return (), ()
        from gebiedswerk.pages import View, check_text, comes_out, read_text, unit_cents

        views, texts = [], []
        for publication in self.dossier.publications:
            basis = self._basis_of(publication) if newest is not None else None
            figures = self._with_budget(publication, basis) if basis is not None else None
            checked = [
                check_text(publication, file, read, figures, unit_cents(self.dossier, publication), self._words(file))
                for file, text in publication.texts
                for read in [self.dossier.session.once(("text", text), partial(read_text, text))]
            ]
            self.faults += [found for text in checked for found in text.faults]
            held_back = next((text.file for text in checked if text.held_back), None)
            if held_back and basis is not None:
                self.faults.append(not_checked("text", self.faults, OF_MONEY, held_back))
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
            from gebiedswerk.pages.source.questions import question_faults

            self.faults += question_faults(self.dossier, newest)

    def numbers(self) -> None:
        """Numbers in the texts of tables and settings, and in the decisions by which accounts were adopted."""
        folders = {one.slug: one.folder for one in self.dossier.publications}
        decisions = (
            DossierText(f"{folders[slug]}/adopted.json", None, "decision", TextKind.DECISION, one.decision)
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
