"""Text as records of cells: the one way in which tables and exports are cut up."""

from __future__ import annotations

import csv
import io


def read_records(text: str, delimiter: str) -> tuple[list[list[str]], int | None]:
    """Cut CSV text into records. Returns them, and the number of the record that cannot be read, if any.

    A record is a row as a spreadsheet counts them: a line break inside quotes does not start a new one. A quote that
    is never closed, or a bare carriage return, cannot be read: it would swallow rows or make two out of one.
    """
    csv.field_size_limit(2**31 - 1)
    records: list[list[str]] = []
    try:
        records.extend(csv.reader(io.StringIO(text, newline="\n"), delimiter=delimiter, strict=True))
    except csv.Error:
        return records, len(records) + 1
    return records, None
