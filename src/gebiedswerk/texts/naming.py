"""The years, areas and budget lines that a sentence names around a claim, held against those of the claim's own figure.

What stands before a claim counts back to the figure before it or the start of the sentence, what follows only when it
follows at once. A name that is not the claim's own is a question to the writer, no more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from gebiedswerk.figures import TOTAL, Address, Figures
from gebiedswerk.language.numerals import MARK
from gebiedswerk.texts.claims import UNIT_WORDS

_BEFORE_TOO = frozenset("opening outside brought_in spent".split())
"""Measures of money of an earlier year: the year before may be named as well."""
_AFTER_TOO = frozenset("closing moved_out not_carried released general".split())
"""Measures of what is left at the end of a year: the next year may be named, or the year in which it lapses."""
_LATEST = 5
_YEAR = r"(?P<year>(?:19|20)[0-9]{2})(?![0-9]|[.,][0-9])"
_NAMED_YEAR = re.compile(  # literal: words that are read, never shown
    r"\b(?:in|over|van|voor|uit|eind|begin|medio|heel|jaar|boekjaar|begroting|jaarrekening|rekening|budget|of|for|from|"
    rf"during|year|end of|accounts)\s{{1,3}}(?:de\s|het\s|the\s)?{_YEAR}",
    re.IGNORECASE,
)
_UNIT = "|".join(UNIT_WORDS)
_AT_ONCE = re.compile(  # literal: as above
    rf"\A\s{{0,3}}(?:(?:{_UNIT})\s{{1,3}})?(?:\w{{1,20}}\s{{1,3}}){{0,2}}(?:in|over|van|voor|uit|of|for|from|during)\s{{1,3}}",
    re.IGNORECASE,
)
_START = re.compile(rf"[.;!?]\s|{MARK}|\n\n")
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")  # as people write it
_WHOLE = re.compile(  # literal: as above
    r"\b(?:totaal|totale|samen|gezamenlijk|gemeente|alle|hele|heel|beide|allemaal|total|together|all|whole|both)\b",
    re.IGNORECASE,
)


class NamesInText:
    """The names of the areas and lines of a dossier by their first word, for looking them up in a sentence."""

    def __init__(self, figures: Figures) -> None:
        self._figures = figures
        dossier = figures.dossier
        self._town = dossier.settings.municipality.name
        named = {area.name for area in dossier.areas} | {line.name for line in dossier.budget_line_years}
        self._by_word: dict[str, list[str]] = {}
        for name in sorted(named - {self._town}, key=len, reverse=True):
            first = _WORD.match(name)
            if first:
                self._by_word.setdefault(first[0], []).append(name)

    def in_text(self, text: str) -> list[str]:
        """The names that stand in a text as whole words, the longest at each place."""
        found, end = [], 0
        for word in _WORD.finditer(text):
            if word.start() < end:
                continue
            for name in self._by_word.get(word[0], ()):
                stop = word.start() + len(name)
                if text.startswith(name, word.start()) and not re.match(r"[\w-]", text[stop : stop + 1]):
                    found.append(name)
                    end = stop
                    break
        return found

    def other_place(self, address: Address, before: str, after: str) -> str:
        """A place that is named and that a figure is not about; empty where its own is named, or none."""
        ahead, behind = _clause(before), _at_once(after)
        named = [*self.in_text(ahead), *self.in_text(behind)]
        if not named or not address.subject:
            return ""
        if address.subject == TOTAL:
            return "" if _WHOLE.search(ahead) or _WHOLE.search(behind) else named[0]
        own = set(self._own(address))
        if not own or any(_alike(name, mine) for name in named for mine in own):
            return ""
        return named[0]

    def _own(self, address: Address) -> Iterator[str]:
        """The names of the subject of a figure: its line and area, with what they stand in and what stands in them."""
        dossier, year = self._figures.dossier, address.year or 0
        lines, areas = dossier.lines_in(year), dossier.areas_by_code
        parents = {code: area.parent for code, area in areas.items()}
        if address.area is not None:
            codes = {address.area}
        else:
            above, line = dossier.parents_in(year), address.line or ""
            mine = {*_up(line, above), *(code for code in lines if line in _up(code, above))}
            yield from (lines[code].name for code in mine if code in lines)
            of_lines = dossier.areas_of_lines(year)
            codes = {of_lines.get(line, "")}
        codes |= {change.from_area for change in dossier.area_changes if change.to_area in codes}
        codes |= {change.to_area for change in dossier.area_changes if change.from_area in codes}
        family = {one for code in codes for one in _up(code, parents)}
        family |= {code for code in areas if codes & {*_up(code, parents)}}
        yield from (areas[code].name for code in family if code in areas)
        of_lines = dossier.areas_of_lines(year)
        yield from (line.name for code, line in lines.items() if of_lines.get(code) in family)


def other_year(address: Address, before: str, after: str) -> str:
    """A year that is named and that a figure is not about; empty where its own is named, or none."""
    named = [found["year"] for found in _NAMED_YEAR.finditer(_clause(before))]
    found = re.match(_YEAR, after[len(_at_once_opening(after)) :]) if _at_once_opening(after) else None
    named += [found["year"]] if found else []
    own = {str(year) for year in _own_years(address)}
    return "" if not named or not own or own & set(named) else named[-1]


def _own_years(address: Address) -> Iterable[int]:
    """The years that a figure is about: its own, that of its money, and those from or to which the money goes."""
    if address.year is None:
        return
    yield address.year
    if address.origin is not None:
        yield address.origin
    if address.measure in _BEFORE_TOO:
        yield address.year - 1
    if address.measure in _AFTER_TOO:
        yield from range(address.year + 1, address.year + _LATEST)


def _clause(before: str) -> str:
    """What stands before a claim: back to the figure before it, or the start of the sentence."""
    return before[max((found.end() for found in _START.finditer(before)), default=0) :]


def _at_once_opening(after: str) -> str:
    """The few words and the preposition that follow a claim at once: 'euro in ', 'duizend euro voor '."""
    found = _AT_ONCE.match(after.split(MARK, 1)[0])
    return found[0] if found else ""


def _at_once(after: str) -> str:
    """What follows a claim at once behind a preposition, as far as a name may reach."""
    opening = _at_once_opening(after)
    return re.split(rf"[.;:!?,(]|{MARK}", after[len(opening) : len(opening) + 60])[0] if opening else ""


def _up(code: str, parents: Mapping[str, str | None]) -> list[str]:
    """A code and all that it stands in."""
    found: list[str] = []
    at: str | None = code
    while at and at not in found:
        found.append(at)
        at = parents.get(at)
    return found


def _alike(name: str, mine: str) -> bool:
    """Whether one name holds the other: a village and the municipality that it was."""
    return name in mine or mine in name
