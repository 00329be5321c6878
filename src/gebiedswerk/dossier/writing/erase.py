"""Take words out of what the journal remembers: a tombstone stands for each content, and the chain stays whole."""

from __future__ import annotations

import html
import json
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from gebiedswerk.core.actor import By
from gebiedswerk.core.faults import Checked, Fault, fault
from gebiedswerk.dossier import cache
from gebiedswerk.dossier.writing import redo
from gebiedswerk.dossier.writing.apply import unexplained, written_alone
from gebiedswerk.dossier.writing.entries import EntryKind, FileMark, JournalEntry, entry_of
from gebiedswerk.dossier.writing.journal import Journal, files_of, known, read_journal
from gebiedswerk.dossier.writing.journal_state import JOURNAL
from gebiedswerk.dossier.writing.memory import Remembered, new_salt, of_file

LETTERS = ("utf-8", "windows-1252", "utf-16-le", "utf-16-be")
"""How the words may be written in a file."""
PIECE, OVERLAP = 8_000_000, 4096
"""Bytes: a larger file is looked through in pieces, each with the end of the one before."""
TAG = re.compile(r"<[^<>]*>")
"""What may stand in the midst of a word in a part of a workbook."""


def erase(dossier: Path, words: str, by: By) -> Checked[int | None]:
    """Erase every content of the journal with these words, whatever their capitals. Returns how many went.

    The hashes of what files held before can then be told from nothing: their salts go too. Refused where the
    words still stand in the dossier itself, in the reason that is given (J116), or in what the chain is made of: the
    name of a file or a code (J118), or in an entry that is damaged (J111).
    An entry tells that something was erased, never what.
    """

    def work() -> Checked[int | None]:
        redo.tidy(dossier)
        journal = read_journal(dossier)
        standing = list(_standing(dossier, journal, words, by))
        return Checked(None, tuple(standing)) if standing else _erased(dossier, journal, words, by)

    return written_alone(dossier, work)


def _erased(dossier: Path, journal: Journal, words: str, by: By) -> Checked[int | None]:
    contents = dossier / redo.CONTENTS
    there = sorted(contents.iterdir()) if contents.is_dir() else []
    held = [one.name for one in there if one.is_file() and _holds(one, words)]
    told = [entry for entry in journal.in_order if _says(entry.reason, words)]
    if not held and not told:
        return Checked(0)
    salts = _salts_of_former(journal)
    stone = Remembered(None, None, f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}").stored
    files: dict[str, bytes | None] = {f"{redo.CONTENTS}/{name}": stone for name in (*held, *sorted(salts))}
    files |= {f"{JOURNAL}/{entry.name}": replace(entry, reason_salt="").text.encode() for entry in told}
    old = {name: redo.sha256_of(dossier / name) for name in files}
    remembered: list[Remembered] = []
    before = list(unexplained(dossier, known(dossier), remembered))
    entry, salt = _entry(dossier, journal, salts, by, before)
    new = {name: redo.hash_of(data) for name, data in files.items()}
    redo.commit(dossier, redo.Landing(files, old, new, [*before, entry], [*remembered, salt]))
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


def _entry(
    dossier: Path, journal: Journal, salts: set[str], by: By, before: Sequence[JournalEntry]
) -> tuple[JournalEntry, Remembered]:
    """The entry that tells of it, with new hashes of the files of which nobody can tell the old ones.

    `before`: that of what was changed outside, if anything was: it has new hashes of its own.
    """
    salt = new_salt()
    told = {file.name for one in before for file in one.files}
    marks_now = {name: held for name, held in journal.marks().items() if name not in told}
    unknown = sorted(name for name, held in marks_now.items() if any(one in salts for one, _ in held))
    there = [name for name in unknown if (dossier / name).is_file()]
    marks = tuple(FileMark(name, "", of_file(salt, name, cache.file_hash(dossier / name))) for name in there)
    reason = by.reason or "erase"
    heads = [before[-1].hash] if before else journal.heads
    content = Remembered(salt, b"")
    return entry_of(EntryKind.ERASED, heads, by.actor, "journal", reason, content, files=marks), content


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
    for name in journal.unread:
        if _says(name, words) or _holds(dossier / JOURNAL / name, words):
            yield fault("J111", f"{JOURNAL}/{name}")


def _plain(text: str) -> str:
    """A text whatever its capitals, its accents are made of, and where its lines end."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def _says(text: str, words: str) -> bool:
    plain = _plain(text)
    return any(_plain(one) in plain for one in _spelled(words))


def _spelled(words: str) -> set[str]:
    """The words as settings, tables and pages write them: with their marks doubled, or with signs for them."""
    escaped = words.replace("\\", "\\\\").replace('"', '\\"')
    return {words, escaped, words.replace('"', '""'), json.dumps(words)[1:-1], html.escape(words)}


def _holds(path: Path, words: str) -> bool:
    """Whether a file holds the words, in any way of writing letters; a workbook in any of its parts."""
    data = path.read_bytes()
    return _has(data, words) or any(_has(part, words) for part in _parts(path))


def _parts(path: Path) -> Iterator[bytes]:
    """The parts of a workbook, as they are and without their tags; of anything else, or a damaged one, none."""
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                for one in archive.infolist():
                    data = archive.read(one)
                    yield data
                    yield TAG.sub("", data.decode("utf-8", "replace")).encode()
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, ValueError):
        return  # a program that opens none of it shows no name; its bytes were looked at


def _has(data: bytes, words: str) -> bool:
    pieces = (data[max(at - OVERLAP, 0) : at + PIECE] for at in range(0, len(data), PIECE))
    return any(_says(piece.decode(letters, "replace"), words) for piece in pieces for letters in LETTERS)
