"""What every importer gives and promises: the postings of a file and its sums, whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import polars as pl

from gebiedswerk.core.faults import Fault, capped, fault
from gebiedswerk.dossier import Delivery
from gebiedswerk.ledger.postings import DELIVERED, frame


@dataclass(frozen=True, slots=True)
class ReadFile:
    """What stands in one delivered file. `postings` is empty where a row or column could not be read."""

    postings: pl.DataFrame = field(default_factory=lambda: frame([], DELIVERED))
    lines: int = 0
    debit_cents: int = 0
    credit_cents: int = 0


ROW = "\trow"
"""The column with the number of a record in its file: no header of a file can be called this."""


class Importer(Protocol):
    """One kind of file."""

    @property
    def name(self) -> str:
        """How a person and a delivery name it."""

    def recognises(self, path: Path, head: bytes) -> bool:
        """Whether a file, by its name and first bytes, is of this kind."""

    def read(self, delivery: Delivery) -> tuple[ReadFile, list[Fault]]:
        """Read a delivery. With any error there are no postings."""


def bad_cells(bad: pl.DataFrame, rows: int, code: str, file: str, column: str, **facts: object) -> list[Fault]:
    """The faults of one column: `bad` holds `row` and `value`. All of its `rows` values, and three or more: D115, once.

    Others are named apiece, up to a number; the rest is counted, so a broken file never gives thousands.
    """
    if bad.height == rows and rows > 2:
        return [fault("D115", file, bad["row"][0], column, bad["value"][0], rows=rows)]
    first = bad.head(21).iter_rows(named=True)
    named = capped([fault(code, file, found["row"], column, found["value"], **facts) for found in first], 20)
    more = bad.height - 20
    return [fault("X002", file, None, column, of=code, count=more) if one.code == "X002" else one for one in named]
