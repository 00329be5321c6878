"""The data files of one basis and year as typed tables, and the other forms in which they are offered."""

from __future__ import annotations

import io
import json
import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import polars as pl

from gebiedswerk.blocks.year_tables import COLUMNS
from gebiedswerk.language.messages import Messages
from gebiedswerk.opendata.data_columns import field, rows_of, value_of
from gebiedswerk.pages import DataFile
from gebiedswerk.pages.data_files import ShownBasis

PER_YEAR = ("account", "available", "reserves", "terms", "lines")
OF_ALL_YEARS = ("postings", "years", "rules", "extensions")
KEYS: Mapping[str, Sequence[str]] = {
    "account": ["line"],
    "available": ["line"],
    "reserves": ["line"],
    "lines": ["line"],
    "postings": ["id"],
    "years": ["year"],
    "rules": ["from_year"],
    "extensions": ["year", "id"],
}
_POLARS: Mapping[str, type[pl.DataType]] = {
    "integer": pl.Int64,
    "year": pl.Int32,
    "boolean": pl.Boolean,
    "date": pl.String,
    "string": pl.String,
}
_AS_DATE = "%Y-%m-%d"


@dataclass(frozen=True)
class DataTable:
    """One table as it is published: its kind in `DATA`, its CSV, and its fields with their types."""

    kind: str
    file: DataFile
    fields: tuple[dict[str, Any], ...]

    @property
    def name(self) -> str:
        """Its name: that of the file without its ending."""
        return posixpath.basename(self.file.path).removesuffix(".csv")

    @cached_property
    def rows(self) -> list[tuple[int | bool | str | None, ...]]:
        """Its rows as values: whole numbers, yes or no, words; None where a cell is empty."""
        kinds = [field["type"] for field in self.fields]
        _, rows = rows_of(self.file.text)
        return [tuple(value_of(text, kind) for text, kind in zip(row, kinds, strict=True)) for row in rows]


def tables_of(shown: ShownBasis, year: int, files: dict[str, DataFile], messages: Messages) -> Iterator[DataTable]:
    """The tables of one year; and of all years what these follow from: the postings, and the facts of the term."""
    for kind in (*PER_YEAR, *OF_ALL_YEARS):
        place = shown.places.data(kind, "csv", None if kind in OF_ALL_YEARS else year)
        header, _ = rows_of(files[place].text[: files[place].text.index("\n") + 1])
        measures = COLUMNS.get(kind, ())
        rules = shown.places.dossier.settings.term
        fields = tuple(field(name, measures, year, messages, rules) for name in header)
        yield DataTable(kind, files[place], fields)


def json_text(table: DataTable) -> str:
    """A table as JSON: a list of records."""
    names = [field["name"] for field in table.fields]
    records = [dict(zip(names, row, strict=True)) for row in table.rows]
    return json.dumps(records, indent=1, ensure_ascii=False) + "\n"


def parquet_bytes(table: DataTable) -> bytes:
    """A table as Parquet, with whole numbers and days as such; the same bytes every time."""
    schema = {field["name"]: _POLARS[field["type"]] for field in table.fields}
    frame = pl.DataFrame(table.rows, schema=schema, orient="row")
    days = [field["name"] for field in table.fields if field["type"] == "date"]
    out = io.BytesIO()
    frame.with_columns(pl.col(days).str.to_date(_AS_DATE)).write_parquet(out, compression="zstd", statistics=False)
    return out.getvalue()
