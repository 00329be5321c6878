"""A CSV record by record: the careful way, which also says where a file is not even (L118) or not readable (L121).

Some thousands of cells at a time become columns, so that memory never holds them all as texts of their own.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence

import polars as pl

from gebiedswerk.core.faults import MOST, Checked, Fault, fault
from gebiedswerk.dossier import Profile
from gebiedswerk.dossier.csv_cut import LONGEST_CELL, cut
from gebiedswerk.formats.column_store import Gathered
from gebiedswerk.formats.format import AGAIN, LABEL, MOST_TITLES, ROW, SAME
from gebiedswerk.formats.grid import header_names, with_unnamed
from gebiedswerk.formats.period_cells import year_or_period
from gebiedswerk.formats.row_marks import label_of

AT_ONCE = 5_000
SHOWN = 60
WORDS = re.compile(r"[^\W\d_]{2}.* .")
"""Two words or more."""
COUNT = re.compile("(?i)(?:totaal )?(?:aantal|number of)[^0-9]*")  # literal: words that are read, never shown


def read_one_by_one(
    pieces: Iterable[bytes], mark: str, file: str, profile: Profile, used: Sequence[str], name: str = ""
) -> Checked[tuple[list[str], pl.DataFrame]]:
    """The header, where the profile (of this `name`) has it, and of the records below it that are not blank the `used`
    cells and their number, also where others are uneven.

    Takes UTF-8, cut after line ends. Nothing but L121 is said of a file that cannot be read to its end.
    """
    reading = _Reading(file, profile.header_row, mark, used, profile.header_rows)
    reading.looks = profile.quotes is None
    try:
        for record in cut(reading.lines(pieces), mark, quotes=profile.quotes is not False):
            reading.take(record)
    except csv.Error:
        asked = name if reading.looks else ""
        return Checked(([], pl.DataFrame()), (fault("L121", file, reading.at + 1, profile=asked),))
    if reading.swallowed:
        row, value = reading.swallowed[0]
        facts = {"count": len(reading.swallowed), "profile": name}
        return Checked(([], pl.DataFrame()), (fault("L255", file, row, None, value, **facts),))
    cells, faults = reading.result()
    return Checked((reading.header, cells), faults)


def holds_row(cell: str, mark: str, marks: int) -> bool:
    """Whether a cell over several lines has as many marks as a row or more: a quote that joins two texts takes all
    between.
    """
    return 0 < marks <= cell.count(mark)


class _Reading:
    """One file on its way: the records of this batch, the columns so far, and what is uneven."""

    def __init__(self, file: str, top: int, mark: str, used: Sequence[str], rows: int) -> None:
        self.file, self.top, self.mark, self.used, self.at = file, top, mark, used, 0
        self.last_top = top + rows - 1
        self.tops: list[list[str]] = []
        self.known: dict[str, list[list[str]]] = {}  # first cell → rows of the title and the header
        self.header: list[str] = []
        self.places: dict[str, int] = {}
        self.batch: dict[str, list[str]] = {}
        self.rows: list[int] = []
        self.widths: dict[int, int] = {}  # cells of a record → the first record with so many
        self.labels: list[str] = []
        self.same: list[int] = []
        self.gathered = Gathered(())
        self.uneven: list[Fault] = []
        self.more = 0
        self.looks = False
        self.swallowed: list[tuple[int, str]] = []
        """Cells that hold whole rows of the file, and the records in which they stand."""

    def lines(self, pieces: Iterable[bytes]) -> Iterator[str]:
        """The lines with their ends, but those that cannot be a record of this file and would take times its size."""
        asked = 0
        for piece in pieces:
            for text in _lines(piece):
                starts, asked = asked == self.at, self.at + 1
                if len(text) > LONGEST_CELL and starts and self._is_endless(text):
                    asked = self.at
                    continue
                yield text

    def _is_endless(self, text: str) -> bool:
        """Whether a line has other cells than the header, counted where they stand; it is then taken as a record."""
        body = text.rstrip("\r\n")
        count = body.count(self.mark) + 1
        if self.at < self.last_top or count == len(self.header) or '"' in text or "\r" in body:
            return False
        if _longest(body, self.mark) > LONGEST_CELL:
            raise csv.Error
        self.at += 1
        if body.strip(f" \t{self.mark}") and any(cell and not cell.isspace() for cell in _cells(body, self.mark)):
            self._uneven(count)
        return True

    def take(self, record: list[str]) -> None:
        """The next record: the header, or a row to keep where it is not blank."""
        self.at += 1
        if self.at == self.top == 1 and says_separator(record):
            self.top, self.last_top = self.top + 1, self.last_top + 1
        elif self.at < self.top:
            self._know(record)
        elif self.at <= self.last_top:
            self._know(record)
            self.tops.append(record or [""])
            if self.at == self.last_top:
                self._header()
        elif any(cell.strip() for cell in record):
            self._row(record)

    def _know(self, record: list[str]) -> None:
        """Keep a row of the title or the header, to know it where it stands there again."""
        bare = bare_record(record)
        if bare and sum(map(len, self.known.values())) < MOST_TITLES:
            self.known.setdefault(bare[0], []).append(bare)

    def _again(self, record: list[str]) -> bool:
        known = self.known.get(record[0].strip())
        return known is not None and bare_record(record) in known

    def _header(self) -> None:
        names = header_names(self.tops)
        self.header = with_unnamed(names, self.used)[: len(names)]
        # of one that stands there twice the last, which is a fault (L119) where we use it
        self.places = {name: at for at, name in enumerate(self.header) if name in self.used}
        self.batch = {name: [] for name in self.places}
        self.gathered = Gathered([*self.places, LABEL])

    def _row(self, record: list[str]) -> None:
        marks, looked = len(self.header) - 1, record if self.looks else ()
        cell = next((one for one in looked if "\n" in one and holds_row(one, self.mark, marks)), None)
        if cell is not None:
            self.swallowed.append((self.at, cell.partition("\n")[0].strip()[:SHOWN]))
        found, again = len(record), self._again(record)
        bare = bare_record(record) if again or found != len(self.header) else []
        line = is_line(bare)
        if again or line:
            record = [*bare, *[""] * (len(self.header) - len(bare))]
        if found != len(self.header):
            record = _evened(record, self.header)
        if len(record) != len(self.header):
            self._uneven(found)
        else:
            if not again and not line:
                self.widths.setdefault(found, self.at)
            self.rows.append(self.at)
            self.labels.append(AGAIN if again else label_of(self.header, record))
            self.same.append(hash(tuple(record)) & 0xFFFF_FFFF_FFFF_FFFF)
            for name, place in self.places.items():
                self.batch[name].append(record[place].strip())
            if len(self.rows) == AT_ONCE:
                self._flush()

    def _uneven(self, cells: int) -> None:
        self.more += len(self.uneven) >= MOST
        found = fault("L118", self.file, self.at, cells=cells, columns=len(self.header))
        self.uneven += [found] if len(self.uneven) < MOST else []

    def _flush(self) -> None:
        columns = [pl.Series(name, cells, dtype=pl.String) for name, cells in self.batch.items()]
        marks = [
            pl.Series(ROW, self.rows, dtype=pl.Int64),
            pl.Series(LABEL, self.labels, dtype=pl.String),
            pl.Series(SAME, self.same, dtype=pl.UInt64),
        ]
        self.gathered.add(pl.DataFrame([*marks, *columns]))
        self.batch, self.rows, self.labels, self.same = {name: [] for name in self.places}, [], [], []

    def result(self) -> Checked[pl.DataFrame]:
        """All rows, and what is uneven (L118, L110).

        Blank cells too many or too few at the end say nothing where every row has them; in some rows among others they
        may be where a mark in a text moved all cells.
        """
        odd = {width: at for width, at in self.widths.items() if width != len(self.header)}
        if len(self.widths) > 1 and odd and not self.uneven:
            for width, self.at in odd.items():
                self._uneven(width)
        rest = [fault("X002", self.file, None, None, of="L118", count=self.more)] if self.more else []
        self._flush()
        if not self.gathered.height:
            return Checked(pl.DataFrame(), (*self.uneven, *rest) or (fault("L110", self.file),))
        return Checked(self.gathered.frame(), (*self.uneven, *rest))


def says_separator(record: Sequence[str]) -> bool:
    """Whether a record is no header, but the line that tells Excel how cells are parted: `sep=;`."""
    return bool(record) and re.fullmatch(r"(?i)sep=.?", "".join(record).strip()) is not None


def bare_record(record: Sequence[str]) -> list[str]:
    """The cells of a record without blanks around them, up to the last one with something in it."""
    cells = [cell.strip() for cell in record]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def is_line(record: Sequence[str]) -> bool:
    """Whether a record is a line of words, or counts rows, and is no row of cells cut off: `Pagina 2 van 9`."""
    if len(record) == 2:
        return COUNT.fullmatch(record[0]) is not None and record[1].isdecimal()
    if len(record) != 1 or WORDS.search(record[0]) is None:
        return False
    return all(year_or_period(record[0].strip(), part) is None for part in (0, 1))


def _evened(record: list[str], header: Sequence[str]) -> list[str]:
    """A record with as many cells as the header, where no more than blank ones at its end are too many or too few.

    Packages write a mark behind the last cell, of the header or of the rows alone.
    """
    width = len(header)
    while len(record) > width and not record[-1].strip():
        record = record[:-1]
    unnamed = width - len("\0".join(header).rstrip("\0").split("\0"))
    lacking = width - len(record)
    return [*record, *[""] * lacking] if 0 < lacking <= unnamed else record


def _lines(piece: bytes) -> Iterator[str]:
    """The lines with their ends, without a second copy of the whole."""
    start = 0
    while start < len(piece):
        end = piece.find(b"\n", start) + 1 or len(piece)
        yield piece[start:end].decode()
        start = end


def _longest(text: str, mark: str) -> int:
    """The letters of the longest cell if it is longer than may be; else some number that is not."""
    half = LONGEST_CELL // 2
    longest = 0
    for at in range(0, len(text), half):
        if text.find(mark, at, at + half) < 0:  # a cell that is too long has such a stretch in it
            end = text.find(mark, at)
            longest = max(longest, (end if end >= 0 else len(text)) - text.rfind(mark, 0, at) - 1)
    return longest


def _cells(text: str, mark: str) -> Iterator[str]:
    start = 0
    while start <= len(text):
        end = text.find(mark, start)
        end = len(text) if end < 0 else end
        yield text[start:end]
        start = end + 1
