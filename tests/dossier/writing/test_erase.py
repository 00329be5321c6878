"""Words that the journal is to forget: no byte of them is left, and the chain is whole."""

from __future__ import annotations

import hashlib
import io
import sys
import time
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType

import pytest

from gebiedswerk.core.actor import Actor, By
from gebiedswerk.core.faults import fault
from gebiedswerk.dossier import safe_files
from gebiedswerk.dossier.writing.apply import apply
from gebiedswerk.dossier.writing.change import FileWritten, RowAdded
from gebiedswerk.dossier.writing.entries import EntryKind, FileMark, JournalEntry, PlaceMark, entry_of
from gebiedswerk.dossier.writing.erase import erase
from gebiedswerk.dossier.writing.journal import changed_outside, known, read_journal
from gebiedswerk.dossier.writing.memory import kept, of_file
from gebiedswerk.dossier.writing.redo import CONTENTS, Landing, commit, hash_of
from gebiedswerk.dossier.writing.verify_journal import verify_journal
from tests.release.releases import tree

NAME = "Fenna Prikkeldraad"
WHO = Actor("m17", "controller")
BY = By(WHO, "Verzoek 12 om te wissen")
FILE = "x_bezoek.csv"
NOTHING: Mapping[str, bytes | None] = MappingProxyType({})


ASKED = {"asked_on": "2026-05-20", "asked_by": "council"}


def put(dossier: Path, data: bytes | None, reason: str = "Zo is het", file: str = FILE) -> None:
    path = dossier / file
    old = hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else None
    assert apply(dossier, [FileWritten(file, old, data)], WHO, reason).value


def holds(dossier: Path) -> list[str]:
    words = NAME.casefold()
    return [name for name, data in tree(dossier).items() if words in data.decode("utf-8", "replace").casefold()]


@pytest.fixture
def dossier(klein: Path) -> Path:
    """A name in a file, in a reason, in one that went, and in no file any more."""
    put(klein, f"wie\n{NAME}\n".encode(), f"Gevraagd door {NAME.upper()}")
    put(klein, b"wie\n\n")
    put(klein, NAME.encode("utf-8"), file="x_weg.csv")
    put(klein, None, file="x_weg.csv")
    return klein


def test_no_byte_is_left_and_the_chain_is_whole(dossier: Path) -> None:
    assert len(holds(dossier)) > 3
    names = sorted(path.name for path in (dossier / "journal").glob("*.toml"))
    gone = erase(dossier, NAME, BY).value
    assert gone is not None and gone > 3
    assert holds(dossier) == []
    assert not verify_journal(dossier)
    assert set(names) < {path.name for path in (dossier / "journal").glob("*.toml")}
    last = read_journal(dossier).in_order[-1]
    assert (last.kind, last.actor, last.reason) == ("erased", WHO, BY.reason)
    assert not list(changed_outside(dossier, known(dossier)))


def test_nobody_can_try_what_stood_there(dossier: Path) -> None:
    """Who knows all of a file but the name had the salt to try each name with: it went too."""
    assert erase(dossier, NAME, BY).value
    journal = read_journal(dossier)
    now = journal.marks()
    for entry in journal.in_order:
        for file in entry.files:
            former = file.old or (entry.salt, file.new) not in now[file.name]
            salt = journal.content(entry.salt)
            assert salt is not None
            assert not former or salt.erased


def test_what_changes_by_hand_later_is_still_seen(dossier: Path) -> None:
    erase(dossier, NAME, BY)
    (dossier / FILE).write_text("anders", "utf-8")
    put(dossier, b"a", file="x_a.csv")
    outside = [one for one in read_journal(dossier).in_order if one.kind == "outside"]
    assert [file.name for one in outside for file in one.files] == [FILE]


def test_what_still_stands_is_refused(dossier: Path) -> None:
    """In the dossier itself, whatever its letters are, in the name of a file, or in the reason."""
    before = tree(dossier)
    (dossier / "areas.csv").write_bytes(b"\xff\xfe" + NAME.encode("utf-16-le"))
    assert [(one.code, one.file) for one in erase(dossier, NAME, BY).faults] == [("J116", "areas.csv")]
    (dossier / "areas.csv").write_bytes(before["areas.csv"])
    found = erase(dossier, NAME, By(WHO, f"{NAME} vroeg het"))
    assert [(one.code, one.file) for one in found.faults] == [("J116", "--reason")]
    assert tree(dossier) == before


