"""A change on what stands there now: new bytes, what changed within, or what differs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from gebiedswerk.core.faults import Fault, fault
from gebiedswerk.core.filenames import Refusal
from gebiedswerk.dossier import PlaceRefused
from gebiedswerk.dossier.writing.carry_out import carry_out
from gebiedswerk.dossier.writing.change import (
    ABSENT,
    Change,
    Delivered,
    FileSeen,
    FileWritten,
    Item,
    RowAdded,
    RowCorrected,
    SettingSeen,
    SettingWritten,
    TextWritten,
)
from gebiedswerk.dossier.writing.entries import PlaceMark
from gebiedswerk.dossier.writing.redo import hash_of


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
    assert found.files == {"a": b"1234", "b": b"123"}


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


TOML = "a = 1\n\n[b]\nc = 'x'\n"


@pytest.mark.parametrize(
    ("item", "told"),
    [
        (
            SettingSeen("x.toml", ("b", "c"), "y"),
            fault("J101", "x.toml", None, "b.c", "x", place="b.c", read="y", now="x"),
        ),
        (SettingSeen("x.toml", ("a",), 2), fault("J101", "x.toml", None, "a", "1", place="a", read="2", now="1")),
        (SettingSeen("x.toml", ("b", "c"), ABSENT), fault("J108", "x.toml", value="b.c", place="b.c")),
        (SettingWritten("x.toml", ("b", "d"), 1, 2), fault("J107", "x.toml", value="b.d", place="b.d")),
        (SettingWritten("x.toml", ("a", "c"), ABSENT, 1), fault("D191", "x.toml", None, "a.c")),
        (SettingWritten("broken.toml", ("b", "c"), ABSENT, 1), fault("D191", "broken.toml", None, "b.c")),
        (TextWritten("none.md", "was", "wordt"), fault("J107", "none.md", value="none.md", place="none.md")),
        (TextWritten("x.md", "1\n\nvroeger", "1\n\nwordt"), fault("J109", "x.md", 3)),
        (FileWritten("x.md", None, b""), fault("J109", "x.md")),
        (FileSeen("none.md", "a" * 64), fault("J109", "none.md")),
        (Delivered("there", {}), fault("J108", "deliveries", value="there", place="there")),
        (FileWritten("journal/x.toml", None, b""), fault("J106", "journal/x.toml")),
        (FileWritten("journal", None, b""), fault("J106", "journal")),
        (SettingWritten("journal/x.toml", ("a",), ABSENT, 1), fault("J106", "journal/x.toml")),
        (Delivered("new", {".x": b""}), fault("J106", "deliveries/new/.x")),
        (Delivered("../new", {"x": b""}), PlaceRefused(Path("F"), "deliveries/../new/x", Refusal.UP).fault),
    ],
)
def test_a_fault_says_where_and_what(tmp_path: Path, item: Item, told: Fault) -> None:
    """All of what a person reads: nothing is written."""
    (tmp_path / "x.toml").write_text(TOML, "utf-8")
    (tmp_path / "broken.toml").write_text("a = = 1\n", "utf-8")
    (tmp_path / "x.md").write_text("1\n\nnu", "utf-8")
    (tmp_path / "deliveries/there").mkdir(parents=True)
    found = carry_out(tmp_path, [item])
    assert found.value is None
    assert [replace(one, file=one.file if one.code != "B110" else "F") for one in found.faults] == [told]


def test_all_places_that_are_refused_are_told(tmp_path: Path) -> None:
    """And not what else would be wrong."""
    change: Change = [
        FileWritten("../a", None, b""),
        FileWritten(".b", None, b""),
        FileSeen("journal/c", None),
        FileSeen("none.md", "a" * 64),
    ]
    assert [one.code for one in carry_out(tmp_path, change).faults] == ["B110", "J106", "J106"]
    delivered = Delivered("new", {"../a": b"", ".b": b""})
    assert [one.code for one in carry_out(tmp_path, [delivered]).faults] == ["B110", "J106"]


def test_rows_and_settings_of_one_change_are_told(klein: Path) -> None:
    change: Change = [
        SettingWritten("x.toml", ("a",), ABSENT, 1),
        RowAdded("areas", {"code": "X", "slug": "x", "name": "X", "kind": "wijk"}),
        SettingWritten("x.toml", ("b",), ABSENT, 2),
    ]
    found = carry_out(klein, change).value
    assert found is not None
    assert [one.place.file for one in found.told] == ["areas.csv", "x.toml", "x.toml"]


def test_all_that_differs_is_told(tmp_path: Path) -> None:
    change: Change = [FileSeen(name, "a" * 64) for name in ("a", "b", "keys.csv")]
    assert [one.file for one in carry_out(tmp_path, change).faults] == ["a", "b", "keys.csv"]


def test_what_is_no_item_is_an_error_of_ours(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="zomaar"):
        carry_out(tmp_path, [Unknown("zomaar")])  # type: ignore[list-item] # that is what is tried


@dataclass(frozen=True)
class Unknown:
    """No item of a change."""

    file: str


def test_a_setting_makes_its_file(tmp_path: Path) -> None:
    found = carry_out(tmp_path, [SettingWritten("x.toml", ("a",), ABSENT, "b")]).value
    assert found is not None
    assert (found.files, found.old) == ({"x.toml": b'a = "b"\n'}, {"x.toml": None})
    assert found.new == {"x.toml": hash_of(b'a = "b"\n')}


def test_what_was_only_looked_at_is_no_change(tmp_path: Path) -> None:
    """Nor is a setting, a text or a file that becomes what it is."""
    (tmp_path / "x.toml").write_text(TOML, "utf-8")
    (tmp_path / "x.md").write_text("nu", "utf-8")
    digest = hash_of(b"nu")
    change: Change = [
        SettingSeen("x.toml", ("b",), {"c": "x"}),
        SettingWritten("x.toml", ("a",), 1, 1),
        TextWritten("x.md", "nu", "nu"),
        FileSeen("x.md", digest),
        FileSeen("none.md", None),
        FileWritten("x.md", digest, b"nu"),
    ]
    found = carry_out(tmp_path, change)
    assert found.value is not None, found.faults
    assert (found.value.files, list(found.value.told)) == ({}, [])


def test_a_table_of_settings_is_told_as_what_it_held(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text(TOML, "utf-8")
    found = carry_out(tmp_path, [SettingWritten("x.toml", ("b",), {"c": "x"}, ABSENT)]).value
    assert found is not None
    assert [(one.place, one.old, one.new) for one in found.told] == [
        (PlaceMark("x.toml", column="b"), b"{'c': 'x'}", None)
    ]


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_text_keeps_its_mark(tmp_path: Path, mark: str) -> None:
    """Of three bytes in front: it is no part of its words."""
    (tmp_path / "x.md").write_text(f"{mark}één\n", "utf-8")
    found = carry_out(tmp_path, [TextWritten("x.md", "één\n", "twee\n")]).value
    assert found is not None
    assert found.files == {"x.md": f"{mark}twee\n".encode()}
    assert [(one.old, one.new) for one in found.told] == [("één\n".encode(), b"twee\n")]


def test_bytes_that_are_no_letters_are_no_reason_to_fail(tmp_path: Path) -> None:
    (tmp_path / "x.md").write_bytes(b"a\xff\n")
    found = carry_out(tmp_path, [TextWritten("x.md", "a\ufffd\n", "b\n")]).value
    assert found is not None
    assert found.files == {"x.md": b"b\n"}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("a\n\nb", "a\n\nx\n\nb", (PlaceMark("x.md", key=("2",)), None, b"x")),
        ("a\n\nx\n\nb", "a\n\nb", (PlaceMark("x.md", key=("2",)), b"x", None)),
        ("a\n\nx\n\ny\n\nb", "a\n\nz\n\nb", (PlaceMark("x.md", key=("2",)), b"x\n\ny", b"z")),
        ("a\n\nx\n\nb", "a\n\ny\n\nz\n\nb", (PlaceMark("x.md", key=("2",)), b"x", b"y\n\nz")),
    ],
)
def test_a_block_that_comes_goes_or_becomes_another(tmp_path: Path, old: str, new: str, told: Any) -> None:
    (tmp_path / "x.md").write_text(old, "utf-8")
    found = carry_out(tmp_path, [TextWritten("x.md", old, new)]).value
    assert found is not None
    assert [(one.place, one.old, one.new) for one in found.told] == [told]


def test_of_a_text_with_one_paragraph_many_times_only_what_changed_is_told(tmp_path: Path) -> None:
    """Of more than two hundred, too."""
    old = "\n\n".join([*["weer"] * 250, "eigen", *["weer"] * 5])
    (tmp_path / "x.md").write_text(old, "utf-8")
    found = carry_out(tmp_path, [TextWritten("x.md", old, old.replace("eigen", "anders"))]).value
    assert found is not None
    assert [(one.place.key, one.old, one.new) for one in found.told] == [(("251",), b"eigen", b"anders")]


def test_a_file_that_goes_is_remembered(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes(b"x")
    found = carry_out(tmp_path, [FileWritten("x.csv", hash_of(b"x"), None)]).value
    assert found is not None
    assert (found.files, found.old, found.new) == ({"x.csv": None}, {"x.csv": hash_of(b"x")}, {"x.csv": None})
    assert [(one.place, one.old, one.new) for one in found.told] == [(PlaceMark("x.csv"), b"x", None)]


@pytest.mark.parametrize("place", ["map", "tabel.csv/x", "link.csv"])
def test_a_folder_a_link_and_what_is_below_a_file_stay(tmp_path: Path, place: str) -> None:
    """A file cannot come there: a change that got as far as the disk could never be finished."""
    (tmp_path / "map").mkdir()
    (tmp_path / "tabel.csv").write_bytes(b"a\n")
    (tmp_path / "link.csv").symlink_to("tabel.csv")
    read = None if place != "link.csv" else hash_of(b"a\n")
    assert [one.code for one in carry_out(tmp_path, [FileWritten(place, read, b"b")]).faults] == ["J106"]


def test_a_folder_where_a_table_belongs_stays(klein: Path) -> None:
    (klein / "questions.csv").unlink()
    (klein / "questions.csv").mkdir()
    row = RowAdded("questions", {"id": "V2", "figure": "costs/NRD@2025", "question": "Hoe?"})
    assert [one.code for one in carry_out(klein, [row]).faults] == ["J106"]


def test_paragraphs_are_told_whatever_ends_their_lines(tmp_path: Path) -> None:
    (tmp_path / "x.md").write_bytes(b"een\r\n\r\ntwee\r\n")
    found = carry_out(tmp_path, [TextWritten("x.md", "een\r\n\r\ntwee\r\n", "een\r\n\r\ndrie\r\n")]).value
    assert found is not None
    assert [(one.place.key, one.old, one.new) for one in found.told] == [(("2",), b"twee\n", b"drie\n")]


@pytest.mark.parametrize("name", ["there", "file.md/x.csv", "link"])
def test_what_cannot_be_a_file_is_said(tmp_path: Path, name: str) -> None:
    """Where a folder stands, below a file, and a link."""
    (tmp_path / "there").mkdir()
    (tmp_path / "file.md").write_bytes(b"x")
    (tmp_path / "link").symlink_to(tmp_path / "nothing")
    assert carry_out(tmp_path, [FileWritten(name, None, b"x")]).faults == (fault("J106", name),)


def test_a_link_may_go_and_a_folder_may_hold_one_more(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there/a.csv").write_bytes(b"a")
    (tmp_path / "link").symlink_to(tmp_path / "there/a.csv")
    change: Change = [FileWritten("link", hash_of(b"a"), None), FileWritten("there/b.csv", None, b"b")]
    found = carry_out(tmp_path, change)
    assert found.value is not None, found.faults
    assert found.value.files == {"link": None, "there/b.csv": b"b"}
