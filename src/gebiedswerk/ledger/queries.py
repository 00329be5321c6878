"""One function per question to the postings: lazy frames in, lazy frames out, whole cents only.

Written in what Narwhals offers, so that one text asks Polars, DuckDB or Spark: a question gives back the kind of frame
that it was given. Each has a slow, obvious twin in the tests, which hold engines to it. Sums are cast back to Int64 and
results are ordered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import narwhals.stable.v2 as nw

from gebiedswerk.formats.postings import CODES

if TYPE_CHECKING:
    from narwhals.stable.v2.typing import IntoLazyFrameT

SIDES: Mapping[str, str] = {"costs": "lasten", "reserve_in": "lasten", "income": "baten", "reserve_out": "baten"}
DECISION = ("origin", "last_year", "source", "in_budget", "decided_on")


def sums_per_line(postings: IntoLazyFrameT) -> IntoLazyFrameT:
    """Sum what each budget line got and spent, per fiscal year and sort of money.

    Takes `postings`: one row per attributed share (`POSTING`), or per group of them, with their number in `postings`.
    Returns one row per line, year, kind and flow, and for decisions also per `DECISION`; ordered:
    cents (Int64), postings (Int64, the count behind the sum).
    Source: BBV art. 2: the fiscal year of the ledger decides, not the booking day.
    """
    grain = ["line", "year", "kind", "flow", *DECISION]
    asked = nw.from_native(postings)
    # only what ended on a line
    on_lines = asked.filter(nw.col("scope") == "line")
    # one row per line, year, kind, flow and decision; commitments are a stand, so their periods add up too
    count = nw.col("postings").sum() if "postings" in asked.collect_schema().names() else nw.len()
    sums = on_lines.group_by(grain).agg(_sum("cents"), count.cast(nw.Int64).alias("postings"))
    return sums.sort(grain, nulls_last=False).to_native()


def sums_per_taakveld(postings: IntoLazyFrameT, deliveries: list[str], year: int) -> IntoLazyFrameT:
    """Sum what deliveries booked in one fiscal year per cell of Iv3: side, taakveld and category.

    Takes `postings`: one row per attributed share (`POSTING`); where a share ended does not matter.
    Returns one row per delivery and cell, ordered: side (lasten: costs and additions to reserves; baten: income and
    withdrawals from reserves), taakveld and category (empty where a posting has none), cents (Int64, positive as Iv3
    writes both sides), postings (Int64, the count behind the sum).
    Source: BBV art. 71 to 74; reserve movements are lasten and baten of taakveld 0.10, category 7.1.
    """
    grain = ["delivery", "side", "taakveld", "category"]
    side = nw.col("flow").replace_strict(SIDES, default=None, return_dtype=nw.String)
    codes = [nw.col(name).fill_null("") for name in ("taakveld", "category")]
    # what was booked on lasten and baten; the balance sheet is neither
    asked = nw.from_native(postings).filter(
        nw.col("delivery").is_in(deliveries) & (nw.col("year") == year) & (nw.col("kind") == "realised")
    )
    sided = asked.with_columns(side.alias("side"), *codes).filter(~nw.col("side").is_null())
    # income is negative with us and positive in Iv3
    positive = nw.when(nw.col("side") == "lasten").then(nw.col("cents")).otherwise(-nw.col("cents"))
    # one row per delivery, side, taakveld and category; a split posting counts once
    rows = nw.col("row").n_unique().cast(nw.Int64).alias("postings")
    sums = sided.with_columns(positive.alias("cents")).group_by(grain).agg(_sum("cents"), rows)
    return sums.sort(grain).to_native()


def grouped(postings: IntoLazyFrameT, grain: Sequence[str]) -> IntoLazyFrameT:
    """Sum postings that share all that `grain` names.

    Takes one row per posting. Returns one row per grain, in no order: the grain, cents (Int64), postings (Int64, the
    count behind the sum), row (Int64, the first of them).
    """
    first, count = nw.col("row").min(), nw.len().cast(nw.Int64).alias("postings")
    return nw.from_native(postings).group_by(list(grain)).agg(_sum("cents"), count, first).to_native()


def sums_per_place(sums: IntoLazyFrameT) -> IntoLazyFrameT:
    """Sum where the cents of each delivery ended.

    Takes `sums`: one row per attributed group (`SUMMED`), or per share.
    Returns one row per delivery and place, ordered: place (`balance` for what was booked on the balance sheet and is
    out of scope, else the scope: line, out, open), cents (Int64).
    """
    grain = ["delivery", "place"]
    on_balance = (nw.col("scope") == "out") & (nw.col("flow") == "balance")
    place = nw.when(on_balance).then(nw.lit("balance")).otherwise(nw.col("scope")).alias("place")
    return nw.from_native(sums).with_columns(place).group_by(grain).agg(_sum("cents")).sort(grain).to_native()


def sums_without_rule(sums: IntoLazyFrameT) -> IntoLazyFrameT:
    """Sum the postings that no rule matches, per delivery and set of codes.

    Takes `sums`: one row per attributed group (`SUMMED`). Those that a rule matched and that stayed open nonetheless,
    for want of a key, are left out.
    Returns one row per delivery and `CODES`, the largest amount of either sign first, then by row, delivery and codes:
    count (Int64, of the postings), cents (Int64), row (Int64, the first of them).
    """
    size = nw.col("cents").abs().alias("size")
    count, first = _sum("postings").alias("count"), nw.col("row").min()
    # what is open and was matched by nothing
    asked = nw.from_native(sums).filter((nw.col("scope") == "open") & (nw.col("rule") == ""))
    # one row per delivery and set of codes
    groups = asked.group_by(["delivery", *CODES]).agg(count, _sum("cents"), first).with_columns(size)
    order = ["row", "delivery", *CODES]
    return groups.sort(["size", *order], descending=[True, *(False for _ in order)]).drop("size").to_native()


def decisions_in_several_files(budgets: IntoLazyFrameT, kinds: Sequence[str], own: str) -> IntoLazyFrameT:
    """Find the decisions of some `kinds` that stand in more than one file: the same year, line, number and kind.

    Takes `budgets`: one row per row of a decision (`POSTING`); a row without a number is no such decision.
    Returns one row per file and decision, those in the table `own` first, then by file and row: delivery, year, line,
    decision, kind, row (Int64, the first of them).
    """
    same = ["year", "line", "decision", "kind"]
    elsewhere = (nw.col("delivery") != own).alias("elsewhere")
    # numbered decisions of council and college
    decided = nw.from_native(budgets).filter(nw.col("kind").is_in(kinds) & (nw.col("decision").fill_null("") != ""))
    # one row per file and decision
    places = decided.group_by(["delivery", *same]).agg(nw.col("row").min())
    several = places.with_columns(nw.len().over(*same).alias("files"), elsewhere).filter(nw.col("files") > 1)
    return several.sort(["elsewhere", "delivery", "row", *same]).drop("files", "elsewhere").to_native()


def _sum(name: str) -> nw.Expr:
    """The sum of whole cents, in whole cents on every engine."""
    return nw.col(name).sum().cast(nw.Int64)
