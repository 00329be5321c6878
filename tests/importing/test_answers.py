"""Ordinary exports that were once read wrongly without a word: each is read rightly, asked about, or refused."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest

from gebiedswerk.importing.answers import answered
from tests.importing.ordinary import HEAD, NAMES, TRUE, Sheets, book, cells, codes, landed, nl, text


@pytest.mark.parametrize(
    "mark", [lambda at, side: side.lower() if at % 2 else side, lambda at, side: side.lower()], ids=["mixed", "small"]
)
@pytest.mark.parametrize("behind", [False, True], ids=["column", "behind"])
def test_letters_of_debit_and_credit_may_be_small(
    tmp_path: Path, mark: Callable[[int, str], str], behind: bool
) -> None:
    """`D` and `d` in one file are the same: the column was passed over, and credit notes counted as costs."""
    marks = [mark(at, "D" if row[-1] > 0 else "C") for at, row in enumerate(TRUE)]
    amounts = [f"{nl(abs(row[-1]))}{' ' if behind else ';'}{sign}" for row, sign in zip(TRUE, marks, strict=True)]
    rows = [f"{codes(row)};{amount}" for row, amount in zip(TRUE, amounts, strict=True)]
    told = landed(tmp_path, text(HEAD + (";Bedrag" if behind else ";Bedrag;D/C"), *rows), "csv", {})
    assert (told.rows, told.asked) == (TRUE, [])


@pytest.mark.parametrize("dressed", ["EUR {} {}", "€ {} {}", "{} EUR {}", "{1} EUR {0}", "{1} {0} EUR", "EUR {}{}"])
def test_a_currency_stands_beside_the_letter(tmp_path: Path, dressed: str) -> None:
    """It is no letter of debit or credit: all rows were refused together."""
    shown = [dressed.format(nl(abs(row[-1])), "D" if row[-1] > 0 else "C") for row in TRUE]
    rows = [f"{codes(row)};{amount}" for row, amount in zip(TRUE, shown, strict=True)]
    told = landed(tmp_path, text(f"{HEAD};Bedrag", *rows), "csv", {})
    assert (told.rows, told.asked) == (TRUE, [])


@pytest.mark.parametrize("period", ["2025,{:02d}", "2025.{:02d}"])
def test_years_with_a_point_are_no_amounts(tmp_path: Path, period: str) -> None:
    """Which column holds amounts was asked with that of periods first, and marks and letters were guessed from it."""
    rows = [
        f"{period.format(row[1])};{row[2]};{row[3]};{nl(abs(row[-1]))} {'D' if row[-1] > 0 else 'C'};0,{row[1]}7"
        for row in TRUE
    ]
    head = "Per.;Grootboekrekening;Kostenplaats;Iets in EUR;Nog iets"
    told = landed(tmp_path, text(head, *rows), "csv", {"columns.amount": "Iets in EUR", "columns.period": "Per."})
    assert (told.rows, told.asked) == (TRUE, ["columns.amount"])


@pytest.mark.parametrize(("head", "credit"), [("D/C", "C"), ("Teken", "-")])
def test_only_credit_is_marked(tmp_path: Path, head: str, credit: str) -> None:
    """An empty cell is debit: asked about, where it was refused row by row."""
    rows = [f"{codes(row)};{credit if row[-1] < 0 else ''};{nl(abs(row[-1]))}" for row in TRUE]
    told = landed(tmp_path, text(f"{HEAD};{head};Bedrag", *rows), "csv", {"sign.column": head})
    assert (told.rows, told.asked) == (TRUE, ["sign.column"])


def test_only_credit_is_marked_in_letters_of_both_sizes(tmp_path: Path) -> None:
    """Under a header that nobody knows, beside an amount below zero of which the mark takes the sign away."""
    rows = [
        f"{codes(row)};{('c', 'C')[at % 2] if row[-1] < 0 else ''};{nl(abs(row[-1]))}" for at, row in enumerate(TRUE)
    ]
    first = TRUE[0]
    rows.append(f"{codes(first)};c;-{nl(abs(first[-1]))}")
    told = landed(tmp_path, text(f"{HEAD};Kant;Bedrag", *rows), "csv", {"sign.column": "Kant"})
    assert told.asked == ["sign.column"]
    assert sum(row[-1] for row in told.rows) == sum(row[-1] for row in TRUE) + abs(first[-1])


def test_an_amount_without_tax_stands_beside_one_with_it(tmp_path: Path) -> None:
    """Which of the two counts is asked: `excl. btw` is no tax."""
    rows = [f"{codes(row)};{nl(row[-1] * 121 // 100)};{nl(row[-1])}" for row in TRUE]
    data = text(f"{HEAD};Bedrag;Bedrag excl. btw", *rows)
    told = landed(tmp_path, data, "csv", {"columns.amount": "Bedrag excl. btw"})
    assert (told.rows, told.asked) == (TRUE, ["columns.amount"])


def test_a_line_below_the_rows_says_thousands(tmp_path: Path) -> None:
    """As one above them does."""
    true = [(*row[:-1], row[-1] // 100 * 100_000) for row in TRUE]
    rows = [f"{codes(row)};{row[-1] // 100_000}" for row in true]
    line = "Alle bedragen in duizenden euro's"
    answers = {"unit": "1000", "leave_out": f"Boekjaar={line}"}
    told = landed(tmp_path, text(f"{HEAD};Bedrag", *rows, line), "csv", answers)
    assert (told.rows, told.asked) == (true, ["leave_out", "unit"])


@pytest.mark.parametrize("word", ["Concept", "Voorlopig", "Vervallen", "Geannuleerd", "Nog niet geboekt"])
def test_a_row_says_that_it_is_not_booked(tmp_path: Path, word: str) -> None:
    """A concept or what was cancelled is no posting: asked about."""
    rows = [f"{codes(row)};Verwerkt;{nl(row[-1])}" for row in TRUE]
    rows.insert(3, f"2025;2;4300;7120;Onderhoud;{word};900,00")
    data = text(f"{HEAD};Status;Bedrag", *rows)
    told = landed(tmp_path, data, "csv", {"leave_out_other": f"Status={word}"})
    assert (told.rows, told.asked) == (TRUE, ["leave_out_other"])


def test_marks_within_some_texts_hide_no_table(tmp_path: Path) -> None:
    """Rows with a mark in an unquoted text are named; the mark of decimals was taken for that of the cells."""
    rows = [f"{codes(row)}{'; zaal' if at % 3 == 1 else ''};{nl(row[-1])}" for at, row in enumerate(TRUE)]
    told = landed(tmp_path, text(f"{HEAD};Bedrag", *rows), "csv", {})
    assert (told.rows, told.said) == ([], ["L118"])


# -- rows of something else


@pytest.mark.parametrize("head", ["Valuta", "Valutacode", "Currency"])
def test_an_amount_in_another_currency_is_asked_about(tmp_path: Path, head: str) -> None:
    """Dollars counted as euros. Whoever knows that the amounts are in euros all the same keeps them."""
    rows = [f"{codes(row)};{'USD' if at == 2 else 'EUR'};{nl(row[-1])}" for at, row in enumerate(TRUE)]
    data = text(f"{HEAD};{head};Bedrag", *rows)
    left = landed(tmp_path / "left", data, "csv", {"leave_out_other": f"{head}=USD"})
    assert (left.rows, left.asked) == ([row for row in TRUE if row != TRUE[2]], ["leave_out_other"])
    kept = landed(tmp_path / "kept", data, "csv", {"L248": "keep=USD"})
    assert (kept.rows, kept.asked) == (TRUE, ["leave_out_other"])


@pytest.mark.parametrize("head", ["Bedrag EUR", "AmountDC", "Bedrag in euro"])
def test_an_amount_in_euros_is_in_euros(tmp_path: Path, head: str) -> None:
    """Whatever the currency of the invoice was."""
    rows = [f"{codes(row)};{'USD' if at == 2 else 'EUR'};{nl(row[-1])}" for at, row in enumerate(TRUE)]
    told = landed(tmp_path, text(f"{HEAD};Valuta;{head}", *rows), "csv", {})
    assert (told.rows, told.asked) == (TRUE, [])


def test_two_administrations_in_one_file_are_two_deliveries(tmp_path: Path) -> None:
    """Asked about; and each profile reads its own rows, though the bytes are the same."""
    rows = [f"{'002' if at % 3 == 0 else '001'};{codes(row)};{nl(row[-1])}" for at, row in enumerate(TRUE)]
    data = text(f"Administratie;{HEAD};Bedrag", *rows)
    told = landed(tmp_path, data, "csv", {"leave_out_other": "Administratie=002"})
    own = [row for at, row in enumerate(TRUE) if at % 3]
    assert (told.rows, told.asked) == (own, ["leave_out_other"])


@pytest.mark.parametrize("line", ["Openstaande verplichtingen", "Begroting 2025", "Prognose 2025"])
def test_rows_below_a_line_that_names_another_kind(tmp_path: Path, line: str) -> None:
    """The line itself was asked about, and the answer that it is no posting let all rows below it count."""
    rows = [f"{codes(row)};{nl(row[-1])}" for row in TRUE]
    data = text(f"{HEAD};Bedrag", *rows, "", line, f"{HEAD};Bedrag", "2025;3;4300;7110;Bestelling;900,00")
    answers = {"leave_out": f"Boekjaar={line}", "leave_out_below": f"Boekjaar={line}"}
    told = landed(tmp_path / "left", data, "csv", answers)
    assert (told.rows, told.asked) == (TRUE, ["leave_out", "leave_out_below"])
    told = landed(tmp_path / "kept", data, "csv", {"leave_out": f"Boekjaar={line}", "L248": f"keep={line}"})
    assert told.rows == [*TRUE, (2025, 3, "4300", "7110", 90_000)]


def test_what_is_kept_stays_kept(tmp_path: Path) -> None:
    """One question about texts to keep after the other: the second answer took the first away, without end."""
    rows = [f"{codes(row)};{'USD' if at == 2 else 'EUR'};Verwerkt;{nl(row[-1])}" for at, row in enumerate(TRUE)]
    rows[4] = rows[4].replace("Verwerkt", "Concept")
    told = landed(tmp_path, text(f"{HEAD};Valuta;Status;Bedrag", *rows), "csv", {"L248": "keep=USD,Concept"})
    assert told.rows == TRUE
    profile = tmp_path / "dossier" / "profiles" / "p.toml"
    made = answered(profile.read_text("utf-8"), [("keep", "Totaal plein"), ("keep", "USD,Saldo")], "p.toml").value
    assert made is not None
    assert tomllib.loads(made)["keep"] == ["USD", "Concept", "Totaal plein", "Saldo"]


# -- sheets


def test_a_sheet_with_its_header_in_another_row_is_asked_about(tmp_path: Path) -> None:
    """It has a title above its header: it was left unread without a word."""
    rows = [cells(row) for row in TRUE]
    sheets: Sheets = {"jan-feb": [NAMES, *rows[:4]], "mrt-jun": [["Mutaties"], [], NAMES, *rows[4:]]}
    told = landed(tmp_path, book(tmp_path, sheets), "xlsx", {"sheet": "*"})
    assert (told.rows, told.asked) == (TRUE, ["sheet"])


@pytest.mark.parametrize("above", [[], [[*HEAD.replace("Kostenplaats", "Afdeling").split(";"), "Waarde"]]])
def test_a_sheet_with_amounts_below_other_columns_is_asked_about(tmp_path: Path, above: list[list[object]]) -> None:
    """Its rows may be the rest of the postings, and were left unread without a word."""
    rows = [cells(row) for row in TRUE]
    sheets: Sheets = {"jan-feb": [NAMES, *rows[:4]], "mrt-jun": [*above, *rows[4:]]}
    data = book(tmp_path, sheets)
    assert landed(tmp_path / "asked", data, "xlsx", {}).asked == ["other_sheets"]
    told = landed(tmp_path / "told", data, "xlsx", {"other_sheets": "false"})
    assert (told.rows, told.asked) == (TRUE[:4], ["other_sheets"])


def test_a_sheet_of_words_or_lists_is_not_asked_about(tmp_path: Path) -> None:
    """An explanation, a list of codes and a summary of two columns hold no postings."""
    rows = [cells(row) for row in TRUE]
    other: list[list[object]] = [["7110", "Binnenstad"], ["7120", "Noord"], ["7130", "Haven"]]
    sheets: Sheets = {"Mutaties": [NAMES, *rows], "Uitleg": [["Dit zijn de mutaties"]], "Lijst": other}
    summary: list[list[object]] = [["Kostenplaats", "Som"], [7110, 1290.57], [7120, -325.10]]
    told = landed(tmp_path, book(tmp_path, {**sheets, "Draaitabel": summary}), "xlsx", {})
    assert (told.rows, told.asked) == (TRUE, [])


# -- cells that repeat what stands above


def named_once(at: int) -> list[str]:
    """What stands in a column in each row, where only the first of a group says it."""
    found = [str(row[at]) for row in TRUE]
    return [cell if not place or found[place - 1] != cell else "" for place, cell in enumerate(found)]


@pytest.mark.parametrize("form", ["csv", "xlsx", "html"])
def test_a_cost_centre_stands_in_the_first_row_of_its_group(tmp_path: Path, form: str) -> None:
    """As merged cells are written: those below belonged to nothing, without a word."""
    once = named_once(3)
    rows = [[*cells(row)[:3], centre, "Onderhoud", nl(row[-1])] for row, centre in zip(TRUE, once, strict=True)]
    if form == "csv":
        data, suffix = text(f"{HEAD};Bedrag", *(";".join(map(str, row)) for row in rows)), "csv"
    elif form == "xlsx":
        data, suffix = book(tmp_path, {"Mutaties": [NAMES, *rows]}), "xlsx"
    else:
        lines = [f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in [NAMES, *rows]]
        data, suffix = f"<html><table>{''.join(lines)}</table></html>".encode(), "xls"
    told = landed(tmp_path / "filled", data, suffix, {"fill_down": "cost_centre"})
    assert (told.rows, told.asked) == (TRUE, ["fill_down"])
    told = landed(tmp_path / "empty", data, suffix, {"fill_down": ""})
    assert [row[3] for row in told.rows] == once


def test_a_period_stands_in_the_first_row_of_its_group(tmp_path: Path) -> None:
    """It was asked whether the rows without one are totals: no answer took the file in."""
    true = [(year, 1 + at // 3, ledger, centre, cents) for at, (year, _, ledger, centre, cents) in enumerate(TRUE)]
    rows = [f"2025;{row[1] if at % 3 == 0 else ''};{row[2]};{row[3]};x;{nl(row[-1])}" for at, row in enumerate(true)]
    told = landed(tmp_path, text(f"{HEAD};Bedrag", *rows), "csv", {"fill_down": "period"})
    assert (told.rows, told.asked) == (true, ["fill_down"])


def test_a_column_that_is_often_empty_is_not_asked_about(tmp_path: Path) -> None:
    """Codes that come back, and are empty in between, say nothing of the rows below them."""
    centres = ["7110", "", "7110", "7120", "", "7120", "", ""]
    true = [(*row[:3], centre, row[-1]) for row, centre in zip(TRUE, centres, strict=True)]
    told = landed(tmp_path, text(f"{HEAD};Bedrag", *(f"{codes(row)};{nl(row[-1])}" for row in true)), "csv", {})
    assert (told.rows, told.asked) == (true, [])


# -- quotes, days, longer periods


def test_a_quote_that_a_package_cut_off_hides_no_rows(tmp_path: Path) -> None:
    """A description begins with a quote and a later one ends with it: the rows between were one description."""
    rows = [f"{codes(row)};{nl(row[-1])}" for row in TRUE]
    rows[2] = rows[2].replace("Onderhoud", '"De Klinker, za')
    rows[5] = rows[5].replace("Onderhoud", 'zaal De Klinker"')
    told = landed(tmp_path, text(f"{HEAD};Bedrag", *rows), "csv", {"quotes": "false"})
    assert (told.rows, told.asked) == (TRUE, ["quotes"])


@pytest.mark.parametrize("words", ['"De Klinker" zaal', '"De Klinker, za'])
def test_a_quote_in_a_text_refuses_no_file(tmp_path: Path, words: str) -> None:
    """Of a file that nobody quoted it is a sign like any other."""
    rows = [f"{codes(row)};{nl(row[-1])}" for row in TRUE]
    rows[2] = rows[2].replace("Onderhoud", words)
    told = landed(tmp_path, text(f"{HEAD};Bedrag", *rows), "csv", {"quotes": "false"})
    assert (told.rows, told.asked) == (TRUE, ["quotes"])


def test_a_text_of_more_lines_is_a_text(tmp_path: Path) -> None:
    """Also with a mark in it, and not asked about."""
    rows = [f"{codes(row)};{nl(row[-1])}" for row in TRUE]
    rows[2] = rows[2].replace("Onderhoud", '"Onderhoud;\nplein; en\nbanken"')
    told = landed(tmp_path, text(f"{HEAD};Bedrag", *rows), "csv", {})
    assert (told.rows, told.asked) == (TRUE, [])


@pytest.mark.parametrize("of", [range(3, 27, 3), (3, 5, 2, 8, 9, 1, 14, 11)], ids=["many", "one"])
def test_a_spreadsheet_took_days_for_months(tmp_path: Path, of: Sequence[int]) -> None:
    """Opened with American settings: what may be a month became one, and the rest stayed text, be it one day."""
    days = [date(2025, row[1], day) for row, day in zip(TRUE, of, strict=True)]
    shown = [one.replace(month=one.day, day=one.month) if one.day < 13 else one.strftime("%d-%m-%Y") for one in days]
    rows: list[list[object]] = [[day, *cells(row)[2:]] for day, row in zip(shown, TRUE, strict=True)]
    data = book(tmp_path, {"Mutaties": [["Boekdatum", *NAMES[2:]], *rows]})
    answers = {"date": "dd-mm-jjjj", "columns.year": "Boekdatum", "columns.period": "Boekdatum"}
    told = landed(tmp_path / "right", data, "xlsx", answers | {"swapped_days": "true"})
    assert (told.rows, told.asked[-1]) == (TRUE, "swapped_days")
    told = landed(tmp_path / "wrong", data, "xlsx", answers | {"swapped_days": "false"})
    assert [row[1] for row in told.rows] == [day if day < 13 else row[1] for row, day in zip(TRUE, of, strict=True)]


@pytest.mark.parametrize(("head", "months"), [("Tertaal", 4), ("Halfjaar", 6)])
def test_a_period_of_more_months(tmp_path: Path, head: str, months: int) -> None:
    """It stands in its last month; a year in thirds lay in January, February and March."""
    true = [(row[0], (row[1] - 1) // months + 1, *row[2:]) for row in TRUE]
    rows = [f"{codes(row)};{nl(row[-1])}" for row in true]
    data = text(f"{HEAD.replace('Periode', head)};Bedrag", *rows)
    told = landed(tmp_path, data, "csv", {"columns.period": head, "period_months": str(months)})
    assert [row[1] for row in told.rows] == [row[1] * months for row in true]
    assert "period_months" in told.asked


@pytest.mark.parametrize("word", ["Beginbalans", "Openingsbalans", "Openingsbalans 2025"])
def test_an_opening_balance_is_no_posting(tmp_path: Path, word: str) -> None:
    """In period 0 it was counted with the costs."""
    rows = [f"2025;0;{row[2]};{row[3]};{word};900,00" for row in TRUE[:2]]
    rows += [f"{codes(row)};{nl(row[-1])}" for row in TRUE]
    told = landed(tmp_path, text(f"{HEAD};Bedrag", *rows), "csv", {"leave_out": f"Omschrijving={word}"})
    assert told.rows == TRUE


@pytest.mark.parametrize("back", [[-21_380, 145, -2_719, 1_333], [-50_000, 1, 2, 3]])
def test_a_credit_column_of_both_signs_is_asked_about(tmp_path: Path, back: list[int]) -> None:
    """As many corrections as credits, or smaller ones: the minus belongs to the column, and nobody was asked."""
    costs = [f"2025;{at};4300;7110;Huur;{nl(10_000 * at)};" for at in range(1, 6)]
    credit = [f"2025;{at};8200;7120;Baten;;{nl(cents)}" for at, cents in enumerate(back, 1)]
    told = landed(tmp_path, text(f"{HEAD};Debet;Credit", *costs, *credit), "csv", {"negative_credit": "true"})
    assert told.asked == ["negative_credit"]
    assert [row[-1] for row in told.rows[5:]] == back


def test_a_lone_quote_hides_no_sign(tmp_path: Path) -> None:
    """The rows between two lone quotes were looked at as one text, and the only credit note among them was not seen."""
    words = ["Factuur", "Factuur", "Creditnota", "Factuur", "Factuur", "Factuur"]
    texts = ["Huur", '"De Klinker, za', "Terug", 'zaal De Klinker"', "Huur", "Huur"]
    rows = [
        f"2025;{at};4300;7110;{what};{nl(1_000 * at)};{word}"
        for at, (what, word) in enumerate(zip(texts, words, strict=True), 1)
    ]
    answers = {"quotes": "false", "sign.column": "Documentsoort"}
    told = landed(tmp_path, text(f"{HEAD};Bedrag;Documentsoort", *rows), "csv", answers)
    assert {"quotes", "sign.column"} <= set(told.asked)
    assert [row[-1] for row in told.rows] == [1_000, 2_000, -3_000, 4_000, 5_000, 6_000]


def test_a_factor_stands_beside_amounts_of_four_decimals(tmp_path: Path) -> None:
    """Under a name that nobody knows they were no money to a proposal, which then asked for no sign."""
    rows = [f"{codes(row)};{nl(abs(row[-1]))}00;{1 if row[-1] > 0 else -1}" for row in TRUE]
    answers = {"sign.column": "Factor", "columns.amount": "Waarde"}
    told = landed(tmp_path, text(f"{HEAD};Waarde;Factor", *rows), "csv", answers)
    assert "sign.column" in told.asked
    assert told.rows == TRUE


def test_the_dash_for_no_cents_is_no_sign(tmp_path: Path) -> None:
    """`1.250,-` beside a factor: each amount seemed to have its own sign, and no sign was asked for."""
    whole = [(row, abs(row[-1]) // 100 + 1) for row in TRUE]
    rows = [f"{codes(row)};{euros},-;{1 if row[-1] > 0 else -1}" for row, euros in whole]
    told = landed(tmp_path, text(f"{HEAD};Bedrag;Factor", *rows), "csv", {"sign.column": "Factor"})
    assert [row[-1] for row in told.rows] == [euros * (100 if row[-1] > 0 else -100) for row, euros in whole]
