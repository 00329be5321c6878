"""Totals that no word names: a row that lacks a cell which postings fill, of the amount that they are together."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from gebiedswerk.core.faults import Fault, fault
from gebiedswerk.dossier import Delivery
from gebiedswerk.formats.format import ROW, listed_rows
from gebiedswerk.formats.postings import CODES

TELLING = (*CODES, "booked_on", "description")
"""Columns that a posting fills, and a total often does not; so does the one that tells income."""
FEWEST = 2
"""So many rows are the sum of one row or more; or one is the sum of so many: less may be chance."""
MOST_LOOKED = 20_000
"""Rows that are looked at one by one."""
SHARE = 2
"""Rows with such an empty cell are no more than one in so many; else the column says nothing."""


def unlabelled_totals(cells: pl.DataFrame, delivery: Delivery, balance: pl.Series) -> Iterator[Fault]:
    """Rows that look like totals of the rows above or below by what they lack and what they come to (L244), once per
    column.

    Takes debit minus credit of each row. The sums are those since the last such row, and since the first row; or those
    up to the next one, and to the last row.
    """
    profile = delivery.profile
    told = dict.fromkeys([*(profile.columns.get(name) for name in TELLING), profile.flows.column])
    for header in told if profile.unlabelled_totals is None else ():
        if header not in cells.columns or cells.schema[header] == pl.Float64:
            continue
        empty = (cells[header] == "").fill_null(value=True)
        count = int(empty.sum())
        if not 0 < count * SHARE <= cells.height or count > MOST_LOOKED:
            continue
        found = _proven(empty, balance) or _proven_below(empty, balance)
        if found:
            rows = cells[ROW].gather(found)
            listed = listed_rows(rows)
            facts = {"count": len(found), "empty": count, "cents": int(balance.gather(found).sum()), "rows": listed}
            facts["profile"] = delivery.settings.profile
            yield fault("L244", delivery.file, rows[0], header, listed, **facts)
            return


def _proven_below(empty: pl.Series, balance: pl.Series) -> list[int]:
    """The places of rows that are the sum of the rows up to the next one, or of all postings below them."""
    last = empty.len() - 1
    return sorted(last - place for place in _proven(empty.reverse(), balance.reverse(), fewest=1 + empty.len()))


def _proven(empty: pl.Series, balance: pl.Series, *, fewest: int = FEWEST) -> list[int]:
    """The places of rows that are the sum of the rows since the last one, or of all postings so far; so many of them,
    or one of enough rows.

    Each is looked at by itself, with the amount of its row and of all rows above it.
    """
    places = empty.arg_true()
    own = balance.gather(places).fill_null(0).to_list()
    sums = (balance.fill_null(0).cum_sum().gather(places)).to_list()
    found, last, booked, ended, most = list[int](), 0, 0, 0, 0
    for place, amount, total in zip(places.to_list(), own, sums, strict=True):
        since = total - amount - ended
        if amount and (place > last and amount == since or found and amount == booked + since):
            found.append(place)
            most = max(most, place - last)
            last, booked, ended = place + 1, booked + since, total
    return found if len(found) >= fewest or most >= FEWEST else []
