"""Tables of a web page that is damaged or made to take time."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

import pytest

from gebiedswerk.formats.grid import Cell
from gebiedswerk.formats.sheets.html_tables import LONGEST_END, open_html
from gebiedswerk.formats.sheets.table_events import SheetRow
from gebiedswerk.formats.xlsx.parts import Unreadable

TABLE = "<table><tr><td>Jaar<td>Bedrag<tr><td>2025<td>1,00"


def rows(path: Path, text: str) -> list[dict[int, Cell]]:
    path.write_text(text, encoding="utf-8")
    return [one.cells for one in open_html(path).events() if isinstance(one, SheetRow)]


@pytest.mark.parametrize(
    "piece", ["<a ", "<a href='x", '<a b="', "</a ", "<!--", "<![CDATA[", "<?x ", "&#", "<b x='1' "]
)
def test_a_mark_that_is_never_closed_takes_no_time(piece: str, tmp_path: Path) -> None:
    """A hundred thousand times the same broken mark at the end of a page is read, or refused, within seconds."""
    started = time.process_time()
    with suppress(Unreadable):
        rows(tmp_path / "page.xls", TABLE + piece * 100_000)
    assert time.process_time() - started < 20


def test_a_page_that_is_cut_off_within_a_mark_is_read(tmp_path: Path) -> None:
    """Up to the length of a mark that a person could have written."""
    whole = [{0: "Jaar", 1: "Bedrag"}, {0: "2025", 1: "1,00"}]
    assert rows(tmp_path / "page.xls", f"{TABLE}</td><td class='x") == whole
    assert rows(tmp_path / "page.xls", f"{TABLE}</td><!--{'x' * (LONGEST_END - 4)}") == whole
    with pytest.raises(Unreadable):
        rows(tmp_path / "page.xls", f"{TABLE}</td><!--{'x' * (LONGEST_END - 3)}")
