"""A CSV export: its bytes become rows of text, many at once where the file is plain, one by one where it is not."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice
from pathlib import Path

import polars as pl

from gebiedswerk.core.faults import Checked, Fault, fault
from gebiedswerk.dossier import Delivery, Profile
from gebiedswerk.dossier.csv_cut import LONGEST_CELL
from gebiedswerk.formats.column_store import Gathered
from gebiedswerk.formats.csv.look import header_of, is_wide, lines_around
from gebiedswerk.formats.csv.records import read_one_by_one
from gebiedswerk.formats.csv.text import LOST, CsvText, read_text, unseen
from gebiedswerk.formats.format import LABEL, MOST_NAMED, ROW, SAME, ReadFile, bad_cells
from gebiedswerk.formats.forms import reader_of
from gebiedswerk.formats.grid import header_names, with_unnamed
from gebiedswerk.formats.profile_reader import header_faults, of_cells, read_rows, used_columns
from gebiedswerk.formats.row_marks import marked, whole
from gebiedswerk.formats.sample import Sample, of_text

SPACES = tuple(chr(at) for at in range(0x3001) if chr(at).isspace() and chr(at) not in " \r\n")
ODD_SPACES = tuple(sorted({space.encode()[:2] for space in SPACES}))
"""How spaces other than the plain one begin: tabs, spaces that do not break, spaces of East Asian print."""
SINGLE = tuple(space for space in ODD_SPACES if len(space) == 1)

UNEVEN = ("L118", "X002")
"""Faults of rows with too few or too many cells: the other rows say what else is wrong."""
CELLS_AT_ONCE = 300_000
"""So many cells become columns together: with sixteen bytes each, and their text beside."""
AT_ONCE, LARGE = 2, 20_000_000
"""So many of these are read beside each other, of a file of so many bytes: of a small one they would be all of it."""
LOOK = 1 << 16
MOST_COLUMNS = 500
"""The engine takes memory for each column apart: thousands of them, which no package exports, are read one by one."""


@dataclass(frozen=True, slots=True)
class CsvImporter:
    """CSV by profile."""

    name: str = "csv"
    has_columns: bool = True

    def recognises(self, path: Path, head: bytes) -> bool:
        """By its name, where it is nothing else: any text may be CSV."""
        del head
        return reader_of(path) == self.name

    def headers(self, path: Path, profile: Profile) -> Iterator[list[str]]:
        """One header."""
        yield header_of(path, profile)

    def sample(self, path: Path, profile: Profile | None = None, *, whole: bool = True) -> Sample | None:
        """The first rows, whatever profile reads them."""
        del profile
        return of_text(path, whole=whole)

    def lines_around(self, path: Path, profile: Profile) -> Iterator[Sequence[str]]:
        """Above its table and below it."""
        return lines_around(path, profile)

    def moments(self, path: Path) -> tuple[tuple[datetime, str], ...]:
        """A text says nothing beside its rows."""
        del path
        return ()

    def unreadable(self, delivery: Delivery) -> tuple[Fault, ...]:
        """A file without a byte."""
        return () if delivery.path.stat().st_size else (fault("L110", delivery.file),)

    def unfit(self, path: Path, profiles: Iterable[Profile]) -> tuple[Fault, ...]:
        """Unicode text as Excel saves it, and no profile that reads such text (I170)."""
        wide = is_wide(path) and not any(one.encoding.lower().startswith("utf-16") for one in profiles)
        return (fault("I170", path.name),) if wide else ()

    def read(self, delivery: Delivery) -> Checked[ReadFile]:
        """Read a delivery. It lands whole or not at all."""
        try:
            return _landed(_cells(lambda: unseen(delivery), delivery), delivery)
        except UnicodeError:
            pass  # something stands in it that we must look for first
        text, faults = read_text(delivery)
        if faults:
            return Checked(ReadFile(), faults)
        try:
            return _landed(_cells(text.pieces, delivery), delivery, text)
        except UnicodeError:  # it changed since we looked
            text, faults = read_text(delivery)
        return Checked(ReadFile(), faults) if faults else _landed(_cells(text.pieces, delivery), delivery, text)


Found = Checked[tuple[list[str], pl.DataFrame]]
"""The header, and of the records that are not blank their number in `row` and the cells that the profile reads."""


def _landed(found: Found, delivery: Delivery, text: CsvText | None = None) -> Checked[ReadFile]:
    """What a file becomes of which these cells were found; `text` says of a file that was looked at what was lost."""
    (header, cells), of_rows = found
    faults = tuple(header_faults(header, delivery) if header else ()) or of_rows  # a wrong header explains the rows
    readable = not faults or cells.height > 0 and all(one.code in UNEVEN for one in faults)
    lost = _lost(cells, text, delivery) if readable and text else []
    if lost or not readable:
        return Checked(ReadFile(), (*faults, *lost))
    profile = delivery.profile
    read = read_rows(cells, delivery, lambda: islice(lines_around(delivery.path, profile), profile.header_row - 1))
    return Checked(ReadFile(), (*faults, *of_cells(read.faults))) if faults else read


def _lost(cells: pl.DataFrame, text: CsvText, delivery: Delivery) -> list[Fault]:
    """The cells that we read in which a byte was no letter (L109, L117): elsewhere in the file that harms nobody."""
    found: list[Fault] = []
    names = [name for name in cells.columns if name not in (ROW, LABEL, SAME)] if text.lost else []
    for name in names:
        bad = cells.filter(cells[name].cast(pl.String).str.contains(LOST, literal=True)).select(
            pl.col(ROW).alias("row"), pl.col(name).cast(pl.String).alias("value")
        )
        facts = {"encoding": text.encoding} if text.lost == "L109" else {}
        found += bad_cells(bad.head(MOST_NAMED + 1), bad.height, -1, text.lost, delivery.file, name, **facts)
    return found


def _cells(pieces: Callable[[], Iterator[bytes]], delivery: Delivery) -> Found:
    """What stands in a text of these pieces, which are read once more where not every line of it is plain."""
    profile = delivery.profile
    used = used_columns(profile)
    plain = _Plain(profile.delimiter, used)
    at_once = AT_ONCE if delivery.path.stat().st_size >= LARGE else 1
    if (profile.header_row, profile.header_rows) != (1, 1) or not plain.takes(pieces(), at_once):
        return read_one_by_one(pieces(), profile.delimiter, delivery.file, profile, used, delivery.settings.profile)
    faults = () if plain.gathered.height else (fault("L110", delivery.file),)
    return Checked((plain.header, plain.gathered.frame()), faults)


class _Plain:
    """A plain file on its way, a piece at a time: no quotes, no bare returns, as many marks on every line."""

    def __init__(self, mark: str, used: list[str]) -> None:
        self.mark, self.used, self.at = mark, used, 0
        self.header: list[str] = []
        self.gathered = Gathered(())

    def takes(self, pieces: Iterator[bytes], at_once: int) -> bool:
        """Take a text in pieces, so many at once; False where this file must be read record by record."""
        first = next(pieces, b"")
        if not self._opens(first):
            return False
        names = [name for name in self.gathered.names if name != LABEL]
        parts = (part for piece in chain([first.partition(b"\n")[2]], pieces) for part in self._parts(piece))
        if at_once == 1:
            return all(self._gathers(self._part(text, above, names)) for text, above in parts)
        with ThreadPoolExecutor(at_once) as pool:  # the engine lets go of the interpreter
            waiting: deque[Future[pl.DataFrame | None]] = deque()
            for text, above in parts:
                waiting.append(pool.submit(self._part, text, above, names))
                if len(waiting) > at_once and not self._gathers(waiting.popleft().result()):
                    return False
            return all(self._gathers(one.result()) for one in waiting)

    def _opens(self, piece: bytes) -> bool:
        """Look at the header of a text."""
        top, end, _ = piece.partition(b"\n")
        self.header = _header(top.decode(), self.mark, self.used)
        self.gathered = Gathered([*(name for name in self.header if name in self.used), LABEL])
        self.at = 1
        return bool(end) and top[:4].lower() != b"sep=" and self._may_be_plain(top + end)

    def _gathers(self, cells: pl.DataFrame | None) -> bool:
        """Put the next cells behind the others, if they could be read."""
        if cells is not None:
            self.gathered.add(cells)
        return cells is not None

    def _parts(self, piece: bytes) -> Iterator[tuple[bytes, int]]:
        """The lines of a piece with the number of lines above, no more together than hold `CELLS_AT_ONCE` if all are
        like the first of them.
        """
        start = 0
        while start < len(piece):
            look = piece[start : start + LOOK]
            size = CELLS_AT_ONCE * len(look) // (look.count(self.mark.encode()) + 1)
            end = piece.rfind(b"\n", start, start + max(size, LOOK)) + 1 or piece.find(b"\n", start) + 1 or len(piece)
            text = piece[start:end]
            yield text, self.at
            self.at += text.count(b"\n") + (not text.endswith(b"\n"))
            start = end

    def _may_be_plain(self, top: bytes) -> bool:
        """Whether the lines below this header may be cut at their marks alone."""
        ends = top.count(b"\r") == top.count(b"\r\n")
        names = len(set(self.header)) == len(self.header) > 1 and len(self.header) <= MOST_COLUMNS
        return ends and names and self.mark.isascii() and b'"' not in top

    def _part(self, text: bytes, above: int, names: list[str]) -> pl.DataFrame | None:
        """The records of some lines; None where these must be read one by one."""
        first = text[: text.find(b"\n") + 1 or len(text)]  # the engine takes memory for a line without end
        endless = len(first) > LONGEST_CELL or first.count(self.mark.encode()) >= len(self.header)
        cells = None if endless or b'"' in text else self._read(text, above)
        if cells is None:
            return None
        small = whole(text.lower())
        marks = marked(cells, small)
        stripped = _stripped(cells, text, small, names, self.mark.lower())
        return _filled(cells.with_columns(stripped), names, marks)

    def _read(self, text: bytes, above: int) -> pl.DataFrame | None:
        """The cells of some lines, where they are the whole text."""
        try:
            cells = pl.read_csv(
                text,
                has_header=False,
                new_columns=self.header,
                separator=self.mark,
                quote_char=None,
                infer_schema=False,
                empty_string_is_null=False,
                row_index_name=ROW,
                row_index_offset=above + 1,
            )
        except pl.exceptions.PolarsError:
            return None
        return cells if _is_even(text, cells, len(self.header) - 1) else None


def _header(line: str, mark: str, used: list[str]) -> list[str]:
    """The names of the columns; one by its place only where it stands within the line."""
    names = header_names([line.split(mark)])
    return with_unnamed(names, used)[: len(names)]


def _is_even(text: bytes, cells: pl.DataFrame, marks: int) -> bool:
    """Whether every line has as many marks as the header, so that cells, marks and line ends are the whole text.

    The engine refuses a line that is too long; of one that is too short it fills cells in that the text does not have.
    A return that does not end a line it leaves in its cell, where it counts twice.
    """
    ends = cells.height - (not text.endswith(b"\n"))
    inside = sum(cells.select(pl.col(pl.String).str.len_bytes().sum()).row(0))
    returns = text.count(b"\r") if b"\r" in text else 0  # to find none is much faster than to count
    return cells.height > 0 and len(text) - returns == inside + marks * cells.height + ends


def _stripped(cells: pl.DataFrame, text: bytes, small: pl.Series, names: list[str], mark: str) -> list[pl.Expr]:
    """The columns that have spaces around a cell, without them; to look is much cheaper than to cut.

    `small` holds the text, and `mark` what parts its cells, in small letters.
    """
    if not names:
        return []
    odd = SINGLE if text.isascii() else ODD_SPACES
    every = any(space[:1] in text and space in text for space in odd)  # the first byte alone is found faster
    if not every and not _may_be_spaced(text, small, mark):
        return []
    edges = pl.all().str.starts_with(" ") | pl.all().str.ends_with(" ")
    found = cells.select(names).select(edges.any() | every).row(0, named=True)
    return [pl.col(name).str.strip_chars() for name, spaced in found.items() if spaced]


def _may_be_spaced(text: bytes, small: pl.Series, mark: str) -> bool:
    """Whether a plain space stands beside a mark, or at either end of a line."""
    sign = pl.escape_regex(mark)
    return text[:1] == b" " or text[-1:] == b" " or small.str.contains(rf"[\n{sign}] | [\r\n{sign}]")[0]


def _filled(cells: pl.DataFrame, known: list[str], marks: list[pl.Series]) -> pl.DataFrame:
    """The records that are not blank, with their marks; where what we use says enough, we look at no other columns."""
    if any(not (cells[name] == "").any() for name in known):
        return cells.with_columns(marks)
    return cells.with_columns(marks).filter(
        cells.select(pl.any_horizontal(pl.col(pl.String).str.strip_chars() != "")).to_series()
    )
