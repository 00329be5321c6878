"""What a file itself says beside its table: when it was exported and which periods it covers.

In the rows above the table and the last ones below it (`Afgedrukt op 10-01-2026 10:00`), in the properties of a
workbook, in the header of an audit file. The clock of the disk on which it lies says nothing about it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from gebiedswerk.dossier import Profile
from gebiedswerk.formats.registry import Importer
from gebiedswerk.language.numbers_and_dates import month_number

_TIME = (
    r"(?:[ T,]*(?:om |tijd:? ?|at )?"
    r"(?P<hour>[01]?[0-9]|2[0-3])[:.](?P<minute>[0-5][0-9])(?:[:.](?P<second>[0-5][0-9]))?)?"
)
_DAY = (
    r"(?:(?P<iso>[0-9]{4})-(?P<iso_month>[0-9]{2})-(?P<iso_day>[0-9]{2})"
    r"|(?P<day>[0-9]{1,2})(?:[-/.](?P<month>[0-9]{1,2})[-/.]| +(?P<name>[a-z]{3,9})\.? +)(?P<year>[0-9]{4}))"
)
_SAYS = (  # literal: words that are read, never shown
    r"(?:(?:af|uit)?(?:ge)?(?:drukt|draaid|printed?)(?:datum)?|print(?:datum|date)|(?:af)?drukdatum|(?:uit)?draaidatum"
    r"|uitdraai|datum (?:van |van de )?(?:export|afdruk|print|uitdraai|aanmaak|rapportage)"
    r"|export(?:datum| ?date|ed)|ge[eë]xporteerd|aangemaakt|aanmaakdatum|gegenereerd|generated|created|run ?date)"
)
_MOMENT = re.compile(  # literal: words that are read, never shown
    rf"(?i)(?<!\w){_SAYS}[\s:;,]*(?:(?:op|d\.d\.|datum|date|at|on)[\s:;,]*)?(?<![0-9]){_DAY}{_TIME}(?![0-9])(?!\s*(?:t/m|tot)\b)"
)
_MONTH = r"(?P<{0}>[0-9]{{1,2}}|[a-z]{{3,9}})"
_TO = r"\s*(?:t/m|tot en met|tot|-|–|to|until)\s*"
_COVER = re.compile(  # literal: words that are read, never shown
    rf"(?i)(?<!\w)(?:boek)?(?:perioden?|maand(?:en)?|months?|periods?)[\s:;]*(?:van )?{_MONTH.format('first')}"
    rf"{_TO}(?:periode |maand )?{_MONTH.format('last')}(?![0-9\w])(?!\s*[-/.]\s*[0-9])"
)
_DAYS = re.compile(  # literal: words that are read, never shown
    r"(?i)(?<!\w)(?:boekdatum|boek)?(?:perioden?|van|vanaf|from)[\s:;]*(?:van )?"
    r"0?1[-/.](?P<first>[0-9]{1,2})[-/.](?P<of>[0-9]{4})"
    + _TO
    + r"(?:3[01]|2[89])[-/.](?P<last>[0-9]{1,2})[-/.](?P=of)(?![0-9])"
)
_QUARTER = re.compile(  # literal: words that are read, never shown
    r"(?i)(?<!\w)(?:(?P<number>[1-4])(?:e|ste|de)? *kwartaal|kwartaal[\s:;]*(?P<behind>[1-4])|q(?P<short>[1-4]))(?!\w)"
)


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What a file says of itself: `moments` with the words that say so, and `periods` as first and last month."""

    moments: tuple[tuple[datetime, str], ...] = ()
    periods: tuple[tuple[int, int], ...] = ()


def said_in(lines: Iterable[Sequence[str]]) -> OwnWords:
    """What the rows around a table say, each as its cells."""
    moments: dict[datetime, str] = {}
    periods: dict[tuple[int, int], None] = {}
    for cells in lines:
        text = re.sub(r"\s+", " ", " ".join(cell.strip() for cell in cells if cell.strip()))[:500]
        for match in _MOMENT.finditer(text):
            moment = _moment_of(match)
            if moment is not None:
                moments.setdefault(moment, match[0].strip())
        periods |= dict.fromkeys(_periods_in(text))
    return OwnWords(tuple(moments.items()), tuple(periods))


def _moment_of(match: re.Match[str]) -> datetime | None:
    """The moment of a day as the Dutch write it; None where it is none, as on the 31st of a month of 30 days."""
    month = match["iso_month"] or match["month"] or month_number(match["name"] or "") or 0
    hour, minute, second = (int(match[name] or 0) for name in ("hour", "minute", "second"))
    year, day = match["iso"] or match["year"], match["iso_day"] or match["day"]
    with suppress(ValueError):
        return datetime(int(year), int(month), int(day), hour, minute, second)  # noqa: DTZ001 - of the town hall
    return None


def _periods_in(text: str) -> Iterable[tuple[int, int]]:
    for match in [*_COVER.finditer(text), *_DAYS.finditer(text)]:
        ends = [int(end) if end.isdigit() else month_number(end) or 99 for end in (match["first"], match["last"])]
        if ends[0] <= ends[1] <= 13:
            yield ends[0], ends[1]
    for match in _QUARTER.finditer(text):
        last = 3 * int(match["number"] or match["behind"] or match["short"])
        yield last - 2, last


def said_by(importer: Importer, path: Path, profile: Profile) -> OwnWords:
    """All that a file says of itself: what stands around its table, else its properties."""
    said = said_in(_days_shown(cells) for cells in importer.lines_around(path, profile))
    return said if said.moments else replace(said, moments=importer.moments(path))


def _days_shown(cells: Sequence[str]) -> list[str]:
    """Cells with the day that a number stands for in a sheet, where it can be one of these years."""
    return [_day_shown(cell) if re.fullmatch(r"[3-6][0-9]{4}(?:\.[0-9]+)?", cell) else cell for cell in cells]


def _day_shown(cell: str) -> str:
    return f"{datetime(1899, 12, 30) + timedelta(days=float(cell)):%d-%m-%Y %H:%M}"  # noqa: DTZ001 - of the town hall