def test_a_name_of_a_file_is_part_of_the_chain(klein: Path) -> None:
    """J118: that cannot be erased without breaking it, and is said."""
    put(klein, b"a", file="x_fenna.csv")
    put(klein, None, file="x_fenna.csv")
    found = erase(klein, "fenna", BY)
    assert found.value is None
    assert {one.code for one in found.faults} == {"J118"}


def test_words_that_are_nowhere(klein: Path) -> None:
    put(klein, b"a")
    before = tree(klein)
    assert erase(klein, NAME, BY).value == 0
    assert tree(klein) == before


def tell(
    folder: Path,
    *before: JournalEntry,
    reason: str = "Zo is het",
    files: Mapping[str, bytes | None] = NOTHING,
    told: Iterable[bytes] = (),
    was: str = "",
) -> JournalEntry:
    """An entry in the journal of any folder, with files as they stand then and contents. `was`: what they were."""
    (folder / CONTENTS).mkdir(parents=True, exist_ok=True)
    salt, contents = kept(b""), [kept(one) for one in told]
    marks = []
    for name, data in files.items():
        if data is None:
            (folder / name).unlink(missing_ok=True)
        else:
            (folder / name).write_bytes(data)
        marks.append(FileMark(name, was, of_file(salt.salt or b"", name, hash_of(data))))
    places = tuple(PlaceMark("x.csv", new=one.name) for one in contents)
    heads = [one.hash for one in before]
    made = entry_of(EntryKind.CHANGE, heads, WHO, "set", reason, salt, files=tuple(marks), places=places)
    for content in (salt, *contents):
        (folder / CONTENTS / content.name).write_bytes(content.stored)
    (folder / "journal" / made.name).write_text(made.text, "utf-8")
    return made


def left(folder: Path, entry: JournalEntry) -> list[bytes | None]:
    """What the contents of an entry hold."""
    journal = read_journal(folder)
    return [content.data if (content := journal.content(place.new)) else b"gone" for place in entry.places]


def test_each_content_and_each_reason_is_counted(tmp_path: Path) -> None:
    """A content that two entries name is one; what does not hold the words stays."""
    first = tell(tmp_path, reason=f"Van {NAME}", told=[NAME.encode(), b"anders", NAME.upper().encode()])
    second = tell(tmp_path, first, reason=NAME)
    third = replace(tell(tmp_path, second), places=first.places, before=(second.hash,))
    (tmp_path / "journal" / third.name).write_text(third.text, "utf-8")
    assert erase(tmp_path, NAME, BY).value == 4
    assert left(tmp_path, first) == [None, b"anders", None]
    assert [one.reason for one in read_journal(tmp_path).entries.values() if one.verb == "set"].count("") == 2
    assert erase(tmp_path, NAME, BY).value == 0


@pytest.mark.parametrize(("reason", "told"), [(NAME, b"anders"), ("anders", NAME.encode())])
def test_one_of_both_is_enough(tmp_path: Path, reason: str, told: bytes) -> None:
    tell(tmp_path, reason=reason, told=[told])
    assert erase(tmp_path, NAME, BY).value == 1
    assert holds(tmp_path) == []


def test_a_content_that_is_gone_is_no_hindrance(tmp_path: Path) -> None:
    made = tell(tmp_path, told=[NAME.encode(), NAME.encode()])
    (tmp_path / CONTENTS / made.places[0].new).unlink()
    assert erase(tmp_path, NAME, BY).value == 1


