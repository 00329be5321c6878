"""A change on what stands there now: new bytes, what changed within, or what differs."""

from __future__ import annotations

from pathlib import Path

import pytest

from gebiedswerk.dossier.writing.carry_out import carry_out
from gebiedswerk.dossier.writing.change import (
    ABSENT,
    Change,
    Delivered,
    FileWritten,
    RowAdded,
    RowCorrected,
    SettingWritten,
    TextWritten,
)


def test_settings_keep_comments_order_and_marks(tmp_path: Path) -> None:
    text = "\ufeff# kop\r\na = 1 # een\r\n\r\n[b]\r\nc = 'x'\r\n"
    (tmp_path / "x.toml").write_bytes(text.encode())
    change = [SettingWritten("x.toml", ("b", "c"), "x", "y"), SettingWritten("x.toml", ("a",), 1, 2)]
    found = carry_out(tmp_path, change).value
    assert found is not None
    made = (found.files["x.toml"] or b"").decode()
    assert made == text.replace("'x'", '"y"').replace("a = 1", "a = 2")
    assert [(one.place.column, one.old, one.new) for one in found.told] == [("b.c", b'"x"', b'"y"'), ("a", b"1", b"2")]


def test_a_setting_that_goes_and_one_that_comes(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text("a = 1\nb = 2\n", "utf-8")
    change = [SettingWritten("x.toml", ("a",), 1, ABSENT), SettingWritten("x.toml", ("c",), ABSENT, [1, 2])]
    found = carry_out(tmp_path, change).value
    assert found is not None
    assert found.files["x.toml"] == b"b = 2\nc = [1, 2]\n"
    assert [(one.old, one.new) for one in found.told] == [(b"1", None), (None, b"[1, 2]")]


def test_a_setting_that_cannot_stand_there(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text("[[a]]\nb = 1\n", "utf-8")
    found = carry_out(tmp_path, [SettingWritten("x.toml", ("a", "c"), ABSENT, 1)])
    assert [one.code for one in found.faults] == ["D191"]


def test_the_paragraphs_that_changed_are_told(tmp_path: Path) -> None:
    old = "# Kop\n\neen\n\ntwee\n\ndrie\n"
    (tmp_path / "x.md").write_text(old, "utf-8")
    found = carry_out(
        tmp_path, [TextWritten("x.md", old, old.replace("twee", "2").replace("drie\n", "drie\n\nvier\n"))]
    ).value
    assert found is not None
    (block,) = found.told
    assert (block.place.key, block.old, block.new) == (("3",), b"twee\n\ndrie\n", b"2\n\ndrie\n\nvier\n")


def test_another_paragraph_may_have_changed(tmp_path: Path) -> None:
    """Both changes stand; of the same paragraph the line is told."""
    read = "# Kop\n\neen\n\ntwee\n"
    (tmp_path / "x.md").write_text(read.replace("een", "één"), "utf-8")
    found = carry_out(tmp_path, [TextWritten("x.md", read, read.replace("twee", "2"))]).value
    assert found is not None
    assert found.files["x.md"] == "# Kop\n\néén\n\n2\n".encode()
    assert [(one.old, one.new) for one in found.told] == [(b"twee\n", b"2\n")]
    refused = carry_out(tmp_path, [TextWritten("x.md", read, read.replace("een", "1"))])
    assert [(one.code, one.file, one.row) for one in refused.faults] == [("J109", "x.md", 3)]


def test_two_items_of_one_file_stand_on_each_other(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text("a = 1\n", "utf-8")
    change = [SettingWritten("x.toml", ("a",), 1, 2), SettingWritten("x.toml", ("a",), 2, 3)]
    found = carry_out(tmp_path, change).value
    assert found is not None
    assert found.files["x.toml"] == b"a = 3\n"


def test_of_a_large_file_no_copy_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gebiedswerk.dossier.writing.carry_out.MOST_REMEMBERED", 3)
    found = carry_out(tmp_path, [FileWritten("a", None, b"1234"), FileWritten("b", None, b"123")]).value
    assert found is not None
    assert [(one.place.file, one.new) for one in found.told] == [("a", None), ("b", b"123")]


def test_of_a_delivery_neither(tmp_path: Path) -> None:
    found = carry_out(tmp_path, [Delivered("x", {"a.csv": b"1", "delivery.toml": b"2"})]).value
    assert found is not None
    assert (dict(found.files), list(found.told)) == (
        {"deliveries/x/a.csv": b"1", "deliveries/x/delivery.toml": b"2"},
        [],
    )


def test_rows_and_others_in_one(klein: Path) -> None:
    """All that differs is told at once, and nothing is written."""
    before = (klein / "areas.csv").read_bytes()
    change: Change = [
        RowAdded("areas", {"code": "BIN", "slug": "b", "name": "B", "kind": "wijk"}),
        RowCorrected("budgets", ("P2024-BIN",), {"amount": "1,00"}, {"amount": "2,00"}),
        SettingWritten("dossier.toml", ("municipality", "name"), "zomaar", "x"),
        FileWritten("areas.csv", None, b""),
    ]
    found = carry_out(klein, change)
    assert found.value is None
    assert [one.code for one in found.faults] == ["J108", "J101", "J101", "J109"]
    assert (klein / "areas.csv").read_bytes() == before
