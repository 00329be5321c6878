"""Find names of people in a text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

SHORTEST_NAME = 5
"""Letters: a shorter name is a word too often."""


def folded(text: str) -> str:
    """Words without capitals, accents and signs, one space between: 'J. Müller-Bos' → 'j muller bos'."""
    bare = unicodedata.normalize("NFKD", text)
    letters = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[^\W_]+", letters.lower()))


def names(written: Iterable[str]) -> dict[str, str]:
    """What to look for in folded texts → the name as it was written: in full, and without its initials."""
    wanted: dict[str, str] = {}
    for name in sorted(written):
        whole = folded(name)
        words = whole.split()
        bare = " ".join(word for word in words if len(word) > 1)
        for form in (whole, bare):
            if sum(letter.isalpha() for letter in form) >= SHORTEST_NAME:
                wanted.setdefault(form, name)
    return wanted
