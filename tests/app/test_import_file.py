"""Import as a person would: a file lands as it came, the same one again changes nothing, a wrong one is refused."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from gebiedswerk.app.adopt import adopt
from gebiedswerk.app.new import new
from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.core.faults import errors
from gebiedswerk.dossier import read
from gebiedswerk.dossier.cache import file_hash
from gebiedswerk.figures import parse_address
from gebiedswerk.formats.registry import IMPORTERS
from gebiedswerk.importing import imported_text, offer
from tests.formats.books import write_sheets
from tests.importing.offers import NL, codes, export, row, run, trial, visible
from tests.town import EXPORT, edit


def test_a_file_lands_as_it_came(klein: Path) -> None:
    """The same bytes, with what was counted as control totals, what may be public as before, and the reason."""
    file = export(klein, row(12_345))
    before = visible(klein)
    imported = run(klein, file)
    assert codes(imported) == []
    assert imported.landed == klein / "deliveries/nieuw-2026-09-01"
    assert (imported.landed / "nieuw.csv").read_bytes() == file.read_bytes()
    assert {name: text for name, text in visible(klein).items() if "nieuw" not in name} == before
    dossier = read(klein).value
    assert dossier is not None
    settings = next(one.settings for one in dossier.deliveries if one.id == "nieuw-2026-09-01")
    assert settings.control is not None
    assert (settings.control.lines, settings.control.debit, settings.control.credit) == (63, "426.963,16", "7.325,00")
    assert (settings.administration, settings.years, settings.accepted) == ("WD", [2024, 2025], "nagekomen facturen")
    assert settings.public_columns == ["booked_on", "ledger_account", "cost_centre", "category", "description"]
    assert "Geteld bij import" in (imported.landed / "delivery.toml").read_text("utf-8")
    opened = open_dossier(klein)
    assert not errors(opened.faults)
    assert opened.newest is not None
    assert opened.newest.figure(parse_address("realised/NRD", 2025)).cents == 4_728_554 + 12_345


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("dry", [True, False])
def test_a_file_is_hashed_and_parsed_once(
    klein: Path, monkeypatch: pytest.MonkeyPatch, *, dry: bool, form: str
) -> None:
    """It was parsed again for what it replaces and what it leaves open; what lands is hashed once more, to be sure."""
    file = export(klein, row(12_345))
    if form == "xlsx":
        lines = [line.split(";") for line in file.read_text("windows-1252").splitlines()]
        file = write_sheets(file.with_suffix(".xlsx"), {"Blad": lines})
    parsed: list[object] = []
    hashed: list[object] = []
    for importer in IMPORTERS:
        kind = type(importer)
        monkeypatch.setattr(kind, "read", _noted(kind.read, parsed, lambda _, delivery: delivery.path))
    monkeypatch.setattr(offer, "file_hash", _noted(file_hash, hashed, lambda path: path))
    made = trial(klein, file) if dry else run(klein, file)
    assert codes(made) == []
    assert parsed.count(file) == 1
    assert hashed == [file]


def _noted(call: Callable[..., object], notes: list[object], what: Callable[..., object]) -> Callable[..., object]:
    """A call that notes what it is about."""

    def noted(*of: object) -> object:
        notes.append(what(*of))
        return call(*of)

    return noted


def test_it_says_what_it_is(klein: Path) -> None:
    """Administration, years, periods, lines, debit and credit, and what it replaces."""
    said = "\n".join(imported_text(run(klein, export(klein, row(12_345))), klein, NL))
    assert "Administratie WD, gerealiseerde boekingen van 2024, 2025" in said
    assert "met boekingen in periode 2–13" in said or "met boekingen in periode 2" in said
    assert "Regels: 63. Debet: 426.963,16 euro. Credit: 7.325,00 euro." in said
    assert "Vervangt voor 2024, 2025 de aanlevering grootboek-2026-03" in said
    assert "Nog niet toegewezen" not in said


def test_the_same_bytes_change_nothing(klein: Path) -> None:
    """Under any name, and without asking for a reason."""
    copy = Path(shutil.copy(klein / EXPORT, klein.parent / "kopie.csv"))
    before = visible(klein)
    imported = run(klein, copy, accepted="", exported_at=None)
    assert codes(imported) == []
    assert imported.landed is None
    assert visible(klein) == before
    (said,) = imported_text(imported, klein, NL)
    assert (
        said
        == "kopie.csv staat al in het dossier, als aanlevering grootboek-2026-03 over 2024, 2025: er verandert niets."
    )


def test_twice_in_a_row(klein: Path) -> None:
    """What landed is known the next time."""
    file = export(klein, row(100))
    assert run(klein, file).landed is not None
    after = visible(klein)
    assert run(klein, file).already is not None
    assert visible(klein) == after


@pytest.mark.parametrize(("years", "code"), [((2025,), "I103"), ((2026,), "I103"), ((2024, 2025), None)])
def test_bytes_that_cover_other_years(klein: Path, years: tuple[int, ...], code: str | None) -> None:
    """The file of then offered as that of another year."""
    copy = Path(shutil.copy(klein / EXPORT, klein.parent / "kopie.csv"))
    assert codes(run(klein, copy, years=years)) == ([code] if code else [])


def test_one_file_of_two_administrations(klein: Path) -> None:
    """By a profile of its own the same bytes are what another administration booked; by the same they are not."""
    rows = (klein / EXPORT).read_text("windows-1252").replace("\r", "").splitlines()
    lines = [f"Administratie;{rows[0]}", *(f"{'AB'[at % 2]};{row}" for at, row in enumerate(rows[1:]))]
    file = klein.parent / "beide.csv"
    file.write_text("\n".join(lines) + "\n", "windows-1252")
    own = (klein / "profiles" / "grootboek.toml").read_text("utf-8")
    for mine, other in ("AB", "BA"):
        rule = f'[[leave_out]]\ncolumn = "Administratie"\ntext = ["{other}"]\ncontrol = false\n'
        (klein / "profiles" / f"{mine}.toml").write_text(f"{own}\n{rule}", "utf-8")
    assert run(klein, file, administration="A", profile="A").landed is not None
    assert codes(run(klein, file, administration="B", profile="A")) == ["I103"]
    assert run(klein, file, administration="B", profile="B").landed is not None


@pytest.mark.parametrize("years", [(2026,), (2025,), (2024, 2025, 2026)])
def test_a_file_of_other_years_is_refused(klein: Path, years: tuple[int, ...]) -> None:
    """The fiscal years in it are not those that were asked for."""
    before = visible(klein)
    assert codes(run(klein, export(klein, row(1)), years=years)) == ["I104"]
    assert visible(klein) == before


def test_closed_years_need_a_reason(klein: Path) -> None:
    """Each closed year is named; with a reason the file lands."""
    file = export(klein, row(1))
    before = visible(klein)
    refused = run(klein, file, accepted="")
    assert [(found.code, found.value) for found in refused.faults] == [("I105", "2024"), ("I105", "2025")]
    assert visible(klein) == before
    assert run(klein, file).landed is not None


def test_an_open_year_needs_none(klein: Path) -> None:
    (klein / "years.csv").write_text("year,closed_on\n2024,2025-03-14\n", "utf-8")
    file = export(klein, row(1), keep="2025")
    assert codes(run(klein, file, accepted="")) == []


def test_an_adopted_year_needs_a_reason(klein: Path) -> None:
    """The adopted figures stand, and what is restated is told."""
    adopt(klein, "jaarrekening-2025", date(2026, 6, 25), "R2026-06")
    file = export(klein, row(12_345))
    assert codes(run(klein, file, accepted="")) == ["I105", "I106"]
    told = trial(klein, file).difference
    assert told is not None
    assert {one.what.measure for one in told.restated} >= {"realised", "result"}
    assert all(one.what.year == 2025 and abs(one.by) == 12_345 for one in told.restated)
    assert not [one for one in told.told if one.what.year == 2025]


def test_two_profiles_that_fit(klein: Path) -> None:
    """Both are named, and a person chooses."""
    shutil.copy(klein / "profiles/grootboek.toml", klein / "profiles/ander.toml")
    file = export(klein, row(1))
    assert [(found.code, found.value) for found in run(klein, file).faults] == [("I102", "ander, grootboek")]
    assert run(klein, file, profile="ander").landed is not None


def test_no_profile_fits(klein: Path) -> None:
    """What is lacking is named, and what to do."""
    edit(klein, "profiles/grootboek.toml", 'cost_centre = "Kostenplaats"', 'cost_centre = "KPL"')
    (found,) = run(klein, export(klein, row(1))).faults
    assert (found.code, dict(found.facts)["lacking"]) == ("I101", "grootboek: KPL")


def test_a_profile_that_is_named_says_what_does_not_fit(klein: Path) -> None:
    edit(klein, "profiles/grootboek.toml", 'cost_centre = "Kostenplaats"', 'cost_centre = "KPL"')
    assert codes(run(klein, export(klein, row(1)), profile="grootboek")) == ["L104"]
    assert codes(run(klein, export(klein, row(1)), profile="geen")) == ["D101"]


def test_a_file_that_cannot_be_read_does_not_land(klein: Path) -> None:
    """Its faults name the file as it was handed."""
    before = visible(klein)
    imported = run(klein, export(klein, row(1).replace("0,01", "een euro")))
    assert [(found.code, found.file, found.row) for found in imported.faults] == [("L106", "nieuw.csv", 64)]
    assert visible(klein) == before


@pytest.mark.parametrize(
    ("name", "data", "code"), [("leeg.csv", b"", "L110"), ("x.doc", b"x", "L122"), ("x.xlsx", b"x", "L161")]
)
def test_what_is_no_export(klein: Path, name: str, data: bytes, code: str) -> None:
    (klein.parent / name).write_bytes(data)
    assert codes(run(klein, klein.parent / name)) == [code]


def test_no_such_file_or_dossier(klein: Path) -> None:
    assert codes(run(klein, klein.parent / "niets.csv")) == ["I116"]
    assert codes(run(klein.parent / "geen", export(klein))) == ["D101"]


def test_a_name_that_is_taken(klein: Path) -> None:
    """A delivery of one's own naming never goes over another; a name of ours is always free."""
    assert codes(run(klein, export(klein, row(1)), id="grootboek-2026-03")) == ["I111"]
    first = run(klein, export(klein, row(1))).landed
    later = run(klein, export(klein, row(2)), exported_at=_moment("2026-09-01T09:00:00")).landed
    assert first and later and first != later


