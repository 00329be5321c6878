"""Rows merged three ways: each outcome by hand, and what holds for all tables."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gebiedswerk.dossier.writing.merge_rows import CellConflict, MergedRows, Rows, merged_rows

BASE: Rows = {("1",): {"line": "NRD", "amount": "10"}, ("2",): {"line": "OST", "amount": "20"}, ("3",): {"line": "WST"}}
CELLS = st.fixed_dictionaries({}, optional={name: st.sampled_from(["", "a", "b"]) for name in ("x", "y", "z")})
TABLES = st.dictionaries(st.tuples(st.sampled_from("abcdef")), CELLS)


def changed(key: str, rows: Rows = BASE, **cells: str) -> Rows:
    return {**rows, (key,): {**rows.get((key,), {}), **cells}}


def without(key: str, rows: Rows = BASE) -> Rows:
    return {one: cells for one, cells in rows.items() if one != (key,)}


def filled(rows: Rows) -> dict[tuple[str, ...], dict[str, str]]:
    """Rows without empty cells: one that is not there is empty."""
    return {key: {name: text for name, text in cells.items() if text} for key, cells in rows.items()}


def merged(ours: Rows, theirs: Rows) -> MergedRows:
    return merged_rows(BASE, ours, theirs)


def test_two_rows_beside_each_other_are_both_changed() -> None:
    found = merged(changed("1", amount="11"), changed("2", amount="22"))
    assert found.rows == changed("1", changed("2", amount="22"), amount="11")
    assert found.taken == {("2",): {"amount": "22"}}
    assert not found.conflicts


def test_two_cells_of_one_row_are_both_changed() -> None:
    found = merged(changed("1", amount="11"), changed("1", line="ZUI"))
    assert found.rows[("1",)] == {"line": "ZUI", "amount": "11"}
    assert found.taken == {("1",): {"line": "ZUI"}}
    assert not found.conflicts


def test_the_same_change_on_both_sides_is_no_conflict() -> None:
    found = merged(changed("1", amount="11"), changed("1", amount="11"))
    assert found == MergedRows(changed("1", amount="11"), {}, ())


def test_one_cell_changed_twice_is_told_with_the_three_texts() -> None:
    """Ours stays until a person chooses; other cells of the row are merged."""
    found = merged(changed("1", amount="11"), changed("1", amount="12", line="ZUI"))
    assert found.conflicts == (CellConflict(("1",), "amount", "10", "11", "12"),)
    assert found.rows[("1",)] == {"line": "ZUI", "amount": "11"}


def test_a_row_removed_here_and_changed_there() -> None:
    found = merged(without("1"), changed("1", amount="12"))
    assert found.conflicts == (CellConflict(("1",), "amount", "10", None, "12"),)
    assert ("1",) not in found.rows and not found.taken


def test_a_row_changed_here_and_removed_there() -> None:
    found = merged(changed("1", amount="11"), without("1"))
    assert found.conflicts == (CellConflict(("1",), "amount", "10", "11", None),)
    assert found.rows == changed("1", amount="11") and not found.taken


def test_a_row_removed_by_one_side_or_by_both_is_gone() -> None:
    assert merged(without("1"), BASE).rows == merged(without("1"), without("1")).rows == without("1")
    found = merged(BASE, without("1"))
    assert found.rows == without("1") and found.taken == {("1",): None}


def test_rows_added_by_both_sides_stand_below_each_other() -> None:
    """What theirs added at the same place goes behind what ours added."""
    found = merged(changed("8", line="A"), changed("9", line="B"))
    assert list(found.rows) == [("1",), ("2",), ("3",), ("8",), ("9",)]
    assert found.taken == {("9",): {"line": "B"}}


def test_a_new_row_stands_behind_the_row_it_stood_behind() -> None:
    """Also where it stood in front of all, and where the row before it is gone here."""
    theirs: Rows = {
        ("0",): {},
        ("1",): BASE[("1",)],
        ("1b",): {},
        ("2",): BASE[("2",)],
        ("2b",): {},
        ("3",): BASE[("3",)],
    }
    assert list(merged(BASE, theirs).rows) == list(theirs)
    assert list(merged(without("2"), theirs).rows) == [("0",), ("1",), ("1b",), ("2b",), ("3",)]
    ours: Rows = {("00",): {}, **BASE}
    assert list(merged(ours, theirs).rows)[:3] == [("00",), ("0",), ("1",)]


def test_the_same_new_key_with_other_cells_is_told_by_cell() -> None:
    """Also a cell that only one of them filled; one with the same cells is no conflict."""
    found = merged(changed("9", line="A", amount="1"), changed("9", line="B", amount="1", note="x"))
    assert found.conflicts == (
        CellConflict(("9",), "line", None, "A", "B"),
        CellConflict(("9",), "note", None, "", "x"),
    )
    assert not merged(changed("9", line="A"), changed("9", line="A", amount="")).conflicts


def test_a_column_of_theirs_stands_where_they_put_it() -> None:
    theirs: Rows = {
        key: {"line": cells["line"], "x_note": key[0], "amount": cells.get("amount", "")} for key, cells in BASE.items()
    }
    found = merged(changed("1", amount="11", x_own="ja"), theirs)
    assert found.columns == ("line", "x_note", "amount", "x_own")
    assert found.rows[("1",)] == {"line": "NRD", "x_note": "1", "amount": "11", "x_own": "ja"}
    assert not found.conflicts


@given(base=TABLES, one=TABLES)
def test_what_one_side_changed_is_what_it_becomes(base: Rows, one: Rows) -> None:
    for found in (merged_rows(base, one, base), merged_rows(base, base, one), merged_rows(base, one, one)):
        assert filled(found.rows) == filled(one)
        assert not found.conflicts
    assert not merged_rows(base, one, base).taken and not merged_rows(base, one, one).taken


@given(base=TABLES, ours=TABLES, theirs=TABLES)
def test_both_sides_may_be_changed_about(base: Rows, ours: Rows, theirs: Rows) -> None:
    """Conflicts are the same ones, told the other way round; without any, so is what it becomes."""
    found, turned = merged_rows(base, ours, theirs), merged_rows(base, theirs, ours)
    assert {(one.key, one.column, one.base, one.theirs, one.ours) for one in found.conflicts} == {
        (one.key, one.column, one.base, one.ours, one.theirs) for one in turned.conflicts
    }
    if not found.conflicts:
        assert filled(found.rows) == filled(turned.rows)


@given(base=TABLES, ours=TABLES, theirs=TABLES)
def test_ours_with_what_is_taken_is_what_it_becomes(base: Rows, ours: Rows, theirs: Rows) -> None:
    """So the file of ours needs no other edits, and keeps its rows in their order."""
    found = merged_rows(base, ours, theirs)
    made: Rows = dict(ours)
    for key, cells in found.taken.items():
        made = without(key[0], made) if cells is None else {**made, key: {**made.get(key, {}), **cells}}
    assert filled(made) == filled(found.rows)
    assert [key for key in found.rows if key in ours] == [key for key in ours if key in found.rows]


@given(base=TABLES, ours=TABLES, theirs=TABLES)
def test_a_slow_twin_says_the_same_of_every_cell(base: Rows, ours: Rows, theirs: Rows) -> None:
    """Cell by cell: what nobody or one side changed, what both made the same, and all else is a conflict."""
    found = merged_rows(base, ours, theirs)
    disputed = {(one.key, one.column) for one in found.conflicts}
    for key in {*base, *ours, *theirs}:
        rows = [side.get(key) for side in (base, ours, theirs)]
        texts = {name: [None if row is None else row.get(name, "") for row in rows] for name in "xyz"}
        if None not in rows or rows[0] is None and None not in rows[1:]:
            for name, (was, mine, other) in texts.items():
                if mine == other or other == was:
                    expected = mine
                elif mine == was:
                    expected = other
                else:
                    expected = mine
                    assert (key, name) in disputed
                assert found.rows[key].get(name, "") == expected
        elif rows[0] is None:
            assert filled(found.rows)[key] == filled(ours if theirs.get(key) is None else theirs)[key]
        elif rows[1] is None and rows[2] is None:
            assert key not in found.rows
        else:
            kept = ours if rows[2] is None else theirs
            wrong = {(key, name) for name in "xyz" if kept[key].get(name, "") != base[key].get(name, "")}
            assert wrong == {one for one in disputed if one[0] == key}
            assert (key in found.rows) == (bool(wrong) and rows[1] is not None)


@given(base=TABLES, ours=TABLES, theirs=TABLES, mine=st.sets(st.sampled_from("abcdef")))
def test_unrelated_changes_never_conflict(base: Rows, ours: Rows, theirs: Rows, mine: set[str]) -> None:
    """One side touches these rows alone, the other all but these: the outcome is that of both."""

    def both(inside: Rows, outside: Rows) -> Rows:
        rows = {key: cells for key, cells in inside.items() if key[0] in mine}
        return {**rows, **{key: cells for key, cells in outside.items() if key[0] not in mine}}

    found = merged_rows(base, both(ours, base), both(base, theirs))
    assert not found.conflicts
    assert filled(found.rows) == filled(both(ours, theirs))
