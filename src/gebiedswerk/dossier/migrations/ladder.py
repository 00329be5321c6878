"""A dossier of an older format as one of this format: step by step, from bytes to bytes, whatever the disk holds."""

from __future__ import annotations

import codecs
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from gebiedswerk.dossier.migrations.give_ids import TABLES_WITH_IDS, with_ids
from gebiedswerk.dossier.table_files import both_names
from gebiedswerk.dossier.toml_edit import with_setting

SETTINGS = "dossier.toml"
Files = Mapping[str, bytes]
"""Place in the folder → what stands there."""


@dataclass(frozen=True, slots=True)
class Rung:
    """One step: the format to which it leads, the places that it reads, and what it makes of those that it changes."""

    to: int
    places: Sequence[str]
    change: Callable[[Files], Files]


LADDER: Sequence[Rung] = (
    Rung(2, tuple(name for table in TABLES_WITH_IDS for name in both_names(table.file)), with_ids),
)


def files_to_migrate(folder: Path) -> dict[str, bytes]:
    """What the steps read of a dossier. Raises OSError."""
    places = [SETTINGS, *(place for step in LADDER for place in step.places)]
    return {place: (folder / place).read_bytes() for place in places if (folder / place).is_file()}


def migrated(files: Files) -> dict[str, bytes]:
    """What is to stand at each place that changes, in the newest format. Nothing where it is of that already.

    Raises CannotEdit for a table, and a ValueError for settings, that cannot be changed.
    """
    made = dict(files)
    mark, text = _text(files[SETTINGS])
    number = tomllib.loads(text)["format"]
    for step in LADDER:
        if step.to > number:
            made |= step.change(made)
            text = with_setting(text, ("format",), step.to)
    made[SETTINGS] = mark + text.encode()
    return {place: data for place, data in made.items() if data != files[place]}


def _text(data: bytes) -> tuple[bytes, str]:
    """The mark in front of a text, and the text."""
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    return mark, data[len(mark) :].decode()
