"""Many files change at once or not at all: a record with all new bytes lands first, and whoever finds it finishes it.

The record is a folder, `journal/.redo`: it gets that name when all of it is on the disk, and from then on the change is
made, whatever happens. To finish it costs names alone, no room; it may be done again from the start at any time.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import secrets
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gebiedswerk.core.actor import NOBODY
from gebiedswerk.dossier import safe_files
from gebiedswerk.dossier.rooted import PlaceRefused, Root, RootedPlace, refuse_doubles
from gebiedswerk.dossier.writing.entries import EntryKind, FileMark, JournalEntry, PlaceMark, entry_of
from gebiedswerk.dossier.writing.journal_state import DONE, HALF, JOURNAL, RECORD
from gebiedswerk.dossier.writing.memory import SALT_BYTES, Remembered, of_file

CONTENTS = f"{JOURNAL}/contents"
PLAN = "plan.json"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Landing:
    """What lands together. `files`: place → its bytes, None where it goes. `old`, `new`: the SHA-256 of what stands
    there, and of what comes.

    `entries`: what the journal tells of it, in order; `contents`: what it remembers.
    """

    files: Mapping[str, bytes | None]
    old: Mapping[str, str | None]
    new: Mapping[str, str | None]
    entries: Sequence[JournalEntry] = ()
    contents: Sequence[Remembered] = field(default=())


def sha256_of(path: Path) -> str | None:
    """The SHA-256 of a file; None where there is none."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return None


def hash_of(data: bytes | None) -> str | None:
    """The SHA-256 of the bytes of a file; None of none."""
    return None if data is None else hashlib.sha256(data).hexdigest()


def commit(folder: Path, landing: Landing) -> None:
    """Put a landing on the disk as a record, for `finish`. Only who is alone in the dossier may; nothing changes yet.

    Raises OSError where the disk refuses it, and PlaceRefused for a place outside the folder: then nothing is left.
    """
    root = Root(folder)
    tidy(folder)
    places = {name: root.at(name) for name in landing.files}
    refuse_doubles(root, landing.files)
    for place in places.values():
        place.check_way()
    half = root.at(f"{JOURNAL}/{HALF}{os.getpid()}")
    try:
        with safe_files.gone_if_refused(half):
            _write_record(root, half, places, landing)
    except (OSError, PlaceRefused):
        safe_files.remove_empty(root.at(CONTENTS), root.at(JOURNAL))  # of a dossier that had no journal
        raise


def _write_record(root: Root, half: RootedPlace, places: Mapping[str, RootedPlace], landing: Landing) -> None:
    made: set[Path] = set()
    groups = _groups(places).items()
    moves = [_staged(half, places, group, at, landing, made) for at, group in enumerate(groups)]
    for entry in landing.entries:
        _put(half.at(entry.name), entry.text.encode(), made)
    for content in landing.contents:
        _put(half.at(f"contents/{content.name}"), content.stored, made)
    last = landing.entries[-1].hash if landing.entries else ""
    plan = {"format": FORMAT, "moves": moves, "entry": last, "salt": secrets.token_hex(SALT_BYTES)}
    _put(half.at(PLAN), json.dumps(plan).encode(), made)
    safe_files.make_folder(root.at(CONTENTS))
    safe_files.sync_tree(half.path)
    safe_files.rename_folder(half, root.at(f"{JOURNAL}/{RECORD}"))


def _groups(places: Mapping[str, RootedPlace]) -> Mapping[str, list[str]]:
    """What lands in one step, and the places in it: a folder that is not there yet with all below it, else one file."""
    groups: dict[str, list[str]] = defaultdict(list)
    for name, place in places.items():
        new = next((one for one in place.folders if not one.exists()), None)
        groups[name if new is None else new.relative_to(place.root.path).as_posix()].append(name)
    return groups


def _staged(
    half: RootedPlace,
    places: Mapping[str, RootedPlace],
    group: tuple[str, Sequence[str]],
    at: int,
    landing: Landing,
    made: set[Path],
) -> dict[str, Any]:
    """Write what lands in one step, and say of it where to, and what stands there before and after."""
    target, names = group
    for name in names:
        data = landing.files[name]
        if data is not None:
            staged = half.at(f"new/{at}{name.removeprefix(target)}")
            _put(staged, data, made)
            safe_files.keep_mode(staged, places[name])
    return {"to": target, "files": {name: [landing.old.get(name), landing.new[name]] for name in names}}


def _put(place: RootedPlace, data: bytes, made: set[Path]) -> None:
    safe_files.put_new(safe_files.in_folder(place, made), data)


def tidy(folder: Path) -> None:
    """Remove what was left of records that did not come to be, or that were done."""
    root = Root(folder)
    for name in _names(folder / JOURNAL):
        if name.startswith((HALF, DONE)):
            safe_files.remove(root.at(f"{JOURNAL}/{name}"))


def _names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir()) if folder.is_dir() else []


