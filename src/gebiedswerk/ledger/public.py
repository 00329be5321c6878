"""The public ledger: everything private ends here; pages, files and open data read nothing else.

One row per posting share that may be seen, with the columns that its delivery allows; for hidden postings one row per
group (`ledger/gate.py`) with the sum, the count, the periods and the ground. Sums of the public ledger are those of
the ledger: nothing is lost, only told apart less.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from gebiedswerk.core.faults import Fault, capped, fault
from gebiedswerk.dossier import Dossier
from gebiedswerk.formats.postings import CODES, DECIDED, POSTING
from gebiedswerk.ledger.gate import Gated, decided, gate_of, publishes
from gebiedswerk.ledger.ledger import Ledger

ALWAYS = (
    "line",
    "year",
    "period",
    "last_period",
    "kind",
    "flow",
    "cents",
    "count",
    "ground",
    "delivery",
    "row",
    "rule",
)
ALLOWED = ("booked_on", *CODES, "description")
DECISIONS = tuple(DECIDED)
OWN = ("budgets.csv", "openings.csv")
TAKEN_DOWN = "taken_down"
"""The ground of a row that was taken down by decision (`takedowns.csv`)."""
PUBLIC: Mapping[str, Any] = {
    "id": pl.String,
    **{name: POSTING.get(name, pl.Int64) for name in ALWAYS},
    "ground": pl.String,
    **{name: POSTING[name] for name in (*ALLOWED, *DECISIONS)},
}
"""The columns of the public ledger.

