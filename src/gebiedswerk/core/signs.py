"""Which signs may stand in text: those that every page, document and file can carry, and that a font of ours shows.

One rule for tables, settings and texts, held at the door. What passes here can be written as HTML, XML 1.0 (feeds,
Word, workbooks), iCalendar and PDF/UA-1, which wants a glyph for every sign.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from gebiedswerk.core.shown_signs import SHOWN

NO_TEXT, NOT_SHOWN, HIDDEN, FLOOD = "D160", "D161", "D162", "D163"
BREAKS = "\t\n\r"
SEEN = frozenset("\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u2060")
"""Signs of format that have a use in words: where a word may break, how letters join, which way a word runs."""
VISIBLE = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u08e2\U000110bd\U000110cd")
"""Signs of format that are seen: they stand around or under numbers."""
MOST_MARKS = 30
"""Marks on one letter: no language has more (UAX 15, stream-safe text)."""
_FIRST = tuple(first for first, _ in SHOWN)


@dataclass(frozen=True, slots=True)
class Strange:
    """A sign that may not stand in text: its place from 0, and the code of the fault that says why."""

    at: int
    sign: str
    code: str


def strange_signs(text: str) -> Iterator[Strange]:
    """The signs of a text that may not stand in it, each once."""
    if text.isascii() and text.isprintable():
        return
    told: set[str] = set()
    marks = 0
    for at, sign in enumerate(text):
        code = why_strange(sign)
        marks = marks + 1 if _is_mark(sign) else 0
        if code is None and marks > MOST_MARKS:
            code = FLOOD
        if code is not None and sign not in told:
            told.add(sign)
            yield Strange(at, sign, code)


@cache  # cache: by a sign
def why_strange(sign: str) -> str | None:
    """The code of the fault that a sign is anywhere; None where it may stand in text.

    D160: it is no text (control, half of a pair, private use, no character) or breaks lines as only some programs do.
    D162: it hides or turns what is read. D161: no font of ours shows it, or it was not there when these were made.
    """
    category, number = unicodedata.category(sign), ord(sign)
    if category in ("Cc", "Cs", "Co", "Zl", "Zp"):
        return None if sign in BREAKS else NO_TEXT
    if number & 0xFFFE == 0xFFFE or 0xFDD0 <= number <= 0xFDEF:
        return NO_TEXT
    if category == "Cf" and sign not in SEEN | VISIBLE or 0xE0000 <= number <= 0xE0FFF:
        return HIDDEN
    row = bisect_right(_FIRST, number) - 1
    return None if row >= 0 and number <= SHOWN[row][1] else NOT_SHOWN


@cache  # cache: by a sign
def _is_mark(sign: str) -> bool:
    return unicodedata.category(sign).startswith("M")


def sign_name(sign: str) -> str:
    """A sign as it can be seen: `U+202E (RIGHT-TO-LEFT OVERRIDE)`."""
    name = unicodedata.name(sign, "")
    return f"U+{ord(sign):04X}" + (f" ({name})" if name else "")
