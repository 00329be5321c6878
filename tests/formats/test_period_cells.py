"""Quarters in the column of the period: asked about, and then the last month of each."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from gebiedswerk.dossier import Profile
from gebiedswerk.dossier.settings import Flows
from gebiedswerk.formats.period_cells import is_of_quarters, year_quarter
from tests.formats.books import brief
from tests.formats.test_amounts import read_csv

NAMES = {"year": "Jaar", "period": "Kwartaal", "ledger_account": "Rekening", "amount": "Bedrag"}
PROFILE = Profile(NAMES, Flows("Rekening", ["8*"]))
HEAD = "Jaar;Kwartaal;Rekening;Bedrag"
WRITTEN = ["{}", "K{}", "k{}", "Q{}", "kw {}", "Kw. {}", "{}e kwartaal", "{}ste kw", "Kwartaal {}", "{}K", "2019-{}"]
WRITTEN += ["2019-K{}"]
WRITTEN += ["2019Q{}", "K{} 2019", "{}e kwartaal 2019", "Q{}-2019", "{}nd quarter", "2019 kwartaal {}"]


@pytest.mark.parametrize("written", WRITTEN)
def test_each_quarter_is_its_last_month(tmp_path: Path, written: str) -> None:
    """Asked about first, however it is written; whoever says that these are months is held to it."""
    rows = [f"2019;{written.format(quarter)};4300;{quarter}00,00" for quarter in (1, 2, 3, 4)]
    read, faults = read_csv(tmp_path, PROFILE, HEAD, *rows)
    assert (read.lines, brief(faults)) == (0, [("L252", 2, "Kwartaal", written.format(1))])
    read, faults = read_csv(tmp_path, replace(PROFILE, quarters=True), HEAD, *rows)
    assert (list(read.postings["period"]), faults) == ([3, 6, 9, 12], ())
    read, faults = read_csv(tmp_path, replace(PROFILE, quarters=False), HEAD, *rows)
    assert list(read.postings["period"]) == (
        [1, 2, 3, 4] if year_quarter(written.format(1))[1] is None else [3, 6, 9, 12]
    )


@pytest.mark.parametrize("cell", ["0", "5", "13", "K5", "1K1", "K", "2019-5", "kwart"])
def test_what_is_no_quarter_is_a_fault(tmp_path: Path, cell: str) -> None:
    read, faults = read_csv(
        tmp_path, replace(PROFILE, quarters=True), HEAD, "2019;1;4300;1,00", f"2019;{cell};4300;1,00"
    )
    assert (read.lines, brief(faults)) == (0, [("L108", 3, "Kwartaal", cell)])


@pytest.mark.parametrize("months", [(1, 2, 3), (1, 5), (4, 12), (12,)])
def test_months_under_another_header_are_months(tmp_path: Path, months: tuple[int, ...]) -> None:
    """Also where only the first four are there; and more than four are none under that of quarters either."""
    rows = [f"2019;{month};4300;{month}00,00" for month in months]
    named = replace(PROFILE, columns=NAMES | {"period": "Periode"})
    read, faults = read_csv(tmp_path, named, HEAD.replace("Kwartaal", "Periode"), *rows)
    assert (list(read.postings["period"]), faults) == (list(months), ())
    read, faults = read_csv(tmp_path, PROFILE, HEAD, *rows)
    assert [one.code for one in faults] == (["L252"] if max(months) < 5 else [])


def test_days_say_that_periods_are_quarters(tmp_path: Path) -> None:
    """Under any header: each period is the quarter of its day, and many are not its month."""
    columns = NAMES | {"period": "Periode", "booked_on": "Datum"}
    head = "Jaar;Periode;Datum;Rekening;Bedrag"
    profile = replace(PROFILE, columns=columns)
    days = {"14-02-2019": 1, "31-03-2019": 1, "03-05-2019": 2, "30-06-2019": 2, "30-09-2019": 3, "31-12-2019": 4}
    rows = [f"2019;{one};{day};4300;1{one},00" for day, one in days.items()]
    read, faults = read_csv(tmp_path, profile, head, *rows)
    assert (read.lines, brief(faults)) == (0, [("L252", 2, "Periode", "1")])
    late = [f"2019;1;{day}-02-2019;4300;1{day},00" for day in range(10, 19)]
    assert read_csv(tmp_path, profile, head, *late)[1] == ()
    months = {"14-01-2019": 1, "20-01-2019": 1, "10-02-2019": 2, "05-03-2019": 3, "30-04-2019": 4, "02-03-2019": 2}
    read, faults = read_csv(
        tmp_path, profile, head, *(f"2019;{one};{day};4300;1{one},00" for day, one in months.items())
    )
    assert (read.lines, faults) == (6, ())


def test_which_headers_are_of_quarters() -> None:
    assert all(map(is_of_quarters, ["Kwartaal", "kw.", "Kw", "Boekkwartaal", "Kwartaalnr", "Fiscal quarter", "Q"]))
    assert not any(map(is_of_quarters, ["Periode", "Kwaliteit", "Maand", "Kwh", "Boekperiode", "Per."]))
