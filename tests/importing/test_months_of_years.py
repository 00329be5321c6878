"""Columns of amounts for periods that are no twelve months of one year: read right, or asked about."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.importing.ordinary import Landed, Row, book, landed, nl, text

SHORT = "jan feb mrt apr mei jun jul aug sep okt nov dec".split()
LINES: Mapping[tuple[str, str], Mapping[int, int]] = {
    ("4300", "7110"): {1: 10_000, 2: 2_550, 4: 111, 6: 77},
    ("4310", "7120"): {1: 500, 3: -700, 4: 9},
    ("8200", "7130"): {2: -30_000, 3: -5, 5: 12},
}
"""Account and cost centre → place of a column → cents."""
HALF_WAY = [f"{name}-24" for name in SHORT[6:]] + [f"{name}-25" for name in SHORT[:6]]
FROM_SEPTEMBER = SHORT[8:] + SHORT[:8]
Period = tuple[int, int]


def table(heads: Sequence[str], *, year: bool = True) -> bytes:
    """A row per account and cost centre, with amounts as far as there are columns."""
    first = ["Boekjaar"] if year else []
    rows = (
        [*(["2025"] if year else []), *codes, *(nl(at[one]) if one in at else "" for one in range(1, len(heads) + 1))]
        for codes, at in LINES.items()
    )
    return text(";".join([*first, "Grootboekrekening", "Kostenplaats", *heads]), *map(";".join, rows))


def true(period: Callable[[int], Period], last: int = 99) -> list[Row]:
    """What is booked, where the column at a place is of this year and period."""
    return [
        (*period(at), *codes, cents) for codes, amounts in LINES.items() for at, cents in amounts.items() if at <= last
    ]


def taken(folder: Path, heads: Sequence[str], answers: Mapping[str, str], *, year: bool = True) -> Landed:
    """What lands of a file with these columns."""
    return landed(folder, table(heads, year=year), "csv", answers)


@pytest.mark.parametrize(
    ("heads", "answer", "period"),
    [
        (HALF_WAY, "header", lambda at: (2024, at + 6) if at <= 6 else (2025, at - 6)),
        (HALF_WAY, "order", lambda at: (2025, at)),
        (HALF_WAY, "row", lambda at: (2025, at + 6 if at <= 6 else at - 6)),
        ([f"{name} 2024" for name in SHORT], "header", lambda at: (2024, at)),
        ([f"2024-{at:02d}" for at in range(1, 13)], "row", lambda at: (2025, at)),
        (FROM_SEPTEMBER, "before", lambda at: (2024, at + 8) if at <= 4 else (2025, at - 4)),
        (FROM_SEPTEMBER, "order", lambda at: (2025, at)),
        (FROM_SEPTEMBER, "row", lambda at: (2025, at + 8 if at <= 4 else at - 4)),
    ],
)
def test_months_of_another_year_than_their_row_are_asked_about(
    tmp_path: Path, heads: Sequence[str], answer: str, period: Callable[[int], Period]
) -> None:
    """All of them landed in the year of the row."""
    told = taken(tmp_path, heads, {"year_of_months": answer})
    assert (told.asked, sorted(told.rows)) == (["year_of_months"], sorted(true(period)))


def test_months_that_name_their_year_need_no_other(tmp_path: Path) -> None:
    """Without a column of years, nobody is asked for one."""
    told = taken(tmp_path, HALF_WAY, {}, year=False)
    expected = true(lambda at: (2024, at + 6) if at <= 6 else (2025, at - 6))
    assert (told.asked, sorted(told.rows)) == ([], sorted(expected))


def test_two_whole_years_of_months(tmp_path: Path) -> None:
    """A year and the one before it, each with twelve columns."""
    heads = [f"{name} {year}" for year in (2024, 2025) for name in SHORT]
    told = taken(tmp_path, heads, {}, year=False)
    assert (told.asked, sorted(told.rows)) == ([], sorted(true(lambda at: (2024, at))))


@pytest.mark.parametrize("title", ["", "Realisatie per kwartaal\n"])
@pytest.mark.parametrize(("heads", "months"), [("1234", 3), ("1234", 1), ("123", 4)])
@pytest.mark.parametrize("named", ["{}", "P{}", "Periode {}"])
def test_numbers_up_to_four_may_be_quarters(tmp_path: Path, title: str, heads: str, months: int, named: str) -> None:
    """They were January to April."""
    data = title.encode() + table([named.format(one) for one in heads])
    told = landed(tmp_path, data, "csv", {"period_months": str(months)})
    expected = true(lambda at: (2025, at * months), len(heads))
    assert (told.asked, sorted(told.rows)) == (["period_months"], sorted(expected))


@pytest.mark.parametrize(
    ("heads", "months"),
    [
        (["Q1", "Q2", "Q3", "Q4"], 3),
        (["K1", "K2", "K3", "K4"], 3),
        (["Kw 1", "Kw 2", "Kw 3", "Kw 4"], 3),
        ([f"{at}e kwartaal" for at in range(1, 5)], 3),
        ([f"Kwartaal {at}" for at in range(1, 5)], 3),
        ([f"2025-Q{at}" for at in range(1, 5)], 3),
        ([f"Tertaal {at}" for at in range(1, 4)], 4),
        (["1e halfjaar", "2e halfjaar"], 6),
        (["H1", "H2"], 6),
    ],
)
def test_parts_of_a_year_are_read_by_their_name(tmp_path: Path, heads: Sequence[str], months: int) -> None:
    """Each counts in its last month."""
    told = taken(tmp_path, heads, {"running_months": "false"})
    assert sorted(told.rows) == sorted(true(lambda at: (2025, at * months), len(heads)))
    assert set(told.asked) <= {"running_months"}


@pytest.mark.parametrize(
    ("heads", "first"),
    [
        ([f"P{at}" for at in range(13)], 0),
        ([f"{at:02d}" for at in range(13)], 0),
        ([f"P{at}" for at in range(10, 17)], 10),
        ([str(at) for at in range(1, 17)], 1),
        ([*SHORT[9:], "13e periode", "periode 14"], 10),
    ],
)
def test_periods_beside_the_months(tmp_path: Path, heads: Sequence[str], first: int) -> None:
    """Period 0, and those after the thirteenth, were left unread."""
    told = taken(tmp_path, heads, {})
    expected = true(lambda at: (2025, at + first - 1), len(heads))
    assert (told.asked, sorted(told.rows)) == ([], sorted(expected))


@pytest.mark.parametrize(
    "heads",
    [
        [f"2025.{at:02d}" for at in range(1, 13)],
        [f"01-{at:02d}-2025" for at in range(1, 13)],
        [f"2025-{at:02d}-01" for at in range(1, 13)],
        [f"{at}-25" for at in range(1, 13)],
        [f"Realisatie {name}" for name in SHORT],
        [f"{name} 2025 werkelijk" for name in SHORT],
    ],
)
def test_other_names_of_months(tmp_path: Path, heads: Sequence[str]) -> None:
    """A file with them could not come in."""
    told = taken(tmp_path, heads, {})
    assert (told.asked, sorted(told.rows)) == ([], sorted(true(lambda at: (2025, at))))


def test_a_header_may_say_that_months_run_on(tmp_path: Path) -> None:
    """Asked about, whatever the amounts look like."""
    told = taken(tmp_path, [f"t/m {name}" for name in SHORT], {"running_months": "false"})
    assert (told.asked, sorted(told.rows)) == (["running_months"], sorted(true(lambda at: (2025, at))))


@pytest.mark.parametrize("name", ["Correctie", "Slotboekingen", "Realisatie 2024"])
@pytest.mark.parametrize(("answer", "period"), [("period_columns.13", 13), ("unread_columns", None)])
def test_a_column_beside_the_months_is_asked_about(tmp_path: Path, name: str, answer: str, period: int | None) -> None:
    """It was only named in a warning."""
    heads = [*SHORT[:3], name]  # the amounts at its place are asked about
    told = taken(tmp_path, heads, {"L272": f"{answer}={name}"})
    expected = [row for row in true(lambda at: (2025, at if at < 4 else period or 0), 4) if period or row[1]]
    assert (told.asked, sorted(told.rows)) == (["unread_columns"], sorted(expected))


@pytest.mark.parametrize(
    "total",
    [sum, lambda months: sum(months[:3]), lambda months: sum(months[6:])],
    ids=["year", "quarter", "half"],
)
@pytest.mark.parametrize("name", ["Totaal", "Bedrag", "Saldo", "Kw 1"])
def test_sums_of_months_are_no_question(tmp_path: Path, total: Callable[[list[int]], int], name: str) -> None:
    """A column called `Bedrag` was no reason to refuse the months."""
    rows = []
    for codes, amounts in LINES.items():
        months = [amounts.get(at, 0) for at in range(1, 13)]
        rows.append(";".join(["2025", *codes, *(nl(one) if one else "" for one in months), nl(total(months))]))
    data = text(";".join(["Boekjaar", "Grootboekrekening", "Kostenplaats", *SHORT, name]), *rows)
    told = landed(tmp_path, data, "csv", {})
    assert (told.asked, sorted(told.rows)) == ([], sorted(true(lambda at: (2025, at))))


def sheet(folder: Path, tops: Sequence[Sequence[object]], places: int) -> bytes:
    """A workbook with these rows above the amounts."""
    rows = [
        [2025, *map(int, codes), *(amounts[at] / 100 if at in amounts else None for at in range(1, places + 1))]
        for codes, amounts in LINES.items()
    ]
    return book(folder, {"Mutaties": [*tops, *rows]})


CODES = ["Boekjaar", "Grootboekrekening", "Kostenplaats"]


@pytest.mark.parametrize("form", ["mmm-yy", "mmmm yyyy", "d-m-yyyy"])
@pytest.mark.parametrize("last", [False, True])
def test_months_may_be_days_in_a_sheet(tmp_path: Path, form: str, *, last: bool) -> None:
    """A spreadsheet makes a day of `jan-25`; the header was a number, and the file could not come in."""
    first = [date(2025, at, 1) for at in range(1, 13)]
    ends = [date(2025 + at // 12, at % 12 + 1, 1) for at in range(1, 13)]
    days = [end - timedelta(days=1) for end in ends] if last else first
    heads = [{"value": (day - date(1899, 12, 30)).days, "format": form} for day in days]
    told = landed(tmp_path, sheet(tmp_path, [[*CODES, *heads]], 12), "xlsx", {})
    assert (told.asked, sorted(told.rows)) == ([], sorted(true(lambda at: (2025, at))))


def test_days_of_two_years_in_a_sheet(tmp_path: Path) -> None:
    """As months by their name."""
    days = [date(2024 + at // 12, at % 12 + 1, 1) for at in range(6, 18)]
    heads = [{"value": (day - date(1899, 12, 30)).days, "format": "mmm-yy"} for day in days]
    told = landed(tmp_path, sheet(tmp_path, [[*CODES, *heads]], 12), "xlsx", {"year_of_months": "header"})
    expected = true(lambda at: (2024, at + 6) if at <= 6 else (2025, at - 6))
    assert (told.asked, sorted(told.rows)) == (["year_of_months"], sorted(expected))


NOTHING = ["", "", ""]


@pytest.mark.parametrize("word", ["Kwartaal", "Kwartalen", "Per kwartaal"])
def test_a_row_above_may_say_that_numbers_are_quarters(tmp_path: Path, word: str) -> None:
    """They were January to April."""
    tops: list[list[object]] = [[*NOTHING, word], [*CODES, 1, 2, 3, 4]]
    told = landed(tmp_path, sheet(tmp_path, tops, 4), "xlsx", {})
    assert (told.asked, sorted(told.rows)) == ([], sorted(true(lambda at: (2025, at * 3), 4)))


@pytest.mark.parametrize("words", [("Realisatie", "Prognose"), ("Werkelijk 2025", "Begroting 2025")])
def test_a_row_above_may_say_that_months_are_planned(tmp_path: Path, words: tuple[str, str]) -> None:
    """The forecast of the rest of the year landed as spent; it is named as unread."""
    tops = [[*NOTHING, words[0], "", "", words[1]], [*CODES, *SHORT]]
    told = landed(tmp_path, sheet(tmp_path, tops, 12), "xlsx", {})
    assert (told.asked, sorted(told.rows)) == ([], sorted(true(lambda at: (2025, at), 3)))
    assert told.said.count("L188") == 1


def test_months_that_are_all_planned_are_not_read(tmp_path: Path) -> None:
    """Nothing of them is booked."""
    tops = [[*NOTHING, "Begroting"], [*CODES, *SHORT]]
    assert not landed(tmp_path, sheet(tmp_path, tops, 12), "xlsx", {}).rows


@pytest.mark.parametrize("above", [["Realisatie"], ["Kwartaal 1", "", "", "Kwartaal 2"], ["Bedragen"]])
def test_a_row_above_may_say_nothing_new(tmp_path: Path, above: list[str]) -> None:
    """The months are read as without it, also beside words above the codes."""
    told = landed(tmp_path, sheet(tmp_path, [["Codes", "", "", *above], [*CODES, *SHORT]], 12), "xlsx", {})
    assert (told.asked, sorted(told.rows)) == ([], sorted(true(lambda at: (2025, at))))


def test_a_row_above_may_say_the_years(tmp_path: Path) -> None:
    """Both halves landed in the year of the row."""
    tops: list[list[object]] = [[*NOTHING, 2024, "", "", "", "", "", 2025], [*CODES, *SHORT[6:], *SHORT[:6]]]
    told = landed(tmp_path, sheet(tmp_path, tops, 12), "xlsx", {"year_of_months": "header"})
    expected = true(lambda at: (2024, at + 6) if at <= 6 else (2025, at - 6))
    assert (told.asked, sorted(told.rows)) == (["year_of_months"], sorted(expected))


def test_budget_and_actual_of_each_month(tmp_path: Path) -> None:
    """Only what is booked is read, in whichever of two rows that stands."""
    heads = [f"{name} {kind}" for name in SHORT[:3] for kind in ("begroting", "realisatie")]
    told = taken(tmp_path, heads, {})
    assert sorted(told.rows) == sorted(
        (2025, at // 2, *codes, cents)
        for codes, amounts in LINES.items()
        for at, cents in amounts.items()
        if at % 2 == 0 and at <= 6
    )


def test_a_column_of_periods_that_holds_none_is_no_other_file(tmp_path: Path) -> None:
    """`Periode` with 1-12 in it beside a total called `Bedrag`."""
    rows = []
    for codes, amounts in LINES.items():
        months = [amounts.get(at, 0) for at in range(1, 13)]
        rows.append(";".join(["2025", "1-12", *codes, nl(sum(months)), *map(nl, months)]))
    head = ";".join(["Boekjaar", "Periode", "Grootboekrekening", "Kostenplaats", "Bedrag", *SHORT])
    told = landed(tmp_path, text(head, *rows), "csv", {})
    assert (told.asked, sorted(told.rows)) == ([], sorted(true(lambda at: (2025, at))))


def test_what_is_left_of_nil_is_no_posting(tmp_path: Path) -> None:
    """A spreadsheet that adds up leaves 0.00000000001 of nil."""
    rows = [
        [2025, *map(int, codes), *(amounts.get(at, 0) / 100 + (1e-11 if at % 2 else -1e-11) for at in range(1, 13))]
        for codes, amounts in LINES.items()
    ]
    told = landed(tmp_path, book(tmp_path, {"Mutaties": [[*CODES, *SHORT], *rows]}), "xlsx", {})
    assert (told.asked, sorted(told.rows)) == ([], sorted(true(lambda at: (2025, at))))
