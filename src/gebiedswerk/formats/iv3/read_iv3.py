"""JSON from outside: bounded, exact (no float is ever made), and with no key twice."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

from gebiedswerk.core.faults import Checked, Fault, fault

MOST_BYTES = 64 * 2**20
LONGEST_NUMBER = 40


class _NotAllowed(ValueError):
    def __init__(self) -> None:
        super().__init__("JSON that two readers may read in two ways, or that is larger than any that is meant.")


def read_json(path: Path, file: str) -> Checked[Any]:
    """Read a file as JSON; with or without a byte order mark. Numbers with a point become Decimal.

    Returns the value, or None and a fault (R101) for what is no JSON in UTF-8, is nested hundreds of levels deep, has
    a key twice or a number of more than 40 digits, or is larger than 64 MB.
    """
    if path.stat().st_size > MOST_BYTES:
        return Checked(None, (_unreadable(file),))
    try:
        text = path.read_bytes().decode("utf-8-sig")
        return Checked(
            json.loads(
                text,
                parse_float=_decimal,
                parse_int=_whole,
                parse_constant=_refuse,
                object_pairs_hook=_object,
            )
        )
    except json.JSONDecodeError as problem:
        return Checked(None, (_unreadable(file, problem.lineno),))
    except (ValueError, RecursionError):
        return Checked(None, (_unreadable(file),))


def _unreadable(file: str, line: int | None = None) -> Fault:
    return fault("R101", file, line, kind="json", choices="")


def _decimal(digits: str) -> Decimal:
    if len(digits) > LONGEST_NUMBER:
        raise _NotAllowed
    return Decimal(digits)


def _whole(digits: str) -> int:
    if len(digits) > LONGEST_NUMBER:
        raise _NotAllowed
    return int(digits)


def _refuse(_: str) -> NoReturn:
    """NaN and Infinity are no JSON, though Python reads them."""
    raise _NotAllowed


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _NotAllowed
    return found
