"""What was promised on which day: the newest stand of commitments, and whether what is free can be told from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from gebiedswerk.account import LineAccount
from gebiedswerk.core.spending_term import last_day
from gebiedswerk.dossier.settings import DeliveryKind
from gebiedswerk.figures import Address, Figures, Subject
from gebiedswerk.ledger import COMMITTED


@dataclass(frozen=True, slots=True)
class Stand:
    """Open commitments as they stood on `day`, delivered for fiscal year `year`."""

    year: int
    day: date


def stand_of(figures: Figures, year: int) -> Stand | None:
    """The newest stand of commitments up to a year: it stays until a newer one. None where no stand is known."""
    for other in sorted((one for one in figures.years() if one <= year), reverse=True):
        day = figures.known_until(DeliveryKind.COMMITMENT, other)
        if day is not None:
            return Stand(other, day)
    return None


def left_on(figures: Figures, year: int) -> date | None:
    """The day on which what is left in a year was left: that up to which its postings are known.

    Before the first postings of a year it is its first day, if the year before is known to its end.
    """
    known = figures.known_until(DeliveryKind.REALISED, year)
    before = figures.known_until(DeliveryKind.REALISED, year - 1)
    return known or (date(year, 1, 1) if before == last_day(year - 1) else None)


def free_on(figures: Figures, year: int) -> date | None:
    """The day on which it can be told what was left and not promised; None where both are of other days.

    What was promised at the end of a year still was at the first of the next, before anything was paid in it.
    """
    stand, day = stand_of(figures, year), left_on(figures, year)
    if stand is None or day is None:
        return None
    same = stand.day == day or (day == date(year, 1, 1) and stand.day == last_day(year - 1))
    return day if same else None


@dataclass(frozen=True, slots=True)
class OpenCommitment:
    """What a line had promised on a stand in one year, and had not paid yet; in cents. `kind`: one of `COMMITTED`."""

    line: str
    made_in: int
    cents: int
    kind: str = COMMITTED[0]


def promises_of(figures: Figures, lines: Sequence[LineAccount], stand: Stand) -> list[OpenCommitment]:
    """The commitments of some lines themselves on a stand, per line in their order, per year in which they were made
    and per kind.
    """
    codes = {line.code: at for at, line in enumerate(lines)}
    rows = figures.own_postings(Address("committed", None, stand.year), codes)
    # one row per line, year in which it was promised, and kind
    made_in = pl.col("origin").fill_null(stand.year).alias("made_in")
    sums = rows.group_by("line", made_in, "kind").agg(pl.col("cents").sum()).iter_rows()
    found = [OpenCommitment(line, year, cents, kind) for line, year, kind, cents in sums if cents]
    return sorted(found, key=lambda one: (codes[one.line], one.made_in, COMMITTED.index(one.kind)))


def kind_of(promises: Iterable[OpenCommitment]) -> str:
    """What promises are called together: all are orders, or grants, or it is not known or both."""
    kinds = {one.kind for one in promises}
    return kinds.pop() if len(kinds) == 1 else COMMITTED[0]


def committed_address(subject: Subject, stand: Stand) -> Address:
    """Where the commitments of a subject on a stand follow from their postings."""
    return Address("committed", subject, stand.year)
