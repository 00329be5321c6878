"""The account (rekening) of one year as frozen values: amounts, terms, lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from functools import cached_property
from typing import Any

from gebiedswerk.core.hierarchy import Children, children, subtree
from gebiedswerk.core.spending_term import Tranche
from gebiedswerk.core.watching import watched_by, written


class State(StrEnum):
    """How far a year is; without an adopted budget an open year is `unbudgeted`: a state, not a fault."""

    UNBUDGETED = "unbudgeted"
    OPEN = "open"
    CLOSED = "closed"
    ADOPTED = "adopted"


def _movement() -> Any:
    """An amount of a reserve movement."""
    return field(default=0, metadata={"reserves": True})


@dataclass(frozen=True, slots=True)
class Amounts:
    """What was given and used, in cents. `costs` and `income` are both shown without a sign of their own:

    realised = costs − income; a credit note lowers the costs. Money into and out of reserves (without a sign of its own
    too) is neither; `adopted_…` is what was budgeted before amendment, `budget_…` after it.
    """

    adopted: int = 0
    amended: int = 0
    brought_in: int = 0
    moved_out: int = 0
    costs: int = 0
    income: int = 0
    committed: int = 0
    reserve_in: int = _movement()
    reserve_out: int = _movement()
    adopted_reserve_in: int = _movement()
    adopted_reserve_out: int = _movement()
    budget_reserve_in: int = _movement()
    budget_reserve_out: int = _movement()

    @property
    def budget(self) -> int:
        """What may be spent by decision: adopted + amended + brought in − moved out."""
        return self.adopted + self.amended + self.brought_in - self.moved_out

    @property
    def realised(self) -> int:
        """What was used on balance: costs − income."""
        return self.costs - self.income

    @property
    def result(self) -> int:
        """budget − realised: above zero is an underspend."""
        return self.budget - self.realised

    @property
    def adopted_after(self) -> int:
        """The balance before amendment after reserve movements: costs − income + additions − withdrawals."""
        return self.adopted + self.adopted_reserve_in - self.adopted_reserve_out

    @property
    def budget_after(self) -> int:
        """The same after amendment."""
        return self.budget + self.budget_reserve_in - self.budget_reserve_out

    @property
    def realised_after(self) -> int:
        """The same as realised: what the line took from the general means (BBV art. 27)."""
        return self.realised + self.reserve_in - self.reserve_out

    @property
    def result_after(self) -> int:
        """budget_after − realised_after: above zero is an advantage."""
        return self.budget_after - self.realised_after

    @property
    def moves_reserves(self) -> bool:
        """Whether any money goes into or out of a reserve, as budgeted or realised."""
        return any(getattr(self, amount.name) for amount in fields(self) if amount.metadata)

    def __add__(self, other: Amounts) -> Amounts:
        return Amounts(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(Amounts)))


class OpeningStatus(StrEnum):
    """Whether there was anything to open with, and whether the council has decided on it."""

    NONE = "none"
    EXPECTED = "expected"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class LineTerm:
    """How the spending term of one line went in one year; cents and tranches.

    `not_carried` is what was left of last year and is not in the opening: not adopted by the council, or lapsed.
    `general` is income that goes to the general means instead of to the term.
    """

    opening_status: OpeningStatus
    opening: tuple[Tranche, ...]
    allocated: int
    moved_out: int
    realised: int
    spent: tuple[Tranche, ...]
    released: tuple[Tranche, ...]
    shortfall: int
    not_carried: int
    closing: tuple[Tranche, ...]
    general: int = 0
    withdrawn_beyond: int = 0


@dataclass(frozen=True, slots=True)
class LineAccount:
    """One budget line in one year: its own amounts, and its term where the term runs on this line."""

    code: str
    name: str
    area: str
    parent: str | None
    own: Amounts
    term: LineTerm | None


@dataclass(frozen=True)
class YearAccount:
    """All lines of one year, in tree order. `basis` says what it stands on.

    `knows_reserves`: whether reserve movements are in it; an account that was adopted without them does not know them.
    """

    year: int
    state: State
    basis: str
    lines: tuple[LineAccount, ...]
    knows_reserves: bool = True

    @cached_property
    def moves_reserves(self) -> bool:
        """Whether any line moves money into or out of a reserve."""
        return any(line.own.moves_reserves for line in self.lines)

    @cached_property
    def by_code(self) -> dict[str, LineAccount]:
        """Code → line."""
        return {line.code: line for line in self.lines}

    @cached_property
    def parents(self) -> dict[str, str | None]:
        """Code → code of the line above."""
        return {line.code: line.parent for line in self.lines}

    @cached_property
    def closings(self) -> dict[str, tuple[Tranche, ...]]:
        """Code → what is left, of each line on which a term runs."""
        return {line.code: line.term.closing for line in self.lines if line.term}

    def below(self, code: str) -> list[LineAccount]:
        """The line and all lines below it."""
        return [self.by_code[found] for found in subtree(self.parents, code, self._children)]

    @cached_property
    def _children(self) -> Children:
        return children(self.parents)

    def total(self, code: str) -> Amounts:
        """A line's own amounts and those of all lines below it."""
        return sum_of(self.below(code))

    @property
    def grand_total(self) -> Amounts:
        """The own amounts of all lines."""
        return sum_of(self.lines)


@dataclass(frozen=True, slots=True)
class Account:
    """Every year on one basis. `adopted` holds the accounts that the council adopted: those stand.

    `doubtful`: years in which decisions carry more than there is.
    """

    basis: str
    years: Mapping[int, YearAccount]
    adopted: Mapping[int, YearAccount] = field(default_factory=dict)
    doubtful: frozenset[int] = frozenset()

    def standing(self, year: int) -> YearAccount:
        """The account that holds for a year: the adopted one, else the newest."""
        return self.adopted.get(year) or self.years[year]


watched_by(YearAccount, keyed=("by_code",), through=("total",))
watched_by(Account, nested=("years", "adopted", "standing"))


@written.register
def _line(answer: LineAccount) -> str:
    return repr(answer)  # of numbers and texts alone


def sum_of(lines: Iterable[LineAccount]) -> Amounts:
    """The own amounts of some lines together."""
    return sum((line.own for line in lines), Amounts())


def tranche_sum(tranches: Iterable[Tranche]) -> int:
    """The cents of some tranches together."""
    return sum(tranche.cents for tranche in tranches)
