"""Every text of a dossier that may reach a page, besides Markdown: where it stands, and what its words are.

The schema decides: of each table the columns, of each file of settings the settings, that are words (`core/words.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin
from xml.etree import ElementTree as ET

from gebiedswerk.core.words import TextKind
from gebiedswerk.dossier.cell_types import hints_of
from gebiedswerk.dossier.house_style import FOLDER as HOUSE
from gebiedswerk.dossier.model import Dossier
from gebiedswerk.dossier.table_reader import columns_of
from gebiedswerk.dossier.tables import TABLES
from gebiedswerk.dossier.work import WORK_TABLES

_READ = frozenset("title desc text tspan".split())
"""Elements of a drawing whose words are read or shown."""


@dataclass(frozen=True, slots=True)
class DossierText:
    """A text with its place: the file, its row, and the column or dotted setting."""

    file: str
    row: int | None
    column: str | None
    words: TextKind
    text: str


def dossier_texts(dossier: Dossier) -> Iterator[DossierText]:
    """All texts of the tables and settings, the makers of maps and the logo, in the order in which they are kept."""
    yield from _in_settings("dossier.toml", "", dossier.settings)
    for delivery in dossier.deliveries:
        yield from _in_settings(f"deliveries/{delivery.id}/delivery.toml", "", delivery.settings)
    for publication in dossier.publications:
        yield from _in_settings(f"{publication.folder}/publication.toml", "", publication.settings)
    yield from _in_tables(dossier)
    for one in dossier.geography:
        yield DossierText(one.file, None, "attribution", TextKind.NAME, one.attribution)
    yield from _in_logo(dossier)


def _in_tables(dossier: Dossier) -> Iterator[DossierText]:
    holders = [(table, getattr(dossier, name)) for name, table in TABLES.items() if table.published]
    holders += [(table, getattr(dossier.work, name)) for name, table in WORK_TABLES.items()]
    for table, rows in holders:
        columns = [(one.name, one.kind.words) for one in columns_of(table.rows) if one.kind.words]
        for row in rows:
            for column, words in columns:
                text = getattr(row, column)
                if text and words is not TextKind.CODE:
                    yield DossierText(table.file, row.row, column, words, text)


def _in_settings(file: str, prefix: str, settings: Any) -> Iterator[DossierText]:
    hints = hints_of(type(settings))
    for one in fields(settings):
        yield from _of_value(file, f"{prefix}{one.name}", hints[one.name], getattr(settings, one.name), TextKind.CODE)


def _of_value(file: str, key: str, hint: Any, value: Any, words: TextKind) -> Iterator[DossierText]:
    """The texts of one setting: of a group each of its values, of a list each of its parts."""
    if get_origin(hint) in (Union, UnionType):
        hint = next(part for part in get_args(hint) if part is not type(None))
    if get_origin(hint) is Annotated:
        hint, *extras = get_args(hint)
        words = next((extra for extra in extras if isinstance(extra, TextKind)), words)
    if isinstance(value, str):
        if value and words is not TextKind.CODE:
            yield DossierText(file, None, key, words, value)
    elif is_dataclass(value):
        yield from _in_settings(file, f"{key}.", value)
    elif isinstance(value, Mapping):
        for name, part in value.items():
            yield from _of_value(file, f"{key}.{name}", get_args(hint)[1], part, words)
    elif isinstance(value, list):
        for at, part in enumerate(value):
            yield from _of_value(file, f"{key}[{at}]", get_args(hint)[0], part, words)


def _in_logo(dossier: Dossier) -> Iterator[DossierText]:
    """The words in a drawn logo, which stands on every page; it was let in as harmless."""
    name, data = dossier.house.logo or ("", b"")
    if name.lower().endswith(".svg"):
        root = ET.fromstring(data.decode("utf-8-sig"))  # noqa: S314 # let in without entities: dossier/house.py
        for element in root.iter():
            if re.sub(r"\{.*\}", "", str(element.tag)) in _READ:
                words = " ".join(part.strip() for part in (element.text, element.tail) if part and part.strip())
                if words:
                    yield DossierText(f"{HOUSE}/{name}", None, None, TextKind.NAME, words)
