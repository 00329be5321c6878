"""`import --propose`: for made-up exports of packages a profile that reads them to the cent, each doubt marked."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gebiedswerk.app.new import new
from gebiedswerk.app.propose_profile import propose_profile
from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.cli.main import main
from gebiedswerk.dossier import Profile, read
from gebiedswerk.dossier.settings import DeliveryKind
from gebiedswerk.dossier.settings_reader import read_settings
from gebiedswerk.formats.guess_profile import guessed
from gebiedswerk.formats.normalise import bare_amounts
from gebiedswerk.formats.sample import of_text
from gebiedswerk.formats.synonyms import packages
from gebiedswerk.importing.propose import profile_text
from tests.formats.books import write_sheets
from tests.importing.offers import NL, agreed, codes, run

UNIT4 = (
    "Dienstjaar;Periode;Boekdatum;Grootboek;Econ.Categorie;Kostenplaats;Omschrijving;Debet;Credit\r\n"
    "2026;01;03-01-2026;043800;3.8;7001;Buurtfeest café;1.250,05;\r\n"
    "2026;02;14-02-2026;043810;3.8;7002;Bankjes;12.480,50;0,00\r\n"
    "2026;03;14-03-2026;081000;3.8;7002;Bijdrage; ;200,10\r\n"
)
EXACT = (
    "FinancialYear,FinancialPeriod,Date,GLAccountCode,GLAccountDescription,CostCenter,AmountDC,Description\n"
    '2026,1,2026-01-03,43800,Activiteiten,7001,"1,250.05",Buurtfeest\n'
    '2026,2,2026-02-14,43810,Inrichting,7002,"12,480.50","Bankjes, twee"\n'
    "2026,3,2026-03-14,81000,Bijdragen,7002,-200.10,Bijdrage\n"
)
SAP = (
    "Uitdraai kostenplaatsen\t\t\t\t\t\t\t\n"
    "Boekjaar\tPeriode\tBoekingsdatum\tKostensoort\tKostenplaats\tBedrag\tS/H\tTekst\n"
    "2026\t001\t03.01.2026\t43800\t7001\t1.250,05\tS\tBuurtfeest\n"
    "2026\t002\t14.02.2026\t43810\t7002\t12.580,50\tS\tBankjes\n"
    "2026\t002\t15.02.2026\t43810\t7002\t100,00-\tS\tCreditnota\n"
    "2026\t003\t14.03.2026\t81000\t7002\t200,10\tH\tBijdrage\n"
)
CENTS = {"costs": 1_373_055, "income": 20_010}


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """A new dossier, with its lines in 2026 as well."""
    assert new(tmp_path / "town") == ()
    lines = tmp_path / "town/budget_line_years.csv"
    text = lines.read_text("utf-8")
    lines.write_text(text + "".join(f"{line}\n" for line in text.replace("2025", "2026").splitlines()[1:]), "utf-8")
    return tmp_path / "town"


def offer(town: Path, text: str, encoding: str, name: str) -> Path:
    path = town.parent / name
    path.write_bytes(text.encode(encoding))
    return path


def proposed(town: Path, file: Path) -> tuple[dict[str, object], str]:
    """The profile as TOML says it, and its text; it can be read as it is."""
    made = propose_profile(town, file, "voorstel", NL)
    assert made.value is not None, made.faults
    profile, faults = read_settings(made.value.place, "profiles/voorstel.toml", Profile)
    assert profile is not None, faults
    text = made.value.place.read_text("utf-8")
    return tomllib.loads(text), text


def unsure(profile: dict[str, object]) -> set[str]:
    """The settings that the proposal asks about."""
    found = profile.get("unsure", {})
    assert isinstance(found, dict)
    return set(found)


def cents(town: Path, file: Path) -> dict[str, int]:
    """Import with the proposal, each question answered as it proposes; the year of the file alone."""
    imported = agreed(town, file, profile="voorstel", administration="01", accepted="")
    assert codes(imported) == []
    opened = open_dossier(town)
    assert opened.newest is not None, opened.faults
    amounts = opened.newest.account.years[2026].grand_total
    return {"costs": amounts.costs, "income": amounts.income}


def test_a_dutch_package_with_debit_and_credit(town: Path) -> None:
    """Semicolons, windows-1252, `1.234,56`, leading zeros, a header that packages use."""
    file = offer(town, UNIT4, "windows-1252", "Uitdraai.csv")
    profile, text = proposed(town, file)
    assert (profile["delimiter"], profile["encoding"], profile["date"]) == (";", "windows-1252", "dd-mm-jjjj")
    assert (profile["decimal"], profile["thousands"]) == (",", ".")
    assert profile["columns"] == {
        "year": "Dienstjaar",
        "period": "Periode",
        "booked_on": "Boekdatum",
        "ledger_account": "Grootboek",
        "cost_centre": "Kostenplaats",
        "category": "Econ.Categorie",
        "description": "Omschrijving",
        "debit": "Debet",
        "credit": "Credit",
    }
    assert 'hiermee komt een boeking bij een begrotingspost. Gezien: "7001", "7002".' in text
    assert profile["flows"] == {"column": "Grootboek", "income": ["08*"]}
    assert unsure(profile) == {"flows.income"}
    assert cents(town, file) == CENTS


def test_once_confirmed_it_fits_next_year(town: Path) -> None:
    """The same columns are then known by themselves, without a name or administration."""
    file = offer(town, UNIT4, "windows-1252", "Uitdraai.csv")
    proposed(town, file)
    assert cents(town, file) == CENTS
    next_year = offer(town, UNIT4.replace("2026", "2027"), "windows-1252", "Volgend jaar.csv")
    imported = run(town, next_year, accepted="")
    assert imported.offer is not None
    assert imported.offer.delivery.settings.profile == "voorstel"


def test_exact_online_with_one_signed_amount(town: Path) -> None:
    """Commas, quotes, `1,234.56`, days as jjjj-mm-dd, names in English."""
    file = offer(town, EXACT, "utf-8", "TransactionLines.csv")
    profile, _ = proposed(town, file)
    assert (profile["delimiter"], profile["decimal"], profile["thousands"]) == (",", ".", ",")
    assert (profile["encoding"], profile["date"]) == ("utf-8", "jjjj-mm-dd")
    assert profile["columns"] == {
        "year": "FinancialYear",
        "period": "FinancialPeriod",
        "booked_on": "Date",
        "ledger_account": "GLAccountCode",
        "cost_centre": "CostCenter",
        "description": "Description",
        "amount": "AmountDC",
    }
    assert profile["flows"] == {"column": "GLAccountCode", "income": ["8*"]}
    assert cents(town, file) == CENTS


def test_a_package_whose_headers_are_known(town: Path) -> None:
    """Its columns are certain and the source is named; what no source tells stays a guess."""
    profile, text = proposed(town, offer(town, EXACT, "utf-8", "TransactionLines.csv"))
    assert "# De koppen lijken die van Exact Online (TransactionLines). Bron: documentation.invantive.com" in text
    assert "# Boekdatum. Gezien" in text
    assert unsure(profile) == {"flows.income"}
    header = "Grootboek;Econ.Categorie;Verbijzondering;Verdere verbijz.;Omschrijving;Bedrag"
    coda = f"{header}\n43800;3.8;7001;;Buurtfeest;1.250,00\n"
    (town / "profiles/voorstel.toml").unlink()
    profile, text = proposed(town, offer(town, coda, "utf-8", "coda.csv"))
    assert profile["columns"] == {
        "ledger_account": "Grootboek",
        "cost_centre": "Verbijzondering",
        "category": "Econ.Categorie",
        "description": "Omschrijving",
        "amount": "Bedrag",
    }
    assert "# Niet gevonden, en wel nodig: vul de kop in en haal het hekje weg. Boekjaar." in text
    assert unsure(profile) >= {"columns.period", "flows.income"}


def test_no_package_is_part_of_another() -> None:
    """So that a file of one never looks like that of both."""
    for one in packages():
        assert not [other.name for other in packages() if other != one and set(other.header) <= set(one.header)]
        assert one.source


def test_a_report_with_a_sign_column(town: Path) -> None:
    """Tabs, a title above the header, `01.02.2026`, a minus behind the amount, S and H for debit and credit."""
    file = offer(town, SAP, "utf-8", "uitdraai.txt")
    profile, _ = proposed(town, file)
    assert (profile["delimiter"], profile["header_row"], profile["date"]) == ("\t", 2, "dd.mm.jjjj")
    assert profile["sign"] == {"column": "S/H", "negative": ["H"], "positive": ["S"]}
    assert profile["trailing_minus"] is True
    assert cents(town, file) == CENTS


def test_a_workbook(town: Path) -> None:
    """Numbers and days as a sheet holds them; which sheet, and the row of the headers."""
    sheets: dict[str, list[tuple[object, ...]]] = {
        "Grootboek": [
            ("Uitdraai",),
            (),
            ("Boekjaar", "Periode", "Datum", "Grootboek", "Kostenplaats", "Bedrag"),
            (2026, 1, date(2026, 1, 3), 43800, 7001, 1250.05),
            (2026, 2, date(2026, 2, 14), 43810, 7002, 12480.5),
            (2026, 3, date(2026, 3, 14), 81000, 7002, -200.1),
        ],
        "Toelichting": [("Gemaakt door de afdeling",)],
    }
    file = write_sheets(town.parent / "boek.xlsx", sheets)
    profile, _ = proposed(town, file)
    assert (profile["sheet"], profile["header_row"]) == ("Grootboek", 3)
    assert "delimiter" not in profile
    assert cents(town, file) == CENTS


def test_what_is_not_found_is_said(town: Path) -> None:
    """Without a fiscal year and a day the profile says so, and is refused until a person fills it in."""
    text = "Rekening;Plaats;Waarde\n43800;7001;1,00\n43800;7001;2,00\n"
    file = offer(town, text, "utf-8", "kaal.csv")
    profile, written = proposed(town, file)
    assert profile["columns"] == {"ledger_account": "Rekening", "amount": "Waarde"}
    assert '# Niet gevonden, en wel nodig: vul de kop in en haal het hekje weg. Boekjaar.\n# year = ""' in written
    imported = run(town, file, profile="voorstel", administration="01")
    assert {found.column for found in imported.faults} >= {"columns.period"}


def test_year_and_period_may_be_those_of_the_day(town: Path) -> None:
    """Where a file has nothing else; asked, for a late posting is of its own year."""
    text = "Datum;Rekening;Plaats;Waarde\n03-01-2026;43800;7001;1,00\n04-02-2026;43800;7001;2,00\n"
    _, written = proposed(town, offer(town, text, "utf-8", "kaal.csv"))
    assert all(f'\n{name} = "Datum"\n' in written for name in ("year", "period", "booked_on"))
    assert all(f'"columns.{name}" = ' in written for name in ("year", "period"))


def test_days_that_can_be_read_in_two_ways(town: Path) -> None:
    text = (
        EXACT.replace("2026-01-03", "03/01/2026")
        .replace("2026-02-14", "02/03/2026")
        .replace("2026-03-14", "01/01/2026")
    )
    profile, written = proposed(town, offer(town, text, "utf-8", "x.csv"))
    assert profile["date"] == "dd/mm/jjjj"
    assert "date" in unsure(profile)
    assert 'Ook mogelijk: "mm/dd/jjjj", "m/d/jjjj".' in written


def test_a_column_that_says_what_is_income(town: Path) -> None:
    text = "Boekjaar;Periode;Kostenplaats;Lasten/Baten;Bedrag\n2026;1;7001;L;1,00\n2026;1;7001;B;-2,00\n"
    profile, _ = proposed(town, offer(town, text, "utf-8", "x.csv"))
    assert profile["flows"] == {"column": "Lasten/Baten", "income": ["B"]}
    assert unsure(profile) == set()


def test_a_column_that_says_what_is_income_of_amounts_without_sign(town: Path) -> None:
    """Income above zero, as costs are: the column that names it also gives the sign. That is a guess."""
    text = "Boekjaar;Periode;Kostenplaats;L/B;Bedrag\n2026;1;7001;L;13730,55\n2026;1;7001;B;200,10\n"
    file = offer(town, text, "utf-8", "x.csv")
    profile, _ = proposed(town, file)
    assert profile["sign"] == {"column": "L/B", "negative": ["B"], "positive": ["L"]}
    assert unsure(profile) == {"sign.column"}
    assert cents(town, file) == CENTS


def test_costs_below_zero(town: Path) -> None:
    """A package that looks from the bank account: what is spent has a minus."""
    turned = EXACT.replace('"1,250.05"', '"-1,250.05"').replace('"12,480.50"', '"-12,480.50"')
    file = offer(town, turned.replace("-200.10", "200.10"), "utf-8", "x.csv")
    profile, _ = proposed(town, file)
    assert profile["negative_costs"] is True
    assert unsure(profile) == {"negative_costs", "flows.income"}
    assert profile["flows"] == {"column": "GLAccountCode", "income": ["8*"]}
    assert cents(town, file) == CENTS


def test_year_and_period_in_one_column_and_a_sign_under_an_unknown_name(town: Path) -> None:
    """`2026-03` holds both; a column of which all cells say D or C gives the sign, whatever its name."""
    text = (
        "Boekmaand;Rekening;Kostenplaats;Kant;Bedrag\n"
        "2026-01;43800;7001;D;1.250,05\n"
        "2026-02;43810;7002;D;12.480,50\n"
        "2026-03;81000;7002;C;200,10\n"
    )
    file = offer(town, text, "utf-8", "x.csv")
    profile, _ = proposed(town, file)
    assert profile["columns"] == {
        "year": "Boekmaand",
        "period": "Boekmaand",
        "ledger_account": "Rekening",
        "cost_centre": "Kostenplaats",
        "amount": "Bedrag",
    }
    assert profile["sign"] == {"column": "Kant", "negative": ["C"], "positive": ["D"]}
    assert unsure(profile) >= {"sign.column"}
    assert cents(town, file) == CENTS


def test_a_budget(town: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Known by its columns; the words for budget and amendment; the command that is told takes it in."""
    text = (
        "Begrotingsjaar;Soort besluit;Besluitnummer;Orgaan;Datum besluit;Kostenplaats;Categorie;L/B;Bedrag\n"
        "2026;Primitief;R2025-11;Raad;06-11-2025;7001;3.8;L;9.000,00\n"
        "2026;1e wijziging;R2026-06;Raad;25-06-2026;7001;3.8;L;500,00\n"
        "2026;Wijziging;C2026-09;College;10-09-2026;7002;3.8;B;-250,00\n"
    )
    file = offer(town, text, "windows-1252", "begroting.csv")
    assert main(["import", str(town), str(file), "--propose", "--profile", "begroting"]) == 0
    out = capsys.readouterr().out
    assert "Dit lijkt een begroting met wijzigingen" in out
    assert "--profile begroting --kind budget --answer" in out
    written = (town / "profiles/begroting.toml").read_text("utf-8")
    profile = tomllib.loads(written)
    assert profile["columns"] == {
        "year": "Begrotingsjaar",
        "budget_kind": "Soort besluit",
        "number": "Besluitnummer",
        "authority": "Orgaan",
        "decided_on": "Datum besluit",
        "cost_centre": "Kostenplaats",
        "category": "Categorie",
        "amount": "Bedrag",
    }
    assert profile["budget_kinds"] == {"adopted": ["Primitief"], "amendment": ["Wijziging", "1e wijziging"]}
    assert unsure(profile) == {"budget_kinds.amendment"}
    words = [
        "--kind",
        "budget",
        "--exported-at",
        MOMENT,
        "--dry-run",
        "--answer",
        "budget_kinds.amendment=Wijziging,1e wijziging",
    ]
    assert main(["import", str(town), str(file), "--profile", "begroting", *words]) == 0
    assert "begroting en begrotingswijzigingen van 2026" in " ".join(capsys.readouterr().out.split())


