"""What says something: every sign of Unicode, alone and in a row, is a reason only where it can be read."""

from __future__ import annotations

import sys
import unicodedata

import pytest

from gebiedswerk.core.words import MUST_SAY, TextKind, is_blank, is_visible, says_something

BLANK = {
    "no-break space": "\u00a0",
    "zero width space": "\u200b",
    "soft hyphen": "\u00ad",
    "word joiner": "\u2060",
    "byte order mark": "\ufeff",
    "Hangul filler": "\u3164",
    "halfwidth Hangul filler": "\uffa0",
    "Braille pattern blank": "\u2800",
    "tag space": "\U000e0020",
    "variation selector": "\ufe0f",
    "a lone accent": "\u0301",
    "right-to-left mark": "\u200f",
    "line separator": "\u2028",
    "object replacement": "\ufffc",
    "noncharacter": "\ufdd0",
    "tab": "\t",
    "next line": "\u0085",
    "dashes": "--",
    "an em dash": "—",
    "dots": "...",
    "an ellipsis": "…",
    "a question mark": "?",
    "a bullet": "•",
    "quotes": "''",
    "an underscore": "_",
    "a slash": "n/a"[1],
}


@pytest.mark.parametrize("name", BLANK)
def test_what_says_nothing_is_no_reason_however_often(name: str) -> None:
    for text in (BLANK[name], BLANK[name] * 40, f" {BLANK[name]} {BLANK[name]} "):
        assert not says_something(text)
        assert all(is_blank(text, words) for words in MUST_SAY)
    assert says_something(f"{BLANK[name]}Besluit{BLANK[name]}")


@pytest.mark.parametrize("text", ["Raadsbesluit", "R2025-06", "12", "é", "д", "九", "x"])
def test_a_letter_or_digit_says_something(text: str) -> None:
    assert says_something(text)
    assert not any(is_blank(text, words) for words in TextKind)


def test_a_name_may_be_a_sign_but_not_invisible() -> None:
    """`%` is the unit of an indicator; nothing written is left to whether the cell may be empty."""
    assert is_visible("%") and not is_blank("%", TextKind.NAME) and is_blank("%", TextKind.REASON)
    assert is_blank("\u200b", TextKind.NAME) and is_blank("\u00a0", TextKind.PROSE)
    assert not is_blank("\u200b", TextKind.CODE) and not is_blank("", TextKind.REASON)


def test_all_of_unicode() -> None:
    """No sign that is neither letter nor digit says anything, and no control, space or mark is visible."""
    for point in range(sys.maxunicode + 1):
        kind = unicodedata.category(chr(point))
        assert kind[0] in "LN" or not says_something(chr(point))
        assert kind[0] not in "CZM" or not is_visible(chr(point))