@pytest.mark.skipif(sys.platform == "win32", reason="the clock of the process cannot be set")
def test_what_was_erased_says_when(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the time of the whole world, wherever the machine stands."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "Asia/Tokyo")
        time.tzset()
        says_when(tmp_path)
    time.tzset()


def says_when(tmp_path: Path) -> None:
    made = tell(tmp_path, told=[NAME.encode()])
    erase(tmp_path, NAME, BY)
    content = read_journal(tmp_path).content(made.places[0].new)
    assert content is not None
    assert abs(datetime.now(UTC) - datetime.strptime(content.erased, "%Y-%m-%dT%H:%M:%S%z")) < timedelta(minutes=5)


@pytest.mark.parametrize(("given", "told"), [(BY.reason, BY.reason), ("", "erase")])
def test_an_entry_tells_of_it(tmp_path: Path, given: str, told: str) -> None:
    made = tell(tmp_path, reason=NAME)
    erase(tmp_path, NAME, By(WHO, given))
    last = read_journal(tmp_path).in_order[-1]
    assert (last.kind, last.verb, last.actor, last.reason, last.before) == (
        "erased",
        "journal",
        WHO,
        told,
        (made.hash,),
    )
    salt = read_journal(tmp_path).content(last.salt)
    assert salt is not None and salt.data == b""


def test_of_what_stands_there_a_new_hash_is_told(tmp_path: Path) -> None:
    """The salt of a former version goes, and that by which a changed file was told; any other stays."""
    first = tell(tmp_path, files={"a.csv": b"1", "b.csv": b"1", "weg.csv": b"1"}, told=[NAME.encode()])
    second = tell(tmp_path, first, files={"a.csv": b"2", "weg.csv": None}, was="a" * 64)
    third = tell(tmp_path, second, files={"c.csv": b"3"})
    erase(tmp_path, NAME, BY)
    journal = read_journal(tmp_path)
    salts = [journal.content(one.salt) for one in (first, second, third)]
    assert [bool(one and one.erased) for one in salts] == [True, True, False]
    last = journal.in_order[-1]
    salt = journal.content(last.salt)
    assert salt is not None
    digests = {"a.csv": hash_of(b"2"), "b.csv": hash_of(b"1")}
    assert last.files == tuple(
        FileMark(name, "", of_file(salt.salt or b"", name, one)) for name, one in digests.items()
    )
    assert [name for name, _ in changed_outside(tmp_path, known(tmp_path))] == []


@pytest.mark.parametrize(
    "data",
    [
        "wie is Ren\u00e9".encode(),
        "wie is Rene\u0301".encode(),
        "REN\u00c9".encode("windows-1252"),
        "Ren\u00e9".encode("utf-16-le"),
        "Ren\u00e9".encode("utf-16-be"),
    ],
)
def test_however_its_letters_are_written(tmp_path: Path, data: bytes) -> None:
    made = tell(tmp_path, told=[data])
    (tmp_path / "a.csv").write_bytes(data)
    found = erase(tmp_path, "Ren\u00e9", BY)
    assert (found.value, found.faults) == (None, (fault("J116", "a.csv"),))
    (tmp_path / "a.csv").unlink()
    assert erase(tmp_path, "Ren\u00e9", BY).value == 1
    assert left(tmp_path, made) == [None]


def test_in_a_workbook_any_part_may_hold_it(tmp_path: Path) -> None:
    """As a file and as a content: what is packed does not show its letters."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("eerst.xml", "niets")
        archive.writestr("dan.xml", f"{NAME} " * 9)
    made = tell(tmp_path, told=[out.getvalue()])
    (tmp_path / "a.xlsx").write_bytes(out.getvalue())
    assert erase(tmp_path, NAME, BY).faults == (fault("J116", "a.xlsx"),)
    (tmp_path / "a.xlsx").unlink()
    assert erase(tmp_path, NAME, BY).value == 1
    assert left(tmp_path, made) == [None]


def test_of_two_branches_one_that_cannot_be_told_is_enough(tmp_path: Path) -> None:
    """Else a change by hand would be taken for what that branch said."""
    first = tell(tmp_path, files={"a.csv": b"1"}, told=[NAME.encode()])
    tell(tmp_path, first, files={"a.csv": b"2"}, was="a" * 64)
    tell(tmp_path, first, files={"a.csv": b"2"})
    erase(tmp_path, NAME, BY)
    assert [file.name for file in read_journal(tmp_path).in_order[-1].files] == ["a.csv"]
    (tmp_path / "a.csv").write_bytes(b"3")
    assert [name for name, _ in changed_outside(tmp_path, known(tmp_path))] == ["a.csv"]


def test_a_fault_says_where_the_words_stand(tmp_path: Path) -> None:
    """All places at once."""
    made = tell(tmp_path, files={"fenna.csv": b"x"})
    (tmp_path / "a.csv").write_bytes(b"Fenna")
    found = erase(tmp_path, "fenna", By(WHO, "Fenna vroeg het"))
    assert found.faults == (
        fault("J116", "--reason"),
        fault("J116", "a.csv"),
        fault("J116", "fenna.csv"),
        fault("J118", f"journal/{made.name}"),
    )


@pytest.mark.parametrize(("locked", "code"), [(False, "B104"), (None, "J102")])
def test_only_who_is_alone_erases(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, locked: bool | None, code: str
) -> None:
    tell(tmp_path, reason=NAME)
    before = tree(tmp_path)
    monkeypatch.setattr(safe_files, "_locked", lambda handle, until: locked)
    found = erase(tmp_path, NAME, BY)
    assert (found.value, found.faults) == (None, (fault(code, str(tmp_path)),))
    assert tree(tmp_path) == before


def test_what_stands_half_is_finished_first(tmp_path: Path) -> None:
    """The words may stand in it."""
    tell(tmp_path)
    commit(tmp_path, Landing({"a.csv": NAME.encode()}, {"a.csv": None}, {"a.csv": hash_of(NAME.encode())}))
    assert erase(tmp_path, NAME, BY).faults == (fault("J116", "a.csv"),)


def test_a_disk_that_refuses_is_said(tmp_path: Path) -> None:
    assert [one.code for one in erase(tmp_path / "none", NAME, BY).faults] == ["B111"]


@pytest.mark.parametrize(
    "written",
    [
        "dank aan Fenna\r\n  Prikkeldraad",
        "Fenna\u00a0Prikkeldraad",
        pytest.param("x" * 7_999_995 + NAME + "x" * 100, id="in a large one"),
    ],
)
def test_however_the_lines_end(klein: Path, written: str) -> None:
    put(klein, written.encode())
    assert [one.code for one in erase(klein, NAME.upper(), BY).faults] == ["J116"]


def test_a_name_with_marks_is_found_as_settings_write_it(klein: Path) -> None:
    name = 'Fenna "Prik" Draad'
    questions = ("questions", {"id": "V2", "figure": "costs/NRD@2025", "question": f"Zei {name} dit?", **ASKED})
    assert apply(klein, [RowAdded(*questions)], WHO, "Zo is het").value
    (klein / "questions.csv").write_bytes(b"id,figure,question,asked_on,asked_by,answer,answered_on\n")
    assert erase(klein, name, BY).value == 1
    assert "Draad" not in "".join(data.decode("utf-8", "replace") for data in tree(klein).values())


def test_what_no_entry_names_goes_too(klein: Path) -> None:
    """Of an entry that is gone, and of a change that never came to be."""
    put(klein, b"wie\n")
    lost = klein / "journal/contents" / ("a" * 64)
    lost.write_bytes(b"salt " + b"00" * 16 + b"\n" + NAME.encode())
    half = klein / "journal/.half-1/contents/b"
    half.parent.mkdir(parents=True)
    half.write_text(NAME, "utf-8")
    assert erase(klein, NAME, BY).value == 1
    assert holds(klein) == []


def test_a_damaged_entry_with_the_words_is_told(dossier: Path) -> None:
    path = next(one for one in (dossier / "journal").glob("*.toml") if NAME.upper() in one.read_text("utf-8"))
    path.write_text(path.read_text("utf-8").replace("kind =", "kint ="), "utf-8")
    assert [one.code for one in erase(dossier, NAME, BY).faults] == ["J111"]


def test_a_damaged_workbook_is_no_crash(dossier: Path) -> None:
    (dossier / "x_boek.xlsx").write_bytes(b"PK\5\6" + bytes(4) + b"\1\0\1\0\x2e" + bytes(11))
    assert erase(dossier, NAME, BY).value


def test_what_a_hand_wrote_before_it_is_told_as_such(dossier: Path) -> None:
    (dossier / FILE).write_bytes(b"wie\nniemand\n")
    assert erase(dossier, NAME, BY).value
    outside, erased = read_journal(dossier).in_order[-2:]
    assert (outside.kind, [one.name for one in outside.files]) == ("outside", [FILE])
    assert (erased.kind, FILE in [one.name for one in erased.files]) == ("erased", False)
    assert not verify_journal(dossier)
    assert not list(changed_outside(dossier, known(dossier)))


def test_what_others_left_half_goes_too(tmp_path: Path) -> None:
    """Also where the words are nowhere else."""
    tell(tmp_path)
    (tmp_path / "journal/.half-9").mkdir()
    (tmp_path / "journal/.half-9/x").write_text(NAME, "utf-8")
    assert erase(tmp_path, NAME, BY).value == 0
    assert holds(tmp_path) == []


def test_where_nothing_is_remembered_nothing_goes(tmp_path: Path) -> None:
    assert erase(tmp_path, NAME, BY).value == 0


def test_a_folder_among_the_contents_is_none(tmp_path: Path) -> None:
    tell(tmp_path, reason=NAME)
    (tmp_path / CONTENTS / "x").mkdir()
    assert erase(tmp_path, NAME, BY).value == 1


def test_it_stands_on_what_was_changed_outside(tmp_path: Path) -> None:
    first = tell(tmp_path, files={"a.csv": b"1"}, reason=NAME)
    (tmp_path / "a.csv").write_bytes(b"2")
    erase(tmp_path, NAME, BY)
    _, outside, last = read_journal(tmp_path).in_order
    assert (outside.kind, outside.before, last.kind, last.before) == (
        "outside",
        (first.hash,),
        "erased",
        (outside.hash,),
    )


@pytest.mark.parametrize(("name", "text"), [("fenna.toml", "x"), ("x.toml", "Fenna")])
def test_what_is_no_entry_and_has_the_words_is_told(tmp_path: Path, name: str, text: str) -> None:
    tell(tmp_path)
    (tmp_path / "journal" / name).write_text(text, "utf-8")
    assert erase(tmp_path, "fenna", BY).faults == (fault("J111", f"journal/{name}"),)


@pytest.mark.parametrize(
    ("words", "text", "count"),
    [
        ('René "Jan"', 'wie = "René \\"Jan\\""', 1),
        ('René "Jan"', '"René ""Jan"""', 1),
        ('René "Jan"', "René &quot;Jan&quot;", 1),
        ("René\\Jan", 'wie = "René\\\\Jan"', 1),
        ("René", '{"wie": "Ren\\u00e9"}', 1),
        ("René", '{"wie": "Ben\\u00e9"}', 0),
        ("René", '{"wie": "Ren\\u00ea"}', 0),
    ],
)
def test_as_settings_tables_and_pages_write_it(tmp_path: Path, words: str, text: str, count: int) -> None:
    tell(tmp_path, told=[text.encode()])
    assert erase(tmp_path, words, BY).value == count


