"""What a person types for a name, years, periods or a moment, read. Whatever it cannot be raises ValueError."""

from __future__ import annotations

import re
from datetime import datetime

from gebiedswerk.core.filenames import LONGEST_NAME, refusal_of_name


def plain_name(text: str) -> str:
    """The name of a profile or a delivery: a file name without a folder. Raises ValueError."""
    if not re.fullmatch(r"\w[\w.-]{0,99}", text) or refusal_of_name(text, LONGEST_NAME):
        raise ValueError(text)
    return text


def fiscal_year(text: str) -> int:
    """A year such as 2025. Raises ValueError."""
    if not re.fullmatch(r"(19|20)[0-9]{2}", text):
        raise ValueError(text)
    return int(text)


def years(text: str) -> tuple[int, ...]:
    """Fiscal years: `2018,2019`. Raises ValueError."""
    return _numbers(text, 1900, 2099)


def periods(text: str) -> tuple[int, ...]:
    """Periods: `0-3`. Raises ValueError."""
    return _numbers(text, 0, 99)


def _numbers(text: str, least: int, most: int) -> tuple[int, ...]:
    """Whole numbers and ranges: `2018,2019` or `0-3`. Raises ValueError."""
    numbers: set[int] = set()
    for part in text.split(","):
        first, dash, last = part.partition("-")
        numbers |= set(range(int(first), int(last if dash else first) + 1))
    if not numbers or min(numbers) < least or max(numbers) > most:
        raise ValueError(text)
    return tuple(sorted(numbers))


def moment(text: str) -> datetime:
    """A moment on the clock of the town hall: without a zone, in whole seconds. Raises ValueError."""
    typed = datetime.fromisoformat(text)
    if typed.tzinfo is not None:
        raise ValueError(text)
    return typed.replace(microsecond=0)


def pair(text: str) -> tuple[str, str]:
    """A name and its value: `7101=NOORD`, `flows.income=8*`. Raises ValueError."""
    key, equals, value = text.partition("=")
    if not equals or not key.strip():
        raise ValueError(text)
    return key.strip(), value.strip()
