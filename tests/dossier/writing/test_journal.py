"""The entries in their order, their ends, and what they say that stands in each file."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from gebiedswerk.core.actor import Actor
from gebiedswerk.dossier import cache
from gebiedswerk.dossier.writing.entries import EntryKind, FileMark, JournalEntry, entry_of
from gebiedswerk.dossier.writing.journal import (
    Journal,
    changed_outside,
    ends_after,
    files_of,
    known,
    read_journal,
    remember,
)
from gebiedswerk.dossier.writing.journal_state import JOURNAL
from gebiedswerk.dossier.writing.memory import Remembered, kept, of_file
from gebiedswerk.dossier.writing.redo import CONTENTS, sha256_of


class Told:
    """A folder with files and a journal that is written entry by entry, on any entry before."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / CONTENTS).mkdir(parents=True)

    def entry(self, before: list[JournalEntry], **files: str) -> JournalEntry:
        """An entry that says what stands in some files (`a="text"`), and puts that there."""
        salt = kept(b"")
        marks = []
        for name, text in files.items():
            (self.folder / name).write_text(text, "utf-8")
            marks.append(FileMark(name, "", self.mark(salt, name)))
        made = entry_of(
            EntryKind.CHANGE, [one.hash for one in before], Actor("m1"), "set", "x", salt, files=tuple(marks)
        )
        (self.folder / CONTENTS / salt.name).write_bytes(salt.stored)
        (self.folder / JOURNAL / made.name).write_text(made.text, "utf-8")
        return made

    def mark(self, salt: Remembered, name: str) -> str:
        return of_file(salt.salt or b"", name, sha256_of(self.folder / name))

    @property
    def outside(self) -> list[str]:
        """The files that differ from what the journal says."""
        return [name for name, _ in changed_outside(self.folder, known(self.folder))]


@pytest.fixture
def told(tmp_path: Path) -> Told:
    return Told(tmp_path)


def test_one_after_the_other(told: Told) -> None:
    first = told.entry([], a="1", b="1")
    second = told.entry([first], a="2")
    journal = read_journal(told.folder)
    assert [one.hash for one in journal.in_order] == [first.hash, second.hash]
    assert journal.heads == (second.hash,)
    assert journal.stands_on(second, first.hash) and not journal.stands_on(first, second.hash)
    assert {name: len(held) for name, held in journal.marks().items()} == {"a": 1, "b": 1}
    assert told.outside == []


def test_two_branches(told: Told) -> None:
    """Each says its own of a file that both changed; of one that one changed only that one does."""
    first = told.entry([], a="1", b="1", c="1")
    left = told.entry([first], a="left", b="left")
    right = told.entry([first], a="right", c="right")
    journal = read_journal(told.folder)
    assert journal.heads == tuple(sorted((left.hash, right.hash)))
    assert {name: len(held) for name, held in journal.marks().items()} == {"a": 2, "b": 1, "c": 1}
    assert told.outside == []
    (told.folder / "a").write_text("left", "utf-8")
    assert told.outside == []
    (told.folder / "a").write_text("merged", "utf-8")
    assert told.outside == ["a"]
    joined = told.entry([left, right], a="merged")
    assert read_journal(told.folder).heads == (joined.hash,)
    assert told.outside == []


def test_any_order_of_files_gives_one_order_of_entries(told: Told) -> None:
    """A chain of twenty, each on one or two before it: none stands before what it stands on."""
    chance = random.Random(5)
    made = [told.entry([], a="0")]
    for at in range(20):
        made.append(told.entry(chance.sample(made, min(len(made), chance.choice([1, 2]))), a=str(at)))
    entries = list(read_journal(told.folder).entries.items())
    for _ in range(5):
        chance.shuffle(entries)
        order = [one.hash for one in Journal(told.folder, dict(entries)).in_order]
        assert len(order) == len(made)
        for one in made:
            assert all(order.index(before) < order.index(one.hash) for before in one.before)


def test_what_an_editor_did_is_seen(told: Told) -> None:
    told.entry([], a="1", b="1", c="1")
    (told.folder / "a").write_text("2", "utf-8")
    (told.folder / "b").unlink()
    (told.folder / "d").write_text("new", "utf-8")
    (told.folder / ".hidden").write_text("x", "utf-8")
    assert told.outside == ["a", "b", "d"]


def test_files_that_the_journal_tells_of(told: Told, tmp_path: Path) -> None:
    """Not its own, nor hidden ones, nor what a link leads to."""
    for name in ("a.csv", "b/c.csv", ".git/config", "b/.lock", "journal/x.toml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x", "utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "b")
    assert list(files_of(tmp_path)) == ["a.csv", "b/c.csv"]


def test_what_it_ends_with_is_remembered(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is remembered is what is worked out; the next entry makes it void."""
    first = told.entry([], a="1")
    ends = known(told.folder)
    assert ends.heads == (first.hash,)
    with monkeypatch.context() as patch:
        patch.setattr("gebiedswerk.dossier.writing.journal.read_journal", lambda folder: 1 / 0)
        assert known(told.folder) == ends
    second = told.entry([first], b="1")
    remember(told.folder, ends_after(ends, [second]))
    with monkeypatch.context() as patch:
        patch.setattr(cache, "load", lambda name: None)
        assert known(told.folder) == ends_after(ends, [second])


def test_what_is_no_entry_is_named(told: Told) -> None:
    told.entry([], a="1")
    (told.folder / JOURNAL / "x.toml").write_text("format = 1", "utf-8")
    journal = read_journal(told.folder)
    assert (len(journal.entries), journal.unread) == (1, ("x.toml",))


def test_an_erased_salt_tells_nothing(told: Told) -> None:
    first = told.entry([], a="1")
    (told.folder / CONTENTS / first.salt).write_bytes(Remembered(None, None, "2026").stored)
    (told.folder / "a").write_text("2", "utf-8")
    assert told.outside == []


def test_no_journal(tmp_path: Path) -> None:
    journal = read_journal(tmp_path)
    assert (journal.heads, list(journal.in_order), journal.marks(), journal.content("")) == ((), [], {}, None)