def test_an_unusual_name(klein: Path) -> None:
    """Stored under a name that every disk and address holds; the name it had is kept beside it."""
    landed = run(klein, export(klein, row(1), name='Uitdraai "définitief" (2).csv')).landed
    assert landed is not None
    assert landed.name == "uitdraai-definitief-2-2026-09-01"
    assert (landed / "Uitdraai-définitief-2.csv").is_file()
    assert r'"Uitdraai \"définitief\" (2).csv"' in (landed / "delivery.toml").read_text("utf-8")
    assert not errors(open_dossier(klein).faults)


def test_an_older_export_is_kept_and_does_not_count(klein: Path) -> None:
    imported = run(klein, export(klein, row(1)), exported_at=_moment("2026-01-01T00:00:00"))
    assert codes(imported) == ["I110"]
    assert imported.landed is not None
    opened = open_dossier(klein)
    assert opened.newest is not None
    assert opened.newest.ledger.used == ("grootboek-2026-03",)


def test_two_exports_of_one_moment(klein: Path) -> None:
    before = visible(klein)
    assert codes(run(klein, export(klein, row(1)), exported_at=_moment("2026-03-20T11:42:08"))) == ["L115"]
    assert visible(klein) == before


def test_a_part_of_the_year_does_not_replace_the_whole(klein: Path) -> None:
    """Periods would lose their postings: a reason, or the periods that it covers."""
    file = export(klein, row(1, period=3), keep="none")
    assert codes(run(klein, file, accepted="")) == ["I105", "I109"]
    assert codes(run(klein, file, periods=(3,))) == ["L114"]
    assert codes(run(klein, file, periods=(4,))) == ["I108"]


