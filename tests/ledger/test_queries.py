"""Each query against a slow, obvious loop over the same postings."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from gebiedswerk.formats.postings import POSTING, frame
from gebiedswerk.ledger import sums_per_line, sums_per_taakveld
from gebiedswerk.ledger.queries import DECISION, grouped

ROW = st.fixed_dictionaries(
    {
        "delivery": st.sampled_from(["d1", "d2"]),
        "row": st.integers(2, 99),
        "share": st.sampled_from(["", "A"]),
        "year": st.sampled_from([2018, 2019]),
        "kind": st.sampled_from(["adopted", "realised", "carry_over", "opening"]),
        "flow": st.sampled_from(["costs", "income", "reserve_in", "reserve_out", "balance"]),
        "taakveld": st.sampled_from([None, "", "0.1", "0.10"]),
        "category": st.sampled_from([None, "3.8", "7.1"]),
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
def test_grouped(rows: list[dict[str, Any]]) -> None:
    """Cents, number and first row of what shares a grain; and sums of groups are the sums of their postings."""
    grain = ["delivery", "scope", "line", "year", "kind", "flow", *DECISION]
    cents: dict[tuple[Any, ...], list[int]] = defaultdict(lambda: [0, 0, 99])
    for row in rows:
        group = cents[tuple(row.get(name) for name in grain)]
        group[:] = [group[0] + row["cents"], group[1] + 1, min(group[2], row["row"])]
    postings = frame(rows, POSTING).lazy()
    found = grouped(postings, grain)
    assert {row[:-3]: list(row[-3:]) for row in found.collect().iter_rows()} == dict(cents)
    assert sums_per_line(found).collect().equals(sums_per_line(postings).collect())


@settings(deadline=None)
@given(st.lists(ROW, max_size=15))
def test_sums_per_taakveld(rows: list[dict[str, Any]]) -> None:
    """Every cell of Iv3 by adding posting after posting: a withdrawal from a reserve is income there."""
    cents: dict[tuple[Any, ...], int] = defaultdict(int)
    seen: dict[tuple[Any, ...], set[int]] = defaultdict(set)
    for row in rows:
        if row["delivery"] == "d1" and row["year"] == 2019 and row["kind"] == "realised" and row["flow"] != "balance":
            income = row["flow"] in ("income", "reserve_out")
            cell = ("d1", "baten" if income else "lasten", row["taakveld"] or "", row["category"] or "")
            cents[cell] += -row["cents"] if income else row["cents"]
            seen[cell].add(row["row"])
    found = sums_per_taakveld(frame(rows, POSTING).lazy(), ["d1"], 2019).collect()
    assert str(found.schema["cents"]) == "Int64"
    assert [row[:4] for row in found.iter_rows()] == sorted(cents)
    assert {row[:4]: row[4:] for row in found.iter_rows()} == {cell: (cents[cell], len(seen[cell])) for cell in cents}
