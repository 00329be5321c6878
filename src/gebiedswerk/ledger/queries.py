"""One function per question to the postings: lazy frames in, lazy frames out, whole cents only.

Each has a slow, obvious twin in the tests. Sums are cast back to Int64 and results are ordered.
"""

from __future__ import annotations

import polars as pl

DECISION = ("origin", "last_year", "source", "in_budget", "decided_on")


def sums_per_line(postings: pl.LazyFrame) -> pl.LazyFrame:
    """Sum what each budget line got and spent, per fiscal year and sort of money.

    Takes `postings`: one row per attributed share (`POSTING`).
    Returns one row per line, year, kind and flow, and for decisions also per `DECISION`; ordered:
    cents (Int64), postings (Int64, the count behind the sum).
    Source: BBV art. 2: the fiscal year of the ledger decides, not the booking day.
    """
    grain = ["line", "year", "kind", "flow", *DECISION]
    # only what ended on a line
    on_lines = postings.filter(pl.col("scope") == "line")
    # one row per line, year, kind, flow and decision; commitments are a stand, so their periods add up too
    sums = on_lines.group_by(grain).agg(pl.col("cents").sum().cast(pl.Int64), pl.len().cast(pl.Int64).alias("postings"))
    return sums.sort(grain, nulls_last=False)


def postings_of(
    postings: pl.LazyFrame, lines: list[str], year: int, kinds: list[str], flows: list[str]
) -> pl.LazyFrame:
    """The postings behind one sum, in the order of their files.

    Returns one row per posting share, ordered by delivery, row and share, with the columns of `POSTING`.
    """
    asked = (
        (pl.col("scope") == "line")
        & pl.col("line").is_in(lines)
        & (pl.col("year") == year)
        & pl.col("kind").is_in(kinds)
        & pl.col("flow").is_in(flows)
    )
    return postings.filter(asked).sort("delivery", "row", "share")