def test_parts_of_a_year_stand_beside_each_other(klein: Path) -> None:
    """A first quarter, a second one, and a newer first one that replaces the older."""
    shutil.rmtree(klein / "deliveries/grootboek-2026-03")
    first = export(klein, row(1, period=2), keep="none", name="q1.csv")
    assert codes(run(klein, first, periods=(0, 1, 2, 3), administration="WD")) == []
    file = export(klein, row(2, period=4), keep="none", name="q2.csv")
    assert [dict(one.facts)["choices"] for one in run(klein, file).faults] == [("4-6", "4", "0-4")]
    second = run(klein, file, periods=(4, 5, 6))
    assert second.offer is not None
    assert second.offer.delivery.settings.periods == [4, 5, 6]
    again = run(klein, export(klein, row(3, period=2), keep="none", name="q1b.csv"), exported_at=_moment("2026-10-01"))
    assert again.offer is not None
    assert again.offer.delivery.settings.periods == [0, 1, 2, 3]
    assert [one.delivery.id for one in again.offer.replaces] == ["q1-2026-09-01"]


def test_an_administration_that_nobody_can_know(klein: Path) -> None:
    shutil.rmtree(klein / "deliveries/grootboek-2026-03")
    file = export_of_nothing(klein)
    assert codes(run(klein, file)) == ["I107"]
    assert run(klein, file, administration="WD").landed is not None


