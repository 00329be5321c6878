"""Columns of costs and income for each month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest

from gebiedswerk.dossier import Delivery, Profile
from gebiedswerk.dossier.settings import DeliveryKind, DeliverySettings, Flows
from gebiedswerk.formats.profile_reader import header_faults
from tests.importing.ordinary import TRUE, Row, book, landed, nl, text

MONTHS = "jan feb mrt apr mei jun".split()
CODES = ["Boekjaar", "Grootboekrekening", "Kostenplaats"]
LINES: dict[tuple[str, str], dict[int, int]] = {}
for _, _month, _ledger, _centre, _cents in TRUE:
    LINES.setdefault((_ledger, _centre), {})[_month] = _cents
POSTINGS: list[Row] = [
    (2025, month, *codes, cents) for codes, months in LINES.items() for month, cents in months.items()
]
HEADS = {
    "behind": ("{} Lasten", "{} Baten", "{} Saldo"),
    "before": ("Lasten {}", "Baten {}", "Saldo {}"),
    "other words": ("Uitgaven {}", "Inkomsten {}", "Verschil {}"),
    "in brackets": ("{} (lasten)", "{} (baten)", "{} (saldo)"),
}


def _amounts(codes: tuple[str, str], month: int, minus: bool, balance: bool) -> list[int | None]:
    cents = LINES[codes].get(month)
    income = codes[0].startswith("8")
    costs, back = (None, cents) if income else (cents, None)
    shown = back if back is None or minus else -back
    return [costs, shown, *([cents] if balance else [])]


def _table(heads: Sequence[str], *, minus: bool, balance: bool) -> list[list[object]]:
    kinds = heads[: 3 if balance else 2]
    names = [one.format(month) for month in MONTHS for one in kinds]
    rows: list[list[object]] = [[*CODES, *names]]
    for codes in LINES:
        cells = [one for month in range(1, 7) for one in _amounts(codes, month, minus, balance)]
        rows.append(["2025", *codes, *cells])
    return rows


@pytest.mark.parametrize("heads", HEADS)
@pytest.mark.parametrize("minus", [True, False])
@pytest.mark.parametrize("balance", [True, False])
def test_costs_and_income_of_each_month(tmp_path: Path, heads: str, *, minus: bool, balance: bool) -> None:
    """No column says the period, and none the side: the file could not come in."""
    rows = _table(HEADS[heads], minus=minus, balance=balance)
    lines = [";".join(nl(one) if isinstance(one, int) else str(one or "") for one in row) for row in rows]
    told = landed(tmp_path, text(*lines), "csv", {"unsigned_income": "true"})
    assert sorted(told.rows) == sorted(POSTINGS), told
    assert told.asked == ([] if minus else ["unsigned_income"])


@pytest.mark.parametrize("balance", [True, False])
def test_in_a_sheet_with_the_months_above(tmp_path: Path, *, balance: bool) -> None:
    """Two rows of header: the month above its columns, once."""
    kinds = ["Lasten", "Baten", "Saldo"][: 3 if balance else 2]
    rows = _table(HEADS["behind"], minus=False, balance=balance)
    above: list[object] = [None, None, None]
    for month in MONTHS:
        above += [month, *[None] * (len(kinds) - 1)]
    names: list[object] = [*CODES, *kinds * len(MONTHS)]
    body = [[one / 100 if isinstance(one, int) else one for one in row] for row in rows[1:]]
    told = landed(tmp_path, book(tmp_path, {"Blad1": [above, names, *body]}), "xlsx", {"unsigned_income": "true"})
    assert sorted(told.rows) == sorted(POSTINGS), told
    assert told.asked == ["unsigned_income"]


def test_a_row_of_totals_proves_the_file(tmp_path: Path) -> None:
    """Of costs and of income together."""
    rows = _table(HEADS["behind"], minus=False, balance=False)
    sums = [sum(row[at] or 0 for row in rows[1:]) for at in range(3, len(rows[0]))]  # type: ignore[misc]
    for wrong in (0, 1):
        total: list[object] = ["Totaal", "", "", sums[0] + wrong, *sums[1:]]
        lines = [";".join(nl(one) if isinstance(one, int) else str(one or "") for one in row) for row in [*rows, total]]
        told = landed(tmp_path / str(wrong), text(*lines), "csv", {"unsigned_income": "true"})
        assert (sorted(told.rows) == sorted(POSTINGS), "L184" in told.said) == (not wrong, bool(wrong)), told


def test_income_of_a_period_without_costs_is_said() -> None:
    """Of a profile written by hand: its amounts would be lost without a word."""
    profile = Profile({"year": "Jaar"}, Flows("Jaar"), period_columns={"1": "a"}, income_columns={"1": "b", "2": "c"})
    settings = DeliverySettings("f.csv", DeliveryKind.REALISED, "WD", [2025], datetime(2026, 1, 1), "p")  # noqa: DTZ001
    delivery = Delivery("d", Path("f.csv"), "f.csv", "", settings, profile)
    found = header_faults(["Jaar", "a", "b", "c"], delivery)
    assert [(one.code, one.file, one.column) for one in found] == [("L103", "profiles/p.toml", "period_columns.2")]