def test_commitments(town: Path) -> None:
    """A list of what is still open needs no period."""
    text = (
        "Boekjaar;Verplichtingnummer;Grootboek;Kostenplaats;Omschrijving;Openstaand\n"
        "2026;V001;43800;7001;Speeltoestel;4.500,00\n"
        "2026;V002;43810;7002;Bankjes;1.250,00\n"
    )
    file = offer(town, text, "utf-8", "verplichtingen.csv")
    made = propose_profile(town, file, "voorstel", NL)
    assert made.value is not None
    assert made.value.kind is DeliveryKind.COMMITMENT
    profile = tomllib.loads(made.value.place.read_text("utf-8"))
    assert profile["columns"]["amount"] == "Openstaand"
    imported = agreed(town, file, kind=DeliveryKind.COMMITMENT, profile="voorstel", accepted="")
    assert imported.offer is not None, imported.faults
    assert imported.offer.counted.debit_cents == 575_000


def test_columns_without_a_meaning_are_shown(town: Path) -> None:
    """So that a person sees where the cost centre may be."""
    text = "Boekjaar;Periode;Grootboek;Budgetnr.;Bedrag\n2026;1;43800;7001;1,00\n2026;1;43800;7002;2,00\n"
    _, written = proposed(town, offer(town, text, "utf-8", "x.csv"))
    assert '\n# cost_centre = ""\n' in written
    assert "# Niet gevonden. Is het een van de kolommen hieronder" in written
    assert '#   "Budgetnr.": "7001", "7002"' in written