def export_of_nothing(klein: Path) -> Path:
    """A file of one posting, for a town that had no deliveries."""
    head = "Boekjaar;Periode;Boekdatum;Grootboek;Kostenplaats;Categorie;Omschrijving;Debet;Credit"
    path = klein.parent / "los.csv"
    path.write_text(f"{head}\n{row(100)}\n", "utf-8")
    return path


def test_the_first_import_of_a_new_dossier(tmp_path: Path) -> None:
    """From `new` to a delivery of one's own, without deliveries before it."""
    assert new(tmp_path / "d") == ()
    shutil.rmtree(tmp_path / "d/deliveries")
    file = tmp_path / "mijn.csv"
    file.write_text(
        "Boekjaar;Periode;Boekdatum;Grootboek;Kostenplaats;Categorie;Omschrijving;Debet;Credit\n"
        "2025;3;12-03-2025;43800;7001;3.8;Buurtfeest;1.250,00;\n",
        "utf-8",
    )
    imported = run(tmp_path / "d", file, administration="01")
    assert codes(imported) == []
    assert imported.offer is not None
    assert imported.offer.delivery.settings.public_columns == []


def test_a_year_without_budget_lines_is_said(klein: Path) -> None:
    """The file lands, and nobody wonders why no figure moves."""
    file = export(klein, row(100, year=2027), keep="none")
    said = "\n".join(imported_text(run(klein, file, accepted=""), klein, NL))
    assert "Voor 2027 staan er nog geen begrotingsposten" in said


def test_the_same_file_may_hold_commitments_too(klein: Path) -> None:
    """One file for each kind: what was booked, and what is promised."""
    from gebiedswerk.dossier.settings import DeliveryKind

    copy = Path(shutil.copy(klein / EXPORT, klein.parent / "kopie.csv"))
    imported = run(klein, copy, kind=DeliveryKind.COMMITMENT)
    assert imported.landed is not None
    assert imported.offer is not None
    assert imported.offer.replaces == ()


def _moment(text: str) -> object:
    from datetime import datetime

    return datetime.fromisoformat(text)


def test_a_file_of_two_years_replaces_two_of_one(klein: Path) -> None:
    """What each replaced one has must be there: the periods of both years are held against it."""
    shutil.rmtree(klein / "deliveries/grootboek-2026-03")
    for year, period in ((2024, 3), (2025, 6)):
        file = export(klein, row(1, year=year, period=period), keep="none", name=f"{year}.csv")
        assert codes(run(klein, file, administration="WD", exported_at=_moment("2026-05-01"))) == []
    both = export(klein, row(2, year=2024, period=3), row(2, year=2025, period=9), keep="none")
    offer = trial(klein, both, accepted="").offer
    assert offer is not None
    assert [(one.delivery.id, one.years) for one in offer.replaces] == [
        ("2024-2026-05-01", (2024,)),
        ("2025-2026-05-01", (2025,)),
    ]
    lost = [dict(found.facts)["periods"] for found in trial(klein, both, accepted="").faults if found.code == "I109"]
    assert lost == ["6"]
