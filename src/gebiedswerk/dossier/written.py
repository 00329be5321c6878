"""Write tables and settings as a dossier holds them: what is written here, `rows.py` and `toml.py` read back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import MISSING, Field, fields, is_dataclass
from typing import Any

from gebiedswerk.dossier.cell_types import Kind
from gebiedswerk.dossier.settings_reader import key_of
from gebiedswerk.dossier.table_reader import columns_in_use
from gebiedswerk.dossier.tables import Row, TableSchema
from gebiedswerk.dossier.toml_edit import toml_value


def table_text(table: TableSchema, rows: Sequence[Row], without: Sequence[str] = ()) -> str:
    """A table as CSV, without some columns. Each row keeps its number: an empty line stands where none is."""
    columns = [one for one in columns_in_use(table, rows) if one.name not in without]
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow([one.name for one in columns])
    at = 1
    for row in sorted(rows, key=lambda one: one.row):
        out.write("\n" * (row.row - at - 1))
        cells = [cell_text(getattr(row, one.name), one.kind) for one in columns]
        csv.writer(out, lineterminator="\n", quoting=_quoting(cells)).writerow(cells)
        at = row.row
    return out.getvalue()


def _quoting(cells: Sequence[str]) -> Any:
    """A carriage return stands between quotes, or it ends the row."""
    return csv.QUOTE_ALL if any("\r" in cell for cell in cells) else csv.QUOTE_MINIMAL


def cell_text(value: object, kind: Kind) -> str:
    """A value as a person writes it: amounts in euros with two decimals, yes and no, lists with spaces, patterns."""
    return "" if value is None else kind.write(value)


def settings_text(settings: Any) -> str:
    """Settings as TOML, without what is as it would be anyway."""
    return "\n".join(_table(settings, "")) + "\n"


def _table(settings: Any, prefix: str) -> Iterator[str]:
    """The lines of one table: its own values first, then the tables within it."""
    found = [(key_of(one.name), getattr(settings, one.name)) for one in fields(settings) if _is_set(settings, one)]
    yield from (f"{key} = {toml_value(value)}" for key, value in found if not _is_table(value))
    for key, value in found:
        name = f"{prefix}{key}"
        if is_dataclass(value):
            yield from ("", f"[{name}]", *_table(value, f"{name}."))
        elif isinstance(value, dict):
            yield from ("", f"[{name}]", *(f"{toml_value(key)} = {toml_value(text)}" for key, text in value.items()))
        elif _is_table(value):
            for one in value:
                yield from ("", f"[[{name}]]", *_table(one, f"{name}."))


def _is_set(settings: Any, field: Field[Any]) -> bool:
    value = getattr(settings, field.name)
    default = field.default_factory() if field.default_factory is not MISSING else field.default
    return value is not None and (default is MISSING or value != default)


def _is_table(value: object) -> bool:
    return is_dataclass(value) or isinstance(value, dict) or (isinstance(value, list) and any(map(is_dataclass, value)))
