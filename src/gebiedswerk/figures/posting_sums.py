"""The public postings behind sums, apart per line and year: with thousands of lines nothing is searched twice."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

import polars as pl

from gebiedswerk.account import TERM, Measure, sums_in
from gebiedswerk.core.watching import watched_by, written
from gebiedswerk.ledger import PUBLIC, with_part

SORTS = ("kind", "flow", "part")
ORDER = ("delivery", "row", "id")
FEW = 100
"""Rows that are looked through sooner than an engine is set to work."""
SEEDS = (0, 1)
"""Two hashes of 64 bits: postings that differ are not taken for the same."""


class RowHashes:
    """Hashes of rows, made at once for all when first asked for."""

    def __init__(self, rows: pl.DataFrame) -> None:
        self._rows = rows

    @cached_property
    def _pairs(self) -> pl.DataFrame:
        return pl.DataFrame([self._rows.hash_rows(seed).alias(str(seed)) for seed in SEEDS])

    def of(self, at: int, count: int) -> str:
        """What tells some rows that follow each other from others."""
        return hashlib.blake2b(repr(self._pairs.slice(at, count).rows()).encode(), digest_size=16).hexdigest()


class RunOfRows:
    """The postings of one line in a year among those of a ledger: they begin at `at`; `hashes` are those of all.

    In the order of their files; `part` is what `with_part` adds. Equal if the rows are.
    """

    def __init__(self, rows: pl.DataFrame, at: int, hashes: RowHashes) -> None:
        self.rows, self._at, self._hashes = rows, at, hashes
        self._names: dict[str, frozenset[str]] = {}

    @cached_property
    def by_sort(self) -> Mapping[tuple[str, ...], pl.DataFrame]:
        """Kind, flow and part → the postings of that sort."""
        found = self.rows.partition_by(SORTS, as_dict=True)
        return {key: rows.drop("part") for key, rows in found.items()}

    def named(self, column: str) -> frozenset[str]:
        """What stands in a column, each once."""
        if column not in self._names:
            cells = self.rows[column] if self.rows.height < FEW else self.rows[column].unique()
            self._names[column] = frozenset(cells.to_list()) - {None}
        return self._names[column]

    @cached_property
    def told(self) -> str:
        """What tells them from others."""
        return self._hashes.of(self._at, self.rows.height)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RunOfRows) and self.told == other.told

    def __hash__(self) -> int:
        return hash(self.told)


@dataclass(frozen=True)
class LinePostings:
    """The public postings of one line in a year. `runs`: those that were delivered, and those that were decided."""

    runs: tuple[RunOfRows, ...]

    @property
    def height(self) -> int:
        """How many there are."""
        return sum(one.rows.height for one in self.runs)

    def named(self, column: str) -> frozenset[str]:
        """What stands in a column, each once."""
        return frozenset[str]().union(*(one.named(column) for one in self.runs))


Runs = Mapping[tuple[str, int], RunOfRows]
"""Line and year → its postings in one ledger."""


def runs_of(public: pl.DataFrame) -> Runs:
    """Part the public postings of a ledger (`PUBLIC`, in their order) per line and year."""
    parted = with_part(public.lazy()).sort("line", "year", maintain_order=True).collect()
    # one row per line and year: where its postings begin among those of all, and how many there are
    counts = parted.group_by("line", "year", maintain_order=True).agg(pl.len())
    found: dict[tuple[str, int], RunOfRows] = {}
    at, hashes = 0, RowHashes(parted)
    for code, year, count in counts.iter_rows():
        found[code, year] = RunOfRows(parted.slice(at, count), at, hashes)
        at += count
    return found


class Behind:
    """The public postings of one basis, looked up per sum; `of_year`: of these years those of another ledger."""

    def __init__(self, *newest: Runs, of_year: Mapping[int, Sequence[Runs]] = MappingProxyType({})) -> None:
        self._none = pl.DataFrame(schema=PUBLIC)
        found: dict[tuple[str, int], list[RunOfRows]] = defaultdict(list)
        for runs in newest:
            for key, run in runs.items():
                if key[1] not in of_year:
                    found[key].append(run)
        for year, ledgers in of_year.items():
            for runs in ledgers:
                for key, run in runs.items():
                    if key[1] == year:
                        found[key].append(run)
        self._per_line = {key: LinePostings(tuple(runs)) for key, runs in found.items()}

    def of(self, measure: str, codes: Iterable[str], year: int) -> pl.DataFrame:
        """The postings on these lines in a year that a measure adds up, in the order of their files."""
        sums = sums_behind(measure)
        sorts = dict.fromkeys((kind, flow, one.part) for one in sums for kind in one.kinds for flow in one.flows)
        found = []
        for code in dict.fromkeys(codes):
            here = self._per_line.get((code, year))
            for run in here.runs if here else ():
                found += [run.by_sort[sort] for sort in sorts if sort in run.by_sort]
        if len(found) < 2:
            return found[0] if found else self._none
        return pl.concat(found).sort(ORDER, nulls_last=True)

    def count(self, code: str, year: int) -> int:
        """How many rows there are of a line in a year."""
        here = self._per_line.get((code, year))
        return here.height if here else 0

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
    return " ".join([one.told for one in answer.runs])


def sums_behind(measure: str) -> list[Measure]:
    """The sums of postings from which a measure follows, through its formulas; for a term all that move it."""
    names = ("budget", "realised", "committed") if measure in TERM else (measure,)
    return [found for name in names for found, _ in sums_in(name)]
