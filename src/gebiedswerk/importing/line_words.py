"""Which budget line the words of a file mean by a code: what its rows say beside that code, and who is called so."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gebiedswerk.dossier import Delivery, Dossier
from gebiedswerk.formats.named_codes import parted
from gebiedswerk.formats.recognise import importer_of

MOST_BYTES = 20_000_000
"""Of a larger file the words are not looked for: it would be read once more, whole."""
BESIDE = frozenset(  # literal: words that are read, never shown
    "wijk wijken buurt dorp dorpen kern kernen stadsdeel gebied gebieden gebiedsgericht gebiedsgerichte werken ggw "
    "budget budgetten wijkbudget buurtbudget dorpsbudget gebiedsbudget bewonersbudget leefbaarheid "
    "leefbaarheidsbudget wijkteam gebiedsteam team kostenplaats area district village neighbourhood".split()
)
"""Words that say of no area which one it is: beside the name of a line they leave no doubt."""
WORDLESS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Meant:
    """A budget line, the words of the file that name it, and whether they say nothing else."""

    line: str
    words: str
    sure: bool


def words_of_codes(delivery: Delivery, column: str) -> dict[str, tuple[str, ...]]:
    """Code → what the first rows of a delivery always say beside it, and within its cell behind it.

    Nothing for a file that names no columns, such as an audit file.
    """
    header = delivery.profile.columns.get(column)
    if header is None or delivery.path.stat().st_size > MOST_BYTES:
        return {}
    importer = importer_of(delivery.path).value
    sample = importer.sample(delivery.path) if importer else None
    if sample is None or header not in sample.header:
        return {}
    at = sample.header.index(header)
    beside: dict[str, list[set[str]]] = defaultdict(lambda: [set() for _ in sample.header])
    for row in sample.rows:
        for place, cell in enumerate(row):
            beside[row[at]][place].add(cell)
    steady = [
        place
        for place in range(len(sample.header))
        if all(len(said[place]) == 1 for code, said in beside.items() if code)
    ]
    return {code: tuple(next(iter(said[place])) for place in steady) for code, said in beside.items() if code}


def meant(code: str, said: Mapping[str, tuple[str, ...]], names: Mapping[str, tuple[str, ...]]) -> Meant | None:
    """The one line that the words beside a code name; None where they name none, or more than one.

    `said`: cell of the file → the words beside it; `names`: line → how it is called.
    """
    texts = [text for cell, words in said.items() if _is_code(code, cell) for text in words]
    found = [one for text in dict.fromkeys(texts) if (one := _named(_without(code, text), names))]
    if len({one.line for one in found}) != 1:
        return None
    return next((one for one in found if one.sure), found[0])


def _is_code(code: str, cell: str) -> bool:
    """Whether a cell is a code, or begins with it and goes on with its name: `7101 - Noord`."""
    found = parted(cell)
    return cell == code or (found[0] == code if found else cell.startswith(code) and not cell[len(code)].isalnum())


def _without(code: str, text: str) -> str:
    """The words of a text beside its code."""
    found = parted(text)
    return (found[1] if found else text[len(code) :]) if _is_code(code, text) else text


def _named(text: str, names: Mapping[str, tuple[str, ...]]) -> Meant | None:
    """The line that a text names; of a name within another (`Noord`, `Noord-Oost`) the longer counts."""
    words = _words(text)
    hits = {
        line: max((name for name in map(_words, called) if _within(name, words)), key=len, default=())
        for line, called in names.items()
    }
    longest = max(hits.values(), key=len, default=())
    lines = [line for line, name in hits.items() if name]
    if not longest or any(hits[line] != longest and not _within(hits[line], longest) for line in lines):
        return None
    best = [line for line in lines if hits[line] == longest]
    rest = set(words) - set(longest)
    return Meant(best[0], text.strip(" -–:;,./"), rest <= BESIDE) if len(best) == 1 else None


def _words(text: str) -> tuple[str, ...]:
    bare = unicodedata.normalize("NFKD", text).casefold()
    letters = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return tuple(filter(None, WORDLESS.split(letters)))


def _within(name: tuple[str, ...], words: tuple[str, ...]) -> bool:
    return any(words[at : at + len(name)] == name for at in range(len(words) - len(name) + 1)) if name else False


def names_of_lines(dossier: Dossier, years: Iterable[int]) -> dict[str, tuple[str, ...]]:
    """Line → how it and its own area are called in some years; a line that has none in those is left out."""
    areas = {area.code: area.name for area in dossier.areas}
    wanted = set(years)
    found: dict[str, list[str]] = defaultdict(list)
    for one in dossier.budget_line_years:
        if one.year in wanted:
            found[one.line] += [one.name, *([areas[one.area]] if one.area in areas else [])]
    return {line: tuple(dict.fromkeys(names)) for line, names in found.items()}
