"""One meaning per cell, whatever file it stands in: each notation in CSV, XLSX, XAF, SpreadsheetML, ODS and HTML."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from gebiedswerk.core.faults import Checked, errors
from gebiedswerk.dossier.settings import Flows, Profile
from gebiedswerk.formats.normalise import bare_day
from gebiedswerk.formats.registry import ReadFile
from tests.formats.books import PROFILE, read_book
from tests.formats.forms import FORMS, write_form

NBSP, NARROW, THIN = "\u00a0", "\u202f", "\u2009"
AMOUNTS: dict[str, int | str] = {
    "1.250,00": 125000,
    "1250": 125000,
    "1.250": 125000,
    ",47": 47,
    "-,50": -50,
    "200,0000": 20000,
    "109,": 10900,
    "110,7": 11070,
    "-5,00": -500,
    "\u22125,00": -500,
    "\u20135,00": -500,
    "- 5,00": -500,
    "(5,00)": -500,
    "€ 1.250,00": 125000,
    "1.250,00 €": 125000,
    "EUR 1.250,00": 125000,
    "1.250,00 EUR": 125000,
    "eur 3": 300,
    "€ -5": -500,
    "-€ 5": -500,
    "€ \u22125": -500,
    "(€ 5,00)": -500,
    "5,-": 500,
    "€ 5,-": 500,
    "'1234": 123400,
    "1'250,00": 125000,
    "1\u2019250,00": 125000,
    "1 250,00": 125000,
    f"1{NBSP}250,00": 125000,
    f"1{NARROW}250,00": 125000,
    f"1{THIN}250,00": 125000,
    f"€{NBSP}5,00": 500,
    f"{NBSP}5,00{NARROW}": 500,
    "40,800000000000004": 4080,
    "-": 0,
    "\u2013": 0,
    "\u2014": 0,
    "-,-": 0,
    "NULL": "L198",
    "null": "L198",
    "nan": "L198",
    "n.v.t.": "L198",
    "WAAR": "L198",
    "true": "L198",
    "25%": "L198",
    "#N/B": "L165",
    "#REF!": "L165",
    "#WAARDE!": "L165",
    "########": "L165",
    "7,13E+03": "L178",
    "1E+03": "L178",
    "12:30": "L179",
    "03-12-2025": "L179",
    "2025-12-03": "L179",
    "1-jan": "L179",
    "jan-25": "L179",
    "3-dec-2025": "L179",
    "5-": "L106",
    "1,250.00": "L106",
    "1.25": "L106",
    "1,234": "L106",
    "1.250,--": "L106",
    "-€ -5": "L106",
    "x": "L106",
    "": "L106",
}
"""How an amount is written (with a decimal comma) → its cents, or the fault that says what it is."""
PLAIN = replace(PROFILE, columns={name: header for name, header in PROFILE.columns.items() if name != "booked_on"})
HEADERS = list(PLAIN.columns.values())


def read_in(form: str, folder: Path, amounts: list[str], profile: Profile = PLAIN) -> Checked[ReadFile]:
    """Rows that are alike but for their amount and text, in a file of this form."""
    rows = [["2019", "3", "43800", "7110", f"nr {at}", amount] for at, amount in enumerate(amounts)]
    path = write_form(form, folder, [HEADERS, *rows])
    one = Profile(flows=Flows(balance=[])) if form == "xaf" else profile
    return read_book(path, one)


def written_in(form: str, amount: str) -> str:
    """An amount as a file writes it: an audit file has a decimal point, and no mark between thousands."""
    return amount.translate({ord("."): None, ord(","): "."}) if form == "xaf" else amount


@pytest.mark.parametrize("form", FORMS)
def test_an_amount_is_read_alike_in_every_file(form: str, tmp_path: Path) -> None:
    """Every way to write one that can be meant in one way only, to the cent."""
    meant = {amount: cents for amount, cents in AMOUNTS.items() if isinstance(cents, int)}
    read, faults = read_in(form, tmp_path, [written_in(form, amount) for amount in meant])
    assert not errors(faults), faults
    cents = read.postings["cents"].to_list()
    if form == "xaf":
        assert [-one for one in cents[::2]] == cents[1::2]  # in credit it is the same, with the other sign
        cents = cents[::2]
    assert dict(zip(meant, cents, strict=True)) == meant


OTHER_IN_XAF = ("1.25", "1,250.00", "1.250,--")
"""Without a mark between thousands these are another text."""


@pytest.mark.parametrize("form", FORMS)
def test_what_is_no_amount_is_called_the_same_in_every_file(form: str, tmp_path: Path) -> None:
    """By a fault at its row that says what it is; beside amounts that can be read."""
    meant = {amount: code for amount, code in AMOUNTS.items() if isinstance(code, str)}
    meant = {amount: code for amount, code in meant.items() if form != "xaf" or amount not in OTHER_IN_XAF}
    read, faults = read_in(form, tmp_path, [written_in(form, "1,00"), *(written_in(form, one) for one in meant)])
    assert read.lines == 0
    named = [(one.row, one.code) for one in errors(faults) if one.row and one.column in ("Bedrag", "amnt")]
    said = {(row + 1) // 2 if form == "xaf" else row - 1: code for row, code in named}
    assert said == dict(enumerate(meant.values(), start=2))


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2024-12-31T23:00:00Z", "2025-01-01"),
        ("2025-06-30T22:00:00Z", "2025-07-01"),
        ("2025-06-30T21:59:59Z", "2025-06-30"),
        ("2024-12-31 22:59Z", "2024-12-31"),
        ("2024-12-31T23:00:00+00:00", "2025-01-01"),
        ("2025-01-01T00:00:00+01:00", "2025-01-01"),
        ("2024-12-31T18:30:00.000-0500", "2025-01-01"),
        ("2025-01-01T00:00:00Z", "2025-01-01"),
        ("2025-01-01T00:00:00", "2025-01-01"),
        ("2025-02-30T23:30:00Z", "2025-02-30"),
        ("9999-12-31T23:30:00Z", "9999-12-31"),
    ],
)
def test_a_moment_of_another_zone_is_the_day_it_was_here(cell: str, day: str) -> None:
    """An export out of an API has midnight of the first of January as 23:00 of the day before."""
    assert bare_day(cell) == day
