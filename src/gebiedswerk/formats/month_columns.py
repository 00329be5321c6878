"""Which columns of an unknown file hold the amounts of one period each, by what they are called."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from gebiedswerk.formats.amounts import NOTHING
from gebiedswerk.formats.months_across import AMOUNT, PERIOD
from gebiedswerk.formats.period_cells import year_or_period
from gebiedswerk.formats.period_heads import FEWEST_BY_NAME, FEWEST_PERIODS, periods_named
from gebiedswerk.formats.sample import GROUPED, Sample, decimal_in, to_cents


def period_columns(sample: Sample) -> dict[str, str]:
    """Period → the column that holds its amounts, where a file has one for each; empty for any other file.

    Where some hold amounts alone, another one that is called so is read too: a word in it is refused by its cell.
    """
    if {PERIOD, AMOUNT} <= set(sample.header) and all(year_or_period(one, 1) for one in sample.column(PERIOD)):
        return {}
    found = {period: name for name, period in periods_named(sample.header).items()}
    sure = sum(_holds_amounts(sample, name) for name in found.values())
    return found if sure >= min(FEWEST_PERIODS, max(len(found), FEWEST_BY_NAME)) else {}


def _holds_amounts(sample: Sample, name: str) -> bool:
    return all(any(map(str.isdigit, cell)) or re.fullmatch(NOTHING, cell) for cell in sample.column(name))


def with_a_row_each(sample: Sample, columns: Mapping[str, str]) -> Sample:
    """The sample with a row for each amount, as any other file has them."""
    rest = [at for at, name in enumerate(sample.header) if name not in (*columns.values(), PERIOD, AMOUNT)]
    places = [(period, sample.header.index(name)) for period, name in columns.items()]
    texts = [cell for name in columns.values() if name not in sample.numbers for cell in sample.column(name)]
    mark = decimal_in(texts)
    told = mark or any(map(GROUPED.search, texts))
    numbers_among = {sample.header.index(name) for name in columns.values() if told and name in sample.numbers}
    rows = [
        [*(row[at] for at in rest), period, to_cents(row[place], mark) if place in numbers_among else row[place]]
        for row in sample.rows
        for period, place in places
        if not re.fullmatch(NOTHING, row[place])
    ]
    numbers = {AMOUNT} if set(columns.values()) <= sample.numbers else set()
    header = [*(sample.header[at] for at in rest), PERIOD, AMOUNT]
    return replace(sample, header=header, rows=rows, numbers=(sample.numbers & set(header)) | numbers)
