"""Until which day a kind of posting is known: what no delivery covers is unknown, not zero."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from gebiedswerk.dossier import Delivery
from gebiedswerk.dossier.settings import DeliveryKind


def known_until(deliveries: Iterable[Delivery], used: Collection[str], kind: DeliveryKind, year: int) -> date | None:
    """The last day up to which postings of a kind are known in a fiscal year; None where no delivery in use covers it.

    A delivery reaches to the end of its last period, or to the day of its export where that came earlier. Of several
    administrations the one that lags behind counts. Of commitments it is the day of the stand that counts in the year.
    """
    reached: dict[str, date] = {}
    for delivery in deliveries:
        settings = delivery.settings
        if delivery.id in used and settings.kind is kind and year in delivery.counts_in:
            day = delivery.stood_on or delivery.reaches(year)
            reached[settings.administration] = max(day, reached.get(settings.administration, day))
    return min(reached.values(), default=None)