def test_never_over_a_profile(town: Path) -> None:
    """I114, and the profile stays as it was."""
    file = offer(town, EXACT, "utf-8", "x.csv")
    before = (town / "profiles/grootboek.toml").read_bytes()
    assert [found.code for found in propose_profile(town, file, "grootboek", NL).faults] == ["I114"]
    assert (town / "profiles/grootboek.toml").read_bytes() == before


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("leeg.csv", b"", "I115"),
        ("kop.csv", b"a;b\n", "I115"),
        ("nul.csv", b"a;b\n1;\x00\n", "I115"),
        ("woorden.txt", b"Geachte heer,\n\nhierbij de stukken.\n", "I115"),
        ("x.xlsx", b"geen werkmap", "I115"),
        ("x.doc", b"x", "L122"),
    ],
)
def test_what_is_no_table(town: Path, name: str, data: bytes, code: str) -> None:
    (town.parent / name).write_bytes(data)
    assert [found.code for found in propose_profile(town, town.parent / name, "x", NL).faults] == [code]
    assert not (town / "profiles/x.toml").exists()


def test_no_such_file_or_dossier(town: Path) -> None:
    assert [one.code for one in propose_profile(town, town.parent / "niets.csv", "x", NL).faults] == ["I116"]
    assert [one.code for one in propose_profile(town.parent, town / "x.csv", "x", NL).faults] == ["D101"]


