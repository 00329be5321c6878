"""Tombstones: what is left of a row of the public ledger that was taken down by decision.

The row keeps its place and its amount, so that sums stay; what it told besides is gone. Its hash lets whoever kept an
earlier release see that the row they hold is the one that was taken down.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from gebiedswerk.assembly.opened import Opened
from gebiedswerk.blocks.year_tables import csv_text
from gebiedswerk.dossier import Dossier
from gebiedswerk.dossier.tables import Takedown
from gebiedswerk.figures import Figures
from gebiedswerk.ledger import PUBLIC

TOMBSTONES = "tombstones.csv"
COLUMNS = ("id", "sha256", "decision", "decided_on", "reason")


def row_hash(row: Mapping[str, object]) -> str:
    """The SHA-256 of a row of the public ledger, as the line of CSV that it is."""
    text = csv_text(tuple(PUBLIC), [{name: row[name] for name in PUBLIC}])
    return hashlib.sha256(text.partition("\n")[2].encode()).hexdigest()


def tombstones_text(opened: Opened) -> str:
    """The rows that were taken down, as CSV: `COLUMNS`, in the order of `takedowns.csv`."""
    hashes = _hashes(opened)
    rows: list[dict[str, object]] = [
        {
            "id": row.posting,
            "sha256": "" if row.without_hash else hashes[row.posting],
            "decision": row.decision,
            "decided_on": row.decided_on,
            "reason": row.reason,
        }
        for row in _takedowns(opened.dossier)
        if row.posting in hashes
    ]
    return csv_text(COLUMNS, rows)


def _takedowns(dossier: Dossier | None) -> tuple[Takedown, ...]:
    return dossier.takedowns if dossier is not None else ()


def _hashes(opened: Opened) -> dict[str, str]:
    """Id → hash of each row that was taken down, as it was shown before; on the first basis that shows it."""
    return {str(row["id"]): row_hash(row) for row in reversed(rows_before(opened).to_dicts())}


def rows_before(opened: Opened) -> pl.DataFrame:
    """The rows that were taken down, as they were shown before, on each basis that shows them (`PUBLIC`)."""
    found = pl.DataFrame(schema=PUBLIC)
    wanted = {row.posting for row in _takedowns(opened.dossier)}
    for figures in [opened.newest, *(view.figures for view in opened.views)] if wanted else []:
        if figures is not None:
            public = as_before(figures).public
            found = pl.concat([found, public.filter(public["id"].is_in(sorted(wanted)))])
    return found.unique(maintain_order=True)


def as_before(figures: Figures) -> Figures:
    """The same figures before anything was taken down."""
    return replace(figures, dossier=replace(figures.dossier, takedowns=()))
