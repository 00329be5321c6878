"""The gate: which postings may be seen one by one, and in which sums the others are put.

A posting is hidden where a block of the dossier names it, or where no decision publishes the lines of its delivery.
Hidden postings are put in groups within one pool: one delivery, year, kind, flow, of commitments one year in which
they were made, and one budget line (or, where a key divides them, one key). What must hold, and what cannot be
protected, stands in decision 22.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING, Any

import polars as pl

from gebiedswerk.core.matching import Pattern, parse_pattern
from gebiedswerk.core.persons import NAME
from gebiedswerk.core.privacy_groups import Part, different, grouped, size
from gebiedswerk.dossier import Delivery, Dossier
from gebiedswerk.dossier.settings import MOST_PERIODS, Block, DeliveryKind
from gebiedswerk.ledger.counting import counting, whole, with_person

UNDECIDED = "undecided"
"""The ground of postings in a delivery whose lines no decision publishes."""
DECISIONS_OF_A_BODY = ("adopted", "amendment", "carry_over", "opening")
"""Kinds of postings that are decisions of council or college: public by nature, and about nobody."""
if TYPE_CHECKING:
    from gebiedswerk.ledger.ledger import DeliveredRows, Ledger

POOL = ("delivery", "place", "divided", "year", "kind", "flow", "made_in")
CELL = (*POOL, "ground", "period")

Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Short:
    """A pool that holds fewer than the smallest group, of which a block hides some: its total shows too much."""

    delivery: str
    place: str
    year: int
    found: int


@dataclass(frozen=True, slots=True)
class Gated:
    """Postings on budget lines with `ground` and `group`; both are empty for what may be seen as it is.

    `ground` is the name of a block or `UNDECIDED`, and empty too for what is hidden with others to make a group large
    enough.
    """

    postings: pl.LazyFrame
    short: tuple[Short, ...]


def gate_of(ledger: Ledger | DeliveredRows, dossier: Dossier) -> Gated:
    """The delivered postings of a ledger behind the gate: worked out once for as long as they, and who hides, stay."""
    return dossier.session.traced(("gate", ledger.basis), _gate, dossier, ledger.rows)


def _gate(dossier: Dossier, rows: Callable[[], pl.LazyFrame]) -> Gated:
    return gated(rows(), dossier)


def decided(postings: pl.DataFrame) -> pl.LazyFrame:
    """What was decided by hand, as the gate lets it through: it may all be seen (`DECISIONS_OF_A_BODY`)."""
    on_line = postings.lazy().filter(pl.col("scope") == "line")
    return on_line.with_columns(ground=pl.lit(""), group=pl.lit(""))


def gated(postings: pl.LazyFrame, dossier: Dossier) -> Gated:
    """Put a group on every posting that may not be seen.

    Takes `postings`: one row per attributed share (`POSTING`), of which those on a budget line are kept.
    """
    rows = postings.filter(pl.col("scope") == "line").with_columns(
        ground=_ground(dossier),
        place=_place(dossier),
        divided=pl.col("share") != "",
        made_in=pl.col("origin").fill_null(0),
    )
    smallest, before = dossier.settings.privacy.smallest_group, _delivered_before(dossier)
    pools = _pools(rows, smallest) if _hides(dossier) else {}
    if not pools:
        return Gated(rows.drop("place", "divided", "made_in").with_columns(group=pl.lit("")), ())
    groups = {pool: _Groups(parts, smallest, before.get((pool[0], pool[3]), ())) for pool, parts in pools.items()}
    more = _widened(rows, {pool: found for pool, found in groups.items() if found.lacking or found.again})
    joined = rows.join(_cells(groups), on=list(CELL), how="left", nulls_equal=True)
    joined = joined.join(more, on=["delivery", "row"], how="left")
    group = pl.coalesce("group", "more", pl.lit(""))
    short = (Short(pool[0], pool[1], pool[3], found.size) for pool, found in groups.items() if found.too_small)
    return Gated(
        joined.with_columns(group=group).drop("place", "divided", "made_in", "more"), tuple(sorted(short, key=repr))
    )


class _Groups:
    """The groups of one pool, and the postings of it that could have been seen and are hidden with the only group.

    Of a file that takes the place of others (`before`: the periods of each) all that is hidden is one group, with all
    that was booked in the periods of each until enough was blocked there: whoever has the earlier files too can
    subtract no more than what came since. One group it is too where postings of one part cancel those of another.
    """

    def __init__(self, parts: Sequence[Part], smallest: int, before: Sequence[frozenset[int]]) -> None:
        blocked = [part for part in parts if part.ground != UNDECIDED]
        self.blocked, self.again = bool(blocked), bool(before and blocked)
        alone = self.again or any(part.tangled for part in parts)
        self.found = [list(parts)] if alone else grouped(parts, smallest)
        self.until = [
            (cover, _enough([part for part in blocked if part.period in cover], smallest)) for cover in before
        ]
        self.smallest, self.period = smallest, self.found[0][0].period
        self.loose = sum(part.loose for part in self.found[0])
        self.creditors = set[str]().union(*(part.creditors for part in self.found[0]))

    @property
    def size(self) -> int:
        """How many different ones stand behind its first group."""
        return self.loose + different(self.creditors)

    @property
    def lacking(self) -> bool:
        """Whether its only group is too small."""
        return self.size < self.smallest

    @property
    def too_small(self) -> bool:
        """Whether it stays so and hides something on a ground."""
        return self.lacking and self.blocked

    def take(self, person: str, period: int, *, counts: bool) -> bool:
        """Whether a posting that could have been seen is hidden too, and is then one more that counts."""
        early = any(period in cover and (until is None or period <= until) for cover, until in self.until)
        taken = early if self.again else self.lacking and counts
        if taken and counts:
            self.loose += not person
            self.creditors |= {person} if person else set()
        return taken


def _enough(blocked: Sequence[Part], smallest: int) -> int | None:
    """The first period with which enough is blocked; None where that is never."""
    dated = [(part.period, part) for part in blocked if part.period is not None]
    up_to = {last: size(part for period, part in dated if period <= last) for last, _ in dated}
    return next((last for last in sorted(up_to) if up_to[last] >= smallest), None)


def _delivered_before(dossier: Dossier) -> dict[tuple[str, int], tuple[frozenset[int], ...]]:
    """Of each delivery and year that take the place of earlier ones: the periods of each of these."""
    earlier: dict[tuple[str, str, int], list[frozenset[int]]] = defaultdict(list)
    found: dict[tuple[str, int], tuple[frozenset[int], ...]] = {}
    for one in sorted(dossier.deliveries, key=lambda one: one.settings.exported_at):
        for year in one.counts_in:
            books, mine = earlier[one.settings.administration, one.settings.kind, year], _held_periods(one, year)
            covers = tuple(dict.fromkeys(cover for cover in books if cover <= mine))
            found |= {(one.id, year): covers} if covers else {}
            books.append(mine)
    return found


def _held_periods(delivery: Delivery, year: int) -> frozenset[int]:
    """The periods of a year that a delivery holds; commitments are a stand of all of it."""
    stand = delivery.settings.kind is DeliveryKind.COMMITMENT
    return frozenset(range(MOST_PERIODS) if stand else delivery.periods_in(year))


def _ground(dossier: Dossier) -> pl.Expr:
    """The ground on which a posting is hidden: the first block that fits, else that nobody decided to publish it."""
    decided = [delivery.id for delivery in dossier.deliveries if publishes(delivery)]
    always = pl.col("kind").is_in(DECISIONS_OF_A_BODY)
    ground = pl.when(pl.col("delivery").is_in(decided)).then(pl.lit("")).otherwise(pl.lit(UNDECIDED))
    return pl.when(always).then(pl.lit("")).otherwise(blocked_by(dossier, ground))


def blocked_by(dossier: Dossier, otherwise: pl.Expr | None = None) -> pl.Expr:
    """The name of the first block that fits a posting, else empty, or what it is `otherwise`."""
    ground = pl.lit("") if otherwise is None else otherwise
    for block in reversed(dossier.settings.privacy.block or []):
        ground = pl.when(_fits(block)).then(pl.lit(block.name)).otherwise(ground)
    return ground


def _hides(dossier: Dossier) -> bool:
    """Whether any posting can be hidden at all."""
    return bool(dossier.settings.privacy.block) or not all(map(publishes, dossier.deliveries))


def publishes(delivery: Delivery) -> bool:
    """Whether a decision publishes the lines of a delivery."""
    return bool(delivery.settings.public_decision)


def _fits(block: Block) -> pl.Expr:
    """Whether every code that a block names has one of its patterns."""
    named = block.patterns().items()
    return reduce(and_, (reduce(or_, (_matches(name, parse_pattern(text)) for text in texts)) for name, texts in named))


def _matches(name: str, pattern: Pattern) -> pl.Expr:
    code = pl.col(name).fill_null("")
    if pattern.high is None:
        return code.str.starts_with(pattern.low)
    return (code.str.len_chars() == len(pattern.low)) & code.is_between(pl.lit(pattern.low), pl.lit(pattern.high))


def _place(dossier: Dossier) -> pl.Expr:
    """The line of a posting; for one that a key divides that key, because its shares tell the same amount."""
    keys = {row.id: row.key for row in dossier.attribution if row.key}
    if not keys:
        return pl.col("line")
    key = pl.col("rule").replace_strict(keys, default=None, return_dtype=pl.String)
    return pl.when(pl.col("share") == "").then("line").otherwise(key)


def _pools(rows: pl.LazyFrame, smallest: int) -> dict[Key, list[Part]]:
    """The hidden postings, per pool: one part per ground and period. Of the creditors no more than are needed."""
    hidden = rows.filter(pl.col("ground") != "")
    # one row per pool, ground and period
    cells = hidden.select(CELL).unique().join(_behind(hidden, smallest), on=list(CELL), how="left", nulls_equal=True)
    pools: dict[Key, list[Part]] = defaultdict(list)
    for cell in cells.sort(CELL).collect().iter_rows(named=True):
        creditors = frozenset([*(cell["codes"] or ()), *(cell["names"] or ())])
        part = Part(cell["ground"], cell["period"], cell["loose"] or 0, creditors, bool(cell["tangled"]))
        pools[tuple(cell[name] for name in POOL)].append(part)
    return pools


def _behind(hidden: pl.LazyFrame, smallest: int) -> pl.LazyFrame:
    """Who stands behind each cell: of the pools in which a block hides something, those who count."""
    blocked = (pl.col("ground") != UNDECIDED).any().over(POOL)
    other = hidden.filter(~blocked).select(*CELL, "row", person=pl.col("creditor").fill_null(""))
    counted = counting(_persons(hidden.filter(blocked), CELL), POOL, ("ground", "period")).lazy()
    found = pl.concat([counted.select(*CELL, "row", "person", "tangled"), other], how="diagonal")
    person, known, named = pl.col("person"), pl.col("person") != "", pl.col("person").str.starts_with(NAME)
    # one row per pool, ground and period
    return found.group_by(CELL).agg(
        pl.col("row").filter(~known).n_unique().alias("loose"),
        pl.col("tangled").any(),
        person.filter(known & ~named).unique().sort().head(smallest).alias("codes"),
        person.filter(named).unique().sort().head(smallest).alias("names"),
    )


def _persons(rows: pl.LazyFrame, grain: Sequence[str]) -> pl.LazyFrame:
    """One row per posting, out of its shares, with whose it is."""
    return whole(with_person(rows.select(*grain, "row", "creditor", "cents")), grain)


def _widened(rows: pl.LazyFrame, lacking: dict[Key, _Groups]) -> pl.LazyFrame:
    """The postings that could have been seen and are hidden with a group that is too small: those nearest in time.

    What hidden ones cancel among these counts for nobody either.
    """
    found: list[tuple[str, int, str]] = []
    if lacking:
        pools = pl.DataFrame(list(lacking), schema=_schema(POOL), orient="row").lazy()
        there = _persons(rows.join(pools, on=list(POOL), how="semi"), CELL)
        counts = counting(there, POOL, ("period",)).select(*POOL, "row", counts=pl.lit(value=True))
        marked = there.join(counts.lazy(), on=[*POOL, "row"], how="left").with_columns(
            pl.col("counts").fill_null(value=False)
        )
        for pool, of_pool in marked.collect().partition_by(POOL, as_dict=True).items():
            found += list(_taken(pool, lacking[pool], of_pool))
    schema = {"delivery": pl.String, "row": pl.Int64, "more": pl.String}
    return pl.DataFrame(found, schema=schema, orient="row").lazy()


def _taken(pool: Key, groups: _Groups, postings: pl.DataFrame) -> Iterator[tuple[str, int, str]]:
    hidden = postings.filter((pl.col("ground") != "") & pl.col("counts"))
    seen = postings.filter(pl.col("ground") == "")
    groups.loose, groups.creditors = int(hidden["person"].eq("").sum()), set(hidden["person"]) - {""}
    near = (pl.col("period") - groups.period).abs()
    for row, person, period, counts in seen.sort(near, "row").select("row", "person", "period", "counts").iter_rows():
        if groups.take(person, period, counts=counts):
            yield pool[0], row, _name(pool, 0)


def _cells(groups: dict[Key, _Groups]) -> pl.LazyFrame:
    """Every pool, ground and period with the name of its group."""
    found = [
        (*pool, part.ground, part.period, _name(pool, at))
        for pool, one in groups.items()
        for at, parts in enumerate(one.found)
        for part in parts
    ]
    return pl.DataFrame(found, schema={**_schema(CELL), "group": pl.String}, orient="row").lazy()


def _schema(names: Sequence[str]) -> dict[str, Any]:
    other = {"year": pl.Int64, "period": pl.Int64, "made_in": pl.Int64, "divided": pl.Boolean}
    return {name: other.get(name, pl.String) for name in names}


def _name(pool: Key, at: int) -> str:
    delivery, place, _, year, kind, flow, made_in = pool
    made = "" if made_in in (0, year) else f"-{made_in}"
    return f"{delivery}:{place}-{year}-{kind}-{flow}{made}-{at + 1}"
