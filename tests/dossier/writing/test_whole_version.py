"""What was read across a change is read again; what stands half is finished first."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from gebiedswerk.core.actor import Actor
from gebiedswerk.dossier import read, safe_files
from gebiedswerk.dossier.writing import redo, whole_version
from gebiedswerk.dossier.writing.apply import apply
from gebiedswerk.dossier.writing.change import SettingWritten
from gebiedswerk.dossier.writing.journal_state import seen

WHO = Actor("m1")


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
