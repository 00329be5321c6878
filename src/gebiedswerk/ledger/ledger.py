"""The ledger on a basis: every posting of the deliveries that count then, attributed to its budget line."""

from __future__ import annotations

from dataclasses import dataclass, replace

import polars as pl

from gebiedswerk.core.faults import Checked
from gebiedswerk.dossier import Basis, Dossier
from gebiedswerk.ledger.attribution import attribute_postings
from gebiedswerk.ledger.decisions import decided_rows
from gebiedswerk.ledger.deliveries import DeliverySummary, chosen, read_delivery, summary
from gebiedswerk.ledger.postings import DELIVERED, POSTING, frame


@dataclass(frozen=True, slots=True)
class Ledger:
    """`postings`: one row per attributed share (`POSTING`). `used`: the deliveries that count on the basis.

    `doubtful`: the years whose money is not complete, because a delivery waits or postings are open.
    """

    basis: Basis
    postings: pl.DataFrame
    deliveries: tuple[DeliverySummary, ...]
    used: tuple[str, ...]
    doubtful: frozenset[int]


def attribute(dossier: Dossier, basis: Basis) -> Checked[Ledger]:
    """Read the deliveries that count on a basis and attribute them. Value None where the dossier is not sound."""
    counts, faults = chosen(dossier, basis)
    summaries, frames, doubtful = [], [frame([], DELIVERED)], _years_in_doubt(dossier)
    doubtful |= {int(year) for found in faults for year in dict(found.facts)["years"].split(", ")}
    for delivery in dossier.deliveries:
        read, problems = read_delivery(dossier, delivery)
        faults += problems
        summaries.append(summary(delivery, read))
        years = counts.get(delivery.id, set())
        frames.append(read.postings.filter(pl.col("year").is_in(sorted(years))))
        doubtful |= years if not read.lines else set()
    if not dossier.sound:
        return Checked(None, tuple(faults))
    attributed, found, open_years = attribute_postings(dossier, pl.concat(frames))
    decided = frame(decided_rows(dossier, basis), POSTING)
    postings = pl.concat([attributed.select(_filled(attributed)), decided])
    ledger = Ledger(
        basis,
        postings,
        tuple(_with_attribution(one, attributed) for one in summaries),
        tuple(sorted(counts)),
        frozenset(doubtful | open_years),
    )
    return Checked(ledger, (*faults, *found))


def _years_in_doubt(dossier: Dossier) -> set[int]:
    """A delivery that cannot be read may be about any year."""
    return set(dossier.budget_years()) if dossier.unread else set()


def _filled(attributed: pl.DataFrame) -> list[pl.Expr]:
    return [
        pl.col(name) if name in attributed.columns else pl.lit(None, dtype=kind).alias(name)
        for name, kind in POSTING.items()
    ]


def _with_attribution(one: DeliverySummary, attributed: pl.DataFrame) -> DeliverySummary:
    """Where the cents of one delivery ended: on a line, out of scope, or open."""
    mine = attributed.filter(pl.col("delivery") == one.id)
    sums = dict(mine.group_by("scope").agg(pl.col("cents").sum()).iter_rows())
    return replace(
        one,
        attributed_cents=sums.get("line", 0),
        out_of_scope_cents=sums.get("out", 0),
        open_cents=sums.get("open", 0),
    )
