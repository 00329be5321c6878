"""A draft of what a person types, with what stands now; nothing is written in the dossier."""

from __future__ import annotations

from pathlib import Path

import pytest

from gebiedswerk.app.make_draft import DraftWords, make_draft
from gebiedswerk.dossier.writing.change import FileWritten, RowAdded, RowCorrected, RowRemoved, TextWritten
from gebiedswerk.dossier.writing.draft import read_draft
from tests.app.drafts import BY, ROW, corrected, drafted
from tests.release.releases import tree

TEXT = "publications/jaarrekening-2025/index.md"


def test_it_keeps_what_stands_and_what_comes(klein: Path) -> None:
    before = tree(klein)
    found = drafted(klein, corrected()).value
    assert found is not None
    assert tree(klein) == before
    assert list(found.draft.change) == [
        RowCorrected("budgets", (ROW,), {"amount": "32000,00"}, {"amount": "33000,00"}),
    ]
    assert found.draft.by == BY
    assert read_draft(found.file.read_bytes(), "x").value == found.draft
    assert found.proposed.files == ("budgets.csv",)
    assert found.proposed.difference is not None and found.proposed.difference.figures > 0


def test_every_kind_that_a_person_can_type(klein: Path) -> None:
    source = klein.with_name("new.md")
    source.write_text((klein / TEXT).read_text("utf-8") + "\nNog een zin.\n", "utf-8")
    asked = [
        DraftWords("add", "areas", values={"name": "Oost", "kind": "wijk"}),
        DraftWords("remove", "questions", "V1"),
        DraftWords("set", "dossier", values={"municipality.name": "X"}),
        DraftWords("text", TEXT, source=source),
        DraftWords("file", "x_a.md", source=source),
        corrected(),
    ]
    found = drafted(klein, *asked).value
    assert found is not None
    kinds = [type(one) for one in found.draft.change]
    assert {RowAdded, RowRemoved, TextWritten, FileWritten, RowCorrected} < set(kinds)
    assert set(found.proposed.files) >= {"areas.csv", "questions.csv", "dossier.toml", TEXT, "x_a.md", "budgets.csv"}


def test_more_is_put_behind_it(klein: Path) -> None:
    assert drafted(klein, corrected()).value
    assert [one.code for one in drafted(klein, corrected("1")).faults] == ["J403"]
    more = drafted(klein, DraftWords("set", "dossier", values={"municipality.name": "X"}), more=True).value
    assert more is not None
    assert len(more.draft.change) == 2


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (corrected(row="nergens"), "J117"),
        (DraftWords("correct", "keys", "BIN", {"weight": "1"}), "J117"),
        (DraftWords("correct", "keys", "inwoners,2024,BIN,x", {"weight": "1"}), "J117"),
        (DraftWords("delete", "publications/nergens.md"), "J107"),
        (DraftWords("delete", "publications"), "J107"),
        (DraftWords("correct", "nergens", "X", {"a": "b"}), "J117"),
        (DraftWords("correct", "budgets", ROW, {"nergens": "b"}), "D102"),
        (DraftWords("remove", "projects", "X"), "J117"),
        (DraftWords("add", "nergens", values={"a": "b"}), "J117"),
        (DraftWords("add", "areas", values={"nergens": "b"}), "D102"),
        (DraftWords("add", "areas", values={"code": "BIN", "name": "B", "kind": "wijk"}), "J108"),
        (DraftWords("set", "dossier", values={"nergens": "b"}), "D113"),
        (DraftWords("text", "publications/nergens.md", source=Path(__file__)), "J107"),
        (DraftWords("text", TEXT, source=Path("nergens")), "I116"),
        (DraftWords("file", "../x", source=Path(__file__)), "B110"),
        (DraftWords("file", "journal/x", source=Path(__file__)), "J106"),
    ],
)
def test_what_cannot_be_is_no_draft(klein: Path, asked: DraftWords, code: str) -> None:
    found = drafted(klein, asked)
    assert found.value is None
    assert code in [one.code for one in found.faults]
    assert not klein.with_name("draft.toml").exists()


def test_a_key_of_more_parts_as_people_type_it(klein: Path) -> None:
    found = drafted(klein, DraftWords("correct", "keys", "inwoners, 2024 ,BIN", {"weight": "2200"})).value
    assert found is not None
    assert [getattr(one, "key", None) for one in found.draft.change] == [("inwoners", "2024", "BIN")]


def test_a_key_with_a_comma_in_it(klein: Path) -> None:
    (klein / "keys.csv").write_text((klein / "keys.csv").read_text("utf-8").replace("inwoners,", '"a,b",'), "utf-8")
    found = drafted(klein, DraftWords("remove", "keys", "a,b,2024,BIN")).value
    assert found is not None
    assert [getattr(one, "key", None) for one in found.draft.change] == [("a,b", "2024", "BIN")]


def test_a_table_that_cannot_be_edited_is_said(klein: Path) -> None:
    (klein / "budgets.csv").write_bytes(b"\xff\xfe\x00")
    assert [one.code for one in drafted(klein, corrected()).faults] == ["J105"]


def test_no_draft_in_the_journal_and_none_of_no_dossier(klein: Path, tmp_path: Path) -> None:
    (klein / "journal").mkdir()
    inside = make_draft(klein, klein / "journal" / "x.toml", [corrected()], BY)
    assert [one.code for one in inside.faults] == ["J106"]
    assert not list((klein / "journal").iterdir())
    assert [one.code for one in make_draft(tmp_path / "weg", tmp_path / "x.toml", [corrected()], BY).faults] == ["D101"]


def test_the_errors_that_it_brings_are_told_and_kept(klein: Path) -> None:
    """A line that goes while money stands on it: told when it is made, and expected when it is applied."""
    found = drafted(klein, DraftWords("remove", "budget_lines", "BIN")).value
    assert found is not None
    assert "D108" in [one.code for one in found.proposed.come]
    assert "D108" in [code for code, *_ in found.draft.expected]


def test_a_disk_that_refuses_it_is_said(klein: Path) -> None:
    klein.with_name("draft.toml").write_text("x", "utf-8")
    found = make_draft(klein, klein.with_name("draft.toml") / "x.toml", [corrected()])
    assert (found.value, [one.code for one in found.faults]) == (None, ["B112"])
