"""Rows below what stands in a table, in the style of its owner."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gebiedswerk.dossier.table_reader import read_table
from gebiedswerk.dossier.writing.added_rows import with_rows
from tests.dossier.test_table_reader import book, tables, text
from tests.dossier.walks import ALL_TABLES

PAIRS = st.sampled_from(sorted(ALL_TABLES)).flatmap(lambda name: st.tuples(tables(name), tables(name)))


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(PAIRS, st.sampled_from(["plain", "dutch", "sheet", "none"]))
def test_what_is_added_is_read_back_below_what_was_there(tmp_path: Path, pair: tuple[Any, Any], style: str) -> None:
    """In any style: the old rows are the same, the new ones have the values that they were given."""
    (table, names, rows), other = pair
    folder = tmp_path / "d"
    place = folder / table.file
    place.parent.mkdir(parents=True, exist_ok=True)
    if style == "sheet":
        book(place.with_suffix(".xlsx"), names, [[cell[2] for cell in row] for row in rows])
    elif style != "none":
        at, mark, end = (0, ",", "\n") if style == "plain" else (1, ";", "\r\n")
        place.write_text(text([names, *([cell[at] for cell in row] for row in rows)], mark, end), "utf-8", newline="")
    before = list(read_table(place, table)[0]) if style != "none" else []
    new = tmp_path / "new.csv"
    new.write_text(text([other[1], *([cell[0] for cell in row] for row in other[2])], ",", "\n"), "utf-8")
    added = list(read_table(new, other[0])[0])
    try:
        name, data = with_rows(folder, other[0], added)
        (folder / name).parent.mkdir(exist_ok=True)
        was = (folder / name).read_bytes() if (folder / name).exists() else None
        (folder / name).write_bytes(data)
        after = list(read_table(folder / other[0].file, other[0])[0])
        assert [bare(row) for row in after] == [bare(row) for row in [*before, *added]]
        assert after[: len(before)] == before
        assert (
            was is None
            or style == "sheet"
            or set(columns_in(other[2], other[1])) - set(names)
            or data.startswith(was[:20])
        )
    finally:
        for path in folder.rglob("*.*"):
            path.unlink()


def columns_in(rows: list[list[tuple[str, str, Any]]], names: list[str]) -> list[str]:
    return names if rows else []


def bare(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in row.__slots__ if name != "row"}
