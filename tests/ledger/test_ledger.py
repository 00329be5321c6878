"""The ledger: its sums and its rows are two sights of the same money."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from gebiedswerk.dossier import NEWEST, read
from gebiedswerk.ledger import attribute, sums_per_line
from tests.conftest import ROOT


@pytest.mark.parametrize("example", ["klein", "groningen"])
def test_the_sums_are_those_of_the_rows(example: str) -> None:
    """With keys, delivered budgets and predecessors: the same per line, and per delivery and place."""
    dossier = read(ROOT / "examples" / example).value
    assert dossier is not None
    ledger = attribute(dossier, NEWEST).value
    assert ledger is not None
    assert sums_per_line(ledger.sums.lazy()).collect().equals(sums_per_line(ledger.postings).collect())
    of_rows = ledger.postings.group_by("delivery", "scope").agg(pl.col("cents").sum(), pl.len()).collect()
    of_sums = ledger.sums.group_by("delivery", "scope").agg(pl.col("cents").sum(), pl.col("postings").sum())
    assert sorted(of_sums.iter_rows()) == sorted(of_rows.iter_rows())


def test_rules_that_look_at_days_find_every_day(klein: Path) -> None:
    """With such a rule the sums are made per day: still those of the rows."""
    rules = klein / "attribution.csv"
    header, *rows = rules.read_text("utf-8").splitlines()
    assert "booked_on" not in header
    rules.write_text("\n".join([f"{header},booked_on", *(f"{row},2025*" for row in rows)]) + "\n", "utf-8")
    dossier = read(klein).value
    assert dossier is not None
    ledger = attribute(dossier, NEWEST).value
    assert ledger is not None
    assert sums_per_line(ledger.sums.lazy()).collect().equals(sums_per_line(ledger.postings).collect())
    placed = ledger.postings.filter(pl.col("rule") != "", pl.col("delivery") != "budgets.csv").collect()
    assert set(placed["booked_on"].dt.year()) == {2025}
