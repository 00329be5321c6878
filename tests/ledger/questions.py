"""Every question of `ledger/queries.py` with its slow, obvious twin: a loop over the same rows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl
from hypothesis import strategies as st

from gebiedswerk.formats.postings import CODES, GROUP, POSTING, SUMMED
from gebiedswerk.ledger import queries
from gebiedswerk.ledger.queries import DECISION

Row = dict[str, Any]
LARGEST = (2**63 - 1) // 100
"""So many cents that a hundred of them still fit: more lines with such an amount than a test makes."""

CENTS = st.one_of(
    st.integers(-(10**12), 10**12),
    st.sampled_from([0, 1, -1, LARGEST, -LARGEST, 2**53, 2**53 + 1, -(2**53) - 1]),
)
ROW = st.fixed_dictionaries(
    {
        "delivery": st.sampled_from(["d1", "d2", "budgets.csv"]),
        "row": st.integers(2, 99),
        "share": st.sampled_from(["", "A"]),
        "year": st.sampled_from([2018, 2019]),
        "kind": st.sampled_from(["adopted", "amendment", "realised", "carry_over", "opening"]),
        "flow": st.sampled_from(["costs", "income", "reserve_in", "reserve_out", "balance"]),
        "ledger_account": st.sampled_from([None, "", "0100"]),
        "taakveld": st.sampled_from([None, "", "0.1", "0.10"]),
        "category": st.sampled_from([None, "3.8", "7.1"]),
        "cents": CENTS,
        "scope": st.sampled_from(["line", "out", "open"]),
        "rule": st.sampled_from(["", "r1"]),
        "line": st.sampled_from(["A", "B", "É"]),
        "origin": st.sampled_from([None, 2017]),
        "decision": st.sampled_from([None, "", "R1", "r1"]),
        "in_budget": st.sampled_from([None, True, False]),
        "decided_on": st.sampled_from([None, date(2018, 5, 1)]),
    }
)

SUM = st.builds(lambda row, postings: row | {"postings": postings}, ROW, st.integers(1, 10**6))
"""A row of `SUMMED`: so many postings together."""


@dataclass(frozen=True)
class Question:
    """How a question is asked, of rows of which `shape`, and its twin: the same answer, row for row.

    `ordered`: whether the order is part of the answer. `cannot`: engine → why it cannot carry the question.
    """

    ask: Callable[[Any], Any]
    twin: Callable[[Sequence[Row]], list[tuple[Any, ...]]]
    shape: Mapping[str, Any] = field(default_factory=lambda: POSTING)
    ordered: bool = True
    cannot: Mapping[str, str] = field(default_factory=dict)


def nulls_first(key: Iterable[Any]) -> tuple[tuple[bool, Any], ...]:
    """A key to sort by, in which what is empty comes first."""
    return tuple((value is not None, value) for value in key)


def sums_per_line(rows: Sequence[Row]) -> list[tuple[Any, ...]]:
    """Posting after posting of what ended on a line; a row of a group counts for as many as it says."""
    cents: dict[tuple[Any, ...], int] = defaultdict(int)
    count: Counter[tuple[Any, ...]] = Counter()
    for row in rows:
        if row["scope"] == "line":
            key = tuple(row.get(name) for name in ("line", "year", "kind", "flow", *DECISION))
            cents[key] += row["cents"]
            count[key] += row.get("postings", 1)
    return [(*key, cents[key], count[key]) for key in sorted(cents, key=nulls_first)]


def sums_per_taakveld(rows: Sequence[Row]) -> list[tuple[Any, ...]]:
    """Every cell of Iv3 by adding posting after posting: a withdrawal from a reserve is income there."""
    cents: dict[tuple[Any, ...], int] = defaultdict(int)
    seen: dict[tuple[Any, ...], set[int]] = defaultdict(set)
    for row in rows:
        asked = row["delivery"] in ("d1", "d2") and row["year"] == 2019 and row["kind"] == "realised"
        if asked and row["flow"] != "balance":
            income = row["flow"] in ("income", "reserve_out")
            side = "baten" if income else "lasten"
            cell = (row["delivery"], side, row["taakveld"] or "", row["category"] or "")
            cents[cell] += -row["cents"] if income else row["cents"]
            seen[cell].add(row["row"])
    return [(*cell, cents[cell], len(seen[cell])) for cell in sorted(cents)]


def grouped(rows: Sequence[Row]) -> list[tuple[Any, ...]]:
    """Cents, number and first row of what shares a grain."""
    groups: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in rows:
        groups[tuple(row.get(name) for name in GROUP)].append(row)
    return [
        (*key, sum(row["cents"] for row in found), len(found), min(row["row"] for row in found))
        for key, found in groups.items()
    ]


def sums_per_place(rows: Sequence[Row]) -> list[tuple[Any, ...]]:
    """What is out of scope because it stands on the balance sheet has a place of its own."""
    cents: dict[tuple[str, str], int] = defaultdict(int)
    for row in rows:
        balance = row["scope"] == "out" and row["flow"] == "balance"
        cents[row["delivery"], "balance" if balance else row["scope"]] += row["cents"]
    return [(*key, cents[key]) for key in sorted(cents)]


def sums_without_rule(rows: Sequence[Row]) -> list[tuple[Any, ...]]:
    """What is open and no rule matched, the largest amounts first."""
    groups: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in rows:
        if row["scope"] == "open" and row["rule"] == "":
            groups[(row["delivery"], *(row.get(name) for name in CODES))].append(row)
    found = [
        (
            *key,
            sum(row["postings"] for row in group),
            sum(row["cents"] for row in group),
            min(row["row"] for row in group),
        )
        for key, group in groups.items()
    ]
    return sorted(found, key=lambda one: (-abs(one[-2]), one[-1], one[0], nulls_first(one[1:-3])))


def decisions_in_several_files(rows: Sequence[Row]) -> list[tuple[Any, ...]]:
    """Number after number, and in which files each stands."""
    places: dict[tuple[Any, ...], dict[str, int]] = defaultdict(dict)
    for row in rows:
        if row["kind"] in ("adopted", "amendment") and row["decision"]:
            files = places[row["year"], row["line"], row["decision"], row["kind"]]
            files[row["delivery"]] = min(row["row"], files.get(row["delivery"], row["row"]))
    found = [(file, *key, row) for key, files in places.items() if len(files) > 1 for file, row in files.items()]
    return sorted(found, key=lambda one: (one[0] != "budgets.csv", one[0], one[-1], one[1:-1]))


QUESTIONS: Mapping[str, Question] = {
    "sums_per_line": Question(queries.sums_per_line, sums_per_line),
    "sums_per_line, of groups": Question(queries.sums_per_line, sums_per_line, SUMMED),
    "sums_per_taakveld": Question(lambda rows: queries.sums_per_taakveld(rows, ["d1", "d2"], 2019), sums_per_taakveld),
    "grouped": Question(lambda rows: queries.grouped(rows, GROUP), grouped, ordered=False),
    "sums_per_place": Question(queries.sums_per_place, sums_per_place, SUMMED),
    "sums_without_rule": Question(queries.sums_without_rule, sums_without_rule, SUMMED),
    "decisions_in_several_files": Question(
        lambda rows: queries.decisions_in_several_files(rows, ["adopted", "amendment"], "budgets.csv"),
        decisions_in_several_files,
    ),
}
"""By the name of the function, and of what it is asked where that differs; `test_queries.py` says which is missing."""


def rows_of(question: Question) -> st.SearchStrategy[Row]:
    """Rows that the question may be asked of."""
    return SUM if "postings" in question.shape else ROW


def answers(question: Question, found: pl.DataFrame) -> list[tuple[Any, ...]]:
    """The rows of an answer, in an order to compare by."""
    rows = found.rows()
    return rows if question.ordered else sorted(rows, key=nulls_first)


def expected(question: Question, rows: Sequence[Row]) -> list[tuple[Any, ...]]:
    """What the twin answers, in that order."""
    found = question.twin(rows)
    return found if question.ordered else sorted(found, key=nulls_first)
