"""Columns with amounts beside those of the months, such as corrections: of another period, or no part of the year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate

from gebiedswerk.core.faults import Fault, fault
from gebiedswerk.dossier import Delivery
from gebiedswerk.formats.month_years import LAST_MONTH
from gebiedswerk.formats.number_styles import WITH_CENTS, amounts_in, to_the_cent
from gebiedswerk.formats.period_heads import LAST_PERIOD, runs_on
from gebiedswerk.formats.profile_reader import used_columns
from gebiedswerk.formats.sample import Sample
from gebiedswerk.language.numbers_and_dates import euros

NO_POSTINGS = re.compile(  # literal: words that are read, never shown
    r"(?i)begro|budget|raming|prognose|forecast|verwacht|verplicht|openstaand|restant|beschikbaar|verschil|afwijking|%|percentage"
)
"""In the name of a column that says itself that its amounts are not booked."""


def beside_months(sample: Sample, delivery: Delivery) -> Iterator[Fault]:
    """Ask whether other columns of amounts count too (L272): those that are no sum of months that follow each other."""
    profile = delivery.profile
    names = [name for name in profile.period_columns.values() if name in sample.header]
    if not names:
        return
    months = [_cents(sample, name, delivery) for name in names]
    income = [name for name in profile.income_columns.values() if name in sample.header]
    balances = _balances(months, [_cents(sample, name, delivery) for name in income])
    left = min(map(sample.header.index, names))
    read = {*used_columns(profile), *profile.unread_columns, ""}
    for header in (name for name in sample.header if name not in read):
        cents = [] if NO_POSTINGS.search(header) else _cents(sample, header, delivery)
        money = sample.header.index(header) > left or any(map(WITH_CENTS.search, sample.column(header)))
        if not money or None in cents or not any(cents) or _is_sum(cents, months, runs_on(header)):
            continue
        if any(cents in (one, [-(cell or 0) for cell in one]) for one in balances):
            continue
        together, periods = euros(sum(filter(None, cents))), _free(tuple(profile.period_columns))
        facts = {"profile": delivery.settings.profile, "cents": together, "periods": periods}
        yield fault("L272", delivery.file, None, header, header, **facts)


def _balances(costs: Sequence[Sequence[int | None]], income: Sequence[Sequence[int | None]]) -> list[list[int]]:
    """What costs and income come to in each row, of each period and of all; income with its minus or without."""
    pairs = [list(zip(*one, strict=True)) for one in zip(costs, income, strict=False)]
    found = [[(cost or 0) + sign * (back or 0) for cost, back in one] for one in pairs for sign in (1, -1)]
    whole = [[sum(row) for row in zip(*found[at::2], strict=True)] for at in (0, 1)]
    sides = [[sum(filter(None, row)) for row in zip(*one, strict=True)] for one in (costs, income)]
    return [*found, *whole, *sides] if pairs else []


def _free(keys: Sequence[str]) -> tuple[str, ...]:
    """The periods beside the months that no column is of, with their year where all have the same."""
    years = {key.rpartition("-")[0] for key in keys}
    taken = {int(key.rpartition("-")[2]) for key in keys}
    free = [one for one in (LAST_MONTH + 1, 0, *range(LAST_MONTH + 2, LAST_PERIOD + 1)) if one not in taken][:2]
    year = years.pop() if len(years) == 1 else ""
    return tuple(f"{year}-{one:02d}" if year else str(one) for one in free)


def _cents(sample: Sample, header: str, delivery: Delivery) -> list[int | None]:
    """The amounts of a column in cents, nil where nothing stands; None for what is no amount."""
    cells, pair = sample.cells(header), (delivery.profile.decimal, delivery.profile.thousands)
    if header in sample.numbers:
        cells, pair = [to_the_cent(cell, (".", "")) for cell in cells], (".", "")
    return [0 if cell.strip() in ("", "-") else one for cell, one in zip(cells, amounts_in(cells, pair), strict=True)]


def _is_sum(cents: Sequence[int | None], months: Sequence[Sequence[int | None]], said: bool) -> bool:
    """Whether a column is in each row the sum of the same months one after another; of one alone where it says so."""
    rows = [[0, *accumulate(one or 0 for one in row)] for row in zip(*months, strict=True)]
    spans = (
        (first, last) for first in range(len(months)) for last in range(first + (1 if said else 2), len(months) + 1)
    )
    return any(
        all(amount == row[last] - row[first] for amount, row in zip(cents, rows, strict=True)) for first, last in spans
    )
