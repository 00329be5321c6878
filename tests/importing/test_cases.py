"""Files that real use brought up (`shared/cases`): the true totals after the answers they ask, or a refusal that helps.

Each profile here is what a person answers: `profiles/grootboek.toml` of the case's own dossier, with these lines.
"""

from __future__ import annotations

import re
import shutil
from datetime import datetime
from pathlib import Path

import pytest

from gebiedswerk.app.answer_import import answer_import
from gebiedswerk.app.import_file import import_file
from gebiedswerk.app.propose_profile import propose_profile
from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.importing import Imported, Wanted
from gebiedswerk.language.messages import Messages
from tests.conftest import ROOT

CASES = ROOT.parent / "shared" / "cases"
pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason="the folder with cases is not beside this checkout")

YEAR, PERIOD, DAY = "Boekjaar", "Periode", "Boekdatum"
MOMENT = datetime(2026, 1, 10, 10)  # noqa: DTZ001 - moments in a dossier have no zone


def profile(columns: str, flows: str = 'column = "Grootboek"\nincome = ["8*"]', top: str = "") -> str:
    """A profile with these columns (`our name: header`), apart by commas."""
    named = "\n".join(f'{one.split(":")[0].strip()} = "{one.split(":")[1].strip()}"' for one in columns.split(","))
    marks = 'delimiter = ";"\nencoding = "utf-8"\ndecimal = ","\nthousands = "."\n'
    after = "".join(re.findall(r"(?ms)^\[.*", top))
    return f"{marks}{top.removesuffix(after)}\n[columns]\n{named}\n[flows]\n{flows}\n{after}"


ONE = "year: Boekjaar, period: Periode, booked_on: Boekdatum, ledger_account: Grootboek, cost_centre: Kostenplaats"
SPLIT = f"{ONE}, debit: Debet, credit: Credit"
SINGLE = f"{ONE}, amount: Bedrag"
SHORT = "year: Boekjaar, period: Periode, ledger_account: Grootboek, cost_centre: Kostenplaats"
BOOKS = "ledger_account: Grootboekrekening, cost_centre: Kostenplaats, period: Periode, amount: Bedrag"
UNSIGNED = "unsigned_income = true\n"
BALANCES = '[[leave_out]]\ncolumn = "Omschrijving"\ntext = ["Beginsaldo", "Eindsaldo"]\n'
SUMS = '[[leave_out]]\ncolumn = "Omschrijving"\ntext = ["*totaal*"]\n'


def offered(tmp_path: Path, file: str, text: str | None, *, years: tuple[int, ...] = ()) -> Imported:
    """Import a case in a copy of its dossier; `text`: the profile, or None for the one that is there."""
    dossier = tmp_path / "d"
    shutil.copytree(CASES / "base" / "dossier", dossier)
    if text is not None:
        (dossier / "profiles" / "grootboek.toml").write_text(text, "utf-8")
    wanted = Wanted(CASES / file, administration="WD", years=years, exported_at=MOMENT)
    return import_file(dossier, wanted, Messages("nl"))


TOTALS = {
    "credit-negative.csv": (f"{SHORT}, debit: Debet, credit: Credit", "negative_credit = true\n", 10000, 2500, 2),
    "lasten-baten.csv": (f"{SHORT}, debit: Lasten, credit: Baten", "income_by_side = true\n", 10000, 2500, 2),
    "balances.csv": (SPLIT, BALANCES, 360400, 0, 8),
    "euro-sign.csv": (SINGLE, "", 1370958061, 581780, None),
    "income-unsigned.csv": (SINGLE, UNSIGNED, 1370958061, 581780, None),
    "brackets.csv": (SINGLE, "", 1370958061, 581780, None),
    "d-c-behind.csv": (
        SINGLE,
        '[sign]\ncolumn = "Bedrag"\npositive = ["D"]\nnegative = ["C"]\n',
        1370958061,
        581780,
        None,
    ),
    "month-names.csv": (
        "year: Boekjaar, period: Maand, ledger_account: Grootboek, cost_centre: Kostenplaats, amount: Bedrag",
        "",
        None,
        0,
        None,
    ),
}


@pytest.mark.parametrize("file", TOTALS)
def test_true_totals_after_the_answers(tmp_path: Path, file: str) -> None:
    columns, top, debit, credit, lines = TOTALS[file]
    found = offered(tmp_path, f"imports/{file}", profile(columns, top=top), years=(2025,))
    assert found.landed is not None, found.faults
    assert found.offer is not None
    counted = found.offer.counted
    assert (counted.debit_cents, counted.credit_cents) == (debit or counted.debit_cents, credit)
    assert lines is None or counted.lines == lines


