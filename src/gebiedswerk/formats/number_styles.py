"""How amounts and days are written in some cells, and which accounts look like income."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from gebiedswerk.formats.double_entry import balance_patterns
from gebiedswerk.formats.normalise import SCIENTIFIC, bare_amounts, bare_code, bare_day
from gebiedswerk.language.numbers_and_dates import parse_cents, parse_date

MARKS = ((",", "."), (".", ","), (",", " "), (".", " "), (".", "'"), (",", ""), (".", ""))
"""Decimal and thousands marks, in the order in which they are tried."""
DATES: Sequence[str] = (
    *("dd-mm-jjjj", "d-m-jjjj", "dd/mm/jjjj", "d/m/jjjj", "jjjj-mm-dd", "jjjjmmdd"),
    *("dd.mm.jjjj", "d.m.jjjj", "jjjj/mm/dd", "ddmmjjjj", "mm/dd/jjjj", "m/d/jjjj", "mm-dd-jjjj", "m-d-jjjj"),
)
SHOWN = 3
WITH_CENTS = re.compile(r"[.,][0-9]{2}(?![0-9])")
AROUND = r"^[A-Za-z]{1,8}(?=[-+]? *[0-9])|(?<=[0-9]) *[A-Za-z]{1,8}$|^[A-Za-z]{1,8} +(?=[-+]?[0-9])"
"""The letters before or behind an amount that give its sign: `1.250,00 D`."""
NEARLY_ALL, MANY = 0.9, 0.6
"""Parts of the days that fall in the month of their period: late postings are few."""
INCOME = ("8", "08", "008")
"""How accounts of income begin in the Dutch decimal scheme: proposed where amounts do not tell, and always asked."""


@dataclass(frozen=True, slots=True)
class Guess:
    """One setting: its value (None: not found), what it was read from, whether it is sure, and what else it may be."""

    key: str
    value: str | None
    examples: tuple[str, ...] = ()
    sure: bool = True
    others: tuple[str, ...] = ()


def income_of(booked: Iterable[tuple[str, int]]) -> tuple[str, ...]:
    """Patterns for income, from ledger accounts and cents: beginnings of codes whose amounts are together below zero.

    A beginning is one sign longer than what all accounts share: `8*`, or `08*` where all begin with a zero. Where none
    is below zero: the accounts that begin as those of income do, beside others that do not. Where all amounts are
    nothing together, accounts of the balance sheet are left aside.
    """
    sums: dict[str, int] = defaultdict(int)
    for account, cents in booked:
        sums[bare_code(account)] += cents
    accounts = sorted(account for account in sums if account and not SCIENTIFIC.fullmatch(account))
    balance = balance_patterns(accounts) if sum(sums.values()) == 0 else []
    accounts = [account for account in accounts if not account.startswith(tuple(one[:-1] for one in balance))]
    first, last = (accounts[0], accounts[-1]) if accounts else ("", "")
    shared = next((at for at in range(min(len(first), len(last))) if first[at] != last[at]), len(first))
    groups: dict[str, int] = defaultdict(int)
    for account in accounts:
        groups[account[: shared + 1]] += sums[account]
    below = tuple(f"{beginning}*" for beginning, cents in groups.items() if cents < 0)
    named = tuple(f"{beginning}*" for beginning in groups if beginning in INCOME) if len(groups) > 1 else ()
    return below or named


def _without_currency(text: str) -> str:
    bare = re.sub(r"(?i)€|(?<![a-z])euro?(?![a-z])", " ", text).strip()
    return re.sub(r"^([-+]) +", r"\1", re.sub(r"^([A-Za-z]+) +|(?<=[0-9]) +([A-Za-z]+)$", r"\1\2", bare))


def marks_around(cells: Sequence[str]) -> tuple[str, ...]:
    """The different words before or behind the amounts of a column, as `D` and `C`; empty for an amount without."""
    return tuple(dict.fromkeys(_mark_around(cell) for cell in cells))


def _mark_around(cell: str) -> str:
    found = re.search(AROUND, _without_currency(cell))
    return found[0].strip() if found else ""


def to_the_cent(cell: str, point: tuple[str, str]) -> str:
    """A number of a sheet to the cent; a text as it stands."""
    try:
        return f"{float(cell):.2f}" if point == (".", "") else cell
    except ValueError:
        return cell


def few(cells: Sequence[str]) -> tuple[str, ...]:
    """A few different examples, in the order of the file."""
    return tuple(list(dict.fromkeys(cells))[:SHOWN])


def bare(cells: Sequence[str], decimal: str) -> list[str]:
    """Amounts without currency, brackets, the letters that give a sign and the like, as every reader takes them."""
    return list(_bare(tuple(cells), decimal))


@lru_cache(maxsize=64)  # cache: by its argument, a value
def _bare(cells: tuple[str, ...], decimal: str) -> tuple[str, ...]:
    """Of the same cells every mark of thousands is tried, time and again."""
    return tuple(bare_amounts(pl.Series([_without_letters(cell) for cell in cells], dtype=pl.String), decimal))


def _without_letters(cell: str) -> str:
    """An amount without the letters that give its sign; one without them as it is."""
    text = _without_currency(cell)
    return re.sub(AROUND, "", text).strip() if re.search(AROUND, text) else cell


def cents_of(cell: str, pair: tuple[str, str]) -> int | None:
    """An amount that is bare in cents; nothing is nothing."""
    return parse_cents(cell, *pair, trailing_minus=True)


def amounts_in(cells: Sequence[str], pair: tuple[str, str]) -> list[int | None]:
    """Cells in cents, with these marks; None for what is no amount."""
    return [cents_of(cell, pair) for cell in bare(cells, pair[0])]


def share(cells: Sequence[str], marks: Sequence[tuple[str, str]] = MARKS) -> float:
    """Which part of the cells is an amount with the marks that fit best."""
    distinct = Counter(cells)
    fits = (_fitting(distinct, pair) for pair in marks)
    return max(fits, default=0) / len(cells) if cells else 0.0


def _fitting(cells: Counter[str], pair: tuple[str, str]) -> int:
    return sum(times for times, cents in zip(cells.values(), _read(cells, pair), strict=True) if cents is not None)


def _read(cells: Counter[str], pair: tuple[str, str]) -> list[int | None]:
    """Each distinct cell in cents, with these marks."""
    return amounts_in(list(cells), pair)


def marks_of(cells: Sequence[str]) -> tuple[list[Guess], bool]:
    """The marks with which most amounts can be read, and whether a minus may stand behind.

    Unsure where other marks read as many of them, and as other amounts: `1.250` everywhere.
    """
    distinct = Counter(cells)
    fits = {pair: _fitting(distinct, pair) for pair in MARKS} if cells else {MARKS[0]: 0}
    pair = max(fits, key=lambda pair: fits[pair])
    read = _read(distinct, pair)
    equal = [one for one, fit in fits.items() if fit == fits[pair] and one[0] != pair[0]]
    others = tuple(dict.fromkeys(one[0] for one in equal if _read(distinct, one) != read))
    told = [cell for cell in cells if re.search(rf"{re.escape(pair[0])}[0-9]{{1,2}}(?![0-9.,])", cell)]
    grouped = [cell for cell in cells if pair[1] and re.search(rf"[0-9]{re.escape(pair[1])}[0-9]{{3}}", cell)]
    marks = [
        Guess("decimal", pair[0], few(told or grouped or list(cells)), not others, others),
        Guess("thousands", pair[1], few(grouped), not others),
    ]
    return marks, any(re.search(r"[0-9][\-−]$", cell) for cell in cells)


def days_of(cells: Sequence[str], months: Sequence[int | None] = ()) -> Guess:
    """The pattern in which all days can be read; unsure where another reads them too, as with 03/04/2025.

    `months`: the period beside each day. Where one pattern gives the month of nearly every period, and no other does,
    it is the one.
    """
    days = {cell: bare_day(cell) for cell in dict.fromkeys(cells)}
    fits = [form for form in DATES if all(parse_date(day, form) for day in days.values())] if cells else []
    if not fits:
        return Guess("date", DATES[0], few(cells), not cells)
    read = {form: [parse_date(day, form) for day in days.values()] for form in fits}
    swapped = tuple(form for form in fits if read[form] != read[fits[0]])
    agreeing = {form: _agreeing(form, [days[cell] for cell in cells], months) for form in (fits[0], *swapped)}
    right = [form for form, part in agreeing.items() if part > NEARLY_ALL]
    if swapped and right and all(read[form] == read[right[0]] or part < MANY for form, part in agreeing.items()):
        return Guess("date", right[0], few(cells))
    return Guess("date", fits[0], few(cells), not swapped, swapped)


def _agreeing(form: str, days: Sequence[str], months: Sequence[int | None]) -> float:
    """Which part of the days falls in the month that their period says."""
    pairs = [(parse_date(day, form), month) for day, month in zip(days, months, strict=False)]
    said = [(day, month) for day, month in pairs if day and month]
    return sum(day.month == month for day, month in said) / len(said) if said else 0.0
