"""Rows that are the sum of other rows, where no word says so: asked about, and left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from gebiedswerk.formats.sums_of_rows import totals_of_groups
from tests.importing.ordinary import book, landed, nl, text

HEAD = "Boekjaar;Periode;Grootboekrekening;Kostenplaats;Omschrijving;Bedrag"
TRUE = [
    (2025, 1, "4300", "7110", 100),
    (2025, 1, "4300", "7120", 250),
    (2025, 2, "4310", "7110", 30),
    (2025, 2, "4310", "7120", 41),
    (2025, 2, "8300", "7110", -1_000),
    (2025, 2, "8300", "7120", -2_050),
]


def line(account: str, centre: str, cents: int, period: int = 1, name: str = "Huur") -> str:
    """A row of the file."""
    return f"2025;{period};{account};{centre};{name};{nl(cents)}"


def grouped(*, above: bool, centre: str = "", name: str = "") -> list[str]:
    """The postings, with the sum of each account above or below them."""
    rows: list[str] = []
    for account in dict.fromkeys(row[2] for row in TRUE):
        of = [row for row in TRUE if row[2] == account]
        total = line(account, centre, sum(row[-1] for row in of), of[0][1], name)
        postings = [line(row[2], row[3], row[-1], row[1]) for row in of]
        rows += [total, *postings] if above else [*postings, total]
    return rows


@pytest.mark.parametrize("above", [True, False])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("name", ["", "Inhuur derden"])
def test_a_subtotal_that_lacks_a_code(tmp_path: Path, form: str, name: str, *, above: bool) -> None:
    """Above its rows it was counted as a posting without a cost centre: all money stood there twice."""
    rows = grouped(above=above, name=name)
    data = text(HEAD, *rows)
    if form == "xlsx":
        table: list[list[object]] = [
            [
                int(year),
                int(period),
                int(account),
                int(centre) if centre else None,
                what,
                float(amount.replace(",", ".")),
            ]
            for year, period, account, centre, what, amount in (row.split(";") for row in rows)
        ]
        data = book(tmp_path, {"Blad": [list(HEAD.split(";")), *table]})
    told = landed(tmp_path, data, form, {"leave_out": "Kostenplaats="})
    assert (told.rows, told.asked) == (TRUE, ["leave_out"])


@pytest.mark.parametrize("above", [True, False])
@pytest.mark.parametrize("written", ["{}", "{}..", "{}XX", "{} Kosten van derden"])
def test_the_code_of_a_group(tmp_path: Path, written: str, *, above: bool) -> None:
    """A trial balance: 4 and 43 hold what 4300 and 4310 do."""
    groups = {"43": 421, "4": 421, "83": -3_050, "8": -3_050}
    totals = [line(written.format(code), "7110", cents) for code, cents in groups.items()]
    rows = [line(row[2], row[3], row[-1], row[1]) for row in TRUE]
    rows = [totals[1], totals[0], *rows[:4], totals[3], totals[2], *rows[4:]] if above else [
        *rows[:4], totals[0], totals[1], *rows[4:], totals[2], totals[3],
    ]  # fmt: skip
    texts = ",".join(written.format(code) for code in (["4", "43", "8", "83"] if above else ["43", "4", "83", "8"]))
    answers = {"named_codes": ""} if " " in written else {}
    told = landed(tmp_path, text(HEAD, *rows), "csv", answers | {"leave_out": f"Grootboekrekening={texts}"})
    assert (told.rows, told.asked) == (TRUE, [*answers, "leave_out"])
    kept = landed(tmp_path / "kept", text(HEAD, *rows), "csv", answers | {"L290": f"keep={texts}"})
    assert len(kept.rows) == len(TRUE) + 4


@pytest.mark.parametrize("above", [True, False])
def test_the_cost_centre_of_a_group(tmp_path: Path, *, above: bool) -> None:
    """7100 holds what 7110 and 7120 do."""
    rows = grouped(above=above, centre="7100", name="Huur")
    told = landed(tmp_path, text(HEAD, *rows), "csv", {"leave_out": "Kostenplaats=7100"})
    assert (told.rows, told.asked) == (TRUE, ["leave_out"])


@pytest.mark.parametrize("whole", [True, False])
def test_a_pivot_of_one_column(tmp_path: Path, *, whole: bool) -> None:
    """Accounts with their cost centres below them: without the accounts the rows are right, and so is their total."""
    months = "jan feb mrt".split()
    table: list[list[object]] = [["Rijlabels", *months]]
    for account, values in (("4300 Inhuur", [(1.0, 2.5, 0), (0.1, 0, 7)]), ("4310 Huur", [(0.3, 0.4, 1), (9, 0.5, 0)])):
        table.append([account, *(sum(column) for column in zip(*values, strict=True))])
        table += [[centre, *row] for centre, row in zip(("7110 Noord", "7120 Zuid"), values, strict=True)]
    if whole:
        table.append(["Eindtotaal", *(sum(float(str(row[at])) for row in table[1:]) / 2 for at in range(1, 4))])
    answers = {
        "L180": "leave_out=Rijlabels=Eindtotaal",
        "years": "2025", "columns.cost_centre": "Rijlabels", "flows.column": "Rijlabels", "columns.ledger_account": "",
        "running_months": "false", "leave_out": "Rijlabels=4300 Inhuur,4310 Huur", "named_codes": "cost_centre",
    }  # fmt: skip
    told = landed(tmp_path, book(tmp_path, {"Draaitabel": table}), "xlsx", answers)
    assert "leave_out" in told.asked
    assert sum(row[-1] for row in told.rows) == 2_180


def test_ordinary_postings_are_no_groups(tmp_path: Path) -> None:
    """Own postings on the code of a group are asked about only where they are its sum."""
    rows = [
        *(line(row[2], row[3], row[-1], row[1]) for row in TRUE),
        line("43", "7110", 420),
        line("4300", "7100", 349),
    ]
    told = landed(tmp_path, text(HEAD, *rows), "csv", {})
    assert (len(told.rows), told.asked) == (8, [])


@pytest.mark.parametrize("name", ["Som", "Alle kostenplaatsen", "Stand 31-12", "Gesamt"])
def test_the_last_row_is_the_sum_of_all(tmp_path: Path, name: str) -> None:
    """Whatever it is called, and with a code in every cell."""
    rows = [line(row[2], row[3], row[-1], row[1]) for row in TRUE]
    rows.append(line("4999", "7999", sum(row[-1] for row in TRUE), 12, name))
    told = landed(
        tmp_path, text(HEAD, *rows), "csv", {"leave_out": "Grootboekrekening=4999", "unsigned_income": "false"}
    )
    assert told.rows == TRUE
    assert told.asked[-1] == "leave_out"


def test_two_rows_without_a_code_are_asked_about(tmp_path: Path) -> None:
    """What is left of a budget, below the rows: it was counted, and one such row was not."""
    rows = [line(row[2], row[3], row[-1], row[1]) for row in TRUE]
    rows += ["2025;12;;;Begroot;5000,00", "2025;12;;;Nog beschikbaar;4000,00"]
    told = landed(tmp_path, text(HEAD, *rows), "csv", {"fill_down": ""})
    assert (told.rows, told.asked) == ([], ["fill_down", "empty_codes"])


@pytest.mark.parametrize(
    ("cents", "places"),
    [
        ([3, 1, 2, 7, 3, 4], [0, 3]),
        ([1, 2, 3, 3, 4, 7], [2, 5]),
        ([5, 5, 3, 1, 2], [0, 2]),
        ([5, 5, 3, 3], []),
        ([3, 1, 2], []),
        ([3, 1, 2, 7, 3, 5], []),
        ([6, 1, 2, 3, 0, 9, 4, 5, 0], [0, 5]),
        ([0, 0, 0, 0], []),
        ([1, 2, 4, 7], [3]),
        ([7, 1, 2, 4], [0]),
        ([1, 2, 3], []),
        ([1, -1, 2, -2], []),
    ],
)
def test_groups_of_which_one_row_is_the_sum(cents: list[int], places: list[int]) -> None:
    """All rows fall into such groups, two at least, and one of them of more than one row."""
    assert totals_of_groups(cents) == places
