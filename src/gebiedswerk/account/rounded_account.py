"""Rounded values belong to the account: one rounding per basis, year and unit, so that columns add up.

First budget − realised = result, over the whole tree of lines; then, around those, how the budget came about,
costs and income, what remains available, what was spent of the term, and what reserve movements make of it. Where no
such rounding exists a table is `plain`, with a note.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial

from gebiedswerk.account.measures import BEYOND, MEASURES, RESERVES, ROUNDED, Measure, value
from gebiedswerk.account.values import LineAccount, YearAccount
from gebiedswerk.core.rounding import (
    ColumnsDoNotBalance,
    NoControlledRounding,
    RoundedTable,
    RoundingRow,
    controlled,
    plain,
)
from gebiedswerk.core.watching import watched_by

Columns = Mapping[str, int]
"""Columns that sum to zero with these signs."""


def equation(measure: Measure) -> Columns:
    """The columns of a formula, or of a balance, in the order in which they are rounded."""
    signed = measure.balance or (*measure.inputs, (-1, measure.name))
    return {name: sign for sign, name in signed}


TABLES: tuple[Columns, ...] = tuple(equation(MEASURES[name]) for name in ROUNDED if name not in RESERVES)
WITH_RESERVES: tuple[Columns, ...] = tuple(equation(MEASURES[name]) for name in ROUNDED if name in RESERVES)
"""The same of a year with reserve movements."""
SAME: Mapping[str, tuple[str, int]] = {name: one.printed_as for name, one in MEASURES.items() if one.printed_as}
WITHOUT_RESERVES: Mapping[str, tuple[str, int]] = {
    name: (measure.without, 1) for name, measure in MEASURES.items() if measure.without
}
"""What is printed for one measure as for another, with this sign; of a year without reserve movements these too."""


@dataclass(frozen=True)
class Rounded:
    """The rounded values of one year in one unit. `plain` names the measures that need not add up."""

    account: YearAccount
    unit_cents: int
    table: RoundedTable
    plain: frozenset[str]
    same: Mapping[str, tuple[str, int]] = field(default_factory=lambda: SAME)

    def of_line(self, measure: str, code: str, branch: Sequence[LineAccount] | None = None) -> int:
        """A line's total in units; `branch`: the line and all below it, where they are at hand."""
        source, sign = self.same.get(measure, (measure, 1))
        printed = self._totals.get(code, {})
        if source in printed:
            return sign * printed[source]
        return self._alike(branch or self.account.below(code), measure, printed)

    def all_of_line(self, cents: Mapping[str, int], code: str, branch: Sequence[LineAccount]) -> dict[str, int]:
        """What `of_line` says of each measure (`cents`: measure → what it is), asked at once."""
        same, printed, unit_cents = self.same, self._totals.get(code, {}), self.unit_cents
        columns = [(units, cents[c] if c in cents else value(branch, c)) for c, units in printed.items() if c != BEYOND]
        found = {}
        for measure, amount in cents.items():
            source, sign = same.get(measure, (measure, 1))
            units = printed.get(source)
            found[measure] = alike(amount, columns, unit_cents) if units is None else sign * units
        return found

    def of_part(self, measure: str, code: str) -> int:
        """A line's own amount in units, without the lines below it."""
        source, sign = self.same.get(measure, (measure, 1))
        printed = self._parts.get(code, {})
        if source in printed:
            return sign * printed[source]
        return self._alike([self.account.by_code[code]], measure, printed)

    def of_whole(self, measure: str) -> int:
        """The whole in units."""
        source, sign = self.same.get(measure, (measure, 1))
        if source in self.table.grand:
            return sign * self.table.grand[source]
        if measure not in self._wholes:
            self._wholes[measure] = alike(value(self.account.lines, measure), self._columns, self.unit_cents)
        return self._wholes[measure]

    @cached_property
    def _totals(self) -> Mapping[str, Mapping[str, int]]:
        return _by_line(self.table.total)

    @cached_property
    def _parts(self) -> Mapping[str, Mapping[str, int]]:
        return _by_line(self.table.own)

    @cached_property
    def _columns(self) -> list[tuple[int, int]]:
        """Units and cents of the whole, per column that was rounded with others."""
        lines = self.account.lines
        return [(units, value(lines, column)) for column, units in self.table.grand.items() if column != BEYOND]

    @cached_property
    def _wholes(self) -> dict[str, int]:
        return {}

    def _alike(self, lines: Sequence[LineAccount], measure: str, printed: Mapping[str, int]) -> int:
        """A measure that was not rounded with others: as one of the same cents was (`printed`), else the nearest."""
        columns = [(units, value(lines, column)) for column, units in printed.items() if column != BEYOND]
        return alike(value(lines, measure), columns, self.unit_cents)


