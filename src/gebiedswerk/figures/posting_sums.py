"""The public postings behind sums, apart per line and year: with thousands of lines nothing is searched twice."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from gebiedswerk.account import TERM, Measure, sums_in
from gebiedswerk.ledger import with_part

GRAIN = ("line", "year", "kind", "flow", "part")
ORDER = ("delivery", "row", "id")


class Behind:
    """The public postings of one basis (`PUBLIC`, in their order), looked up per sum."""

    def __init__(self, public: pl.DataFrame) -> None:
        parts = with_part(public.lazy()).collect().partition_by(GRAIN, as_dict=True)
        self._parts = {key: rows.drop("part") for key, rows in parts.items()}
        self._none = public.clear()
        # one row per line and year
        names = [pl.col(name).drop_nulls().unique() for name in ("rule", "delivery")]
        found = list(public.group_by("line", "year").agg(pl.len(), *names).iter_rows())
        self._counts: dict[tuple[str, int], int] = {(code, year): count for code, year, count, _, _ in found}
        self._rules = {(code, year): rules for code, year, _, rules, _ in found}
        self._deliveries = {(code, year): files for code, year, _, _, files in found}

    def of(self, measure: str, codes: Iterable[str], year: int) -> pl.DataFrame:
        """The postings on these lines in a year that a measure adds up, in the order of their files."""
        sums = sums_behind(measure)
        keys = dict.fromkeys(
            (code, year, kind, flow, sum_.part)
            for code in codes
            for sum_ in sums
            for kind in sum_.kinds
            for flow in sum_.flows
        )
        found = [self._parts[key] for key in keys if key in self._parts]
        if len(found) < 2:
            return found[0] if found else self._none
        return pl.concat(found).sort(ORDER, nulls_last=True)

    def count(self, code: str, year: int) -> int:
        """How many rows there are of a line in a year."""
        return self._counts.get((code, year), 0)

    def rules(self, codes: Iterable[str], year: int) -> set[str]:
        """The rules that attributed the postings of these lines; a row of several names them with a space between."""
        return {rule for code in codes for found in self._rules.get((code, year), ()) for rule in found.split(" ")}

    def deliveries(self, codes: Iterable[str], year: int) -> set[str]:
        """The deliveries in which the postings of these lines stand."""
        return {name for code in codes for name in self._deliveries.get((code, year), ())}


def sums_behind(measure: str) -> list[Measure]:
    """The sums of postings from which a measure follows, through its formulas; for a term all that move it."""
    names = ("budget", "realised", "committed") if measure in TERM else (measure,)
    return [found for name in names for found, _ in sums_in(name)]
