"""A change lands whole or not at all, only where what it was decided on still stands, and is told."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from typing import Any

import pytest

from gebiedswerk.core.actor import Actor, By
from gebiedswerk.core.faults import Checked, fault
from gebiedswerk.dossier import cache, read, safe_files
from gebiedswerk.dossier.writing import apply as writing
from gebiedswerk.dossier.writing import as_it_would_be, redo
from gebiedswerk.dossier.writing.apply import apply, faults_with, land, would_break
from gebiedswerk.dossier.writing.change import (
    ABSENT,
    Change,
    Delivered,
    FileSeen,
    FileWritten,
    Item,
    RowAdded,
    SettingSeen,
    SettingWritten,
    TextWritten,
)
from gebiedswerk.dossier.writing.entries import Approval, EntryKind, FileMark
from gebiedswerk.dossier.writing.journal import changed_outside, known, read_journal
from gebiedswerk.dossier.writing.journal_state import seen
from gebiedswerk.dossier.writing.memory import of_file
from gebiedswerk.dossier.writing.verify_journal import verify_journal
from tests.release.releases import tree
from tests.town import edit

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
    assert codes(klein, renamed(klein), reason="") == ["T128"]
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


@pytest.mark.parametrize(("given", "told"), [("", "set dossier.toml"), ("Het klopte niet", "Het klopte niet")])
def test_a_verb_of_ours_says_what_was_asked(klein: Path, given: str, told: str) -> None:
    """Its first word in the chain; all of it as the reason, where none is given."""
    done = land(klein, renamed(klein), By(WHO, given), "set dossier.toml").value
    assert done is not None and done.entry is not None
    assert (done.entry.verb, done.entry.reason, done.entry.actor) == ("set", told, WHO)


def test_a_fault_says_who_and_why_was_asked(klein: Path) -> None:
    """Both at once."""
    assert apply(klein, renamed(klein), Actor("Jan de Vries", "x"), "...").faults == (
        fault("T128", str(klein), None, "--reason", "..."),
        fault("J103", str(klein), None, "--actor", "Jan de Vries:x"),
    )


@pytest.mark.parametrize(("locked", "code"), [(False, "B104"), (None, "J102")])
def test_who_is_not_alone_is_told_where(
    klein: Path, monkeypatch: pytest.MonkeyPatch, locked: bool | None, code: str
) -> None:
    change = renamed(klein)
    monkeypatch.setattr(safe_files, "_locked", lambda handle, until: locked)
    assert apply(klein, change, WHO, WHY).faults == (fault(code, str(klein)),)


def test_a_dossier_that_is_not_there_is_said(tmp_path: Path) -> None:
    assert [one.code for one in apply(tmp_path / "none", [], WHO, WHY).faults] == ["B111"]


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which any file may land."""
    monkeypatch.setattr(writing, "would_break", lambda dossier, files: ())
    return tmp_path


@pytest.mark.parametrize(
    ("problem", "words"), [(OSError(28, "No space left on device"), "No space left on device"), (OSError("x"), "x")]
)
def test_a_record_that_cannot_be_finished_is_made_and_said(
    bare: Path, monkeypatch: pytest.MonkeyPatch, problem: OSError, words: str
) -> None:
    """Whoever comes next finishes it."""
    finishes = redo.finish

    def finish(folder: Path) -> None:
        if seen(folder).pending:
            raise problem

    with monkeypatch.context() as patch:
        patch.setattr(redo, "finish", finish)
        done = apply(bare, [FileWritten("a.csv", None, b"a")], WHO, WHY)
    assert done.faults == (fault("J104", str(bare), reason=words),)
    assert done.value is not None and done.value.files == ("a.csv",)
    assert not (bare / "a.csv").exists()
    finishes(bare)
    assert (bare / "a.csv").read_bytes() == b"a"
    assert read_journal(bare).in_order[-1] == done.value.entry


def test_what_stands_half_is_finished_before_anything_is_decided(bare: Path) -> None:
    redo.commit(bare, redo.Landing({"a.csv": b"a"}, {"a.csv": None}, {"a.csv": redo.hash_of(b"a")}))
    assert codes_of(apply(bare, [FileWritten("a.csv", None, b"b")], WHO, WHY)) == ["J109"]
    assert (bare / "a.csv").read_bytes() == b"a"


def codes_of(found: Checked[Any]) -> list[str]:
    assert found.value is None
    return [one.code for one in found.faults]


