"""Which postings count towards the size of a group: what adds up to nothing hides nobody (decision 37).

Rows of 0,00 count for nobody, and so do postings that cancel each other; of the creditor it is known who is one person.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from gebiedswerk.core.persons import persons

PERSON = ("delivery", "creditor")


def with_person(rows: pl.LazyFrame) -> pl.LazyFrame:
    """The rows with a column `person`: whose a posting is, as its own delivery tells; empty where it names nobody."""
    named = rows.select(PERSON).filter(pl.col("creditor").fill_null("") != "").unique().sort(PERSON).collect()
    who = [
        (delivery, written, person)
        for (delivery,), found in named.partition_by("delivery", as_dict=True).items()
        for written, person in persons(found["creditor"]).items()
    ]
    schema = dict.fromkeys((*PERSON, "person"), pl.String)
    known = pl.DataFrame(who, schema=schema, orient="row").lazy()
    joined = rows.join(known, on=list(PERSON), how="left", maintain_order="left")
    return joined.with_columns(pl.col("person").fill_null(""))


def whole(rows: pl.LazyFrame, grain: Sequence[str]) -> pl.LazyFrame:
    """One row per posting out of its shares: `grain` (with `divided`) with row and person, and all its cents."""
    columns = [*grain, "row", "person"]
    shares = rows.filter("divided").group_by(columns).agg(pl.col("cents").sum())
    return pl.concat([rows.filter(~pl.col("divided")).select(*columns, "cents"), shares])


def counting(postings: pl.LazyFrame, pool: Sequence[str], cell: Sequence[str]) -> pl.DataFrame:
    """The postings that count, with `tangled`: whether some of their pool cancel others of another cell.

    Takes one row per posting: pool, cell, row, person, cents. What cancels: amounts that are each other's opposite, of
    one person or both of nobody named, first within a cell; and of what is left as much as opposite amounts could
    take away: of a person every amount that is not larger than all opposite ones together, of nobody named the smallest
    amounts that add up to no more than these.
    """
    found = postings.filter(pl.col("cents") != 0).with_columns(plus=pl.col("cents") > 0, size=pl.col("cents").abs())
    there = found.collect()
    # what follows looks at numbers, not at names
    for name, columns in (("pool", pool), ("cell", cell), ("who", ["person"])):
        numbers = there.select(columns).unique(maintain_order=True).with_row_index(f"_{name}")
        there = there.join(numbers, on=list(columns), nulls_equal=True)
    there = there.sort("_pool", "row").with_row_index("_at")
    near = _without(there, _paired(there, ["_pool", "_cell", "_who", "size"]))
    crossing = _paired(near, ["_pool", "_who", "size"])
    left = _without(near, crossing)
    left = _without(left, _taken(left, ["_pool", "_cell", "_who"]))
    left = _without(left, _taken(left, ["_pool", "_who"]))
    return left.with_columns(tangled=pl.col("_pool").is_in(crossing["_pool"].unique().implode()))


def _without(rows: pl.DataFrame, gone: pl.DataFrame) -> pl.DataFrame:
    return rows.join(gone, on="_at", how="anti", maintain_order="left") if gone.height else rows


def _paired(rows: pl.DataFrame, over: Sequence[str]) -> pl.DataFrame:
    """Of each sign as many as there are of the other, the first ones."""
    counted = _facing(rows, over).with_columns(one=pl.lit(1, pl.Int64), minus=(~pl.col("plus")).cast(pl.Int64))
    return counted.filter(pl.col("one").cum_sum().over(*over, "plus") <= _against("one", "minus", over))


def _taken(rows: pl.DataFrame, over: Sequence[str]) -> pl.DataFrame:
    """What opposite amounts could take away."""
    facing = _facing(rows, over).sort("size", "row")
    summed = facing.with_columns(minus=pl.when("plus").then(0).otherwise("size"))
    up_to = pl.col("size").cum_sum().over(*over, "plus")
    reach = pl.when(pl.col("person") == "").then(up_to).otherwise("size")
    return summed.filter(reach <= _against("size", "minus", over))


def _against(name: str, minus: str, over: Sequence[str]) -> pl.Expr:
    """What the rows of the other sign have together of a column; `minus`: the same column, 0 where they are plus."""
    below = pl.col(minus).sum().over(over)
    return pl.when("plus").then(below).otherwise(pl.col(name).sum().over(over) - below)


def _facing(rows: pl.DataFrame, over: Sequence[str]) -> pl.DataFrame:
    """The rows that have one of the other sign beside them, in the order they were in."""
    found, fewest = rows, pl.lit(2 * int(rows["plus"].sum()) <= rows.height)
    for sign in (pl.col("plus") == fewest, pl.col("plus") != fewest):
        found = found.join(found.filter(sign).select(over).unique(), on=list(over), how="semi", maintain_order="left")
    return found
