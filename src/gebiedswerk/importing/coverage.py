"""Which periods of each year a file covers, where nobody says so: what its postings show, or a question (I180).

What is covered runs from the first to the last period with postings: no more is claimed than stands there. Where a file
may also be about a month without postings, or may be a part as well as the year so far, a person says which it is.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

LAST, CLOSING = 12, 13
"""The last month of a year, and the period in which it is closed."""
MORE_THAN_HALF = 6
"""A first file of a year that was over and that spans so many months and one more is about all of it."""
Periods = frozenset[int]


@dataclass(frozen=True, slots=True)
class Doubt:
    """What a file may cover of a year: the choices as first and last period, likeliest first.

    `missing`: the months in question, that stand in no file so far.
    """

    year: int
    found: Periods
    choices: tuple[tuple[int, int], ...]
    missing: Periods


@dataclass(frozen=True, slots=True)
class Books:
    """What is known of the earlier deliveries of the same books.

    `earlier`: fiscal year → what each covers. `months`: how many months the profile says that an export covers; `said`:
    the first and the last one of its last year, as the file says them.
    """

    earlier: Mapping[int, Sequence[Periods]]
    exported_at: datetime
    months: int = 0
    said: tuple[int, int] | None = None


def covered(found: Mapping[int, Periods], books: Books) -> tuple[dict[int, list[int]], list[Doubt]]:
    """The periods that a file covers, by year, and what is doubtful of it."""
    covers, doubts = {}, []
    for year, periods in sorted(found.items()):
        span = _span(periods, goes_on=year < max(found), went_before=year > min(found))
        own = _said(books.said, periods) if year == max(found) else None
        cover, doubt = (own, None) if own else _covered(year, periods, span, books)
        covers[year] = sorted(cover | periods)
        doubts += [doubt] if doubt else []
    return covers, doubts


def _said(said: tuple[int, int] | None, found: Periods) -> Periods | None:
    """The periods that a file names itself; None where its postings say otherwise."""
    if said is None:
        return None
    cover = _between(0 if said[0] <= 1 else said[0], CLOSING if said[1] >= LAST else said[1])
    return cover if found <= cover else None


def _covered(year: int, found: Periods, span: Periods, books: Books) -> tuple[Periods, Doubt | None]:
    """What a file covers of one year, given the span of its postings."""
    earlier = [cover for cover in books.earlier.get(year, ()) if cover]
    within = [cover for cover in earlier if found <= cover]
    if within:
        return min(within, key=len), None
    if books.months:
        return _rounded(span, books.months), None
    over = _over(year, books.exported_at)
    if not earlier and over == CLOSING and min(max(found), LAST) - max(min(found), 1) >= MORE_THAN_HALF:
        return span | _between(0, CLOSING), None
    grid = _grid(books.earlier)
    whole = _rounded(span, grid)
    asked = [*_choices(span, whole, earlier, grid)]
    if max(whole) > max(span) and max(whole) <= over:
        asked = [whole, *(asked or [span])]
    if not asked:
        return span, None
    ends = tuple(dict.fromkeys((min(choice), max(choice)) for choice in asked))
    known = Periods().union(span, *earlier)
    return span, Doubt(year, found, ends, Periods().union(*asked) - known)


def _choices(span: Periods, whole: Periods, earlier: Sequence[Periods], grid: int) -> Iterator[Periods]:
    """What a file may be beside what is there; nothing where there is no doubt of it."""
    met = [cover for cover in earlier if cover & span]
    if any(not cover <= span for cover in met):
        yield _between(min(0, *map(min, met)), max(span))
        return
    if met or not earlier:
        return
    before, after = [max(one) for one in earlier if max(one) < min(span)], [min(one) for one in earlier]
    hole = bool(before) and max(before) + 1 < min(span)
    next_to = not hole and (bool(before) or max(span) + 1 in after)
    in_parts = any(not one & other for one, other in combinations(earlier, 2))
    on_grid = grid > 1 and span == whole and (max(min(span), 1) - 1) % grid == 0
    if next_to and (in_parts or on_grid):
        return
    if hole:
        yield _between(max(before) + 1, max(span))
    yield span
    if before:
        yield _between(0, max(span))


def _span(found: Periods, *, goes_on: bool, went_before: bool) -> Periods:
    """From the first to the last period with postings; with the opening and the closing of a year where these are near.

    Of a file that `goes_on` in a later year or `went_before` in an earlier one, the year is whole at that end.
    """
    months = [period for period in found if period <= CLOSING] or [CLOSING]
    first = 0 if went_before or min(months) <= 1 else min(months)
    last = CLOSING if goes_on or max(months) >= LAST else max(months)
    return _between(first, last)


def _between(first: int, last: int) -> Periods:
    return Periods(range(first, last + 1))


def _rounded(span: Periods, months: int) -> Periods:
    """A span widened to whole quarters, or other parts of so many months."""
    if months < 2:
        return span
    first, last = min(span), max(span)
    first = first if first <= 1 or first > LAST else (first - 1) // months * months + 1
    last = last if last > LAST else -(-max(last, 1) // months) * months
    return _between(0 if first <= 1 else first, CLOSING if last >= LAST else last)


def _grid(earlier: Mapping[int, Iterable[Periods]]) -> int:
    """The months of a quarter or of a third where each earlier delivery ended with one, else 1; without any 0."""
    ends = {end for covers in earlier.values() for cover in covers if cover and 0 < (end := max(cover)) < LAST}
    return next((months for months in (3, 4) if all(end % months == 0 for end in ends)), 1) if ends else 0


def _over(year: int, moment: datetime) -> int:
    """The last month of a year that was over at a moment; 0 where none was. The last day of a month is its end."""
    if moment.year != year:
        return CLOSING if moment.year > year else 0
    ended = moment.day == calendar.monthrange(moment.year, moment.month)[1]
    return moment.month if ended else moment.month - 1
