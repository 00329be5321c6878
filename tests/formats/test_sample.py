"""An export made as a print: title and header again on each page, of one row or two, and lines of text between them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from gebiedswerk.core.faults import errors
from gebiedswerk.dossier.settings import Flows, LeftOut, Profile
from gebiedswerk.formats.guess_profile import guessed
from gebiedswerk.formats.sample import of_text, of_workbook
from gebiedswerk.formats.xlsx import importer
from tests.formats.books import brief, read_book, write_book
from tests.formats.forms import FORMS, write_form
from tests.formats.test_amounts import read_csv

TABLES = [form for form in FORMS if form != "xaf"]
TITLE = [["Gemeente Wilgendam"], ["Grootboek 2019"], []]
HEAD = [
    ["Boeking", "", "Rekening", "", "2019", "", "2018"],
    ["Jaar", "Periode", "Grootboek", "Kostenplaats", "Debet", "Credit", "Debet"],
]
MERGED = [["Jaar", "Periode", "Grootboek", "Kostenplaats", "Bedragen", ""], ["", "", "", "", "Debet", "Credit"]]
ROWS = [["2019", str(at), "43800", "7110", f"{at},50", "", "9,99"] for at in range(1, 6)]
COLUMNS = {
    "year": "Boeking Jaar",
    "period": "Boeking Periode",
    "ledger_account": "Rekening Grootboek",
    "cost_centre": "Rekening Kostenplaats",
    "debit": "2019 Debet",
    "credit": "2019 Credit",
}
PROFILE = Profile(columns=COLUMNS, flows=Flows("Rekening Grootboek", ["8*"]), header_row=4, header_rows=2)


@pytest.mark.parametrize("form", TABLES)
def test_title_and_header_of_two_rows_on_each_page(form: str, tmp_path: Path) -> None:
    """Passed over and said, row for row; the number of a page is asked about, and left out."""
    pages = [[*TITLE[:2], [f"Pagina {at} van 3"], *HEAD] for at in (2, 3)]
    file = write_form(form, tmp_path, [*TITLE, *HEAD, *ROWS, *pages[0], *ROWS, *pages[1], *ROWS])
    read, faults = read_book(file, PROFILE)
    again = "11, 12, 14, 15, 21, 22, 24, 25"
    assert brief(faults)[:2] == [("L183", 11, None, again), ("L240", 13, "Boeking Jaar", "Pagina 2 van 3")]
    said = replace(PROFILE, leave_out=[LeftOut("Boeking Jaar", ["Pagina*"])])
    read, faults = read_book(file, said)
    assert (read.lines, read.debit_cents, brief(faults)[0]) == (15, 5250, ("L183", 11, None, again))
    assert {one.code for one in faults} == {"L183", "L181"}


@pytest.mark.parametrize("form", TABLES)
def test_a_header_of_merged_cells_is_seen(form: str, tmp_path: Path) -> None:
    """By its names; what stands there again is no posting of the sample."""
    rows = [*(row[:6] for row in ROWS[:4]), ["2019", "5", "82000", "7110", "", "3,00"]]
    file = write_form(form, tmp_path, [*TITLE[:2], *MERGED, *rows, *TITLE[:1], *MERGED, *rows])
    sample = (of_text if form in ("csv", "unicode text") else of_workbook)(file)
    assert sample is not None
    assert (sample.header_row, sample.header_rows, len(sample.rows)) == (3, 2, 10)
    found = {guess.key: guess.value for guess in guessed(sample).columns if guess.value}
    assert (found["debit"], found["credit"]) == ("Bedragen Debet", "Bedragen Credit")


def test_a_name_that_stands_twice_is_told_apart_by_the_row_below(tmp_path: Path) -> None:
    """As where columns of amounts do not stand beside each other."""
    rows = [["2019", "1,50", "7110", "2,50"]] * 3
    file = write_form(
        "xlsx", tmp_path, [["Jaar", "Bedragen", "Kostenplaats", "Bedragen"], ["", "Debet", "", "Credit"], *rows]
    )
    sample = of_workbook(file)
    assert sample is not None
    assert sample.header_rows == 2
    assert sample.header[3] == "Bedragen Credit"


def test_a_large_sheet_is_read_as_a_small_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A title that stands again far below the rows in which both ways are compared."""
    columns = {name: header.partition(" ")[2] for name, header in COLUMNS.items()}
    plain = replace(PROFILE, columns=columns, flows=Flows("Grootboek", ["8*"]), header_row=2, header_rows=1)
    rows = [["Plein", 2019, 1, "43800", "7110", 1.5, 2.5] for _ in range(importer.SAMPLE + 20)]
    head = ["Tekst", "Jaar", "Periode", "Grootboek", "Kostenplaats", "Debet", "Credit"]
    file = write_book(tmp_path / "f.xlsx", [["Grootboek 2019"], head, *rows, ["Grootboek 2019"], *rows])
    careful = read_book(file, plain)
    assert [one.code for one in careful[1]] == ["L183", "L181"]
    monkeypatch.setattr(importer, "SMALL", 0)
    quick = read_book(file, plain)
    assert (quick[0].lines, quick[1]) == (careful[0].lines, careful[1])


