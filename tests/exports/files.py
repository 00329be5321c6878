"""One export by its number: the bytes, the end of its name, and what is known of it."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from tests.exports.damage import damaged
from tests.exports.layout import Known, table
from tests.exports.recipe import recipe
from tests.exports.text_file import text_file
from tests.exports.workbook import workbook


def export(number: int, seed: int = 0) -> tuple[bytes, str, Known]:
    """The file of a number, as it is made every time."""
    random = Random(f"{seed}/{number}/cells")
    wanted = recipe(number, seed)
    found, known = table(number, wanted, random)
    if not damaged(found, known, random):
        known = replace(known, recipe={**wanted, "damage": "none"})
    if wanted["format"] == "csv":
        return text_file(found, known.recipe), "csv", known
    return workbook(found, known, random), "xlsx", known
