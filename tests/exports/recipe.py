"""What varies over exports, and which of it a file has: one option of every kind, chosen by the number of the file."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from tests.exports.names import EXTRAS, PACKAGES
from tests.exports.notation import (
    AMOUNTS,
    AS_MONTHS,
    DAYS,
    HEADS_BY_NUMBER,
    HEADS_WITH_YEAR,
    MONTH_HEADS,
    PERIODS,
    WHOLE,
    WITH_YEAR,
)

Recipe = Mapping[str, str]
"""Kind of variation → option."""
Options = Mapping[str, int]
"""Option → how often it is chosen, the first being what is usual."""

KINDS: Mapping[str, Options] = {
    "format": {"csv": 60, "xlsx": 40},
    "package": dict.fromkeys(PACKAGES, 10),
    "order": {"usual": 70, "shuffled": 30},
    "extras": {"none": 40, "some": 40, "many": 20},
    "title": {"none": 70, "one line": 8, "block": 14, "block with blank lines": 8},
    "footer": {"none": 80, "print date": 8, "end": 6, "page": 6, "count": 6},
    "totals": {
        "none": 64,
        "grand": 8,
        "per centre": 8,
        "per centre, filled": 6,
        "per page": 4,
        "balances": 6,
        "unnamed": 5,
        "unnamed and whole": 3,
        "unnamed above": 4,
        "group code": 4,
        "all": 4,
    },
    "amount beside": {"none": 92, "currency": 4, "budget": 4, "tax": 4},
    "header": {
        "one": 72,
        "per page": 6,
        "groups above": 5,
        "groups per page": 3,
        "merged": 4,
        "merged per page": 4,
        "title per page": 3,
        "lines per page": 3,
    },
    "sign": {
        "two columns": 24,
        "two columns, nil": 8,
        "credit below zero": 8,
        "signed": 16,
        "minus behind": 6,
        "brackets": 4,
        "D/C": 8,
        "N/V": 4,
        "+/-": 3,
        "words": 4,
        "behind": 4,
        "before": 2,
        "CR": 2,
        "lasten baten": 8,
        "income unsigned": 5,
        "costs below zero": 4,
        "signed and D/C": 2,
        "L/B": 3,
        "two columns and balance": 3,
        "C alone": 3,
        "factor": 3,
        "documents": 3,
    },
    "amounts": {"1.250,00": 40} | {name: 4 for name in AMOUNTS if name != "1.250,00"},
    "nil": {"empty": 70, "0,00": 15, "-": 15},
    "days": {"dd-mm-jjjj": 40, "none": 10} | {name: 5 for name in DAYS if name != "dd-mm-jjjj"},
    "periods": {"1": 40} | {name: 4 for name in PERIODS if name != "1"},
    "year": {"column": 82, "title": 6, "nowhere": 8, "two digits": 2, "two years": 6},
    "codes": {
        "plain": 58,
        "with names": 10,
        "names beside": 10,
        "guarded": 5,
        "leading zero": 6,
        "dotted": 4,
        "letters": 4,
        "blanks around": 3,
    },
    "encoding": {"utf-8": 30, "utf-8-sig": 20, "cp1252": 30, "utf-16": 6, "utf-16-le": 4, "utf-16-be": 2, "ascii": 8},
    "ends": {"\r\n": 60, "\n": 34, "\r": 6},
    "mark": {";": 60, ",": 16, "\t": 14, "|": 10},
    "quoting": {"minimal": 70, "texts": 15, "all": 15},
    "cells behind": {"none": 84, "in rows": 8, "everywhere": 8},
    "empty rows": {"none": 84, "some": 10, "below": 6},
    "doubles": {"none": 88, "one": 12},
    "nil rows": {"none": 90, "some": 10},
    "turned": {"no": 92, "yes": 8},
    "closing": {"no": 90, "yes": 10},
    "totals in words": {"no": 94, "yes": 6},
    "cells": {
        "numbers": 40,
        "tails": 14,
        "text": 16,
        "mixed": 8,
        "formulas": 8,
        "codes as text": 14,
    },
    "sheet days": {"dates": 60, "moments": 12, "text": 16, "iso": 4, "serials": 8},
    "sheets": {
        "one": 74,
        "explanation first": 8,
        "hidden beside": 8,
        "empty beside": 6,
        "named": 4,
        "continued": 8,
        "continued below a title": 6,
        "other columns beside": 5,
    },
    "hidden": {"none": 90, "rows": 5, "column": 5},
    "strings": {"shared": 50, "inline": 50},
    "epoch": {"1900": 94, "1904": 6},
    "merged": {"no": 92, "title": 8},
    "letters": {"capitals": 80, "small": 10, "mixed": 10},
    "named once": {"no": 92, "centre": 6, "centre and year": 3},
    "rows beside": {
        "none": 88,
        "cancelled": 5,
        "dollars": 4,
        "another administration": 4,
        "a forecast": 3,
        "not final": 3,
        "another firm": 3,
        "of a version": 3,
    },
    "second table": {"none": 94, "commitments": 3, "budget": 3},
    "texts": {"plain": 94, "lone quotes": 5},
    "odd": {
        "none": 88,
        "cents": 4,
        "euros and cents": 4,
        "sign without name": 4,
        "shown minus": 12,
        "late days": 4,
        "few named once": 3,
        "thousands": 4,
    },
    "months": {
        "none": 180,
        "in columns": 6,
        "in columns with a sum": 2,
        "in columns that run on": 3,
        "in columns of quarters": 2,
        "in columns over New Year": 2,
        "in columns with closing": 2,
    },
    "month heads": dict.fromkeys(MONTH_HEADS, 10),
    "damage": {
        "none": 1000,
        "day in amount": 8,
        "power in code": 8,
        "zeros lost": 8,
        "formula error": 8,
        "letter in amount": 8,
        "amount missing": 6,
        "row cut": 6,
        "other marks": 6,
    },
}
SHEET = ("cells", "sheet days", "sheets", "hidden", "strings", "epoch", "merged")
TEXT = ("encoding", "ends", "mark", "quoting", "cells behind", "texts")
MERGED = ("two columns", "two columns, nil", "credit below zero", "two columns and balance", "lasten baten")
"""Signs with columns of amounts that may stand below one cell."""
ADVERSE = 12
"""One file in so many has an unusual option of almost every kind; another one in two is usual but for a few kinds."""
LETTERED = ("D/C", "N/V", "words", "behind", "before", "signed and D/C", "C alone")
"""Signs by letters that may be small."""
LOST_OR_CUT = ("amount missing", "row cut")
"""Damage that nobody can see where an empty cell is a month without bookings, or a total looks like a posting."""
AMBIGUOUS: Mapping[str, tuple[str, ...]] = {
    "amounts": ("1.250",),
    "days": ("m/d/jjjj",),
    "year": ("two digits",),
    "sign": ("signed and D/C",),
    "sheet days": ("serials",),
}
"""What a competent controller could read in two ways with only the file."""


def recipe(number: int, seed: int = 0) -> Recipe:
    """The recipe of one file: the same for the same number, always."""
    random = Random(f"{seed}/{number}")
    plain = 0.1 if number % ADVERSE == 0 else random.choice((0.9, 0.75, 0.55))
    chosen = {kind: _option(random, kind, options, plain) for kind, options in KINDS.items()}
    return _possible(chosen)


def _option(random: Random, kind: str, options: Options, plain: float) -> str:
    free = kind in ("format", "package", "sign", "encoding", "damage")
    if not free and random.random() < plain:
        return next(iter(options))
    return random.choices(list(options), list(options.values()))[0]


def _possible(chosen: dict[str, str]) -> Recipe:
    """Options that go together; what a file of that format cannot have is `-`."""
    for kind in SHEET if chosen["format"] == "csv" else TEXT:
        chosen[kind] = "-"
    if chosen["format"] != "csv":
        if chosen["cells"] not in ("text", "mixed"):
            chosen["amounts"] = "1.250,00" if chosen["amounts"] not in WHOLE else "1250"
        if chosen["codes"] == "guarded":
            chosen["codes"] = "plain"
        if chosen["periods"] == "2025.1":
            chosen["periods"] = "2025,10"  # as a number January and October would be one
    if chosen["encoding"] == "cp1252" and chosen["amounts"] == "narrow space":
        chosen["amounts"] = "no-break space"  # that encoding has no other
    if chosen["sign"] == "income unsigned" and chosen["totals"] == "balances":
        chosen["totals"] = "grand"  # a balance of amounts without sign is nobody's
    if chosen["periods"] in AS_MONTHS:
        chosen["closing"] = "no"
    if chosen["year"] in ("title", "nowhere") and chosen["periods"] in WITH_YEAR:
        chosen["periods"] = "1"
    if chosen["year"] == "title" and chosen["title"] == "none":
        chosen["title"] = "one line"
    if chosen["sign"] in (
        "income unsigned",
        "costs below zero",
        "lasten baten",
        "L/B",
        "signed and D/C",
        "brackets",
        "CR",
    ):
        chosen["turned"] = "no"
    if chosen["header"].startswith("merged") and chosen["sign"] not in MERGED:
        chosen["header"] = "per page"
    if chosen["sign"] == "minus behind" and chosen["amounts"][-1] in "€R-":
        chosen["amounts"] = "1.250,00"
    if chosen["sign"] in ("signed", "minus behind"):
        chosen["turned"] = "no"
    return _in_columns(_odd(_alone(chosen)))


def _alone(chosen: dict[str, str]) -> dict[str, str]:
    """Without what cannot be told apart from the kinds that put other rows in a file, or leave cells empty."""
    if chosen["totals"] == "group code" and chosen["codes"] not in ("plain", "leading zero"):
        chosen["codes"] = "plain"
    if chosen["totals"] == "group code" and chosen["damage"] in LOST_OR_CUT:
        chosen["damage"] = "none"  # a total that lost an amount is a posting to everyone
    if chosen["sign"] not in LETTERED:
        chosen["letters"] = "capitals"
    if chosen["named once"] != "no":
        chosen["second table"] = chosen["rows beside"] = "none"
    if chosen["second table"] != "none" or chosen["rows beside"] != "none" or chosen["named once"] != "no":
        chosen["totals"], chosen["damage"], chosen["totals in words"] = "none", "none", "no"
    if chosen["second table"] != "none" or chosen["rows beside"] != "none":
        chosen["footer"] = "none" if chosen["footer"] == "count" else chosen["footer"]  # else it counts those too
    if chosen["texts"] == "lone quotes":
        chosen["quoting"], chosen["damage"], chosen["mark"] = "minimal", "none", ";"
        chosen["codes"] = "plain" if chosen["codes"] == "guarded" else chosen["codes"]
        chosen["totals in words"] = "no"
    return chosen


def _odd(chosen: dict[str, str]) -> dict[str, str]:
    """What goes with an oddity; none where a file cannot have it."""
    odd = chosen["odd"]
    wanted = {
        "euros and cents": chosen["format"] == "csv" and chosen["sign"] in ("two columns", "signed", "D/C"),
        "sign without name": chosen["sign"] in ("D/C", "words", "C alone"),
        "shown minus": chosen["format"] != "csv" and chosen["sign"] == "signed",
    }
    if odd == "none" or not wanted.get(odd, True):
        return {**chosen, "odd": "none"}
    chosen["damage"], chosen["amount beside"], chosen["rows beside"] = "none", "none", "none"
    if chosen["header"].startswith(("merged", "groups")):
        chosen["header"] = "per page"
    chosen["amounts"] = "1250,00" if odd in ("cents", "euros and cents", "shown minus") else chosen["amounts"]
    if odd == "euros and cents":
        chosen["order"], chosen["turned"] = "usual", "no"
    elif odd == "shown minus":
        chosen["cells"] = "numbers"
    elif odd == "late days":
        chosen["periods"], chosen["closing"], chosen["named once"], chosen["second table"] = "1", "no", "no", "none"
        chosen["year"] = "column" if chosen["year"] == "column" else "nowhere"
        chosen["days"] = "dd-mm-jjjj" if chosen["days"] in ("none", "m/d/jjjj", "d-m-jj") else chosen["days"]
        chosen["sheet days"] = "dates" if chosen["sheet days"] == "serials" else chosen["sheet days"]
    elif odd == "few named once":
        chosen["named once"], chosen["second table"], chosen["totals in words"] = "centre", "none", "no"
        chosen["totals"] = "none"
    return chosen


def _in_columns(chosen: dict[str, str]) -> dict[str, str]:
    """What goes with a column for each month; a file without such columns has no name for them."""
    if chosen["months"] == "none":
        return {**chosen, "month heads": "-"}
    chosen |= {"extras": "none", "days": "none", "periods": "1", "amount beside": "none", "order": "usual"}
    chosen |= dict.fromkeys(("named once", "turned", "closing", "totals in words"), "no")
    chosen |= dict.fromkeys(("rows beside", "second table", "odd", "doubles", "nil rows"), "none")
    chosen["texts"] = "plain" if chosen["texts"] == "lone quotes" else chosen["texts"]
    chosen["codes"] = "plain" if chosen["codes"] == "blanks around" else chosen["codes"]
    chosen["hidden"] = "none" if chosen["hidden"] == "column" else chosen["hidden"]
    if chosen["months"].endswith("New Year") and chosen["month heads"] not in HEADS_WITH_YEAR:
        chosen["month heads"] = "jan-25"
    if chosen["months"].endswith("closing") and chosen["month heads"] not in HEADS_BY_NUMBER:
        chosen["month heads"] = "P01"
    if chosen["sign"] not in ("signed", "minus behind", "brackets", "costs below zero"):
        chosen["sign"] = "signed"
    if chosen["header"] not in ("one", "per page", "title per page", "lines per page"):
        chosen["header"] = "one"
    if chosen["totals"] not in ("none", "grand", "per centre", "per page", "all"):
        chosen["totals"] = "grand"
    if chosen["year"] not in ("column", "title", "nowhere"):
        chosen["year"] = "column"
    if chosen["footer"] == "count":
        chosen["footer"] = "end"
    if chosen["damage"] in LOST_OR_CUT:
        chosen["damage"] = "none"
    return chosen


def is_clear(recipe: Recipe) -> bool:
    """Whether a competent controller with only this file would read it in one way."""
    if recipe["damage"] != "none":
        return False
    return not any(recipe[kind] in options for kind, options in AMBIGUOUS.items())


def extras(random: Random, recipe: Recipe) -> list[str]:
    """The columns beside those of the postings."""
    count = {"none": 0, "some": 2, "many": 6}[recipe["extras"]]
    return random.sample(list(EXTRAS), count)
