"""The columns of the data files: their type, and what they are to a Fiscal Data Package."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from gebiedswerk.blocks.headings import name_in_year
from gebiedswerk.core.spending_term import TermRule
from gebiedswerk.language.messages import Messages
from gebiedswerk.ledger import PUBLIC

WHOLE = frozenset({"years", "order"})
OF_ENGINE: Mapping[object, str] = {pl.Int64: "integer", pl.Boolean: "boolean", pl.Date: "date"}
TYPES: Mapping[str, str] = {
    **{name: OF_ENGINE[kind] for name, kind in PUBLIC.items() if kind in OF_ENGINE},
    "year": "year",
    "last_year": "year",
    "from_year": "year",
    "closed_on": "date",
    "carry_over_decided_on": "date",
    **dict.fromkeys(("carry_over_decided", "opens_as_adopted"), "boolean"),
    **dict.fromkeys(WHOLE, "integer"),
}
"""The types of columns: of postings as the public ledger has them, of other files by name. What is missing is text."""
COLUMN_TYPES: Mapping[str, str] = {
    "id": "transaction-id:code",
    "line": "budget-line-id",
    "year": "date:fiscal-year",
    "period": "date:fiscal-month",
    "kind": "phase:id",
    "flow": "direction",
    "cents": "value",
    "taakveld": "functional-classification:generic:code",
    "category": "economic-classification:generic:code",
    "programme": "activity:generic:program:label",
    "project": "activity:generic:project:code",
    "area": "geo-source:target:code",
    "booked_on": "date:generic",
}
"""Source: the list of column types of Fiscal Data Package 1 (`openspending/os-types`).

`source`, the line from which carried money comes, has none: a financing source is a tax, a loan or a reserve.
"""


def field(
    name: str, measures: Sequence[str], year: int, messages: Messages, rules: Sequence[TermRule]
) -> dict[str, Any]:
    """One field of a Table Schema; `measures` are columns with whole units that are named for a measure."""
    cents = name.removesuffix("_cents")
    whole = name in measures or cents in measures
    found: dict[str, Any] = {"name": name, "type": "integer" if whole else TYPES.get(name, "string")}
    if cents in measures:
        key = "data.measure_cents" if name != cents else "data.measure_units"
        found["description"] = messages(key, measure=name_in_year(messages, cents, year, rules))
    else:
        found["description"] = messages(f"data.{name}")
    if name in COLUMN_TYPES:
        found["columnType"] = COLUMN_TYPES[name]
    if found["type"] == "boolean":
        found |= {"trueValues": ["true"], "falseValues": ["false"]}
    return found


def rows_of(text: str) -> tuple[list[str], list[list[str]]]:
    """The header and the rows of a CSV of ours."""
    found = list(csv.reader(io.StringIO(text)))
    return found[0], found[1:]


def value_of(text: str, kind: str) -> int | bool | str | None:
    """A cell as the type of its field; empty is no value. Days stay as written: `2019-12-31`."""
    if text == "":
        return None
    if kind in ("integer", "year"):
        return int(text)
    return text == "true" if kind == "boolean" else text
