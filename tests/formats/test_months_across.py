"""Exports with a column of amounts for each month: read to the cent, or asked about."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.importing.ordinary import TRUE, Row, book, landed, nl, text

SHORT = "jan feb mrt apr mei jun jul aug sep okt nov dec".split()
HEADS = {
    "short": SHORT,
    "long": "Januari Februari Maart April Mei Juni Juli Augustus September Oktober November December".split(),
    "periods": [f"P{month:02d}" for month in range(1, 13)],
    "numbers": [str(month) for month in range(1, 13)],
    "two digits": [f"{month:02d}" for month in range(1, 13)],
    "as in 2025-01": [f"2025-{month:02d}" for month in range(1, 13)],
    "with year": [f"{name} 2025" for name in SHORT],
}
LINES: dict[tuple[str, str], dict[int, int]] = {}
for _, month, ledger, centre, cents in TRUE:
    LINES.setdefault((ledger, centre), {})[month] = cents
POSTINGS: list[Row] = [
    (2025, month, *codes, cents) for codes, months in LINES.items() for month, cents in months.items()
]


def rows(*, filled: str = "") -> list[list[str]]:
    """A row per account and cost centre."""
    return [
        ["2025", *codes, *(nl(months[month]) if month in months else filled for month in range(1, 13))]
        for codes, months in LINES.items()
    ]


@pytest.mark.parametrize("heads", HEADS)
@pytest.mark.parametrize("filled", ["", "0,00", "-", "EUR 0,00", "€ -", "0,00 EUR"])
def test_each_month_has_a_column(tmp_path: Path, heads: str, filled: str) -> None:
    """No column of periods: the file could not come in."""
    header = ";".join(["Boekjaar", "Grootboekrekening", "Kostenplaats", *HEADS[heads]])
    told = landed(tmp_path, text(header, *map(";".join, rows(filled=filled))), "csv", {})
    assert (told.rows, told.asked) == (POSTINGS, [])


@pytest.mark.parametrize("numbers", [True, False])
def test_each_month_has_a_column_in_a_sheet(tmp_path: Path, *, numbers: bool) -> None:
    """Of numbers, or of text and numbers."""

    def cell(shown: str, at: int) -> object:
        return float(shown.replace(",", ".")) if shown and (numbers or at % 2) else shown or None

    table: list[list[object]] = [["Boekjaar", "Grootboekrekening", "Kostenplaats", *SHORT]]
    table += [[*map(int, row[:3]), *(cell(one, at) for at, one in enumerate(row[3:]))] for row in rows()]
    told = landed(tmp_path, book(tmp_path, {"Mutaties": table}), "xlsx", {})
    assert (told.rows, told.asked) == (POSTINGS, [])


def test_the_year_is_said(tmp_path: Path) -> None:
    """Where no column has it."""
    header = ";".join(["Grootboekrekening", "Kostenplaats", *SHORT])
    told = landed(tmp_path, text(header, *(";".join(row[1:]) for row in rows())), "csv", {"years": "2025"})
    assert (told.rows, told.asked) == (POSTINGS, ["years"])


@pytest.mark.parametrize("right", [True, False])
def test_totals_below_are_proven(tmp_path: Path, *, right: bool) -> None:
    """By all months of their row together."""
    sums = [sum(months.get(month, 0) for months in LINES.values()) for month in range(1, 13)]
    sums[4] += 0 if right else 100
    header = ";".join(["Boekjaar", "Grootboekrekening", "Kostenplaats", *SHORT])
    data = text(header, *map(";".join, rows()), ";".join(["", "Totaal", "", *map(nl, sums)]))
    told = landed(tmp_path, data, "csv", {"leave_out": "Grootboekrekening=Totaal"})
    assert (told.rows, "L184" in told.said) == (POSTINGS if right else [], not right)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("word", ["n.v.t. 12", "x", "?", "geen", "1O0,00", "12-03-2025"])
def test_a_month_that_is_no_amount_is_named(tmp_path: Path, word: str, form: str) -> None:
    """By its row and column, be it a word without a digit; and nothing lands."""
    table = rows()
    table[1][5] = word
    header = ["Boekjaar", "Grootboekrekening", "Kostenplaats", *SHORT]
    data = text(";".join(header), *map(";".join, table))
    if form == "xlsx":
        as_cells = [
            [*map(int, row[:3]), *(one if one == word else in_a_sheet(one) for one in row[3:])] for row in table
        ]
        data = book(tmp_path, {"Mutaties": [list(header), *as_cells]})
    told = landed(tmp_path, data, form, {})
    code = "L179" if word[-1].isdigit() and word.count("-") == 2 else "L106"
    assert not told.rows
    assert [(one.code, one.row, one.column, one.value) for one in told.faults] == [(code, 3, "mrt", word)]


def in_a_sheet(shown: str) -> float | None:
    """A number, or an empty cell."""
    return float(shown.replace(",", ".")) if shown else None


def running(months: dict[int, int]) -> list[int]:
    """The year up to and including each month, in cents."""
    return [sum(cents for at, cents in months.items() if at <= month) for month in range(1, 13)]


GROWING = {("4300", "7110"): {1: 10_000, 3: 2_550, 12: 1}, ("8300", "7120"): {2: -5_000, 6: -1_050}}
GROWN: list[Row] = [
    (2025, month, *codes, cents) for codes, months in GROWING.items() for month, cents in months.items()
]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("lines", [GROWING, LINES])
def test_months_that_run_on(tmp_path: Path, lines: dict[tuple[str, str], dict[int, int]], form: str) -> None:
    """Each column holds the year so far, also where a credit note takes from it; each month gets what was added."""
    header = ["Boekjaar", "Grootboekrekening", "Kostenplaats", *SHORT]
    told = [["2025", *codes, *(nl(one) if one else "" for one in running(months))] for codes, months in lines.items()]
    data = text(";".join(header), *map(";".join, told))
    if form == "xlsx":
        data = book(
            tmp_path,
            {
                "Mutaties": [
                    list(header),
                    *(
                        [2025, *map(int, codes), *(one / 100 for one in running(months))]
                        for codes, months in lines.items()
                    ),
                ]
            },
        )
    answers = {"running_months": "true"}
    found = landed(tmp_path, data, form, answers)
    expected = [(2025, month, *codes, cents) for codes, months in lines.items() for month, cents in months.items()]
    assert (sorted(found.rows), found.asked) == (sorted(expected), ["running_months"])


@pytest.mark.parametrize(
    ("months", "asked"), [([1, 2], True), ([1, 0], False), ([0, 1], False), ([3, 2, 4], True), ([3, 0, 4], False)]
)
def test_months_with_nothing_between_are_what_each_added(tmp_path: Path, months: list[int], *, asked: bool) -> None:
    """A total that runs on is seldom nil again; of one month, and of the last one alone, nobody need know."""
    header = ";".join(["Boekjaar", "Grootboekrekening", "Kostenplaats", *SHORT])
    cells = [nl(one * 100) if one else "" for one in [*months, *[0] * 12][:12]]
    told = landed(
        tmp_path, text(header, ";".join(["2025", "4300", "7110", *cells])), "csv", {"running_months": "false"}
    )
    assert told.asked == (["running_months"] if asked else [])
    assert [row[-1] for row in told.rows] == [one * 100 for one in months if one]


def test_a_rent_that_is_the_same_each_month_is_asked_about_too(tmp_path: Path) -> None:
    """Twelve times the same may be a rent, or what was spent in January alone: nobody can tell from the file."""
    header = ";".join(["Boekjaar", "Grootboekrekening", "Kostenplaats", *SHORT])
    data = text(header, ";".join(["2025", "4300", "7110", *["100,00"] * 12]))
    told = landed(tmp_path / "a", data, "csv", {"running_months": "false"})
    assert (told.asked, len(told.rows)) == (["running_months"], 12)
    told = landed(tmp_path / "b", data, "csv", {"running_months": "true"})
    assert told.rows == [(2025, 1, "4300", "7110", 10_000)]
