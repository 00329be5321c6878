"""A flipped byte, a missing entry, two that were swapped, a content that is gone: each is found."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from gebiedswerk.app.check_journal import check_journal
from gebiedswerk.core.actor import Actor, By
from gebiedswerk.core.faults import fault
from gebiedswerk.dossier.writing.apply import apply
from gebiedswerk.dossier.writing.change import FileWritten
from gebiedswerk.dossier.writing.erase import erase
from gebiedswerk.dossier.writing.journal import entry_files, read_journal
from gebiedswerk.dossier.writing.memory import kept
from gebiedswerk.dossier.writing.redo import hash_of
from gebiedswerk.dossier.writing.verify_journal import verify_journal

FIVE = 5


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with five entries, each with a content."""
    from tests.conftest import KLEIN

    dossier = Path(shutil.copytree(KLEIN, tmp_path_factory.mktemp("told") / "klein"))
    for at in range(FIVE - 1):
        assert apply(dossier, [FileWritten(f"x_{at}.csv", None, b"%d" % at)], Actor("m1"), f"keer {at}").value
    return dossier


@pytest.fixture
def dossier(told: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(told, tmp_path / "klein"))


def codes(dossier: Path) -> list[str]:
    return [one.code for one in verify_journal(dossier)]


def test_a_whole_one(dossier: Path) -> None:
    assert codes(dossier) == []
    count, faults = check_journal(dossier)
    assert (count, [one.code for one in faults]) == (FIVE, ["J114"])
    assert dict(faults[0].facts) == {}
    assert faults[0].value == read_journal(dossier).heads[0]


def test_any_flipped_byte_of_an_entry_is_found(dossier: Path) -> None:
    """Anywhere in any of the files, also in the reason and its salt."""
    chance = random.Random(12)
    for path in entry_files(dossier):
        whole = path.read_bytes()
        for at in {*chance.sample(range(len(whole)), 25), len(whole) - 5}:
            changed = bytearray(whole)
            changed[at] ^= 1
            path.write_bytes(bytes(changed))
            assert codes(dossier), (path.name, at, whole[at - 10 : at + 10])
        path.write_bytes(whole)
    assert codes(dossier) == []


def test_any_flipped_byte_of_a_content_is_found(dossier: Path) -> None:
    for path in sorted((dossier / "journal/contents").iterdir()):
        whole = path.read_bytes()
        for at in range(0, len(whole), 3):
            changed = bytearray(whole)
            changed[at] ^= 1
            path.write_bytes(bytes(changed))
            assert codes(dossier) == ["J113"], (path.name, at)
        path.unlink()
        assert codes(dossier) == ["J113"]
        path.write_bytes(whole)


@pytest.mark.parametrize("at", range(FIVE - 1))
def test_an_entry_that_is_gone_from_inside_is_found(dossier: Path, at: int) -> None:
    entry_files(dossier)[at].unlink()
    assert codes(dossier) == ["J112"]


def test_two_that_were_swapped_are_found(dossier: Path) -> None:
    first, second = entry_files(dossier)[1:3]
    texts = first.read_bytes(), second.read_bytes()
    first.write_bytes(texts[1])
    second.write_bytes(texts[0])
    assert set(codes(dossier)) == {"J111"}
    first.write_bytes(texts[0])
    second.write_bytes(texts[1])
    names = first.name, second.name  # or their names, moments and all
    first.rename(first.with_name("x"))
    second.rename(second.with_name(names[0]))
    first.with_name("x").rename(second.with_name(names[1]))
    assert set(codes(dossier)) == {"J111"}


def test_of_the_last_one_only_who_noted_it_can_tell(dossier: Path) -> None:
    """J114 says what cannot be known; J115 that the noted one is gone."""
    head = read_journal(dossier).heads[0]
    assert [one.code for one in check_journal(dossier, head).faults] == []
    entry_files(dossier)[-1].unlink()
    assert codes(dossier) == []
    assert [one.code for one in check_journal(dossier).faults] == ["J114"]
    assert [one.code for one in check_journal(dossier, head).faults] == ["J115"]


