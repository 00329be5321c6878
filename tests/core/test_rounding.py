"""Rounded tables add up: cases worked by hand, properties, and a slow, obvious twin that must agree."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gebiedswerk.core.faults import GebiedswerkError
from gebiedswerk.core.rounding import (
    ColumnsDoNotBalance,
    NoControlledRounding,
    RoundedTable,
    RoundingRow,
    controlled,
    plain,
    shared,
)

ACCOUNT = {"budget": 1, "realised": -1, "result": -1}
AVAILABLE = {"result": 1, "carried": -1, "released": -1}
UNIT = 12  # small, with many halves, thirds and quarters, so that ties are common
EURO, THOUSAND = 100, 100_000


def account(code: str, parent: str | None, budget: int, realised: int) -> RoundingRow:
    """A line with a budget and a realised amount in cents; the result follows."""
    return RoundingRow(code, parent, {"budget": budget, "realised": realised, "result": budget - realised})


def available(code: str, parent: str | None, result: int, carried: int) -> RoundingRow:
    """A line that divides its result in cents; the released part follows."""
    return RoundingRow(code, parent, {"result": result, "carried": carried, "released": result - carried})


def line(table: RoundedTable, code: str) -> list[int]:
    """The totals of one line, column by column."""
    return [table.total[code, column] for column in table.grand]


# Cases worked by hand


def test_three_equal_lines_of_1400_euro() -> None:
    """1,400 - 1,000 = 400 three times: the case of `spending-term.md`, in thousands of euros."""
    table = controlled([account(code, None, 1400 * EURO, 1000 * EURO) for code in "abc"], ACCOUNT, THOUSAND)
    assert {code: line(table, code) for code in "abc"} == {"a": [2, 1, 1], "b": [1, 1, 0], "c": [1, 1, 0]}
    assert table.grand == {"budget": 4, "realised": 3, "result": 1}


def test_exact_units_stay() -> None:
    """What is whole already needs no rounding, above or below zero."""
    table = controlled([account("a", None, 36, 12), account("b", None, -24, 0)], ACCOUNT, UNIT)
    assert (line(table, "a"), line(table, "b")) == ([3, 1, 2], [-2, 0, -2])
    assert table.grand == {"budget": 1, "realised": 1, "result": 0}


def test_the_largest_comes_first_also_below_zero() -> None:
    """Twice -0.5 makes -1: the first line takes the larger neighbour, 0."""
    table = controlled([account("a", None, -6, 0), account("b", None, -6, 0)], ACCOUNT, UNIT)
    assert (line(table, "a"), line(table, "b")) == ([0, 0, 0], [-1, 0, -1])


def test_a_tie_is_decided_line_by_line() -> None:
    """0.5 = -0.5 + 1 or 0: a budget of 1 comes before whatever the columns after it could gain."""
    table = controlled([account("a", None, 6, -6)], ACCOUNT, UNIT)
    assert line(table, "a") == [1, 0, 1]


def test_lines_come_before_the_grand_total() -> None:
    """Budget 0.25 and 0.5 (0.75), realised 0.75 and 0.5 (1.25): 1, 0 (1) ties with 0, 1 (1) and a larger realised 2."""
    table = controlled([account("a", None, 3, 9), account("b", None, 6, 6)], ACCOUNT, UNIT)
    assert (line(table, "a"), line(table, "b")) == ([1, 1, 0], [0, 0, 0])
    assert table.grand == {"budget": 1, "realised": 1, "result": 0}


def test_the_grand_total_is_the_nearest_where_a_solution_allows() -> None:
    """Eleven lines of 0.4 make 4.4: 4, though that takes four of them further off than none would be."""
    table = controlled([account(str(at), None, 40, 0) for at in range(11)], ACCOUNT, 100)
    assert table.grand == {"budget": 4, "realised": 0, "result": 4}


def test_a_grand_total_comes_before_all_lines_together() -> None:
    """0.9 and five of -0.1 make 0.4: the lines alone would say 1, and the whole is nearest at 0."""
    rows = [account("a", None, 90, 0), *(account(str(at), None, -10, 0) for at in range(5))]
    table = controlled(rows, ACCOUNT, 100)
    assert table.grand["budget"] == 0
    assert sorted(table.total[row.code, "budget"] for row in rows) == [-1, 0, 0, 0, 0, 1]


def test_a_parent_is_its_own_part_and_its_children() -> None:
    """Own 0.5 and two children of 0.5 make 1.5: up to 2, so that one of the three goes down, the own part."""
    rows = [account("west", None, 6, 0), account("oost", "west", 6, 0), account("kern", "west", 6, 0)]
    table = controlled(rows, ACCOUNT, UNIT)
    assert {code: table.total[code, "budget"] for code in ("west", "oost", "kern")} == {"west": 2, "oost": 1, "kern": 1}
    assert {code: table.own[code, "budget"] for code in ("west", "oost", "kern")} == {"west": 0, "oost": 1, "kern": 1}


def test_lines_may_come_before_what_is_above_them() -> None:
    """The order of the rows is that of the page; it decides ties and nothing else."""
    rows = [account("child", "top", 7, 3), account("top", None, 12, 12)]
    table = controlled(rows, ACCOUNT, UNIT)
    assert line(table, "top") == [table.own["top", column] + table.total["child", column] for column in ACCOUNT]


def test_no_lines_make_a_table_of_zero() -> None:
    """An account without lines still has a grand total."""
    assert controlled([], ACCOUNT, UNIT) == RoundedTable(UNIT, {}, {}, {"budget": 0, "realised": 0, "result": 0})


def test_columns_that_do_not_balance_are_refused() -> None:
    """10 - 4 is not 5: the message names the line and the amounts."""
    row = RoundingRow("a", None, {"budget": 10, "realised": 4, "result": 5})
    with pytest.raises(
        ColumnsDoNotBalance, match=r"Line a: .*\+ budget \(10\) - realised \(4\) - result \(5\)"
    ) as caught:
        controlled([row], ACCOUNT, UNIT)
    assert isinstance(caught.value, GebiedswerkError) and isinstance(caught.value, ValueError)


@pytest.mark.parametrize(
    ("cents", "units"), [(0, 0), (49, 0), (50, 1), (149, 1), (150, 2), (-49, 0), (-50, -1), (-149, -1), (-150, -2)]
)
def test_plain_takes_the_nearest_and_a_half_away_from_zero(cents: int, units: int) -> None:
    """In units of 100 cents."""
    assert plain(cents, 100) == units


def test_plain_in_an_odd_unit() -> None:
    """A unit without a half: 2 of 5 down, 3 of 5 up, and no float on the way."""
    assert [plain(cents, 5) for cents in (2, 3, -2, -3)] == [0, 1, 0, -1]
    assert plain(10**30 + 1, 2) == 5 * 10**29 + 1


def test_importing_the_module_does_not_load_networkx() -> None:
    """Only who rounds a tree waits for the library."""
    code = "import sys, gebiedswerk.core.rounding; sys.exit('networkx' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": ":".join(sys.path)}, check=True)


# Around an earlier table


def test_a_fixed_column_keeps_its_values() -> None:
    """Results 0.4, 0.4, 0.4 became 1, 0, 0; alone, a result of 0.4 that is carried over would become 0."""
    first = controlled([account(code, None, 1400 * EURO, 1000 * EURO) for code in "abc"], ACCOUNT, THOUSAND)
    rows = [available(code, None, 400 * EURO, 400 * EURO) for code in "abc"]
    second = controlled(rows, AVAILABLE, THOUSAND, fixed=first)
    assert {code: line(second, code) for code in "abc"} == {"a": [1, 1, 0], "b": [0, 0, 0], "c": [0, 0, 0]}
    assert second.grand == {"result": 1, "carried": 1, "released": 0}


def test_a_table_without_shared_columns_is_free() -> None:
    """Only the columns that both tables have are kept."""
    first = controlled([account("a", None, 7, 0)], ACCOUNT, UNIT)
    rows = [RoundingRow("a", None, {"x": 5, "y": 5})]
    assert controlled(rows, {"x": 1, "y": -1}, UNIT, fixed=first) == controlled(rows, {"x": 1, "y": -1}, UNIT)


def test_a_fixed_cell_may_be_one_cent_above_its_floor() -> None:
    """1 cent became 1 unit in the earlier table: its upper neighbour, however far."""
    fixed = RoundedTable(UNIT, {}, {("a", "result"): 1}, {"result": 1})
    assert line(controlled([available("a", None, 1, 1)], AVAILABLE, UNIT, fixed), "a") == [1, 1, 0]


def test_fixed_columns_that_contradict_leave_no_solution() -> None:
    """1 = 0 + 0: the rest of the line is exact, so that nothing can make up for it."""
    fixed = RoundedTable(UNIT, {}, {("a", "result"): 1, ("a", "carried"): 0}, {"result": 1, "carried": 0})
    with pytest.raises(NoControlledRounding, match="not all sums can hold"):
        controlled([available("a", None, 5, 5)], AVAILABLE, UNIT, fixed)


@pytest.mark.parametrize(
    ("cents", "units", "unit", "seen"),
    [
        (5, 2, UNIT, "2 is no neighbour of 5 cents"),
        (UNIT, 2, UNIT, "2 is no neighbour of 12 cents"),
        (5, 1, 7, "units of 7 cents"),
    ],
)
def test_a_fixed_table_of_something_else_is_refused(cents: int, units: int, unit: int, seen: str) -> None:
    """Another amount, an exact amount that moved, another unit."""
    fixed = RoundedTable(unit, {}, {("a", "result"): units}, {"result": units})
    with pytest.raises(NoControlledRounding, match=seen):
        controlled([available("a", None, cents, 5)], AVAILABLE, UNIT, fixed)


def test_a_fixed_table_of_other_lines_is_refused() -> None:
    """A line that the earlier table does not have has no value to keep."""
    with pytest.raises(NoControlledRounding, match=r"None is no neighbour of 5 cents \(line a, result\)"):
        controlled([available("a", None, 5, 5)], AVAILABLE, UNIT, RoundedTable(UNIT, {}, {}, {"result": 0}))


# Properties, and the slow twin


@st.composite
def trees(draw: st.DrawFn, columns: Mapping[str, int], most: int) -> list[RoundingRow]:
    """Lines in any order, each at the top or below another, whose last column closes the balance."""
    *free, last = columns
    amounts = st.integers(-3 * UNIT, 3 * UNIT)
    rows: list[RoundingRow] = []
    for number in range(draw(st.integers(1, most))):
        parent = draw(st.sampled_from([None, *(row.code for row in rows)]))
        own = {column: draw(amounts) for column in free}
        rest = -columns[last] * sum(columns[column] * cents for column, cents in own.items())
        rows.append(RoundingRow(f"line{number}", parent, {**own, last: rest}))
    return draw(st.permutations(rows))


def totals(rows: Sequence[RoundingRow], own: Mapping[tuple[str, str], int], column: str) -> dict[str | None, int]:
    """Per line (None: the whole) its own part plus the totals of the lines directly below it."""

    def total(code: str | None) -> int:
        return own.get((code or "", column), 0) + sum(total(row.code) for row in rows if row.parent == code)

    return {code: total(code) for code in [*(row.code for row in rows), None]}


def neighbours(cents: int) -> list[int]:
    """The unit below and the unit above, or the one unit that it is."""
    return [cents // UNIT] if cents % UNIT == 0 else [cents // UNIT, cents // UNIT + 1]


def cents_of(rows: Sequence[RoundingRow]) -> dict[tuple[str, str], int]:
    """Own cents per line and column."""
    return {(row.code, column): cents for row in rows for column, cents in row.own.items()}


def printed(rows: Sequence[RoundingRow], columns: Mapping[str, int], own: Mapping[tuple[str, str], int]) -> list[int]:
    """All cells that follow from the own parts, in the order in which ties are decided."""
    sums = {column: totals(rows, own, column) for column in columns}
    lines = [sums[column][row.code] for row in rows for column in columns]
    inner = [row for row in rows if any(other.parent == row.code for other in rows)]
    return [*lines, *(sums[column][None] for column in columns), *(own[row.code, c] for row in inner for c in columns)]


def own_parts(row: RoundingRow, columns: Mapping[str, int]) -> Iterator[dict[tuple[str, str], int]]:
    """Every way to round one line's own part so that its columns balance."""
    for units in product(*(neighbours(row.own[column]) for column in columns)):
        if sum(sign * unit for sign, unit in zip(columns.values(), units, strict=True)) == 0:
            yield {(row.code, column): unit for column, unit in zip(columns, units, strict=True)}


