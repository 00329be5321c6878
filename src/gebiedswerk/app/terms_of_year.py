"""`terms`: how the spending terms went in a year, and what lapses when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gebiedswerk.account import YearAccount, lapsing, terms_json
from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.core.faults import Fault
from gebiedswerk.core.spending_term import TermRule, Tranche


@dataclass(frozen=True, slots=True)
class Lapsing:
    """What is left of one year's budget at a line; `soon`: it may not be spent after this year."""

    line: str
    tranche: Tranche
    soon: bool


@dataclass(frozen=True, slots=True)
class TermsOfYear:
    """The account that holds for a year, the faults of its dossier, the years that have one, and the rules of the term.

    `account` is None where the year has none; `years` where there are no figures at all.
    """

    account: YearAccount | None
    faults: tuple[Fault, ...]
    years: tuple[int, ...] | None
    rules: tuple[TermRule, ...] = ()

    @property
    def form(self) -> Mapping[str, Any]:
        """The terms as `terms --json` prints them: see `docs/reference/json.md`."""
        return terms_json(self.account) if self.account is not None else {}

    @property
    def left(self) -> list[Lapsing]:
        """What is left of which year's budget at each line, soonest first."""
        if self.account is None:
            return []
        left = [
            Lapsing(line.name, tranche, tranche in lapsing(self.account, line))
            for line in self.account.lines
            if line.term
            for tranche in line.term.closing
        ]
        return sorted(left, key=lambda one: (one.tranche.last_year, one.tranche.origin))


def terms_of_year(path: Path, year: int) -> TermsOfYear:
    """How the spending term of each line went in a year, on the newest basis or as it was adopted."""
    opened = open_dossier(path)
    newest, rules = opened.newest, opened.dossier.settings.term if opened.dossier else ()
    if newest is None:
        return TermsOfYear(None, opened.faults, None)
    return TermsOfYear(newest.of_year(year), opened.faults, tuple(newest.years()), tuple(rules))
