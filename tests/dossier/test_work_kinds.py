"""The registry of kinds of work is whole: each row class is in it, and each surface shows every kind."""

from __future__ import annotations

import inspect
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from gebiedswerk.dossier import read, work
from gebiedswerk.dossier.checks.work_checks import check_work
from gebiedswerk.dossier.model import Dossier
from gebiedswerk.dossier.table_reader import columns_of
from gebiedswerk.dossier.tables import TABLES, Row
from gebiedswerk.dossier.work import WORK_TABLES, areas_of
from gebiedswerk.language.messages import Messages
from gebiedswerk.pages.area.area_index import AreaIndex
from gebiedswerk.pages.area.area_work import PEOPLE, WORK_SECTIONS
from gebiedswerk.pages.news import news_of
from tests.conftest import ROOT

KINDS = sorted(WORK_TABLES)
REFERS = [(name, column, target) for name in KINDS for column, target in WORK_TABLES[name].refers]
SPANS = [(name, *span) for name in KINDS for span in WORK_TABLES[name].spans]


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    """The example that has every kind of work."""
    checked = read(ROOT / "examples" / "groningen")
    assert checked.value is not None and all(getattr(checked.value.work, name) for name in KINDS)
    return checked.value


def test_every_row_class_of_work_is_a_kind() -> None:
    """What is no kind of work (`Work`, `News`, `WorkKind`, choices) is no row."""
    rows = {one for _, one in inspect.getmembers(work, inspect.isclass) if issubclass(one, Row) and one is not Row}
    assert rows == {kind.rows for kind in WORK_TABLES.values()}
    assert {kind.file for kind in WORK_TABLES.values()} == {f"work/{name}.csv" for name in WORK_TABLES}


@pytest.mark.parametrize("name", KINDS)
def test_a_kind_names_its_own_columns(name: str) -> None:
    """Area, days, spans and news are columns of the row, or of the row that it is part of."""
    kind = WORK_TABLES[name]
    own = {column.name for column in columns_of(kind.rows)}
    whole = WORK_TABLES[dict(kind.refers)[kind.part_of]] if kind.part_of else kind
    wider = {column.name for column in columns_of(whole.rows)} | own
    assert {kind.area, kind.part_of} - {""} <= {column for column, _ in kind.refers} <= own
    assert {target for _, target in kind.refers} <= {*WORK_TABLES, *TABLES}
    assert set(kind.days) <= own
    assert {first for first, _ in kind.spans} <= wider and {last for _, last in kind.spans} <= own
    if kind.news is not None:
        assert {kind.news.day, kind.news.words, *kind.news.key} <= own


@pytest.mark.parametrize("name", KINDS)
def test_every_column_with_the_code_of_a_row_or_a_day_is_told(name: str) -> None:
    """A column with the name of another table's code refers to it; each day is one on which something happens or ends.

    A code in a column that is not told to refer to anything is checked by nobody (W101), a day by nothing (W102).
    """
    kind = WORK_TABLES[name]
    columns = columns_of(kind.rows)
    codes = {one.name for one in columns if one.kind.name in ("code", "code_list")} - {"code", "id"}
    assert codes == {column for column, _ in kind.refers}
    days = {one.name for one in columns if one.kind.name == "day"}
    assert days == {*kind.days, *(day for span in kind.spans for day in span if day in days)}


def test_every_kind_has_a_section_with_a_heading() -> None:
    """A kind without one would be read, published as open data, and shown to nobody."""
    sections = [PEOPLE, *WORK_SECTIONS]
    assert {kind for section in sections for kind in section.kinds} == set(WORK_TABLES)
    assert len({section.anchor for section in sections}) == len(sections)
    for language in ("nl", "en"):
        messages = Messages(language)
        for section in sections:
            assert messages.known(f"area.section.{section.anchor}")
            if section.counted:
                assert messages.known(f"area.children.{section.kinds[0]}")
                assert messages.known(f"area.count.{section.kinds[0]}.one")


@pytest.mark.parametrize("name", [name for name in KINDS if WORK_TABLES[name].news])
def test_every_kind_that_is_news_is_in_the_feed(dossier: Dossier, name: str) -> None:
    """Its words stand in both languages, and a row of it makes an entry."""
    news = WORK_TABLES[name].news
    assert news is not None
    about = [row for area, row in areas_of(dossier.work, name) if area is not None and getattr(row, news.day)]
    row = max(
        (row for row in about if news.status in (None, getattr(row, "status", None))),
        key=lambda row: getattr(row, news.day),
    )
    settings = replace(dossier.settings, open_data=replace(dossier.settings.open_data, address="https://klein.nl"))
    entries = [entry for _, all_ in news_of(replace(dossier, settings=settings), Messages("nl")) for entry in all_]
    name = "-".join([news.name, *(str(getattr(row, column)) for column in news.key)])
    assert [entry for entry in entries if entry.name == name and getattr(row, news.words) in entry.title]
    assert all(Messages(language).known(f"feed.{news.name}") for language in ("nl", "en"))


@pytest.mark.parametrize(("name", "column", "target"), REFERS)
def test_a_code_that_names_nothing_is_a_fault(dossier: Dossier, name: str, column: str, target: str) -> None:
    """In each column that refers, of each kind: W101 with the table where the code should have stood."""
    rows = getattr(dossier.work, name)
    lost = "ELDERS"
    cell = (lost,) if isinstance(getattr(rows[0], column), tuple) else lost
    changed = {name: (replace(rows[0], **{column: cell}), *rows[1:])}
    faults = check_work(replace(dossier, work=replace(dossier.work, **changed)))
    told = [(one.code, one.row, one.column, one.value) for one in faults if one.code == "W101"]
    assert told == [("W101", rows[0].row, column, lost)]


@pytest.mark.parametrize(("name", "first", "last"), SPANS)
def test_nothing_ends_before_it_starts(dossier: Dossier, name: str, first: str, last: str) -> None:
    """On the day it starts is right, the day before is not (W102)."""
    start, rows = date(2020, 5, 6), getattr(dossier.work, name)
    whole: Any = next((one for one in dossier.work.visits if one.code == getattr(rows[0], "visit", None)), None)

    def said(end: date) -> list[int | None]:
        row = replace(rows[0], **{last: end} if whole else {first: start, last: end})
        visits = tuple(replace(one, visited_on=start) if one is whole else one for one in dossier.work.visits)
        changed: dict[str, Any] = {"visits": visits, name: (row, *rows[1:])}
        found = check_work(replace(dossier, work=replace(dossier.work, **changed)))
        return [one.row for one in found if (one.code, one.column, one.row) == ("W102", last, row.row)]

    assert said(start) == []
    assert said(start - timedelta(days=1)) == [rows[0].row]


@pytest.mark.parametrize("name", [name for name in KINDS if WORK_TABLES[name].area or WORK_TABLES[name].part_of])
def test_the_rows_of_a_kind_are_found_by_area(dossier: Dossier, name: str) -> None:
    """Each row of the kind under each of its areas, and nowhere else."""
    index, told = AreaIndex(dossier), list(areas_of(dossier.work, name))
    assert {row.row for _, row in told} == {row.row for row in getattr(dossier.work, name)}
    for area in dossier.areas:
        assert [row.row for row in index.own_rows(name, area.code)] == [row.row for at, row in told if at == area.code]