def brute(
    rows: Sequence[RoundingRow], columns: Mapping[str, int], fixed: Mapping[tuple[str, str], int]
) -> dict[tuple[str, str], int] | None:
    """The slow twin: try every rounding of the own parts, keep what is allowed, take the best. `fixed` holds own units.

    All other cells are sums, so that the own parts say it all.
    """
    exact = printed(rows, columns, cents_of(rows))
    grand = slice(len(rows) * len(columns), (len(rows) + 1) * len(columns))
    best: tuple[list[int], list[int], dict[tuple[str, str], int]] | None = None
    for parts in product(*(list(own_parts(row, columns)) for row in rows)):
        own = {key: unit for part in parts for key, unit in part.items()}
        cells = printed(rows, columns, own)
        if not all(unit in neighbours(cents) for unit, cents in zip(cells, exact, strict=True)):
            continue
        if any(own[key] != unit for key, unit in fixed.items()):
            continue
        off = [-abs(UNIT * unit - cents) for unit, cents in zip(cells, exact, strict=True)]
        if best is None or ([sum(off[grand]), sum(off)], cells) > (best[0], best[1]):
            best = ([sum(off[grand]), sum(off)], cells, own)
    return best and best[2]


def check_sums_and_neighbours(rows: Sequence[RoundingRow], columns: Mapping[str, int], table: RoundedTable) -> None:
    """Every sum holds, down and across, and every cell is a neighbour of its exact amount (an exact one is itself)."""
    exact = cents_of(rows)
    for column in columns:
        units, cents = totals(rows, table.own, column), totals(rows, exact, column)
        assert all(units[code] in neighbours(cents[code]) for code in units)
        assert units.pop(None) == table.grand[column]
        assert units == {row.code: table.total[row.code, column] for row in rows}
    assert all(table.own[key] in neighbours(cents) for key, cents in exact.items())
    for row in rows:
        assert sum(sign * table.own[row.code, column] for column, sign in columns.items()) == 0


