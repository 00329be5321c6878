"""Why a file is not taken in: wrong years or periods, a settled year, a delivery that it cannot stand beside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from gebiedswerk.core.faults import Fault, fault
from gebiedswerk.core.words import says_something
from gebiedswerk.dossier import NEWEST, Dossier, PublicationKind, Status
from gebiedswerk.importing.answer_values import Offer, Replaced, Wanted, listed, periods_of
from gebiedswerk.ledger import chosen, known_before, read_delivery

REASON = ("I105", "I106", "I109")
"""Faults that a reason takes away: what would move can be told all the same."""


def refusals(dossier: Dossier, wanted: Wanted, offer: Offer) -> Iterator[Fault]:
    """Every fault of an offer; those in `REASON` need a reason, and the others end it."""
    wrong = [*_wrong_years(wanted, offer), *_outside(wanted, offer)]
    yield from wrong
    if not wrong:
        yield from _needs_reason(dossier, wanted, offer)
        yield from _clashes(dossier, offer)


def offered_dossier(dossier: Dossier, offer: Offer) -> Dossier:
    """The dossier as it would be with the delivery in it."""
    together = sorted([*dossier.deliveries, offer.delivery], key=lambda one: one.id)
    return replace(dossier, deliveries=tuple(together))


def _wrong_years(wanted: Wanted, offer: Offer) -> Iterator[Fault]:
    """Last year's file offered as this year's: its fiscal years are not those that were asked for (I104)."""
    years = offer.delivery.settings.years
    if wanted.years and set(wanted.years) != set(years):
        yield fault("I104", wanted.file.name, value=listed(years), asked=listed(wanted.years))


def _outside(wanted: Wanted, offer: Offer) -> Iterator[Fault]:
    """Postings in periods that the last year of the file is said not to cover (I108)."""
    beyond = sorted(offer.counted.periods_of[max(offer.counted.periods_of)] - set(wanted.periods))
    if wanted.periods and beyond:
        yield fault("I108", wanted.file.name, value=listed(beyond), asked=listed(wanted.periods))


def _needs_reason(dossier: Dossier, wanted: Wanted, offer: Offer) -> Iterator[Fault]:
    """A year that is adopted (I106) or closed and known (I105), or periods that lose their postings (I109), need a
    reason.
    """
    if says_something(wanted.accepted):
        return
    closed = {row.year: row.closed_on for row in dossier.years if row.closed_on}
    adopted = {
        one.settings.year: one.slug
        for one in dossier.publications
        if one.settings.status is Status.ADOPTED and one.settings.kind is PublicationKind.ACCOUNTS
    }
    for year in offer.delivery.counts_in:
        if year in adopted:
            yield fault("I106", wanted.file.name, value=year, publication=adopted[year])
        elif year in closed and known_before(dossier, offer.delivery, year):
            yield fault("I105", wanted.file.name, value=year, closed_on=closed[year])
    for older in offer.replaces:
        lost = _lost_periods(dossier, older, offer)
        if lost:
            place, of = wanted.file.name, older.delivery.id
            yield fault("I109", place, value=of, periods=listed(lost), years=listed(older.years))


def _lost_periods(dossier: Dossier, older: Replaced, offer: Offer) -> list[int]:
    """The periods in which the older delivery has postings, and the newer none, in any year that they share.

    Of two stands each holds what was open on its day, whenever that was ordered.
    """
    if older.delivery.stood_on:
        return []
    then, now = periods_of(read_delivery(dossier, older.delivery)[0].postings), offer.counted.periods_of
    return sorted({period for year in older.years for period in then.get(year, frozenset()) - now[year]})


def _clashes(dossier: Dossier, offer: Offer) -> Iterator[Fault]:
    """Deliveries with which this one cannot count (L114, L115), and newer ones that count in its stead (I110)."""
    mine = offer.delivery
    counts, clashes = chosen(offered_dossier(dossier, offer), NEWEST)
    for found in clashes:
        if mine.id in (found.one, found.other):
            yield replace(found.fault(), file=mine.path.name)
    unused = sorted(set(mine.counts_in) - counts.get(mine.id, set()))
    if unused:
        yield fault("I110", mine.path.name, value=listed(unused))
