"""Look through the columns that will be public for what may tell who someone is: each distinct cell once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import polars as pl

from gebiedswerk.core.names import CUE, NOT_BARE, ODD, Names
from gebiedswerk.dossier import Delivery, Dossier
from gebiedswerk.dossier.settings import DeliveryKind
from gebiedswerk.formats.postings import CODES
from gebiedswerk.language.personal_data import MAYBE, Hit, found
from gebiedswerk.ledger.deliveries import read_delivery
from gebiedswerk.ledger.gate import gate_of, publishes
from gebiedswerk.ledger.ledger import DeliveredRows, Ledger

DECISIONS = ("decision", "source")
"""The words of a decision in a delivered budget, which are public whatever columns are allowed."""
MOST_ROWS = 10_000
"""So many rows of one column are named, of each delivery; what is wrong with more is wrong with the column."""


def creditors(dossier: Dossier) -> Names:
    """The names of everyone who was paid, in any delivery, as they stand in the delivered files.

    That is the column of who was paid, and the list of relations of an audit file.
    """
    return dossier.session.traced("creditors", _creditors, dossier)


def _creditors(dossier: Dossier) -> Names:
    written: set[str] = set()
    for delivery in dossier.deliveries:
        held = read_delivery(dossier, delivery)[0]
        written |= {*held.names}
        if "creditor" in delivery.profile.columns:
            column = held.postings.select("creditor")
            written |= set(column.unique().collect()["creditor"].drop_nulls().to_list())
    return Names(written)


def hits_in_postings(dossier: Dossier, ledgers: Sequence[Ledger], wanted: Names) -> Sequence[Hit]:
    """Every hit in the public columns of postings that may be seen, per row, as `creditors` and shapes find them."""
    counted = [one.counted for one in ledgers]
    return dossier.session.traced("hits", lambda *of: [*_hits_in(*of)], dossier, wanted, *counted)


def _hits_in(dossier: Dossier, wanted: Names, *ledgers: DeliveredRows) -> Iterator[Hit]:
    seen: set[str] = set()
    for ledger in ledgers:
        published = [one for one in dossier.deliveries if _shows(one) and one.id in {*ledger.used} - seen]
        seen |= {one.id for one in published}
        if not published:  # who publishes no lines does not wait for the rows of the ledger
            continue
        shown = gate_of(ledger, dossier).postings.filter(pl.col("group") == "")
        for delivery in published:
            rows = shown.filter(pl.col("delivery") == delivery.id)
            allowed = delivery.settings.public_columns if publishes(delivery) else []
            for column in (*allowed, *(DECISIONS if delivery.settings.kind is DeliveryKind.BUDGET else ())):
                if column in (*CODES, *DECISIONS, "description"):
                    header = delivery.profile.columns.get(column, str(column))
                    yield from _hits(rows, str(column), wanted, delivery.file, header)


def _shows(delivery: Delivery) -> bool:
    """Whether any row of a delivery may be seen: by decision, or as a decision of council or college itself."""
    return publishes(delivery) or delivery.settings.kind is DeliveryKind.BUDGET


def _hits(rows: pl.LazyFrame, column: str, wanted: Names, file: str, header: str) -> Iterator[Hit]:
    """The hits in one column of one delivery."""
    cells = rows.select(pl.col(column).alias("cell")).unique().drop_nulls().collect()["cell"]
    by_cell = {cell: [(one.kind, one.words) for one in found(cell)] for cell in cells.filter(cells.str.contains(MAYBE))}
    for cell, name, _ in named_in(cells, wanted):
        by_cell.setdefault(cell, []).append(("creditor", name))
    bad = [cell for cell, kinds in by_cell.items() if kinds]
    if bad:
        held = rows.filter(pl.col(column).is_in(bad)).select("row", column).unique().sort("row").head(MOST_ROWS)
        for row, cell in held.collect().iter_rows():
            yield from (Hit(kind, text, file, row, header) for kind, text in by_cell[cell])


def named_in(cells: pl.Series, wanted: Names) -> Iterator[tuple[str, str, int]]:
    """The cells in which a name stands, in whatever order, capitals and accents; with that name and its place."""
    if wanted.empty or not cells.len():
        return
    near = cells.str.contains_any(sorted(wanted.parts), ascii_case_insensitive=True) | cells.str.contains(NOT_BARE)
    cells = cells.filter(near)  # before the texts are made plain, which costs most
    bare = pl.col("cell").str.normalize("NFKD").str.replace_all(r"\p{M}", "").str.to_lowercase()
    spaced = " " + bare.str.replace_all(r"[^\p{L}]+", " ") + " "
    table = pl.DataFrame({"cell": cells}).with_columns(spaced=spaced)
    sure = table.filter(_has(wanted.keys) | pl.col("cell").str.contains(ODD))
    rest = table.filter(_has(wanted.words)).filter(_has(wanted.cues) | pl.col("cell").str.contains(CUE))
    for cell in pl.concat([sure["cell"], rest["cell"]]).unique(maintain_order=True):
        yield from ((cell, name, place) for name, place in wanted.found(cell))


def _has(words: Iterable[str]) -> pl.Expr:
    """Whether one of some words stands in a text between blanks."""
    between = [f" {word} " for word in sorted(words)]
    return pl.col("spaced").str.contains_any(between) if between else pl.lit(value=False)
