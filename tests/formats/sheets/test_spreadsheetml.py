"""SpreadsheetML of 2003: where a cell stands, as what its format shows it, and what is no sheet."""

from __future__ import annotations

from pathlib import Path

import pytest

from gebiedswerk.formats.grid import Cell, Day, Percent
from gebiedswerk.formats.sheets.spreadsheetml import open_spreadsheetml
from gebiedswerk.formats.sheets.table_events import SheetRow
from gebiedswerk.formats.xlsx.parts import Unreadable

STYLES = "".join(
    f'<Style ss:ID="{name}"><NumberFormat ss:Format="{form}"/></Style>'
    for name, form in [
        ("day", "Short Date"),
        ("own", "dd/mm/yyyy"),
        ("share", "0.0%"),
        ("part", "Percent"),
        ("m", "0.00"),
    ]
)


def rows(path: Path, table: str) -> list[SheetRow]:
    file = path / "book.xls"
    file.write_text(
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
        ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        f'<Styles>{STYLES}</Styles><Worksheet ss:Name="Blad1">{table}</Worksheet></Workbook>',
        encoding="utf-8",
    )
    return [one for one in open_spreadsheetml(file).events() if isinstance(one, SheetRow)]


def cell(path: Path, written: str) -> Cell | None:
    [row] = rows(path, f"<Table><Row>{written}</Row></Table>")
    return row.cells.get(0)


@pytest.mark.parametrize(
    ("written", "value", "kind"),
    [
        ('<Cell><Data ss:Type="Number">45658</Data></Cell>', 45658, float),
        ('<Cell ss:StyleID="m"><Data ss:Type="Number">1.5</Data></Cell>', 1.5, float),
        ('<Cell ss:StyleID="day"><Data ss:Type="Number">45658</Data></Cell>', 45658, Day),
        ('<Cell ss:StyleID="own"><Data ss:Type="Number">45658</Data></Cell>', 45658, Day),
        ('<Cell ss:StyleID="share"><Data ss:Type="Number">0.25</Data></Cell>', 0.25, Percent),
        ('<Cell ss:StyleID="part"><Data ss:Type="Number">0.25</Data></Cell>', 0.25, Percent),
        ('<Cell><Data ss:Type="Number">12x</Data></Cell>', "12x", str),
        ('<Cell><Data ss:Type="DateTime">2025-01-01T00:00:00.000</Data></Cell>', 45658, Day),
        ('<Cell><Data ss:Type="DateTime">2025-02-30T00:00:00.000</Data></Cell>', "2025-02-30T00:00:00.000", str),
        ('<Cell><Data ss:Type="Boolean">1</Data></Cell>', "true", str),
        ('<Cell><Data ss:Type="Boolean">0</Data></Cell>', "false", str),
        ('<Cell><Data ss:Type="Error">#REF!</Data></Cell>', "#REF!", str),
        ('<Cell ss:Formula="=RC[-1]*2"/>', "=RC[-1]*2", str),
    ],
)
def test_a_cell_is_what_its_format_shows(written: str, value: Cell, kind: type[Cell], tmp_path: Path) -> None:
    """A day that does not exist, a number that is none and a formula that was never computed are their text."""
    found = cell(tmp_path, written)
    assert (found, type(found)) == (value, kind)


def test_rows_and_cells_stand_where_they_say(tmp_path: Path) -> None:
    """`Index` skips, `MergeAcross` and `Span` take more; a style may be that of the row."""
    found = rows(
        tmp_path,
        "<Table><Row><Cell ss:MergeAcross='1'><Data ss:Type='String'>a</Data></Cell>"
        "<Cell><Data ss:Type='String'>b</Data></Cell></Row>"
        "<Row ss:Index='4' ss:Span='1' ss:Hidden='1'><Cell ss:Index='3'><Data ss:Type='String'>c</Data></Cell></Row>"
        "<Row ss:StyleID='day'><Cell><Data ss:Type='Number'>1</Data></Cell></Row></Table>",
    )
    assert [(one.number, one.cells, one.hidden) for one in found] == [
        (1, {0: "a", 2: "b"}, False),
        (4, {2: "c"}, True),
        (6, {0: 1.0}, False),
    ]
    assert isinstance(found[2].cells[0], Day)


DATA = "<Data ss:Type='String'>a</Data>"


@pytest.mark.parametrize(
    "table",
    [
        "<Table><Row ss:Index='2'/><Row ss:Index='2'/></Table>",
        "<Table><Row ss:Span='3'/><Row ss:Index='4'/></Table>",
        "<Table><Row><Cell ss:Index='2'/><Cell ss:Index='2'/></Row></Table>",
        "<Table><Row><Cell ss:MergeAcross='3'/><Cell ss:Index='4'/></Row></Table>",
        "<Table><Row><Row/></Row></Table>",
        "<Table><Cell/></Table>",
        f"<Table><Row>{DATA}</Row></Table>",
        f"<Table><Row><Cell>{DATA}{DATA}</Cell></Row></Table>",
    ],
)
def test_two_things_in_one_place_are_refused(table: str, tmp_path: Path) -> None:
    """A row, a cell or a value that stands where another does, or where none can: money would go to another row."""
    with pytest.raises(Unreadable) as refused:
        rows(tmp_path, table)
    assert refused.value.code == "L161"
