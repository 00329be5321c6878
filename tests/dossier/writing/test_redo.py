"""A record of all new bytes lands first; whoever finds it finishes it, as often as that takes."""

from __future__ import annotations

import errno
import hashlib
import json
import os
from pathlib import Path

import pytest

from gebiedswerk.core.actor import Actor
from gebiedswerk.dossier import PlaceRefused, safe_files
from gebiedswerk.dossier.rooted import RootedPlace
from gebiedswerk.dossier.writing import redo
from gebiedswerk.dossier.writing.entries import EntryKind, FileMark, JournalEntry, entry_of
from gebiedswerk.dossier.writing.journal import changed_outside, known, read_journal
from gebiedswerk.dossier.writing.journal_state import seen
from gebiedswerk.dossier.writing.memory import Remembered, kept, of_file
from gebiedswerk.dossier.writing.redo import Landing, commit, finish
from tests.release.releases import tree

NEW = {"a.csv": b"new a", "b/c.toml": b"new c", "d/e/f.md": b"f", "d/e/g.md": b"g", "gone/x.csv": None}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two files that change, one that goes, and one that stays."""
    for name, data in {"a.csv": b"a", "b/c.toml": b"c", "gone/x.csv": b"x", "stays.csv": b"s"}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    return tmp_path


def landing(folder: Path) -> Landing:
    """All of `NEW`, with an entry and a content."""
    salt = kept(b"")
    told = entry_of(EntryKind.CHANGE, [], Actor("m1"), "set", "waarom", salt)
    old = {name: redo.sha256_of(folder / name) for name in NEW}
    return Landing(NEW, old, {name: redo.hash_of(data) for name, data in NEW.items()}, [told], [salt])


def entries(folder: Path) -> list[JournalEntry]:
    """What the journal tells."""
    return list(read_journal(folder).in_order)


def test_nothing_changes_before_the_record_is_finished(folder: Path) -> None:
    before = tree(folder)
    commit(folder, landing(folder))
    assert {name: data for name, data in tree(folder).items() if not name.startswith("journal/")} == before
    assert seen(folder).pending
    assert not entries(folder)


def test_then_all_of_it_does(folder: Path) -> None:
    made = landing(folder)
    commit(folder, made)
    finish(folder)
    now = tree(folder)
    assert {name: data for name, data in now.items() if not name.startswith("journal/")} == {
        "stays.csv": b"s",
        **{name: data for name, data in NEW.items() if data is not None},
    }
    assert not (folder / "gone").exists()
    assert [one.hash for one in entries(folder)] == [made.entries[0].hash]
    assert not seen(folder).pending
    assert (folder / redo.CONTENTS / made.contents[0].name).is_file()


def test_a_record_that_was_finished_in_part_is_finished(folder: Path) -> None:
    """As when the machine went off after some of the names were given."""
    commit(folder, landing(folder))
    record = folder / "journal/.redo"
    (record / "new/0").replace(folder / "a.csv")
    (folder / "gone/x.csv").unlink()
    finish(folder)
    assert (folder / "a.csv").read_bytes() == b"new a"
    assert (folder / "b/c.toml").read_bytes() == b"new c"
    assert len(entries(folder)) == 1


def test_what_a_hand_wrote_in_between_is_kept(folder: Path) -> None:
    """Neither the old bytes nor the new: they go among the contents, and an entry tells so."""
    commit(folder, landing(folder))
    (folder / "a.csv").write_bytes(b"by hand")
    finish(folder)
    assert (folder / "a.csv").read_bytes() == b"new a"
    journal = read_journal(folder)
    change, aside = journal.in_order
    assert (change.kind, aside.kind, aside.before) == ("change", "aside", (change.hash,))
    assert (aside.verb, aside.reason) == ("finish", "finish")
    held = journal.content(aside.places[0].old)
    assert aside.places[0].file == "a.csv"
    assert held is not None and held.data == b"by hand"
    salt = held.salt or b""
    assert journal.content(aside.salt) == Remembered(salt, b"")
    marks = [of_file(salt, "a.csv", redo.hash_of(data)) for data in (b"by hand", b"new a")]
    assert aside.files == (FileMark("a.csv", *marks),)
    assert "a.csv" not in dict(changed_outside(folder, known(folder)))


def test_what_goes_and_was_changed_by_hand_is_kept_too(folder: Path) -> None:
    commit(folder, landing(folder))
    (folder / "gone/x.csv").write_bytes(b"by hand")
    finish(folder)
    journal = read_journal(folder)
    _, aside = journal.in_order
    held = journal.content(aside.places[0].old)
    assert not (folder / "gone").exists()
    assert held is not None and held.data == b"by hand"
    assert aside.files[0].new == ""


def test_what_a_hand_changes_after_its_step_stays(folder: Path) -> None:
    """That step is done: nothing is put over it, so nothing is kept aside."""
    commit(folder, landing(folder))
    (folder / "journal/.redo/new/0").replace(folder / "a.csv")
    (folder / "a.csv").write_bytes(b"by hand")
    finish(folder)
    assert (folder / "a.csv").read_bytes() == b"by hand"
    assert [one.kind for one in entries(folder)] == ["change"]


@pytest.mark.parametrize("before", [0, 1, 2, 3])
def test_what_is_kept_aside_is_told_once(folder: Path, monkeypatch: pytest.MonkeyPatch, before: int) -> None:
    """Also by who died before a content, the entry or the first step."""
    commit(folder, landing(folder))
    (folder / "a.csv").write_bytes(b"by hand")

    def dies(*args: object) -> None:
        if len(done) == before:
            raise OSError(28, "No space left on device")
        done.append(writes(*args))  # type: ignore[arg-type] # what it was called with

    done: list[None] = []
    writes = safe_files.write_new
    with monkeypatch.context() as patch:
        patch.setattr(safe_files, "write_new", dies)
        patch.setattr(safe_files, "put_in_place", dies)
        with pytest.raises(OSError, match="space"):
            finish(folder)
    finish(folder)
    journal = read_journal(folder)
    assert [one.kind for one in journal.in_order] == ["change", "aside"]
    held = journal.content(journal.in_order[1].places[0].old)
    assert held is not None and held.data == b"by hand"


def test_of_a_landing_without_an_entry_nothing_comes_before(folder: Path) -> None:
    commit(folder, Landing({"a.csv": b"new a"}, {"a.csv": redo.hash_of(b"a")}, {"a.csv": redo.hash_of(b"new a")}))
    (folder / "a.csv").write_bytes(b"by hand")
    finish(folder)
    (aside,) = entries(folder)
    assert (aside.kind, aside.before) == ("aside", ())


def test_what_lands_in_a_new_folder_lands_in_one_step(folder: Path) -> None:
    """The plan, as one of us may find it years from now."""
    made = landing(folder)
    commit(folder, made)
    plan = json.loads((folder / "journal/.redo/plan.json").read_bytes())
    assert (plan["format"], plan["entry"], len(plan["salt"])) == (1, made.entries[0].hash, 32)
    assert {move["to"]: list(move["files"]) for move in plan["moves"]} == {
        "a.csv": ["a.csv"],
        "b/c.toml": ["b/c.toml"],
        "d": ["d/e/f.md", "d/e/g.md"],
        "gone/x.csv": ["gone/x.csv"],
    }
    assert plan["moves"][0]["files"] == {"a.csv": [redo.hash_of(b"a"), redo.hash_of(b"new a")]}


@pytest.mark.parametrize("landed", [False, True])
def test_a_folder_that_somebody_made_since_keeps_what_stands_in_it(folder: Path, landed: bool) -> None:
    """Also where one of its files landed before the machine went off."""
    commit(folder, landing(folder))
    (folder / "d/e").mkdir(parents=True)
    (folder / "d/own.md").write_bytes(b"own")
    if landed:
        (folder / "journal/.redo/new/2/e/f.md").replace(folder / "d/e/f.md")
    finish(folder)
    assert tree(folder / "d") == {"e/f.md": b"f", "e/g.md": b"g", "own.md": b"own"}
    assert not seen(folder).pending


def test_all_of_it_is_on_the_disk_before_it_has_its_name(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The record before it is one, and each folder in which names changed before it is one no more."""
    told: list[str] = []
    syncs, renames = safe_files.sync_folder, safe_files.rename_folder

    def synced(path: Path) -> None:
        told.append(path.relative_to(folder).as_posix())
        syncs(path)

    def renamed(source: RootedPlace, target: RootedPlace) -> None:
        told.append(f"{source.path.name[:6]} -> {target.path.name[:6]}")
        renames(source, target)

    monkeypatch.setattr(safe_files, "sync_tree", lambda path: told.append(f"all of {path.name[:6]}"))
    monkeypatch.setattr(safe_files, "sync_folder", synced)
    monkeypatch.setattr(safe_files, "rename_folder", renamed)
    commit(folder, landing(folder))
    assert told == ["all of .half-", ".half- -> .redo", "journal"]
    told.clear()
    finish(folder)
    assert told == [".", "b", "journal/contents", ".redo -> .done-", "journal"]


