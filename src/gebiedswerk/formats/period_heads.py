"""Headers of columns that hold the amounts of one period each: which period, of which year, and of what kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from gebiedswerk.formats.period_cells import (
    MONTHS_OF_QUARTER,
    is_of_quarters,
    is_short,
    months_of,
    year_period,
    year_quarter,
)
from gebiedswerk.language.numbers_and_dates import month_number

LAST_PERIOD = 16
"""The last period that packages have: four beside the months, to close a year."""
FEWEST_PERIODS = 3
"""So many columns of periods are no chance."""
FEWEST_BY_NAME = 2
"""So many are none where they are called by a name: `jan`, `1e halfjaar`."""
LAST_MONTH = 12
PLANNED, RUNNING = "planned", "running"
"""What a header says that its amounts are, beside its period, where they are not those of the period itself."""
_KINDS = (  # literal: words that are read, never shown
    ("", r"realisatie|gerealiseerd|werkelijk(?:e)?|geboekt|actuals?|boekingen|mutaties?|bedrag(?:en)?"),
    (PLANNED, r"(?:primitieve? )?begroting|begroot|budget|raming|prognose|forecast|verwacht(?:ing)?|planning"),
    (RUNNING, r"t/m|tot en met|t\.e\.m\.|tem|cum(?:\.|ulatief|ulatieve)?|ytd|year to date|lopend"),
)
_KIND = re.compile(
    "|".join(rf"(?:\A(?:{words})[ .:_-]+|[ .:_-]+\(?(?:{words})\)?\Z)" for _, words in _KINDS), re.IGNORECASE
)
_NUMBERED = re.compile(
    r"(?i)(?:p|m|per\.?|periode|maand|mnd\.?) ?0?([0-9]|1[0-6])|([0-9]|1[0-6])(?:e|de|ste) (?:periode|maand)"
)
_PART = re.compile(  # literal: words that are read, never shown
    r"(?i)(?:(?P<half>h|halfjaar|semester)|tertaal) ?(?P<behind>[1-3])"
    r"|(?P<before>[1-3])(?:e|de|ste)? ?(?:(?P<half_behind>halfjaar|semester)|tertaal)"
)
_YEAR_ALONE = re.compile("(?:19|20)[0-9]{2}")
_OF_QUARTERS = re.compile(r"(?i)\A(?:per kwartaal|(?:per )?kwartalen) (?=[1-4]\Z)")
_BARE = re.compile("0?[0-9]|1[0-6]")
_MONTH_AND_YEAR = re.compile(r"(0?[1-9]|1[0-2])[-/' ]+([23][0-9])")
_DAY = re.compile(r"(?P<iso>(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2})|([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]((?:19|20)[0-9]{2})")
_FIRST, _LAST = (1,), (28, 29, 30, 31)
"""The day of a month by which a spreadsheet names all of it."""


@dataclass(frozen=True, slots=True)
class PeriodHead:
    """What a header names: its last month (or a period beside those), the year where it says one, how many months it
    has, and whether its amounts are planned or run on.
    """

    period: int
    year: int | None = None
    months: int = 1
    kind: str = ""
    by_name: bool = False

    @property
    def key(self) -> str:
        """The period as a profile names it: `3`, or `2025-03`."""
        return str(self.period) if self.year is None else f"{self.year}-{self.period:02d}"


def periods_named(header: Sequence[str]) -> dict[str, str]:
    """The columns of a header that each hold the amounts of one period, and which: `jan`, `Maart 2025`, `P03`.

    Those of the shortest periods: quarters between months are sums. None where two columns are of one period.
    """
    heads = dict(_heads(header))
    for kind in ("", RUNNING):
        for months in (1, MONTHS_OF_QUARTER, 4, 6):
            found = {name: one for name, one in heads.items() if (one.kind, one.months) == (kind, months)}
            keys = [one.key for one in found.values()]
            by_name = all(one.by_name for one in found.values())
            if len(keys) >= (FEWEST_BY_NAME if by_name else FEWEST_PERIODS):
                return dict(zip(found, keys, strict=True)) if len(set(keys)) == len(keys) else {}
    return {}


def says_of_periods(above: Sequence[str], names: Sequence[str]) -> bool:
    """Whether a row above the names of periods says what these alone do not: years, quarters, or that some are planned.

    One year above all of them does where nothing else stands in that row.
    """
    periods = periods_named(names)
    places = [at for at, name in enumerate(names) if name in periods and at < len(above)]
    texts = {above[at] for at in places if above[at]} - {""}
    if not texts:
        return False
    kinds = {_without_kind(f"{text} -")[1] for text in texts}
    quarters = any(is_of_quarters(text) or months_of(text) for text in texts)
    if kinds & {PLANNED, RUNNING} or quarters and all(map(is_number_alone, periods)):
        return True
    years = all(map(_YEAR_ALONE.fullmatch, texts))
    parts = all(_head(text) for text in texts)  # quarters above their months
    return len(texts) > 1 and not parts or years and not any(above[: places[0]])


def runs_on(header: str) -> bool:
    """Whether the header of a column of a period says that its amounts run on: `t/m jan`, `jan cum`."""
    head = _head(header)
    return head is not None and head.kind == RUNNING


def is_number_alone(header: str) -> bool:
    """Whether a header names its period by a number alone, which may be that of a quarter: `1`, `P1`, `Periode 1`."""
    bare = _without_kind(header)[0]
    return bool(_BARE.fullmatch(bare) or _NUMBERED.fullmatch(bare))


def _heads(header: Sequence[str]) -> Iterator[tuple[str, PeriodHead]]:
    named = [(name, head) for name in header if (head := _head(name)) is not None]
    named = named or [(name, PeriodHead(int(name))) for name in _counted(header)]
    years = {head.year for _, head in named if head.year is not None}
    year = years.pop() if len(years) == 1 else None  # `P13` beside `P12 2025`
    short = {name for name, _ in named if is_short(name) and name[5:] == "1"}
    lost = any(re.fullmatch("20[0-9]{2}[.,]01", name) for name in header)
    for name, head in named or _days(header):
        if name in short and not lost and len(named) > len("123456789"):
            return  # January or October
        found = replace(head, period=10) if name in short and lost else head
        yield name, replace(found, year=year) if found.year is None else found


def _counted(header: Sequence[str]) -> list[str]:
    """The numbers that stand alone in a header, where they count from 1 or 0 on."""
    bare = [name for name in header if _BARE.fullmatch(name)]
    numbers = [int(name) for name in bare]
    return bare if numbers in (list(range(len(bare))), list(range(1, len(bare) + 1))) else []


def _head(name: str) -> PeriodHead | None:
    """What a header names; None where it names no period. A number alone is none."""
    bare, kind = _without_kind(name)
    bare = _OF_QUARTERS.sub("kwartaal ", bare)
    numbered, part, short = _NUMBERED.fullmatch(bare), _PART.fullmatch(bare), _MONTH_AND_YEAR.fullmatch(bare)
    year, quarter = year_quarter(bare)
    if numbered:
        return PeriodHead(int(numbered[1] or numbered[2]), kind=kind)
    if quarter:
        return PeriodHead(quarter * MONTHS_OF_QUARTER, year, MONTHS_OF_QUARTER, kind, by_name=True)
    if part:
        months = 6 if part["half"] or part["half_behind"] else 4
        last = int(part["behind"] or part["before"]) * months
        return PeriodHead(last, None, months, kind, by_name=True) if last <= LAST_MONTH else None
    if short:
        return PeriodHead(int(short[1]), 2000 + int(short[2]), kind=kind)
    year, period = year_period(bare)
    period = month_number(bare) or period
    if period is None or not 0 <= period <= LAST_PERIOD:
        return None
    return PeriodHead(period, year, kind=kind, by_name=bool(re.search(r"[^\W\d_]{3}", bare)))


def _without_kind(name: str) -> tuple[str, str]:
    """A header without the word that says what its amounts are, and what that word means."""
    bare, kind = name.strip(), ""
    while found := _KIND.search(bare):
        word = found[0].strip(" .:_-()")
        kind = kind or next(
            (one for one, words in _KINDS if re.fullmatch(words.replace(r"\.", r"\.?"), word, re.I)), ""
        )
        bare = (bare[: found.start()] + bare[found.end() :]).strip()
    return bare, kind


def _days(header: Sequence[str]) -> list[tuple[str, PeriodHead]]:
    """The days that are headers, where each is the first or the last one of another month."""
    found: list[tuple[str, PeriodHead]] = []
    days: list[int] = []
    for name in header:
        match = _DAY.fullmatch(name)
        if match:
            year, month, day = map(int, match["iso"].split("-") if match["iso"] else (match[4], match[3], match[2]))
            days.append(day)
            found += [(name, PeriodHead(month, year))] if 1 <= month <= LAST_MONTH else []
    whole = all(day in _FIRST for day in days) or all(day in _LAST for day in days)
    return found if whole and len(found) == len(days) else []
