"""Cells are read and written by their kind, and say which table they refer to."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gebiedswerk.core.matching import NO_CODE, parse_pattern
from gebiedswerk.dossier import cell_types
from gebiedswerk.dossier.cell_types import Kind, RefersTo, references_of
from gebiedswerk.dossier.table_reader import columns_of
from gebiedswerk.dossier.tables import TABLES
from gebiedswerk.dossier.work import WORK_TABLES

KINDS: dict[str, Kind] = {
    name: part
    for name, hint in vars(cell_types).items()
    for part in getattr(hint, "__metadata__", ())
    if isinstance(part, Kind)
}
CODE = st.from_regex(r"[A-Za-z0-9._-]{1,12}", fullmatch=True).filter(lambda code: code != "total")
TEXT = st.text(max_size=40)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "text": TEXT,
    "code": CODE,
    "code_list": st.lists(CODE, min_size=1, max_size=4, unique=True).map(tuple),
    "slug": st.from_regex(r"[a-z0-9]+(-[a-z0-9]+){0,3}", fullmatch=True),
    "year": st.integers(1900, 2099),
    "day": st.dates(date(1900, 1, 1), date(2999, 12, 31)),
    "amount": st.integers(-(10**12), 10**12),
    "amount_left": st.integers(0, 10**12),
    "place": st.integers(1, 99),
    "weight": st.integers(0, 10**12 - 1),
    "row_number": st.integers(1, 10**10 - 1),
    "yes_no": st.booleans(),
    "number": st.decimals(-(10**9), 10**9, places=2) | st.integers(-999, 999).map(Decimal),
    "site_address": CODE.map(lambda code: f"pagina/{code}/"),
    "web_address": CODE.map(lambda code: f"https://example.org/{code}"),
    "cbs_code": st.from_regex(r"GM[0-9]{4}|WK[0-9]{4}[0-9A-Z]{2}|BU[0-9]{4}[0-9A-Z]{4}", fullmatch=True),
    "pattern": st.sampled_from(["", "7110", "71*", "7110-7190", "K7*"]).map(parse_pattern) | st.just(NO_CODE),
}


def test_every_kind_is_tried() -> None:
    """A new kind of cell gets values here."""
    assert VALUES.keys() == {kind.name for kind in KINDS.values()}


@pytest.mark.parametrize("name", KINDS)
@given(st.data())
def test_what_is_written_is_read_as_that_value(name: str, data: st.DataObject) -> None:
    """Whatever stands in a row can be written to its table."""
    kind = KINDS[name]
    value = data.draw(VALUES[kind.name])
    assert kind.read(kind.write(value)) == value


def test_a_code_refers_to_the_first_column_of_a_key() -> None:
    """Every table that is referred to is there."""
    tables = {**TABLES, **WORK_TABLES}
    found = {(name, *pair) for name, table in tables.items() for pair in table.refers}
    assert len(found) > 20
    assert {target for _, _, target in found} <= tables.keys()
    assert ("attribution", "line", "budget_lines") in found
    assert references_of(TABLES["budget_lines"].rows) == ()
    assert all(
        column.refers_to == dict(table.refers).get(column.name, "")
        for table in tables.values()
        for column in columns_of(table.rows)
    )
    named = {
        part.table
        for hint in vars(cell_types).values()
        for part in getattr(hint, "__metadata__", ())
        if isinstance(part, RefersTo)
    }
    assert named == {target for _, _, target in found}