def test_what_is_no_entry_at_all_is_found(dossier: Path) -> None:
    (dossier / "journal/zomaar.toml").write_bytes(b"\xff")
    assert codes(dossier) == ["J111"]


def test_a_fault_says_which_entry_and_which_content(dossier: Path) -> None:
    journal = read_journal(dossier)
    first, second, third, *_ = journal.in_order
    (dossier / "journal/contents" / third.salt).unlink()
    (dossier / "journal" / first.name).unlink()
    (dossier / "journal/zomaar.toml").write_bytes(b"\xff")
    assert verify_journal(dossier) == (
        fault("J111", "journal/zomaar.toml"),
        fault("J112", f"journal/{second.name}", value=first.hash),
        fault("J113", f"journal/contents/{third.salt}", entry=f"journal/{third.name}"),
    )


def test_a_tombstone_is_a_content(dossier: Path) -> None:
    for read, data in ((None, b"Fenna"), (hash_of(b"Fenna"), None)):
        assert apply(dossier, [FileWritten("x_naam.csv", read, data)], Actor("m1"), "zo").value
    assert erase(dossier, "Fenna", By(Actor("m1"), "Verzoek")).value == 2
    assert any(one.read_bytes().startswith(b"erased ") for one in (dossier / "journal/contents").iterdir())
    assert verify_journal(dossier) == ()


def test_a_damaged_content_is_found_beside_tombstones(dossier: Path) -> None:
    test_a_tombstone_is_a_content(dossier)
    salt = read_journal(dossier).in_order[-1].salt
    (dossier / "journal/contents" / salt).write_bytes(kept(b"anders").stored)
    assert codes(dossier) == ["J113"]


def test_two_ends_are_whole(dossier: Path, tmp_path: Path) -> None:
    """Two branches that each went on; the next change joins them."""
    other = Path(shutil.copytree(dossier, tmp_path / "other"))
    for place, name in ((dossier, "a"), (other, "b")):
        assert apply(place, [FileWritten(f"x_{name}.csv", None, b"x")], Actor(name), "tak").value
    shutil.copytree(other / "journal", dossier / "journal", dirs_exist_ok=True)
    shutil.copyfile(other / "x_b.csv", dossier / "x_b.csv")
    assert codes(dossier) == []
    assert len(read_journal(dossier).heads) == 2
    assert apply(dossier, [FileWritten("x_c.csv", None, b"x")], Actor("m1"), "samen").value
    journal = read_journal(dossier)
    assert len(journal.heads) == 1
    last = journal.in_order[-1]
    assert (last.kind, len(last.before)) == ("change", 2)
    assert codes(dossier) == []


def test_a_tombstone_that_no_entry_tells_of_is_found(dossier: Path) -> None:
    content = next(one for one in (dossier / "journal/contents").iterdir())
    content.write_bytes(b"erased 2026-01-01T00:00:00Z\n")
    assert set(codes(dossier)) == {"J113"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("moment = 20", 'moment = "20'),
        ("+00:00\n", "\n"),
        ("\n[said]\n", "\nsaid = 5\n[other]\n"),
        ('salt = "', "salt = 5 # "),
        ('name = "', "name = 5 # "),
    ],
)
def test_an_entry_that_somebody_wrote_in_is_no_crash(dossier: Path, old: str, new: str) -> None:
    path = entry_files(dossier)[1]
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    assert "J111" in codes(dossier)
    assert apply(dossier, [FileWritten("x_meer.csv", None, b"1")], Actor("m1"), "verder").value


def test_a_copy_of_an_entry_is_none(dossier: Path) -> None:
    """As a program that keeps two disks the same leaves it: no later entry stands on it."""
    path = entry_files(dossier)[-1]
    copy = Path(shutil.copy(path, path.with_name(f"{path.stem} (kopie).toml")))
    assert codes(dossier) == ["J111"]
    assert apply(dossier, [FileWritten("x_meer.csv", None, b"1")], Actor("m1"), "verder").value
    copy.unlink()
    assert codes(dossier) == []
