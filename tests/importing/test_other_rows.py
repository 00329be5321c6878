"""Rows of another kind, status, administration or currency among the postings: asked about by what a column says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.importing.ordinary import HEAD, TRUE, codes, landed, nl, text

EXTRA = "2025;{};4300;7110;Extra"
BESIDE = [(2, "99,10"), (5, "33,00")]
Case = tuple[str, str, str]
"""The column, what it says of other rows, and what of postings."""
PLANNED: list[Case] = [
    *(("Type", word, "Realisatie") for word in ("Begrotingswijziging 1", "Jaarbudget", "Bijgestelde begroting")),
    *(("Type", word, "Realisatie") for word in ("Ontwerpbegroting", "Verwachting", "Prognose jaareinde", "Begr.")),
    *(("Type", word, "Realisatie") for word in ("Meerjarenraming", "Begroting (primitief)", "Raming", "BUD")),
    *(("Type", word, "Actual") for word in ("Forecast", "Plan")),
    ("Scenario", "Budget 2025", "Actual"),
    ("Dagboek", "90 Begroting", "20 Inkoop"),
    ("Waardetype", "Plan", "Werkelijk"),
    ("Iets", "Bijgestelde begroting 2025", "Inkoop"),
]
PROMISED: list[Case] = [
    *(("Type", word, "Factuur") for word in ("Verplicht", "Verplichtingboeking", "VPL", "Inkooporder", "Reservering")),
    ("Boeksoort", "Openstaande bestelling", "Journaal"),
    ("Soort", "Aangegaan", "Betaald"),
]
NOT_FINAL: list[Case] = [
    *(("Status", word, "Geboekt") for word in ("In behandeling", "Te fiatteren", "Ter accordering", "Simulatie")),
    *(
        ("Status", word, "Verwerkt")
        for word in ("Ingetrokken", "Geblokkeerd", "Vooraf ingevoerd", "Nog niet definitief")
    ),
    ("Boekstatus", "voorlopig geboekt", "definitief geboekt"),
    ("Soort", "Memoriaal statistisch", "Werkelijk"),
    *(("Definitief", no, yes) for no, yes in (("N", "J"), ("0", "1"), ("Nee", "Ja"))),
    *(("Voorlopig", yes, no) for yes, no in (("J", "N"), ("X", ""), ("Ja", "Nee"))),
    ("Verwerkt", "False", "True"),
    ("Geboekt", "", "J"),
]
UNKNOWN: list[Case] = [
    *(("Status", word, "Verwerkt") for word in ("Open", "Nieuw", "Wacht")),
    *(
        ("Status", "V", "D"),
        ("Status", "20", "50"),
        ("Versie", "B0", "A0"),
        ("Definitief", "V", "D"),
        ("Soort", "V", "R"),
    ),
    *((head, "02", "01") for head in ("Firma", "BU", "Boekhouding", "Vestiging", "Kantoor", "Client", "Dossier")),
    *((head, "Oost", "West") for head in ("Organisatie-eenheid", "Bedrijfsonderdeel")),
]
OWNERS: list[Case] = [(head, "02", "01") for head in ("Adm nr", "Administratie naam", "Adm.", "Bedrijfscode")]
CURRENCIES: list[Case] = [
    *((head, "USD", "EUR") for head in ("Val", "Crcy", "Vreemde valuta", "Iets")),
    *(("Iets", word, "EUR") for word in ("GBP", "$")),
]


def of(case: Case, count: int = 2) -> bytes:
    """A file with rows of another kind behind the postings."""
    head, word, own = case
    rows = [f"{codes(row)};{own};{nl(row[-1])}" for row in TRUE]
    rows += [f"{EXTRA.format(period)};{word};{amount}" for period, amount in BESIDE[:count]]
    return text(f"{HEAD};{head};Bedrag", *rows)


@pytest.mark.parametrize("case", [*PLANNED, *PROMISED, *NOT_FINAL, *OWNERS, *CURRENCIES])
def test_rows_say_that_they_are_something_else(tmp_path: Path, case: Case) -> None:
    """They were counted with the postings, without a word."""
    head, word, _ = case
    told = landed(tmp_path / "left", of(case), "csv", {"L248": f"leave_out_other={head}={word}"})
    assert (told.rows, told.asked) == (TRUE, ["leave_out_other"])
    told = landed(tmp_path / "kept", of(case), "csv", {"L248": f"keep={word or head}"})
    assert (len(told.rows), told.asked) == (len(TRUE) + 2, ["leave_out_other"])


@pytest.mark.parametrize("case", UNKNOWN)
def test_rows_are_divided_by_words_that_do_not_tell(tmp_path: Path, case: Case) -> None:
    """By a column of a status or of parts of the organisation: a person says which count, once."""
    head, word, _ = case
    told = landed(tmp_path / "left", of(case), "csv", {"L280": f"leave_out_other={head}={word}"})
    assert (told.rows, told.asked) == (TRUE, ["leave_out_other"])
    told = landed(tmp_path / "kept", of(case), "csv", {"L280": f"keep={head}"})
    assert (len(told.rows), told.asked) == (len(TRUE) + 2, ["leave_out_other"])


@pytest.mark.parametrize("word", ["Begroting", "Budget 2025", "Verplichting", "Prognose"])
@pytest.mark.parametrize("head", ["Omschrijving", "Toelichting"])
def test_a_description_says_that_a_row_is_planned(tmp_path: Path, head: str, word: str) -> None:
    """Beside each posting, in the column of the description: it was counted."""
    rows = [f"{at};{codes(row)};{nl(row[-1])}" for at, row in enumerate(TRUE)]
    rows += [f"{at};2025;{row[1]};{row[2]};{row[3]};{word};500,00" for at, row in enumerate(TRUE) if row[2] != "8200"]
    data = text(f"Regel;{HEAD.replace('Omschrijving', head)};Bedrag", *sorted(rows))
    told = landed(tmp_path, data, "csv", {"leave_out_other": f"{head}={word}"})
    assert (told.rows, told.asked) == (TRUE, ["leave_out_other"])


def test_a_word_of_later_is_asked_about_too(tmp_path: Path) -> None:
    """A column of which some rows are left out may say something else of others: they were counted."""
    rows = [f"{codes(row)};{'Concept' if at == 2 else 'Verwerkt'};{nl(row[-1])}" for at, row in enumerate(TRUE)]
    rows[4] = rows[4].replace("Verwerkt", "Geannuleerd")
    told = landed(tmp_path, text(f"{HEAD};Status;Bedrag", *rows), "csv", {"leave_out_other": "Status=Concept"})
    assert [one.value for one in told.faults if one.code == "L248"] == ["Geannuleerd"]


@pytest.mark.parametrize(
    ("head", "words"),
    [
        ("Status", ("Verwerkt", "Verwerkt")),
        ("Status", ("Verwerkt", "Betaald")),
        ("Definitief", ("J", "J")),
        ("Geboekt", ("Ja", "Ja")),
        ("Voorlopig", ("N", "")),
        ("Betaald", ("J", "N")),
        ("Dagboek", ("Inkoop", "Memoriaal")),
        ("Type", ("Inkoopfactuur", "Memoriaal")),
        ("Naam kostenplaats", ("Budgetbeheer", "Planning en control")),
        ("Kostensoort naam", ("Plankosten", "Verplichte bijdragen")),
        ("Relatie", ("Openbare werken", "Nieuw Zuid")),
        ("Valuta", ("EUR", "EUR")),
        ("Firma", ("01", "01")),
        ("BU", ("BU00140001", "BU00140002")),
        ("Land", ("NLD", "BEL")),
        ("Team", ("Oost", "West")),
    ],
)
def test_what_says_nothing_of_rows_is_not_asked_about(tmp_path: Path, head: str, words: tuple[str, str]) -> None:
    """An ordinary column of few words."""
    rows = [f"{codes(row)};{words[at % 2]};{nl(row[-1])}" for at, row in enumerate(TRUE)]
    told = landed(tmp_path, text(f"{HEAD};{head};Bedrag", *rows), "csv", {})
    assert (told.rows, told.asked) == (TRUE, [])


@pytest.mark.parametrize("head", ["Omschrijving", "Toelichting"])
def test_words_of_a_plan_in_a_description_say_nothing(tmp_path: Path, head: str) -> None:
    """A posting may be about one."""
    rows = [f"{codes(row)};{nl(row[-1])}" for row in TRUE]
    rows[1] = rows[1].replace("Onderhoud", "Begroting drukken en verzenden")
    rows[3] = rows[3].replace("Onderhoud", "Plan van aanpak plein")
    told = landed(tmp_path, text(f"{HEAD.replace('Omschrijving', head)};Bedrag", *rows), "csv", {})
    assert (told.rows, told.asked) == (TRUE, [])


def test_totals_lack_what_postings_have(tmp_path: Path) -> None:
    """They do not say that they are final, and are no postings that are not."""
    rows = [f"{codes(row)};J;{nl(row[-1])}" for row in TRUE]
    rows.append(f";;;;Totaal;;{nl(sum(row[-1] for row in TRUE))}")
    told = landed(tmp_path, text(f"{HEAD};Definitief;Bedrag", *rows), "csv", {})
    assert (told.rows, told.asked) == (TRUE, [])


@pytest.mark.parametrize("case", [("Type", "Begroting", "Realisatie"), ("Valuta", "USD", "EUR"), ("Status", "V", "D")])
def test_what_says_something_of_rows_is_no_sign(tmp_path: Path, case: Case) -> None:
    """Beside amounts without one the rarer of two words was proposed for below zero."""
    head, word, own = case
    rows = [f"{codes(row)};{own};{nl(abs(row[-1]))}" for row in TRUE] + [f"{EXTRA.format(2)};{word};99,10"]
    answers = {"leave_out_other": f"{head}={word}", "unsigned_income": "false"}
    told = landed(tmp_path, text(f"{HEAD};{head};Bedrag", *rows), "csv", answers)
    assert "sign.column" not in told.asked
    assert len(told.rows) == len(TRUE)
