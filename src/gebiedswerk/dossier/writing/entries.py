"""One entry of the journal: who changed what, when and why, and the hash of the entry or entries before it.

An entry is a file, `journal/<moment>-<hash>.toml`. Its hash is that of all that stands above `[said]`: what a person
said (the reason) can be erased, and the chain stays whole.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from gebiedswerk.core.actor import Actor
from gebiedswerk.dossier.toml_edit import toml_value
from gebiedswerk.dossier.writing.memory import Remembered, new_salt, salted

FORMAT = 1
SAID = "\n[said]\n"
NAME = re.compile(r"(?P<moment>[0-9]{8}T[0-9]{12}Z)-(?P<hash>[0-9a-f]{64})\.toml")


class EntryKind(StrEnum):
    """Why an entry is there."""

    CHANGE = "change"
    """Somebody changed something, through us."""
    BEGIN = "begin"
    """The journal begins: what stood there."""
    OUTSIDE = "outside"
    """Something differs that no entry explains: it was changed with an editor, or merged by another program."""
    ASIDE = "aside"
    """A file was changed by hand between a crash and its repair: what stood there is kept among the contents."""
    ERASED = "erased"
    """Contents were erased."""


@dataclass(frozen=True, slots=True)
class Approval:
    """That somebody approved what was applied: who, when, and the hash of what they saw."""

    actor: Actor
    moment: datetime
    approved: str


@dataclass(frozen=True, slots=True)
class FileMark:
    """A file before and after, as hashes with the salt of the entry; empty where there was none."""

    name: str
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True)
class PlaceMark:
    """What changed within a file: a row or a cell of a table, a setting, a block of text.

    `key`: that of the row, as canonical texts; `keyed` its salted hash instead, where people edit what it is made of.
    Without a column it is the whole row or block. `line`, `area`, `year`: the codes of what the row is about. `old` and
    `new`: salted hashes; empty where there was none.
    """

    file: str
    table: str = ""
    key: tuple[str, ...] = ()
    keyed: str = ""
    column: str = ""
    line: str = ""
    area: str = ""
    year: str = ""
    old: str = ""
    new: str = ""


PLACE = tuple(field.name for field in fields(PlaceMark))


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """An entry. `salt`: the content that holds the salt of `files`. `reason` is empty where it was erased."""

    moment: datetime
    kind: EntryKind
    before: tuple[str, ...]
    actor: Actor
    verb: str
    reason: str
    reason_hash: str
    reason_salt: str
    salt: str
    approvals: tuple[Approval, ...] = ()
    files: tuple[FileMark, ...] = ()
    places: tuple[PlaceMark, ...] = ()

    @property
    def hash(self) -> str:
        """The hash by which the next entry names this one."""
        return hashlib.sha256(self.body.encode()).hexdigest()

    @property
    def name(self) -> str:
        """The name of its file."""
        return f"{self.moment:%Y%m%dT%H%M%S%fZ}-{self.hash}.toml"

    @property
    def body(self) -> str:
        """All that its hash is of."""
        return "\n".join(_body(self)) + "\n"

    @property
    def text(self) -> str:
        """Its file."""
        told = [f"reason = {toml_value(self.reason)}", f"salt = {toml_value(self.reason_salt)}"]
        return (
            self.body + SAID + "\n".join(told if self.reason_salt else ["erased = " + toml_value(True)]) + "\n"
        )  # literal: a setting


def entry_of(
    kind: EntryKind,
    before: Iterable[str],
    actor: Actor,
    verb: str,
    reason: str,
    salt: Remembered,
    **what: Any,
) -> JournalEntry:
    """A new entry of this moment."""
    own = new_salt()
    said = salted(own, reason.encode())
    return JournalEntry(
        datetime.now(UTC), kind, tuple(sorted(before)), actor, verb, reason, said, own.hex(), salt.name, **what
    )


def _body(entry: JournalEntry) -> Iterator[str]:
    yield f"format = {FORMAT}"
    yield f"moment = {entry.moment.isoformat()}"
    yield f"kind = {toml_value(str(entry.kind))}"
    yield f"before = {toml_value(list(entry.before))}"
    yield f"actor = {toml_value(entry.actor.id)}"
    yield f"role = {toml_value(entry.actor.role)}"
    yield f"verb = {toml_value(entry.verb)}"
    yield f"reason_hash = {toml_value(entry.reason_hash)}"
    yield f"salt = {toml_value(entry.salt)}"
    for approval in entry.approvals:
        yield from ("", "[[approval]]", f"actor = {toml_value(approval.actor.id)}")
        yield f"role = {toml_value(approval.actor.role)}"
        yield f"moment = {approval.moment.isoformat()}"
        yield f"approved = {toml_value(approval.approved)}"
    for file in entry.files:
        yield from ("", "[[file]]", *_filled(file, ("name", "old", "new")))
    for place in entry.places:
        yield from ("", "[[place]]", *_filled(place, PLACE))


def _filled(mark: FileMark | PlaceMark, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        value = getattr(mark, name)
        if value:
            yield f"{name} = {toml_value(value)}"


def read_entry(text: str) -> JournalEntry:
    """An entry of the text of its file. Raises ValueError, KeyError or TypeError where it is none."""
    told = tomllib.loads(text)
    if told["format"] != FORMAT:
        raise ValueError(told["format"])
    said: Mapping[str, Any] = told["said"]
    if not isinstance(said, Mapping) or not isinstance(told["moment"], datetime) or told["moment"].tzinfo is None:
        raise ValueError
    entry = JournalEntry(
        told["moment"],
        EntryKind(told["kind"]),
        tuple(told["before"]),
        Actor(told["actor"], told["role"]),
        told["verb"],
        said.get("reason", ""),
        told["reason_hash"],
        said.get("salt", ""),
        told["salt"],
        tuple(
            Approval(Actor(one["actor"], one["role"]), one["moment"], one["approved"])
            for one in told.get("approval", [])
        ),
        tuple(FileMark(**one) for one in told.get("file", [])),
        tuple(PlaceMark(**{**one, "key": tuple(one.get("key", ()))}) for one in told.get("place", [])),
    )
    if not all(isinstance(one, str) for one in _texts(entry)):
        raise TypeError
    return entry


def _texts(entry: JournalEntry) -> Iterator[object]:
    """All of an entry that must be text; somebody may have written in it."""
    yield from (*entry.before, entry.actor.id, entry.actor.role, entry.verb, entry.reason, entry.reason_hash)
    yield from (entry.reason_salt, entry.salt)
    for file in entry.files:
        yield from (file.name, file.old, file.new)
    for place in entry.places:
        yield from (*place.key, *(getattr(place, name) for name in PLACE if name != "key"))


def is_true(entry: JournalEntry, name: str, text: str) -> bool:
    """Whether the text of an entry is what its name says, and its reason what it was."""
    if entry.name != name or entry.text != text:
        return False
    return not entry.reason_salt or salted(bytes.fromhex(entry.reason_salt), entry.reason.encode()) == entry.reason_hash
