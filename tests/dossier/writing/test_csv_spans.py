"""Where records and fields stand in a text: as the reader cuts it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gebiedswerk.dossier.csv_cut import lined, read_records
from gebiedswerk.dossier.table_files import TableFile
from gebiedswerk.dossier.writing.csv_spans import cell_of, changed_text, field_of, spans_of
from gebiedswerk.dossier.writing.row_edits import CannotEdit, Changes, WhyNot


@given(st.text('";,\t\r\n ab', max_size=30), st.sampled_from(";,\t"))
def test_spans_are_cut_as_the_reader_cuts(text: str, mark: str) -> None:
    """Whatever the reader can read: the same cells, and each letter stands in one record."""
    text = lined(text)
    records, broken = read_records(text, mark)
    if broken is None:
        spans = list(spans_of(text, mark))
        assert [[cell_of(field.of(text)) for field in one.fields] for one in spans] == records
        assert "".join(one.whole.of(text) for one in spans) == text
        assert all(set(one.line_end(text)) <= {"\r", "\n"} for one in spans)


@given(st.text('";,\t\r\n ab', max_size=10), st.sampled_from(";,\t"), st.booleans())
def test_a_field_says_its_cell(cell: str, mark: str, quoted: bool) -> None:
    """Read back it is the same cell; quotes stand only where asked for or needed."""
    field = field_of(cell, mark, quoted=quoted)
    assert read_records(f"x{mark}{field}\n", mark) == ([["x", cell]], None)
    assert field == cell or quoted or set(cell) & {mark, '"', "\r", "\n"}


def test_a_return_at_the_end_of_a_cell_needs_quotes() -> None:
    """It would be part of the line end."""
    assert field_of("a\r", ";", quoted=False) == '"a\r"'


def test_a_text_that_is_cut_in_another_way_is_refused() -> None:
    """Nothing is written where it is not sure what stands where."""
    data = b"id;line\nP1;A\n"
    changes = Changes(("id", "line"), 0, {(1, 1): "B"}, frozenset(), (), 1)
    assert changed_text(data, TableFile([["id", "line"], ["P1", "A"]], ";"), changes, "x.csv") == b"id;line\nP1;B\n"
    with pytest.raises(CannotEdit) as refused:
        changed_text(data, TableFile([["id", "line"], ["P1", "C"]], ";"), changes, "x.csv")
    assert (refused.value.why, refused.value.file) == (WhyNot.SHAPE, "x.csv")