ONE = Profile(
    columns={"year": "Jaar", "period": "Periode", "ledger_account": "Rekening", "amount": "Bedrag"},
    flows=Flows("Rekening", ["8*"]),
)
POSTING = "2019;1;4300;1,00;"


@pytest.mark.parametrize(
    "line", ["Einde overzicht", "Pagina 2 van 3", "Gemeente Wilgendam;", "Afgedrukt op 1-2-2019;;;;;;"]
)
def test_a_line_of_words_is_no_broken_row(tmp_path: Path, line: str) -> None:
    """It has no marks between its cells, as packages write what stands below a report: asked about, like any text."""
    _, faults = read_csv(tmp_path, ONE, "Jaar;Periode;Rekening;Bedrag;Tekst", POSTING, line)
    assert [(one.code, one.row) for one in faults] == [("L240", 3)]


@pytest.mark.parametrize(
    "line", ["2019", "2019;1", "maart 2019", "periode 3", "2019;1;4300", "4300", "Inkoop", "Huur;2019"]
)
def test_a_row_that_was_cut_off_is_one(tmp_path: Path, line: str) -> None:
    """A word alone, a year or a period may be all that is left of a posting."""
    _, faults = read_csv(tmp_path, ONE, "Jaar;Periode;Rekening;Bedrag;Tekst", POSTING, line)
    assert [(one.code, one.row) for one in faults] == [("L118", 3)]


@pytest.mark.parametrize(
    ("head", "column"),
    [("Jaar;Periode;Rekening;Bedrag;", ""), ("Jaar;Periode;Rekening;Bedrag;Tekst;Tekst", "Tekst (1)")],
)
def test_a_total_in_a_column_that_is_hard_to_name(tmp_path: Path, head: str, column: str) -> None:
    """Without a name, or with one that another has: it is known by its text, wherever that stands."""
    more = ";" * (head.count(";") - 4)
    rows = (f"2019;1;4300;1,00;Huur{more}", f"2019;1;4300;2,00;x{more}", f"2019;1;;3,00;Totaal{more}")
    _, faults = read_csv(tmp_path, ONE, head, *rows)
    (found,) = errors(faults)
    assert (found.code, found.row, found.column) == ("L180", 4, column)
    for named in {"", column}:
        read, faults = read_csv(tmp_path, replace(ONE, leave_out=[LeftOut(named, ["totaal"])]), head, *rows)
        assert (read.lines, read.debit_cents, errors(faults)) == (2, 300, [])


def test_a_total_is_held_against_its_rows_beside_a_question(tmp_path: Path) -> None:
    """What does not change an amount does not put that off: all faults in one run."""
    rows = (POSTING, "2019;1;4300;2,00;", "2019;1;;4,00;Totaal", "Einde overzicht;;;;")
    said = replace(ONE, leave_out=[LeftOut("Tekst", ["Totaal"])])
    _, faults = read_csv(tmp_path, said, "Jaar;Periode;Rekening;Bedrag;Tekst", *rows)
    assert [(one.code, one.row) for one in faults] == [("L240", 5), ("L184", 4)]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("end", ["", "\n", "\x1a", "\n\x1a\0\0"])
def test_the_last_letter_of_a_sample_is_whole(encoding: str, end: str, tmp_path: Path) -> None:
    """A letter of two bytes may end in a byte that is nothing; it is no end of the text."""
    path = tmp_path / "f.csv"
    path.write_bytes(("Jaar;Bedrag;D/C\n2019;1,00;D\n2019;2,00;C" + end).encode(encoding))
    sample = of_text(path)
    assert sample is not None
    assert sample.rows == [["2019", "1,00", "D"], ["2019", "2,00", "C"]]
    guesses = guessed(sample)
    assert guesses.sign is not None and guesses.sign.column == "D/C"


def test_a_file_without_a_column_of_amounts_is_no_crash(tmp_path: Path) -> None:
    """Most of one holds amounts: it is a choice, and nothing more."""
    path = tmp_path / "f.csv"
    rows = "".join(f"2019;{at};4300;{at},50\n" for at in range(1, 9))
    path.write_text(f"Jaar;Periode;Rekening;Wat\n2019;1;4300;Debet\n{rows}", "utf-8")
    sample = of_text(path)
    assert sample is not None
    amount = next(guess for guess in guessed(sample).columns if guess.key == "amount")
    assert (amount.value, amount.others, amount.sure) == (None, ("Wat",), False)
