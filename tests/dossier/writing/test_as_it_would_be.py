"""A dossier as it would be, to look at."""

from __future__ import annotations

from pathlib import Path

import pytest

from gebiedswerk.dossier import PlaceRefused, read
from gebiedswerk.dossier.writing import as_it_would_be
from gebiedswerk.dossier.writing.as_it_would_be import viewed
from tests.release.releases import tree


def test_it_shows_what_stands_with_other_bytes(klein: Path) -> None:
    before = tree(klein)
    (klein / ".git").mkdir()
    (klein / ".git/config").write_bytes(b"x")
    (klein / "journal/contents").mkdir(parents=True)
    with viewed(klein, {"areas.csv": b"new", "budgets.csv": None, "x_a/b.csv": b"b"}) as (folder, linked):
        assert folder.name == "klein"
        shown = {name: (folder / name).read_bytes() for name in before if name != "budgets.csv"}
        assert shown == {**{name: before[name] for name in shown}, "areas.csv": b"new"}
        assert not (folder / "budgets.csv").exists()
        assert not (folder / ".git").exists()
        assert not (folder / "journal").exists()
        assert (folder / "x_a/b.csv").read_bytes() == b"b"
        assert list(linked) == ["deliveries/grootboek-2026-03/grootboek.csv"]
    assert not folder.exists()
    assert {name: data for name, data in tree(klein).items() if not name.startswith(".git")} == before


def test_deliveries_are_never_copied(klein: Path) -> None:
    with viewed(klein, {}) as (folder, linked):
        assert [(folder / name).is_symlink() for name in linked] == [True]
        found = read(folder).value
        assert found is not None
        assert found.deliveries[0].sha256 == read(klein).value.deliveries[0].sha256  # type: ignore[union-attr]


def test_nor_what_is_large(klein: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(as_it_would_be, "LARGE", (klein / "budgets.csv").stat().st_size)
    with viewed(klein, {}) as (folder, linked):
        assert "budgets.csv" in linked and "areas.csv" not in linked
        assert (folder / "budgets.csv").read_bytes() == (klein / "budgets.csv").read_bytes()


def test_a_large_text_is_copied(klein: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text that is a link is refused by who reads it (D123)."""
    monkeypatch.setattr(as_it_would_be, "LARGE", 1)
    with viewed(klein, {}) as (folder, linked):
        texts = [path.relative_to(folder).as_posix() for path in folder.rglob("*.md")]
        assert texts and not set(texts) & set(linked)
        assert "budgets.csv" in linked


def test_through_no_link(klein: Path, tmp_path: Path) -> None:
    """A link in the dossier leads where it led, and nothing is written through it."""
    (tmp_path / "elders").mkdir()
    (klein / "x_link").symlink_to(tmp_path / "elders")
    with pytest.raises(PlaceRefused), viewed(klein, {"x_link/a.csv": b"a"}):
        pass
    assert not list((tmp_path / "elders").iterdir())
