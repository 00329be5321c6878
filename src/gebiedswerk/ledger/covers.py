"""Which delivery counts on a basis: the newest of those that hold the same, and every one whose part nobody else holds.

What a delivery holds of a year are the periods that it covers; a delivered budget holds its decisions, and commitments
are a stand: all there was on its day, also of orders of earlier years. A delivery that holds all that an older one does
takes its place; of two stands that of the later day counts, whichever was exported first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import combinations

import polars as pl

from gebiedswerk.core.faults import Fault, fault
from gebiedswerk.dossier import Basis, Delivery, Dossier
from gebiedswerk.dossier.settings import DeliveryKind
from gebiedswerk.ledger.deliveries import read_delivery


@dataclass(frozen=True, slots=True)
class Cover:
    """What a delivery holds of one fiscal year: periods, or numbers of decisions. `whole`: all that there can be."""

    parts: frozenset[int | str] = frozenset()
    whole: bool = False

    def contains(self, other: Cover) -> bool:
        """Whether nothing is lost where this one counts in place of another."""
        return self.whole or not other.whole and other.parts <= self.parts

    def meets(self, other: Cover) -> bool:
        """Whether something would count twice if both did."""
        return self.whole or other.whole or bool(self.parts & other.parts)


@dataclass(frozen=True, slots=True)
class Clash:
    """Two deliveries that cannot both count: a partial overlap (L114), or two exports of one moment (L115)."""

    code: str
    one: str
    other: str
    years: tuple[int, ...]

    def fault(self) -> Fault:
        """The clash, said once for all its years."""
        key = "periods" if self.code == "L114" else "exported_at"
        place = f"deliveries/{self.other}/delivery.toml"
        return fault(self.code, place, None, key, self.other, other=self.one, years=self.years)


def cover_of(dossier: Dossier, delivery: Delivery, year: int) -> Cover:
    """What a delivery holds of one of its years. A budget that cannot be read may hold any decision."""
    settings = delivery.settings
    if settings.kind is DeliveryKind.REALISED:
        return Cover(frozenset(delivery.periods_in(year)))
    read = None if settings.kind is DeliveryKind.COMMITMENT else read_delivery(dossier, delivery)[0]
    if read is None or settings.whole or not read.lines:
        return Cover(whole=True)
    return Cover(read.decisions.get(year, frozenset()))


def chosen(dossier: Dossier, basis: Basis) -> tuple[dict[str, set[int]], list[Clash]]:
    """The deliveries that count on a basis, each with the years for which it does; what clashes is told apart.

    Of one administration, kind and year no delivery counts that a newer one contains. What is left must not meet.
    """
    books: dict[tuple[str, str, int], list[tuple[Delivery, Cover]]] = defaultdict(list)
    for delivery in dossier.deliveries:
        settings = delivery.settings
        if basis.knows(settings.exported_at):
            for year in delivery.counts_in:
                held = delivery, cover_of(dossier, delivery, year)
                books[settings.administration, settings.kind, year].append(held)
    counts: dict[str, set[int]] = defaultdict(set)
    clashes: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for (_, _, year), deliveries in books.items():
        left = [one for one in deliveries if not any(_replaces(other, one) for other in deliveries)]
        for delivery, _ in left:
            counts[delivery.id].add(year)
        for (one, mine), (other, theirs) in combinations(left, 2):
            if mine.meets(theirs):
                clashes["L115" if mine == theirs else "L114", one.id, other.id].append(year)
    return dict(counts), [Clash(*clash, tuple(sorted(years))) for clash, years in clashes.items()]


def decided_later(dossier: Dossier, basis: Basis) -> dict[str, dict[int, frozenset[str]]]:
    """Delivery → fiscal year → numbers of decisions that were taken by the basis, in a budget that was exported after.

    A decision was known on the day it was taken. Where several exports hold it the moment of export chooses between
    these versions: one that was there by the basis counts, else the first one after it.
    """
    budgets = [one for one in dossier.deliveries if one.settings.kind is DeliveryKind.BUDGET]
    if basis.as_of is None or all(basis.knows(one.settings.exported_at) for one in budgets):
        return {}
    held: dict[tuple[str, int], set[str]] = defaultdict(set)
    found: dict[str, dict[int, frozenset[str]]] = defaultdict(dict)
    for one in sorted(budgets, key=lambda one: one.settings.exported_at):
        for year, numbers in _decided_by(dossier, one, basis.as_of.date()).items():
            there = held[one.settings.administration, year]
            if not basis.knows(one.settings.exported_at) and numbers - there:
                found[one.id][year] = frozenset(numbers - there)
            there |= numbers
    return dict(found)


def _decided_by(dossier: Dossier, delivery: Delivery, day: date) -> dict[int, frozenset[str]]:
    """Fiscal year → the numbers of the decisions of a delivered budget that were taken by a day."""
    postings = read_delivery(dossier, delivery)[0].postings
    if "decided_on" not in postings.collect_schema().names():
        return {}
    taken = postings.filter((pl.col("decided_on") <= day) & pl.col("year").is_in(sorted(set(delivery.settings.years))))
    rows = taken.select("year", "decision").drop_nulls().unique().collect()
    return {year: frozenset(of["decision"]) for (year,), of in rows.partition_by("year", as_dict=True).items()}


def hole_faults(dossier: Dossier, counts: Mapping[str, set[int]]) -> Iterator[Fault]:
    """Months between those of deliveries that count, and that none of these covers (L220)."""
    books: dict[tuple[str, int], list[Delivery]] = defaultdict(list)
    for one in dossier.deliveries:
        if one.settings.kind is DeliveryKind.REALISED:
            for year in sorted(counts.get(one.id, ())):
                books[one.settings.administration, year].append(one)
    for (administration, year), deliveries in books.items():
        held = {period for one in deliveries for period in one.periods_in(year)}
        holes = sorted(set(range(min(held), max(held))) - held)
        if holes and len(deliveries) > 1:
            last = max(deliveries, key=lambda one: max(one.periods_in(year)))
            place = f"deliveries/{last.id}/delivery.toml"
            yield fault("L220", place, None, "periods", administration, year=year, periods=tuple(holes))


def _replaces(newer: tuple[Delivery, Cover], older: tuple[Delivery, Cover]) -> bool:
    return comes_after(newer[0], older[0]) and newer[1].contains(older[1])


def comes_after(newer: Delivery, older: Delivery) -> bool:
    """Whether a delivery is the newer one of two of a kind: by its export, and of stands first by their day."""
    return _moment(newer) > _moment(older)


def _moment(delivery: Delivery) -> tuple[date, datetime]:
    return delivery.stood_on or date.min, delivery.settings.exported_at
