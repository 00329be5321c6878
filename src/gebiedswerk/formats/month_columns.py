"""Which columns of an unknown file hold the amounts of one period each, by what they are called."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from gebiedswerk.formats.amounts import NOTHING
from gebiedswerk.formats.months_across import AMOUNT, PERIOD
from gebiedswerk.formats.period_cells import year_period
from gebiedswerk.formats.sample import Sample
from gebiedswerk.language.numbers_and_dates import month_number

OF_A_PERIOD = re.compile(r"(?i)(?:p|m|per\.?|periode|maand|mnd\.?) ?0?([1-9][0-9]?)")
FEWEST, LAST = 3, 13
"""So many columns of periods are no chance."""


def period_columns(sample: Sample) -> dict[str, str]:
    """Period → the column that holds its amounts, where a file has one for each; empty for any other file."""
    if {PERIOD, AMOUNT} & set(sample.header):
        return {}
    named = [(period, name) for name in sample.header if (period := _period_of(name)) is not None]
    found = {str(period): name for period, name in named if _holds_amounts(sample, name)}
    alone = len(found) == len(named)
    return found if alone and len(found) >= FEWEST else {}


def _period_of(header: str) -> int | None:
    """The period that a header names: `jan`, `Maart 2025`, `P03`."""
    found = OF_A_PERIOD.fullmatch(header)
    period = int(found[1]) if found else month_number(header) or year_period(header)[1]
    return period if period is not None and 0 < period <= LAST else None


def _holds_amounts(sample: Sample, name: str) -> bool:
    return all(any(map(str.isdigit, cell)) or re.fullmatch(NOTHING, cell) for cell in sample.column(name))


def with_a_row_each(sample: Sample, columns: Mapping[str, str]) -> Sample:
    """The sample with a row for each amount, as any other file has them."""
    rest = [at for at, name in enumerate(sample.header) if name not in columns.values()]
    places = [(period, sample.header.index(name)) for period, name in columns.items()]
    rows = [
        [*(row[at] for at in rest), period, row[place]]
        for row in sample.rows
        for period, place in places
        if not re.fullmatch(NOTHING, row[place])
    ]
    numbers = {AMOUNT} if set(columns.values()) <= sample.numbers else set()
    header = [*(sample.header[at] for at in rest), PERIOD, AMOUNT]
    return replace(sample, header=header, rows=rows, numbers=(sample.numbers & set(header)) | numbers)
