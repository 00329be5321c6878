"""Whole or not at all: dying at every file operation, two imports at once, a full disk, what others left behind."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from functools import partial
from pathlib import Path

import pytest

from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.core.faults import errors
from gebiedswerk.dossier import RootedPlace, read, safe_files
from gebiedswerk.dossier.writing import redo
from gebiedswerk.dossier.writing.journal_state import seen
from gebiedswerk.dossier.writing.verify_journal import verify_journal
from gebiedswerk.importing import landing
from tests.importing.offers import codes, everything, export, row, run, visible
from tests.whole.death import dies, moments_of_death


@pytest.mark.parametrize("half", [False, True])
def test_die_at_every_file_operation(klein: Path, tmp_path: Path, half: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """The dossier is as before or complete, at every k; the next import succeeds and leaves nothing hidden."""
    file = export(klein, row(12_345))
    before = visible(klein)
    first = Path(shutil.copytree(klein, tmp_path / "first"))
    states = []
    for k in moments_of_death(partial(run, first, file), half, monkeypatch):
        trial = Path(shutil.copytree(klein, tmp_path / f"trial{k}"))
        dies(partial(run, trial, file), k, half, monkeypatch)
        read(trial)  # which finishes what was begun
        now = visible(trial)
        complete = run(trial, file).already is not None
        assert complete == (now != before), k
        states.append(complete)
        opened = open_dossier(trial)
        assert not errors(opened.faults), k
        assert [one.id for one in opened.deliveries] == ["grootboek-2026-03", "nieuw-2026-09-01"]
        assert not verify_journal(trial), k
        if not complete:
            assert not [name for name in everything(trial) if name.rpartition("/")[2].startswith(".")]
        shutil.rmtree(trial)
    assert states[0] is False and states[-1] is True


def test_two_at_once_both_land(klein: Path) -> None:
    """Two processes, two files of parts of one year: one waits for the other."""
    shutil.rmtree(klein / "deliveries/grootboek-2026-03")
    commands = [
        _command(klein, export(klein, row(at, period=at), keep="none", name=f"p{at}.csv"), "--periods", str(at))
        for at in range(1, 5)
    ]
    running = [subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for words in commands]
    printed = [one.communicate() for one in running]
    assert [one.returncode for one in running] == [0] * 4, printed
    opened = open_dossier(klein)
    assert sorted(one.id for one in opened.deliveries) == [f"p{at}-2026-09-01" for at in range(1, 5)]
    assert all((one.lines, one.debit_cents) == (1, int(one.id[1])) for one in opened.deliveries)
    assert not [name for name in everything(klein) if name.startswith(".")]


def test_two_at_once_of_the_same_file(klein: Path) -> None:
    """One lands, the other says that it is there already; never two."""
    words = _command(klein, export(klein, row(5)))
    running = [subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(3)]
    printed = [one.communicate()[0].decode() for one in running]
    assert sum("Opgenomen" in text for text in printed) == 1, printed
    assert sum("er verandert niets" in text for text in printed) == 2
    assert len(list((klein / "deliveries").iterdir())) == 2


def test_two_at_once_of_the_same_moment(klein: Path) -> None:
    """Two files that cannot both count: one lands, the other says clearly what is wrong."""
    safe_files = [export(klein, row(at), name=f"f{at}.csv") for at in (1, 2)]
    running = [
        subprocess.Popen(_command(klein, file), stdout=subprocess.PIPE, stderr=subprocess.PIPE) for file in safe_files
    ]
    printed = [one.communicate()[1].decode() for one in running]
    assert sorted(one.returncode for one in running) == [0, 1], printed
    assert sum("L115" in text for text in printed) == 1
    assert not errors(open_dossier(klein).faults)


def _command(klein: Path, file: Path, *more: str) -> list[str]:
    said = ["--exported-at", "2026-09-01T08:00:00", "--accept", "--reason", "nagekomen", "--administration", "WD"]
    return [sys.executable, "-m", "gebiedswerk", "import", str(klein), str(file), *said, *more]


def test_one_that_waits_too_long_says_so(klein: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """I117, and nothing is written."""
    monkeypatch.setattr("gebiedswerk.app.import_file.PATIENCE_SECONDS", 0.1)
    before = visible(klein)
    with safe_files.alone_in(klein, 0) as alone:
        assert alone
        found: list[list[str]] = []
        another = threading.Thread(target=lambda: found.append(codes(run(klein, export(klein, row(1))))))
        another.start()
        another.join()
        assert found == [["I117"]]
    assert visible(klein) == before
    assert codes(run(klein, export(klein, row(1)))) == []


def test_a_dead_process_keeps_nobody_out(klein: Path) -> None:
    """The lock goes with the process that held it, however it ended."""
    script = (
        "import os, pathlib, sys\nfrom gebiedswerk.dossier import safe_files\n"
        "with safe_files.alone_in(pathlib.Path(sys.argv[1]), 0) as alone:\n print(alone, flush=True)\n os._exit(9)"
    )
    done = subprocess.run([sys.executable, "-c", script, str(klein)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (9, "True\n")
    with safe_files.alone_in(klein, 0) as alone:
        assert alone


def test_who_waits_gets_in(tmp_path: Path) -> None:
    with safe_files.alone_in(tmp_path, 0):
        waiting = threading.Thread(target=lambda: entered.append(_enter(tmp_path)))
        entered: list[bool] = []
        waiting.start()
    waiting.join()
    assert entered == [True]


def _enter(path: Path) -> bool:
    with safe_files.alone_in(path, 5) as alone:
        return alone is True


def test_a_full_disk(klein: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """I113, and the half that was written is gone."""

    def full(place: RootedPlace, data: bytes) -> None:
        place.path.parent.mkdir(exist_ok=True)
        place.path.write_bytes(data[:10])
        raise OSError(28, "No space left on device")

    before, names = visible(klein), everything(klein)
    monkeypatch.setattr(safe_files, "put_new", full)
    imported = run(klein, export(klein, row(1)))
    assert [(found.code, dict(found.facts)["reason"]) for found in imported.faults] == [
        ("I113", "No space left on device")
    ]
    assert (visible(klein), everything(klein)) == (before, names)


def test_a_file_that_changes_meanwhile(klein: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was checked is what lands: I112."""
    file = export(klein, row(1))
    whole = landing.land

    def change(*arguments: object, **more: object) -> object:
        file.write_bytes(file.read_bytes() + b"\r\n")
        return whole(*arguments, **more)  # type: ignore[arg-type] # as given

    monkeypatch.setattr("gebiedswerk.app.import_file.land", change)
    before = visible(klein)
    assert codes(run(klein, file)) == ["I112"]
    assert visible(klein) == before


def test_a_disk_without_locks(klein: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """J102, and nothing is written: two could write at once."""

    def none(handle: int, operation: int) -> None:
        raise OSError(95, "Operation not supported")

    before, names = visible(klein), everything(klein)
    monkeypatch.setattr("fcntl.flock", none)
    assert codes(run(klein, export(klein, row(1)))) == ["J102"]
    assert (visible(klein), everything(klein)) == (before, names)


def test_a_folder_made_by_hand_at_the_last_moment(klein: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a hand put where the delivery lands stays, beside what came."""
    whole = redo.finish

    def taken(folder: Path) -> None:
        if seen(folder).pending:
            place = folder / "deliveries/nieuw-2026-09-01"
            place.mkdir()
            (place / "of-another").write_text("x", "utf-8")
        whole(folder)

    monkeypatch.setattr(redo, "finish", taken)
    landed = run(klein, export(klein, row(1))).landed
    assert landed is not None
    assert sorted(path.name for path in landed.iterdir()) == ["delivery.toml", "nieuw.csv", "of-another"]
