"""`set`: one setting in its place, of the kind that it wants, all or none."""

from __future__ import annotations

from pathlib import Path

import pytest

from gebiedswerk.app.set_settings import set_settings
from gebiedswerk.cli.main import main
from gebiedswerk.dossier import Dossier, read

DELIVERY, PUBLICATION = "deliveries/grootboek-2026-03", "publications/jaarrekening-2025"


def dossier_of(path: Path) -> Dossier:
    found = read(path).value
    assert found is not None
    return found


def test_each_kind_of_value(klein: Path) -> None:
    """A text, a number, a moment, yes, a list of texts, a list without any; all else stays as it was, comments too."""
    before = (klein / "dossier.toml").read_text("utf-8")
    assert (
        set_settings(klein, "dossier", {"municipality.name": "2025", "presentation.unit": "1000", "site.search": "nee"})
        == ()
    )
    assert set_settings(klein, "dossier.toml", {"privacy.smallest_group": "7"}) == ()
    assert (
        set_settings(klein, PUBLICATION, {"published_at": "2026-05-13T10:00:00", "title": "Jaarrekening, 2025"}) == ()
    )
    assert set_settings(klein, f"{DELIVERY}/delivery.toml", {"public_columns": "booked_on, cost_centre"}) == ()
    found = dossier_of(klein)
    assert found.settings.municipality.name == "2025"
    assert (found.settings.presentation.unit, found.settings.site.search) == (1000, False)
    assert found.settings.privacy.smallest_group == 7
    (publication,) = found.publications
    assert (publication.settings.published_at, publication.settings.title) == (
        publication.settings.published_at,
        "Jaarrekening, 2025",
    )
    assert publication.settings.published_at is not None
    assert publication.settings.published_at.isoformat() == "2026-05-13T10:00:00"
    delivery = next(one for one in found.deliveries if one.id == DELIVERY.rpartition("/")[2])
    assert delivery.settings.public_columns == ["booked_on", "cost_centre"]
    assert set_settings(klein, DELIVERY, {"public_columns": ""}) == ()
    assert set(before.splitlines()) - set((klein / "dossier.toml").read_text("utf-8").splitlines()) <= {
        'name = "Wilgendam"',
        "unit = 1",
        *[line for line in before.splitlines() if "smallest_group" in line or "search" in line],
    }


@pytest.mark.parametrize(
    ("what", "values", "code"),
    [
        ("dossier", {"municipality.naam": "X"}, "D113"),
        ("dossier", {"presentation.unit": "7"}, "D105"),
        ("dossier", {"municipality.name": "Y", "presentation.unit": "veel"}, "D105"),
        ("dossier", {"term.years": "3"}, "D191"),
        (PUBLICATION, {"status": "klaar"}, "D105"),
        ("publications/weg", {"status": "draft"}, "D101"),
        ("publications/../../weg", {"status": "draft"}, "B110"),
    ],
)
def test_what_cannot_be_set_changes_nothing(klein: Path, what: str, values: dict[str, str], code: str) -> None:
    before = {one: one.read_bytes() for one in klein.rglob("*.toml")}
    assert code in [one.code for one in set_settings(klein, what, values)]
    assert {one: one.read_bytes() for one in klein.rglob("*.toml")} == before


def test_a_paragraph_gets_its_figures(klein: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`text --add`: the value is written as the page prints it; a figure that does not exist adds nothing."""
    assert set_settings(klein, PUBLICATION, {"status": "draft"}) == ()
    file = klein / PUBLICATION / "index.md"
    before = file.read_text("utf-8")
    assert main(["text", str(klein), "--add", "In Noorderwijk gaven we {realised/NRD} euro uit."]) == 0
    added = file.read_text("utf-8").removeprefix(before.rstrip())
    assert added == "\n\nIn Noorderwijk gaven we [50.345](figure:realised/NRD) euro uit.\n" or "[0]" not in added
    assert "figure:realised/NRD" in added
    assert main(["text", str(klein)]) == 0
    then = file.read_text("utf-8")
    assert main(["text", str(klein), "--add", "Niets: {realised/NERGENS}."]) == 1
    assert file.read_text("utf-8") == then
    assert main(["text", str(klein), "--add", "x", "--publication", "weg"]) == 1
    assert "Er is niets toegevoegd" in capsys.readouterr().out


def test_a_paragraph_ends_as_the_lines_of_its_text_do(klein: Path) -> None:
    assert set_settings(klein, PUBLICATION, {"status": "draft"}) == ()
    file = klein / PUBLICATION / "index.md"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert main(["text", str(klein), "--add", "In Noorderwijk gaven we {realised/NRD} euro uit."]) == 0
    after = file.read_bytes()
    assert after.endswith(b"euro uit.\r\n")
    assert after.count(b"\n") == after.count(b"\r\n")


def test_a_text_that_cannot_be_read_gets_no_paragraph(klein: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert set_settings(klein, PUBLICATION, {"status": "draft"}) == ()
    file = klein / PUBLICATION / "index.md"
    file.write_bytes(before := file.read_bytes() + b"\nEen caf\xe9.\n")
    assert main(["text", str(klein), "--add", "Meer."]) == 1
    assert "D114" in "".join(capsys.readouterr())
    assert file.read_bytes() == before


def test_a_profile_is_set_and_its_question_is_answered(klein: Path) -> None:
    """As an import with an answer does, for what is in the dossier already; all else stays as it was."""
    profile = klein / "profiles" / "grootboek.toml"
    profile.write_text(profile.read_text("utf-8") + '\n[unsure]\n"flows.income" = "Welke?"\nnegative_credit = "Zo?"\n')
    before = profile.read_text("utf-8")
    said = {"flows.income": "8*,9*", "negative_credit": "nee"}
    assert set_settings(klein, "profiles/grootboek.toml", said) == ()
    assert set_settings(klein, "profiles/grootboek", {"header_rows": "2"}) == ()
    told = next(one.profile for one in dossier_of(klein).deliveries)
    assert (told.flows.income, told.negative_credit, told.header_rows, told.unsure) == (["8*", "9*"], False, 2, {})
    assert set(before.splitlines()) - set(profile.read_text("utf-8").splitlines()) <= {
        'income = ["8*"]',
        '"flows.income" = "Welke?"',
        'negative_credit = "Zo?"',
    }
    assert [one.code for one in set_settings(klein, "profiles/grootboek", {"header_rows": "9"})] == ["D105"]
    assert [one.code for one in set_settings(klein, "profiles/geen", {"header_rows": "1"})] == ["D101"]
