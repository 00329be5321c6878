"""Every text of a dossier that may come to stand in something public, found by walking what a dossier is made of.

A new table, column or setting is read without being named here; what is left out is named, with its reason.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from typing import Any
from xml.etree import ElementTree as ET

from gebiedswerk.core.matching import Pattern
from gebiedswerk.dossier import Dossier
from gebiedswerk.dossier.house_style import FOLDER, TOKENS
from gebiedswerk.dossier.table_reader import columns_of
from gebiedswerk.dossier.tables import TABLES, Row, TableSchema
from gebiedswerk.dossier.work import WORK_TABLES

NUMBERS = frozenset("year day amount amount_left place weight row_number yes_no number cbs_code choice".split())
"""Kinds of cells that hold a number, a day or one of a few words: what is read there is that and nothing else."""
NOT_PUBLIC = frozenset({"privacy_accepted", "internal_note", "accepted", "control"})
"""A table, a column and settings that are for the municipality alone."""
NO_WORDS = re.compile(r"[0-9a-f]{64}|[0-9.:T-]{10,40}")
"""In an adopted account: a hash, or a moment."""

Rendered = Mapping[str, Sequence[tuple[int, str]]]
"""File → its paragraphs as a reader gets them: the line on which each begins, and its words."""


@dataclass(frozen=True, slots=True)
class PublicText:
    """Words with their place: file, row (in Markdown the line) and column or setting."""

    file: str
    row: int | None
    column: str | None
    words: str


def public_texts(dossier: Dossier, rendered: Rendered) -> Iterator[PublicText]:
    """Cells, settings, names of files and folders, shapes, the look of the site, and texts as written and as read."""
    yield from _cells(dossier)
    yield from _settings("dossier.toml", dossier.settings)
    for delivery in dossier.deliveries:
        place = f"deliveries/{delivery.id}"
        yield PublicText(place, None, None, delivery.id)
        yield from _settings(f"{place}/delivery.toml", delivery.settings)
    for publication in dossier.publications:
        yield PublicText(publication.folder, None, None, publication.slug)
        yield from _settings(f"{publication.folder}/publication.toml", publication.settings)
        yield from _adopted(f"{publication.folder}/adopted.json", publication.adopted)
        for file, text in publication.texts:
            yield PublicText(file, None, None, posixpath.basename(file))
            yield from (PublicText(file, at, None, line) for at, line in enumerate(text.splitlines(), start=1))
            yield from (PublicText(file, line, None, words) for line, words in rendered.get(file, ()))
    for shapes in dossier.geography:
        names = (posixpath.basename(shapes.file), shapes.attribution)
        codes = (name for shape in shapes.shapes for name in (shape.area, shape.code))
        yield from (PublicText(shapes.file, None, None, words) for words in (*names, *dict.fromkeys(codes)))
    yield from (PublicText(file, None, None, posixpath.basename(file)) for file, _ in dossier.iv3_files)
    yield from _house(dossier)


def _cells(dossier: Dossier) -> Iterator[PublicText]:
    """The cells of all tables that can hold words or a code."""
    tables = [(table, getattr(dossier, name)) for name, table in TABLES.items() if name not in NOT_PUBLIC]
    tables += [(table, getattr(dossier.work, name)) for name, table in WORK_TABLES.items()]
    for table, rows in tables:
        yield from dossier.session.traced(("texts", table.file), lambda _, *of: [*_in_rows(*of)], dossier, table, rows)


def _in_rows(table: TableSchema, rows: Sequence[Row]) -> Iterator[PublicText]:
    columns = [one.name for one in columns_of(table.rows) if one.kind.name not in NUMBERS]
    for row in rows:
        for column in columns:
            if column not in NOT_PUBLIC:
                yield from (PublicText(table.file, row.row, column, one) for one in _strings(getattr(row, column)))


def _strings(value: object) -> Iterator[str]:
    """The words in the value of a cell."""
    if isinstance(value, Pattern):
        yield from filter(None, (value.low, value.high))
    elif isinstance(value, tuple):
        yield " ".join(map(str, value))
    elif isinstance(value, str) and value:
        yield value


def _settings(file: str, value: Any, key: str = "") -> Iterator[PublicText]:
    """Every word in settings, however deep, with its dotted key."""
    if isinstance(value, str) and not isinstance(value, Enum):
        yield PublicText(file, None, key, value)
    elif is_dataclass(value):
        for one in fields(value):
            if one.name not in NOT_PUBLIC:
                yield from _settings(file, getattr(value, one.name), f"{key}.{one.name}" if key else one.name)
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from (PublicText(file, None, key, str(name)), *_settings(file, part, f"{key}.{name}"))
    elif isinstance(value, list | tuple):
        for at, part in enumerate(value):
            yield from _settings(file, part, f"{key}[{at}]")


def _adopted(file: str, text: str | None) -> Iterator[PublicText]:
    """The words of an adopted account: its decision, and names of lines and areas as they were."""
    try:
        content = json.loads(text or "null")
    except (ValueError, RecursionError):  # said elsewhere (P103)
        return
    waiting = [content]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str) and not NO_WORDS.fullmatch(value):
            yield PublicText(file, None, None, value)
        waiting += [*value, *value.values()] if isinstance(value, dict) else value if isinstance(value, list) else []


def _house(dossier: Dossier) -> Iterator[PublicText]:
    """The tokens of the look of the site, and the words in a drawing; metadata never came in (`dossier/house.py`)."""
    for token in dossier.house.tokens:
        yield PublicText(f"{FOLDER}/{TOKENS}", token.line, None, f"{token.name} {token.value}")
    name, data = dossier.house.logo or ("", b"")
    if name.lower().endswith(".svg"):
        root = ET.fromstring(data.decode("utf-8"))  # noqa: S314 # let in by `dossier/house.py`: no entities
        said = [" ".join(root.itertext())]
        said += [text for one in root.iter() for text in (one.text, *one.attrib.values()) if text and text.strip()]
        yield from (PublicText(f"{FOLDER}/{name}", None, None, words) for words in said)
