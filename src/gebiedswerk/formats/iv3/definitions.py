"""The municipality's copy of what the CBS lays down per year: lists of codes, forbidden pairs, texts of errors."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from gebiedswerk.core.faults import Checked, Fault
from gebiedswerk.formats.iv3.form import PARTS, printable, wrong_value


@dataclass(frozen=True, slots=True)
class Definitions:
    """What may be used in one year: list → code → its name; part → pairs that are expected to stay empty."""

    file: str
    level: str
    year: int
    codes: Mapping[str, Mapping[str, str]]
    grey: Mapping[str, frozenset[tuple[str, str]]]


def parse_texts(found: dict[str, Any], file: str) -> Checked[dict[str, str]]:
    """Code of an error → what the CBS calls it, from `fouten.json`."""
    rows = found.get("fouten_overzicht")
    if not isinstance(rows, list):
        return Checked({}, (_wrong(file, "fouten_overzicht"),))
    read = {_text(row, "foutcode"): _text(row, "omschrijving") for row in rows}
    return Checked({code: text for code, text in read.items() if re.fullmatch(r"[A-Z]{2}[0-9]{3}", code) and text})


def parse_definitions(found: dict[str, Any], file: str) -> Checked[Definitions | None]:
    """Read `iv3_definities_<overheidslaag>_<jaar>.json`; the name of the file is free, its metadata count."""
    metadata, lists = found.get("metadata"), found.get("codelijsten")
    level, year = _text(metadata, "overheidslaag"), _text(metadata, "boekjaar")
    if not level:
        return Checked(None, (_wrong(file, "metadata.overheidslaag"),))
    if not re.fullmatch(r"(19|20)[0-9]{2}", year):
        return Checked(None, (_wrong(file, "metadata.boekjaar"),))
    if not isinstance(lists, dict):
        return Checked(None, (_wrong(file, "codelijsten"),))
    codes = {printable(name): dict(_leaves(_list(one, "codelijst"))) for name, one in lists.items()}
    grey = {part: frozenset(_pairs(part, found.get("grijze_cellen"))) for part in PARTS}
    return Checked(Definitions(file, level, int(year), {name: one for name, one in codes.items() if one}, grey))


def _wrong(file: str, place: str) -> Fault:
    return wrong_value(file, place, "iv3_definitions", None)


def _leaves(rows: list[Any]) -> Iterator[tuple[str, str]]:
    """The codes at the ends of the tree: chapters and totals are no codes to book on."""
    waiting = list(rows)
    while waiting:
        row = waiting.pop()
        below = _list(row, "subcodes")
        waiting += below
        if not below and _text(row, "code"):
            yield _text(row, "code"), _text(row, "omschrijving")


def _pairs(part: str, cells: Any) -> Iterator[tuple[str, str]]:
    first, second, *_ = PARTS[part]
    for cell in _list(cells, part):
        yield _text(cell, first), _text(cell, second)


def _text(row: Any, name: str) -> str:
    """A text of a row, stripped; a whole number counts as its digits (`boekjaar` comes as either)."""
    value = row.get(name) if isinstance(row, dict) else None
    return printable(value).strip() if isinstance(value, str) or type(value) is int else ""


def _list(row: Any, name: str) -> list[Any]:
    value = row.get(name) if isinstance(row, dict) else None
    return value if isinstance(value, list) else []
