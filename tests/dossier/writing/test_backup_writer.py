"""Backups: one whole version whoever writes, only what changed, and nothing that was erased."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from gebiedswerk.core.actor import By
from gebiedswerk.dossier import cache, read, safe_files
from gebiedswerk.dossier.writing import backup_writer, redo
from gebiedswerk.dossier.writing.apply import land
from gebiedswerk.dossier.writing.backup_manifest import MANIFEST, read_backup
from gebiedswerk.dossier.writing.backup_reader import bring_back
from gebiedswerk.dossier.writing.backup_writer import BackedUp, back_up
from gebiedswerk.dossier.writing.change import SettingWritten
from gebiedswerk.dossier.writing.erase import erase
from gebiedswerk.dossier.writing.journal import read_journal
from gebiedswerk.dossier.writing.verify_journal import verify_journal
from tests.conftest import ROOT
from tests.whole.death import dies, full_disk, moments_of_death
from tests.whole.secrets import places
from tests.whole.test_build import tree

NAME = ("municipality", "name")


@pytest.fixture
def dossier(klein: Path) -> Path:
    """The example with a journal of one change."""
    named(klein, "Wilgenstad")
    return klein


@pytest.fixture
def to(tmp_path: Path) -> Path:
    return tmp_path / "backup"


def named(dossier: Path, name: str) -> None:
    """Change a setting through the writer."""
    now = read(dossier).value
    assert now is not None
    change = [SettingWritten("dossier.toml", NAME, now.settings.municipality.name, name)]
    assert land(dossier, change, By(), "set").value is not None


def made(dossier: Path, to: Path) -> BackedUp:
    found, faults = back_up(dossier, to)
    assert found is not None and not faults, faults
    return found


def codes(dossier: Path, to: Path) -> list[str]:
    """What is told where nothing is made; the last is about the place, the dossier or what it says."""
    found, faults = back_up(dossier, to)
    assert found is None
    about = {"D101": "dossier.toml", "B104": str(to), "B110": str(to), "J104": str(dossier)}
    last = faults[-1]
    assert last.file == about.get(last.code, str(to))
    return [one.code for one in faults]


def held(to: Path) -> Path:
    """The folder with the files of a backup."""
    return to / read_backup(to).folder


def test_it_holds_every_file_as_it_was(dossier: Path, to: Path) -> None:
    """The tables, deliveries and texts, and the journal with its contents; not what is hidden."""
    (dossier / ".git").mkdir()
    (dossier / ".git" / "config").write_text("x")
    found = made(dossier, to)
    expected = {name: data for name, data in tree(dossier).items() if not name.startswith(".git")}
    assert tree(held(to)) == expected
    assert set(found.manifest.files) == set(expected) == set(read_backup(to).files)
    assert found.manifest.heads == read_journal(dossier).heads
    assert found.new_files == len(expected) and found.new_bytes == sum(map(len, expected.values()))
    assert sorted(one.name for one in to.iterdir()) == [found.manifest.folder, MANIFEST]


def test_the_next_one_costs_what_changed(dossier: Path, to: Path) -> None:
    """What did not change is one file with two places while the former one is there, and is not written again."""
    made(dossier, to)
    before = {one.name: one.stat().st_ino for one in held(to).iterdir() if one.is_file()}
    assert made(dossier, to).new_files == 0
    tree_before = tree(dossier)
    named(dossier, "Wilgendorp")
    found = made(dossier, to)
    came = [name for name in tree(dossier) if name not in tree_before]
    assert found.new_files == len(came) + 1
    assert found.new_bytes == sum((dossier / name).stat().st_size for name in (*came, "dossier.toml"))
    after = {one.name: one.stat().st_ino for one in held(to).iterdir() if one.is_file()}
    assert {name for name in before if before[name] != after[name]} == {"dossier.toml"}
    assert tree(held(to)) == tree(dossier)


def test_it_is_on_the_disk_before_the_manifest_points_there(
    dossier: Path, to: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(dossier, to)
    before, synced = (to / MANIFEST).read_bytes(), []

    def sync(folder: Path) -> None:
        synced.append((folder.name, (to / MANIFEST).read_bytes() == before, len(tree(folder))))

    monkeypatch.setattr(safe_files, "sync_tree", sync)
    made(dossier, to)
    assert synced == [(f".half-{os.getpid()}", True, len(tree(dossier)))]


def test_what_went_from_the_dossier_goes_from_the_backup(dossier: Path, to: Path) -> None:
    made(dossier, to)
    (dossier / "questions.csv").unlink()
    made(dossier, to)
    assert tree(held(to)) == tree(dossier)
    assert len(list(to.iterdir())) == 2


def test_a_name_that_was_erased_leaves_no_byte(dossier: Path, to: Path) -> None:
    """Neither in the dossier nor in the next backup at the same place."""
    named(dossier, "Achternaam")
    made(dossier, to)
    assert places(to, ["Achternaam"])
    named(dossier, "Wilgendam")
    assert erase(dossier, "Achternaam", By()).value
    made(dossier, to)
    assert not places(to, ["Achternaam"]) and not places(dossier, ["Achternaam"])
    assert not verify_journal(held(to))


def test_a_dossier_without_a_journal_is_backed_up(klein: Path, to: Path) -> None:
    assert made(klein, to).manifest.heads == ()
    assert tree(held(to)) == tree(klein)


def test_others_get_no_more_rights_than_the_umask_leaves(dossier: Path, to: Path) -> None:
    """A backup holds what may not be public."""
    before = os.umask(0o077)
    try:
        made(dossier, to)
    finally:
        os.umask(before)
    assert not [path for path in (to, *to.rglob("*")) if path.stat().st_mode & 0o077]


def test_it_says_its_moment_with_its_zone(dossier: Path, to: Path) -> None:
    manifest = made(dossier, to).manifest
    assert datetime.fromisoformat(manifest.at).tzinfo is not None
    assert manifest.folder[:8] == manifest.at[:10].replace("-", "")


def test_what_an_earlier_run_left_is_taken_away(dossier: Path, to: Path, tmp_path: Path) -> None:
    """Half a backup first of all, for it may fill the disk; one without a manifest when the next is whole."""
    (to / ".half-1" / "a").mkdir(parents=True)
    (to / "20261201T030000000000Z").mkdir()
    made(dossier, to)
    assert len(list(to.iterdir())) == 2
    (to / ".half-1").mkdir()
    older = Path(shutil.copytree(dossier, tmp_path / "older"))
    shutil.rmtree(older / "journal")
    assert codes(older, to) == ["J305"] and len(list(to.iterdir())) == 2


def test_what_is_hidden_among_contents_does_not_come_along(dossier: Path, to: Path) -> None:
    (dossier / "journal" / "contents" / ".swap").write_text("x")
    made(dossier, to)
    assert not [name for name in tree(to) if ".swap" in name]


def test_a_change_that_cannot_be_finished_is_told(dossier: Path, to: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(folder: Path) -> None:
        raise OSError(30, "Read-only file system")

    with monkeypatch.context() as patch:
        patch.setattr(redo, "finish", lambda folder: None)
        named(dossier, "Half")
    monkeypatch.setattr(redo, "finish", refused)
    assert codes(dossier, to) == ["J104"] and list(to.iterdir()) == []


def test_a_change_that_stands_half_is_finished_first(dossier: Path, to: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(redo, "finish", lambda folder: None)
        named(dossier, "Half")
    assert (dossier / "journal" / ".redo").is_dir()
    made(dossier, to)
    assert b'"Half"' in (held(to) / "dossier.toml").read_bytes()
    assert not [name for name in tree(to) if ".redo" in name]


def test_it_is_one_version_while_others_write(dossier: Path, to: Path, tmp_path: Path) -> None:
    """Two places that are always changed together are the same in each backup, and its journal is whole."""
    start = [sys.executable, "-m", "tests.whole.hands", "write", str(dossier)]
    for file in ("dossier.toml", "publications/jaarrekening-2025/publication.toml"):
        key = NAME if file == "dossier.toml" else ("title",)
        value = "begin 0"
        now = read(dossier).value
        assert now is not None
        old = now.settings.municipality.name if file == "dossier.toml" else now.publications[0].settings.title
        assert land(dossier, [SettingWritten(file, key, old, value)], By(), "set").value
    writer = subprocess.Popen([*start, "m1", "12"], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    seen = set()
    times = 0
    while writer.poll() is None or not times:
        made(dossier, to)
        times += 1
        back = tmp_path / f"back-{times}"
        assert bring_back(to, back).faults == ()
        found = read(back).value
        assert found is not None and found.settings.municipality.name == found.publications[0].settings.title
        seen.add(found.settings.municipality.name)
    assert len(writer.communicate()[0].splitlines()) == 12
    assert len(seen) > 1


def large(dossier: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A delivery that counts as large."""
    name = "deliveries/grootboek-2026-03/grootboek.csv"
    monkeypatch.setattr(cache, "LARGE", (dossier / name).stat().st_size)
    return name


