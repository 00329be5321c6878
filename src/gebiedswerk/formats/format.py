"""What every importer gives and promises: the postings of a file and its sums, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import polars as pl

from gebiedswerk.core.faults import Checked, Fault, capped, fault
from gebiedswerk.dossier import Delivery, Profile
from gebiedswerk.formats.postings import DELIVERED, delivered, frame

if TYPE_CHECKING:
    from gebiedswerk.formats.sample import Sample


@dataclass(frozen=True, slots=True)
class ReadFile:
    """What stands in one delivered file; nothing where a row or column could not be read.

    `held`: the columns that vary, as small as they can be: text that repeats is Enum, and numbers are narrow.
    `same`: the columns that hold one text from top to bottom. `names`: everyone whose name stands in the file
    beside its rows, for the scan alone.
    """

    held: pl.DataFrame = field(default_factory=lambda: frame([], DELIVERED))
    lines: int = 0
    debit_cents: int = 0
    credit_cents: int = 0
    same: Mapping[str, str] = field(default_factory=dict)
    names: tuple[str, ...] = ()

    @property
    def postings(self) -> pl.DataFrame:
        """One row per row of the file (`DELIVERED`, of a budget also what a decision adds)."""
        return delivered(self.held.lazy(), self.same).collect()


ROW, LABEL, SAME = "\trow", "\tlabel", "\tsame"
"""Columns that a reader adds: the number of a record in its file; header and text of the first cell that names a total
(empty: none does); a number that is the same for records of which every cell is. No header of a file is called this."""

AGAIN = "\t\t"
"""`LABEL` of a row of the header, or of the title above it, that stands there again, as on each page of a print."""
MOST_TITLES = 50
"""So many rows above a header are looked for below it."""


class Importer(Protocol):
    """One kind of file: all that the program asks of it. A new one is a folder, and a line in `registry.py`."""

    @property
    def name(self) -> str:
        """How a person and a delivery name it."""

    @property
    def has_columns(self) -> bool:
        """Whether a header names its columns; if not, the file says itself what stands where."""

    def recognises(self, path: Path, head: bytes) -> bool:
        """Whether a file, by its name and first bytes, is of this kind."""

    def headers(self, path: Path, profile: Profile) -> Iterator[list[str]]:
        """The names of columns as a profile would find them: one header, or one for each sheet that a person sees."""

    def sample(self, path: Path, profile: Profile | None = None, *, whole: bool = True) -> Sample | None:
        """The first rows of a table; None where none can be seen, or where it takes reading all of the file and not
        `whole`. Without a profile of all that may be the table.
        """

    def lines_around(self, path: Path, profile: Profile) -> Iterator[Sequence[str]]:
        """What stands above its table, and below it where that is found at once, a line as its cells."""

    def moments(self, path: Path) -> tuple[tuple[datetime, str], ...]:
        """When it was exported as it says beside its rows, with the words that say so."""

    def unreadable(self, delivery: Delivery) -> tuple[Fault, ...]:
        """Why it cannot be read at all, whatever its profile; nothing where that is not so."""

    def unfit(self, path: Path, profiles: Iterable[Profile]) -> tuple[Fault, ...]:
        """Why none of these profiles can fit, whatever columns they name; nothing where that is not so."""

    def read(self, delivery: Delivery) -> Checked[ReadFile]:
        """Read a delivery. With any error there are no postings."""


MOST_NAMED = 20


def listed_rows(rows: pl.Series) -> str:
    """The numbers of the first rows of some, as a fault names them."""
    named = ", ".join(map(str, rows.head(MOST_NAMED)))
    return f"{named} …" if rows.len() > MOST_NAMED else named


def bad_cells(
    first: pl.DataFrame, count: int, rows: int, code: str, file: str, column: str, **facts: object
) -> list[Fault]:
    """The faults of one column: `first` holds `row` and `value` of the first `MOST_NAMED` of `count` bad cells, and one
    more. A fact that is a function is what it says of the value. All of the `rows` values of the column, and three or
    more: D115, once.

    Others are named apiece, up to a number; the rest is counted, so a broken file never gives thousands.
    """
    if count == rows and rows > 2:
        return [fault("D115", file, first["row"][0], column, first["value"][0], rows=rows)]
    rows_of = first.iter_rows(named=True)
    found = [fault(code, file, one["row"], column, one["value"], **_facts(facts, one["value"])) for one in rows_of]
    named, more = capped(found, MOST_NAMED), count - MOST_NAMED
    return [fault("X002", file, None, column, of=code, count=more) if one.code == "X002" else one for one in named]


def _facts(facts: Mapping[str, object], value: str) -> dict[str, object]:
    return {name: fact(value) if callable(fact) else fact for name, fact in facts.items()}
