"""The one function that writes a dossier: it checks, lands whole or not at all, and is told in the journal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from gebiedswerk.core.actor import NOBODY, Actor, By
from gebiedswerk.core.faults import Checked, Fault, errors, fault
from gebiedswerk.core.words import TextKind, is_blank
from gebiedswerk.dossier import safe_files
from gebiedswerk.dossier.disk import on_disk
from gebiedswerk.dossier.reader import read
from gebiedswerk.dossier.table_files import as_it_stands
from gebiedswerk.dossier.writing import redo
from gebiedswerk.dossier.writing.as_it_would_be import viewed
from gebiedswerk.dossier.writing.carry_out import Carried, carry_out
from gebiedswerk.dossier.writing.change import Change
from gebiedswerk.dossier.writing.entries import (
    Approval,
    EntryKind,
    FileMark,
    JournalEntry,
    PlaceMark,
    entry_of,
)
from gebiedswerk.dossier.writing.fault_marks import beside
from gebiedswerk.dossier.writing.journal import Known, changed_outside, ends_after, known, remember
from gebiedswerk.dossier.writing.memory import Remembered, kept, new_salt, of_file
from gebiedswerk.dossier.writing.overlay import Told

T = TypeVar("T")

PATIENCE_SECONDS = 30.0
"""How long one waits for another that writes in the same dossier."""


@dataclass(frozen=True, slots=True)
class Applied:
    """What landed: the places of the files that changed, and the entry that tells so; None where nothing changed."""

    files: tuple[str, ...] = ()
    entry: JournalEntry | None = None


def apply(
    dossier: Path,
    change: Change,
    actor: Actor,
    reason: str,
    *,
    verb: str = "",
    approvals: Sequence[Approval] = (),
) -> Checked[Applied | None]:
    """Make a change of a dossier, whole or not at all, and tell it in the journal; a folder that is empty becomes one.

    Refused (None), with nothing changed: where something differs from what was read (J101), cannot be written where it
    stands (J105, D191) or is no place of the dossier (J106, B110); where the dossier would have an error of its shape,
    keys or references that it has not now; where another writes (B104) or the disk cannot lock (J102); without a reason
    (T128) or with a name as actor (J103). What follows for the money is no question here.
    """
    faults = [fault("T128", str(dossier), None, "--reason", reason)] if _says_nothing(reason) else []
    faults += [] if actor.is_opaque else [fault("J103", str(dossier), None, "--actor", f"{actor.id}:{actor.role}")]
    if faults:
        return Checked(None, tuple(faults))

    def work() -> Checked[Applied | None]:
        carried = carry_out(dossier, change)
        if carried.value is None or not carried.value.files:
            return Checked(None if carried.faults else Applied(), carried.faults)
        broken = would_break(dossier, carried.value.files)
        if broken:
            return Checked(None, broken)
        return _landed(dossier, carried.value, actor, reason, verb, approvals)

    return written_alone(dossier, work)


def written_alone(dossier: Path, work: Callable[[], Checked[T | None]]) -> Checked[T | None]:
    """Do work that writes a dossier, once nobody else does and nothing stands half in it (else B104, J102, B111)."""

    def alone_at_work() -> Checked[T | None]:
        with safe_files.alone_in(dossier, PATIENCE_SECONDS) as alone:
            if not alone:
                return Checked(None, (fault("J102" if alone is None else "B104", str(dossier)),))
            redo.finish(dossier)
            return work()

    return on_disk(dossier, "B111", alone_at_work)


def land(dossier: Path, change: Change, by: By, verb: str) -> Checked[Applied | None]:
    """Make a change for a verb of ours. `verb`: its command in words, which are the reason where none is given.

    Only its first word stands in the chain: the others may hold a name, which can be erased from a reason.
    """
    return apply(dossier, change, by.actor, by.reason or verb, verb=verb.partition(" ")[0])


def _says_nothing(reason: str) -> bool:
    return not reason.strip() or is_blank(reason, TextKind.REASON)


def would_break(dossier: Path, files: Mapping[str, bytes | None]) -> tuple[Fault, ...]:
    """The errors that a dossier would have with these bytes at these places, and has not now."""
    after = errors(faults_with(dossier, files))
    come = beside(after, errors(faults_with(dossier, {}))) if after else ()
    return tuple(as_it_stands(one, dossier) for one in come)


def faults_with(dossier: Path, files: Mapping[str, bytes | None]) -> tuple[Fault, ...]:
    """The faults of a dossier with these bytes at these places; it stands as it was."""
    if not files and not (dossier / "dossier.toml").is_file():
        return ()
    with viewed(dossier, files) as (view, linked):
        return tuple(one for one in read(view).faults if not (one.code == "D152" and one.file in linked))


def _landed(
    dossier: Path, carried: Carried, actor: Actor, reason: str, verb: str, approvals: Sequence[Approval]
) -> Checked[Applied | None]:
    """Put a change on the disk with what the journal tells of it, and finish it."""
    ends = known(dossier)
    contents: list[Remembered] = []
    entries = list(unexplained(dossier, ends, contents))
    heads = [entries[-1].hash] if entries else list(ends.heads)
    salt = new_salt()
    contents.append(of_files := Remembered(salt, b""))
    old, new = carried.old, carried.new
    files = tuple(FileMark(name, of_file(salt, name, old[name]), of_file(salt, name, new[name])) for name in old)
    places = tuple(_place(one, contents) for one in carried.told)
    told = {"approvals": tuple(approvals), "files": files, "places": places}
    entries.append(entry_of(EntryKind.CHANGE, heads, actor, verb, reason, of_files, **told))
    redo.commit(dossier, redo.Landing(carried.files, carried.old, carried.new, entries, contents))
    applied = Applied(tuple(carried.files), entries[-1])
    try:
        redo.finish(dossier)
    except OSError as problem:  # the record stands: whoever reads finishes it
        return Checked(applied, (fault("J104", str(dossier), reason=problem.strerror or problem),))
    remember(dossier, ends_after(ends, entries))
    return Checked(applied)


def unexplained(dossier: Path, ends: Known, contents: list[Remembered]) -> Iterator[JournalEntry]:
    """What no entry explains, as an entry of its own: the first time all that stands there."""
    odd = list(changed_outside(dossier, ends))
    if not odd:
        return
    salt = new_salt()
    contents.append(of_files := Remembered(salt, b""))
    held = {name: max(hash_ for _, hash_ in marks) for name, marks in ends.marks.items()}
    marks = tuple(FileMark(name, held.get(name, ""), of_file(salt, name, now)) for name, now in odd)
    kind = EntryKind.OUTSIDE if ends.heads else EntryKind.BEGIN
    yield entry_of(kind, ends.heads, NOBODY, str(kind), str(kind), of_files, files=marks)


def _place(told: Told, contents: list[Remembered]) -> PlaceMark:
    """What changed at a place, with its texts among the contents."""
    made = {name: kept(data) for name in ("old", "new", "key") if (data := getattr(told, name)) is not None}
    contents.extend(made.values())
    name = {part: content.name for part, content in made.items()}
    place = replace(told.place, old=name.get("old", ""), new=name.get("new", ""))
    return replace(place, key=(), keyed=name["key"]) if "key" in name else place
