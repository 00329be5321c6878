"""What a person asks of a file, what it would be as a delivery, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import polars as pl

from gebiedswerk.core.actor import UNSAID, By
from gebiedswerk.core.faults import Fault
from gebiedswerk.dossier import Delivery
from gebiedswerk.dossier.settings import DeliveryKind
from gebiedswerk.importing.answers import Answer
from gebiedswerk.importing.decision_options import Said
from gebiedswerk.importing.difference import Difference
from gebiedswerk.importing.import_questions import Question
from gebiedswerk.importing.unattributed import OpenGroup


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person asks of a file. What is left out is found out.

    `decisions` and `whole` are about a budget. `answers` go into the profile before the file is read; `profile_text` is
    the profile with them where nothing may be written.
    """

    file: Path
    profile: str | None = None
    kind: DeliveryKind = DeliveryKind.REALISED
    administration: str | None = None
    years: tuple[int, ...] = ()
    periods: tuple[int, ...] = ()
    exported_at: datetime | None = None
    id: str | None = None
    accepted: str = ""
    answers: tuple[Answer, ...] = ()
    profile_text: str | None = None
    decisions: tuple[Said, ...] = ()
    whole: bool = False
    by: By = UNSAID


@dataclass(frozen=True, slots=True)
class Replaced:
    """A delivery that counts now and no longer would, and for which years."""

    delivery: Delivery
    years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """What stands in a file, and per fiscal year the periods with postings."""

    lines: int
    debit_cents: int
    credit_cents: int
    periods_of: Mapping[int, frozenset[int]]

    @property
    def periods(self) -> list[int]:
        """The periods with postings in any year."""
        return sorted(frozenset().union(*self.periods_of.values()))


@dataclass(frozen=True, slots=True)
class Offer:
    """A file as it would stand in the dossier: the delivery, what was counted, and what it replaces.

    `moment_words`: by which words of the file its moment of export is known; empty where a person said it.
    """

    delivery: Delivery
    counted: Counted
    replaces: tuple[Replaced, ...]
    moment_words: str = ""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import of `file` did, or (where `landed` is None) would do.

    `already`: the delivery that holds the same bytes. `difference`: what would move, where that was asked and is known.
    `without_lines`: years of the file that have no budget lines, so that nothing of it shows. `questions`: the faults
    that a person can answer. `answered`: of a file that was there already, answers went into its profile.
    """

    faults: tuple[Fault, ...] = ()
    offer: Offer | None = None
    already: Delivery | None = None
    open: tuple[OpenGroup, ...] = ()
    landed: Path | None = None
    difference: Difference | None = None
    file: str = ""
    without_lines: tuple[int, ...] = ()
    questions: tuple[Question, ...] = ()
    answered: bool = False


def periods_of(postings: pl.LazyFrame) -> dict[int, frozenset[int]]:
    """Fiscal year → the periods in which it has postings."""
    found: dict[int, frozenset[int]] = {}
    for year, period in postings.select("year", "period").unique().collect().iter_rows():
        found[year] = found.get(year, frozenset()) | {period}
    return found


def listed(numbers: Sequence[int]) -> str:
    """Years or periods as a person writes them: `2018, 2019` or `0–13`."""
    ordered = sorted(set(numbers))
    if len(ordered) > 2 and ordered == list(range(ordered[0], ordered[-1] + 1)):
        return f"{ordered[0]}–{ordered[-1]}"
    return ", ".join(map(str, ordered))
