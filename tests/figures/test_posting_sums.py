"""Postings looked up per sum, against a loop over all of them."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from gebiedswerk.account import MEASURES
from gebiedswerk.figures.posting_sums import Behind, runs_of, sums_behind
from gebiedswerk.formats.postings import frame
from gebiedswerk.ledger import PUBLIC

ROW = st.fixed_dictionaries(
    {
        "line": st.sampled_from(["A", "B"]),
        "year": st.sampled_from([2018, 2019]),
        "kind": st.sampled_from(["adopted", "amendment", "carry_over", "opening", "realised", "commitment"]),
        "flow": st.sampled_from(["costs", "income", "reserve_in"]),
        "cents": st.integers(-999, 999),
        "in_budget": st.sampled_from([None, True, False]),
        "delivery": st.sampled_from(["d1", "d2"]),
        "rule": st.sampled_from([None, "r1", "r1 r2"]),
    }
)


def counts_in(row: dict[str, Any], measure: str) -> bool:
    """Whether a posting is one that a measure adds up, by the words of the measure alone."""
    for one in sums_behind(measure):
        part = {"brought_in": row["cents"] > 0 and bool(row["in_budget"]), "moved_out": row["cents"] < 0}
        if row["kind"] in one.kinds and row["flow"] in one.flows and part.get(one.part, True):
            return True
    return False


@settings(deadline=None)
@given(st.lists(ROW, max_size=20), st.sampled_from(sorted(MEASURES)), st.sampled_from([["A"], ["A", "B"], ["C"]]))
def test_each_posting_of_a_measure_is_found(rows: list[dict[str, Any]], measure: str, codes: list[str]) -> None:
    """Every posting behind a measure once, in the order of the files; no other."""
    rows = sorted(rows, key=lambda row: row["delivery"])
    rows = [row | {"id": f"{at:03d}", "row": at} for at, row in enumerate(rows)]
    found = Behind(runs_of(frame(rows, PUBLIC))).of(measure, codes, 2018)
    kept = [row["id"] for row in rows if row["line"] in codes and row["year"] == 2018 and counts_in(row, measure)]
    assert found["id"].to_list() == kept
    assert found.columns == list(PUBLIC)


@settings(deadline=None)
@given(st.lists(ROW, max_size=20))
def test_what_stands_behind_a_line(rows: list[dict[str, Any]]) -> None:
    """How many rows, by which rules, in which files."""
    behind = Behind(runs_of(frame(rows, PUBLIC)))
    mine = [row for row in rows if row["line"] == "A" and row["year"] == 2018]
    assert behind.count("A", 2018) == len(mine)
    assert behind.deliveries(["A", "C"], 2018) == {row["delivery"] for row in mine}
    assert behind.rules(["A"], 2018) == {rule for row in mine for rule in (row["rule"] or "").split()}
