"""What stands right beside a claim and changes what it says: a unit, a sign, a denial, or another number stuck to it.

Brackets, marks and signs that nobody sees between a claim and its neighbour make no difference; nor do capitals.
"""

from __future__ import annotations

import re

from gebiedswerk.figures import UNITS
from gebiedswerk.language.numerals import MARK
from gebiedswerk.texts.claims import UNIT_WORDS

OTHER = 0
"""A unit in which no claim is compared: a percentage, a billion, another currency."""
_UNSEEN = "\u00ad\u200b-\u200f\u2060-\u2064\ufeff"
_SPACE = rf"[\s()\[\]*_{_UNSEEN}]{{0,12}}"
_OTHER_UNIT = re.compile(
    r"(?:[%‰$£¥₤]|(?:procent|procentpunt|percent|per cent|promille|pct|miljard|miljarden|biljoen|billions?|trillion|"
    r"mld|mrd|ton|tonnen|mille|honderd|hundred|cents?|dollars?|usd|gbp|pond|pounds?|k|keur|meur)\b)",
    re.IGNORECASE,
)
_UNIT = re.compile("|".join(rf"{word}\b" for word in (*UNIT_WORDS, "€", "eur")).replace(r"€\b", "€"), re.IGNORECASE)
_BEFORE = re.compile(rf"([€$£¥₤]|\b(?:eur|usd|gbp|dollar|pond))[\s({_UNSEEN}]{{0,12}}\Z", re.IGNORECASE)
_DENIED = re.compile(
    r"(?:[-−–‐‑‒﹣-]|\b(?:min|minus|negatief|negative|niet|geen|nooit|nog geen|not|no|never))"  # dashes
    rf"[\s:({_UNSEEN}]{{0,12}}(?:[€$£]\s{{0,3}})?\Z",
    re.IGNORECASE,
)
_STUCK = re.compile(rf"[.,'’·{_UNSEEN}]{{0,4}}{MARK}")  # as people write it


def sign_before(before: str) -> bool:
    """Whether a minus or a denial stands right before a claim, in sign or word: it would turn what the figure says."""
    return _DENIED.search(before) is not None and not before.endswith(" – ")  # a dash between clauses


def unit_beside(before: str, after: str) -> int | None:
    """The unit right behind a claim ('duizend euro') or before it ('€'), in cents; None: there is none, 0: another."""
    text = re.sub(rf"\A{_SPACE}", "", after)
    if _OTHER_UNIT.match(text):
        return OTHER
    word = _UNIT.match(" ".join(text[:40].split()))
    if word:
        behind = re.sub(rf"\A{_SPACE}", "", " ".join(text[:60].split())[word.end() :])
        other = "euro" not in word[0].lower() and _OTHER_UNIT.match(behind)
        return OTHER if other else UNIT_WORDS.get(word[0].lower(), UNITS["euro"])
    sign = _BEFORE.search(before)
    return None if sign is None else UNITS["euro"] if sign[1].lower() in ("€", "eur") else OTHER


def stuck_to_another(before: str, after: str) -> bool:
    """Whether another claim or free number stands against it, so that both are read as one number."""
    return _STUCK.match(after) is not None or re.search(rf"{MARK}[.,'’·{_UNSEEN}]{{0,4}}\Z", before) is not None
