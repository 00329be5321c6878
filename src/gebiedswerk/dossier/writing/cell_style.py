"""How the cells of a table are written by its owner: new ones are written so too."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gebiedswerk.dossier.cell_types import Column
from gebiedswerk.dossier.table_files import TableFile, table_of_bytes
from gebiedswerk.dossier.table_reader import columns_of, header_of
from gebiedswerk.dossier.tables import TableSchema
from gebiedswerk.dossier.written import cell_text


@dataclass(frozen=True, slots=True)
class Style:
    """How the cells of a table are written."""

    decimal: str = ","
    dutch_days: bool = False
    capitals: bool = False

    def cell(self, text: str, column: Column) -> str:
        """A canonical text in this style; one that is no value of its column stays as it is."""
        value = column.kind.read(text)
        if value is None:
            return text
        if column.kind.name in ("amount", "amount_left"):
            return cell_text(value, column.kind).replace(",", self.decimal)
        if self.dutch_days and isinstance(value, date):
            return f"{value.day}-{value.month}-{value.year}"
        return text.upper() if self.capitals and column.kind.name == "yes_no" else text


def style_of_table(data: bytes | None, name: str, table: TableSchema, like: bytes | None) -> Style:
    """The style of a table; of one that is not there yet that of the text that it is written like."""
    found = None if data is None else table_of_bytes(data, name)[0]
    columns = columns_of(table.rows)
    if found is not None:
        return style_of(found, columns, header_of(found.records, columns) if found.records else [])
    model = None if like is None else table_of_bytes(like, name)[0]
    return style_of(TableFile([], model.delimiter if model is not None and model.sheet is None else ";"), columns, [])


def style_of(found: TableFile, columns: Sequence[Column], names: Sequence[str]) -> Style:
    """The style of the cells that are there; of a table without any that of its marks."""
    cells: dict[str, list[str]] = {}
    for column in columns:
        if column.name in names:
            at = names.index(column.name)
            read = (record[at].strip() for record in found.records[1:] if at < len(record))
            cells.setdefault(column.kind.name, []).extend(filter(None, read))
    amounts = [*cells.get("amount", ()), *cells.get("amount_left", ())]
    days, truths = cells.get("day"), cells.get("yes_no", [])
    dutch = found.delimiter == ";"
    points = any(re.search(r"\.[0-9]{1,2}$", one) for one in amounts) and not any("," in one for one in amounts)
    return Style(
        "." if points or found.sheet else ",",
        dutch if not days else any("-" in one[:3] for one in days),
        bool(truths) and all(one.isupper() for one in truths),
    )


def styled(cells: Mapping[str, str], style: Style, table: TableSchema) -> dict[str, str]:
    """Canonical cells in a style; those of the writer's own columns (`x_`) as they are."""
    columns = {column.name: column for column in columns_of(table.rows)}
    return {name: style.cell(text, columns[name]) if name in columns else text for name, text in cells.items()}
