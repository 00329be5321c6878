"""The journal of a dossier: its entries in their order, their ends, and what they say that stands in each file."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import heapify, heappop, heappush
from pathlib import Path

from gebiedswerk.core.filenames import Refusal, refusal_of_name
from gebiedswerk.dossier import cache
from gebiedswerk.dossier.writing.entries import NAME, JournalEntry, read_entry
from gebiedswerk.dossier.writing.journal_state import JOURNAL
from gebiedswerk.dossier.writing.memory import Remembered, of_file, read_content
from gebiedswerk.dossier.writing.redo import CONTENTS


@dataclass(frozen=True)
class Journal:
    """The entries of a dossier by their hashes, in the order of their moments, and the names of files that are none."""

    folder: Path
    entries: Mapping[str, JournalEntry]
    unread: tuple[str, ...] = ()

    @property
    def heads(self) -> tuple[str, ...]:
        """The entries that no other stands on: one, or two where branches were merged."""
        named = {one for entry in self.entries.values() for one in entry.before}
        return tuple(sorted(self.entries.keys() - named))

    @cached_property
    def in_order(self) -> Sequence[JournalEntry]:
        """The entries, each behind those before it, and as they were made as far as that says nothing."""
        after: dict[str, list[str]] = {}
        open_: dict[str, int] = {}
        for hash_, entry in self.entries.items():
            there = {one for one in entry.before if one in self.entries}
            open_[hash_] = len(there)
            for one in there:
                after.setdefault(one, []).append(hash_)
        ready = [(self.entries[one].moment, one) for one, count in open_.items() if not count]
        heapify(ready)
        found = []
        while ready:
            _, hash_ = heappop(ready)
            found.append(self.entries[hash_])
            for one in after.get(hash_, ()):
                open_[one] -= 1
                if not open_[one]:
                    heappush(ready, (self.entries[one].moment, one))
        return found

    def marks(self) -> dict[str, set[tuple[str, str]]]:
        """Place of a file → what the last entries about it say that it holds: (name of the salt, hash).

        More than one where branches were merged: each says its own.
        """
        last: dict[str, dict[str, tuple[str, str]]] = {}
        ends: set[str] = set()
        for entry in self.in_order:
            ends = (ends - set(entry.before)) | {entry.hash}
            for file in entry.files:
                held = last.setdefault(file.name, {})
                for earlier in [one for one in held if len(ends) == 1 or self.stands_on(entry, one)]:
                    del held[earlier]
                held[entry.hash] = (entry.salt, file.new)
        return {name: set(held.values()) for name, held in last.items()}

    def stands_on(self, entry: JournalEntry, earlier: str) -> bool:
        """Whether an entry stands on another, however many lie between."""
        after, way = set[str](), list(entry.before)
        while way:
            one = way.pop()
            if one == earlier:
                return True
            if one not in after and one in self.entries:
                after.add(one)
                way += self.entries[one].before
        return False

    def content(self, name: str) -> Remembered | None:
        """A content by its hash; None where there is none, or where it is damaged."""
        if not name:
            return None
        try:
            return read_content((self.folder / CONTENTS / name).read_bytes())
        except OSError:
            return None


def read_journal(folder: Path) -> Journal:
    """The journal of a dossier; an empty one where it has none."""
    entries: dict[str, JournalEntry] = {}
    unread: list[str] = []
    for path in entry_files(folder):
        found = NAME.fullmatch(path.name)
        try:
            entry = read_entry(path.read_bytes().decode())
        except (OSError, ValueError, KeyError, TypeError):
            found = None
        if found is None:
            unread.append(path.name)
        else:
            entries[found["hash"]] = entry
    return Journal(folder, entries, tuple(unread))


def entry_files(folder: Path) -> list[Path]:
    """The files of entries, in the order of their moments."""
    return sorted(one for one in (folder / JOURNAL).glob("*.toml") if not one.name.startswith("."))


@dataclass(frozen=True, slots=True)
class Known:
    """What a journal ends with: its heads, and per file what the last entries about it say (name of the salt, hash)."""

    heads: tuple[str, ...]
    marks: Mapping[str, frozenset[tuple[str, str]]]


def known(folder: Path) -> Known:
    """What the journal of a dossier ends with, remembered until the next entry; `verify` says what is damaged."""
    key = _key(folder)
    kept = cache.load(f"{key}.journal")
    if isinstance(kept, dict):
        marks = {name: frozenset((salt, hash_) for salt, hash_ in held) for name, held in kept["marks"].items()}
        return Known(tuple(kept["heads"]), marks)
    journal = read_journal(folder)
    found = Known(journal.heads, {name: frozenset(held) for name, held in journal.marks().items()})
    _keep(key, found)
    return found


def remember(folder: Path, ends: Known) -> None:
    """Remember what a journal ends with, outside the dossier."""
    _keep(_key(folder), ends)


def _key(folder: Path) -> str:
    return cache.key(os.fsencode(folder.resolve()), [path.name for path in entry_files(folder)])


def _keep(key: str, ends: Known) -> None:
    marks = {name: sorted(held) for name, held in ends.marks.items()}
    cache.keep(f"{key}.journal", {"heads": list(ends.heads), "marks": marks})


def files_of(folder: Path) -> Iterator[str]:
    """The places of all files of a dossier that the journal tells of: not its own, nor hidden ones."""
    yield from _files(folder, "")


def _files(folder: Path, above: str) -> Iterator[str]:
    for one in sorted(folder.iterdir()):
        name = f"{above}{one.name}"
        if one.name.startswith(".") or name == JOURNAL or refusal_of_name(one.name) is Refusal.BYTES:
            continue
        if one.is_dir():
            yield from () if one.is_symlink() else _files(one, f"{name}/")
        elif one.is_file():
            yield name


def changed_outside(folder: Path, ends: Known) -> Iterator[tuple[str, str | None]]:
    """The files that hold something else than the journal says, each with its SHA-256 now; None of one that went."""
    salts: dict[str, bytes | None] = {}
    there = set(files_of(folder))
    for name in sorted(there | ends.marks.keys()):
        now = cache.file_hash(folder / name) if name in there else None
        if not any(_is(folder, salt, hash_, name, now, salts) for salt, hash_ in ends.marks.get(name, ())):
            yield name, now


def _is(folder: Path, salt: str, hash_: str, name: str, now: str | None, salts: dict[str, bytes | None]) -> bool:
    """Whether a file holds what a mark says; where its salt was erased nobody can tell, and it is taken as true."""
    if not hash_ or now is None:
        return not hash_ and now is None
    if salt not in salts:
        content = Journal(folder, {}).content(salt)
        salts[salt] = content.salt if content else None
    known_salt = salts[salt]
    return known_salt is None or of_file(known_salt, name, now) == hash_


def ends_after(ends: Known, entries: Iterable[JournalEntry]) -> Known:
    """What a journal ends with after entries that stand on its heads, one on the other."""
    heads, marks = ends.heads, dict(ends.marks)
    for entry in entries:
        heads = (entry.hash,)
        marks |= {file.name: frozenset({(entry.salt, file.new)}) for file in entry.files}
    return Known(heads, marks)