`id`: `delivery:row`, with `/line` for a share and `.2` for the second amount of one row; of a group its own name.
`period` and `last_period` differ only for a group; `count`: the postings behind the row. `ground`: empty, or why a
group hides its postings (names of blocks, or `undecided`), and then `row` and the allowed columns are empty; `rule`:
the rules that attributed, apart by a space.
"""


def public_postings(ledger: Ledger, dossier: Dossier) -> pl.DataFrame:
    """The postings on budget lines as anyone may see them (`PUBLIC`), by delivery and row; groups after the rows."""
    if ledger.published is not None:
        return ledger.published.rows
    return in_order(delivered_postings(ledger, dossier), decided_postings(ledger, dossier))


def delivered_postings(ledger: Ledger, dossier: Dossier) -> pl.DataFrame:
    """Of those the ones that were delivered: worked out once for as long as they, and who hides, stay as they are."""
    if ledger.published is not None:
        return ledger.published.rows
    return dossier.session.traced(("public", ledger.basis), _delivered, dossier, gate_of(ledger, dossier))


def decided_postings(ledger: Ledger, dossier: Dossier) -> pl.DataFrame:
    """Of those the ones that were decided by hand; of a ledger in a release they stand among the others."""
    if ledger.published is not None:
        return ledger.published.rows.clear()
    return dossier.session.traced(("decided", ledger.basis), _decided, dossier, ledger)


def in_order(delivered: pl.DataFrame, by_hand: pl.DataFrame) -> pl.DataFrame:
    """Both in one order: what was decided by hand stands in files of its own, so that each comes as a whole."""
    pieces, at = [], 0
    for one in by_hand.partition_by("delivery", maintain_order=True):
        to = int(delivered["delivery"].search_sorted(one["delivery"][0]))
        pieces += [delivered.slice(at, to - at), one]
        at = to
    return pl.concat([*pieces, delivered.slice(at)])


def _delivered(dossier: Dossier, found: Gated) -> pl.DataFrame:
    rows = pl.concat([_shown(found.postings, dossier), _groups(found)]).select(list(PUBLIC))
    return _sorted(rows, dossier)


def _decided(dossier: Dossier, ledger: Ledger) -> pl.DataFrame:
    return _sorted(_shown(decided(ledger.by_hand), dossier), dossier)


def _sorted(rows: pl.LazyFrame, dossier: Dossier) -> pl.DataFrame:
    return _without_taken_down(rows, dossier).sort("delivery", "row", "id", nulls_last=True).collect()


def _without_taken_down(rows: pl.LazyFrame, dossier: Dossier) -> pl.LazyFrame:
    """Rows that a decision took down keep their amount and place; what else they told is gone."""
    gone = pl.col("id").is_in([row.posting for row in dossier.takedowns])
    emptied = [pl.when(gone).then(None).otherwise(pl.col(name)).alias(name) for name in ALLOWED]
    ground = pl.when(gone).then(pl.lit(TAKEN_DOWN)).otherwise("ground").alias("ground")
    return rows.with_columns(*emptied, ground) if dossier.takedowns else rows


def takedown_faults(ledgers: Sequence[Ledger], dossier: Dossier) -> list[Fault]:
    """Rows to take down that stand in no public ledger (Z118): the true one may still be seen."""
    if not dossier.takedowns:
        return []
    known = {name for ledger in ledgers for name in public_postings(ledger, dossier)["id"]}
    lost = (row for row in dossier.takedowns if row.posting not in known)
    return capped([fault("Z118", "takedowns.csv", row.row, "posting", row.posting) for row in lost])


@dataclass(frozen=True, slots=True)
class SmallGroup:
    """A total of a file, line and year behind which fewer postings stand than the smallest group has."""

    file: str
    line: str
    year: int
    found: int
    smallest: int

    def fault(self) -> Fault:
        """The total as a fault (V106)."""
        return fault("V106", self.file, value=self.line, year=self.year, found=self.found, smallest=self.smallest)


def small_groups(ledger: Ledger, dossier: Dossier) -> list[SmallGroup]:
    """Totals that show what a block should hide, because too few postings stand behind them (V106).

    The total of a budget line is public by law, so nothing but another budget line, or a reason, helps.
    """
    if not dossier.settings.privacy.block:
        return []
    files = {delivery.id: delivery.file for delivery in dossier.deliveries}
    smallest = dossier.settings.privacy.smallest_group
    short = gate_of(ledger, dossier).short
    return [SmallGroup(files[s.delivery], s.place, s.year, s.found, smallest) for s in short]


def _shown(postings: pl.LazyFrame, dossier: Dossier) -> pl.LazyFrame:
    """One row per share that may be seen; a column that its delivery does not allow is empty."""
    whole = pl.format("{}:{}", "delivery", "row")
    shared = pl.format("{}:{}/{}", "delivery", "row", "share")
    allowed = {one.id: one.settings.public_columns for one in dossier.deliveries if publishes(one)}
    columns = [
        pl.when(pl.col("delivery").is_in([*OWN, *(name for name, public in allowed.items() if column in public)]))
        .then(pl.col(column))
        .alias(column)
        for column in ALLOWED
    ]
    one = {"count": pl.lit(1, pl.Int64), "last_period": pl.col("period"), "ground": pl.lit(None, pl.String)}
    rows = _numbered(postings.filter(pl.col("group") == ""), dossier)
    named = pl.when(pl.col("share") == "").then(whole).otherwise(shared)
    named = pl.when(pl.col("at") == 0).then(named).otherwise(pl.format("{}.{}", named, pl.col("at") + 1))
    return rows.with_columns(*columns, id=named, **one).select(list(PUBLIC))


def _numbered(rows: pl.LazyFrame, dossier: Dossier) -> pl.LazyFrame:
    """The first, second, ... posting of one row (`at`, from 0): a row of a budget may hold several amounts."""
    several = [one.id for one in dossier.deliveries if one.profile.budget_amounts.kinds()]
    if not several:
        return rows.with_columns(at=pl.lit(0))
    number = pl.int_range(pl.len()).over("delivery", "row", "share", order_by=["kind", "cents"])
    return rows.with_columns(at=pl.when(pl.col("delivery").is_in(several)).then(number).otherwise(0))


def _groups(found: Gated) -> pl.LazyFrame:
    """One row per group and line, with nothing of its postings but what they add up to."""
    hidden = found.postings.filter(pl.col("group") != "")
    grounds = pl.col("ground").filter(pl.col("ground") != "").unique().sort().str.join(" ")
    # one row per group and budget line: more than one line only where a key divides
    sums = hidden.group_by("group", "line", "delivery", "year", "kind", "flow", "origin", pl.col("share") != "").agg(
        pl.col("cents").sum().cast(pl.Int64),
        pl.col("row").n_unique().cast(pl.Int64).alias("count"),
        pl.col("period").min(),
        pl.col("period").max().alias("last_period"),
        grounds.alias("ground"),
        pl.col("rule").unique().sort().str.join(" "),
    )
    named = pl.when("share").then(pl.format("{}/{}", "group", "line")).otherwise("group")
    empty = [pl.lit(None, PUBLIC[name]).alias(name) for name in ("row", *ALLOWED, *DECISIONS) if name != "origin"]
    return sums.with_columns(*empty, id=named).select(list(PUBLIC))
