"""The ledger on a basis: every posting of the deliveries that count then, attributed to its budget line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial

import polars as pl

from gebiedswerk.core.faults import Checked
from gebiedswerk.dossier import Basis, Delivery, Dossier
from gebiedswerk.dossier.settings import DeliveryKind
from gebiedswerk.formats.postings import DAY, DECIDED, GROUP, GROUPED, POSTING, SUMMED, frame
from gebiedswerk.ledger.attribution import attribute_groups, day_text, looked_at
from gebiedswerk.ledger.covers import chosen, decided_later, hole_faults
from gebiedswerk.ledger.decisions import budgets_of, counted_twice, decided_rows, known_on
from gebiedswerk.ledger.deliveries import DeliverySummary, read_delivery, summary
from gebiedswerk.ledger.queries import grouped, sums_per_place
from gebiedswerk.ledger.store import Held

PLACES: Mapping[str, str] = {
    "attributed_cents": "line",
    "out_of_scope_cents": "out",
    "balance_cents": "balance",
    "open_cents": "open",
}


@dataclass(frozen=True)
class PublicRows:
    """What a release holds of a ledger: its public rows (`PUBLIC`), and the initiatives that are paid from more."""

    rows: pl.DataFrame
    partly_hidden: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Ledger:
    """`sums`: what was booked and decided, one row per set of codes and place (`SUMMED`); `decided`: the rows of
    decisions alone (`POSTING`).

    `used`: the deliveries that count on the basis. `doubtful`: the years whose money is not complete, because a
    delivery waits or postings are open. `rows` reads the postings themselves. `published`: of a ledger in a release,
    where there is nothing but what anyone may see.
    """

    basis: Basis
    sums: pl.DataFrame
    decided: pl.DataFrame
    deliveries: tuple[DeliverySummary, ...]
    used: tuple[str, ...]
    doubtful: frozenset[int]
    rows: Callable[[], pl.LazyFrame]
    published: PublicRows | None = None

    @cached_property
    def postings(self) -> pl.LazyFrame:
        """One row per attributed share (`POSTING`): nothing is read until this is asked for."""
        return self.rows()


def attribute(dossier: Dossier, basis: Basis) -> Checked[Ledger | None]:
    """Read the deliveries that count on a basis and attribute them. Value None where the dossier is not sound.

    Where only its other tables are not, what is wrong with the attribution is said nonetheless.
    """
    counts, clashes = chosen(dossier, basis)
    later = decided_later(dossier, basis)
    faults = [*(clash.fault() for clash in clashes), *hole_faults(dossier, counts)]
    clashing = [name for clash in clashes for name in (clash.one, clash.other)]
    summaries, rows, doubtful = [], dict[str, Callable[[], pl.LazyFrame]](), _years_in_doubt(dossier)
    groups = [frame([], {**GROUPED, **DECIDED, DAY: pl.String})]
    doubtful |= {year for clash in clashes for year in clash.years}
    for delivery in dossier.deliveries:
        read, problems = read_delivery(dossier, delivery)
        faults += problems
        summaries.append(summary(delivery, read))
        numbers = later.get(delivery.id, {})
        years = counts.get(delivery.id, set()) | numbers.keys()
        if years:
            rows[delivery.id] = partial(_rows, read, years, delivery, basis, numbers)
            groups.append(_groups(read, years, delivery, rows[delivery.id], days="booked_on" in looked_at(dossier)))
        doubtful |= years if not read.lines else set()
    if not dossier.attributable:
        return Checked(None, tuple(faults))
    attributed = attribute_groups(dossier, pl.concat(groups, how="diagonal"), rows)
    if not dossier.sound:
        return Checked(None, (*faults, *attributed.faults))
    decided = frame(decided_rows(dossier, basis), POSTING)
    budgets = pl.concat([decided, budgets_of(dossier, attributed, rows)])
    twice, years = counted_twice(dossier, budgets.filter(~pl.col("delivery").is_in(clashing)))
    doubtful |= years
    ledger = Ledger(
        basis,
        pl.concat([attributed.sums, decided.with_columns(postings=pl.lit(1, pl.Int64)).select(list(SUMMED))]),
        budgets,
        tuple(_with_sums(summaries, attributed.sums)),
        tuple(sorted({*counts, *later})),
        frozenset(doubtful | attributed.open_years),
        lambda: pl.concat([attributed.postings(rows), decided.lazy()]),
    )
    return Checked(ledger, (*faults, *attributed.faults, *twice))


def _rows(
    read: Held, years: set[int], delivery: Delivery, basis: Basis, numbers: Mapping[int, frozenset[str]]
) -> pl.LazyFrame:
    """The postings of a delivery that count on a basis; of a budget exported later, those of decisions by `numbers`."""
    postings = _counting(read.postings, years, delivery)
    if numbers:
        decided = [(pl.col("year") == y) & pl.col("decision").is_in(sorted(found)) for y, found in numbers.items()]
        postings = postings.filter(pl.any_horizontal(decided))
    return known_on(postings, delivery, basis)


def _groups(
    read: Held, years: set[int], delivery: Delivery, rows: Callable[[], pl.LazyFrame], *, days: bool
) -> pl.DataFrame:
    """The groups of those postings; per row of a decision, and per day where rules look at `days`."""
    if delivery.settings.kind is DeliveryKind.BUDGET or days:
        return grouped(rows().with_columns(day_text()), [*GROUP, DAY, *DECIDED]).collect()
    return _counting(read.groups.lazy(), years, delivery).collect()


def _counting(postings: pl.LazyFrame, years: set[int], delivery: Delivery) -> pl.LazyFrame:
    """The postings of the years for which a delivery counts.

    Commitments count in the year of their stand; that in which each was made is its `origin`.
    """
    if delivery.stood_on:
        stand = pl.lit(delivery.stood_on.year, pl.Int64).alias("year")
        return postings.with_columns(pl.col("year").alias("origin"), stand)
    return postings if years >= set(delivery.settings.years) else postings.filter(pl.col("year").is_in(sorted(years)))


def _years_in_doubt(dossier: Dossier) -> set[int]:
    """A delivery that cannot be read may be about any year."""
    return set(dossier.budget_years()) if dossier.unread else set()


def _with_sums(summaries: list[DeliverySummary], attributed: pl.DataFrame) -> Iterator[DeliverySummary]:
    """Where the cents of each delivery ended: on a line, out of scope, on the balance sheet, or open."""
    found = sums_per_place(attributed.lazy()).collect()
    sums = {(delivery, place): cents for delivery, place, cents in found.iter_rows()}
    for one in summaries:
        yield replace(one, **{name: sums.get((one.id, place), 0) for name, place in PLACES.items()})
