"""A table as the bytes of a CSV."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tests.exports.layout import Amount, Cell, Code, Table
from tests.exports.notation import DAYS
from tests.exports.recipe import Recipe


def text_file(table: Table, recipe: Recipe) -> bytes:
    """The bytes of a file of text, as the recipe wants them encoded and cut."""
    behind = recipe["cells behind"]
    head = [*table.header, *([""] if behind == "everywhere" else [])]
    rows = [[*row, *([""] if behind != "none" else [])] for row in table.rows]
    every: list[list[Cell]] = [*table.above, [*head], *rows]
    lines = [_line(row, recipe) for row in every]
    text = recipe["ends"].join(lines) + recipe["ends"]
    encoding = {"ascii": "utf-8"}.get(recipe["encoding"], recipe["encoding"])
    if recipe["encoding"] == "ascii":
        text = text.replace("é", "e")
    return text.encode(encoding, "replace")


def _line(row: Sequence[Cell], recipe: Recipe) -> str:
    return recipe["mark"].join(_quoted(_text(cell, recipe), cell, recipe) for cell in row)


def _text(cell: Cell, recipe: Recipe) -> str:
    if isinstance(cell, date):
        return DAYS[recipe["days"] if recipe["days"] != "none" else "dd-mm-jjjj"](cell)
    return cell.text if isinstance(cell, Amount | Code) else cell


def _quoted(text: str, cell: Cell, recipe: Recipe) -> str:
    texts = recipe["quoting"] == "texts" and isinstance(cell, str | Code) and text != ""
    if recipe["texts"] == "lone quotes" and text.count('"') == 1:
        return text
    if recipe["quoting"] == "all" or texts or recipe["mark"] in text or '"' in text:
        return '"' + text.replace('"', '""') + '"'
    return text
