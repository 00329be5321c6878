"""A look at a CSV without reading it: its header, what stands around its table, and how it is encoded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from gebiedswerk.dossier import Profile
from gebiedswerk.dossier.csv_cut import lined, read_records
from gebiedswerk.formats.csv.records import says_separator
from gebiedswerk.formats.csv.text import WIDE, wide_encoding
from gebiedswerk.formats.grid import header_names, with_unnamed
from gebiedswerk.formats.profile_reader import used_columns

HEAD = 2**16
"""Bytes in which a header stands."""
LAST_BYTES, LAST_ROWS = 4096, 8
"""So much of the end of a text."""


def header_of(path: Path, profile: Profile) -> list[str]:
    """The header in the row where a profile has it; empty where there is none."""
    return _header(_top(path, profile), profile)


def _top(path: Path, profile: Profile) -> list[list[str]]:
    """The first records."""
    with path.open("rb") as file:
        text = lined(file.read(HEAD).decode(profile.encoding, "replace").removeprefix("\ufeff"))
    return read_records(text, profile.delimiter)[0]


def _header(records: Sequence[list[str]], profile: Profile) -> list[str]:
    at = profile.header_row - 1
    at += at == 0 and bool(records) and says_separator(records[0])
    rows = records[at : at + profile.header_rows]
    return with_unnamed(header_names(rows), used_columns(profile)) if rows else []


def lines_around(path: Path, profile: Profile) -> Iterator[Sequence[str]]:
    """The rows above the header, and the last ones of the file, of which the first may be cut off."""
    top = _top(path, profile)
    yield from (_header(top, replace(profile, header_row=row)) for row in range(1, profile.header_row))
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - LAST_BYTES) // 4 * 4)
        text = lined(file.read().decode(profile.encoding, "replace"))
    yield from (line.replace('"', "").split(profile.delimiter) for line in text.splitlines()[-LAST_ROWS:])


def is_wide(path: Path) -> bool:
    """Whether a file is Unicode text as Excel saves it."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    return head.startswith(WIDE) or wide_encoding(head) != ""
