"""Writing in a dossier whatever becomes of the disk: at every operation it is as it was, or as it should be."""

from __future__ import annotations

import errno
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from gebiedswerk.app.add_rows import add_rows
from gebiedswerk.app.adopt import adopt
from gebiedswerk.app.new import new
from gebiedswerk.app.next_year import next_year
from gebiedswerk.app.propose_profile import propose_profile
from gebiedswerk.app.set_settings import set_settings
from gebiedswerk.app.update_texts import update_texts
from gebiedswerk.assembly.opened import Opened, open_dossier
from gebiedswerk.cli.main import main
from gebiedswerk.core.actor import Actor
from gebiedswerk.core.faults import Fault
from gebiedswerk.dossier import read, safe_files
from gebiedswerk.dossier.additions import LINES
from gebiedswerk.dossier.writing.apply import apply
from gebiedswerk.dossier.writing.change import FileWritten
from gebiedswerk.dossier.writing.redo import sha256_of
from gebiedswerk.dossier.writing.verify_journal import verify_journal
from gebiedswerk.language.messages import Messages
from tests.conftest import KLEIN
from tests.release.releases import tree
from tests.town import TEXT, append, edit
from tests.whole.death import dies, full_disk, moments_of_death

SLUG = "jaarrekening-2025"
NL = Messages("nl")
Work = Callable[[Path], tuple[Fault, ...]]


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dossier of which two texts tell a false figure."""
    dossier = Path(shutil.copytree(KLEIN, tmp_path_factory.mktemp("before") / "dossier"))
    edit(dossier, TEXT, "(figure:", "(figure:")
    claim = "\nEr werd [1](figure:realised/total) euro uitgegeven.\n"
    append(dossier, TEXT, claim)
    (dossier / TEXT).with_name("verdieping.md").write_text(f"# Verdieping\n{claim}", "utf-8")
    return dossier


@pytest.fixture(autouse=True)
def opened_once(before: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Open each dossier once: what it holds is the same at each trial."""
    known: dict[str, Opened] = {}
    opened = open_dossier

    def found(path: Path, *, anew: bool = False) -> Opened:
        return known.setdefault(path.name, opened(path))

    for module in ("gebiedswerk.app.adopt", "gebiedswerk.app.update_texts"):
        monkeypatch.setattr(sys.modules[module], "open_dossier", found)
    monkeypatch.setattr("os.fsync", lambda handle: None)
    monkeypatch.setattr(safe_files, "sync_tree", lambda folder: None)


def text(dossier: Path) -> tuple[Fault, ...]:
    return tuple(one for one in update_texts(dossier, write=True).faults if one.file == str(dossier))


def adopted(dossier: Path) -> tuple[Fault, ...]:
    return tuple(one for one in adopt(dossier, SLUG, None, "R1")[1] if one.code != "T109")


def proposed(dossier: Path) -> tuple[Fault, ...]:
    return propose_profile(dossier, KLEIN / "deliveries/grootboek-2026-03/grootboek.csv", "nieuw", NL).faults


def started(dossier: Path) -> tuple[Fault, ...]:
    return new(dossier / "nieuw")


def added(dossier: Path) -> tuple[Fault, ...]:
    """A budget line: a row in two tables."""
    return add_rows(dossier, LINES, {"code": "NIEUW", "name": "Nieuw", "year": "2025"}).faults


def set_(dossier: Path) -> tuple[Fault, ...]:
    return set_settings(dossier, "dossier", {"municipality.name": "Elders"})


def moved_on(dossier: Path) -> tuple[Fault, ...]:
    """Rows in three tables."""
    return next_year(dossier).faults


def taken_away(dossier: Path) -> tuple[Fault, ...]:
    """Every publication goes, and the folder in which they stood."""
    files = sorted(path for path in dossier.glob("publications/*/*") if path.is_file())
    names = [path.relative_to(dossier).as_posix() for path in files]
    return apply(dossier, [FileWritten(name, sha256_of(dossier / name), None) for name in names], Actor(), "Weg").faults


