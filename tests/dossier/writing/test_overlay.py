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