def test_what_the_disk_refuses_leaves_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No journal either, where there was none."""

    def full(path: Path) -> None:
        raise OSError(28, "No space left on device")

    before = tree(folder)
    monkeypatch.setattr(safe_files, "sync_tree", full)
    with pytest.raises(OSError, match="space"):
        commit(folder, landing(folder))
    assert tree(folder) == before
    assert not (folder / "journal").exists()


def test_no_two_places_that_are_one_on_another_disk(folder: Path) -> None:
    with pytest.raises(PlaceRefused):
        commit(folder, Landing({"x.csv": b"", "X.csv": b""}, {}, {"x.csv": None, "X.csv": None}))


def test_the_rights_of_a_file_stay(folder: Path) -> None:
    (folder / "a.csv").chmod(0o640)
    commit(folder, landing(folder))
    finish(folder)
    assert (folder / "a.csv").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("place", ["../x", "/x", "link/x", "a\\b"])
def test_no_place_leaves_the_folder(folder: Path, tmp_path_factory: pytest.TempPathFactory, place: str) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (folder / "link").symlink_to(elsewhere)
    before = tree(folder)
    with pytest.raises(PlaceRefused):
        commit(folder, Landing({place: b"x"}, {}, {place: None}))
    assert tree(folder) == before
    assert not list(elsewhere.iterdir())


def test_what_others_left_is_tidied(folder: Path) -> None:
    (folder / "journal/.half-9").mkdir(parents=True)
    (folder / "journal/.done-9").mkdir()
    commit(folder, landing(folder))
    (folder / f"journal/.done-{os.getpid()}/x").mkdir(parents=True)  # of a process that had our number
    finish(folder)
    assert not [one.name for one in (folder / "journal").iterdir() if one.name.startswith(".")]


def test_the_hash_of_a_file(folder: Path) -> None:
    assert redo.sha256_of(folder / "a.csv") == hashlib.sha256(b"a").hexdigest() == redo.hash_of(b"a")
    assert redo.sha256_of(folder / "nothing") is None
    assert redo.hash_of(None) is None


@pytest.mark.parametrize(
    "plan",
    [
        "",
        "{}",
        "[]",
        '{"format": 9, "moves": [], "entry": "", "salt": ""}',
        '{"format": 1, "moves": [{"to": "x"}], "entry": "", "salt": ""}',
        '{"format": 1, "moves": 5, "entry": "", "salt": ""}',
        '{"format": 1, "moves": [], "entry": "", "salt": "zz"}',
        '{"format": 1, "moves": [{"to": "x", "files": {}}], "entry": "", "salt": ""}',
        '{"format": 1, "moves": [], "salt": ""}',
        '{"format": 1, "moves": [], "entry": 5, "salt": ""}',
        '{"format": 1, "entry": "", "salt": "", '
        '"moves": [{"to": "a", "files": {"a": ["", ""]}}, {"to": "x", "files": {}}]}',
    ],
)
def test_a_record_that_is_damaged_is_said_and_left(folder: Path, plan: str) -> None:
    """As the disk may do it: no crash, and nothing is done of it."""
    commit(folder, landing(folder))
    (folder / "journal/.redo/plan.json").write_text(plan, "utf-8")
    before = tree(folder)
    with pytest.raises(OSError, match=r"plan\.json") as refused:
        finish(folder)
    assert refused.value.errno == errno.EIO
    assert tree(folder) == before


def test_a_record_that_leads_elsewhere_does_nothing(folder: Path) -> None:
    """Somebody may hand over a folder with one."""
    record = folder / "journal/.redo"
    (record / "new").mkdir(parents=True)
    (record / "new/0").write_bytes(b"x")
    plan = '{"format": 1, "entry": "", "salt": "", "moves": [{"to": "../x", "files": {"../x": [null, "a"]}}]}'
    (record / "plan.json").write_text(plan, "utf-8")
    with pytest.raises(PlaceRefused):
        finish(folder)
    assert not (folder.parent / "x").exists()
