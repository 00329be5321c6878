"""One file of a dossier merged three ways, by what it is: a table by row, settings by key, a text by paragraph.

Other files and deliveries never merge; nor do workbooks, which hold more than their rows.
"""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from gebiedswerk.core.faults import Fault, fault
from gebiedswerk.dossier.table_files import WORKBOOK, both_names, decoded
from gebiedswerk.dossier.tables import TABLES, TableSchema
from gebiedswerk.dossier.toml_edit import toml_value
from gebiedswerk.dossier.work import WORK_TABLES
from gebiedswerk.dossier.writing.csv_spans import encoded
from gebiedswerk.dossier.writing.merge_rows import CellConflict
from gebiedswerk.dossier.writing.merge_settings import SettingConflict, Unset, merged_settings
from gebiedswerk.dossier.writing.merge_tables import TableMerge
from gebiedswerk.dossier.writing.merge_texts import merged_texts
from gebiedswerk.dossier.writing.table_edit import CannotEdit, WhyNot
from gebiedswerk.dossier.writing.three_way import merged_lines

BY_FILE: Mapping[str, TableSchema] = {
    name: table for table in (*TABLES.values(), *WORK_TABLES.values()) for name in both_names(table.file)
}
SETTINGS_OF_DELIVERY = "deliveries/*/delivery.toml"
NOTHING = "–"
"""How a cell or setting is told that is empty or not there."""
NEVER = frozenset({"deliveries", "journal"})
"""Folders whose files never merge, but for the settings of a delivery."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What two versions of a file become (None: it goes), and what conflicts (J201 and further).

    Where something does, `data` has it twice, between marks; of a file that does not merge it is that of ours.
    """

    data: bytes | None
    conflicts: tuple[Fault, ...] = ()


def merged_file(place: str, base: bytes | None, ours: bytes | None, theirs: bytes | None) -> Merged:
    """Merge the changes that two sides made of the file at a place, named from its dossier or from further up.

    None: there is no such file. One that only one side changed is as on that side, to the byte.
    """
    if theirs in (base, ours):
        return Merged(ours)
    if ours == base:
        return Merged(theirs)
    way = _way(place)
    if way is not None and ours is not None and theirs is not None:
        for merge in (way, _by_line):
            with suppress(CannotEdit, ValueError):
                return merge(place, base or b"", ours, theirs)
    return Merged(ours, (fault("J207", place),))


def _way(place: str) -> Callable[[str, bytes, bytes, bytes], Merged] | None:
    """How a file at a place merges; None where it does not. It raises CannotEdit or ValueError where it cannot."""
    path, table = PurePosixPath(place), table_at(place)
    if NEVER & set(path.parts[:-1]) and not path.match(SETTINGS_OF_DELIVERY) or place.endswith(WORKBOOK):
        return None
    return {".toml": _settings, ".md": _text}.get(path.suffix) if table is None else partial(_table, table)


def table_at(place: str) -> TableSchema | None:
    """The table that stands at a place; None where no table does."""
    path = PurePosixPath(place)
    return BY_FILE.get("/".join(path.parts[-2:]), BY_FILE.get(path.name))


def _table(table: TableSchema, place: str, base: bytes, ours: bytes, theirs: bytes) -> Merged:
    found = TableMerge(table, PurePosixPath(place).name).merged(base, ours, theirs)
    return Merged(found.data, tuple(_of_cell(place, one) for one in found.conflicts))


def _of_cell(place: str, one: CellConflict) -> Fault:
    """What a person reads of a cell that conflicts."""
    told = {"key": " · ".join(one.key), "base": one.base or NOTHING}
    if one.ours is None:
        return fault("J203", place, None, one.column, one.theirs, **told, theirs=one.theirs or NOTHING)
    if one.theirs is None:
        return fault("J204", place, None, one.column, one.ours, **told, ours=one.ours or NOTHING)
    told |= {"ours": one.ours or NOTHING, "theirs": one.theirs or NOTHING}
    return fault("J201" if one.base is not None else "J202", place, None, one.column, one.ours, **told)


def _settings(place: str, base: bytes, ours: bytes, theirs: bytes) -> Merged:
    found = merged_settings(*map(_utf8, (base, ours, theirs)))
    return Merged(_like(ours, found.text), tuple(_of_setting(place, one) for one in found.conflicts))


def _of_setting(place: str, one: SettingConflict) -> Fault:
    key = ".".join(one.key)
    base, ours, theirs = map(_told, (one.base, one.ours, one.theirs))
    return fault("J205", place, None, key, ours, base=base, ours=ours, theirs=theirs)


def _told(value: Any) -> str:
    """The value of a setting on one line."""
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{name} = {_told(one)}' for name, one in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_told, value))}]"
    return NOTHING if isinstance(value, Unset) else toml_value(value)


def _text(place: str, base: bytes, ours: bytes, theirs: bytes) -> Merged:
    found = merged_texts(*map(_utf8, (base, ours, theirs)))
    faults = tuple(fault("J206", place, one.marked_line) for one in found.conflicts)
    return Merged(_like(ours, found.text), faults)


def _utf8(data: bytes) -> str:
    return data.removeprefix(BOM_UTF8).decode()


def _like(ours: bytes, text: str) -> bytes:
    """A text as bytes, with a mark in front where ours has one."""
    return (BOM_UTF8 if ours.startswith(BOM_UTF8) else b"") + text.encode()


def _by_line(place: str, base: bytes, ours: bytes, theirs: bytes) -> Merged:
    """A file that cannot be read by row, key or paragraph: merged by line, and never without a word."""
    was, mine, other = (decoded(data)[0] for data in (base, ours, theirs))
    if was is None or mine is None or other is None:
        raise CannotEdit(place, WhyNot.UNREADABLE)
    return Merged(encoded(merged_lines(was, mine, other), ours, place), (fault("J208", place),))
