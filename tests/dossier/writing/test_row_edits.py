"""What edits change in the records of a table: which rows, columns and totals."""

from __future__ import annotations

import pytest

from gebiedswerk.dossier.table_files import TableFile
from gebiedswerk.dossier.table_reader import columns_of
from gebiedswerk.dossier.tables import TABLES, TableSchema
from gebiedswerk.dossier.work import WORK_TABLES
from gebiedswerk.dossier.writing.change import CHANGEABLE
from gebiedswerk.dossier.writing.row_edits import (
    CannotEdit,
    Changes,
    Planner,
    RowEdit,
    WhyNot,
    canonical,
    is_id,
    is_key,
    key_of,
    table_rows,
    with_default,
)

KEYS = TABLES["keys"]
COLUMNS = {column.name: column for column in columns_of(TABLES["budgets"].rows)}
RECORDS = [["Key", "year", "line", "weight", "decision", ""], ["K", "2025", " A", "1", "B", ""], ["", ""], ["K"]]


def planner(*records: list[str]) -> Planner:
    return Planner(TableFile([*RECORDS, *records]), KEYS.file, KEYS)


@pytest.mark.parametrize(
    ("column", "cell", "written"),
    [
        ("decided_on", " 1-2-2025 ", "2025-02-01"),
        ("decided_on", "1 februari", "1 februari"),
        ("amount", "€ 1.250,-", "€ 1.250,-"),
        ("amount", "€ 1.250,00", "1250,00"),
        ("complete", "WAAR", "ja"),
        ("complete", "", "nee"),
        ("flow", "", "costs"),
        ("kind", "Adopted", "adopted"),
        ("line", "", ""),
        ("id", "", ""),
    ],
)
def test_a_cell_as_its_value_is_written(column: str, cell: str, written: str) -> None:
    assert with_default(cell, COLUMNS[column]) == written
    assert canonical(cell, COLUMNS[column]) == (written if cell else "")


def test_the_rows_of_a_table_are_those_of_its_reader() -> None:
    """Not the header, what is blank, torn or spilled, nor a row of totals."""
    records = [["K", "2025", "B", "2", "B", "x"], ["K", "2025", "C", "3", "B"], ["Totaal", "", "", "6", "", ""]]
    found = TableFile([RECORDS[0][:5], *RECORDS[1:], *records, [""]])
    assert [row.at for row in table_rows(found, KEYS)] == [1, 5]
    records[0].pop()
    found = TableFile([*RECORDS, *records, [""]])
    assert [(row.at, row.key) for row in table_rows(found, KEYS)] == [
        (1, ("K", "2025", "A")),
        (4, ("K", "2025", "B")),
        (5, ("K", "2025", "C")),
    ]
    assert key_of({"year": "2025", "key": "K", "line": "A", "x_a": "b"}, KEYS) == ("K", "2025", "A")


def test_an_id_names_a_row_whatever_else_it_says() -> None:
    """A row without one is named by its key, also beside rows with one, or where a part of its key is not there."""
    letters = WORK_TABLES["newsletters"]
    records = [["id", "area", "sent_on", "title"], ["N1", "A", "1-2-2025", "Lente"], ["", "A", "1-2-2025", "Zomer"]]
    rows = table_rows(TableFile(records), letters)
    assert [row.key for row in rows] == [("N1",), ("A", "2025-02-01", "Zomer")]
    found = Planner(TableFile([["id", "area"], ["N1", "A"]]), letters.file, letters)
    assert [*found.by_key()] == [("N1",)]
    assert key_of({"id": "K1", "key": "K", "year": "2025", "line": "A"}, KEYS) == ("K", "2025", "A")


def test_how_many_texts_are_a_key() -> None:
    """One is the id of a row in a table that gives them; else as many as there are columns of the key."""
    letters = WORK_TABLES["newsletters"]
    assert [is_id(key, letters) for key in ((), ("N1",), ("A", "2025-02-01"))] == [False, True, False]
    assert not is_id(("K",), KEYS)
    assert [is_key(["x"] * count, letters) for count in range(5)] == [False, True, False, True, False]
    assert [is_key(["x"] * count, KEYS) for count in range(5)] == [False, False, False, True, False]


