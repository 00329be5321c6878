"""Columns of an unknown file for which lines between its rows stand: `Kostenplaats: 7110 Noorderwijk` above a group."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from gebiedswerk.dossier.settings import CODE_COLUMNS
from gebiedswerk.formats.lines_above import ABOVE, MARK
from gebiedswerk.formats.sample import Sample
from gebiedswerk.formats.synonyms import plain, synonyms

_LINE = re.compile(rf"(?P<word>[^\W\d_][^\d:;|=]{{1,39}}?){MARK}(?P<rest>[A-Za-z]{{0,6}}[-._]?[0-9].*)", re.DOTALL)


def with_line_columns(sample: Sample) -> tuple[Sample, str]:
    """A sample with a column for each word by which lines name a code that no column holds, without those lines; and
    the column in which they stand. As it is, and nothing, where there are none.
    """
    lines = [(at, *one) for at, row in enumerate(sample.rows) if (one := _line(sample.header, row))]
    words = {word for _, _, word, _ in lines}
    kept = {word for word in words if len({rest for _, _, one, rest in lines if one == word}) > 1}
    kept |= {word for word in words if any(at == 0 for at, _, one, _ in lines if one == word)}
    lines = [one for one in lines if one[2] in kept and not _is_filled(sample, one[2])]
    places = {header for _, header, _, _ in lines}
    if len(places) != 1:
        return sample, ""
    order = list(dict.fromkeys(word for _, _, word, _ in lines))
    told = {at: (word, rest) for at, _, word, rest in lines}
    rows, now = list[list[str]](), dict.fromkeys(order, "")
    for at, row in enumerate(sample.rows):
        if at in told:
            word, rest = told[at]
            now |= {word: rest} | dict.fromkeys(order[order.index(word) + 1 :], "")
        else:
            rows.append([*row, *now.values()])
    header = [*sample.header, *(f"{word}{ABOVE}" for word in order)]
    return replace(sample, header=header, rows=rows), places.pop()


def _line_words(row: Sequence[str]) -> tuple[str, str] | None:
    """The word and the rest of a row with one cell, where that names a code by a name that packages use for it."""
    filled = [cell for cell in row if cell]
    found = _LINE.fullmatch(filled[0]) if len(filled) == 1 else None
    return (found["word"].strip(), found["rest"].strip()) if found and plain(found["word"]) in _names() else None


def _line(header: Sequence[str], row: Sequence[str]) -> tuple[str, str, str] | None:
    """The column of a line, its word and the rest."""
    found = _line_words(row)
    place = next((name for name, cell in zip(header, row, strict=False) if cell), "")
    return (place, *found) if found and place else None


def _is_filled(sample: Sample, word: str) -> bool:
    """Whether a column of the same name says it in the rows themselves."""
    names = [name for name in sample.header if name and plain(name) == plain(word)]
    return any(sum(map(bool, row)) > 1 and row[sample.header.index(name)] for name in names for row in sample.rows)


def _names() -> set[str]:
    return set(_synonyms())


def _synonyms() -> Iterator[str]:
    for tier in ("certain", "likely"):
        for name in CODE_COLUMNS:
            yield from map(plain, synonyms()[tier].get(name, ()))
