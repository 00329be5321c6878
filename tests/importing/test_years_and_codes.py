"""Exports that a spreadsheet or a late booking made hard to read: which year, which period, which code."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.importing.ordinary import HEAD, NAMES, TRUE, Row, book, cells, codes, landed, nl, text

# -- days outside their year

DAYS = ["15-01-2025", "15-03-2025", "15-04-2025", "15-05-2025", "15-08-2025", "15-12-2025", "20-12-2025", "10-01-2026"]
OF_DAYS = "Boekdatum;Grootboekrekening;Kostenplaats;Omschrijving;Bedrag"


def in_period(last: tuple[int, int]) -> list[Row]:
    """The postings on these days, the late one in this year and period."""
    months = [(2025, int(day[3:5])) for day in DAYS[:-1]]
    return [(*when, *row[2:]) for when, row in zip([*months, last], TRUE, strict=True)]


def on_days(days: list[str], before: str = "") -> list[str]:
    """Rows with a day and no period."""
    return [f"{before}{day};{row[2]};{row[3]};x;{nl(row[-1])}" for day, row in zip(days, TRUE, strict=True)]


LATE = {"12": (2025, 12), "13": (2025, 13)}


@pytest.mark.parametrize("answer", ["12", "13", "0"])
def test_a_late_posting_where_days_say_all(tmp_path: Path, answer: str) -> None:
    """January of the next year, below a whole year: of that year, or of the last period of the one before."""
    answers = {"columns.year": "Boekdatum", "columns.period": "Boekdatum", "late_period": answer}
    told = landed(tmp_path, text(OF_DAYS, *on_days(DAYS)), "csv", answers)
    assert told.rows == in_period(LATE.get(answer, (2026, 1)))
    assert told.asked == ["columns.year", "columns.period", "late_period"]


@pytest.mark.parametrize("answer", ["12", "13", "0"])
@pytest.mark.parametrize("year", ["column", "title"])
def test_a_late_posting_beside_a_year(tmp_path: Path, answer: str, year: str) -> None:
    """It counted in January of its fiscal year, a year too early."""
    answers = {"columns.year": "", "columns.period": "Boekdatum", "late_period": answer, "years": "2025"}
    if year == "column":
        data = text(f"Boekjaar;{OF_DAYS}", *on_days(DAYS, "2025;"))
    else:
        data = text("Grootboek 2025", OF_DAYS, *on_days(DAYS))
    told = landed(tmp_path, data, "csv", answers)
    assert told.rows == in_period(LATE.get(answer, (2025, 1)))
    assert "late_period" in told.asked


def test_a_day_before_its_year_stands_in_the_first_period(tmp_path: Path) -> None:
    """As an invoice for the next year has it."""
    days = ["30-12-2024", *DAYS[1:]]
    told = landed(
        tmp_path,
        text(f"Boekjaar;{OF_DAYS}", *on_days(days, "2025;")),
        "csv",
        {"columns.period": "Boekdatum", "late_period": "12"},
    )
    assert told.rows == in_period((2025, 12))


@pytest.mark.parametrize("days", [[*DAYS[:-1], "31-12-2025"], [*DAYS[:4], "10-01-2026", "10-02-2026", *DAYS[5:7]]])
def test_days_within_their_years_are_not_asked_about(tmp_path: Path, days: list[str]) -> None:
    """Nor those of a year that runs on beyond January."""
    answers = {"columns.year": "Boekdatum", "columns.period": "Boekdatum"}
    told = landed(tmp_path, text(OF_DAYS, *on_days(days)), "csv", answers)
    assert told.asked == ["columns.year", "columns.period"]
    assert [row[:2] for row in told.rows] == [(int(day[6:]), int(day[3:5])) for day in days]


# -- year and period as a number


MONTHS = (1, 2, 3, 9, 10, 10, 11, 12)
WITH_YEAR = "Periode;Grootboekrekening;Kostenplaats;Bedrag"


def with_year(months: tuple[int, ...]) -> list[Row]:
    """The postings in these months."""
    return [(2025, month, *row[2:]) for month, row in zip(months, TRUE, strict=True)]


def as_numbers(rows: list[Row], form: str) -> list[list[object]]:
    """Year and period as one number."""
    found = [float(form.format(year, month)) for year, month, *_ in rows]
    return [[number, *cells(row)[2:4], row[-1] / 100] for number, row in zip(found, rows, strict=True)]


def test_october_lost_its_zero(tmp_path: Path) -> None:
    """`2025.10` is the number 2025.1: the file could not come in."""
    true = with_year(MONTHS)
    data = book(tmp_path, {"Mutaties": [WITH_YEAR.split(";"), *as_numbers(true, "{}.{:02d}")]})
    told = landed(tmp_path, data, "xlsx", {"columns.year": "Periode", "short_period": "10"})
    assert (told.rows, told.asked) == (true, ["short_period"])


def test_january_lost_nothing(tmp_path: Path) -> None:
    """In the first months of a year `2025.1` stands beside `2025.2`."""
    true = with_year((1, 1, 2, 2, 3, 3, 3, 3))
    data = book(tmp_path, {"Mutaties": [WITH_YEAR.split(";"), *as_numbers(true, "{}.{}")]})
    told = landed(tmp_path, data, "xlsx", {"short_period": "1"})
    assert (told.rows, told.asked) == (true, ["short_period"])


def test_january_and_october_may_be_one_number(tmp_path: Path) -> None:
    """Then another column has to say it: which of the two is asked of nobody."""
    true = with_year(MONTHS)
    rows = [[*row, f"15-{one[1]:02d}-2025"] for row, one in zip(as_numbers(true, "{}.{}"), true, strict=True)]
    data = book(tmp_path, {"Mutaties": [[*WITH_YEAR.split(";"), "Boekdatum"], *rows]})
    answers = {"columns.period": "Boekdatum"}
    told = landed(tmp_path, data, "xlsx", answers)
    assert (told.rows, told.asked) == (true, ["columns.period"])


@pytest.mark.parametrize("mark", [".", ","])
def test_texts_lost_nothing(tmp_path: Path, mark: str) -> None:
    """`2025.1` beside `2025.10` is January."""
    true = with_year(MONTHS)
    rows = [f"{row[0]}{mark}{row[1]};{row[2]};{row[3]};{nl(row[-1])}" for row in true]
    told = landed(tmp_path, text(WITH_YEAR, *rows), "csv", {})
    assert (told.rows, told.asked) == (true, [])


# -- codes that a spreadsheet took for numbers


LOST: dict[str, tuple[list[str], list[str], str]] = {
    "behind the point": (
        ["7130.1", "7130.15", "7130.25", "7130.1", "7130.2", "7130.15", "7140.1", "7140.25"],
        ["7130.10", "7130.15", "7130.25", "7130.10", "7130.20", "7130.15", "7140.10", "7140.25"],
        "0.00",
    ),
    "before": (
        ["07110", "7120", "07110", "7120", "07130", "7140", "7140", "07130"],
        ["07110", "07120", "07110", "07120", "07130", "07140", "07140", "07130"],
        "00000",
    ),
}


@pytest.mark.parametrize("case", LOST)
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_codes_lost_their_zeros(tmp_path: Path, case: str, form: str) -> None:
    """A rule for 7130.10 did not catch them."""
    shown, whole, picture = LOST[case]
    if form == "csv":
        rows = [f"{codes((*row[:3], code, 0))};{nl(row[-1])}" for row, code in zip(TRUE, shown, strict=True)]
        data = text(f"{HEAD};Bedrag", *rows)
    else:
        numbers = [code if code.startswith("0") else float(code) for code in shown]
        found = [[*cells(row)[:3], code, *cells(row)[4:]] for row, code in zip(TRUE, numbers, strict=True)]
        data = book(tmp_path, {"Mutaties": [NAMES, *found]})
    told = landed(tmp_path / "padded", data, form, {"zeros.cost_centre": picture})
    assert told.rows == [(*row[:3], code, row[-1]) for row, code in zip(TRUE, whole, strict=True)]
    assert told.asked == ["zeros.cost_centre"]
    told = landed(tmp_path / "kept", data, form, {"zeros.cost_centre": "0"})
    assert told.rows == [(*row[:3], code, row[-1]) for row, code in zip(TRUE, shown, strict=True)]


@pytest.mark.parametrize(
    "centres",
    [
        ["7130.10", "7130.1", "7130.15", "7130.1", "7130.2", "7130.15", "7140.1", "7140.25"],
        ["7130", "7130.15", "7130.25", "7140", "7130.25", "7130.15", "7140.15", "7140.25"],
        ["0711", "7120", "0711", "7120", "0713", "7140", "71405", "0713"],
        ["01", "7", "7", "01", "02", "02", "7", "7"],
        ["0711A", "712", "0711A", "712", "0713A", "714", "714", "712"],
    ],
    ids=["zeros kept", "a point in some", "longer", "short", "letters"],
)
def test_codes_of_other_lengths_are_not_asked_about(tmp_path: Path, centres: list[str]) -> None:
    """Where nothing says that a zero is gone."""
    true = [(*row[:3], centre, row[-1]) for row, centre in zip(TRUE, centres, strict=True)]
    told = landed(tmp_path, text(f"{HEAD};Bedrag", *(f"{codes(row)};{nl(row[-1])}" for row in true)), "csv", {})
    assert (told.rows, told.asked) == (true, [])


# -- what could not come in


@pytest.mark.parametrize(
    "line", ["Aantal regels 8", "Aantal regels;8", ";;;;Aantal regels;8", "Aantal;;;;;8", ";;;;Aantal boekingen:;8,00"]
)
def test_a_footer_counts_the_rows(tmp_path: Path, line: str) -> None:
    """It is no sum of amounts: it was refused as a total that is not proven."""
    data = text(f"{HEAD};Bedrag", *(f"{codes(row)};{nl(row[-1])}" for row in TRUE), line)
    told = landed(tmp_path, data, "csv", {})
    assert told.asked == ["leave_out"]
    answer = f"Boekjaar={line.split(';', maxsplit=1)[0]}"
    told = landed(tmp_path / "left", data, "csv", {"leave_out": answer})
    assert told.rows == TRUE


def test_a_footer_that_counts_other_rows_is_not_proven(tmp_path: Path) -> None:
    """Rows may be missing."""
    data = text(f"{HEAD};Bedrag", *(f"{codes(row)};{nl(row[-1])}" for row in TRUE), ";;;;Aantal regels;9")
    told = landed(tmp_path, data, "csv", {"leave_out": "Boekjaar="})
    assert (told.rows, told.said) == ([], ["L184"])


def test_a_minus_behind_among_numbers(tmp_path: Path) -> None:
    """Text in a sheet, beside amounts that are numbers."""
    rows = [[*cells(row)[:-1], f"{nl(-row[-1])}-" if row[-1] < 0 else row[-1] / 100] for row in TRUE]
    told = landed(tmp_path, book(tmp_path, {"Mutaties": [NAMES, *rows]}), "xlsx", {})
    assert (told.rows, told.asked) == (TRUE, [])
