"""Whether a journal is whole: each entry is what its name says, stands on one that is there, and has its contents."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from gebiedswerk.core.faults import Fault, fault
from gebiedswerk.dossier.writing.entries import EntryKind, JournalEntry, is_true, read_entry
from gebiedswerk.dossier.writing.journal import Journal, entry_files, read_journal
from gebiedswerk.dossier.writing.journal_state import JOURNAL
from gebiedswerk.dossier.writing.memory import read_content
from gebiedswerk.dossier.writing.redo import CONTENTS


def verify_journal(dossier: Path) -> tuple[Fault, ...]:
    """What is wrong with the journal of a dossier: an entry that is not what it was (J111), one that is missing (J112),
    a content that is missing or damaged (J113). That the last entries are there cannot be told from the journal alone.
    """
    journal = read_journal(dossier)
    return (*_entries(dossier), *_chain(journal), *_contents(journal))


def _entries(dossier: Path) -> Iterator[Fault]:
    for path in entry_files(dossier):
        if not _is_whole(path):
            yield fault("J111", f"{JOURNAL}/{path.name}")


def _is_whole(path: Path) -> bool:
    try:
        text = path.read_bytes().decode()
        return is_true(read_entry(text), path.name, text)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _chain(journal: Journal) -> Iterator[Fault]:
    """The entries that stand on one that is not there; only the first stands on none."""
    for entry in journal.in_order:
        for one in entry.before:
            if one not in journal.entries:
                yield fault("J112", f"{JOURNAL}/{entry.name}", value=one)


def _contents(journal: Journal) -> Iterator[Fault]:
    """The contents that are not what they were; a tombstone is one only where an entry tells of erasing."""
    erased = any(entry.kind is EntryKind.ERASED for entry in journal.in_order)
    for entry in journal.in_order:
        for name in sorted(contents_of(entry)):
            path = journal.folder / CONTENTS / name
            content = read_content(path.read_bytes()) if path.is_file() else None
            if content is None or not (content.name == name or erased and content.erased):
                yield fault("J113", f"{CONTENTS}/{name}", entry=f"{JOURNAL}/{entry.name}")


def contents_of(entry: JournalEntry) -> set[str]:
    """The contents that an entry names."""
    names = {entry.salt, *(one for place in entry.places for one in (place.keyed, place.old, place.new))}
    return names - {""}
