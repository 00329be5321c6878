"""How amounts and days are written in some cells, and which accounts look like income."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gebiedswerk.core.dutch import parse_cents, parse_date

MARKS = ((",", "."), (".", ","), (",", " "), (".", " "), (".", "'"), (",", ""))
"""Decimal and thousands marks, in the order in which they are tried."""
DATES: Sequence[str] = (
    *("dd-mm-jjjj", "d-m-jjjj", "dd/mm/jjjj", "d/m/jjjj", "jjjj-mm-dd", "jjjjmmdd"),
    *("dd.mm.jjjj", "d.m.jjjj", "jjjj/mm/dd", "ddmmjjjj", "mm/dd/jjjj", "m/d/jjjj"),
)
SHOWN = 3
AROUND = r"^[A-Za-z]{1,8}(?=[-+]? *[0-9])|(?<=[0-9]) *[A-Za-z]{1,8}$|^[A-Za-z]{1,8} +(?=[-+]?[0-9])"
"""The letters before or behind an amount that give its sign: `1.250,00 D`."""
NOTHING = ("", "-", "--", "–")
"""How packages write that there is no amount."""


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

    A beginning is one sign longer than what all accounts share: `8*`, or `08*` where all begin with a zero.
    """
    sums: dict[str, int] = defaultdict(int)
    for account, cents in booked:
        sums[account] += cents
    accounts = sorted(account for account in sums if account)
    first, last = (accounts[0], accounts[-1]) if accounts else ("", "")
    shared = next((at for at in range(min(len(first), len(last))) if first[at] != last[at]), len(first))
    groups: dict[str, int] = defaultdict(int)
    for account in accounts:
        groups[account[: shared + 1]] += sums[account]
    return tuple(f"{beginning}*" for beginning, cents in groups.items() if cents < 0)


def bare_amount(cell: str) -> str:
    """An amount without currency, brackets, blanks and the letters that give its sign."""
    text = re.sub(r"[\u00a0\u202f\u2009]", " ", cell).strip()
    bracketed = re.fullmatch(r"\((.*)\)", text)
    text = _without_currency(bracketed[1] if bracketed else text)
    text = _without_currency(re.sub(AROUND, "", text))
    text = re.sub(r"^([-+]?)(?=[.,][0-9])", r"\g<1>0", text)
    text = re.sub(r"^([-+]?[0-9.' ]*),-$|^([-+]?[0-9]+[.,][0-9]{2})00+$", r"\1\2", text)
    return f"-{text}" if bracketed and text else text


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


def share(cells: Sequence[str], marks: Sequence[tuple[str, str]] = MARKS) -> float:
    """Which part of the cells is an amount with the marks that fit best."""
    bare = [text for cell in cells if (text := bare_amount(cell)) not in NOTHING]
    if not bare:
        return 1.0 if cells else 0.0
    fits = [sum(parse_cents(text, *pair, trailing_minus=True) is not None for text in bare) for pair in marks]
    return max(fits) / len(bare)


def marks_of(cells: Sequence[str]) -> tuple[list[Guess], bool]:
    """The marks with which most amounts can be read, and whether a minus may stand behind. Unsure without decimals."""
    cells = [text for cell in cells if (text := bare_amount(cell)) not in NOTHING]
    pair = max(MARKS, key=lambda pair: share(cells, [pair])) if cells else MARKS[0]
    told = [cell for cell in cells if re.search(rf"{re.escape(pair[0])}[0-9]{{1,2}}-?$", cell)]
    grouped = [cell for cell in cells if pair[1] and re.search(rf"[0-9]{re.escape(pair[1])}[0-9]{{3}}", cell)]
    sure = not cells or (bool(told) and share(cells, [pair]) == 1)
    marks = [
        Guess("decimal", pair[0], few(told or list(cells)), sure),
        Guess("thousands", pair[1], few(grouped), sure),
    ]
    return marks, any(cell.endswith("-") for cell in cells)


def days_of(cells: Sequence[str]) -> Guess:
    """The pattern in which all days can be read; unsure where another reads them too, as with 03/04/2025."""
    fits = [form for form in DATES if all(parse_date(cell, form) for cell in cells)] if cells else []
    if not fits:
        return Guess("date", DATES[0], few(cells), not cells)
    swapped = tuple(form for form in fits if form[0] != fits[0][0])
    return Guess("date", fits[0], few(cells), not swapped, swapped)
