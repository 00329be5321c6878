"""The ledger on a basis: every posting of the deliveries that count then, attributed to its budget line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import Any, NamedTuple

import polars as pl

from gebiedswerk.core.faults import Checked, Fault
from gebiedswerk.dossier import Basis, Delivery, Dossier
from gebiedswerk.dossier.settings import DeliveryKind
from gebiedswerk.formats.postings import DAY, DECIDED, GROUP, GROUPED, POSTING, SUMMED, frame
from gebiedswerk.ledger.attribution import Attributed, attribute_groups, day_text, looked_at
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


class DeliveredRows(NamedTuple):
    """What was delivered and counts on a basis: the deliveries, and what reads their postings (`POSTING`)."""

    basis: Basis
    used: tuple[str, ...]
    rows: Callable[[], pl.LazyFrame]


@dataclass(frozen=True)
class Ledger:
    """`sums`: what was booked and decided, one row per set of codes and place (`SUMMED`); `decided`: the rows of
    decisions alone (`POSTING`).

    `used`: the deliveries that count on the basis. `doubtful`: the years whose money is not complete, because a
    delivery waits or postings are open. `rows` reads the delivered postings themselves, `by_hand` are those that stand
    in a table of the dossier. `published`: of a ledger in a release, where there is nothing but what anyone may see.
    """

    basis: Basis
    sums: pl.DataFrame
    decided: pl.DataFrame
    deliveries: tuple[DeliverySummary, ...]
    used: tuple[str, ...]
    doubtful: frozenset[int]
    rows: Callable[[], pl.LazyFrame]
    published: PublicRows | None = None
    by_hand: pl.DataFrame = field(default_factory=lambda: frame([], POSTING))

    @cached_property
    def delivered(self) -> pl.LazyFrame:
        """One row per share of a delivered posting (`POSTING`): nothing is read until this is asked for."""
        return self.rows()

    @property
    def counted(self) -> DeliveredRows:
        """The part of it that decisions by hand leave as it is."""
        return DeliveredRows(self.basis, self.used, self.rows)

    @property
    def postings(self) -> pl.LazyFrame:
        """One row per attributed share (`POSTING`), of deliveries and of tables."""
        return pl.concat([self.delivered, self.by_hand.lazy()]) if self.by_hand.height else self.delivered


@dataclass(frozen=True)
class _Delivered:
    """What the deliveries that count on a basis come to, before anything that was decided by hand.

    `attributed`, `budgets`: None where the dossier is not attributable, or not sound. `clashing`: deliveries that
    cannot both count.
    """

    faults: tuple[Fault, ...]
    summaries: tuple[DeliverySummary, ...]
    used: tuple[str, ...]
    doubtful: frozenset[int]
    clashing: tuple[str, ...] = ()
    attributed: Attributed | None = None
    rows: Mapping[str, Callable[[], pl.LazyFrame]] = field(default_factory=dict)
    budgets: pl.DataFrame | None = None

    @cached_property
    def _postings(self) -> pl.LazyFrame:
        if self.attributed is None:
            raise TypeError(self)
        return self.attributed.postings(self.rows)

    def read(self) -> pl.LazyFrame:
        """One row per attributed share: they are read when this is asked for first."""
        return self._postings


def attribute(dossier: Dossier, basis: Basis) -> Checked[Ledger | None]:
    """Read the deliveries that count on a basis and attribute them. Value None where the dossier is not sound.

    Where only its other tables are not, what is wrong with the attribution is said nonetheless.
    """
    found = dossier.session.traced(("delivered", basis), _delivered, dossier, basis)
    if found.attributed is None or found.budgets is None:
        return Checked(None, found.faults)
    by_hand = [*decided_rows(dossier, basis)]
    return dossier.session.traced(("ledger", basis), _ledger, dossier, basis, found, by_hand)


def _ledger(
    dossier: Dossier, basis: Basis, found: _Delivered, rows_by_hand: list[dict[str, Any]]
) -> Checked[Ledger | None]:
    if found.attributed is None or found.budgets is None:
        raise TypeError(found)
    by_hand = frame(rows_by_hand, POSTING)
    decided = pl.concat([by_hand, found.budgets])
    twice, years = counted_twice(dossier, decided.filter(~pl.col("delivery").is_in(found.clashing)))
    ledger = Ledger(
        basis,
        pl.concat([found.attributed.sums, by_hand.with_columns(postings=pl.lit(1, pl.Int64)).select(list(SUMMED))]),
        decided,
        found.summaries,
        found.used,
        frozenset(found.doubtful | years),
        found.read,
        by_hand=by_hand,
    )
    return Checked(ledger, (*found.faults, *twice))


def _delivered(dossier: Dossier, basis: Basis) -> _Delivered:
    """Read the deliveries that count on a basis, and attribute their postings."""
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
    used = tuple(sorted({*counts, *later}))
    if not dossier.attributable:
        return _Delivered(tuple(faults), tuple(summaries), used, frozenset(doubtful))
    attributed = attribute_groups(dossier, pl.concat(groups, how="diagonal"), rows)
    return _Delivered(
        (*faults, *attributed.faults),
        tuple(_with_sums(summaries, attributed.sums)),
        used,
        frozenset(doubtful | attributed.open_years),
        tuple(clashing),
        attributed,
        rows,
        budgets_of(dossier, attributed, rows) if dossier.sound else None,
    )


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