@pytest.mark.parametrize(
    "part",
    [f'<a wie="{NAME}"/>'.encode(), b"<r>Fenna </r><r>Prikkeldraad</r>", b"\xff<r>Fenna </r><r>Prikkeldraad</r>"],
)
def test_in_a_workbook_it_may_stand_within_a_tag_or_between_two(tmp_path: Path, part: bytes) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("x.xml", part * 3)
    tell(tmp_path, told=[out.getvalue()])
    assert erase(tmp_path, NAME, BY).value == 1


def test_a_long_file_is_searched_in_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At its start, its end and where two pieces meet; and no more often than it has pieces."""
    tell(tmp_path)
    place = tmp_path / "a.csv"
    place.write_bytes(b"q")
    assert erase(tmp_path, "q", BY).faults == (fault("J116", "a.csv"),)
    place.write_bytes(b"x" * 300_000)
    assert erase(tmp_path, NAME, BY).value == 0
    monkeypatch.setattr("gebiedswerk.dossier.writing.erase.PIECE", 60)
    monkeypatch.setattr("gebiedswerk.dossier.writing.erase.OVERLAP", 20)
    for before, behind in ((0, 35), (0, 300), (50, 50), (300, 0)):
        place.write_bytes(b"x" * before + NAME.encode() + b"x" * behind)
        assert erase(tmp_path, NAME, BY).faults == (fault("J116", "a.csv"),)
