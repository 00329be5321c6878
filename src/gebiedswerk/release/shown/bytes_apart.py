"""The first byte in which two files differ, as a person finds it."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from gebiedswerk.core.faults import Fault, fault


def differing(place: str, found: bytes, expected: bytes) -> Iterator[Fault]:
    """The first byte that differs, with its row, and in CSV its column and what should stand there (Z109)."""
    if found == expected:
        return
    pairs = zip(found, expected, strict=False)
    at = next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(found), len(expected)))
    row = found.count(b"\n", 0, at) + 1
    column = _column(found, at) if place.endswith(".csv") else None
    facts = {"offset": at, "expected": _near(expected, at), "found_bytes": len(found), "bytes": len(expected)}
    yield fault("Z109", place, row, column, _near(found, at), **facts)


def _column(data: bytes, at: int) -> str | None:
    """The header above a byte of a CSV file."""
    start = data.rfind(b"\n", 0, at) + 1
    header = next(csv.reader([data.split(b"\n", 1)[0].decode("utf-8", "replace")]), [])
    cells = next(csv.reader([data[start:at].decode("utf-8", "replace")]), [""])
    return header[len(cells) - 1] if 0 < len(cells) <= len(header) else None


def _near(data: bytes, at: int) -> str:
    """The line around a byte, as text."""
    start = max(data.rfind(b"\n", 0, at) + 1, at - 60)
    end = data.find(b"\n", at)
    return data[start : min(end if end >= 0 else len(data), at + 60)].decode("utf-8", "replace")
