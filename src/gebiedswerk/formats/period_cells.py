"""Fiscal years and periods as packages write them: apart, in one cell, or as the name of a month."""

from __future__ import annotations

import re

from gebiedswerk.language.numbers_and_dates import month_number

_MARK = r" *[-/] *"
_MONTH = r"(?P<month>[^\W\d_]+\.?)"
_YEAR = r"(?P<year>(?:19|20)[0-9]{2})"
_NAMED_MONTHS = (
    re.compile(rf"\A{_MONTH}(?:-| *['\u2019])(?P<year>[0-9]{{2}})"),
    re.compile(rf"\A{_YEAR}[ \-/.]*{_MONTH}"),
    re.compile(rf"\A{_MONTH}[ \-/.'\u2019]*{_YEAR}"),
)
_QUARTER_SIGN = r"(?:kwartaal|kwart|kw|quarter|qtr|k|q)\.?"
_COUNTED = r"(?P<before>[1-4])(?:e|ste|de|st|nd|rd|th)?"
_QUARTER = rf"(?:{_QUARTER_SIGN} ?(?P<behind>[1-4])|{_COUNTED} ?{_QUARTER_SIGN})"
_QUARTERS = (
    re.compile(_QUARTER, re.IGNORECASE),
    re.compile(rf"{_YEAR}[ \-/.]*{_QUARTER}", re.IGNORECASE),
    re.compile(rf"{_QUARTER}[ \-/.'\u2019]*{_YEAR}", re.IGNORECASE),
)
_OF_QUARTERS = re.compile(rf"kwarta(?:al|len)|quarter|(?<![^\W\d_]){_QUARTER_SIGN}(?![^\W\d_])", re.IGNORECASE)
_LONGER = (
    (re.compile("tertaal|viermaand|trimester", re.IGNORECASE), 4),
    (re.compile("halfjaar|half year|semester", re.IGNORECASE), 6),
)
_SHORT = re.compile("(?:19|20)[0-9]{2}[.,][0-9]")
QUARTERS, MONTHS_OF_QUARTER = range(1, 5), 3
_PERIOD = r"(?:[PpMm]|[Pp]er(?:iode)? ?)?"


def year_period(cell: str) -> tuple[int | None, int | None]:
    """Year and period out of one cell: `2025-03`, `2025 - 3`, `2025/P3`, `202503`, `03-2025`, `003.2025`, `maart 2025`.

    A month by its name may stand behind the year, and a spreadsheet shortens that to `mrt-25`. Of `2025.1` the month
    may be October too (`is_short`). Neither where it holds not both.
    """
    loose = rf"(?:{_MARK}| +){_PERIOD}(?P<loose>[0-9]{{1,3}})"
    apart = rf"{loose}|(?:[Pp]|\.)?(?P<tight>[0-9]{{2,3}})|[.,](?P<short>[0-9]{{1,2}})"
    found = re.fullmatch(rf"(?P<year>(19|20)[0-9]{{2}})(?:{apart})", cell)
    if found:
        return int(found["year"]), int(found["loose"] or found["tight"] or found["short"])
    turned = re.fullmatch(rf"{_PERIOD}(?:([0-9]{{1,3}}){_MARK}|([0-9]{{1,3}})\.)((?:19|20)[0-9]{{2}})", cell)
    if turned:
        return int(turned[3]), int(turned[1] or turned[2])
    year, quarter = year_quarter(cell)
    return (year, quarter * MONTHS_OF_QUARTER) if year and quarter else _named_month(cell)


def is_short(cell: str) -> bool:
    """Whether year and period stand in a cell as a number that may have lost its last zero: `2025.1`, `2025,1`."""
    return _SHORT.fullmatch(cell) is not None


def year_quarter(cell: str) -> tuple[int | None, int | None]:
    """Year (if it is there) and quarter out of a cell that calls it one: `K1`, `1e kwartaal`, `2025-Q3`."""
    for written in _QUARTERS:
        found = written.fullmatch(cell)
        if found:
            year = found.groupdict().get("year")
            return int(year) if year else None, int(found["behind"] or found["before"])
    return None, None


def months_of(header: str) -> int | None:
    """How many months a period has, where a header calls its column one of longer ones than quarters: `Tertaal`."""
    return next((months for words, months in _LONGER if words.search(header)), None)


def is_of_quarters(header: str) -> bool:
    """Whether a header calls its column one of quarters."""
    return _OF_QUARTERS.search(header) is not None


def _named_month(cell: str) -> tuple[int | None, int | None]:
    for written in _NAMED_MONTHS:
        found = written.fullmatch(cell)
        month = found and month_number(found["month"])
        if found and month:
            return int(f"20{found['year']}"[-4:]), month
    return None, None


def year_or_period(cell: str, part: int) -> int | None:
    """A number that stands alone, or the year (0) or period (1) of a cell with both; a period may be a month's name."""
    if re.fullmatch(r"[0-9]{1,4}", cell):
        return int(cell)
    if part == 0 or year_period(cell)[part] is not None:
        return year_period(cell)[part]
    alone = re.fullmatch(rf"{_PERIOD}([0-9]{{1,3}})", cell)
    if alone:
        return int(alone[1])
    quarter = year_quarter(cell)[1]
    return quarter * MONTHS_OF_QUARTER if quarter else month_number(cell)


def quarter_end(cell: str) -> int | None:
    """The last month of the quarter in a cell, in a column of quarters: `1` and `2025-1` are March too."""
    period = year_or_period(cell, 1)
    if period is None or year_quarter(cell)[1] is not None:
        return period
    return period * MONTHS_OF_QUARTER if period in QUARTERS else None