def test_what_it_ends_with_is_known_at_the_next(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without reading all entries again."""
    first = apply(bare, [FileWritten("a.csv", None, b"a")], WHO, WHY).value
    with monkeypatch.context() as patch:
        patch.setattr("gebiedswerk.dossier.writing.journal.read_journal", lambda folder: 1 / 0)
        second = apply(bare, [FileWritten("b.csv", None, b"b")], WHO, WHY).value
    assert first is not None and first.entry is not None
    assert second is not None and second.entry is not None
    assert second.entry.before == (first.entry.hash,)


def test_the_marks_of_a_file_are_of_its_entry(bare: Path) -> None:
    """What it held and what it holds, with the salt of the entry; nothing where there is no file."""
    a, b = (redo.hash_of(data) for data in (b"a", b"b"))
    apply(bare, [FileWritten("a.csv", None, b"a")], WHO, WHY)
    change: Change = [FileWritten("a.csv", a, b"b"), FileWritten("c.csv", None, b"a")]
    done = apply(bare, change, WHO, WHY).value
    assert done is not None and done.entry is not None
    salt = read_journal(bare).content(done.entry.salt)
    assert salt is not None and salt.salt is not None and salt.data == b""
    assert done.entry.files == (
        FileMark("a.csv", of_file(salt.salt, "a.csv", a), of_file(salt.salt, "a.csv", b)),
        FileMark("c.csv", "", of_file(salt.salt, "c.csv", a)),
    )


def test_a_change_outside_is_told_with_what_was_known(bare: Path) -> None:
    """The hash that the last entry gave, and one with a salt of its own; nobody did it."""
    first = apply(bare, [FileWritten("a.csv", None, b"a")], WHO, WHY).value
    assert first is not None and first.entry is not None
    (bare / "a.csv").write_bytes(b"hand")
    (bare / "b.csv").write_bytes(b"hand")
    apply(bare, [FileWritten("c.csv", None, b"c")], WHO, WHY)
    journal = read_journal(bare)
    outside = journal.in_order[1]
    salt = journal.content(outside.salt)
    assert salt is not None and salt.salt is not None and salt.data == b""
    hand = redo.hash_of(b"hand")
    assert outside.files == (
        FileMark("a.csv", first.entry.files[0].new, of_file(salt.salt, "a.csv", hand)),
        FileMark("b.csv", "", of_file(salt.salt, "b.csv", hand)),
    )
    assert (outside.kind, outside.verb, outside.reason) == ("outside", "outside", "outside")
    assert (outside.before, outside.actor) == ((first.entry.hash,), Actor())


def test_a_key_that_people_write_lies_among_the_contents(klein: Path) -> None:
    """And one of codes in the entry."""
    change: Change = [
        RowAdded("redirects", {"old": "oud.html", "new": "nieuw.html"}),
        RowAdded("areas", {"code": "X", "slug": "x", "name": "X", "kind": "wijk"}),
    ]
    done = apply(klein, change, WHO, WHY).value
    assert done is not None and done.entry is not None
    written, code = done.entry.places
    journal = read_journal(klein)
    held = journal.content(written.keyed)
    assert held is not None and held.data == b'["oud.html"]'
    assert (written.key, written.old, code.key, code.keyed, code.old) == ((), "", ("X",), "", "")


def test_a_folder_with_nothing_has_no_faults(tmp_path: Path) -> None:
    """It may become a dossier: then what it would have is said."""
    assert faults_with(tmp_path, {}) == ()
    assert [one.file for one in would_break(tmp_path, {"areas.csv": b"x"})] != []


def test_what_would_break_is_told_at_its_place(klein: Path) -> None:
    (found,) = would_break(klein, {"dossier.toml": b"format = = 1"})
    assert (found.code, found.file) == ("D112", "dossier.toml")


def test_a_large_table_is_no_fault_for_being_a_link_there(klein: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A link that stands in the dossier itself is one still."""
    monkeypatch.setattr(as_it_would_be, "LARGE", (klein / "budgets.csv").stat().st_size)
    assert faults_with(klein, {}) == ()
    assert apply(klein, renamed(klein), WHO, WHY).value
    (klein / "x_elders.csv").symlink_to("/etc/hostname")
    assert [(one.code, one.file) for one in faults_with(klein, {})] == [("D152", "x_elders.csv")]


def test_a_verb_is_its_first_word_and_its_words_are_the_reason(klein: Path) -> None:
    """What stands behind it may hold a name, and a reason can be erased."""
    land(klein, renamed(klein), By(WHO), "set dossier municipality.name")
    land(klein, renamed(klein, "Ginds"), By(WHO, "Omdat"), "set dossier municipality.name")
    first, second = read_journal(klein).in_order[1:]
    assert (first.verb, first.reason) == ("set", "set dossier municipality.name")
    assert (second.verb, second.reason) == ("set", "Omdat")
    assert apply(klein, renamed(klein, "Verder"), WHO, WHY).value
    assert read_journal(klein).in_order[-1].verb == ""


def test_what_changed_by_hand_is_told_with_what_it_was(klein: Path) -> None:
    """The hash that the journal had of it before; of a file that is new none."""
    apply(klein, renamed(klein), WHO, WHY)
    before = {file.name: file.new for file in read_journal(klein).in_order[0].files}
    with (klein / "areas.csv").open("a", encoding="utf-8") as file:
        file.write("\n")
    (klein / "x_nieuw.csv").write_text("a", "utf-8")
    apply(klein, renamed(klein, "Ginds"), WHO, WHY)
    outside = read_journal(klein).in_order[2]
    assert [(one.name, one.old) for one in outside.files] == [("areas.csv", before["areas.csv"]), ("x_nieuw.csv", "")]
    salt = read_journal(klein).content(outside.salt)
    assert salt is not None
    assert outside.files[0].new == of_file(salt.salt or b"", "areas.csv", sha256(klein / "areas.csv"))


def test_of_what_came_nothing_old_is_told(klein: Path) -> None:
    apply(klein, [FileWritten("x_a.csv", None, b"a")], WHO, WHY)
    apply(klein, [FileWritten("x_a.csv", sha256(klein / "x_a.csv"), None)], WHO, WHY)
    came, went = (one.places[0] for one in read_journal(klein).in_order[1:])
    assert (came.old, bool(came.new)) == ("", True)
    assert (bool(went.old), went.new) == (True, "")


def test_what_is_wrong_in_a_large_table_is_still_said(klein: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """That it is a link there is no fault; what stands in it is, whatever its code."""
    edit(
        klein, "budgets.csv", "P2024-ALG,ALG,2024,adopted,60000.00,R2023-11", "P2024-ALG,ALG,2024,adopted,veel,R2023-11"
    )
    edit(
        klein, "budgets.csv", "P2024-BIN,BIN,2024,adopted,32000.00,R2023-11", "P2024-BIN,BIN,2024,adopted,32000.00,..."
    )
    monkeypatch.setattr(as_it_would_be, "LARGE", (klein / "budgets.csv").stat().st_size)
    said = [one.code for one in faults_with(klein, {}) if one.file == "budgets.csv"]
    assert {"D105", "T128"} <= set(said)
    assert said == [one.code for one in read(klein).faults if one.file == "budgets.csv"]


def test_of_two_branches_one_of_both_is_told_as_what_it_was(klein: Path, tmp_path: Path) -> None:
    """The same one each time."""
    assert apply(klein, renamed(klein), WHO, WHY).value
    other = Path(shutil.copytree(klein, tmp_path / "other"))
    said = []
    for place, new in ((klein, "Links"), (other, "Rechts")):
        entry = apply(place, renamed(place, new), WHO, WHY).value.entry  # type: ignore[union-attr] # it lands
        assert entry is not None
        said.append(entry.files[0].new)
    shutil.copytree(other / "journal", klein / "journal", dirs_exist_ok=True)
    edit(klein, "dossier.toml", '"Links"', '"Samen"')
    assert apply(klein, [FileWritten("x_a.csv", None, b"a")], WHO, WHY).value
    outside = read_journal(klein).in_order[-2]
    assert (outside.kind, [file.old for file in outside.files]) == ("outside", [max(said)])


def test_all_that_a_folder_holds_goes_with_the_folder(klein: Path) -> None:
    """A publication that goes, and the folder of all of them: nothing is looked for there afterwards."""
    gone = sorted(path.relative_to(klein).as_posix() for path in klein.glob("publications/*/*") if path.is_file())
    change = [FileWritten(name, hashlib.sha256((klein / name).read_bytes()).hexdigest(), None) for name in gone]
    found = apply(klein, change, WHO, WHY)
    assert (found.value is not None, found.faults) == (True, ())
    assert not (klein / "publications").exists()
    checked = read(klein)
    assert checked.value is not None
    assert checked.value.publications == ()