@pytest.mark.parametrize(
    ("table", "header", "missing"),
    [
        (KEYS, ["id", "key", "year", "weight"], ("line",)),
        (WORK_TABLES["newsletters"], ["area", "title"], ("sent_on",)),
    ],
)
def test_without_ids_the_key_must_be_there(table: TableSchema, header: list[str], missing: tuple[str, ...]) -> None:
    """An `id` that is a column of the writer's own names no row; nor does a table that could have ids and has none."""
    with pytest.raises(CannotEdit) as refused:
        Planner(TableFile([header, ["x"] * len(header)]), table.file, table).by_key()
    assert (refused.value.why, tuple(refused.value.place)) == (WhyNot.NO_KEY_COLUMN, missing)


def test_changes_of_cells_rows_and_columns() -> None:
    """What is as it was is no change; a new column widens rows, not what is blank or torn."""
    key = ("K", "2025", "A")
    assert planner().changes([RowEdit(key, {"weight": " 1 ", "line": "A", "whole": ""})]) is None
    assert planner().changes([]) is None
    found = planner().changes([RowEdit(key, {"weight": "2", "x_b": "b", "whole": "5", "x_a": ""})])
    header = ("key", "year", "line", "weight", "decision", "whole", "x_b")
    assert found == Changes(header, 2, {(1, 3): "2", (1, 6): "b", (1, 5): "5"}, frozenset(), (), 3)
    assert found.widened(RECORDS) == {0, 1}
    assert found.cells_of(0) == {5: "whole", 6: "x_b"}
    assert found.cells_of(1) == {3: "2", 5: "5", 6: "b"}
    assert planner().changes([RowEdit(key, None), RowEdit(None, {"key": "L"})]) == Changes(
        header[:5], 0, {}, frozenset({1}), (("L", "", "", "", ""),), 3
    )


def test_a_total_goes_with_what_it_sums() -> None:
    """By the columns in which it says something."""
    row, total = ["K", "2025", "B", "1", "B", ""], ["Totaal", "", "", "2", "", ""]
    key = ("K", "2025", "A")
    for cells, gone in (({"decision": "C"}, set()), ({"whole": "3"}, set()), ({"weight": "3"}, {5}), (None, {1, 5})):
        found = planner(row, total).changes([RowEdit(key, cells)])
        assert found is not None
        assert found.gone == gone, cells
    bare = ["Totaal", "", "", "", "", ""]
    assert [planner(row, bare).changes([RowEdit(key, None)])] == [
        Changes(("key", "year", "line", "weight", "decision"), 0, {}, frozenset({1}), (), 5)
    ]


HEAD = [["key", "year", "line", "weight", "decision"], ["K", "2025", "A", "1", "B"]]
KEY, OTHER = ("K", "2025", "A"), ("K", "2025", "Z")
EMPTY = RowEdit(KEY, dict.fromkeys(HEAD[0], ""))