def test_a_large_file_is_copied_and_then_linked(dossier: Path, to: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = large(dossier, monkeypatch)
    made(dossier, to)
    assert (held(to) / name).read_bytes() == (dossier / name).read_bytes()
    number = (held(to) / name).stat().st_ino
    assert made(dossier, to).new_files == 0
    assert (held(to) / name).stat().st_ino == number


@pytest.mark.parametrize("goes", [False, True])
def test_a_large_file_that_changes_all_the_time_is_told(
    goes: bool, dossier: Path, to: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or goes and comes back. The former backup stays; one that changes once is copied anew."""
    made(dossier, to)
    name = large(dossier, monkeypatch)
    (dossier / name).write_bytes(b"x" * cache.LARGE)
    before, left = tree(to), [backup_writer.TIMES]
    copy = safe_files.copy_file

    def copied(source: Path, place: Any) -> None:
        left[0] -= 1
        if left[0] < 0:
            copy(source, place)
        elif goes:
            raise FileNotFoundError(source)
        else:
            source.write_bytes(b"%d" % left[0] * cache.LARGE)
            copy(source, place)

    monkeypatch.setattr(safe_files, "copy_file", copied)
    found, faults = back_up(dossier, to)
    assert found is None and [(one.code, one.file) for one in faults] == [("J304", name)]
    assert tree(to) == before
    left[0] = 1
    made(dossier, to)
    assert tree(held(to)) == tree(dossier)


def test_all_large_files_are_looked_at(dossier: Path, to: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of which some are linked and others copied."""
    monkeypatch.setattr(cache, "LARGE", 1)
    made(dossier, to)
    named(dossier, "Later")
    (dossier / "years.csv").write_bytes((dossier / "years.csv").read_bytes() + b"\n")
    made(dossier, to)
    assert tree(held(to)) == tree(dossier)


def test_a_file_that_goes_while_it_is_read_is_told(dossier: Path, to: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By hand, all the time: there is no whole version. Once is no harm."""
    names, left = backup_writer._names, [backup_writer.TIMES]

    def odd(folder: Path) -> list[str]:
        left[0] -= 1
        return [*names(folder), *(["gone.csv"] if left[0] >= 0 else [])]

    monkeypatch.setattr(backup_writer, "_names", odd)
    found, faults = back_up(dossier, to)
    assert found is None and [one.code for one in faults] == ["J304"]
    assert str(faults[0].file).endswith("gone.csv")
    assert list(to.iterdir()) == []
    left[0] = 1
    made(dossier, to)
    assert tree(held(to)) == tree(dossier)


def test_a_file_damaged_in_the_former_backup_is_copied_anew(dossier: Path, to: Path) -> None:
    """And told; also one that went, or became a link."""
    made(dossier, to)
    (held(to) / "areas.csv").write_bytes(b"code;slug")
    (held(to) / "keys.csv").unlink()
    (held(to) / "years.csv").unlink()
    (held(to) / "years.csv").symlink_to(dossier / "years.csv")
    found, faults = back_up(dossier, to)
    assert found is not None and [(one.code, one.file) for one in faults] == [
        ("J303", "areas.csv"),
        ("J303", "keys.csv"),
        ("J303", "years.csv"),
    ]
    assert tree(held(to)) == tree(dossier) and not (held(to) / "years.csv").is_symlink()


def test_a_backup_of_a_later_version_or_another_dossier_stays(dossier: Path, to: Path, tmp_path: Path) -> None:
    """Also where the dossier lost its journal."""
    older = Path(shutil.copytree(dossier, tmp_path / "older"))
    named(dossier, "Later")
    made(dossier, to)
    before = tree(to)
    assert codes(older, to) == ["J305"]
    shutil.rmtree(older / "journal")
    assert codes(older, to) == ["J305"]
    assert tree(to) == before


def test_a_damaged_journal_never_takes_the_place_of_a_whole_one(dossier: Path, to: Path, tmp_path: Path) -> None:
    """Elsewhere it is kept and told, and there again: it is no worse than the former one."""
    made(dossier, to)
    before = tree(to)
    content = next((dossier / "journal" / "contents").iterdir())
    content.write_bytes(b"x")
    assert codes(dossier, to) == ["J113", "J306"] and tree(to) == before
    for _ in range(2):
        found, faults = back_up(dossier, tmp_path / "elsewhere")
        assert found is not None and [one.code for one in faults] == ["J113"]


def test_nothing_else_is_written_over(dossier: Path, to: Path, tmp_path: Path) -> None:
    """A folder with other files, a file, a backup with a damaged manifest; and no backup within the dossier."""
    to.mkdir()
    (to / "scriptie.txt").write_text("x")
    assert codes(dossier, to) == ["J301"] and len(list(to.iterdir())) == 1
    assert codes(dossier, to / "scriptie.txt") == ["J301"]
    (to / "scriptie.txt").unlink()
    made(dossier, to)
    (to / MANIFEST).write_bytes((to / MANIFEST).read_bytes()[:-2])
    before = tree(to)
    assert codes(dossier, to) == ["J301"] and tree(to) == before
    assert codes(dossier, dossier / "kopie") == codes(dossier, dossier) == codes(dossier, tmp_path) == ["J302"]
    assert codes(tmp_path, to) == ["D101"]


def test_names_that_not_every_disk_can_hold_are_told(dossier: Path, to: Path) -> None:
    """Before anything is made that could not be brought back (B110)."""
    made(dossier, to)
    before = tree(to)
    (dossier / "Areas.csv").write_text("x")
    assert codes(dossier, to) == ["B110"] and tree(to) == before


def test_another_backup_at_the_same_place_is_waited_for(
    dossier: Path, to: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    to.mkdir()
    monkeypatch.setattr("gebiedswerk.dossier.lock.PATIENCE_SECONDS", 0.1)
    lock = "fcntl.flock(os.open(sys.argv[1], os.O_RDONLY), fcntl.LOCK_EX)"
    holds = f"import fcntl, os, sys; {lock}; print(flush=True); sys.stdin.read()"
    other = subprocess.Popen([sys.executable, "-c", holds, str(to)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert other.stdout is not None
    other.stdout.readline()
    assert codes(dossier, to) == ["B104"]
    other.communicate()


@pytest.mark.parametrize("half", [False, True])
def test_whenever_it_dies_a_whole_backup_is_left(
    half: bool, dossier: Path, to: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The former one or the new one; the next backup tidies up."""
    made(dossier, to)
    old = tree(held(to))
    named(dossier, "Later")
    new = tree(dossier)
    first = Path(shutil.copytree(to, tmp_path / "first"))

    def work() -> None:
        back_up(dossier, to)

    moments = moments_of_death(work, half, monkeypatch)
    for at in moments:
        shutil.rmtree(to)
        shutil.copytree(first, to)
        died = dies(work, at, half, monkeypatch)
        back = tmp_path / f"back-{at}"
        assert bring_back(to, back).faults == ()
        assert tree(back) in ((old, new) if died else (new,))
        made(dossier, to)
        assert tree(held(to)) == new and len(list(to.iterdir())) == 2


def test_a_full_disk_leaves_the_former_backup(dossier: Path, to: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(dossier, to)
    before = tree(to)
    named(dossier, "Later")
    for at in (1, 3, 8):
        with full_disk(at, monkeypatch):
            found, faults = back_up(dossier, to)
        assert found is None and [one.code for one in faults] == ["B103"]
        assert tree(to) == before


def test_a_disk_without_links_gets_copies(dossier: Path, to: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(source: object, target: object) -> None:
        raise OSError(1, "Operation not permitted")

    made(dossier, to)
    monkeypatch.setattr(os, "link", refused)
    assert made(dossier, to).new_files == 0
    assert tree(held(to)) == tree(dossier)
