"""What the journal tells of a figure, a table, an area, a year: what touches it, and nothing else."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from gebiedswerk.app.add_rows import add_rows
from gebiedswerk.app.journal_of import About, EntryTold, journal_of
from gebiedswerk.app.set_settings import set_settings
from gebiedswerk.cli.main import main
from gebiedswerk.core.actor import Actor, By
from gebiedswerk.core.faults import errors
from gebiedswerk.dossier.writing.apply import apply
from gebiedswerk.dossier.writing.change import RowCorrected

WHO = Actor("m17", "controller")
DECISION = {"number": "R-99", "authority": "raad", "kind": "amendment"}


def amend(dossier: Path, line: str, year: str, id_: str) -> None:
    values = {**DECISION, "id": id_, "line": line, "year": year, "amount": "100", "decided_on": f"{year}-10-01"}
    done = add_rows(dossier, "budgets", values, by=By(WHO, f"Wijziging {id_}"))
    assert not errors(done.faults), done.faults


@pytest.fixture
def dossier(klein: Path) -> Path:
    """Amendments for two lines in two years, a weight that changed, a name, and a file by hand."""
    amend(klein, "BIN", "2025", "BIN-25")
    amend(klein, "NRD", "2025", "NRD-25")
    amend(klein, "BIN", "2024", "BIN-24")
    change = [RowCorrected("areas", ("NRD",), {"name": "Noorderwijk"}, {"name": "De Noorderwijk"})]
    assert apply(klein, change, WHO, "Zo heet zij", verb="set").value
    assert not set_settings(klein, "dossier", {"municipality.name": "Kleinstad"}, By(WHO, "De naam"))
    (klein / "README.md").write_text("x", "utf-8")
    amend(klein, "ALG", "2025", "ALG-25")
    return klein


def told(dossier: Path, **about: object) -> list[EntryTold]:
    found = journal_of(dossier, About(**about)).value  # type: ignore[arg-type] # as named
    assert found is not None
    return list(found)


def reasons(dossier: Path, **about: object) -> list[str]:
    return [one.reason for one in told(dossier, **about) if one.kind == "change"]


def test_everything(dossier: Path) -> None:
    kinds = [one.kind for one in told(dossier)]
    assert kinds == ["begin", "change", "change", "change", "change", "change", "outside", "change"]


def test_of_a_figure_what_it_rests_on(dossier: Path) -> None:
    """Its lines and its years: not another line, nor a later year, nor a name."""
    assert reasons(dossier, figure="budget/BIN@2025") == ["Wijziging BIN-25", "Wijziging BIN-24"]
    assert reasons(dossier, figure="budget/BIN@2024") == ["Wijziging BIN-24"]
    assert reasons(dossier, figure="budget/NRD@2025") == ["Wijziging NRD-25"]
    assert reasons(dossier, figure="budget/BIN@2025", year=2024) == ["Wijziging BIN-24"]
    assert reasons(dossier, figure="budget/BIN@2025", table="keys") == []
    every = reasons(dossier, figure="budget/total@2025")
    assert every == ["Wijziging BIN-25", "Wijziging NRD-25", "Wijziging BIN-24", "Wijziging ALG-25"]


def test_what_it_was_and_became(dossier: Path) -> None:
    (one,) = told(dossier, table="areas")[1:]
    (place,) = one.places
    assert (place.table, place.key, place.column, place.old, place.new) == (
        "areas",
        ("NRD",),
        "name",
        "Noorderwijk",
        "De Noorderwijk",
    )
    assert (one.actor, one.role, one.verb) == ("m17", "controller", "set")


def test_of_a_table_an_area_and_a_year(dossier: Path) -> None:
    assert len(reasons(dossier, table="budgets")) == 4
    assert reasons(dossier, area="NRD") == ["Wijziging NRD-25", "Zo heet zij"]
    assert reasons(dossier, year=2024) == ["Wijziging BIN-24"]
    assert reasons(dossier, table="budgets", year=2024) == ["Wijziging BIN-24"]
    assert reasons(dossier, table="budgets", area="BIN", year=2025) == ["Wijziging BIN-25"]


def test_of_some_days(dossier: Path) -> None:
    """The first and the last one count."""
    today = told(dossier)[0].moment.astimezone().date()
    day = timedelta(days=1)
    assert len(told(dossier, since=today, until=today)) == 8
    assert reasons(dossier, table="areas", since=today - day) == ["Zo heet zij"]
    assert told(dossier, since=today + day) == told(dossier, until=today - day) == []


def test_what_is_not_known_is_said(dossier: Path, tmp_path: Path) -> None:
    for about in (About(table="gebieden"), About(area="NERGENS")):
        found = journal_of(dossier, about)
        assert (found.value, [one.code for one in found.faults]) == (None, ["J117"])
    assert [one.code for one in journal_of(dossier, About(figure="budget/NERGENS")).faults] == ["F101"]
    assert [one.code for one in journal_of(tmp_path, About()).faults] == ["D101"]


def test_by_command(dossier: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["journal", str(dossier), "--table", "areas"]) == 0
    out = capsys.readouterr().out
    assert "m17 (controller), ‘set’" in out
    assert "reden: Zo heet zij" in out
    assert "areas · NRD · name: Noorderwijk werd De Noorderwijk" in out
    assert main(["journal", str(dossier), "--table", "areas", "--lang", "en"]) == 0
    assert "Noorderwijk became De Noorderwijk" in capsys.readouterr().out
    assert main(["journal", str(dossier), "--json"]) == 0
    form = json.loads(capsys.readouterr().out)
    assert (form["format"], len(form["entries"])) == (1, 8)
    assert form["entries"][4]["places"][0]["new"] == "De Noorderwijk"
    assert main(["journal", str(dossier), "--table", "gebieden"]) == 1
    assert "J117" in capsys.readouterr().err


def test_a_dossier_without_one(klein: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["journal", str(klein)]) == 0
    assert "niets gewijzigd" in capsys.readouterr().out
    assert main(["journal", str(klein), "--verify"]) == 0
    assert not (klein / "journal").exists()


def test_a_setting_of_a_delivery_is_told_of_its_figures(klein: Path) -> None:
    """It moves them, as what was delivered does."""
    assert set_settings(klein, "deliveries/grootboek-2026-03", {"public_decision": "Besluit 12"}) == ()
    told = journal_of(klein, About(figure="realised/NRD@2025")).value or ()
    assert [(place.file, place.column) for one in told for place in one.places] == [
        ("deliveries/grootboek-2026-03/delivery.toml", "public_decision")
    ]