WORKS: dict[str, tuple[Work, bool]] = {
    "text": (text, True),
    "adopt": (adopted, False),
    "propose": (proposed, False),
    "new": (started, False),
    "add": (added, False),
    "set": (set_, False),
    "next-year": (moved_on, False),
    "taken away": (taken_away, False),
}
"""What is written in a dossier, and whether it begins with false figures."""


@contextmanager
def trial(work: str, before: Path, tmp_path: Path, name: str = "trial") -> Iterator[Path]:
    """A copy to try on, in a folder of its own: the name of the dossier stays."""
    folder = tmp_path / name
    yield Path(shutil.copytree(before if WORKS[work][1] else KLEIN, folder / work))
    shutil.rmtree(folder)


def visible(dossier: Path) -> dict[str, bytes]:
    """What people see: not what is hidden, nor the journal, in which no two runs say the same."""
    return {
        place: data
        for place, data in tree(dossier).items()
        if not any(part.startswith(".") for part in place.split("/")) and "journal" not in place.split("/")
    }


@pytest.mark.parametrize("work", WORKS)
def test_a_full_disk_leaves_the_dossier_as_it_was(
    work: str, before: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Full at any operation: B111 with the word of the system, and not a byte, file or folder is another."""
    k, refused = 0, True
    while refused:
        k += 1
        with trial(work, before, tmp_path) as dossier:
            former = tree(dossier)
            with full_disk(k, monkeypatch):
                faults = WORKS[work][0](dossier)
            refused = bool(faults)
            told = [(one.code, dict(one.facts).get("reason")) for one in faults]
            assert told == [("B111", "No space left on device")] * refused, k
            assert (tree(dossier) == former) == refused, k
    assert k > (2 if work not in ("propose", "set") else 1)


@pytest.mark.parametrize("half", [False, True])
@pytest.mark.parametrize("work", WORKS)
def test_dying_at_any_operation(
    work: str, half: bool, before: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever reads next sees all of the change or nothing of it; the next time all is well. DEATHS=whole: at each."""
    with trial(work, before, tmp_path) as dossier:
        former = visible(dossier)
        moments = moments_of_death(partial(WORKS[work][0], dossier), half, monkeypatch)
        after = visible(dossier)
    ends = []
    for k in moments:
        with trial(work, before, tmp_path) as dossier:
            dies(partial(WORKS[work][0], dossier), k, half, monkeypatch)
            place = dossier / "nieuw" if work == "new" else dossier
            read(place)
            ends.append(visible(dossier))
            assert ends[-1] in (former, after), k
            WORKS[work][0](dossier)
            assert visible(dossier) == after, k
            assert not verify_journal(place), k
    assert (ends[0], ends[-1]) == (former, after)


@pytest.mark.parametrize("work", WORKS)
def test_a_disk_that_may_not_be_written(
    work: str, before: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A read-only disk refuses to make, to open for writing, to rename and to remove: B111."""

    def refuse(*arguments: Any, **options: Any) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    def opened(path: Path, mode: str = "r", *rest: Any, **more: Any) -> Any:
        return whole(path, mode, *rest, **more) if mode in ("r", "rb") else refuse()

    whole = Path.open
    with trial(work, before, tmp_path) as dossier:
        former = tree(dossier)
        with monkeypatch.context() as patch:
            for name in ("mkdir", "unlink", "replace", "rename", "symlink_to", "chmod"):
                patch.setattr(Path, name, refuse)
            patch.setattr(Path, "open", opened)
            faults = WORKS[work][0](dossier)
        assert [(one.code, dict(one.facts)["reason"]) for one in faults] == [("B111", os.strerror(errno.EROFS))]
        assert tree(dossier) == former


def test_the_commands_say_it(
    before: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 1 and the word of the system, for `text --write` and `adopt`."""
    for words, work in ((["text", "--update", "--write"], "text"), (["adopt", SLUG], "adopt")):
        with trial(work, before, tmp_path) as dossier, full_disk(1, monkeypatch):
            assert main([words[0], str(dossier), *words[1:]]) == 1
        assert "B111" in capsys.readouterr().err
