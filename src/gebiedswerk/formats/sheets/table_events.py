"""Tables as they come out of a file that is read piece by piece: a table opens, and its rows follow."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from gebiedswerk.formats.grid import LAST_COLUMN, LAST_ROW, Cell, Gathering, Grid
from gebiedswerk.formats.xlsx.parts import Sheet, Unreadable


@dataclass(frozen=True, slots=True)
class SheetTable:
    """A table opens: its name, and whether a person sees it."""

    name: str
    visible: bool = True


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of a table (0: the first that opened): 1 for the first row, its cells by their place (0 for the first)."""

    table: int
    number: int
    cells: dict[int, Cell]
    hidden: bool = False


Events = Iterator[SheetTable | SheetRow]


@dataclass(frozen=True, slots=True)
class TableBook:
    """A file of which the tables are read anew each time, from the beginning: nothing of it is held."""

    path: Path
    events: Callable[[], Events]
    sheets: tuple[Sheet, ...] = ()
    from_1904: bool = False

    def grids(
        self,
        sheets: Sequence[Sheet],
        header_row: int,
        wanted: Collection[str],
        most: int | None = None,
        header_rows: int = 1,
    ) -> list[Grid]:
        """Read some tables in one pass, at most `most` rows of each. Raises Unreadable or one of `BROKEN`."""
        found = {
            int(sheet.part): Gathering(header_row, wanted, most, header_rows, from_1904=self.from_1904)
            for sheet in sheets
        }
        left = {table for table, gathering in found.items() if not gathering.enough}
        for event in self.events() if left else ():
            if isinstance(event, SheetRow) and event.table in left:
                if not 0 < event.number <= LAST_ROW or max(event.cells, default=0) >= LAST_COLUMN:
                    raise Unreadable("L161")
                found[event.table].row(event.number, event.cells, hidden=event.hidden)
                if found[event.table].enough:
                    left.remove(event.table)
                    if not left:
                        break
        return [found[int(sheet.part)].grid for sheet in sheets]


def table_book(path: Path, events: Callable[[], Events]) -> TableBook:
    """A file with the tables that stand in it. Raises Unreadable or one of `BROKEN`."""
    tables = [event for event in events() if isinstance(event, SheetTable)]
    sheets = tuple(Sheet(table.name, str(at), table.visible) for at, table in enumerate(tables))
    if not sheets:
        raise Unreadable("L161")
    return TableBook(path, events, sheets)


def serial(text: str) -> float:
    """The number of a day as a spreadsheet counts it, with the time behind it as its part: of `2025-03-01T12:00:00`."""
    day = date.fromisoformat(text[:10])
    hours, minutes = (int(part) for part in text[11:16].split(":")) if len(text) >= 16 else (0, 0)
    return max((day - date(1899, 12, 30)).days, 0) + (hours * 60 + minutes) / 1440
