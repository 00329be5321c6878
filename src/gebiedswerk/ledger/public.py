"""The public ledger: everything private ends here; pages and open data read nothing else.

One row per posting share with allow-listed columns: what a delivery's `public_columns` does not name is empty.
"""

from __future__ import annotations

import polars as pl

from gebiedswerk.dossier import Dossier
from gebiedswerk.ledger.ledger import Ledger
from gebiedswerk.ledger.postings import CODES

ALWAYS = ("line", "year", "period", "kind", "flow", "cents", "delivery", "row", "rule")
ALLOWED = ("booked_on", *CODES, "description")
DECISIONS = ("decision", "authority", "decided_on", "origin", "last_year", "source", "in_budget")


def public_postings(ledger: Ledger, dossier: Dossier) -> pl.DataFrame:
    """The postings on budget lines as anyone may see them, ordered by file and row.

    Columns: id (delivery:row, with /line for a share), then ALWAYS, ALLOWED and DECISIONS.
    """
    allowed = {delivery.id: delivery.settings.public_columns for delivery in dossier.deliveries}
    decided = pl.col("delivery").is_in(["budgets.csv", "openings.csv"])
    whole = pl.format("{}:{}", "delivery", "row")
    shared = pl.format("{}:{}/{}", "delivery", "row", "share")
    shown = [
        pl.when(decided | pl.col("delivery").is_in([name for name, public in allowed.items() if column in public]))
        .then(pl.col(column))
        .alias(column)
        for column in ALLOWED
    ]
    rows = ledger.postings.filter(pl.col("scope") == "line").sort("delivery", "row", "share")
    share_id = pl.when(pl.col("share") == "").then(whole).otherwise(shared).alias("id")
    return rows.select(share_id, *ALWAYS, *shown, *DECISIONS).collect()