watched_by(
    Rounded, nested=("account",), keyed=("_totals", "_parts"), through=("of_line", "all_of_line", "of_part", "_alike")
)


def alike(cents: int, columns: Iterable[tuple[int, int]], unit_cents: int) -> int:
    """Cents in units: as the first of the columns (units, cents) that is of as many cents, else the nearest."""
    for units, amount in columns:
        if abs(amount) == abs(cents):
            return units if amount == cents else -units
    return plain(cents, unit_cents)


def _by_line(units: Mapping[tuple[str, str], int]) -> Mapping[str, Mapping[str, int]]:
    """Line → column → units."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for (code, column), printed in units.items():
        found[code][column] = printed
    return found


Found = RoundedTable | None
Once = Callable[[Hashable, Callable[[], Found]], Found]
"""Gives the answer to a question: the one that is known, else the one that is worked out."""


def rounded(account: YearAccount, unit_cents: int, once: Once = lambda _, work_out: work_out()) -> Rounded:
    """Round all measures of one year to whole units of `unit_cents` (100, 100 000 or 100 000 000).

    `once`: who knows how the same columns were rounded before.
    """
    table = RoundedTable(unit_cents, {}, {}, {})
    moves = account.moves_reserves
    tables, same = (TABLES + WITH_RESERVES, SAME) if moves else (TABLES, {**SAME, **WITHOUT_RESERVES})
    not_controlled = set(MEASURES) - {name for columns in tables for name in columns} - set(same)
    for columns in tables:
        rows, fixed = _rows(account, columns), _fixed(table, columns)
        found = once(
            _question(rows, columns, unit_cents, fixed), partial(_controlled, rows, columns, unit_cents, fixed)
        )
        if found is None:
            not_controlled |= {name for name in columns if name not in table.grand}
        else:
            table = _both(table, found)
    return Rounded(account, unit_cents, table, frozenset(not_controlled), same)


def _controlled(
    rows: Sequence[RoundingRow], columns: Columns, unit_cents: int, fixed: RoundedTable | None
) -> RoundedTable | None:
    """The rounding of some columns; None where there is none."""
    try:
        return controlled(rows, columns, unit_cents, fixed)
    except (ColumnsDoNotBalance, NoControlledRounding):
        return None


def _question(
    rows: Sequence[RoundingRow], columns: Columns, unit_cents: int, fixed: RoundedTable | None
) -> tuple[object, ...]:
    """All that decides how some columns are rounded."""
    cents = tuple((row.code, row.parent, *row.own.values()) for row in rows)
    both = [name for name in columns if fixed is not None and name in fixed.grand]
    known = tuple((fixed.grand[name], *_values(fixed.own, name), *_values(fixed.total, name)) for name in both if fixed)
    return "rounded", tuple(columns.items()), unit_cents, cents, tuple(both), known


def _values(cells: Mapping[tuple[str, str], int], column: str) -> Iterator[int]:
    return (units for (_, name), units in cells.items() if name == column)


def _rows(account: YearAccount, columns: Iterable[str]) -> list[RoundingRow]:
    return [RoundingRow(line.code, line.parent, {name: _own(line, name) for name in columns}) for line in account.lines]


def _own(line: LineAccount, column: str) -> int:
    """The own cents of a line in a column: a measure, or what is `BEYOND` the term."""
    if column == BEYOND:
        return _own(line, "realised") - _own(line, "spent") - _own(line, "shortfall")
    return MEASURES[column].own(line)


def _fixed(table: RoundedTable, columns: Mapping[str, int]) -> RoundedTable | None:
    return table if any(name in table.grand for name in columns) else None


def _both(one: RoundedTable, other: RoundedTable) -> RoundedTable:
    return RoundedTable(
        one.unit_cents, {**one.own, **other.own}, {**one.total, **other.total}, {**one.grand, **other.grand}
    )
