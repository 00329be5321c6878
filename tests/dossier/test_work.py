"""The tables below `work/`: what a cell may hold, and that a fault in them leaves the money alone."""

from __future__ import annotations

import csv
import io
import random
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import pytest

from gebiedswerk.assembly.made import make
from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.blocks.models import AreaPage
from gebiedswerk.core.faults import errors
from gebiedswerk.dossier import cell_types, read
from gebiedswerk.dossier.table_reader import columns_of
from gebiedswerk.dossier.work import WORK_TABLES, Work
from gebiedswerk.site.render import Renderer
from tests.small import put
from tests.work import with_work, work_tables


def reads(kind: Any, cell: str) -> object:
    return get_args(kind)[1].read(cell)


@pytest.mark.parametrize(
    ("cell", "value"),
    [("7,1", "7.1"), ("7.1", "7.1"), ("-0,5", "-0.5"), ("12500", "12500"), ("0.125", "0.125"), ("−3", "-3")],
)
def test_a_number_is_read_as_it_is_written(cell: str, value: str) -> None:
    """A comma or a point before decimals."""
    assert reads(cell_types.Number, cell) == Decimal(value)


@pytest.mark.parametrize("cell", ["1.250", "12,500", "1.234,5", "07", "7,", "", "zeven", "1e3"])
def test_a_number_that_can_be_read_in_two_ways_is_none(cell: str) -> None:
    """1.250 may be a thousand or a bit more than one."""
    assert reads(cell_types.Number, cell) is None


def test_lists_of_codes_hold_each_once() -> None:
    """Codes with spaces between them."""
    assert reads(cell_types.CodeList, "WEST  SELWERD") == ("WEST", "SELWERD")
    assert reads(cell_types.CodeList, "WEST WEST") is None
    assert reads(cell_types.CodeList, "WEST a/b") is None
    assert reads(cell_types.CodeList, "") is None


@pytest.mark.parametrize("cell", ["javascript:alert(1)", "www.voorbeeld.nl", 'https://x.nl/"', "http:// x"])
def test_only_addresses_of_the_web_are_links(cell: str) -> None:
    """What could run, or break out of a page, is no address."""
    assert reads(cell_types.WebAddress, cell) is None
    assert reads(cell_types.WebAddress, "https://voorbeeld.nl/brief?n=1") == "https://voorbeeld.nl/brief?n=1"


@pytest.mark.parametrize(
    ("cell", "right"), [("WK001410", True), ("BU0014100A", True), ("WK0014", False), ("gm0014", False)]
)
def test_codes_of_the_cbs(cell: str, right: bool) -> None:
    """GM with four signs, WK with six, BU with eight."""
    assert (reads(cell_types.CbsCode, cell) is not None) == right


def test_every_table_has_its_field() -> None:
    """What is read has a place, and each key is made of columns."""
    assert set(WORK_TABLES) == {name for name in Work.__dataclass_fields__ if name != "unread"}
    for table in WORK_TABLES.values():
        assert set(table.key) <= {column.name for column in columns_of(table.rows)}


def test_a_fault_in_the_work_leaves_the_money_alone(klein: Path) -> None:
    """A day that is none stops publishing, and is all that is said; the account is still made."""
    (klein / "work").mkdir()
    (klein / "work/newsletters.csv").write_text("area,sent_on,title\nNRD,31-11-2025,Winter\n")
    opened = open_dossier(klein)
    assert [(found.code, found.file, found.row) for found in opened.faults] == [("D105", "work/newsletters.csv", 2)]
    assert opened.newest is not None and opened.dossier is not None
    assert opened.dossier.work.unread == ("work/newsletters.csv",)


def test_a_file_that_nothing_reads_is_named(klein: Path) -> None:
    """A slip in the name of a table would lose its rows unseen."""
    (klein / "work").mkdir()
    (klein / "work/nieuwsbrieven.csv").write_text("area\n")
    faults = read(klein).faults
    assert [(found.code, found.file) for found in faults] == [("D110", "work/nieuwsbrieven.csv")]
    assert not errors(faults)


CELLS = [
    (file, row, column)
    for file, text in work_tables().items()
    for row, line in enumerate(csv.reader(text.splitlines()))
    if row
    for column in range(len(line))
]


@pytest.mark.parametrize("at", range(24))
def test_whatever_stands_in_the_work_its_pages_are_made(klein: Path, at: int) -> None:
    """A nasty cell is a fault or is shown; the account is made, and no page breaks, also where it is not sound."""
    dice = random.Random(at)
    with_work(klein)
    for file, row, column in dice.sample(CELLS, 4):
        rows = list(csv.reader(io.StringIO((klein / file).read_bytes().decode(), newline="\n")))
        rows[row][column] = dice.choice(NASTY)
        out = io.StringIO(newline="")
        csv.writer(out, lineterminator="\n").writerows(rows)
        (klein / file).write_bytes(out.getvalue().encode())
    opened = open_dossier(klein)
    assert opened.newest is not None
    made = make(opened)
    assert made is not None
    renderer = Renderer()
    for page in made.pages:
        if isinstance(page, AreaPage):
            assert renderer.render(page)


NASTY = ["", " ", "NRD", "OST", "NERGENS", "9999-12-31", "2025-02-30", "1900-01-01", "-1", "0", "1.250", "<b>x</b>"]
NASTY += ["../x", "a b", "*", "4*3", "9..1", "done", "granted", "kept", "x" * 3000, "é\u2028", "=1+1", "{name}", "%s"]


@pytest.mark.parametrize(
    ("begins", "ends", "wrong"),
    [
        ("2026-01-01", "2026-01-01", []),
        ("2020-01-01", "2026-01-01", []),
        ("", "2026-01-01", []),
        ("2020-01-01", "", []),
        ("2026-01-01", "", ["from_area"]),
        ("2020-01-01", "2025-12-31", ["from_area"]),
        ("2026-01-02", "2026-01-01", ["to_area"]),
    ],
)
def test_an_area_may_join_one_that_was_there(klein: Path, begins: str, ends: str, wrong: list[str]) -> None:
    """A merger makes a new area on its day; an annexation adds to one, whole or (without an end) in part."""
    rows = (klein / "areas.csv").read_text("utf-8").replace("Noorderwijk,wijk,,,", f"Noorderwijk,wijk,,{begins},")
    put(klein, "areas.csv", f"{rows}DRP,het-dorp,Het Dorp,dorp,,,{ends}\n")
    put(klein, "area_changes.csv", "kind,from_area,to_area,changed_on\nmerger,DRP,NRD,2026-01-01\n")
    found = [one.column for one in read(klein).faults if one.code == "W109"]
    assert found == wrong