def finish(folder: Path) -> None:
    """Do what a record says, if there is one; only who is alone in the dossier may. Raises OSError.

    A file that holds neither what it held nor what it is to hold was changed by hand since: it is kept aside first.
    """
    root = Root(folder)
    record = root.at(f"{JOURNAL}/{RECORD}")
    if not record.path.is_dir():
        return
    plan = _plan(record)
    moves = [move for at, move in enumerate(plan["moves"]) if _waits(record, at, move)]
    _keep_aside(root, plan, {name: move["files"][name][1] for move in moves for name in _odd(root, move)})
    touched: set[Path] = set()
    for at, move in enumerate(plan["moves"]):
        touched |= _moved(root, record, at, move)
    for name in _names(record.path / "contents"):
        safe_files.put_in_place(record.at(f"contents/{name}"), root.at(f"{CONTENTS}/{name}"))
    for name in _names(record.path):
        if name.endswith(".toml"):
            safe_files.put_in_place(record.at(name), root.at(f"{JOURNAL}/{name}"))
    for one in sorted({*map(_standing, touched), root.at(CONTENTS).path}):
        safe_files.sync_folder(one)
    done = root.at(f"{JOURNAL}/{DONE}{os.getpid()}")
    with suppress(FileNotFoundError):
        safe_files.remove(done)
    safe_files.rename_folder(record, done)
    safe_files.remove(done)


def _standing(folder: Path) -> Path:
    """A folder, or the nearest one above it that still stands: with the last file in it it goes too."""
    return next(one for one in (folder, *folder.parents) if one.is_dir())


def _plan(record: RootedPlace) -> Mapping[str, Any]:
    """What a record says. Raises OSError for one that is damaged: it was whole when it got its name."""
    try:
        plan: Mapping[str, Any] = json.loads(record.at(PLAN).path.read_bytes())
        bytes.fromhex(plan["salt"] + plan["entry"])
        steps = [(one["to"], [(name, old, new) for name, (old, new) in one["files"].items()]) for one in plan["moves"]]
        if plan["format"] != FORMAT or not all(names for _, names in steps):
            raise ValueError
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        raise OSError(errno.EIO, f"{JOURNAL}/{RECORD}/{PLAN}") from problem
    return plan


def _waits(record: RootedPlace, at: int, move: Mapping[str, Any]) -> bool:
    """Whether a step was not done yet."""
    return _takes_away(move) or record.at(f"new/{at}").path.exists()


def _takes_away(move: Mapping[str, Any]) -> bool:
    """Whether a step is a file that goes."""
    return move["to"] in move["files"] and move["files"][move["to"]][1] is None


def _odd(root: Root, move: Mapping[str, Any]) -> Iterator[str]:
    """The files of a step that hold neither what they held nor what they are to hold."""
    for name, (old, new) in move["files"].items():
        if sha256_of(root.at(name).path) not in (None, old, new):
            yield name


def _moved(root: Root, record: RootedPlace, at: int, move: Mapping[str, Any]) -> set[Path]:
    """Do one step. Returns the folders in which names changed."""
    target, staged = root.at(move["to"]), record.at(f"new/{at}")
    files: Mapping[str, Any] = move["files"]
    if _takes_away(move):
        return {safe_files.remove_with_folders(target)}
    if not staged.path.exists():
        return {target.path.parent}
    if not target.path.is_dir():
        safe_files.put_in_place(staged, target)
        return {target.path.parent}
    for name in files:  # somebody made the folder since
        part = name.removeprefix(move["to"])
        if staged.path.joinpath(part[1:]).exists():
            safe_files.put_in_place(
                RootedPlace(root, f"{staged.name}{part}"), safe_files.in_folder(root.at(name), set())
            )
    return {root.at(name).path.parent for name in files}


def _keep_aside(root: Root, plan: Mapping[str, Any], odd: Mapping[str, str | None]) -> None:
    """Keep what a hand wrote since the crash: its bytes among the contents, and an entry that tells so.

    `odd`: the files, with the SHA-256 of what is to stand there.
    """
    salt = bytes.fromhex(plan["salt"])
    held = {name: Remembered(salt, root.at(name).path.read_bytes()) for name in odd}
    new = {name: content for name, content in held.items() if not _is_told(root, content.name)}
    if not new:
        return
    of_files = Remembered(salt, b"")
    marks = [
        FileMark(name, of_file(salt, name, hash_of(one.data)), of_file(salt, name, odd[name]))
        for name, one in new.items()
    ]
    places = [PlaceMark(name, old=content.name) for name, content in new.items()]
    before = [plan["entry"]] if plan["entry"] else []
    told = {"files": tuple(marks), "places": tuple(places)}
    entry = entry_of(EntryKind.ASIDE, before, NOBODY, "finish", "finish", of_files, **told)
    for content in (of_files, *new.values()):
        safe_files.write_new(root.at(f"{CONTENTS}/{content.name}"), content.stored)
    safe_files.write_new(root.at(f"{JOURNAL}/{entry.name}"), entry.text.encode())


def _is_told(root: Root, content: str) -> bool:
    """Whether an entry names a content: one that died before it told so tells it again."""
    return any(content.encode() in path.read_bytes() for path in (root.path / JOURNAL).glob("*.toml"))
