"""A CSV record by record: the careful way, which also says where a file is not even (L118) or not readable (L121).

Some thousands of records at a time become columns, so that memory never holds them all as texts of their own.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence

import polars as pl

from gebiedswerk.core.faults import MOST, Fault, fault
from gebiedswerk.dossier.records import cut
from gebiedswerk.ledger.importers.contract import ROW

AT_ONCE = 5_000


def read_one_by_one(text: bytes, mark: str, file: str, top: int) -> tuple[list[str], pl.DataFrame, list[Fault]]:
    """The header, in record `top`, and the records below it that are not blank, with their number in `ROW`.

    Takes UTF-8. Nothing but L121 is said of a file that cannot be read to its end.
    """
    reading = _Reading(file, top)
    try:
        for record in cut(_lines(text), mark):
            reading.take(record)
    except csv.Error:
        return [], pl.DataFrame(), [fault("L121", file, reading.at + 1)]
    return reading.header, *reading.result()


def _lines(text: bytes) -> Iterator[str]:
    """The lines with their ends, without a second copy of the whole."""
    start = 0
    while start < len(text):
        end = text.find(b"\n", start) + 1 or len(text)
        yield text[start:end].decode()
        start = end


class _Reading:
    """One file on its way: the records of this batch, the columns so far, and what is uneven."""

    def __init__(self, file: str, top: int) -> None:
        self.file, self.top, self.at = file, top, 0
        self.header: list[str] = []
        self.batch: list[Sequence[str]] = []
        self.rows: list[int] = []
        self.frames: list[pl.DataFrame] = []
        self.uneven: list[Fault] = []
        self.more = 0

    def take(self, record: list[str]) -> None:
        """The next record: the header, or a row to keep where it is not blank."""
        self.at += 1
        if self.at == self.top:
            self.header = [name.strip() for name in record or [""]]
        elif self.at > self.top and any(cell.strip() for cell in record):
            self._row(record)

    def _row(self, record: list[str]) -> None:
        if len(record) != len(self.header):
            self.more += len(self.uneven) >= MOST
            found = fault("L118", self.file, self.at, cells=len(record), columns=len(self.header))
            self.uneven += [found] if len(self.uneven) < MOST else []
        elif not self.uneven:
            self.rows.append(self.at)
            self.batch.append([cell.strip() for cell in record])
            if len(self.rows) == AT_ONCE:
                self._flush()

    def _flush(self) -> None:
        schema = {f"{at}": pl.String for at in range(len(self.header))}
        numbered = pl.Series(ROW, self.rows, dtype=pl.Int64)
        self.frames.append(pl.DataFrame(self.batch, schema=schema, orient="row").with_columns(numbered))
        self.batch, self.rows = [], []

    def result(self) -> tuple[pl.DataFrame, list[Fault]]:
        """All rows, or why there are none (L110, L118)."""
        if self.uneven:
            rest = [fault("X002", self.file, None, None, of="L118", count=self.more)] if self.more else []
            return pl.DataFrame(), [*self.uneven, *rest]
        if self.rows:
            self._flush()
        if not self.frames:
            return pl.DataFrame(), [fault("L110", self.file)]
        last = {name: f"{at}" for at, name in enumerate(self.header)}  # one that we use stands there once (L119)
        return pl.concat(self.frames).select(ROW, *(pl.col(at).alias(name) for name, at in last.items())), []