def test_a_name_with_anything_in_it_stays_a_comment(town: Path) -> None:
    """Nothing that stands in a file can become a setting."""
    text = (
        'Boekjaar;Periode;Grootboek;Kostenplaats;"Omschrijving";Bedrag\n2026;1;4;7;"a\n[sign]\ncolumn = ""x""";1,00\n'
    )
    profile, _ = proposed(town, offer(town, text, "utf-8", "raar'\".csv"))
    assert "sign" not in profile


@given(
    rows=st.lists(st.lists(st.text(alphabet="ab9,.;-/\"'\n\té€ D", max_size=8), min_size=1, max_size=5), max_size=6),
    mark=st.sampled_from([";", ",", "\t", "|"]),
    encoding=st.sampled_from(["utf-8", "windows-1252", "utf-16"]),
)
@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_stands_in_it(tmp_path: Path, rows: list[list[str]], mark: str, encoding: str) -> None:
    """A proposal that can be read, or none; never a crash, and never a setting that the file made up."""
    file = tmp_path / "x.csv"
    file.write_bytes("\n".join(mark.join(row) for row in rows).encode(encoding))
    sample = of_text(file)
    if sample is not None:
        text = profile_text(guessed(sample), file.name, "x", NL)
        (tmp_path / "x.toml").write_text(text, "utf-8")
        profile, faults = read_settings(tmp_path / "x.toml", "x.toml", Profile)
        assert profile is not None, (text, faults)
        assert set(profile.columns.values()) <= set(sample.header)


