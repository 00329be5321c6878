"""Totals that no word names: a row that lacks a cell which postings fill, of the amount that they are together."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from gebiedswerk.core.faults import Fault, fault
from gebiedswerk.dossier import Delivery
from gebiedswerk.ledger.importers.contract import MOST_NAMED, ROW
from gebiedswerk.ledger.postings import CODES

TELLING = (*CODES, "booked_on", "description")
"""Columns that a posting fills, and a total often does not; so does the one that tells income."""
FEWEST = 2
"""So many rows are the sum of one row or more; or one is the sum of so many: less may be chance."""
SHARE = 2
"""Rows with such an empty cell are no more than one in so many; else the column says nothing."""


def unlabelled_totals(cells: pl.DataFrame, delivery: Delivery, balance: pl.Series) -> Iterator[Fault]:
    """Rows that look like totals of the rows above by what they lack and what they come to (L244), once per column.

    Takes debit minus credit of each row. The sums are those since the last such row, and since the first row.
    """
    profile = delivery.profile
    told = dict.fromkeys([*(profile.columns.get(name) for name in TELLING), profile.flows.column])
    for header in told if profile.unlabelled_totals is None else ():
        if header not in cells.columns or cells.schema[header] == pl.Float64:
            continue
        empty = (cells[header] == "").fill_null(value=True)
        count = int(empty.sum())
        if not 0 < count * SHARE <= cells.height:
            continue
        found = _proven(empty.arg_true().to_list(), balance)
        if found:
            rows = cells[ROW].gather(found)
            listed = ", ".join(map(str, rows.head(MOST_NAMED))) + (" …" if rows.len() > MOST_NAMED else "")
            facts = {"count": len(found), "cents": int(balance.gather(found).sum()), "rows": listed}
            facts["profile"] = delivery.settings.profile
            yield fault("L244", delivery.file, rows[0], header, listed, **facts)
            return


def _proven(places: list[int], balance: pl.Series) -> list[int]:
    """The places of rows that are the sum of the rows since the last one, or of all postings so far."""
    sums, found, last, booked, most = balance.fill_null(0).cum_sum(), list[int](), 0, 0, 0
    for place in places:
        before = int(sums[place - 1]) if place else 0
        since = before - (int(sums[last - 1]) if last else 0)
        whole, own = booked + since, int(balance[place] or 0)
        if own and place > last and own == since or found and own == whole:
            found.append(place)
            most = max(most, place - last)
            booked, last = whole, place + 1
    return found if len(found) >= FEWEST or most >= FEWEST else []
