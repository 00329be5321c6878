"""What was read across a change is read again; what stands half is finished first."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from gebiedswerk.core.actor import Actor
from gebiedswerk.core.faults import Fault, fault
from gebiedswerk.core.filenames import Refusal
from gebiedswerk.dossier import PlaceRefused, read, safe_files
from gebiedswerk.dossier.writing import redo, whole_version
from gebiedswerk.dossier.writing.apply import apply
from gebiedswerk.dossier.writing.change import SettingWritten
from gebiedswerk.dossier.writing.journal_state import seen

WHO = Actor("m1")
READ_ONLY = "Read-only file system"
LEADS_OUT = PlaceRefused(Path("a"), "../b", Refusal.LINK)


def rename(dossier: Path, old: str, new: str) -> None:
    change = [SettingWritten("dossier.toml", ("municipality", "name"), old, new)]
    assert apply(dossier, change, WHO, "Het klopte niet").value


def test_a_change_in_between_is_read_again(klein: Path) -> None:
    """Three times; then it keeps others out."""
    times: list[int] = []

    def look() -> str:
        times.append(len(times))
        text = (klein / "dossier.toml").read_text("utf-8")
        if len(times) < 3:
            rename(klein, "Klein" if len(times) == 1 else "Klein 0", f"Klein {len(times) - 1}")
        return text

    name = read(klein).value
    assert name is not None
    (klein / "dossier.toml").write_text(
        (klein / "dossier.toml").read_text("utf-8").replace(name.settings.municipality.name, "Klein"), "utf-8"
    )
    found = whole_version.whole_version(klein, look)
    assert found.value is not None and '"Klein 1"' in found.value
    assert len(times) == 3


def test_what_stands_half_is_finished(klein: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = read(klein).value.settings.municipality.name  # type: ignore[union-attr] # the example can be read
    with monkeypatch.context() as patch:
        patch.setattr(redo, "finish", lambda folder: None)
        rename(klein, name, "Elders")
    assert seen(klein).pending
    assert read(klein).value.settings.municipality.name == "Elders"  # type: ignore[union-attr]
    assert not seen(klein).pending


def test_where_it_cannot_be_finished_that_is_said(klein: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """J104 on a disk that may not be written, and on one without locks; nothing is guessed."""
    name = read(klein).value.settings.municipality.name  # type: ignore[union-attr] # the example can be read
    with monkeypatch.context() as patch:
        patch.setattr(redo, "finish", lambda folder: None)
        rename(klein, name, "Elders")

    def refuse(folder: Path) -> None:
        raise OSError(30, "Read-only file system")

    def none(handle: int, operation: int) -> None:
        raise OSError(95, "Operation not supported")

    with monkeypatch.context() as patch:
        patch.setattr(redo, "finish", refuse)
        found = read(klein)
        assert (found.value, [one.code for one in found.faults]) == (None, ["J104"])
    with monkeypatch.context() as patch:
        patch.setattr("fcntl.flock", none)
        assert [one.code for one in read(klein).faults] == ["J102"]
    assert read(klein).value is not None


def test_who_writes_on_and_on_is_said(klein: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """B104: another keeps the folder while a change stands half."""
    (klein / "journal/.redo").mkdir(parents=True)
    monkeypatch.setattr(whole_version, "PATIENCE_SECONDS", 0.05)
    monkeypatch.setattr(safe_files, "_locked", lambda handle, until: False)
    assert [one.code for one in read(klein).faults] == ["B104"]


def test_a_dossier_that_is_not_there(tmp_path: Path) -> None:
    """As it always was: nothing is made to read it."""
    assert [one.code for one in read(tmp_path / "nothing").faults] == ["D101"]
    assert not (tmp_path / "nothing").exists()


def test_reading_writes_nothing(klein: Path, tmp_path: Path) -> None:
    before = sorted(path.name for path in klein.iterdir())
    read(klein)
    assert sorted(path.name for path in klein.iterdir()) == before
    shutil.rmtree(tmp_path / "klein")


class Reads:
    """A folder that is read, with what others do in it meanwhile."""

    def __init__(self, folder: Path, changes: int = 0, missing: int = 0) -> None:
        (folder / "journal").mkdir()
        self.folder, self.changes, self.missing, self.times = folder, changes, missing, 0

    def __call__(self) -> int:
        self.times += 1
        if self.times <= self.changes:
            (self.folder / f"journal/{self.times}.toml").touch()
        if self.times <= self.missing:
            raise FileNotFoundError(self.times)
        return self.times


def never(*args: object) -> None:
    raise AssertionError(args)


def test_after_three_times_others_are_kept_out(tmp_path: Path) -> None:
    assert whole_version.whole_version(tmp_path, Reads(tmp_path, changes=9)).value == 4


@pytest.mark.parametrize("missing", [0, 1, 2])
def test_who_reads_a_whole_version_in_time_keeps_nobody_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: int
) -> None:
    """Also where a file was gone before it was read, because a change took it away."""
    monkeypatch.setattr(safe_files, "alone_in", never)
    assert whole_version.whole_version(tmp_path, Reads(tmp_path, changes=2, missing=missing)).value == 3


def test_a_file_that_is_missing_while_nobody_writes_is_missing(tmp_path: Path) -> None:
    reads = Reads(tmp_path, missing=1)
    with pytest.raises(FileNotFoundError):
        whole_version.whole_version(tmp_path, reads)
    assert reads.times == 1


def test_nothing_is_read_of_what_stands_half(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reads = Reads(tmp_path)
    (tmp_path / "journal/.redo").mkdir()

    def finish(folder: Path) -> None:
        assert reads.times == 0
        (folder / "journal/.redo").rmdir()

    monkeypatch.setattr(redo, "finish", finish)
    assert whole_version.whole_version(tmp_path, reads).value == 1


def test_on_a_disk_without_locks_one_reads_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing stands half, nothing has to be finished."""
    monkeypatch.setattr(safe_files, "_locked", lambda handle, until: None)
    monkeypatch.setattr(redo, "finish", never)
    assert whole_version.whole_version(tmp_path, Reads(tmp_path, changes=9)).value == 4


@pytest.mark.parametrize(
    ("locked", "problem", "told"),
    [
        (False, None, lambda folder: fault("B104", str(folder))),
        (None, None, lambda folder: fault("J102", str(folder))),
        (True, OSError(30, READ_ONLY), lambda folder: fault("J104", str(folder), reason=READ_ONLY)),
        (True, OSError("zomaar"), lambda folder: fault("J104", str(folder), reason="zomaar")),
        (True, LEADS_OUT, lambda folder: LEADS_OUT.fault),
    ],
)
def test_why_what_stands_half_stays_so(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    locked: bool | None,
    problem: Exception | None,
    told: Callable[[Path], Fault],
) -> None:
    def finish(folder: Path) -> None:
        raise problem or AssertionError

    reads = Reads(tmp_path)
    (tmp_path / "journal/.redo").mkdir()
    monkeypatch.setattr(safe_files, "_locked", lambda handle, until: locked)
    monkeypatch.setattr(redo, "finish", finish)
    found = whole_version.whole_version(tmp_path, reads)
    assert (found.value, found.faults) == (None, (told(tmp_path),))
    assert reads.times == 0