MOMENT = "2026-09-01T08:00:00"


def test_by_command(town: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The name of the file is that of the profile; the next command is told, and works."""
    file = offer(town, EXACT, "utf-8", "Mijn Export.csv")
    assert main(["import", str(town), str(file), "--propose"]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert f"Voorstel gemaakt: {town / 'profiles/mijn-export.toml'}" in out
    assert "Vragen die u nog beantwoordt: 1." in out
    assert '--answer "flows.income=8*"' in out
    assert read(town).value is not None
    assert main(["import", str(town), str(file), "--profile", "mijn-export"]) == 1
    assert '--answer "flows.income=8*"' in capsys.readouterr().err
    answers = ["--answer", "flows.income=8*", "--exported-at", MOMENT]
    assert main(["import", str(town), str(file), "--profile", "mijn-export", *answers]) == 0
    assert main(["import", str(town), str(file), "--propose"]) == 1
    assert "I114" in capsys.readouterr().err


def test_an_audit_file(town: Path) -> None:
    """It says itself how it is written; what is income is a guess."""
    file = Path(__file__).parents[1] / "formats/xaf/wijken-3.2.xaf"
    made = propose_profile(town, file, "audit", NL)
    assert made.value is not None, made.faults
    profile = tomllib.loads(made.value.place.read_text("utf-8"))
    assert profile["flows"]["column"] == "accID"
    assert "columns" not in profile
    imported = agreed(town, file, administration="01")
    assert imported.offer is not None, imported.faults
    assert imported.offer.delivery.settings.profile == "audit"


def test_a_column_is_looked_at_once_and_not_cell_by_cell(town: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As many rows again ask the engine for no more: each of its calls takes longer than a cell is worth."""
    calls: list[str] = []

    def counting(column: pl.Series, decimal: str) -> pl.Series:
        calls.append(decimal)
        return bare_amounts(column, decimal)

    monkeypatch.setattr("gebiedswerk.formats.number_styles.bare_amounts", counting)
    counted = []
    for times in (1, 4):
        rows = "".join(f"2026;1;43800;7001;{at},0{times};{at},5{times}\n" for at in range(10 * times))
        file = offer(town, f"Boekjaar;Periode;Grootboek;Kostenplaats;Bedrag;Ander bedrag\n{rows}", "utf-8", "x.csv")
        calls.clear()
        sample = of_text(file)
        assert sample is not None
        guessed(sample)
        counted.append(len(calls))
    assert counted[0] == counted[1]
