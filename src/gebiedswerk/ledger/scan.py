"""Look through the columns that will be public for what may tell who someone is: each distinct cell once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from gebiedswerk.core.names import folded, names
from gebiedswerk.core.personal import MAYBE, Hit, found
from gebiedswerk.dossier import Dossier
from gebiedswerk.ledger.deliveries import read_delivery
from gebiedswerk.ledger.gate import gated, publishes
from gebiedswerk.ledger.ledger import Ledger
from gebiedswerk.ledger.postings import CODES

MOST_ROWS = 10_000
"""So many rows of one column are named, of each delivery; what is wrong with more is wrong with the column."""


def creditors(dossier: Dossier) -> dict[str, str]:
    """What to look for → the name as it stands in a delivered file: everyone who was paid, in any delivery."""
    written: set[str] = set()
    for delivery in dossier.deliveries:
        if "creditor" in delivery.profile.columns:
            column = read_delivery(dossier, delivery)[0].postings.select("creditor")
            written |= set(column.unique().collect()["creditor"].drop_nulls().to_list())
    return names(written)


def hits_in_postings(dossier: Dossier, ledgers: Sequence[Ledger], wanted: Mapping[str, str]) -> Iterator[Hit]:
    """Every hit in the public columns of postings that may be seen, per row, as `creditors` and shapes find them."""
    seen: set[str] = set()
    for ledger in ledgers:
        published = [one for one in dossier.deliveries if publishes(one) and one.id in {*ledger.used} - seen]
        seen |= {one.id for one in published}
        if not published:  # who publishes no lines does not wait for the rows of the ledger
            continue
        shown = gated(ledger.postings, dossier).postings.filter(pl.col("group") == "")
        for delivery in published:
            rows = shown.filter(pl.col("delivery") == delivery.id)
            for column in delivery.settings.public_columns:
                if column in (*CODES, "description"):
                    header = delivery.profile.columns.get(column, str(column))
                    yield from _hits(rows, str(column), wanted, delivery.file, header)


def _hits(rows: pl.LazyFrame, column: str, wanted: Mapping[str, str], file: str, header: str) -> Iterator[Hit]:
    """The hits in one column of one delivery."""
    cells = rows.select(pl.col(column).alias("cell")).unique().drop_nulls().collect()["cell"]
    by_cell = {cell: [(one.kind, one.words) for one in found(cell)] for cell in cells.filter(cells.str.contains(MAYBE))}
    for cell, name in named_in(cells, wanted):
        by_cell.setdefault(cell, []).append(("creditor", name))
    bad = [cell for cell, kinds in by_cell.items() if kinds]
    if bad:
        held = rows.filter(pl.col(column).is_in(bad)).select("row", column).unique().sort("row").head(MOST_ROWS)
        for row, cell in held.collect().iter_rows():
            yield from (Hit(kind, text, file, row, header) for kind, text in by_cell[cell])


def named_in(cells: pl.Series, wanted: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The cells in which a name stands as whole words, whatever its capitals and accents; with that name."""
    if not wanted or not cells.len():
        return
    bare = cells.str.normalize("NFKD").str.replace_all(r"\p{M}", "").str.to_lowercase()
    spaced = pl.select(" " + pl.lit(bare).str.replace_all(r"[^\p{L}\p{N}]+", " ") + " ").to_series()
    forms = [f" {form} " for form in wanted]
    for cell in cells.filter(spaced.str.contains_any(forms)):
        text = f" {folded(cell)} "
        yield from ((cell, name) for form, name in wanted.items() if f" {form} " in text)
