"""Signs that may not stand in what people wrote, found where it is read: tables, settings and texts."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gebiedswerk.core.faults import Fault, fault
from gebiedswerk.core.signs import Strange, sign_name, strange_signs

NUMBERED = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,6})|([0-9]{1,7}));")
"""A sign by its number, as Markdown and HTML have it."""


def sign_fault(found: Strange, file: str, row: int | None = None, column: str | None = None) -> Fault:
    """A strange sign as a fault (D160 to D163), made visible."""
    return fault(found.code, file, row, column, sign_name(found.sign), place=found.at + 1)


def in_records(records: Sequence[Sequence[str]], file: str) -> Iterator[Fault]:
    """Strange signs in the cells of a table, and in its header; columns of the writer's own (`x_`) stay their own."""
    names = [name.strip() for name in records[0]] if records else []
    for number, record in enumerate(records, start=1):
        for at, cell in enumerate(record):
            column = names[at] if at < len(names) else None
            if column is None or not column.startswith("x_"):
                yield from (sign_fault(found, file, number, column) for found in strange_signs(cell))


def in_settings(value: Any, key: str = "") -> Iterator[tuple[str, Strange]]:
    """Strange signs in the words of a setting and in names of settings, each with the path of its setting."""
    if isinstance(value, str):
        yield from ((key, found) for found in strange_signs(value))
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            path = f"{key}.{name}" if key else name
            yield from ((path, found) for found in strange_signs(name))
            yield from in_settings(inner, path)
    elif isinstance(value, list):
        for inner in value:
            yield from in_settings(inner, key)


def in_markdown(text: str, file: str) -> Iterator[Fault]:
    """Strange signs in the lines of a text, as they stand there or as they come out of `&#8238;`."""
    for number, line in enumerate(text.split("\n"), start=1):
        told = {found.sign: found for found in [*strange_signs(_out_of(line)), *strange_signs(line)]}
        yield from (sign_fault(found, file, number) for found in told.values())


def _out_of(line: str) -> str:
    """The signs that stand in a line by number or name, and nothing else."""
    if "&" not in line:
        return ""
    numbers = (int(found[1], 16) if found[1] else int(found[2]) for found in NUMBERED.finditer(line))
    named = html.unescape(" ".join(re.findall(r"&[A-Za-z]+;", line)))
    return named + "".join(chr(number) for number in numbers if 0 < number <= 0x10FFFF)
