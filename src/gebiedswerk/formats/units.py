"""In how many euros amounts are, by words above, below or beside them: thousands or millions."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import polars as pl

from gebiedswerk.formats.amounts import NOTHING

THOUSAND, MILLION = 1_000, 1_000_000
_CURRENCY = r"(?:€|eur(?:o(?:['’]?s)?)?(?![a-z]))"
_EURO = rf"(?:(?<![a-z]){_CURRENCY})"
_WORDS: Mapping[int, str] = {  # literal: words that are read, never shown
    MILLION: r"(?:(?:mln|mio|mil[jl]i?oen(?:en)?|millions?)\b\.?)",
    THOUSAND: r"(?:(?:duizend(?:en|tal(?:len)?)?|dzd|thousands?)\b\.?)",
}
_NUMBERS: Mapping[int, str] = {  # also with a mark between the groups, and `,-` behind
    MILLION: r"(?:(?<![0-9])(?<![0-9][.,' ])1(?:[., ']?000){2}(?:,-|,00)?(?![0-9]|[.,' ]?[0-9]{3}|-[a-z]))",
    THOUSAND: r"(?:(?<![0-9])(?<![0-9][.,' ])1[., ']?000(?:,-|,00)?(?![0-9]|[.,' ]?[0-9]{3}|-[a-z]))",
}
_LETTERS: Mapping[int, str] = {MILLION: "mm?", THOUSAND: "[kt]"}
_ALONE: Mapping[int, str] = {MILLION: "(?!)", THOUSAND: "k(?![a-z0-9])"}
"""A letter that says it without a currency beside it."""
_TIMES = r"(?:(?<![a-z0-9])x|[×*]|(?<![0-9])/)"  # literal: signs that are read
_LABEL = r"\b(?:bedrag(?:en)?|amounts?|eenheid|units?|factor|schaal)\b"  # literal: words that are read, never shown


def _beside_euro(unit: int) -> str:
    """A letter or word that stands at a currency, without a number before it: `kEUR`, `€ mln`."""
    letters, words = _LETTERS[unit], _WORDS[unit]
    behind = rf"(?<![a-z0-9])(?<![0-9.,] )(?:{letters}|{words}) *{_CURRENCY}"
    return rf"(?:{behind}|{_EURO} *(?:{words}|{letters}(?![a-z0-9/]|\.[a-z])))"


def _in_a_line(unit: int) -> re.Pattern[str]:
    """How a line says that amounts are in this unit.

    Behind a times sign, `in` or a label; between brackets or alone; or at a currency. A number in brackets may be a
    code, and one at a currency an amount.
    """
    words, number = _WORDS[unit], _NUMBERS[unit]
    named = rf"(?:{_EURO} *)?(?:{number}|(?:1 *)?(?:{words}|{_ALONE[unit]}))"
    apart = rf"{_EURO} *{number}|{number} *{_EURO}|(?:{_EURO} *)?(?:1 *)?(?:{words}|{_ALONE[unit]})(?: *{_EURO})?"
    ways = (
        rf"{_TIMES} *{named}",
        rf"\b(?:in|op)(?: hele)? +{named}",
        rf"{_LABEL}[ :=(\[]*{named}",
        rf"(?:^|[(\[]|[:=]) *(?:{apart}) *(?:$|[)\]]|[;,])",
        _beside_euro(unit),
    )
    return re.compile("(?i)" + "|".join(ways))


def _in_a_cell(unit: int) -> re.Pattern[str]:
    """How a cell says it that holds nothing else."""
    word = rf"(?:{_NUMBERS[unit]}|(?:1 *)?{_WORDS[unit]}|{_LETTERS[unit]})"
    return re.compile(rf"(?i)(?:{_TIMES} *)?(?:{_CURRENCY} *)?{word}(?: *{_CURRENCY})?")


UNITS = (MILLION, THOUSAND)
_LINES: Mapping[int, re.Pattern[str]] = {unit: _in_a_line(unit) for unit in UNITS}
_CELLS: Mapping[int, re.Pattern[str]] = {unit: _in_a_cell(unit) for unit in UNITS}
_HEADERS: Mapping[int, re.Pattern[str]] = {
    unit: re.compile(rf"(?i){_WORDS[unit]}|{_NUMBERS[unit]} *(?:{_CURRENCY}|$)") for unit in UNITS
}
_KILO = re.compile(r"(?<![A-Za-z])k(?![A-Za-z])|\(K\)|\bin K\b")
"""A letter in the name of a column of amounts. A capital alone is credit: `Bedrag K`."""
_BEHIND: Mapping[
    int, str
] = {  # literal: words that are read, never shown; for the engine, which looks at no neighbours
    MILLION: r"(?i)([0-9])[ \u00a0\u202f]*(?:m|mm|mln\.?|mio\.?|mil[jl]i?oen) *(?:€|euro?)?$",
    THOUSAND: r"(?i)([0-9])[ \u00a0\u202f]*(?:k|dzd\.?|duizend|t *(?:€|eur)) *(?:€|euro?)?$",
}
"""A unit behind each amount: `1,3k`."""


def unit_said(line: str) -> int | None:
    """In how many euros a line says that amounts are: `Bedragen x € 1.000`, `(dzd)`, `in kEUR`; else None."""
    return _first(_LINES, lambda words: words.search(_plain(line)))


def unit_of_header(header: str) -> int | None:
    """The same of the name of a column of amounts, where such a word means nothing else: `Bedrag mln`, `Bedrag k`."""
    found = _first(_HEADERS, lambda words: words.search(_plain(header)))
    found = found or unit_said(header if _KILO.search(header) else re.sub(r"\bK\Z", "", header))
    return found or (THOUSAND if _KILO.search(header) else None)


def unit_of_cell(cell: str) -> int | None:
    """The same of a cell that holds nothing but a unit: `x 1.000`, `k€`."""
    return _first(_CELLS, lambda words: words.fullmatch(_plain(cell)))


def unit_of_amounts(amounts: pl.Series) -> int | None:
    """In how many euros all amounts of a column are that have their unit behind them; None where one has not."""
    texts = amounts.cast(pl.String).unique()
    texts = texts.filter(~texts.str.contains(NOTHING))
    return next((unit for unit in UNITS if texts.len() and texts.str.contains(_BEHIND[unit]).all()), None)


def without_unit(amounts: pl.Series, unit: int) -> pl.Series:
    """Amounts without the unit behind them, where all have this one; else as they are."""
    return amounts.str.replace(_BEHIND[unit], "${1}") if unit_of_amounts(amounts) == unit else amounts


def _first(patterns: Mapping[int, re.Pattern[str]], fits: Callable[[re.Pattern[str]], object]) -> int | None:
    return next((unit for unit, words in patterns.items() if fits(words)), None)


def _plain(text: str) -> str:
    """A text with plain blanks, and `_` as one of them."""
    return re.sub(r"[\s_]+", " ", text).strip()
