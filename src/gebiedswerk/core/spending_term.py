"""The spending term (bestedingstermijn): which year's money is spent, lapses, falls short or moves on.

One budget line, one year: values in, values out. The cases worked by hand (`tests/core/cases/spending-term.md`)
are the meaning of this module.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import MAXYEAR, date
from enum import StrEnum
from typing import Annotated

from gebiedswerk.core.faults import GebiedswerkError
from gebiedswerk.core.words import TextKind


class EmptyTerm(GebiedswerkError):
    """A term that would hold no year."""

    def __init__(self, origin: int, last_year: int) -> None:
        super().__init__(f"A term that starts in {origin} cannot end in {last_year}: it would hold no year.")


class Expiry(StrEnum):
    """What happens to money at the end of its term."""

    RELEASE = "release"
    KEEP_COMMITTED = "keep-committed"


class Income(StrEnum):
    """Whether income lowers what counts as spent, or goes to the general means."""

    REDUCES = "reduces"
    GENERAL = "general"


class TermAt(StrEnum):
    """Whether the term runs on each line, or on the line at the top of its branch."""

    SELF = "self"
    PARENT = "parent"


class Shortfall(StrEnum):
    """What the council said of money that was spent beyond all there was: nothing, or that cover must be found."""

    OVERSPENT = "overspent"
    TO_COVER = "to-cover"


@dataclass(frozen=True, slots=True)
class TermRule:
    """One setting of the council, in force for money newly allocated from `from_year` on."""

    from_year: int
    years: int = 2
    expiry: Expiry = Expiry.RELEASE
    income: Income = Income.REDUCES
    term_at: TermAt = TermAt.SELF
    decision: Annotated[str, TextKind.DECISION] = ""
    shortfall: Shortfall = Shortfall.OVERSPENT

    def __post_init__(self) -> None:
        if self.years < 1:
            raise EmptyTerm(self.from_year, self.from_year + self.years - 1)


@dataclass(frozen=True, slots=True)
class Tranche:
    """Money allocated in `origin`, to be spent in `origin` up to and including `last_year`.

    `in_budget_cents` is the part that a decision brought into the budget of the year it opens.
    """

    origin: int
    last_year: int
    cents: int
    in_budget_cents: int = 0

    def __post_init__(self) -> None:
        if self.last_year < self.origin:
            raise EmptyTerm(self.origin, self.last_year)


@dataclass(frozen=True, slots=True)
class Extension:
    """A decision that lengthens at most `cents` of the tranche of `origin` to `last_year`."""

    origin: int
    cents: int
    last_year: int


@dataclass(frozen=True, slots=True)
class TermYear:
    """What one line's term starts from in one year; all in cents.

    `realised_cents` is what the term runs on: costs minus income, or costs alone (`Income.GENERAL`).
    `moved_out` (origin → cents) was moved to next year before the year's end: it is no longer spent here.
    """

    year: int
    opening: Sequence[Tranche]
    allocated_cents: int
    realised_cents: int
    closed: bool
    committed_cents: int = 0
    moved_out: Mapping[int, int] | None = None
    extensions: Sequence[Extension] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """How one line's term went in one year. Tranches stand in the order in which they are spent."""

    spent: tuple[Tranche, ...]
    released: tuple[Tranche, ...]
    closing: tuple[Tranche, ...]
    shortfall_cents: int
    withdrawn_beyond_cents: int = 0


def last_day(year: int) -> date:
    """The last day on which money may be spent whose term ends in a year."""
    return date(year, 12, 31)


def rule_of(rules: Sequence[TermRule], year: int) -> TermRule:
    """The rule in force for money allocated in `year`: the newest that starts no later; the first before that."""
    known = sorted(rules, key=lambda rule: rule.from_year) or [TermRule(year)]
    in_force = [rule for rule in known if rule.from_year <= year]
    return in_force[-1] if in_force else known[0]


def must_be_covered(rules: Sequence[TermRule], year: int) -> bool:
    """Whether cover must be found for what is spent in `year` beyond all there was: only where the rule says so."""
    return rule_of(rules, year).shortfall is Shortfall.TO_COVER


def last_year_of(rules: Sequence[TermRule], origin: int) -> int:
    """The last year in which money of `origin` may be spent: a new rule binds new tranches only.

    A term longer than the calendar ends with it, one year before its end: the day after the last one is asked for.
    """
    return min(origin + rule_of(rules, origin).years, MAXYEAR) - 1


