"""Text as records of cells: the one way in which tables and exports are cut up."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

LONGEST_CELL = 2**20
"""Letters: a cell that goes on longer is a quote that was never closed."""


def lined(text: str) -> str:
    """A text with line ends that all know: where it has returns alone, as on an old Mac, those are its line ends."""
    return text if "\n" in text else text.replace("\r", "\n")


def read_records(text: str, delimiter: str, *, quotes: bool = True) -> tuple[list[list[str]], int | None]:
    """Cut CSV text into records. Returns them, and the number of the record that cannot be read, if any.

    A record is a row as a spreadsheet counts them: a line break inside quotes does not start a new one. A quote that
    is never closed, or a bare carriage return, cannot be read: it would swallow rows or make two out of one. Without
    `quotes`: see `cut`.
    """
    records: list[list[str]] = []
    try:
        records.extend(cut(io.StringIO(text, newline="\n"), delimiter, quotes=quotes))
    except csv.Error:
        return records, len(records) + 1
    return records, None


def cut(lines: Iterable[str], delimiter: str, *, quotes: bool = True) -> Iterator[list[str]]:
    """The records in these lines, each with its line end, one by one. Raises csv.Error at what cannot be read.

    Without `quotes` a quote is a sign like any other, and each line a record.
    """
    csv.field_size_limit(LONGEST_CELL)
    if quotes:
        return csv.reader(lines, delimiter=delimiter, strict=True)
    return csv.reader(lines, delimiter=delimiter, strict=True, quoting=csv.QUOTE_NONE)
