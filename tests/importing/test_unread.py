"""Ordinary exports with something odd, taken in from nothing: read to the cent after the answers that are proposed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from gebiedswerk.app.propose_profile import propose_profile
from gebiedswerk.dossier.settings import Flows, LeftOut, Profile
from gebiedswerk.formats.csv.file import CsvImporter
from gebiedswerk.importing import Imported
from gebiedswerk.importing.unread import unread_faults
from tests.formats.books import delivered
from tests.importing.offers import NL, agreed

HEAD = "Boekjaar;Periode;Datum;Grootboek;Kostenplaats;Omschrijving;Debet;Credit"
ROWS = (
    "2025;1;01-01-2025;43800;7110;Huur;100,00;",
    "2025;2;01-02-2025;43800;7120;Feest;50,50;",
    "2025;3;01-03-2025;82000;7110;Bijdrage;;25,25",
)
SIGNED = "Jaar;Periode;Grootboek;Kostenplaats;Bedrag"


def signed(*amounts: str, head: str = SIGNED, before: str = "2025;{at}") -> list[str]:
    """Rows of costs, and one of income, with one amount each."""
    accounts = ("43800;7110", "43800;7120", "82000;7110")
    rows = [
        f"{before.format(at=at)};{account};{amount}"
        for at, (account, amount) in enumerate(zip(accounts, amounts, strict=True), 1)
    ]
    return [head, *rows]


READ: dict[str, list[str]] = {
    "units below the header": [HEAD, ";;;;;;EUR;EUR", *ROWS],
    "dashes below the header": [HEAD, ";".join(["----"] * 8), *ROWS],
    "carried from page to page": [
        HEAD,
        *ROWS[:2],
        "2025;;;;;Transport;150,50;",
        "2025;;;;;Van vorige pagina;150,50;",
        ROWS[2],
    ],
    "a total that lacks year and period": [HEAD, *ROWS, ";;;;;;150,50;25,25"],
    "a minus of its own": signed("100,00", "50,50", "-/- 25,25"),
    "a minus of its own behind": signed("100,00", "50,50", "25,25 -/-"),
    "days alone": signed(
        "100,00", "50,50", "-25,25", head="Datum;Grootboek;Kostenplaats;Bedrag", before="01-0{at}-2025"
    ),
    "the year and a day": signed(
        "100,00", "50,50", "-25,25", head="Jaar;Datum;Grootboek;Kostenplaats;Bedrag", before="2025;01-0{at}-2025"
    ),
    "what is promised beside": signed(
        "1,00;100,00", "2,00;50,50", "3,00;-25,25", head="Jaar;Periode;Grootboek;Kostenplaats;Verplicht;Geboekt"
    ),
    "no account but a category": signed("100,00", "50,50", "-25,25", head="Dienstjaar;Per.;ECL;FCL;Boekingsbedrag"),
    "short names": signed("100,00", "50,50", "-25,25", head="Boekjr;Boek.per.;Kostensrt;Kostenplts;Waarde in EUR"),
    "a budget between": [
        f"Soort;{SIGNED}",
        *(f"Realisatie;{row}" for row in signed("100,00", "50,50", "-25,25")[1:]),
        "Begroting;2025;1;43800;7110;200,00",
    ],
}
"""What is odd → the file. Each holds costs of 150,50 and income of 25,25."""


def proposed(klein: Path, rows: list[str]) -> Imported:
    """A file of which nothing is known, with each answer as it is proposed."""
    file = klein.parent / "export.csv"
    file.write_text("\n".join(rows) + "\n", "utf-8")
    (klein / "profiles" / "p.toml").unlink(missing_ok=True)
    made = propose_profile(klein, file, "p", NL)
    assert made.value is not None, made.faults
    return agreed(klein, file, profile="p", kind=made.value.kind, administration="X", years=())


@pytest.mark.parametrize("odd", READ)
def test_it_is_read_to_the_cent(klein: Path, odd: str) -> None:
    """In as many lines as there are postings."""
    found = proposed(klein, READ[odd])
    assert found.landed is not None and found.offer is not None, found.faults
    counted = found.offer.counted
    assert (counted.lines, counted.debit_cents, counted.credit_cents) == (3, 15050, 2525)


def said_besides(folder: Path, rows: list[str], profile: Profile) -> list[tuple[str, str | None]]:
    """What the words of a file say that a profile does not read."""
    file = folder / "export.csv"
    file.write_text("\n".join(rows) + "\n", "utf-8")
    return [(one.code, one.value) for one in unread_faults(CsvImporter(), delivered(file, profile))]


COLUMNS = dict(zip(("year", "period", "ledger_account", "cost_centre", "amount"), SIGNED.split(";"), strict=True))
PROFILE = Profile(columns=COLUMNS, flows=Flows("Grootboek", ["8*"]))
ROWS_OF_ONE = signed("100,00", "50,50", "-25,25")
THOUSANDS = [
    "Bedragen x € 1.000",
    "Bedragen x 1000",
    "(in duizenden euro's)",
    "x 1.000 euro",
    "in € 1.000",
    "in k€",
    "× 1 mln",
]
OTHER = ["Grootboek 2025", "Max 1000 rijen", "Per 1.000 inwoners", "x 1.000.000.000", "Boekingen in 2025"]


@pytest.mark.parametrize("words", [*THOUSANDS, *OTHER])
def test_amounts_in_thousands_are_asked_about(tmp_path: Path, words: str) -> None:
    """Where a title or the header of the amounts says it; a profile that says what they are is never asked."""
    expected = [("L247", words)] if words in THOUSANDS else []
    assert said_besides(tmp_path, [words, *ROWS_OF_ONE], replace(PROFILE, header_row=2)) == expected
    assert said_besides(tmp_path, [words, *ROWS_OF_ONE], replace(PROFILE, header_row=2, unit=1)) == []
    named = replace(PROFILE, columns=COLUMNS | {"amount": f"Bedrag {words}"})
    asked = said_besides(tmp_path, [ROWS_OF_ONE[0].replace("Bedrag", f"Bedrag {words}"), *ROWS_OF_ONE[1:]], named)
    assert [code for code, _ in asked] == [code for code, _ in expected]


def test_amounts_in_thousands_count_so_many_times(klein: Path) -> None:
    """After the answer that is proposed."""
    found = proposed(klein, [THOUSANDS[0], *ROWS_OF_ONE])
    assert found.offer is not None, found.faults
    assert (found.offer.counted.debit_cents, found.offer.counted.credit_cents) == (15_050_000, 2_525_000)


KINDS = [
    "Begroting",
    "Primitieve begroting 2025",
    "begroot",
    "Verplichtingen",
    "Budget",
    "Raming",
    "Begroot na wijziging",
]
NAMES = ["Budget Noord", "Wijkbudget", "Verplichte bijdragen", "Begrotingscoördinator", "Memoriaal", "Realisatie"]


@pytest.mark.parametrize("word", [*KINDS, *NAMES])
def test_rows_of_another_kind_are_named(tmp_path: Path, word: str) -> None:
    """By whole words: a cost centre or a journal may be called after a budget. Who said so is not asked."""
    rows = [f"{ROWS_OF_ONE[0]};Soort", *(f"{row};x" for row in ROWS_OF_ONE[1:]), f"2025;1;43800;7110;200,00;{word}"]
    assert said_besides(tmp_path, rows, PROFILE) == ([("L248", word)] if word in KINDS else [])
    assert said_besides(tmp_path, rows, replace(PROFILE, keep=[word])) == []
    assert said_besides(tmp_path, rows, replace(PROFILE, leave_out=[LeftOut("Soort", [word], control=False)])) == []


def test_a_row_that_lacks_its_year_and_is_no_total_stays_out(klein: Path) -> None:
    """It may be a posting: what is left out so has to be the sum of the rows above."""
    found = proposed(klein, [HEAD, *ROWS, ";;;43800;7110;Huur;1,00;"])
    assert found.landed is None
    assert "L184" in {one.code for one in found.faults}
