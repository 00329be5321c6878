"""'Meer' and 'minder' around a claim, held against the sign of its figure: one table says what above zero means.

Only words of the claim's own clause count, and only where they point one way. What is compared with something else
than the budget, and measures without a direction, is left to the writer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import IntEnum

from gebiedswerk.account import MEASURES
from gebiedswerk.language.numerals import MARK


class Direction(IntEnum):
    """More was spent, or less, than was budgeted; of an amendment: more budget, or less."""

    LESS = -1
    MORE = 1


ABOVE_ZERO: Mapping[str, Direction] = {
    name: Direction(measure.above_zero) for name, measure in MEASURES.items() if measure.above_zero
}
"""Measure → what its value says when it is above zero: a result is budget minus realised, so it is an underspend."""
OF_SETS: Mapping[str, Direction] = {
    "areas-overspent": Direction.MORE,
    "areas-underspent": Direction.LESS,
    "lines-overspent": Direction.MORE,
}
"""Set → what holds for all that stand in it."""

_PLAIN: Mapping[Direction, str] = {  # literal: words that are read, never shown
    Direction.MORE: r"meer|hoger|more|higher",
    Direction.LESS: r"minder|lager|less|lower",
}
_BALANCE: Mapping[Direction, str] = {  # literal: as above
    Direction.MORE: r"tekort|nadeel|nadelig\w*|overschreden|overschrijding\w*|overschrijdt|te\s?veel|tegenvaller|"
    r"deficit|overspen[dt]\w*|overrun|exceeded|over\s(?:the\s)?budget|boven\s(?:de\s|het\s)?(?:begroting|raming|budget)",
    Direction.LESS: r"overschot|voordeel|voordelig\w*|bespaard\w*|besparing|onderschrijding\w*|onderschreden|"
    r"onderbesteding|overgehouden|meevaller|surplus|saved|underspen[dt]\w*|under\s(?:the\s)?budget|left\sover|"
    r"onder\s(?:de\s|het\s)?(?:begroting|raming|budget)|over(?=\s*(?:[.;:!?)]|\Z))",
}
_SPENT = r"\s(?:geld\s|money\s)?(?:uit\b|uitgegeven|uitgaven|besteed|spent|(?:dan|than)\s(?:begroot|geraamd|budgeted))"
_BEHIND: Mapping[Direction, re.Pattern[str]] = {
    one: re.compile(rf"\b(?:{_PLAIN[one]}|{_BALANCE[one]})\b") for one in Direction
}
_BEHIND_PLAIN: Mapping[Direction, re.Pattern[str]] = {one: re.compile(rf"\b(?:{_PLAIN[one]})\b") for one in Direction}
_BEFORE: Mapping[Direction, re.Pattern[str]] = {
    Direction.MORE: re.compile(rf"\b(?:{_BALANCE[Direction.MORE]}|(?:meer|more){_SPENT}|spent\smore)"),
    Direction.LESS: re.compile(rf"\b(?:{_BALANCE[Direction.LESS]}|(?:minder|less){_SPENT}|spent\sless)"),
}
_UNCLEAR = re.compile(  # literal: as above
    r"\b(?:niet|geen|nooit|zonder|not|no|never|without)\s(?:\w+\s){0,2}(?:meer|minder|hoger|lager|more|less|higher|"
    r"lower|tekort|overschot|deficit|surplus|overschreden|overschrijding|over)\b|meer\s(?:\w+\s)?(?:over|beschikbaar|left|available)|"
    r"(?:meer|minder|hoger|lager|more|less|higher|lower)\s(?:dan|than)\s(?:\w+\s){0,3}"
    r"(?:uitgegeven|besteed|gerealiseerd|realisatie|uitgaven|spent|realised|vorig|jaar|in|last|year)|"
    r"min of meer|more or less|steeds meer|meer en meer"
)
_OTHER_SUBJECT = re.compile(r"\b(?:baten|inkomsten|opbrengst\w*|income|revenue)\b")
_BALANCE_ITSELF = re.compile(r"\b(?:resultaat|saldo|result|balance)\b")
_END = re.compile(rf"[.;:!?](?:\s|\Z)|,\s|\(|{MARK}|\s(?:maar|but|terwijl|while|en|and)\s")
_START = re.compile(rf"[.;!?]\s|{MARK}|,\s|\s(?:maar|but|terwijl|while)\s")


def contradiction(measure: str, cents: int, before: str, after: str) -> str:
    """The word that says the other way than a figure; empty where none does. For a set `cents` is above zero."""
    means = OF_SETS.get(measure, ABOVE_ZERO.get(measure))
    if means is None or cents == 0:
        return ""
    true = Direction(means * (1 if cents > 0 else -1))
    behind, ahead = _clause_after(after), _clause_before(before)
    if _OTHER_SUBJECT.search(ahead) or _OTHER_SUBJECT.search(behind):
        return ""
    sure = measure in OF_SETS or not _BALANCE_ITSELF.search(ahead)
    found = _said(behind, _BEHIND_PLAIN if measure == "amended" else _BEHIND if sure else _LESS_SURE)
    if not found and measure != "amended":
        found = _said(ahead, _BEFORE)
    return next((word for direction, word in found.items() if direction is not true), "") if len(found) == 1 else ""


_LESS_SURE: Mapping[Direction, re.Pattern[str]] = {
    Direction.MORE: re.compile(rf"\b(?:meer|more|{_BALANCE[Direction.MORE]})\b"),
    Direction.LESS: re.compile(rf"\b(?:minder|less|{_BALANCE[Direction.LESS]})\b"),
}
"""Of a result itself `hoger` and `lager` may be meant."""


def _said(clause: str, words: Mapping[Direction, re.Pattern[str]]) -> dict[Direction, str]:
    """The directions that a clause names, with the word; none where a denial or another comparison makes it unclear."""
    if _UNCLEAR.search(clause):
        return {}
    hits = {direction: pattern.search(clause) for direction, pattern in words.items()}
    return {direction: hit[0] for direction, hit in hits.items() if hit}


def _clause_after(after: str) -> str:
    """What follows a claim up to the end of its clause, in small letters."""
    text = " ".join(after[:200].lower().split())
    text = re.sub(r"\A,\s", "", text)
    end = _END.search(text)
    return text[: end.start() + (end[0][0] in ".;:!?")] if end else text


def _clause_before(before: str) -> str:
    """What stands before a claim in its clause, in small letters."""
    text = " ".join(before[-200:].lower().split())
    return text[max((found.end() for found in _START.finditer(text)), default=0) :]
