"""Rows through a profile: every way to write an amount and its sign, the columns of a decision; with slow twins."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gebiedswerk.core.money import MOST_CENTS
from gebiedswerk.dossier.settings import BudgetKinds, DeliveryKind, Flows, Profile, SignColumn
from gebiedswerk.formats.amounts import NEAR, number_cents, read_amounts
from gebiedswerk.formats.period_cells import year_period
from gebiedswerk.language.numbers_and_dates import parse_cents
from tests.formats.books import brief, read_book

MARKS = [(",", "."), (".", ","), (",", ""), (".", ""), (",", " "), (".", "'"), (",", "."), (",", ",")]
AMOUNTS = st.one_of(
    st.text(alphabet="0123456789.,-−+ '", max_size=12),
    st.from_regex(r"[-+−]?(0|[1-9][0-9]{0,2})([.,' ][0-9]{3}){0,3}([.,][0-9]{0,3})?[-−]?", fullmatch=True),
    st.integers(-(10**14), 10**14).map(lambda n: f"{n:,}"),
)


def cents_at_once(texts: list[str], decimal: str, thousands: str, *, trailing_minus: bool) -> list[int | None]:
    column = pl.Series("a", texts, dtype=pl.String)
    return read_amounts(column, decimal, thousands, trailing_minus=trailing_minus).to_list()


@given(st.lists(AMOUNTS, min_size=1, max_size=20), st.sampled_from(MARKS), st.booleans())
def test_amounts_equal_the_slow_twin(texts: list[str], marks: tuple[str, str], trailing: bool) -> None:
    """A column at once is what `core.dutch.parse_cents` says of each cell, as far as an amount can be meant."""
    stripped = [text.strip() for text in texts]
    slow = [parse_cents(text, *marks, trailing_minus=trailing) for text in stripped]
    reach = [cents if cents is not None and abs(cents) < MOST_CENTS else None for cents in slow]
    assert cents_at_once(stripped, *marks, trailing_minus=trailing) == reach


@given(st.integers(-MOST_CENTS + 1, MOST_CENTS - 1), st.sampled_from(MARKS[:2]))
def test_amounts_as_most_packages_write_them(cents: int, marks: tuple[str, str]) -> None:
    """With marks for thousands and two decimals: what the quick way takes, beside cells that it leaves."""
    decimal, thousands = marks
    whole, rest = divmod(abs(cents), 100)
    text = f"{'-' if cents < 0 else ''}{whole:,}".replace(",", thousands) + f"{decimal}{rest:02d}"
    assert cents_at_once(["", text, "x", f"{text}0", "5"], *marks, trailing_minus=False) == [
        None,
        cents,
        None,
        None,
        500,
    ]


def test_a_trailing_minus_is_asked_for() -> None:
    """`1.250,00-` is no amount unless the profile says so; two signs never are."""
    texts = ["1.250,00-", "3−", "-3", "-3-", "+3-", "3--", "3 -"]
    assert cents_at_once(texts, ",", ".", trailing_minus=False) == [None, None, -300, None, None, None, None]
    assert cents_at_once(texts, ",", ".", trailing_minus=True) == [-125000, -300, -300, None, None, None, None]


@given(st.lists(st.one_of(st.floats(), st.integers(-(10**13), 10**13).map(lambda n: n / 100)), min_size=1))
def test_numbers_equal_the_slow_twin(numbers: list[float]) -> None:
    """Whole cents within a millionth of a euro, counted exactly; what is larger than can be meant is none."""
    frame = pl.DataFrame({"a": numbers}, schema={"a": pl.Float64}, strict=False)
    found = frame.select(number_cents("a")).to_series().to_list()
    for number, cents in zip(numbers, found, strict=True):
        finite = number == number and abs(number) < MOST_CENTS / 100
        nearest = round(Decimal(number) * 100) if finite else 0
        off = abs(Decimal(number) - Decimal(nearest) / 100) if finite else Decimal(1)
        if abs(off - Decimal(NEAR)) > Decimal("1e-12"):  # at the very edge either answer will do
            slack = (
                Decimal("1e-5") if finite and abs(number) > 10**8 else Decimal(0)
            )  # a number that large is not finer
            assert cents == (nearest if off <= Decimal(NEAR) else None) or slack and off < slack, number


@given(st.integers(-MOST_CENTS + 1, MOST_CENTS - 1))
def test_every_amount_survives_a_spreadsheet(cents: int) -> None:
    """Written as a number and read again, no cent is lost."""
    frame = pl.DataFrame({"a": [cents / 100]})
    assert frame.select(number_cents("a")).item() == cents


@given(st.lists(st.sampled_from(["7110", " 7110", "7110 ", "\t7110", "7110\u00a0", "\u20037110", " "]), min_size=1))
def test_spaces_around_cells_say_nothing(centres: list[str]) -> None:
    """Whatever spaces an export puts around its cells, all at once as cell by cell; a row of spaces is blank."""
    with TemporaryDirectory() as folder:
        rows = [f"2019;3;{centre};1,50;x" if centre.strip() else " ;; ;\t;" for centre in centres]
        rows.append(";;;;only in a column that nothing reads")
        read, faults = read_csv(Path(folder), PLAIN, "Jaar;Periode;Kostenplaats;Bedrag;Meer", *rows)
    assert ("L240", len(rows) + 1) in {(one.code, one.row) for one in faults}
    assert {one.code for one in faults} <= {"L240", "L181", "L110"}  # where no posting is left, or two are the same
    filled = [row for row, centre in enumerate(centres, start=2) if centre.strip()]
    with TemporaryDirectory() as folder:
        read, faults = read_csv(Path(folder), PLAIN, "Jaar;Periode;Kostenplaats;Bedrag;Meer", *rows[:-1])
    if filled:
        assert {one.code for one in faults} <= {"L181"}  # two of these rows may be the same
        assert read.postings["row"].to_list() == filled
        assert set(read.postings["cost_centre"]) == {"7110"}


# --- files ---------------------------------------------------------------------------------------------------------

COLUMNS = {"year": "Jaar", "period": "Periode", "cost_centre": "Kostenplaats", "amount": "Bedrag"}
PLAIN = Profile(COLUMNS, Flows("Kostenplaats", ["8*"]))


def read_csv(folder: Path, profile: Profile, head: str, *rows: str, **settings: Any) -> Any:
    path = folder / "f.csv"
    path.write_text("\n".join([head, *rows]) + "\n", "utf-8")
    return read_book(path, profile, **settings)


def test_a_blank_line_where_the_header_should_be(tmp_path: Path) -> None:
    """The header stands one line lower than the profile says: no column is found, said once and not for each row."""
    assert brief(read_csv(tmp_path, PLAIN, "", "Jaar;Periode;Kostenplaats;Bedrag", "2019;1;7110;1,00")[1]) == [
        ("L104", 1, None, "Jaar, Periode, Kostenplaats, Bedrag")
    ]


SIGNS = {
    "signed": (PLAIN, "Bedrag", ["12,50", "-3,00", "−1,00"]),
    "trailing minus": (replace(PLAIN, trailing_minus=True), "Bedrag", ["12,50", "3,00-", "-1,00"]),
    "debit and credit": (
        replace(PLAIN, columns={k: v for k, v in COLUMNS.items() if k != "amount"} | {"debit": "D", "credit": "C"}),
        "D;C",
        ["12,50;", ";3,00", "0;1,00"],
    ),
    "N/V": (replace(PLAIN, sign=SignColumn("N/V", ["V"])), "Bedrag;N/V", ["12,50;N", "3,00;V", "1,00;V"]),
    "D/C": (replace(PLAIN, sign=SignColumn("D/C", ["C"], ["D"])), "Bedrag;D/C", ["12,50;D", "3,00;C", "1,00;C"]),
}


@pytest.mark.parametrize("name", SIGNS)
def test_every_sign_convention(tmp_path: Path, name: str) -> None:
    """The same three postings, written in five ways: a cost, an income and one more."""
    profile, head, cells = SIGNS[name]
    rows = [f"2019;3;7110;{cell}" for cell in cells]
    read, faults = read_csv(tmp_path, profile, f"Jaar;Periode;Kostenplaats;{head}", *rows)
    assert not faults
    assert read.postings["cents"].to_list() == [1250, -300, -100]
    assert (read.debit_cents, read.credit_cents) == (1250, 400)


def test_a_storno_stays_on_its_side(tmp_path: Path) -> None:
    """With a D/C column an amount below zero takes back: debit −5 is less debit, not more credit."""
    profile = replace(PLAIN, sign=SignColumn("D/C", ["C"], ["D"]))
    read, _ = read_csv(tmp_path, profile, "Jaar;Periode;Kostenplaats;Bedrag;D/C", "2019;1;1;-5;D", "2019;1;1;-2;C")
    assert read.postings["cents"].to_list() == [-500, 200]
    assert (read.debit_cents, read.credit_cents) == (-500, -200)


def test_a_sign_that_nobody_knows(tmp_path: Path) -> None:
    """With `positive` every other mark is a fault; without it, all else counts as it is."""
    head, rows = "Jaar;Periode;Kostenplaats;Bedrag;N/V", ["2019;1;1;5;N", "2019;1;1;5;n.v.t.", "2019;1;1;5;"]
    strict = replace(PLAIN, sign=SignColumn("N/V", ["V"], ["N"]))
    faults = read_csv(tmp_path, strict, head, *rows)[1]
    assert brief(faults) == [("D105", 3, "N/V", "n.v.t."), ("D105", 4, "N/V", "")]
    assert dict(faults[0].facts)["choices"] == ("N", "V")
    lenient = replace(PLAIN, sign=SignColumn("N/V", ["V"]))
    assert read_csv(tmp_path, lenient, head, *rows)[0].debit_cents == 1500


def test_a_sign_column_needs_an_amount(tmp_path: Path) -> None:
    """And must stand in the file."""
    profile, head, _ = SIGNS["debit and credit"]
    found = read_csv(tmp_path, replace(profile, sign=SignColumn("N/V", ["V"])), f"Jaar;Periode;Kostenplaats;{head}", "")
    assert brief(found[1]) == [("L103", None, "columns.amount", None), ("L104", 1, "N/V", "N/V")]


def test_codes_that_are_errors_of_a_spreadsheet(tmp_path: Path) -> None:
    """A CSV that came out of one may hold them too, in Dutch or in English."""
    rows = ["2019;1;#VERW!;5", "2019;1;#N/A;5", "2019;1;7110;5", "2019;1;#1;5"]
    faults = read_csv(tmp_path, PLAIN, "Jaar;Periode;Kostenplaats;Bedrag", *rows)[1]
    assert brief(faults) == [("L165", 2, "Kostenplaats", "#VERW!"), ("L165", 3, "Kostenplaats", "#N/A")]


def test_a_header_further_down(tmp_path: Path) -> None:
    """What stands above it is passed over, however many cells it has; rows keep their number."""
    rows = ["Export;van;12 maart", "", "Jaar;Periode;Kostenplaats;Bedrag", "2019;1;1;5", "", "2019;1;1;x"]
    found = read_csv(tmp_path, replace(PLAIN, header_row=4), "Titel", *rows)
    assert brief(found[1]) == [("L106", 7, "Bedrag", "x")]
    assert read_csv(tmp_path, replace(PLAIN, header_row=4), "Titel", *rows[:4])[0].postings["row"].to_list() == [5]


def test_commitments_need_no_period(tmp_path: Path) -> None:
    """They are a stand on a day; realised postings do need one."""
    profile = replace(PLAIN, columns={name: h for name, h in COLUMNS.items() if name != "period"})
    head, row = "Jaar;Kostenplaats;Bedrag", "2019;7110;5"
    read, faults = read_csv(tmp_path, profile, head, row, kind=DeliveryKind.COMMITMENT)
    assert (faults, read.postings.select("kind", "period", "cents").rows()) == ((), [("commitment", 0, 500)])
    assert brief(read_csv(tmp_path, profile, head, row)[1]) == [("L103", None, "columns.period", None)]


# --- budgets -------------------------------------------------------------------------------------------------------

DECIDED = {"budget_kind": "Soort", "number": "Besluit", "authority": "Door", "decided_on": "Op", "complete": "Heel"}
BUDGET = replace(
    PLAIN,
    columns={"year": "Jaar", "cost_centre": "Kostenplaats", "amount": "Bedrag", **DECIDED},
    budget_kinds=BudgetKinds(["Primitief"], ["Wijziging", "Najaarsnota"]),
)
HEAD = "Jaar;Kostenplaats;Bedrag;Soort;Besluit;Door;Op;Heel"


def read_budget(folder: Path, *rows: str, profile: Profile = BUDGET) -> Any:
    return read_csv(folder, profile, HEAD, *rows, kind=DeliveryKind.BUDGET)


def test_rows_of_a_budget(tmp_path: Path) -> None:
    """Words of the package become adopted and amendment, with their decision; capitals make no difference."""
    rows = [
        "2019;7110;1.000,00;Primitief;R18-11;Raad;08-11-2018;",
        "2019;8110;-50;NAJAARSNOTA;R19-9;college;1-9-2019;ja",
    ]
    read, faults = read_budget(tmp_path, *rows, profile=replace(BUDGET, date="d-m-jjjj"))
    assert not faults
    assert read.postings.select("kind", "flow", "cents", "period", "booked_on").rows() == [
        ("adopted", "costs", 100_000, 0, date(2018, 11, 8)),
        ("amendment", "income", -5000, 0, date(2019, 9, 1)),
    ]
    assert read.postings.select("decision", "authority", "decided_on", "complete").rows() == [
        ("R18-11", "raad", date(2018, 11, 8), False),
        ("R19-9", "college", date(2019, 9, 1), True),
    ]


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("Soort", "", "D106"),
        ("Soort", "Begroting", "D105"),
        ("Besluit", "", "D106"),
        ("Door", "", "D106"),
        ("Door", "B&W", "D105"),
        ("Op", "", "D106"),
        ("Op", "2018", "L107"),
        ("Heel", "x", "D105"),
        ("Bedrag", "", "L106"),
        ("Jaar", "2018", "L116"),
    ],
)
def test_a_row_of_a_budget_without_its_decision(tmp_path: Path, column: str, cell: str, code: str) -> None:
    """Each at its own cell, and nothing lands."""
    usual = dict(zip(HEAD.split(";"), "2019;7110;1;Primitief;R;raad;08-11-2018;".split(";"), strict=True))
    rows = [";".join(usual.values()), ";".join((usual | {column: cell}).values())]
    read, faults = read_budget(tmp_path, *rows)
    assert (brief(faults), read.lines) == ([(code, 3, column, cell)], 0)


def test_columns_of_a_budget_are_for_budgets(tmp_path: Path) -> None:
    """A budget needs them all; a ledger knows none."""
    assert brief(read_csv(tmp_path, BUDGET, HEAD, "2019;1;1;Primitief;R;raad;08-11-2018;")[1]) == [
        ("L103", None, "columns.period", None),
        *(("L102", None, f"columns.{name}", name) for name in sorted(DECIDED)),
    ]
    lacking = read_csv(tmp_path, PLAIN, "Jaar;Periode;Kostenplaats;Bedrag", "2019;1;1;1", kind=DeliveryKind.BUDGET)[1]
    # what holds of all rows may be said once with the delivery (L221)
    assert brief(lacking) == [("L103", None, "columns.budget_kind", None)]


@pytest.mark.parametrize(
    ("cell", "year", "period"),
    [
        ("2025-03", 2025, 3),
        ("2025/3", 2025, 3),
        ("202503", 2025, 3),
        ("2025003", 2025, 3),
        ("03-2025", 2025, 3),
        ("2025", None, None),
        ("3", None, None),
        ("2025 - 3", 2025, 3),
        ("2025-P03", 2025, 3),
        ("maart 2025", 2025, 3),
        ("Mrt-2025", 2025, 3),
        ("2025.5", 2025, 5),
        ("5.2025", 2025, 5),
        ("2025.05", 2025, 5),
        ("003.2025", 2025, 3),
        ("mrt-25", 2025, 3),
        ("Mrt. '25", 2025, 3),
        ("mrt 25", None, None),
        ("25-mrt", None, None),
        ("2025-mrt", 2025, 3),
        ("2025 maart", 2025, 3),
        ("maart2025", 2025, 3),
        ("foo-25", None, None),
        ("bedrag 2025", None, None),
        ("maart", None, None),
    ],
)
def test_year_and_period_in_one_cell(cell: str, year: int | None, period: int | None) -> None:
    """Both or neither; what stands alone is read as it is."""
    assert year_period(cell) == (year, period)
