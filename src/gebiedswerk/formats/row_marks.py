"""What every reader says of a whole row, besides the cells that a profile asks for: which words make it look like a
total, and whether the same row stood there before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import polars as pl

from gebiedswerk.formats.format import LABEL, ROW, SAME

BETWEEN = "\t"

_KIND = r"(?:sub|eind|tussen|hoofd|groot|generaal|algemeen|kolom|blad|pagina|grand|page)"
_WHOLE = r"(?:totaal|totalen|totaaltelling|total|totals)"
_STATE = r"(?:begin|eind|openings?|slot|start|oud|nieuw|vorig)"
_WORDS = (  # literal: words that are read, never shown
    rf"{_KIND}?[ -]?{_WHOLE}(?:$|[^\w].*)",
    rf".{{0,60}}[^\w]{_KIND}?{_WHOLE}:?",
    rf"(?:per )?{_STATE}?[ -]?sald[oi](?:$|[^\w].*)",
    r"(?:opening|closing|starting|ending)[ -]balance(?:$|[^\w].*)",
    r"(?:transport|te transporteren|over te brengen):?",
    r"(?:van|naar) (?:de )?(?:vorige|volgende) (?:pagina|blad(?:zijde)?):?",
    r"(?:(?:begin|eind|openings?|slot)(?:balans|stand)|tussentelling|optelling|telling)(?:$|[^\w].*)",
    r"(?:sub)?tot\.(?:$|[ :*].{0,40})",
    r"subtot(?:$|[ :*].{0,40})",
    r"\*{1,5} {0,3}(?:sub|eind)?totaal.{0,40}",
    r"t o t a a l.{0,20}|overall result",
)
LOOKS = rf"(?i)^(?:{'|'.join(_WORDS)})$"
"""A cell that names a total or a balance. Both engines read it alike: it is bounded and knows no look-around."""
_LABEL = re.compile(LOOKS)
_PARTS = (  # literal: words that are read, never shown
    "tota",
    "sald",
    "\u017fald",
    "telling",
    "balan",
    "transpor",
    "tran\u017fpor",
    "over te brengen",
    "beginstand",
    "eindstand",
    "slotstand",
    "openingsstand",
    "openingstand",
    "subtot",
    "tot.",
    "t o t a",
    "overall result",
    "vorige ",
    "volgende ",
)
"""A part of every word above, also with the other small s: cheaper to look for."""
_SMALL = "|".join(_PARTS)
_MAYBE = f"(?i){_SMALL}"


def is_label(cell: str) -> bool:
    """Whether a cell names a total or a balance: `Subtotaal 7101`, `Beginsaldo`."""
    return _LABEL.match(cell) is not None


def label_of(header: Sequence[str], record: Iterable[str]) -> str:
    """Header and text of the first cell of a record that names a total, as `LABEL` holds them; empty for none."""
    for at, cell in enumerate(record):
        if _may_label(cell) and is_label(cell.strip()):
            name = header[at] if at < len(header) else ""
            return f"{name}{BETWEEN}{cell.strip()}"
    return ""


_may_label = re.compile(_MAYBE).search


def marked(cells: pl.DataFrame, small: pl.Series | None = None) -> list[pl.Series]:
    """`LABEL` and `SAME` of rows that are all text; one cell, `small`, holds all of them in small letters where
    looking at it first is cheaper.

    The letters of all parts are those of ASCII, but for one that is named: in small letters they are found much faster.
    """
    names = [name for name, kind in cells.schema.items() if name != ROW and kind == pl.String]
    same = cells.drop(ROW).hash_rows(seed=0).alias(SAME)
    if not names or small is not None and not small.str.contains(_SMALL)[0]:
        return [pl.repeat("", cells.height, dtype=pl.String, eager=True).alias(LABEL), same]
    maybe = cells.select(
        pl.any_horizontal(pl.col(names).str.contains_any(list(_PARTS), ascii_case_insensitive=True))
    ).to_series()
    label = pl.repeat("", cells.height, dtype=pl.String, eager=True).alias(LABEL)
    if maybe.any():  # of few rows: all that such a word stands in are read again, cell by cell
        label = label.scatter(maybe.arg_true(), _labels(cells.filter(maybe), names))
    return [label, same]


def whole(text: bytes) -> pl.Series:
    """One cell that holds all of a text: the engine looks through it faster than Python decodes it.

    Raises polars.exceptions.ComputeError where the text is not UTF-8.
    """
    return pl.Series([text]).cast(pl.String)


def _labels(cells: pl.DataFrame, names: Sequence[str]) -> pl.Series:
    """Of each row the header and text of its first cell that names a total."""
    stripped = [pl.col(name).str.strip_chars() for name in names]
    named = [
        pl.when(cell.str.contains(LOOKS)).then(pl.lit(f"{name}{BETWEEN}") + cell)
        for name, cell in zip(names, stripped, strict=True)
    ]
    return cells.select(pl.coalesce(*named, pl.lit(""))).to_series()
