"""What every page of the reference is written with: tables, words from the catalogue, meanings that are complete."""

from __future__ import annotations

import inspect
import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

MADE = "Written from the code by `make docs`. Do not edit."


class Incomplete(Exception):
    """The meanings and the code do not name the same things."""

    def __init__(self, group: str, lacking: Iterable[str], surplus: Iterable[str]) -> None:
        told = f"without meaning {sorted(lacking)}, not in the code {sorted(surplus)}"
        super().__init__(f"meanings.toml, [{group}]: {told}.")


def meanings(group: str, names: Iterable[str]) -> dict[str, str]:
    """Name → its meaning, from `meanings.toml`. Raises Incomplete unless exactly these names are there."""
    table: Any = tomllib.loads((Path(__file__).parent / "meanings.toml").read_text("utf-8"))
    for part in group.split("."):
        table = table.get(part, {})
    wanted = list(names)
    if set(wanted) != table.keys():
        raise Incomplete(group, set(wanted) - table.keys(), table.keys() - set(wanted))
    return {name: str(table[name]) for name in wanted}


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; a bar within a cell is escaped."""
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)


def docstring(of: object) -> str:
    """The docstring of a class or function, its lines as they stand."""
    return inspect.getdoc(of) or ""


def page(title: str, *parts: str) -> str:
    """A whole page."""
    return "\n\n".join([f"# {title}", MADE, *(part for part in parts if part)]) + "\n"
