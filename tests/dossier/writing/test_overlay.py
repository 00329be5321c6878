"""What would stand where, with a change on top of what stands there."""

from __future__ import annotations

from pathlib import Path

from gebiedswerk.dossier.writing.overlay import Overlay
from gebiedswerk.dossier.writing.redo import hash_of


def test_what_is_written_is_read_and_nothing_else_changes(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"a")
    (tmp_path / "b").write_bytes(b"b")
    overlay = Overlay(tmp_path)
    assert (overlay.read("a"), overlay.read("none"), overlay.hash("b"), overlay.hash("none")) == (
        b"a",
        None,
        hash_of(b"b"),
        None,
    )
    overlay.write("a", b"new")
    overlay.write("b", None)
    overlay.write("c", b"c")
    overlay.write("c", None)
    assert (overlay.read("a"), overlay.hash("a"), overlay.hash("b")) == (b"new", hash_of(b"new"), None)
    assert overlay.changed == {"a": b"new", "b": None}
    assert (tmp_path / "a").read_bytes() == b"a"


def test_the_same_bytes_again_are_no_change(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"a")
    overlay = Overlay(tmp_path)
    overlay.write("a", b"new")
    overlay.write("a", b"a")
    assert overlay.changed == {}


def test_a_file_that_is_only_hashed_is_not_held(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"a")
    overlay = Overlay(tmp_path)
    assert overlay.hash("a") == hash_of(b"a")
    assert (overlay.old, overlay.new) == ({}, {})


def test_one_version_is_read(tmp_path: Path) -> None:
    """What somebody writes meanwhile is not seen: neither by who reads it again nor by who asks for its hash."""
    (tmp_path / "a").write_bytes(b"a")
    overlay = Overlay(tmp_path)
    overlay.read("a")
    overlay.read("b")
    (tmp_path / "a").write_bytes(b"other")
    (tmp_path / "b").write_bytes(b"other")
    assert [overlay.read(name) for name in "ab"] == [b"a", None]
    assert [overlay.hash(name) for name in "ab"] == [hash_of(b"a"), None]


def test_of_no_file_there_is_no_hash(tmp_path: Path) -> None:
    assert Overlay(tmp_path).hash("a") is None
