"""One function per question to the postings: lazy frames in, lazy frames out, whole cents only.

Each has a slow, obvious twin in the tests. Sums are cast back to Int64 and results are ordered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

SIDES: Mapping[str, str] = {"costs": "lasten", "reserve_in": "lasten", "income": "baten", "reserve_out": "baten"}
DECISION = ("origin", "last_year", "source", "in_budget", "decided_on")


def sums_per_line(postings: pl.LazyFrame) -> pl.LazyFrame:
    """Sum what each budget line got and spent, per fiscal year and sort of money.

    Takes `postings`: one row per attributed share (`POSTING`), or per group of them, with their number in `postings`.
    Returns one row per line, year, kind and flow, and for decisions also per `DECISION`; ordered:
    cents (Int64), postings (Int64, the count behind the sum).
    Source: BBV art. 2: the fiscal year of the ledger decides, not the booking day.
    """
    grain = ["line", "year", "kind", "flow", *DECISION]
    # only what ended on a line
    on_lines = postings.filter(pl.col("scope") == "line")
    # one row per line, year, kind, flow and decision; commitments are a stand, so their periods add up too
    count = pl.col("postings").sum() if "postings" in postings.collect_schema().names() else pl.len()
    sums = on_lines.group_by(grain).agg(pl.col("cents").sum().cast(pl.Int64), count.cast(pl.Int64).alias("postings"))
    return sums.sort(grain, nulls_last=False)


def sums_per_taakveld(postings: pl.LazyFrame, deliveries: list[str], year: int) -> pl.LazyFrame:
    """Sum what deliveries booked in one fiscal year per cell of Iv3: side, taakveld and category.

    Takes `postings`: one row per attributed share (`POSTING`); where a share ended does not matter.
    Returns one row per delivery and cell, ordered: side (lasten: costs and additions to reserves; baten: income and
    withdrawals from reserves), taakveld and category (empty where a posting has none), cents (Int64, positive as Iv3
    writes both sides), postings (Int64, the count behind the sum).
    Source: BBV art. 71 to 74; reserve movements are lasten and baten of taakveld 0.10, category 7.1.
    """
    grain = ["delivery", "side", "taakveld", "category"]
    side = pl.col("flow").replace_strict(SIDES, default=None, return_dtype=pl.String)
    codes = [pl.col(name).fill_null("") for name in ("taakveld", "category")]
    # what was booked on lasten and baten; the balance sheet is neither
    asked = postings.filter(
        pl.col("delivery").is_in(deliveries) & (pl.col("year") == year) & (pl.col("kind") == "realised")
    )
    sided = asked.with_columns(side.alias("side"), *codes).filter(pl.col("side").is_not_null())
    # income is negative with us and positive in Iv3
    positive = pl.when(pl.col("side") == "lasten").then(pl.col("cents")).otherwise(-pl.col("cents"))
    # one row per delivery, side, taakveld and category; a split posting counts once
    rows = pl.col("row").n_unique().cast(pl.Int64).alias("postings")
    return sided.group_by(grain).agg(positive.sum().cast(pl.Int64).alias("cents"), rows).sort(grain)


def grouped(postings: pl.LazyFrame, grain: Sequence[str]) -> pl.LazyFrame:
    """Sum postings that share all that `grain` names.

    Takes one row per posting. Returns one row per grain, in no order: the grain, cents (Int64), postings (Int64, the
    count behind the sum), row (Int64, the first of them).
    """
    first, count = pl.col("row").min(), pl.len().cast(pl.Int64).alias("postings")
    return postings.group_by(list(grain)).agg(pl.col("cents").sum().cast(pl.Int64), count, first)
