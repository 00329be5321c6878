"""Cells as packages and spreadsheets dress them, undressed: one rule for CSV, XLSX and XAF, on every row.

A cell is looked at once where it stands in many places. What is taken off a code is said; what may be another code than
it looks like is not guessed at.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime

import polars as pl

from gebiedswerk.formats.column_store import changed, distinct

PLAIN = r"^[!-&(-<>-~](?:[ -~]*[!-~])?$|^$"
"""A cell of printed ASCII without a blank around it, that opens with no quote or equals sign: nothing to take off."""
SPACES = r"[\u0009\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]"
GUARD = re.compile(r'=\s*+"(?:"*+(?P<text>[^"]++)"++|"++)')
"""How a package keeps a spreadsheet from making a number of a code: `="0710"`."""
AS_NUMBER = r"^[0-9]{3,}\.0$|^$"
"""A code that a program wrote as a number with a decimal, as it does to a column in which a cell is empty."""
SCIENTIFIC = re.compile(r"[0-9](?:[.,][0-9]+)?[eE][+-]?[0-9]{1,3}")
"""A code that a spreadsheet wrote as a number with a power of ten: `7,13E+03`."""
INVISIBLE = frozenset({"Cc", "Cf", "Zl", "Zp", "Cn", "Co", "Cs"})
CURRENCY = r"(?i:€|euro?)"
TIME = (
    r"(?:(?<![ T])[ T]++(?:[01]?[0-9]|2[0-4])[:.][0-5][0-9](?:[:.][0-5][0-9](?:[.,][0-9]+)?)?"
    r"(?: ?[AaPp][Mm])?(?:Z|[+-][0-9]{2}:?[0-9]{2})?|Z)$"
)
"""The time behind a day, and its zone."""
MOMENT = re.compile(
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})[ T]+(?P<time>[0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(?:[.,][0-9]+)?"
    r"(?P<zone>Z|[+-][0-9]{2}:?[0-9]{2})"
)
"""A moment that says in which zone its time is."""


def bare_code(cell: str) -> str:
    """A code without what keeps a spreadsheet off it, invisible signs, and blanks that are no part of it."""
    seen = "".join(" " if unicodedata.category(sign) == "Zs" or sign == "\t" else sign for sign in cell)
    seen = "".join(sign for sign in seen if unicodedata.category(sign) not in INVISIBLE).strip()
    guarded = GUARD.fullmatch(seen)
    seen = (guarded["text"] or "").strip() if guarded else seen
    return seen[1:].strip() if seen.startswith("'") and not seen.endswith("'") else seen


def is_lookalike(cell: str) -> bool:
    """Whether a code holds a letter or digit that only looks like one of ours: Cyrillic `А`, full-width `７`."""
    return any(_is_foreign(sign) for sign in cell if not sign.isascii())


def _is_foreign(sign: str) -> bool:
    if sign.isdigit() or sign.isnumeric():
        return True
    return sign.isalpha() and not unicodedata.name(sign, "").startswith("LATIN ") or _is_wide(sign)


def _is_wide(sign: str) -> bool:
    return unicodedata.east_asian_width(sign) in "FW"


def visible(cell: str) -> str:
    """A cell with each sign that does not show, or looks like another, as its number: `7130<U+001F>`."""
    return "".join(f"<U+{ord(sign):04X}>" if _hides(sign) else sign for sign in cell)


def _hides(sign: str) -> bool:
    odd = not sign.isascii() and (_is_foreign(sign) or unicodedata.category(sign) == "Zs")
    return odd or unicodedata.category(sign) in INVISIBLE


def bare_codes(column: pl.Series) -> tuple[pl.Series, pl.Series]:
    """A column of codes without what is around them, and in which places something was taken off. Where every code ends
    in `.0`, it is none of it: `7110.0`.
    """
    known = distinct(column)
    cells = column if known is None else known
    odd = ~cells.str.contains(PLAIN)
    numbers = bool(cells.str.contains(AS_NUMBER).all() and (cells != "").any())
    if not odd.any() and not numbers:
        return column, pl.Series(dtype=pl.Boolean)
    bare = changed(column, lambda texts: _each(texts, ~texts.str.contains(PLAIN)))
    if numbers:
        bare = changed(bare, lambda texts: texts.str.strip_suffix(".0"))
    return bare, bare.cast(pl.String) != column.cast(pl.String)


def _each(texts: pl.Series, odd: pl.Series) -> pl.Series:
    places = odd.arg_true()
    return texts.clone().scatter(places, [bare_code(cell) for cell in texts.gather(places)]) if len(places) else texts


def bare_amounts(column: pl.Series, decimal: str, thousands: str = "", *, trailing_minus: bool = False) -> pl.Series:
    """A column of amounts without currency, blanks and brackets: `€ 1.250,00` is `1.250,00`, `(3,00)` is `-3,00`.

    `,47` is `0,47`, `109,` and `109,-` are `109`, `200,0000` is `200,00`, `1'250,00` and `1 250,00` are `1250,00`, a
    lone dash is nothing booked, and what binary adding up leaves behind more than ten decimals is rounded off. What
    else is odd stays, and is then no amount; so does `109,-` where a minus may stand behind.

    `1.250` among amounts such as `7.25` stays too where there may be marks of `thousands`: it may be a thousand times
    what it says, typed by a person into a column of numbers.
    """
    mark = re.escape(decimal)
    usual = rf"^-?[0-9][0-9.,]*{mark}[0-9]{{2}}$|^$"
    known = distinct(column)
    cells = column if known is None else known
    if cells.str.contains(usual).all():
        return column
    three = not thousands or not cells.str.contains(rf"{mark}[0-9]{{1,2}}[^0-9]*$").any()

    def bare(texts: pl.Series) -> pl.Series:
        places = (~texts.str.contains(usual)).arg_true()
        if not len(places):
            return texts
        odd = _bare_amounts(texts.gather(places), decimal, three=three, trailing_minus=trailing_minus)
        return texts.scatter(places, odd)

    return changed(column, bare)


def _bare_amounts(cells: pl.Series, decimal: str, *, three: bool, trailing_minus: bool) -> pl.Series:
    """Odd amounts undressed, step after step: nested in one expression, each branch would do all before it again."""
    mark, frame = re.escape(decimal), cells.to_frame("cell")
    undressed = _undressed(mark, decimal, three=three, trailing_minus=trailing_minus)
    steps = (undressed, *_without_blanks(mark), _rounded(mark, decimal))
    for step in steps:
        frame = frame.with_columns(step.alias("cell"))
    return frame.to_series()


def _undressed(mark: str, decimal: str, *, three: bool, trailing_minus: bool) -> pl.Expr:
    text = pl.col("cell").str.replace_all(SPACES, " ").str.replace_all(r"[\u200b-\u200f\u2060\ufeff\u00ad]", "")
    text = _plain_sign(text.str.strip_chars(" ").str.replace(r"^'([^'].*)$", "${1}").str.strip_chars(" "))
    text = text.str.replace(rf"^([-+]?){mark}([0-9])", f"${{1}}0{decimal}${{2}}")
    behind = "" if trailing_minus else "[-–—=]?"
    text = text.str.replace(rf"^([^{mark}]*[0-9]){mark}{behind}$", "${1}")
    zeros = "0+" if three else "00+"
    return text.str.replace(rf"^(.*[0-9]{mark}[0-9]{{2}}){zeros}([-−]?)$", "${1}${2}")


def _rounded(mark: str, decimal: str) -> pl.Expr:
    """A dash is nothing; what binary adding up left behind is rounded off."""
    text = pl.col("cell")
    nothing = text.str.contains(rf"^[-+](?:{mark}?-*)?$")
    binary = text.str.contains(rf"^[-+]?[0-9]+{mark}[0-9]{{10,}}$")
    near = text.str.replace(mark, ".").cast(pl.Float64, strict=False)
    return pl.when(nothing).then(pl.lit("0")).when(binary).then(_near(near, text, decimal)).otherwise(text)


def _plain_sign(text: pl.Expr) -> pl.Expr:
    """An amount without currency or brackets, its minus a plain one right before the digits."""
    text = text.str.replace("^-/- *", "-").str.replace(r"^([0-9][0-9., ]*?) *-/-$", "-${1}")
    text = text.str.replace("^[−–—]", "-").str.replace(rf"^([-+]?) *{CURRENCY} *[−–—]", "${1}-")
    text = text.str.replace(rf"^([-+]?) *{CURRENCY} *", "${1}").str.replace(rf" *{CURRENCY}$", "")
    text = text.str.replace(rf"^\( *(?:{CURRENCY} *)?([^()\-−–—]*?) *\)$", "-${1}")
    return text.str.replace(r"^([-+]) +([0-9])", "${1}${2}")


def _without_blanks(mark: str) -> Iterator[pl.Expr]:
    """An amount without the blanks, or the apostrophes of Swiss exports, between its thousands: a step for each."""
    for blank in (" ", "'", "’"):
        text = pl.col("cell")
        apart = text.str.contains(rf"^[-+]?[1-9][0-9]{{0,2}}(?:{blank}[0-9]{{3}})+(?:{mark}[0-9]+)?$")
        yield pl.when(apart).then(text.str.replace_all(blank, "", literal=True)).otherwise(text)


def _near(number: pl.Expr, text: pl.Expr, decimal: str) -> pl.Expr:
    """A number with what binary adding left behind, to the cent where it is that near; else as it is written."""
    cents = (number * 100).round()
    fits = ((cents / 100 - number).abs() <= 1e-6) & (number.abs() < 1e11)
    whole = cents.cast(pl.Int64, strict=False)
    rest = (whole.abs() % 100).cast(pl.String).str.pad_start(2, "0")
    sign = pl.when(whole < 0).then(pl.lit("-")).otherwise(pl.lit(""))
    return pl.when(fits).then(sign + (whole.abs() // 100).cast(pl.String) + decimal + rest).otherwise(text)


def bare_day(cell: str) -> str:
    """A day without the time behind it, and without invisible signs. Of a moment with its zone, the day it was here:
    `2024-12-31T23:00:00Z` is the first of January.
    """
    seen = "".join(sign for sign in cell if unicodedata.category(sign) not in INVISIBLE or sign == "\t").strip()
    moment = MOMENT.fullmatch(seen)
    return re.sub(TIME, "", seen) if moment is None else _day_here(moment) or moment["day"]


def _day_here(moment: re.Match[str]) -> str | None:
    """The day in Central Europe; None where there is no such moment. The engine knows the zones."""
    try:
        there = datetime.fromisoformat(f"{moment['day']}T{moment['time']}{moment['zone']}")
        here = pl.Series([there.astimezone(UTC)]).dt.convert_time_zone("CET").dt.date()[0]
    except (ValueError, OverflowError):
        return None
    return str(here)
