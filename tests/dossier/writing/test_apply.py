"""A change lands whole or not at all, only where what it was decided on still stands, and is told."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from typing import Any

import pytest

from gebiedswerk.core.actor import Actor
from gebiedswerk.dossier import cache, read, safe_files
from gebiedswerk.dossier.writing import apply as writing
from gebiedswerk.dossier.writing.apply import apply, faults_with, would_break
from gebiedswerk.dossier.writing.change import (
    ABSENT,
    Change,
    Delivered,
    FileSeen,
    FileWritten,
    Item,
    SettingSeen,
    SettingWritten,
    TextWritten,
)
from gebiedswerk.dossier.writing.entries import Approval, EntryKind
from gebiedswerk.dossier.writing.journal import changed_outside, known, read_journal
from gebiedswerk.dossier.writing.verify_journal import verify_journal
from tests.release.releases import tree

WHO, WHY = Actor("m17", "controller"), "Het klopte niet"
NAME = ("municipality", "name")


def name_of(dossier: Path) -> str:
    found = read(dossier).value
    assert found is not None
    return found.settings.municipality.name


def renamed(dossier: Path, new: str = "Elders") -> Change:
    return [SettingWritten("dossier.toml", NAME, name_of(dossier), new)]


def codes(dossier: Path, change: Change, actor: Actor = WHO, reason: str = WHY) -> list[str]:
    """The codes of the refusal; nothing has changed then."""
    before = tree(dossier)
    found = apply(dossier, change, actor, reason)
    assert found.value is None
    assert tree(dossier) == before
    return [one.code for one in found.faults]


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_change_lands_and_is_told(klein: Path) -> None:
    old = name_of(klein)
    done = apply(klein, renamed(klein), WHO, WHY, verb="set").value
    assert done is not None and done.files == ("dossier.toml",)
    assert name_of(klein) == "Elders"
    begin, told = read_journal(klein).in_order
    assert (begin.kind, told.kind) == (EntryKind.BEGIN, EntryKind.CHANGE)
    assert (told.actor, told.reason, told.verb, told.before) == (WHO, WHY, "set", (begin.hash,))
    place = told.places[0]
    held = [read_journal(klein).content(one) for one in (place.old, place.new)]
    assert (place.file, place.column) == ("dossier.toml", "municipality.name")
    assert [one.data for one in held if one] == [f'"{old}"'.encode(), b'"Elders"']
    assert not verify_journal(klein)


def test_the_journal_begins_with_what_stood_there(klein: Path) -> None:
    apply(klein, renamed(klein), WHO, WHY)
    begin = read_journal(klein).in_order[0]
    there = sorted(name for name in tree(klein) if not name.startswith("journal/"))
    assert sorted(file.name for file in begin.files) == there
    assert not list(changed_outside(klein, known(klein)))


def test_many_kinds_in_one_change(klein: Path) -> None:
    """Settings, a text, a file that comes, one that goes and a delivery: all of it, in one entry."""
    publication = read(klein).value.publications[0]  # type: ignore[union-attr] # the example can be read
    file, text = publication.texts[0]
    (klein / "x_oud.csv").write_text("weg", "utf-8")
    source = klein / "deliveries/grootboek-2026-03"
    delivered = {path.name: path.read_bytes() for path in source.iterdir()}
    change = [
        *renamed(klein),
        TextWritten(file, text, f"{text}\nEn nog iets.\n"),
        FileWritten("x_nieuw/a.csv", None, b"nieuw"),
        FileWritten("x_oud.csv", sha256(klein / "x_oud.csv"), None),
        Delivered("nog-een", {**delivered, "delivery.toml": delivered["delivery.toml"].replace(b"2026-0", b"2025-0")}),
    ]
    before = tree(klein)
    found = apply(klein, change, WHO, WHY)
    if found.value is None:  # the delivery overlaps the one that it is a copy of
        assert tree(klein) == before
        found = apply(klein, change[:-1], WHO, WHY)
    assert found.value is not None, found.faults
    now = tree(klein)
    assert now[file].endswith(b"En nog iets.\n")
    assert now["x_nieuw/a.csv"] == b"nieuw"
    assert "x_oud.csv" not in now
    assert len([one for one in read_journal(klein).in_order if one.kind is EntryKind.CHANGE]) == 1


def test_nothing_to_change_is_no_entry(klein: Path) -> None:
    before = tree(klein)
    done = apply(klein, renamed(klein, name_of(klein)), WHO, WHY)
    assert (done.value, done.faults) == (writing.Applied(), ())
    assert tree(klein) == before


STALE: list[tuple[Any, str]] = [
    (SettingWritten("dossier.toml", NAME, "zomaar", "Elders"), "J101"),
    (SettingWritten("dossier.toml", NAME, ABSENT, "Elders"), "J108"),
    (SettingWritten("dossier.toml", ("municipality", "motto"), "was", "wordt"), "J107"),
    (SettingSeen("dossier.toml", NAME, "zomaar"), "J101"),
    (TextWritten("publications/jaarrekening-2025/index.md", "zomaar", "anders"), "J109"),
    (TextWritten("publications/nergens/index.md", "zomaar", "anders"), "J107"),
    (FileWritten("areas.csv", None, b""), "J109"),
    (FileWritten("x_nieuw.csv", "0" * 64, b""), "J109"),
    (FileSeen("areas.csv", "0" * 64), "J109"),
    (FileSeen("x_nieuw.csv", "0" * 64), "J109"),
    (Delivered("grootboek-2026-03", {"x.csv": b""}), "J108"),
]


@pytest.mark.parametrize(("item", "code"), STALE)
def test_what_differs_from_what_was_read_is_refused(klein: Path, item: Any, code: str) -> None:
    """Touched or only decided on: with the rest of its change, whole."""
    assert codes(klein, [*renamed(klein), item]) == [code]


def test_what_was_decided_on_and_still_stands_is_no_hindrance(klein: Path) -> None:
    seen: list[Item] = [
        SettingSeen("dossier.toml", NAME, name_of(klein)),
        SettingSeen("dossier.toml", ("municipality", "motto"), ABSENT),
        FileSeen("areas.csv", sha256(klein / "areas.csv")),
        FileSeen("x_nieuw.csv", None),
    ]
    assert apply(klein, [*seen, *renamed(klein)], WHO, WHY).value
    assert name_of(klein) == "Elders"


def test_something_else_may_have_changed(klein: Path) -> None:
    """Two read the same version, and change different things."""
    first = renamed(klein)
    second: Change = [FileWritten("x_a.csv", None, b"a"), FileSeen("areas.csv", sha256(klein / "areas.csv"))]
    assert apply(klein, first, WHO, WHY).value
    assert apply(klein, second, WHO, WHY).value


@pytest.mark.parametrize("place", ["../x", "/elders/x", "a/../../x", "con", "a:b"])
def test_no_place_outside_the_folder(klein: Path, place: str) -> None:
    assert codes(klein, [FileWritten(place, None, b"")]) == ["B110"]
    assert codes(klein, [Delivered("nieuw", {place: b""})]) == ["B110"]


@pytest.mark.parametrize("place", ["journal/x.toml", "journal/contents/x", ".git/config", "a/.b"])
def test_no_hidden_place_nor_the_journal(klein: Path, place: str) -> None:
    assert codes(klein, [FileWritten(place, None, b"")]) == ["J106"]


def test_through_no_link(klein: Path, tmp_path: Path) -> None:
    (tmp_path / "elders").mkdir()
    (klein / "x_link").symlink_to(tmp_path / "elders")
    assert codes(klein, [FileWritten("x_link/a.csv", None, b"")]) == ["B110"]


@pytest.mark.parametrize(
    ("file", "data", "code"),
    [
        ("areas.csv", b"naam\nNoord\n", "D102"),
        ("areas.csv", None, "D101"),
        ("dossier.toml", b"format = = 1", "D113"),
        ("budget_lines.csv", b"code,slug\nA,a\nA,a\n", "D107"),
        ("publications/jaarrekening-2025/index.md", b"\xff", "D114"),
    ],
)
def test_what_makes_the_dossier_unreadable_is_refused(klein: Path, file: str, data: bytes | None, code: str) -> None:
    """Shape, key and reference: as reading it afterwards would say."""
    found = codes(klein, [FileWritten(file, sha256(klein / file), data)])
    assert found
    after = Path(shutil.copytree(klein, klein.with_name("after")))
    (after / file).unlink() if data is None else (after / file).write_bytes(data)
    assert set(found) <= {one.code for one in read(after).faults}
    assert code in found or code == "D113"


def test_what_was_wrong_already_is_no_hindrance(klein: Path) -> None:
    with (klein / "areas.csv").open("a") as file:
        file.write("te,weinig\n")
    assert read(klein).faults
    assert apply(klein, [FileWritten("x_a.csv", None, b"a")], WHO, WHY).value


def test_a_reason_is_asked_and_no_name(klein: Path) -> None:
    assert codes(klein, renamed(klein), reason=" ") == ["T128"]
    assert codes(klein, renamed(klein), reason="...") == ["T128"]
    assert codes(klein, renamed(klein), actor=Actor("Jan de Vries")) == ["J103"]


def test_another_that_writes_and_a_disk_without_locks(klein: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    change = renamed(klein)
    monkeypatch.setattr(writing, "PATIENCE_SECONDS", 0.05)
    with monkeypatch.context() as patch:
        patch.setattr(safe_files, "_locked", lambda handle, until: False)
        assert codes(klein, change) == ["B104"]
    with monkeypatch.context() as patch:
        patch.setattr(safe_files, "_locked", lambda handle, until: None)
        assert codes(klein, change) == ["J102"]


def test_a_change_by_hand_is_told_as_such(klein: Path) -> None:
    """Not put on the next person, and not refused: a file that changed, one that came and one that went."""
    (klein / "x_weg.csv").write_text("a", "utf-8")
    apply(klein, renamed(klein), WHO, WHY)
    (klein / "x_weg.csv").unlink()
    (klein / "x_nieuw.csv").write_text("a", "utf-8")
    (klein / "README.md").write_text("anders", "utf-8")
    apply(klein, renamed(klein, "Ginds"), WHO, WHY)
    kinds = [one.kind for one in read_journal(klein).in_order]
    outside = read_journal(klein).in_order[2]
    assert kinds == ["begin", "change", "outside", "change"]
    assert [file.name for file in outside.files] == ["README.md", "x_nieuw.csv", "x_weg.csv"]
    assert [bool(file.new) for file in outside.files] == [True, True, False]
    assert outside.actor == Actor()
    assert not verify_journal(klein)


def test_without_a_cache_it_is_the_same(klein: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the journal ends with is worked out again from its entries."""
    for new in ("A", "B"):
        apply(klein, renamed(klein, new), WHO, WHY)
    monkeypatch.setattr(cache, "load", lambda name: None)
    apply(klein, renamed(klein, "C"), WHO, WHY)
    assert [one.kind for one in read_journal(klein).in_order] == ["begin", "change", "change", "change"]


def test_an_approval_goes_along(klein: Path) -> None:
    entry = apply(klein, renamed(klein), WHO, WHY).value.entry  # type: ignore[union-attr] # it lands
    assert entry is not None
    approval = Approval(Actor("m18", "college"), entry.moment, "a" * 64)
    apply(klein, renamed(klein, "Ginds"), WHO, WHY, approvals=[approval])
    assert read_journal(klein).in_order[-1].approvals == (approval,)


def test_what_is_looked_at_is_said_as_if_it_stood_there(klein: Path) -> None:
    """A delivery is a link there, which is no fault."""
    assert faults_with(klein, {}) == tuple(read(klein).faults)
    assert would_break(klein, {"x_a.csv": b"a"}) == ()


def test_a_folder_with_nothing_becomes_a_dossier(klein: Path, tmp_path: Path) -> None:
    files = tree(klein)
    (tmp_path / "leeg").mkdir()
    made = [FileWritten(name, None, data) for name, data in files.items()]
    assert apply(tmp_path / "leeg", made, WHO, WHY).value
    now = tree(tmp_path / "leeg")
    assert {name: data for name, data in now.items() if not name.startswith("journal/")} == files
    assert [one.kind for one in read_journal(tmp_path / "leeg").in_order] == ["change"]
