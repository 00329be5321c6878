"""The ledger on a basis: every posting of the deliveries that count then, attributed to its budget line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import polars as pl

from gebiedswerk.core.faults import Checked
from gebiedswerk.dossier import Basis, Delivery, Dossier
from gebiedswerk.ledger.attribution import attribute_postings
from gebiedswerk.ledger.decisions import budgets_of, decided_rows, known_on
from gebiedswerk.ledger.deliveries import DeliverySummary, chosen, read_delivery, summary
from gebiedswerk.ledger.postings import DECIDED, DELIVERED, POSTING, frame

PLACES = {"attributed_cents": "line", "out_of_scope_cents": "out", "open_cents": "open"}


@dataclass(frozen=True, slots=True)
class Ledger:
    """`postings`: one row per attributed share (`POSTING`), read when asked for; `decided`: those of decisions alone.

    `used`: the deliveries that count on the basis. `doubtful`: the years whose money is not complete, because a
    delivery waits or postings are open.
    """

    basis: Basis
    postings: pl.LazyFrame
    decided: pl.DataFrame
    deliveries: tuple[DeliverySummary, ...]
    used: tuple[str, ...]
    doubtful: frozenset[int]


def attribute(dossier: Dossier, basis: Basis) -> Checked[Ledger]:
    """Read the deliveries that count on a basis and attribute them. Value None where the dossier is not sound."""
    counts, faults = chosen(dossier, basis)
    summaries, frames, doubtful = [], [frame([], {**DELIVERED, **DECIDED}).lazy()], _years_in_doubt(dossier)
    doubtful |= {int(year) for found in faults for year in dict(found.facts)["years"].split(", ")}
    for delivery in dossier.deliveries:
        read, problems = read_delivery(dossier, delivery)
        faults += problems
        summaries.append(summary(delivery, read))
        years = counts.get(delivery.id, set())
        if years:
            frames.append(known_on(_counting(read.postings, years, delivery), delivery, basis))
        doubtful |= years if not read.lines else set()
    if not dossier.sound:
        return Checked(None, tuple(faults))
    attributed = attribute_postings(dossier, pl.concat(frames))
    decided = frame(decided_rows(dossier, basis), POSTING)
    ledger = Ledger(
        basis,
        pl.concat([attributed.postings, decided.lazy()]),
        pl.concat([decided, budgets_of(dossier, attributed.postings)]),
        tuple(_with_sums(summaries, attributed.postings)),
        tuple(sorted(counts)),
        frozenset(doubtful | attributed.open_years),
    )
    return Checked(ledger, (*faults, *attributed.faults))


def _counting(postings: pl.LazyFrame, years: set[int], delivery: Delivery) -> pl.LazyFrame:
    """The postings of the years for which a delivery counts."""
    return postings if years >= set(delivery.settings.years) else postings.filter(pl.col("year").is_in(sorted(years)))


def _years_in_doubt(dossier: Dossier) -> set[int]:
    """A delivery that cannot be read may be about any year."""
    return set(dossier.budget_years()) if dossier.unread else set()


def _with_sums(summaries: list[DeliverySummary], attributed: pl.LazyFrame) -> Iterator[DeliverySummary]:
    """Where the cents of each delivery ended: on a line, out of scope, or open."""
    found = attributed.group_by("delivery", "scope").agg(pl.col("cents").sum()).collect()
    sums = {(delivery, scope): cents for delivery, scope, cents in found.iter_rows()}
    for one in summaries:
        places = {name: sums.get((one.id, scope), 0) for name, scope in PLACES.items()}
        yield replace(one, **places)
