"""A record of all new bytes lands first; whoever finds it finishes it, as often as that takes."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from gebiedswerk.core.actor import Actor
from gebiedswerk.dossier import PlaceRefused
from gebiedswerk.dossier.writing import redo
from gebiedswerk.dossier.writing.entries import EntryKind, JournalEntry, entry_of
from gebiedswerk.dossier.writing.journal import read_journal
from gebiedswerk.dossier.writing.journal_state import seen
from gebiedswerk.dossier.writing.memory import kept
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
    held = journal.content(aside.places[0].old)
    assert aside.places[0].file == "a.csv"
    assert held is not None and held.data == b"by hand"


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
        '{"format": 9, "moves": [], "salt": ""}',
        '{"format": 1, "moves": [{"to": "x"}], "salt": ""}',
        '{"format": 1, "moves": 5, "salt": ""}',
        '{"format": 1, "moves": [], "salt": "zz"}',
        '{"format": 1, "moves": [{"to": "x", "files": {}}], "salt": ""}',
    ],
)
def test_a_record_that_is_damaged_is_said_and_left(folder: Path, plan: str) -> None:
    """As the disk may do it: no crash, and nothing is done of it."""
    commit(folder, landing(folder))
    (folder / "journal/.redo/plan.json").write_text(plan, "utf-8")
    before = tree(folder)
    with pytest.raises(OSError, match=r"plan\.json"):
        finish(folder)
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