SIGNS = st.lists(st.sampled_from([1, -1]), min_size=2, max_size=4).map(
    lambda signs: {f"column{number}": sign for number, sign in enumerate(signs)}
)


@given(st.data(), SIGNS)
def test_every_sum_holds_and_every_cell_is_a_neighbour(data: st.DataObject, columns: dict[str, int]) -> None:
    """Whatever the tree, the signs and the number of columns: there is a solution, and it adds up."""
    rows = data.draw(trees(columns, most=12))
    check_sums_and_neighbours(rows, columns, controlled(rows, columns, UNIT))


@settings(deadline=None)
@given(st.data(), SIGNS)
def test_the_slow_twin_agrees(data: st.DataObject, columns: dict[str, int]) -> None:
    """The same distance and the same choice among equals as trying every possibility."""
    rows = data.draw(trees(columns, most=4 if len(columns) < 4 else 3))
    table = controlled(rows, columns, UNIT)
    assert dict(table.own) == brute(rows, columns, {})
    check_sums_and_neighbours(rows, columns, table)


@settings(deadline=None)
@given(st.data(), trees(ACCOUNT, most=4))
def test_the_slow_twin_agrees_around_an_earlier_table(data: st.DataObject, rows: list[RoundingRow]) -> None:
    """A second table around the results of the first: the best one there is, or none."""
    first = controlled(rows, ACCOUNT, UNIT)
    second = [available(row.code, row.parent, row.own["result"], data.draw(st.integers(-UNIT, UNIT))) for row in rows]
    expected = brute(second, AVAILABLE, {key: unit for key, unit in first.own.items() if key[1] == "result"})
    try:
        table = controlled(second, AVAILABLE, UNIT, fixed=first)
    except NoControlledRounding:
        assert expected is None
    else:
        assert dict(table.own) == expected
        assert {key: table.total[key] for key in table.total if key[1] == "result"} == {
            key: unit for key, unit in first.total.items() if key[1] == "result"
        }


