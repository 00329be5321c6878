"""The periods of a fiscal year as days: 0 opens the year, 1 to 12 are its months, 13 and up close it."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

MONTHS = 12


def last_day_of(year: int, period: int) -> date:
    """The day on which a period ends: the opening on the first day of the year, all beyond December with it."""
    if period < 1:
        return date(year, 1, 1)
    month = min(period, MONTHS)
    return date(year, month, monthrange(year, month)[1])