PROPOSED = {
    "imports/subtotals.xlsx": (43984870, 12016261, 120),
    "imports/balances.csv": (360400, 0, 8),
    "imports/credit-negative.csv": (10000, 2500, 2),
    "imports/lasten-baten.csv": (10000, 2500, 2),
    "imports/income-unsigned.csv": (1370958061, 581780, 30),
    "imports/euro-sign.csv": (1370958061, 581780, 30),
    "imports/d-c-behind.csv": (1370958061, 581780, 30),
    "imports/brackets.csv": (1370958061, 581780, 30),
    "imports/no-year-column.csv": (780600, 0, 12),
    "imports/month-names.csv": (30150, 0, 3),
    "imports/year-dash-period.csv": (360400, 0, 8),
    "imports/codes-with-names.csv": (360400, 0, 8),
    "imports/conflicting.csv": (100000, 0, 4),
    "reports/01-xlsx-iso-dates/b-moments.xlsx": (125051, 10000, 3),
    "reports/07-csv-day-with-time/f-mixed-times.csv": (125051, 10000, 3),
    "reports/09-guarded-codes/a-formula-guard.csv": (125051, 10000, 3),
    "reports/25-line-ends/a-cr-only.csv": (125051, 10000, 3),
    "reports/25-line-ends/e-repeated-header.csv": (125051, 10000, 3),
    "reports/16-xaf-odoo-account-types/a-all-mixed.xaf": (135051, 135051, 6),
}
PATIENCE = 3
"""So many questions an ordinary export may ask."""


@pytest.mark.parametrize("file", PROPOSED)
def test_proposed_and_answered_it_gives_the_true_totals(tmp_path: Path, file: str) -> None:
    """No profile at first: every question is answered as it is proposed, and all of them are asked at once."""
    dossier = tmp_path / "d"
    shutil.copytree(CASES / "base" / "dossier", dossier)
    (dossier / "profiles" / "grootboek.toml").unlink()
    made = propose_profile(dossier, CASES / file, "p", Messages("nl"))
    assert made.value is not None, made.faults
    asked = made.value.questions
    assert len(asked) <= PATIENCE, [one.key for one in asked]
    assert all(one.proposed is not None for one in asked), asked
    wanted = Wanted(CASES / file, "p", administration="WD", exported_at=MOMENT)
    told = answer_import(wanted, [(one.key, one.proposed or "") for one in asked])
    found = import_file(dossier, told, Messages("nl"))
    assert found.landed is not None and found.offer is not None, found.faults
    counted = found.offer.counted
    assert (counted.debit_cents, counted.credit_cents, counted.lines) == PROPOSED[file]


def test_a_wrong_year_of_an_audit_file_is_one_fault(tmp_path: Path) -> None:
    dossier = tmp_path / "d"
    shutil.copytree(CASES / "base" / "dossier", dossier)
    file = CASES / "reports" / "16-xaf-odoo-account-types" / "b-year-name.xaf"
    made = propose_profile(dossier, file, "p", Messages("nl"))
    assert [one.code for one in made.faults] == ["L108"]


ASKED = {
    "credit-negative.csv": (f"{SHORT}, debit: Debet, credit: Credit", "L185"),
    "balances.csv": (SPLIT, "L180"),
    "income-unsigned.csv": (SINGLE, "L186"),
}


@pytest.mark.parametrize("file", ASKED)
def test_nothing_lands_before_the_answer(tmp_path: Path, file: str) -> None:
    """Without the line of the profile that answers it the question is the one fault."""
    columns, code = ASKED[file]
    found = offered(tmp_path, f"imports/{file}", profile(columns), years=(2025,))
    assert found.landed is None
    assert [one.code for one in found.faults] == [code]


def test_the_year_is_said_or_asked(tmp_path: Path) -> None:
    """A file without a column for the fiscal year: `--years` says it, nothing guesses it."""
    columns = SPLIT.removeprefix("year: Boekjaar, ")
    asked = offered(tmp_path / "asked", "imports/no-year-column.csv", profile(columns))
    assert (asked.landed, [one.code for one in asked.faults]) == (None, ["L187"])
    found = offered(tmp_path / "said", "imports/no-year-column.csv", profile(columns), years=(2025,))
    assert found.offer is not None and found.landed is not None
    assert (found.offer.counted.debit_cents, found.offer.counted.lines) == (780600, 12)


@pytest.mark.parametrize("file", ["year-dash-period.csv", "codes-with-names.csv"])
def test_the_year_in_the_period(tmp_path: Path, file: str) -> None:
    found = offered(tmp_path, f"imports/{file}", profile(BOOKS, 'column = "Grootboekrekening"\nincome = ["8*"]'))
    assert found.offer is not None, found.faults
    assert found.offer.delivery.settings.years == [2025]


