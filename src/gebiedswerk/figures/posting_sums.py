"""The public postings behind sums, apart per line and year: with thousands of lines nothing is searched twice."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from gebiedswerk.account import TERM, Measure, sums_in
from gebiedswerk.core.watching import watched_by, written
from gebiedswerk.ledger import with_part

SORTS = ("kind", "flow", "part")
ORDER = ("delivery", "row", "id")
SEEDS = (0, 1)
"""Two hashes of 64 bits: postings that differ are not taken for the same."""


class RowHashes:
    """Hashes of rows, made at once for all when first asked for."""

    def __init__(self, rows: pl.DataFrame) -> None:
        self._rows = rows

    @cached_property
    def _pairs(self) -> list[tuple[int, ...]]:
        return pl.DataFrame([self._rows.hash_rows(seed).alias(str(seed)) for seed in SEEDS]).rows()

    def of(self, at: int, count: int) -> str:
        """What tells some rows that follow each other from others."""
        return hashlib.blake2b(repr(self._pairs[at : at + count]).encode(), digest_size=16).hexdigest()


@dataclass(frozen=True)
class LinePostings:
    """The public postings of one line in a year, in the order of their files; `part` is what `with_part` adds.

    They begin at `at` among those of all lines, whose `hashes` tell them from others.
    """

    rows: pl.DataFrame
    at: int
    hashes: RowHashes

    @cached_property
    def by_sort(self) -> Mapping[tuple[str, ...], pl.DataFrame]:
        """Kind, flow and part → the postings of that sort."""
        found = self.rows.partition_by(SORTS, as_dict=True)
        return {key: rows.drop("part") for key, rows in found.items()}

    def named(self, column: str) -> frozenset[str]:
        """What stands in a column, each once."""
        return frozenset(self.rows[column].drop_nulls().unique().to_list())


class Behind:
    """The public postings of one basis (`PUBLIC`, in their order), looked up per sum."""

    def __init__(self, public: pl.DataFrame) -> None:
        parted = with_part(public.lazy()).sort("line", "year", maintain_order=True).collect()
        # one row per line and year: where its postings begin among those of all, and how many there are
        found = parted.group_by("line", "year", maintain_order=True).agg(pl.len())
        self._none = public.clear()
        self._per_line: dict[tuple[str, int], LinePostings] = {}
        at, hashes = 0, RowHashes(parted)
        for code, year, count in found.iter_rows():
            self._per_line[code, year] = LinePostings(parted.slice(at, count), at, hashes)
            at += count

    def of(self, measure: str, codes: Iterable[str], year: int) -> pl.DataFrame:
        """The postings on these lines in a year that a measure adds up, in the order of their files."""
        sums = sums_behind(measure)
        sorts = dict.fromkeys((kind, flow, one.part) for one in sums for kind in one.kinds for flow in one.flows)
        found = []
        for code in dict.fromkeys(codes):
            here = self._per_line.get((code, year))
            found += [here.by_sort[sort] for sort in sorts if sort in here.by_sort] if here else []
        if len(found) < 2:
            return found[0] if found else self._none
        return pl.concat(found).sort(ORDER, nulls_last=True)

    def count(self, code: str, year: int) -> int:
        """How many rows there are of a line in a year."""
        here = self._per_line.get((code, year))
        return here.rows.height if here else 0

    def rules(self, codes: Iterable[str], year: int) -> set[str]:
        """The rules that attributed the postings of these lines; a row of several names them with a space between."""
        return {rule for found in self._named("rule", codes, year) for rule in found.split(" ")}

    def deliveries(self, codes: Iterable[str], year: int) -> set[str]:
        """The deliveries in which the postings of these lines stand."""
        return set(self._named("delivery", codes, year))

    def _named(self, column: str, codes: Iterable[str], year: int) -> Iterable[str]:
        for code in codes:
            here = self._per_line.get((code, year))
            yield from here.named(column) if here else ()


watched_by(Behind, keyed=("_per_line",), through=("of", "count", "rules", "deliveries", "_named"))


@written.register
def _rows(answer: pl.DataFrame) -> str:
    """Rows by their hashes: an answer may be many thousands."""
    told = RowHashes(answer).of(0, answer.height) if answer.height else ""
    return f"DataFrame({list(answer.schema.items())!r},{answer.height},{told})"


@written.register
def _postings(answer: LinePostings) -> str:
    return answer.hashes.of(answer.at, answer.rows.height)


def sums_behind(measure: str) -> list[Measure]:
    """The sums of postings from which a measure follows, through its formulas; for a term all that move it."""
    names = ("budget", "realised", "committed") if measure in TERM else (measure,)
    return [found for name in names for found, _ in sums_in(name)]
