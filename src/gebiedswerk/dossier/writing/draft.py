"""A draft: a change that is kept in a file until it is applied, with the values that it was decided on."""

from __future__ import annotations

import base64
import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from typing import Any

import tomlkit

from gebiedswerk.core.actor import Actor, By
from gebiedswerk.core.faults import Checked, fault
from gebiedswerk.dossier.settings import FORMAT as OF_DOSSIER
from gebiedswerk.dossier.writing import change as kinds
from gebiedswerk.dossier.writing.change import ABSENT, Change, Item
from gebiedswerk.dossier.writing.fault_marks import Mark
from gebiedswerk.dossier.writing.row_edits import is_key

FORMAT = 1
KINDS: Mapping[str, type[Any]] = {
    "row_added": kinds.RowAdded,
    "row_corrected": kinds.RowCorrected,
    "row_removed": kinds.RowRemoved,
    "row_seen": kinds.RowSeen,
    "setting_written": kinds.SettingWritten,
    "setting_seen": kinds.SettingSeen,
    "text_written": kinds.TextWritten,
    "file_written": kinds.FileWritten,
    "file_seen": kinds.FileSeen,
    "delivered": kinds.Delivered,
}
"""What an item of a change is called in a draft."""
SPECIAL = "special"
"""The key of what TOML has no value for: that nothing was there, or bytes."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A change with who made it, when and why. `expected`: the errors that it was known to bring when it was made.

    `dossier_format`: that of the dossier that it was made for.
    """

    change: Change
    by: By
    made: datetime
    expected: tuple[Mark, ...] = ()
    dossier_format: int = OF_DOSSIER

    @property
    def text(self) -> str:
        """The draft as a file."""
        told: dict[str, Any] = {
            "format": FORMAT,
            "dossier_format": self.dossier_format,
            "made": self.made,
            "actor": self.by.actor.id,
            "role": self.by.actor.role,
            "reason": self.by.reason,
            "expected": [list(one) for one in self.expected],
            "item": [_item(one) for one in self.change],
        }
        return tomlkit.dumps(told)

    @property
    def hash(self) -> str:
        """The hash of all that it says: an approval is of this, and of no other."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def with_items(self, more: Iterable[Item], expected: Iterable[Mark]) -> Draft:
        """The draft with more items."""
        return replace(self, change=(*self.change, *more), expected=tuple(expected))


def new_draft(change: Iterable[Item], by: By, expected: Iterable[Mark] = ()) -> Draft:
    """A draft of this moment."""
    return Draft(tuple(change), by, datetime.now(UTC), tuple(expected))


def read_draft(data: bytes, name: str) -> Checked[Draft | None]:
    """The draft in the bytes of a file. J401: it is none; J402: it was made for another format of dossier, or it is of
    another format itself.
    """
    try:
        told = tomllib.loads(data.decode("utf-8-sig"))
        formats = told["format"], told["dossier_format"]
        if formats != (FORMAT, OF_DOSSIER):
            return Checked(None, (fault("J402", name, value=formats[1], format=OF_DOSSIER),))
        actor, role, reason, made = told["actor"], told["role"], told["reason"], told["made"]
        if not all(isinstance(one, str) for one in (actor, role, reason)) or not isinstance(made, datetime):
            return Checked(None, (fault("J401", name),))
        expected = tuple((str(a), str(b), str(c), str(d)) for a, b, c, d in told["expected"])
        items = tuple(_read_item(one) for one in told.get("item", []))
        return Checked(Draft(items, By(Actor(actor, role), reason), made, expected))
    except (ValueError, KeyError, TypeError, RecursionError):
        return Checked(None, (fault("J401", name),))


def _item(item: Item) -> dict[str, Any]:
    kind = next(name for name, of in KINDS.items() if type(item) is of)
    return {"kind": kind, **{field.name: _told(getattr(item, field.name)) for field in fields(item)}}


def _told(value: Any) -> Any:
    """A value as TOML holds it."""
    if value is ABSENT or value is None:
        return {SPECIAL: "absent" if value is ABSENT else "none"}
    if isinstance(value, bytes):
        return {SPECIAL: "bytes", "base64": base64.b64encode(value).decode()}
    if isinstance(value, Mapping):
        return {"cells": {name: _told(one) for name, one in value.items()}}
    if isinstance(value, list | tuple):
        return [_told(one) for one in value]
    return str(value) if isinstance(value, str) else value


def _read_item(told: Mapping[str, Any]) -> Item:
    of = KINDS[told["kind"]]
    values = {field.name: _value(told[field.name]) for field in fields(of)}
    if isinstance(values.get("key"), list):
        values["key"] = tuple(values["key"])
    item: Item = of(**values)
    if not _is_right(item):
        raise TypeError
    return item


def _is_right(item: Item) -> bool:
    """Whether each part of an item is what it must be; somebody may have written it."""
    texts = [getattr(item, name, "") for name in ("file", "id", "text")]
    key, cells = getattr(item, "key", ()), getattr(item, "cells", {})
    if not isinstance(key, tuple) or not all(isinstance(one, str) for one in (*texts, *key)) or not _is_cells(cells):
        return False
    if isinstance(item, kinds.RowAdded | kinds.RowCorrected | kinds.RowRemoved | kinds.RowSeen):
        seen = isinstance(item, kinds.RowSeen) and item.read is ABSENT
        table = kinds.CHANGEABLE.get(item.table)
        keyed = isinstance(item, kinds.RowAdded) or table is not None and is_key(key, table)
        return table is not None and keyed and (isinstance(item, kinds.RowAdded) or seen or _is_cells(item.read))
    if isinstance(item, kinds.SettingWritten | kinds.SettingSeen):
        return bool(key)
    if isinstance(item, kinds.Delivered):
        return isinstance(item.files, Mapping) and all(isinstance(one, bytes) for one in item.files.values())
    if isinstance(item, kinds.TextWritten):
        return isinstance(item.read, str)
    return isinstance(item.read, str | None) and isinstance(getattr(item, "data", None), bytes | None)


def _is_cells(cells: object) -> bool:
    return isinstance(cells, Mapping) and all(isinstance(one, str) for one in cells.values())


def _value(told: Any) -> Any:
    if isinstance(told, Mapping):
        if SPECIAL not in told:
            return {name: _value(one) for name, one in told["cells"].items()}
        special = {"absent": ABSENT, "none": None}
        return base64.b64decode(told["base64"], validate=True) if told[SPECIAL] == "bytes" else special[told[SPECIAL]]
    return [_value(one) for one in told] if isinstance(told, list) else told