@pytest.mark.parametrize(
    ("records", "edits", "why", "place"),
    [
        ([["", " "]], [], WhyNot.NO_HEADER, ()),
        ([], [], WhyNot.NO_HEADER, ()),
        ([["year", "weight"]], [RowEdit(KEY, None)], WhyNot.NO_KEY_COLUMN, ("key", "line")),
        (HEAD, [RowEdit(OTHER, None)], WhyNot.KEY_NOT_FOUND, OTHER),
        ([*HEAD, HEAD[1]], [RowEdit(KEY, None)], WhyNot.KEY_TWICE, KEY),
        (HEAD, [RowEdit(KEY, {}), RowEdit(KEY, {})], WhyNot.EDITED_TWICE, KEY),
        (HEAD, [RowEdit(KEY, {"nergens": ""})], WhyNot.UNKNOWN_COLUMN, ("nergens",)),
        (HEAD, [RowEdit(KEY, {"x_a ": ""})], WhyNot.UNKNOWN_COLUMN, ("x_a ",)),
        ([[*HEAD[0], "x_a", "x_a"]], [RowEdit(None, {"x_a": ""})], WhyNot.COLUMN_TWICE, ("x_a",)),
        (
            [*HEAD, ["", "", "", "", "", "x"]],
            [RowEdit(KEY, {"x_b": "2", "whole": "1"})],
            WhyNot.NO_ROOM,
            ("whole", "x_b"),
        ),
        (HEAD, [RowEdit(None, {"key": "L"}), RowEdit(None, {"key": " "})], WhyNot.EMPTY_ROW, ()),
        (HEAD, [EMPTY], WhyNot.EMPTY_ROW, KEY),
    ],
)
def test_what_keeps_a_table_from_being_edited_is_told_with_its_place(
    records: list[list[str]], edits: list[RowEdit], why: WhyNot, place: tuple[str, ...]
) -> None:
    """The file, why, and the key or the columns that it is about."""
    with pytest.raises(CannotEdit) as refused:
        Planner(TableFile(records), KEYS.file, KEYS).changes(edits)
    assert (refused.value.file, refused.value.why, refused.value.place) == (KEYS.file, why, place)


TWO = [*HEAD, ["K", "2025", "B", "2", "B"]]
NEXT = ("K", "2025", "B")


def changes(records: list[list[str]], *edits: RowEdit) -> Changes:
    found = Planner(TableFile(records), KEYS.file, KEYS).changes(edits)
    assert found is not None
    return found


def test_each_of_many_edits_counts() -> None:
    """Whatever comes before it: a new row, one that goes, another that is corrected."""
    found = changes(TWO, RowEdit(None, {"key": "L"}), RowEdit(KEY, {"weight": "3"}), RowEdit(NEXT, {"weight": "4"}))
    assert (found.cells, found.gone, len(found.added)) == ({(1, 3): "3", (2, 3): "4"}, frozenset(), 1)
    found = changes(TWO, RowEdit(KEY, None), RowEdit(NEXT, {"weight": "4"}))
    assert (found.cells, found.gone) == ({(2, 3): "4"}, frozenset({1}))


def test_new_rows_come_below_the_last_one_that_stays() -> None:
    assert changes(TWO, RowEdit(NEXT, None), RowEdit(None, {"key": "L"})).below == 1


def test_a_blank_row_stays_as_it_is_however_long() -> None:
    found = changes([*HEAD, [""] * 9], RowEdit(KEY, {"x_a": "1"}))
    assert found.widened([*HEAD, [""] * 9]) == {0, 1}


def test_who_adds_a_row_needs_no_key_of_others() -> None:
    assert changes([["year", "weight"]], RowEdit(None, {"year": "2025"})).added == (("2025", ""),)


def test_what_stands_behind_the_last_column_is_no_hindrance_to_the_others() -> None:
    assert changes([*HEAD, ["", "", "", "", "", "x"]], RowEdit(KEY, {"weight": "3"})).cells == {(1, 3): "3"}


def test_a_key_column_that_may_be_left_out_may() -> None:
    """As of a team that names nobody: its key is as of an empty cell."""
    team = CHANGEABLE["work/team"]
    records = [["area", "role", "valid_from"], ["A", "lid", "2025-02-01"]]
    assert list(Planner(TableFile(records), team.file, team).by_key()) == [("A", "lid", "", "2025-02-01")]
    assert key_of({"key": "K"}, KEYS) == ("K", "", "")


@pytest.mark.parametrize("cells", [{"weight": "3"}, {"weight": "3", "decision": "C"}])
def test_a_total_goes_where_one_of_many_cells_is_summed(cells: dict[str, str]) -> None:
    found = changes([*HEAD, ["Totaal", "", "", "1", ""]], RowEdit(KEY, cells))
    assert found.gone == {2}


def test_a_total_of_nothing_goes_with_the_first_row() -> None:
    found = changes([HEAD[0], ["Totaal", "", "", "0", ""]], RowEdit(None, {"key": "K", "weight": "1"}))
    assert (found.gone, found.below) == (frozenset({1}), 0)
