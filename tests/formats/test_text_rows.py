"""Rows that are no postings and rows that ask: lines of text, costs below zero, a sign that stands twice, no amount."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from gebiedswerk.core.faults import errors
from gebiedswerk.dossier.settings import Flows, LeftOut, Profile, SignColumn
from tests.formats.test_amounts import read_csv

CODES = {"year": "Jaar", "period": "Periode", "ledger_account": "Rekening", "cost_centre": "Plaats"}
FLOWS = Flows("Rekening", ["8*"])
ONE = Profile(columns={**CODES, "amount": "Bedrag"}, flows=FLOWS)
TWO = Profile(columns={**CODES, "debit": "Debet", "credit": "Credit"}, flows=FLOWS)
HEAD = "Jaar;Periode;Rekening;Plaats;Tekst;Bedrag"
COSTS = "2019;1;4300;7110;Huur;100,00"
LINES = [
    *("Afgedrukt op 12-01-2026 10:14;;;;;", ";;;;Einde overzicht;", ";Pagina 1;;;;", ";;Eindrapport;;;"),
    *("Jaarrekening;;4300;7110;Huur;", "2019;;;7110;Toelichting;"),
]


@pytest.mark.parametrize("line", LINES)
def test_a_line_of_text_is_named_and_can_be_left_out(tmp_path: Path, line: str) -> None:
    """Without amount, and without year or period: one fault for the line, none for its cells."""
    _, faults = read_csv(tmp_path, ONE, HEAD, COSTS, line)
    (found,) = faults
    assert (found.code, found.row) == ("L240", 3)
    text = tuple(filter(None, [found.value]))
    rule = LeftOut(str(found.column), [*text], empty=not text)
    read, faults = read_csv(tmp_path, replace(ONE, leave_out=[rule]), HEAD, COSTS, line)
    assert (read.lines, faults) == (1, ())


@pytest.mark.parametrize("line", ["2019;1;4300;7110;Huur;", "2019;x;4300;7110;Huur;5,00", ";;4300;7110;;1,00"])
def test_a_posting_that_lacks_something_is_no_line_of_text(tmp_path: Path, line: str) -> None:
    """What has an amount, or both year and period, keeps the faults of its cells."""
    _, faults = read_csv(tmp_path, ONE, HEAD, COSTS, line)
    assert {one.code for one in faults} <= {"L106", "L108"}
    assert faults


def test_a_text_that_looks_like_a_total_is_kept_when_the_profile_says_so(tmp_path: Path) -> None:
    """Both in full and with a star, whatever the capitals."""
    line = "2019;1;4300;7110;Totaal onderhoud plein;5,00"
    for keep, codes in (
        ([], ["L180"]),
        (["totaal onderhoud*"], []),
        (["Totaal onderhoud plein"], []),
        (["x"], ["L180"]),
    ):
        _, faults = read_csv(tmp_path, replace(ONE, keep=keep), HEAD, COSTS, line)
        assert [one.code for one in faults] == codes


BELOW = ["2019;1;4300;7110;Huur;-100,00", "2019;1;8200;7110;Huur;25,00"]


def test_costs_below_zero_are_asked_about(tmp_path: Path) -> None:
    """Three in four or together; nobody is asked who said it, nor where a credit note is one of many."""
    assert [one.code for one in read_csv(tmp_path, ONE, HEAD, *BELOW)[1]] == ["L241"]
    said = replace(ONE, negative_costs=True)
    read, faults = read_csv(tmp_path, said, HEAD, *BELOW)
    assert (read.debit_cents, read.credit_cents, faults) == (10000, 2500, ())
    so = replace(ONE, negative_costs=False, unsigned_income=False)
    assert read_csv(tmp_path, so, HEAD, *BELOW)[1] == ()
    back, more = "2019;1;4300;7110;Huur;-1,00", "2019;1;4300;7110;Huur;-200,00"
    assert not errors(read_csv(tmp_path, ONE, HEAD, back, back, COSTS)[1])
    assert not errors(read_csv(tmp_path, ONE, HEAD, "2019;1;8200;7110;Huur;-1,00")[1])  # no costs at all
    for rows in ([back, back, back, COSTS], [more, COSTS, COSTS.replace("100", "1")]):
        assert [one.code for one in errors(read_csv(tmp_path, ONE, HEAD, *rows)[1])] == ["L241"]


@pytest.mark.parametrize(
    ("income", "asked"), [(["5"], True), (["5", "-9"], True), (["5", "-1", "-1"], True), (["5", "-3", "-3"], False)]
)
def test_income_above_zero_is_asked_about(tmp_path: Path, income: list[str], asked: bool) -> None:
    """Together, or in half of the rows and more: a large refund does not make income signed."""
    rows = [f"2019;1;8200;7110;Huur;{one},00" for one in income]
    codes = [one.code for one in errors(read_csv(tmp_path, ONE, HEAD, COSTS, *rows)[1])]
    assert codes == (["L186"] if asked else [])


SIGNED = replace(ONE, sign=SignColumn("Tekst", ["C"], ["D"]))


def test_a_sign_that_stands_twice_is_asked_about(tmp_path: Path) -> None:
    """All amounts beside C stand below zero already: counted by both, credit would be debit."""
    rows = ["2019;1;4300;7110;D;100,00", "2019;1;8200;7110;C;-25,00", "2019;2;8200;7110;C;0,00"]
    assert [one.code for one in read_csv(tmp_path, SIGNED, HEAD, *rows)[1]] == ["L242"]
    for signed, credit in ((True, 2500), (False, -2500)):
        profile = replace(SIGNED, sign=replace(SIGNED.sign or SignColumn("", []), signed=signed))
        read, faults = read_csv(tmp_path, profile, HEAD, *rows)
        assert (read.debit_cents, read.credit_cents, faults) == (10000, credit, ())
    for other in ("2019;3;8200;7110;C;3,00", "2019;3;4300;7110;D;-3,00"):
        assert read_csv(tmp_path, SIGNED, HEAD, *rows, other)[1] == ()


def test_a_row_without_debit_and_credit_is_said(tmp_path: Path) -> None:
    """It counts as nothing, and nobody has to find out by hand."""
    head = "Jaar;Periode;Rekening;Plaats;Debet;Credit"
    read, (found,) = read_csv(tmp_path, TWO, head, "2019;1;4300;7110;100,00;", "2019;2;4300;7110;;")
    assert (read.lines, found.code, found.row, found.value) == (2, "L243", 3, "3")
    usual = ["2019;1;4300;7110;1,00;0,00", "2019;2;4300;7110;0,00;2,00"]
    lost = read_csv(tmp_path, TWO, head, *usual, "2019;2;4300;7110;;0,00")[1]
    assert [(one.code, one.row) for one in lost] == [("L243", 4)]
    for more in ([], ["2019;3;4300;7110;0,00;0,00"], ["2019;3;4300;7110;3,00;"]):
        assert read_csv(tmp_path, TWO, head, *usual, *more)[1] == ()
    assert read_csv(tmp_path, TWO, head, *usual, "2019;3;4300;7110;3,00;", "2019;3;4300;7110;0,00;")[1] == ()


@pytest.mark.parametrize(("cell", "cents"), [("1.250,-", 125000), ("1250,", 125000), ("-3,-", -300)])
def test_a_dash_for_no_cents(tmp_path: Path, cell: str, cents: int) -> None:
    """As people write whole euros."""
    read, faults = read_csv(tmp_path, ONE, HEAD, COSTS, f"2019;1;4300;7110;Huur;{cell}")
    assert (read.postings["cents"].to_list(), faults) == ([10000, cents], ())
