"""What the words of a cell or setting are: that decides which numbers may stand in them, and whether they say anything.

A new column or setting with text must choose (`dossier/cell_types.py`, `dossier/settings.py`); tests walk over all of
them.
"""

from __future__ import annotations

import unicodedata
from enum import StrEnum


class TextKind(StrEnum):
    """The kinds of text that a dossier holds."""

    PROSE = "prose"
    """Sentences: titles, notes, summaries, questions. An amount in them is an error, any other number a warning."""
    REASON = "reason"
    """Prose that says why something may be: it says something, or it is no reason."""
    NAME = "name"
    """What a place, person, plan or source is called. Names hold numbers (`Honderd tuinen`); money is an error."""
    DECISION = "decision"
    """A decision by its name or number, or who took it: says something; numbers in it as in a name."""
    CODE = "code"
    """Read by programs, a value of its own, or for the municipality alone: no words on a page."""


MUST_SAY = (TextKind.REASON, TextKind.DECISION)
"""What is worth nothing when it says nothing."""
_BLANK = frozenset("\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufffc")
"""Letters and signs to Unicode that nobody sees."""


def says_something(text: str) -> bool:
    """Whether a person reads a word or number in it: spaces, invisible signs and punctuation alone say nothing."""
    return any(sign not in _BLANK and unicodedata.category(sign)[0] in "LN" for sign in text)


def is_visible(text: str) -> bool:
    """Whether there is anything to see: a sign that is no space, control, mark to combine or other invisible one."""
    return any(sign not in _BLANK and unicodedata.category(sign)[0] in "LNPS" for sign in text if sign != "\u2800")


def is_blank(text: str, words: TextKind | None) -> bool:
    """Whether a text, given for words of this kind, is none: it is written, and says nothing."""
    if not text or words in (None, TextKind.CODE):
        return False
    return not (says_something(text) if words in MUST_SAY else is_visible(text))
