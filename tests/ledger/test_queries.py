"""Each query against a slow, obvious loop over the same postings."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from gebiedswerk.ledger import postings_of, sums_per_line
from gebiedswerk.ledger.postings import POSTING, frame
from gebiedswerk.ledger.queries import DECISION

ROW = st.fixed_dictionaries(
    {
        "delivery": st.sampled_from(["d1", "d2"]),
        "row": st.integers(2, 99),
        "share": st.sampled_from(["", "A"]),
        "year": st.sampled_from([2018, 2019]),
        "kind": st.sampled_from(["adopted", "realised", "carry_over"]),
        "flow": st.sampled_from(["costs", "income", "reserve_out"]),
        "cents": st.integers(-(10**12), 10**12),
        "scope": st.sampled_from(["line", "out", "open"]),
        "line": st.sampled_from(["A", "B"]),
        "origin": st.sampled_from([None, 2017]),
        "in_budget": st.sampled_from([None, True, False]),
        "decided_on": st.sampled_from([None, date(2018, 5, 1)]),
    }
)


@settings(deadline=None)
@given(st.lists(ROW, max_size=15))
def test_sums_per_line(rows: list[dict[str, Any]]) -> None:
    """Sums and counts per grain, only of what ended on a line."""
    cents: dict[tuple[Any, ...], int] = defaultdict(int)
    count: Counter[tuple[Any, ...]] = Counter()
    for row in rows:
        if row["scope"] == "line":
            key = tuple(row.get(name) for name in ("line", "year", "kind", "flow", *DECISION))
            cents[key] += row["cents"]
            count[key] += 1
    found = sums_per_line(frame(rows, POSTING).lazy()).collect()
    assert str(found.schema["cents"]) == "Int64"
    assert {row[:-2]: row[-2:] for row in found.iter_rows()} == {key: (cents[key], count[key]) for key in cents}


@settings(deadline=None)
@given(st.lists(ROW, max_size=15))
def test_postings_of(rows: list[dict[str, Any]]) -> None:
    """The rows behind one sum, in the order of their files."""
    found = postings_of(frame(rows, POSTING).lazy(), ["A"], 2018, ["realised"], ["costs", "income"]).collect()
    kept = [
        (row["delivery"], row["row"], row["share"])
        for row in rows
        if (row["scope"], row["line"], row["year"], row["kind"]) == ("line", "A", 2018, "realised")
        and row["flow"] in ("costs", "income")
    ]
    assert [(r["delivery"], r["row"], r["share"]) for r in found.iter_rows(named=True)] == sorted(kept)