def in_spending_order(tranches: Sequence[Tranche]) -> list[Tranche]:
    """First what lapses first, then the oldest; equal tranches joined, empty ones left out."""
    joined: dict[tuple[int, int], Tranche] = {}
    for tranche in tranches:
        key = (tranche.last_year, tranche.origin)
        held = joined.get(key)
        joined[key] = tranche if held is None else _joined(held, tranche)
    return [joined[key] for key in sorted(joined) if joined[key].cents]


def settle_term(start: TermYear, rules: Sequence[TermRule]) -> Term:
    """Spend, lapse and carry one line's money through one year.

    Holds: opening + allocated − realised = closing + released − shortfall. In an open year nothing is released.
    Source: decision 57.
    """
    left, uncovered = _with_new_money(start, rules)
    left, moved = _set_apart(left, start.moved_out or {}, start.year)
    left, spent, missing = _take(left, max(start.realised_cents, 0))
    left = _lengthened(left, start)
    kept, released = _lapse(left, start, rules) if start.closed else (left, [])
    return Term(
        spent=tuple(spent),
        released=tuple(in_spending_order(released)),
        closing=tuple(in_spending_order([*kept, *moved])),
        shortfall_cents=missing + uncovered,
        withdrawn_beyond_cents=uncovered,
    )


def _joined(one: Tranche, other: Tranche) -> Tranche:
    return replace(one, cents=one.cents + other.cents, in_budget_cents=one.in_budget_cents + other.in_budget_cents)


def _with_new_money(start: TermYear, rules: Sequence[TermRule]) -> tuple[list[Tranche], int]:
    """Add the year's own tranche (a net refund adds to it); a withdrawal is cut from the older ones."""
    opening = in_spending_order([replace(tranche, in_budget_cents=0) for tranche in start.opening])
    new = start.allocated_cents + max(-start.realised_cents, 0)
    if new < 0:
        left, _, uncovered = _take(opening, -new)
        return left, uncovered
    own = Tranche(start.year, last_year_of(rules, start.year), new)
    return in_spending_order([*opening, own]), 0


def _set_apart(left: Sequence[Tranche], moved_out: Mapping[int, int], year: int) -> tuple[list[Tranche], list[Tranche]]:
    """Keep what a decision moved to next year out of this year's spending, from the part that lasts longest.

    The decision gives it next year to live, whatever its term was.
    """
    rest: list[Tranche] = list(left)
    moved: list[Tranche] = []
    for origin, cents in sorted(moved_out.items()):
        of_origin = [tranche for tranche in reversed(rest) if tranche.origin == origin]
        others = [tranche for tranche in rest if tranche.origin != origin]
        remaining, taken, _ = _take(of_origin, cents)
        rest = in_spending_order([*others, *remaining])
        moved += [replace(tranche, last_year=max(tranche.last_year, year + 1)) for tranche in taken]
    return rest, moved


def _take(tranches: Sequence[Tranche], cents: int) -> tuple[list[Tranche], list[Tranche], int]:
    """Take `cents` from the tranches in their order: what remains, what was taken, what was missing."""
    remaining, taken = [], []
    for tranche in tranches:
        part = min(cents, tranche.cents)
        cents -= part
        remaining.append(replace(tranche, cents=tranche.cents - part))
        taken.append(replace(tranche, cents=part))
    return remaining, [tranche for tranche in taken if tranche.cents], cents


def _lapse(left: Sequence[Tranche], start: TermYear, rules: Sequence[TermRule]) -> tuple[list[Tranche], list[Tranche]]:
    """At the year's end: what a decision or an open commitment keeps moves on, the rest of the last year lapses."""
    open_cents, kept, released = max(start.committed_cents, 0), [], []
    for tranche in left:
        committed = min(open_cents, tranche.cents)
        open_cents -= committed
        keeps = rule_of(rules, tranche.origin).expiry is Expiry.KEEP_COMMITTED
        if tranche.last_year > start.year:
            kept.append(tranche)
            continue
        lives = committed if keeps else 0
        kept.append(replace(tranche, cents=lives, last_year=start.year + 1))
        released.append(replace(tranche, cents=tranche.cents - lives))
    return kept, released


def _lengthened(left: Sequence[Tranche], start: TermYear) -> list[Tranche]:
    """Apply the extensions to what is left of tranches in their last year."""
    tranches = in_spending_order(left)
    for extension in start.extensions:
        ending = [t for t in tranches if t.origin == extension.origin and t.last_year <= start.year]
        if extension.last_year <= start.year:
            continue
        others = [t for t in tranches if t not in ending]
        rest, longer, _ = _take(ending, extension.cents)
        tranches = in_spending_order(
            [*others, *rest, *(replace(tranche, last_year=extension.last_year) for tranche in longer)]
        )
    return tranches
