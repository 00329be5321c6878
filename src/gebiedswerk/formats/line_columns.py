"""Columns of an unknown file for which lines between its rows stand: `Kostenplaats: 7110 Noorderwijk` above a group."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from gebiedswerk.dossier.settings import CODE_COLUMNS
from gebiedswerk.formats.lines_above import ABOVE, MARK
from gebiedswerk.formats.named_codes import parted
from gebiedswerk.formats.sample import Sample
from gebiedswerk.formats.synonyms import plain, synonyms

_LINE = re.compile(rf"(?P<word>[^\W\d_][^\d:;|=]{{1,39}}?){MARK}(?P<rest>[A-Za-z]{{0,6}}[-._]?[0-9].*)", re.DOTALL)
_CODE = re.compile(r"[A-Za-z]{0,6}[-._]?[0-9]+[A-Za-z]{0,3}(?:[-._][0-9A-Za-z]+)*")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?![0-9])")
_SPAN = re.compile(r"(?i)\bt/m\b|\btot\b|[0-9]{3}|:")


def with_line_columns(sample: Sample) -> tuple[Sample, str]:
    """A sample with a column for each word by which lines name a code that no column holds, without those lines; and
    the column in which they stand. As it is, and nothing, where there are none.
    """
    lines = [(at, *one) for at, row in enumerate(sample.rows) if (one := _line(sample.header, row))]
    words = {word for _, _, word, _ in lines}
    kept = {word for word in words if len({rest for _, _, one, rest in lines if one == word}) > 1}
    kept |= {word for word in words if any(at == 0 for at, _, one, _ in lines if one == word)}
    free = {word for word in kept if not _is_filled(sample, word)}
    lines = [one for one in lines if one[2] in free]
    places = {header for _, header, _, _ in lines}
    lines = lines if len(places) == 1 else []
    title = {word: rest for word, rest in _title_words(sample) if not _is_filled(sample, word)}
    order = list(dict.fromkeys([*title, *(word for _, _, word, _ in lines)]))
    if not order:
        return sample, ""
    told = {at: (word, rest) for at, _, word, rest in lines}
    rows, now = list[list[str]](), dict.fromkeys(order, "") | title
    for at, row in enumerate(sample.rows):
        if at in told:
            word, rest = told[at]
            now |= {word: rest} | dict.fromkeys(order[order.index(word) + 1 :], "")
        else:
            rows.append([*row, *now.values()])
    header = [*sample.header, *(f"{word}{ABOVE}" for word in order)]
    return replace(sample, header=header, rows=rows), places.pop() if lines else ""


def _line_words(text: str) -> tuple[str, str] | None:
    """The word and the rest of a line that names a code by a name that packages use for it; a year is no code."""
    found = _LINE.fullmatch(text)
    if not found or not _is_name(found["word"]) or _YEAR.match(found["rest"]):
        return None
    return found["word"].strip(), found["rest"].strip()


def _is_name(word: str) -> bool:
    return any(plain(word) in one for one in _synonyms().values())


def _title_words(sample: Sample) -> Iterator[tuple[str, str]]:
    """What the title names, where that is one code: `Kostenplaats: 7100 t/m 7199` is none."""
    for found in filter(None, map(_line_words, sample.title)):
        named = parted(found[1])
        if _CODE.fullmatch(found[1]) or named and not _SPAN.search(named[1]):
            yield found


def _line(header: Sequence[str], row: Sequence[str]) -> tuple[str, str, str] | None:
    """The column of a line, its word and the rest."""
    filled = [cell for cell in row if cell]
    found = _line_words(filled[0]) if len(filled) == 1 else None
    place = next((name for name, cell in zip(header, row, strict=False) if cell), "")
    return (place, *found) if found and place else None


def _is_filled(sample: Sample, word: str) -> bool:
    """Whether a column of that name, or of another one for the same code, says it in the rows themselves."""
    same = set[str]().union(*(one for one in _synonyms().values() if plain(word) in one))
    names = [name for name in sample.header if name and plain(name) in same]
    return any(sum(map(bool, row)) > 1 and row[sample.header.index(name)] for name in names for row in sample.rows)


@cache  # cache: by a file of ours
def _synonyms() -> Mapping[str, set[str]]:
    """What packages call each code."""
    tiers = [synonyms()[tier] for tier in ("certain", "likely")]
    return {name: {plain(one) for tier in tiers for one in tier.get(name, ())} for name in CODE_COLUMNS}
