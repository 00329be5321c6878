"""Columns of text that are gathered some thousands of rows at a time, and kept as small as what stands in them.

A column of texts takes sixteen bytes a cell, however short the cells are. What repeats is kept as one to four bytes a
cell and each distinct text once (Enum), so that no file takes many times itself.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import cached_property
from typing import Any

import polars as pl

from gebiedswerk.formats.format import ROW, SAME

ONE_BYTE, TWO_BYTES = 255, 65_535
"""How many distinct cells an Enum tells apart with a number of that size."""
NUMBERS: Mapping[str, type[pl.DataType]] = {ROW: pl.UInt32, SAME: pl.UInt64}
"""Columns of whole numbers, and what they fit in."""


class Gathered:
    """The rows of one file so far: `ROW` (and `SAME` where it is given), and these columns of text."""

    def __init__(self, names: Collection[str]) -> None:
        self.names, self.height = list(names), 0
        self._numbers: dict[str, list[pl.Series]] = {ROW: []}
        self._columns = {name: _Column(name) for name in names}

    def add(self, cells: pl.DataFrame) -> None:
        """Some more rows: `ROW` (whole numbers), `SAME` where readers say it, and the columns as text."""
        if not cells.height:
            return
        self.height += cells.height
        for name, kind in NUMBERS.items():
            if name in cells.columns:
                self._numbers.setdefault(name, []).append(cells[name].cast(kind))
        same = {name for name, column in self._columns.items() if column.is_all(cells[name])}
        repeating = [column.number for name, column in self._columns.items() if column.repeats and name not in same]
        numbered = cells.select(repeating) if repeating else cells
        for name, column in self._columns.items():
            if name in same:
                column.add_same(cells.height)
            else:
                column.add(numbered[name] if column.repeats else cells[name], self.height)

    def frame(self) -> pl.DataFrame:
        """All rows: `ROW` as UInt32, and each column as Enum, or as String where hardly any cell stands there twice."""
        numbers = [self._number(name) for name in list(self._numbers)]
        return pl.DataFrame([*numbers, *(column.whole() for column in self._columns.values())])

    def _number(self, name: str) -> pl.Series:
        """A column of whole numbers; its parts are let go before the next one is put together."""
        parts = self._numbers.pop(name)
        return pl.concat(parts) if parts else pl.Series(name, dtype=NUMBERS[name])


class _Column:
    """One column on its way: numbers of distinct cells, until too many of them stand there once."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.repeats = True
        self.distinct = 0
        self.parts: list[pl.Series] = []
        self.known = pl.Categories.random()
        self.holding: pl.Series | None = pl.Series(dtype=pl.Categorical(self.known))
        """The engine forgets the distinct texts as soon as no series is made of them."""

    @property
    def number(self) -> pl.Expr:
        """The number of each cell."""
        return pl.col(self.name).cast(pl.Categorical(self.known)).to_physical()

    def add(self, part: pl.Series, height: int) -> None:
        """The next cells, as text or numbered; with them there are `height`."""
        if not self.repeats:
            self.parts.append(part)
            return
        highest = part.max()
        self.distinct = max(self.distinct, highest + 1 if isinstance(highest, int) else 0)
        self.parts.append(part.cast(_width(self.distinct)))
        if self.distinct > ONE_BYTE and self.distinct * 2 > height:
            texts = self.known.to_series()
            self.parts = [texts.gather(numbers).alias(self.name) for numbers in self.parts]
            self.repeats, self.holding = False, None

    def is_all(self, part: pl.Series) -> bool:
        """Whether one text stood in every cell so far, and stands in these too: cheaper to see than to number."""
        return self.distinct == 1 and self.repeats and bool((part == self.known.to_series()[0]).all())

    def add_same(self, cells: int) -> None:
        """The next cells, of which each holds the one text that stood there so far."""
        self.parts.append(pl.repeat(0, cells, dtype=_width(1), eager=True).alias(self.name))

    def whole(self) -> pl.Series:
        """The column from top to bottom."""
        parts, self.parts = self.parts, []
        if not self.repeats or not parts:
            return pl.concat(parts) if parts else pl.Series(self.name, dtype=pl.String)
        width, texts = _width(self.distinct), self.known.to_series()
        return pl.concat([part.cast(width) for part in parts]).cat.to(pl.Enum(texts)).alias(self.name)


def _width(distinct: int) -> type[pl.DataType]:
    """The smallest number that tells so many apart: what an Enum of them is made of."""
    return pl.UInt8 if distinct <= ONE_BYTE else pl.UInt16 if distinct <= TWO_BYTES else pl.UInt32


def distinct(column: pl.Series) -> pl.Series | None:
    """The distinct texts of a column that numbers them, each in the place of its number; None for any other column."""
    return column.dtype.categories if isinstance(column.dtype, pl.Enum) else None


def only(column: pl.Series) -> str | None:
    """The one text of a column that numbers its texts and holds one from top to bottom; None for any other column."""
    texts = distinct(column)
    numbers = column.to_physical()
    if texts is None or column.has_nulls() or not column.len() or numbers.min() != numbers.max():
        return None
    return str(texts[numbers[0]])


Change = Callable[[pl.Series], pl.Series]


def changed(
    column: pl.Series, change: Change, other: Change | None = None, where: pl.Series | None = None
) -> pl.Series:
    """A column of text with `change` to each cell, or the `other` change `where` that is so; distinct texts once."""
    texts, another = distinct(column), other or change
    mask = pl.repeat(value=False, n=column.len(), eager=True) if where is None else where
    if texts is None:
        return change(column).zip_with(~mask, another(column))
    both = pl.concat([change(texts), another(texts)])
    numbered = both.cast(pl.Enum(both.unique(maintain_order=True)))
    return numbered.gather(column.to_physical().cast(pl.UInt32) + mask.cast(pl.UInt32) * texts.len()).alias(column.name)


def matching(column: pl.Series, test: Change) -> pl.Series:
    """Where cells pass a test, which looks at each distinct text once; null where a cell is."""
    texts = distinct(column)
    if texts is None:
        return test(column)
    found = test(texts)
    return found.gather(column.to_physical().cast(pl.UInt32))


class Distinct:
    """A column of cells that repeat: each distinct cell is looked at once, and stands in many places.

    What stood only in rows that were left out is no cell of it any more, though the column still numbers it.
    """

    def __init__(self, column: pl.Series) -> None:
        known = distinct(column)
        there = column.unique() if known is None else known.gather(column.to_physical().unique().drop_nulls().sort())
        self.cells: list[str] = there.to_list()
        self._column = column

    @cached_property
    def _places(self) -> pl.Series:
        return self._column.cast(pl.Enum(self.cells)).to_physical()

    def each(self, values: list[Any], kind: Any) -> pl.Series:
        """A value for every distinct cell, put in the places of its cell."""
        return pl.Series(values, dtype=kind).gather(self._places)

    def where(self, flags: list[bool]) -> pl.Series:
        """The places of the cells with a flag; an empty series where there are none."""
        return self.each(flags, pl.Boolean) if any(flags) else pl.Series(dtype=pl.Boolean)
