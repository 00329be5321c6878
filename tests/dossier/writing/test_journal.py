"""The entries in their order, their ends, and what they say that stands in each file."""

from __future__ import annotations

import os
import random
import shutil
import sys
from dataclasses import replace
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

    def entry(self, before: list[JournalEntry], **files: str | None) -> JournalEntry:
        """An entry that says what stands in some files (`a="text"`; None: nothing), and puts that there."""
        salt = kept(b"")
        marks = []
        for name, text in files.items():
            if text is None:
                (self.folder / name).unlink()
            else:
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


def test_any_other_content_is_seen(told: Told) -> None:
    """Whether its hash comes before or after that of the entry."""
    told.entry([], a="1")
    for other in range(2, 40):
        (told.folder / "a").write_text(str(other), "utf-8")
        assert told.outside == ["a"]


def test_files_that_the_journal_tells_of(told: Told, tmp_path: Path) -> None:
    """Not its own, nor hidden ones, nor what a link leads to."""
    for name in ("a.csv", "b/c.csv", "keys.csv", ".git/config", "b/.lock", "journal/x.toml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x", "utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "b")
    assert list(files_of(tmp_path)) == ["a.csv", "b/c.csv", "keys.csv"]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no names of any bytes")
def test_a_name_that_is_no_text_cannot_be_told(told: Told, tmp_path: Path) -> None:
    """An entry could not hold it."""
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/x\xff.csv")).write_text("x", "utf-8")
    assert list(files_of(tmp_path)) == []


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
        patch.setattr("gebiedswerk.dossier.writing.journal.read_journal", lambda folder: 1 / 0)
        assert known(told.folder) == ends_after(ends, [second])
    with monkeypatch.context() as patch:
        patch.setattr(cache, "load", lambda name: None)
        assert known(told.folder) == ends_after(ends, [second])


def test_what_comes_while_it_is_read_is_not_left_out_later(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    first = told.entry([], a="1")
    second: list[JournalEntry] = []

    def read_and_write(folder: Path) -> Journal:
        found = read_journal(folder)
        second.append(told.entry([first], a="2"))
        return found

    with monkeypatch.context() as patch:
        patch.setattr("gebiedswerk.dossier.writing.journal.read_journal", read_and_write)
        assert known(told.folder).heads == (first.hash,)
    assert known(told.folder).heads == (second[0].hash,)


def test_a_copy_is_remembered_apart(told: Told, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Somebody may have put other words under the same names there."""
    made = told.entry([], a="1")
    known(told.folder)
    other = Path(shutil.copytree(told.folder, tmp_path_factory.mktemp("other") / "x"))
    place = other / JOURNAL / made.name
    place.write_text(place.read_text("utf-8").replace('name = "a"', 'name = "b"'), "utf-8")
    assert list(known(other).marks) == ["b"]
    assert list(known(told.folder).marks) == ["a"]


def test_who_stands_on_whom(told: Told) -> None:
    """As by following each line back, in a chain of twenty with branches; one that is missing ends a line."""
    chance = random.Random(7)
    made = [told.entry([])]
    below: dict[str, set[str]] = {made[0].hash: set()}
    for _ in range(20):
        before = chance.sample(made, min(len(made), chance.choice([1, 2])))
        made.append(told.entry(before))
        below[made[-1].hash] = {one.hash for one in before}.union(*(below[one.hash] for one in before))
    journal = read_journal(told.folder)
    for one in made:
        assert {other.hash for other in made if journal.stands_on(one, other.hash)} == below[one.hash]
    torn = Journal(told.folder, {one.hash: one for one in made[1:]})
    assert torn.stands_on(made[-1], made[0].hash)
    assert not torn.stands_on(made[-1], "nothing")


def test_branches_that_join_again_and_again_are_no_loop(told: Told) -> None:
    """Sixty times two, each on both before it: more ways than anyone can walk."""
    made = told.entry([])
    sides = "ab"
    entries = {
        f"{side}{at}": replace(made, before=tuple(f"{one}{at - 1}" for one in sides if at))
        for at in range(60)
        for side in sides
    }
    assert not Journal(told.folder, entries).stands_on(entries["a59"], "nothing")


def test_one_line_is_not_walked_back(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    """A journal of thousands is read in one go."""
    first = told.entry([], a="1", b="1")
    second = told.entry([first], a="2")
    monkeypatch.setattr(Journal, "stands_on", lambda self, entry, earlier: 1 / 0)
    assert read_journal(told.folder).marks() == {
        "a": {(second.salt, second.files[0].new)},
        "b": {(first.salt, first.files[1].new)},
    }


def test_a_hidden_file_is_no_entry(told: Told) -> None:
    told.entry([], a="1")
    (told.folder / JOURNAL / ".x.toml").write_text("half", "utf-8")
    assert read_journal(told.folder).unread == ()


def test_a_file_that_went_is_told_as_gone(told: Told) -> None:
    """While it is; one that came back is a change, also where nobody can tell what it held."""
    first = told.entry([], a="1")
    second = told.entry([first], a=None)
    assert told.outside == []
    (told.folder / "a").write_text("1", "utf-8")
    assert told.outside == ["a"]
    (told.folder / CONTENTS / second.salt).write_bytes(Remembered(None, None, "2026").stored)
    assert told.outside == ["a"]


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
    (told.folder / "a").unlink()
    assert told.outside == ["a"]


def test_no_journal(tmp_path: Path) -> None:
    journal = read_journal(tmp_path)
    assert (journal.heads, list(journal.in_order), journal.marks(), journal.content("")) == ((), [], {}, None)
