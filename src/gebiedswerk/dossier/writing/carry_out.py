"""A change carried out on what stands there now: the new bytes of each file, or what differs from what was read."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from gebiedswerk.core.faults import Checked, Fault, fault
from gebiedswerk.dossier.rooted import PlaceRefused, Root
from gebiedswerk.dossier.toml_edit import toml_value, with_setting, without_setting
from gebiedswerk.dossier.writing.carry_rows import OF_ROWS, came, differs, gone, rows_carried
from gebiedswerk.dossier.writing.change import (
    ABSENT,
    Change,
    Delivered,
    FileSeen,
    FileWritten,
    Item,
    Key,
    SettingSeen,
    SettingWritten,
    TextWritten,
)
from gebiedswerk.dossier.writing.entries import PlaceMark
from gebiedswerk.dossier.writing.journal_state import JOURNAL
from gebiedswerk.dossier.writing.merge_texts import merged_texts
from gebiedswerk.dossier.writing.overlay import Overlay, Told
from gebiedswerk.dossier.writing.redo import hash_of
from gebiedswerk.dossier.writing.settings_of_text import plain, setting_in

MOST_REMEMBERED = 1_000_000
"""Bytes: of a larger file the journal keeps a hash, and not what it held."""


@dataclass(frozen=True, slots=True)
class Carried:
    """The new bytes of each file that changes, the SHA-256 of what stands there and of what comes, and what changed."""

    files: Mapping[str, bytes | None]
    old: Mapping[str, str | None]
    new: Mapping[str, str | None]
    told: Sequence[Told]


def carry_out(folder: Path, change: Change) -> Checked[Carried | None]:
    """Carry a change out on what stands in a folder now; nothing is written.

    Refused (None) where a value that was read differs now (J101), a row or a setting cannot be written where it stands
    (J105, D191), or a place is not one of the dossier (J106, B110).
    """
    overlay = Overlay(folder)
    faults = list(_places(folder, change))
    if faults:
        return Checked(None, tuple(faults))
    rows = [item for item in change if isinstance(item, OF_ROWS)]
    told, wrong = rows_carried(overlay, rows)
    faults += wrong
    for item in change:
        if not isinstance(item, OF_ROWS):
            found, wrong = _one(overlay, item)
            told += found
            faults += wrong
    files = overlay.changed
    faults += [fault("J106", name) for name, data in files.items() if not _can_be_a_file(folder, name, data)]
    if faults:
        return Checked(None, tuple(faults))
    old = {name: hash_of(overlay.old[name]) for name in files}
    return Checked(Carried(files, old, {name: overlay.hash(name) for name in files}, told))


def _places(folder: Path, change: Iterable[Item]) -> Iterator[Fault]:
    """The places that no change may touch: outside the dossier, hidden, or of its journal."""
    for item in change:
        names = [f"deliveries/{item.id}/{name}" for name in item.files] if isinstance(item, Delivered) else []
        names += [item.file] if not isinstance(item, (Delivered, *OF_ROWS)) else []
        for name in names:
            try:
                Root(folder).at(name).check_way()
            except PlaceRefused as refused:
                yield refused.fault
                continue
            if name.partition("/")[0] == JOURNAL or any(part.startswith(".") for part in name.split("/")):
                yield fault("J106", name)


def _can_be_a_file(folder: Path, name: str, data: bytes | None) -> bool:
    """Whether a place can hold these bytes: not where a folder stands, a link, or a file in place of a folder."""
    place = Root(folder).at(name)
    is_other = place.path.is_dir() or data is not None and place.path.is_symlink()
    return not is_other and not any(above.exists() and not above.is_dir() for above in place.folders)


def _one(overlay: Overlay, item: Item) -> Checked[list[Told]]:
    match item:
        case SettingWritten() | SettingSeen():
            return _setting(overlay, item)
        case TextWritten():
            return _text(overlay, item)
        case FileWritten() | FileSeen():
            return _file(overlay, item)
        case Delivered():
            return _delivery(overlay, item)
    raise TypeError(item)


def _setting(overlay: Overlay, item: SettingWritten | SettingSeen) -> Checked[list[Told]]:
    data = overlay.read(item.file)
    dotted = ".".join(item.key)
    try:
        text = (data or b"").decode("utf-8-sig")
        now = setting_in(text, item.key)
    except ValueError:
        return Checked([], (fault("D191", item.file, None, dotted),))
    if now != plain(item.read):
        return Checked([], (_stale(item.file, item.key, plain(item.read), now),))
    if isinstance(item, SettingSeen) or now == plain(item.value):
        return Checked([])
    try:
        made = without_setting(text, item.key) if item.value is ABSENT else with_setting(text, item.key, item.value)
    except ValueError:
        return Checked([], (fault("D191", item.file, None, dotted),))
    overlay.write(item.file, _encoded(made, data))
    return Checked([Told(PlaceMark(item.file, column=dotted), _bytes(now), _bytes(plain(item.value)))])


def _stale(file: str, key: Key, read: Any, now: Any) -> Fault:
    dotted = (".".join(key),)
    if read is ABSENT or now is ABSENT:
        return came(file, dotted) if read is ABSENT else gone(file, dotted)
    return differs(file, dotted, str(read), str(now))


def _bytes(value: Any) -> bytes | None:
    if value is ABSENT:
        return None
    return (toml_value(value) if not isinstance(value, Mapping) else repr(value)).encode()


def _text(overlay: Overlay, item: TextWritten) -> Checked[list[Told]]:
    """A text, with what others changed meanwhile in other paragraphs."""
    data = overlay.read(item.file)
    if data is None:
        return Checked([], (gone(item.file, (item.file,)),))
    now = data.decode("utf-8-sig", "replace")
    merged = merged_texts(item.read, now, item.text)
    if merged.conflicts:
        return Checked([], tuple(fault("J109", item.file, one.line) for one in merged.conflicts))
    if merged.text != now:
        overlay.write(item.file, _encoded(merged.text, data))
    return Checked(list(_blocks(item.file, now, merged.text)))


def _encoded(text: str, like: bytes | None) -> bytes:
    """A text as bytes, with a mark in front where what stood there had one."""
    marked = like is not None and like.startswith(BOM_UTF8)
    return (BOM_UTF8 if marked else b"") + text.encode()


def _blocks(file: str, old: str, new: str) -> Iterator[Told]:
    """The blocks of a text that differ, told by the number of the paragraph."""
    before, after = (text.replace("\r\n", "\n").split("\n\n") for text in (old, new))
    for kind, start, end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            gone, came = "\n\n".join(before[start:end]).encode(), "\n\n".join(after[first:last]).encode()
            place = PlaceMark(file, key=(str(start + 1),))
            yield Told(place, gone if end > start else None, came if last > first else None)


def _file(overlay: Overlay, item: FileWritten | FileSeen) -> Checked[list[Told]]:
    if overlay.hash(item.file) != item.read:
        return Checked([], (fault("J109", item.file),))
    if isinstance(item, FileSeen):
        return Checked([])
    data = overlay.read(item.file)
    if item.data == data:
        return Checked([])
    overlay.write(item.file, item.data)
    return Checked([Told(PlaceMark(item.file), _remembered(data), _remembered(item.data))])


def _remembered(data: bytes | None) -> bytes | None:
    return data if data is None or len(data) <= MOST_REMEMBERED else None


def _delivery(overlay: Overlay, item: Delivered) -> Checked[list[Told]]:
    folder = f"deliveries/{item.id}"
    if (overlay.folder / folder).exists():
        return Checked([], (came("deliveries", (item.id,)),))
    for name, data in item.files.items():
        overlay.write(f"{folder}/{name}", data)
    return Checked([])
