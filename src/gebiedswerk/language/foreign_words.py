"""Words in another language than those around them, marked so that they keep their language in every sentence.

A mark is a pair of characters that Unicode keeps for use within a program (noncharacters). It goes along into titles,
captions and sentences. The site turns it into `lang`; no mark leaves the program.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any

START, END = "\ufdd0", "\ufdd1"


def marked(words: str) -> str:
    """Words with a mark around them; nothing stays nothing, and what is marked is not marked twice."""
    return f"{START}{words}{END}" if words and START not in words else words


def unmarked(words: str) -> str:
    """The words themselves."""
    return words.replace(START, "").replace(END, "") if START in words or END in words else words


def without_marks(value: Any) -> Any:
    """A plain value, such as the model of a page, with all its words unmarked."""
    if isinstance(value, str):
        return unmarked(value)
    if isinstance(value, tuple):
        return tuple(without_marks(one) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value, **{one.name: without_marks(getattr(value, one.name)) for one in fields(value) if one.init}
        )
    return value
