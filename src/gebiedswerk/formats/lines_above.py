"""Lines of words that name a code of the rows below them, as in a ledger card: `Kostenplaats: 7110 Noorderwijk`.

Each such word gives a column that the file does not have: `Kostenplaats (regel erboven)`. A profile names it as any
other, and says in `line_column` where the lines stand. Such a line in the title is that of all rows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

import polars as pl

from gebiedswerk.dossier import Profile
from gebiedswerk.formats.format import SAME
from gebiedswerk.formats.text_rows import text_rows

ABOVE = " (regel erboven)"  # literal: the name of a column
"""Behind the word with which lines begin: the column of what else stands in them."""
MARK = r"(?:\s*[:;|=]\s*|\s+[-–]?\s*|\.\s*)"


def word_above(header: str) -> str:
    """The word with which the lines of a column begin; empty for a column of the file."""
    return header.removesuffix(ABOVE) if header.endswith(ABOVE) else ""


def with_lines_above(
    cells: pl.DataFrame, profile: Profile, title: Callable[[], Iterable[Sequence[str]]]
) -> pl.DataFrame:
    """The rows with a column for each word of the profile, and without the lines that say what stands there.

    A line of a word that comes first in the file also ends what those of later words said: each group has its own.
    `title` gives the rows above the header; where those of several sheets differ they say nothing.
    """
    headers = dict.fromkeys([*profile.columns.values(), profile.flows.column])
    words = {header: word for header in headers if (word := word_above(header)) and header not in cells.columns}
    if not words:
        return cells
    texts, lines = pl.repeat("", cells.height, dtype=pl.String, eager=True), text_rows(cells, profile)
    if profile.line_column in cells.columns:
        texts = cells[profile.line_column].cast(pl.String).fill_null("")
    said = {header: _said(texts, lines, word) for header, word in words.items()}
    order = sorted(said, key=lambda header: said[header].is_not_null().arg_max() or 0)
    above_all = list(title())
    whole = {header: _in_title(above_all, word) for header, word in words.items()}
    columns, above, any_line = [], pl.repeat(value=False, n=cells.height, dtype=pl.Boolean, eager=True), lines & False
    for header in order:
        column = said[header]
        ended = pl.select(pl.when(column.is_null() & above).then(pl.lit("")).otherwise(column)).to_series()
        columns.append(ended.forward_fill().fill_null(whole[header]).alias(header))
        above = above | column.is_not_null()
        any_line = any_line | column.is_not_null()
    kept = cells.with_columns(columns)
    if SAME in cells.columns:  # the same row below another line is another row
        kept = kept.with_columns(pl.col(SAME) ^ pl.struct(order).hash(0))
    return kept.filter(~any_line)


def without_lines(cells: pl.DataFrame) -> list[str]:
    """The columns of which no line and no title says anything, so that their code would be lost in every row."""
    return [one for one in cells.columns if word_above(one) and cells.height and not (cells[one] != "").any()]


def _in_title(rows: Iterable[Sequence[str]], word: str) -> str:
    """What the title says behind a word, if it says one thing."""
    lines = pl.Series([" ".join(filter(None, map(str.strip, row))) for row in rows], dtype=pl.String)
    found = _said(lines, pl.repeat(value=True, n=lines.len(), eager=True), word).drop_nulls().unique()
    return str(found[0]) if len(found) == 1 else ""


def _said(texts: pl.Series, lines: pl.Series, word: str) -> pl.Series:
    """What stands behind a word in the lines that begin with it; null elsewhere."""
    found = texts.str.extract(rf"(?is)^{re.escape(word)}{MARK}(.+)$", 1).str.strip_chars()
    return found.set(~lines, None)