def test_subtotals_prove_the_file(tmp_path: Path) -> None:
    columns = (
        "year: Jaar, period: Periode, booked_on: Datum, cost_centre: Kostenplaats, ledger_account: Grootboekrekening, "
        "debit: Debet, credit: Credit"
    )
    header = "header_row = 4\nsheet = 'Mutaties'\n"
    flows = 'column = "Grootboekrekening"\nincome = ["8*"]'
    asked = offered(tmp_path / "asked", "imports/subtotals.xlsx", profile(columns, flows, header))
    assert [one.code for one in asked.faults] == ["L180"], asked.faults
    found = offered(tmp_path / "said", "imports/subtotals.xlsx", profile(columns, flows, header + SUMS))
    assert found.offer is not None, found.faults
    assert (found.offer.counted.debit_cents, found.offer.counted.credit_cents) == (43984870, 12016261)


READ = [
    "01-xlsx-iso-dates/a-days.xlsx",
    "01-xlsx-iso-dates/b-moments.xlsx",
    "01-xlsx-iso-dates/c-1904.xlsx",
    "02-xlsx-backslash/a-names.xlsx",
    "02-xlsx-backslash/b-names-and-targets.xlsx",
    "02-xlsx-backslash/c-absolute-target.xlsx",
    "02-xlsx-backslash/d-absolute-backslash-target.xlsx",
    "02-xlsx-backslash/e-prefixed-workbook.xlsx",
    "05-csv-trailing-delimiter/a-header-only.csv",
    "05-csv-trailing-delimiter/b-rows-only.csv",
    "07-csv-day-with-time/a-midnight.csv",
    "07-csv-day-with-time/b-midnight-short.csv",
    "07-csv-day-with-time/c-24-00.csv",
    "07-csv-day-with-time/f-mixed-times.csv",
    "09-guarded-codes/a-formula-guard.csv",
    "09-guarded-codes/a2-formula-guard-quoted.csv",
    "09-guarded-codes/b-apostrophe.csv",
    "09-guarded-codes/c-unit-separator.csv",
    "09-guarded-codes/e-tab-guard.csv",
    "15-xlsx-empty-shared-string/a-empty-v.xlsx",
    "25-line-ends/a-cr-only.csv",
    "25-line-ends/e-repeated-header.csv",
]


@pytest.mark.parametrize("file", READ)
def test_ordinary_shapes_are_read(tmp_path: Path, file: str) -> None:
    """Three lines, 1.250,51 and 100,00, each on the line it belongs to."""
    found = offered(tmp_path, f"reports/{file}", None)
    assert found.landed is not None, found.faults
    assert found.offer is not None
    counted = found.offer.counted
    assert (counted.lines, counted.debit_cents, counted.credit_cents) == (3, 125051, 10000)
    opened = open_dossier(tmp_path / "d")
    assert opened.newest is not None
    lines = opened.newest.account.years[2025].by_code
    net = {code: lines[code].own.costs - lines[code].own.income for code in ("HAV", "OST-W", "BIN")}
    assert net == {"HAV": 100001, "OST-W": 25050, "BIN": -10000}


AMOUNTS = {"a-no-leading-zero.csv": None, "b-four-decimals.csv": None, "c-one-decimal.csv": None}


@pytest.mark.parametrize("file", AMOUNTS)
def test_odd_amounts_are_read(tmp_path: Path, file: str) -> None:
    found = offered(tmp_path, f"reports/06-csv-odd-amounts/{file}", None)
    assert found.landed is not None, found.faults


REFUSED = {
    "06-csv-odd-amounts/d-null-words.csv": {"L198"},
    "10-scientific-codes/a-cost-centre.csv": {"L178"},
    "26-day-in-amount-column/a-day-style.xlsx": {"L179"},
    "26-day-in-amount-column/d-cost-centre-with-day-style.xlsx": {"L179"},
}


@pytest.mark.parametrize("file", REFUSED)
def test_what_a_spreadsheet_spoiled_is_refused(tmp_path: Path, file: str) -> None:
    """At its row and column, and nothing lands."""
    found = offered(tmp_path, f"reports/{file}", None)
    assert found.landed is None
    assert {one.code for one in found.faults if one.severity == "error"} == REFUSED[file]
    assert all(one.row and one.column for one in found.faults)


def test_hidden_rows_are_counted_and_said(tmp_path: Path) -> None:
    found = offered(tmp_path, "reports/03-xlsx-hidden-rows/a-filtered.xlsx", None)
    assert found.offer is not None and found.landed is not None
    assert (found.offer.counted.debit_cents, [one.code for one in found.faults]) == (175051, ["L182"])
