"""Walk over the schema: every column and setting that holds text, what its words are, and a right row to plant in."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from gebiedswerk.core.words import TextKind
from gebiedswerk.dossier.cell_types import Column
from gebiedswerk.dossier.settings import DeliverySettings, DossierSettings, Profile, PublicationSettings
from gebiedswerk.dossier.table_reader import columns_of
from gebiedswerk.dossier.tables import TABLES, TableSchema
from gebiedswerk.dossier.work import WORK_TABLES

ALL_TABLES: Mapping[str, TableSchema] = {**TABLES, **WORK_TABLES}
SETTINGS = {
    "dossier.toml": DossierSettings,
    "delivery.toml": DeliverySettings,
    "publication.toml": PublicationSettings,
    "profile.toml": Profile,
}
RIGHT = {
    "text": "tekst",
    "code": "X1",
    "code_list": "X1",
    "slug": "x-1",
    "year": "2025",
    "day": "2025-06-26",
    "amount": "1,00",
    "amount_left": "1,00",
    "place": "1",
    "weight": "1",
    "row_number": "2",
    "yes_no": "ja",
    "number": "1",
    "web_address": "https://example.org/",
    "cbs_code": "GM0014",
    "site_address": "oud/plek.html",
    "pattern": "1",
}
"""Kind of cell → one that is right."""


def text_columns() -> Iterator[tuple[TableSchema, Column]]:
    """Every column of every table that holds text."""
    for table in ALL_TABLES.values():
        yield from ((table, column) for column in columns_of(table.rows) if column.kind.name == "text")


def with_cell(table: TableSchema, name: str, text: str) -> str:
    """A table of one right row, with `text` in one column."""
    columns = columns_of(table.rows)
    row = {c.name: c.choices[0] if c.choices else RIGHT[c.kind.name] for c in columns}
    out = io.StringIO()
    writer = csv.DictWriter(out, row)
    writer.writeheader()
    writer.writerow({**row, name: text})
    return out.getvalue()


@dataclass(frozen=True)
class TextSetting:
    """A setting that holds text: its file, dotted key, and what its words are (None: it did not choose)."""

    file: str
    key: str
    words: TextKind | None


def text_settings() -> Iterator[TextSetting]:
    """Every setting of every file that holds text, also in lists, groups and groups within groups."""
    for file, settings in SETTINGS.items():
        yield from _texts(file, "", settings)


def _texts(file: str, prefix: str, settings: Any) -> Iterator[TextSetting]:
    for name, hint in get_type_hints(settings, include_extras=True).items():
        if name in {field.name for field in fields(settings)}:
            yield from _of_hint(file, f"{prefix}{name}", hint, None)


def _of_hint(file: str, key: str, hint: Any, words: TextKind | None) -> Iterator[TextSetting]:
    if get_origin(hint) is Annotated:
        inner, *extras = get_args(hint)
        yield from _of_hint(file, key, inner, next((one for one in extras if isinstance(one, TextKind)), words))
    elif hint is str:
        yield TextSetting(file, key, words)
    elif is_dataclass(hint):
        yield from _texts(file, f"{key}.", hint)
    else:  # of a group its values, of a list its parts
        inner = get_args(hint)[-1:] if get_origin(hint) is dict else get_args(hint)
        for part in inner:
            yield from _of_hint(file, key, part, words)
