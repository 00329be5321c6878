"""The order of rows in a file: a row that is hidden between two that are shown is bounded by them, if amounts rise."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from gebiedswerk.core.faults import Fault, fault
from gebiedswerk.dossier import Delivery, Dossier
from gebiedswerk.ledger.deliveries import read_delivery
from gebiedswerk.ledger.gate import blocked_by, publishes

ENOUGH, NEARLY_ALL = 10, 0.9
"""From so many steps from row to row, of which so many go the same way, a file is in order of amount."""


def order_faults(dossier: Dossier) -> Iterator[Fault]:
    """Files in order of amount of which a block hides rows, and of which others are shown with their number (V111)."""
    for delivery in dossier.deliveries if dossier.settings.privacy.block else ():
        if publishes(delivery) and dossier.session.traced(("rises", delivery.id), _rises, dossier, delivery):
            columns = delivery.profile.columns
            yield fault("V111", delivery.file, None, columns.get("amount", columns.get("debit")))


def _rises(dossier: Dossier, delivery: Delivery) -> bool:
    rows = read_delivery(dossier, delivery)[0].postings.with_columns(hidden=blocked_by(dossier) != "")
    step = pl.col("cents").sort_by("row").diff()
    found = rows.select(pl.col("hidden").any(), up=(step > 0).sum(), down=(step < 0).sum()).collect()
    hidden, up, down = found.row(0)
    return bool(hidden) and up + down >= ENOUGH and max(up, down) >= NEARLY_ALL * (up + down)
