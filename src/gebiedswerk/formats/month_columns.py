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

COSTS = "lasten|last|kosten|uitgaven"  # literal: words that are read, never shown
INCOME = "baten|baat|opbrengsten?|inkomsten|ontvangsten"  # literal: as above


def period_columns(sample: Sample) -> dict[str, str]:
    """Period → the column that holds its amounts, where a file has one for each; empty for any other file.

    Where some hold amounts alone, another one that is called so is read too: a word in it is refused by its cell.
    """
    if {PERIOD, AMOUNT} <= set(sample.header) and all(year_or_period(one, 1) for one in sample.column(PERIOD)):
        return {}
    found = {period: name for name, period in periods_named(sample.header).items()}
    sure = sum(_holds_amounts(sample, name) for name in found.values())
    return found if sure >= min(FEWEST_PERIODS, max(len(found), FEWEST_BY_NAME)) else {}


def columns_of_sides(sample: Sample) -> tuple[dict[str, str], dict[str, str]]:
    """Period → the column of its costs, and period → that of its income, where a file has both for each; else empty."""
    found = [_of_side(sample, words) for words in (COSTS, INCOME)]
    costs, income = found
    same = len(costs) >= FEWEST_BY_NAME and set(costs) == set(income)
    amounts = all(_holds_amounts(sample, name) for one in found for name in one.values())
    return (costs, income) if same and amounts else ({}, {})


def _of_side(sample: Sample, words: str) -> dict[str, str]:
    """Period → the column with one of these words beside its period."""
    pattern = re.compile(rf"(?i)\A(?:{words})[ .:_/-]+|[ .:_/-]+\(?(?:{words})\)?\Z")
    bare = {pattern.sub("", name): name for name in sample.header if pattern.search(name)}
    return {period: bare[name] for name, period in periods_named([*bare]).items()}


def _holds_amounts(sample: Sample, name: str) -> bool:
    return all(any(map(str.isdigit, cell)) or re.fullmatch(NOTHING, cell) for cell in sample.column(name))


def with_a_row_each(sample: Sample, columns: Mapping[str, str], income: Mapping[str, str]) -> Sample:
    """The sample with a row for each amount, as any other file has them."""
    names = [*columns.values(), *income.values()]
    rest = [at for at, name in enumerate(sample.header) if name not in (*names, PERIOD, AMOUNT)]
    places = [(period, sample.header.index(name)) for one in (columns, income) for period, name in one.items()]
    texts = [cell for name in names if name not in sample.numbers for cell in sample.column(name)]
    mark = decimal_in(texts)
    told = mark or any(map(GROUPED.search, texts))
    numbers_among = {sample.header.index(name) for name in names if told and name in sample.numbers}
    rows = [
        [*(row[at] for at in rest), period, to_cents(row[place], mark) if place in numbers_among else row[place]]
        for row in sample.rows
        for period, place in places
        if not re.fullmatch(NOTHING, row[place])
    ]
    numbers = {AMOUNT} if set(names) <= sample.numbers else set()
    header = [*(sample.header[at] for at in rest), PERIOD, AMOUNT]
    return replace(sample, header=header, rows=rows, numbers=(sample.numbers & set(header)) | numbers)