# Parts of a whole that was rounded already


def test_parts_add_up_to_a_whole_that_was_rounded_away_from_them() -> None:
    """12.147 + 78.334 euros were printed as 91 thousand: the part that is nearest to the next thousand goes up."""
    assert shared([1_214_682, 7_833_449], 91, THOUSAND) == [12, 79]
    assert shared([1_214_682, 7_833_449], 90, THOUSAND) == [12, 78]


@given(st.lists(st.integers(-40, 40), max_size=5), st.booleans())
def test_shared_parts_are_the_nearest_that_add_up(parts: list[int], up: bool) -> None:
    """Against every choice of neighbours: the sum holds, at the least total distance, the first among equals."""
    whole = neighbours(sum(parts))[-up]
    found = shared(parts, whole, UNIT)
    choices = [list(one) for one in product(*map(neighbours, parts)) if sum(one) == whole]
    off = {tuple(one): sum(abs(units * UNIT - c) for units, c in zip(one, parts, strict=True)) for one in choices}
    best = max(one for one in choices if off[tuple(one)] == min(off.values()))
    assert found == best


def test_an_exact_part_stays_where_no_whole_can_be_made() -> None:
    """1 and 0.5 cannot make 3: the exact part does not go up for it."""
    assert shared([12, 6], 3, UNIT) == [1, 1]


def test_parts_of_no_whole_are_rounded_by_themselves() -> None:
    """A whole that is no neighbour of the sum cannot be made."""
    assert shared([18, 18], 9, UNIT) == [2, 2]
