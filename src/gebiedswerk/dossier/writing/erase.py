"""Take words out of what the journal remembers: a tombstone stands for each content, and the chain stays whole."""

from __future__ import annotations

import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from gebiedswerk.core.actor import By
from gebiedswerk.core.faults import Checked, Fault, fault
from gebiedswerk.dossier import cache, safe_files
from gebiedswerk.dossier.disk import on_disk
from gebiedswerk.dossier.writing import redo
from gebiedswerk.dossier.writing.apply import PATIENCE_SECONDS
from gebiedswerk.dossier.writing.entries import EntryKind, FileMark, JournalEntry, entry_of
from gebiedswerk.dossier.writing.journal import Journal, files_of, read_journal
from gebiedswerk.dossier.writing.journal_state import JOURNAL
from gebiedswerk.dossier.writing.memory import Remembered, kept, of_file
from gebiedswerk.dossier.writing.verify_journal import contents_of

LETTERS = ("utf-8", "windows-1252", "utf-16-le", "utf-16-be")
"""How the words may be written in a file."""


def erase(dossier: Path, words: str, by: By) -> Checked[int | None]:
    """Erase every content of the journal with these words, whatever their capitals. Returns how many went.

    The hashes of what files held before can then be told from nothing: their salts go too. Refused where the
    words still stand in the dossier itself, in the reason that is given (J116), or in what the chain is made of: the
    name of a file or a code (J118). An entry tells that something was erased, never what.
    """

    def work() -> Checked[int | None]:
        with safe_files.alone_in(dossier, PATIENCE_SECONDS) as alone:
            if not alone:
                return Checked(None, (fault("J102" if alone is None else "B104", str(dossier)),))
            redo.finish(dossier)
            journal = read_journal(dossier)
            standing = list(_standing(dossier, journal, words, by))
            return Checked(None, tuple(standing)) if standing else _erased(dossier, journal, words, by)

    return on_disk(dossier, "B111", work)


def _erased(dossier: Path, journal: Journal, words: str, by: By) -> Checked[int | None]:
    contents = dossier / redo.CONTENTS
    named = [one for entry in journal.in_order for one in sorted(contents_of(entry))]
    held = [one for one in dict.fromkeys(named) if (contents / one).is_file() and _holds((contents / one), words)]
    told = [entry for entry in journal.in_order if _says(entry.reason, words)]
    if not held and not told:
        return Checked(0)
    salts = _salts_of_former(journal)
    stone = Remembered(None, None, f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}").stored
    files: dict[str, bytes | None] = {f"{redo.CONTENTS}/{name}": stone for name in (*held, *sorted(salts))}
    files |= {f"{JOURNAL}/{entry.name}": replace(entry, reason="", reason_salt="").text.encode() for entry in told}
    old = {name: redo.sha256_of(dossier / name) for name in files}
    entry, salt = _entry(dossier, journal, salts, by)
    new = {name: redo.hash_of(data) for name, data in files.items()}
    redo.commit(dossier, redo.Landing(files, old, new, [entry], [salt]))
    redo.finish(dossier)
    return Checked(len(held) + len(told))


def _salts_of_former(journal: Journal) -> set[str]:
    """The salts by which somebody could try what a file held before: the words may have stood in any of them."""
    now = journal.marks()
    return {
        entry.salt
        for entry in journal.in_order
        for file in entry.files
        if file.old or (entry.salt, file.new) not in now[file.name]
    }


def _entry(dossier: Path, journal: Journal, salts: set[str], by: By) -> tuple[JournalEntry, Remembered]:
    """The entry that tells of it, with new hashes of the files of which nobody can tell the old ones."""
    salt = kept(b"")
    known = journal.marks()
    unknown = sorted(name for name, held in known.items() if any(one in salts for one, _ in held))
    there = [name for name in unknown if (dossier / name).is_file()]
    marks = tuple(
        FileMark(name, "", of_file(salt.salt or b"", name, cache.file_hash(dossier / name))) for name in there
    )
    reason = by.reason or "erase"
    return entry_of(EntryKind.ERASED, journal.heads, by.actor, "journal", reason, salt, files=marks), salt


def _standing(dossier: Path, journal: Journal, words: str, by: By) -> Iterator[Fault]:
    """Where the words stand that no tombstone can cover."""
    if _says(by.reason, words):
        yield fault("J116", "--reason")
    for name in files_of(dossier):
        if _says(name, words) or _holds(dossier / name, words):
            yield fault("J116", name)
    for entry in journal.in_order:
        if _says(entry.body, words):
            yield fault("J118", f"{JOURNAL}/{entry.name}")


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def _says(text: str, words: str) -> bool:
    return _plain(words) in _plain(text)


def _holds(path: Path, words: str) -> bool:
    """Whether a file holds the words, in any way of writing letters; a workbook in any of its parts."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            return any(_has(archive.read(one), words) for one in archive.infolist())
    return _has(path.read_bytes(), words)


def _has(data: bytes, words: str) -> bool:
    if len(data) > cache.LARGE:
        return any(words.encode(letters, "ignore") in data for letters in LETTERS)
    return any(_says(data.decode(letters, "replace"), words) for letters in LETTERS)
