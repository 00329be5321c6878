"""Give every posting its budget line: rules are resolved once per set of codes, and joined back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from gebiedswerk.core.faults import Checked, Fault, fault
from gebiedswerk.core.matching import ANYTHING, Pattern, Rule, Rules
from gebiedswerk.core.money import split
from gebiedswerk.dossier import Delivery, Dossier, standing
from gebiedswerk.dossier.tables import AttributionRow
from gebiedswerk.formats.postings import CODES, DAY, POSTING, SUMMED, frame
from gebiedswerk.ledger.caught_codes import caught_faults
from gebiedswerk.ledger.queries import grouped, sums_without_rule

MATCHED = ("administration", "kind", "year", *CODES, "booked_on")
NOWHERE: Mapping[str, str | None] = {"scope": "open", "line": None, "rule": "", "key": None}
BALANCE: Mapping[str, str | None] = {"scope": "out", "line": None, "rule": "balance", "key": None}
MOST = 20
"""So many sets of codes without a rule are named apiece, largest first; the rest is summed."""


Rows = Mapping[str, Callable[[], pl.LazyFrame]]
"""Delivery → its postings with the columns of a decision, read when they are asked for."""


@dataclass(frozen=True)
class Attributed:
    """Delivered postings in their place: `sums`, one row per group and place (`SUMMED`); the faults met, and the years
    in which money stayed open. `placed` holds the places of the sets of codes in `apart`, `shares` the postings that
    a key divided.
    """

    sums: pl.DataFrame
    faults: tuple[Fault, ...]
    open_years: frozenset[int]
    placed: pl.DataFrame
    apart: tuple[str, ...]
    shares: pl.DataFrame

    def postings(self, rows: Rows) -> pl.LazyFrame:
        """The postings of these deliveries with `scope`, `line`, `rule` and `share`, one row per share (`POSTING`)."""
        shares = self.shares.lazy().filter(pl.col("delivery").is_in(list(rows)))
        whole = [_whole(_joined(read(), self.placed, self.apart)) for read in rows.values()]
        return pl.concat([*(found.select(list(POSTING)) for found in whole), shares])


def looked_at(dossier: Dossier) -> list[str]:
    """What the rules look at; never nothing."""
    return [name for name in MATCHED if any(getattr(row, name) != ANYTHING for row in dossier.attribution)] or ["kind"]


def attribute_groups(dossier: Dossier, groups: pl.DataFrame, rows: Rows) -> Attributed:
    """Attribute delivered postings: rules are resolved once per distinct set of the codes that rules look at.

    Takes `groups`: one row per set of codes with cents, postings and row (`queries.grouped`), and the `rows` behind
    them, read only where a key divides them.
    Two rules on one posting: a fault, and the first rule holds until a person chooses. What was booked on the balance
    sheet is out of scope whatever the rules say: it is neither costs nor income.
    """
    names = {name: DAY if name == "booked_on" else name for name in looked_at(dossier)}
    apart = (*names.values(), "flow")
    placed, overlaps = _placed(dossier, groups.select(apart).unique().sort(apart), names)
    joined = _joined(groups.lazy(), placed, apart).collect()
    faults = [_overlap_fault(dossier, joined, hits, best) for best, hits in overlaps.items()]
    shares, key_faults = _shares(dossier, placed, apart, rows)
    summed = grouped(shares.lazy(), [name for name in SUMMED if name not in ("cents", "postings", "row")])
    parts = [found.select(list(SUMMED)) for found in (_whole(joined.lazy()), summed)]
    sums = pl.concat(parts).collect()
    open_faults, open_years = _open_faults(dossier, sums.filter(pl.col("scope") == "open"))
    caught = caught_faults(dossier.attribution, placed.iter_rows(named=True))
    found = (*faults, *key_faults, *open_faults, *caught)
    return Attributed(sums, found, frozenset(open_years), placed, apart, shares)


def _joined(postings: pl.LazyFrame, placed: pl.DataFrame, apart: Sequence[str]) -> pl.LazyFrame:
    """Postings, or groups of them, each with the place of its codes."""
    if DAY in apart and DAY not in postings.collect_schema().names():
        postings = postings.with_columns(day_text())
    return postings.join(placed.lazy(), on=list(apart), how="left", nulls_equal=True)


def _whole(joined: pl.LazyFrame) -> pl.LazyFrame:
    """What no key divides."""
    return joined.filter(pl.col("key").is_null()).with_columns(share=pl.lit(""))


def day_text() -> pl.Expr:
    """The booking day as rules look at it."""
    return pl.col("booked_on").cast(pl.String).fill_null("").alias(DAY)


def _placed(
    dossier: Dossier, combinations: pl.DataFrame, names: Mapping[str, str]
) -> tuple[pl.DataFrame, dict[tuple[str, ...], list[Mapping[str, Any]]]]:
    """Every set of codes with its place, and the sets on which more than one rule stands."""
    rules, by_code = rules_of(dossier.attribution), {row.id: row for row in dossier.attribution}
    found: list[Mapping[str, str | None]] = []
    overlaps: dict[tuple[str, ...], list[Mapping[str, Any]]] = defaultdict(list)
    for codes in combinations.iter_rows(named=True):
        if codes["flow"] == "balance":
            found.append(BALANCE)
            continue
        best = rules.winners({name: str(codes[column]) for name, column in names.items()})
        found.append(_place(by_code[best[0].code]) if best else NOWHERE)
        if len(best) > 1:
            overlaps[tuple(rule.code for rule in best)].append(codes)
    places = pl.DataFrame(found, schema=dict.fromkeys(NOWHERE, pl.String))
    return pl.concat([combinations, places], how="horizontal"), overlaps


def rules_of(rows: Iterable[AttributionRow]) -> Rules:
    """The rules of a dossier, in its order."""
    return Rules(
        Rule(row.id, {name: getattr(row, name) for name in MATCHED if getattr(row, name) != ANYTHING}) for row in rows
    )


def _place(row: AttributionRow) -> dict[str, str | None]:
    scope = "out" if row.out_of_scope else "line"
    return {"scope": scope, "line": row.line, "rule": row.id, "key": row.key}


def _delivery(dossier: Dossier, name: str) -> Delivery:
    return next(found for found in dossier.deliveries if found.id == name)


def _overlap_fault(
    dossier: Dossier, groups: pl.DataFrame, hits: Sequence[Mapping[str, Any]], best: Sequence[str]
) -> Fault:
    """The same rules on one or more postings (A101): names the first posting and all the rules."""
    wanted = groups.join(pl.DataFrame(hits), on=list(hits[0]), how="semi", nulls_equal=True)
    first = wanted.sort("delivery", "row").row(0, named=True)
    rows = {row.id: row.row for row in dossier.attribution}
    delivery = _delivery(dossier, first["delivery"])
    written = _written(delivery, {name: first[name] for name in CODES if name in hits[0]})
    named = ", ".join(f"{rule} ({rows[rule]})" for rule in best)
    facts = {"rules": named, "count": int(wanted["postings"].sum()), "cents": int(wanted["cents"].sum())}
    return fault("A101", delivery.file, first["row"], None, written, **facts)


def _written(delivery: Delivery, codes: Mapping[str, str]) -> str:
    """Codes as the file names them: 'Kostenplaats 7110 · Categorie 3.8'."""
    headers = delivery.profile.columns
    return " · ".join(f"{headers.get(name, name)} {code}" for name, code in codes.items() if code)


def _shares(dossier: Dossier, placed: pl.DataFrame, apart: Sequence[str], rows: Rows) -> Checked[pl.DataFrame]:
    """Divide the postings of a key over its lines, per fiscal year; a key without that year leaves them open (A107)."""
    if not placed["key"].is_not_null().any():
        return Checked(frame([], POSTING))
    weights: dict[tuple[str, int], list[tuple[str, int]]] = defaultdict(list)
    for row in dossier.keys:
        weights[row.key, row.year].append((row.line, row.weight))
    faults: dict[tuple[str, int], Fault] = {}
    shares: list[dict[str, Any]] = []
    keyed = [_joined(read(), placed, apart).filter(pl.col("key").is_not_null()) for read in rows.values()]
    for posting in pl.concat(keyed).sort("delivery", "row").collect().iter_rows(named=True):
        lines = weights.get((posting["key"], posting["year"]), [])
        if not lines:
            place = (_delivery(dossier, posting["delivery"]).file, posting["row"], None, posting["key"])
            faults.setdefault((posting["key"], posting["year"]), fault("A107", *place, year=posting["year"]))
            shares.append({**posting, "scope": "open", "share": ""})
        for (line, _), cents in zip(
            lines, split(posting["cents"], [w for _, w in lines]) if lines else [], strict=True
        ):
            shares.append({**posting, "line": line, "cents": cents, "share": line})
    return Checked(frame(shares, POSTING), tuple(faults.values()))


def _open_faults(dossier: Dossier, left: pl.DataFrame) -> tuple[list[Fault], set[int]]:
    """Postings that no rule matches (A102), largest first, unless accepted: `open:<delivery>` with that amount."""
    accepted = {row.what: row.amount for row in standing(dossier.reconciliations)}
    sums = dict(left.group_by("delivery").agg(pl.col("cents").sum()).iter_rows())
    settled = [name for name, cents in sums.items() if accepted.get(f"open:{name}") == cents]
    left = left.filter(~pl.col("delivery").is_in(settled))
    groups = sums_without_rule(left.lazy()).collect()
    faults, groups = _lost_zeros(dossier, groups)
    for group in groups.head(MOST).iter_rows(named=True):
        delivery = _delivery(dossier, group["delivery"])
        written = _written(delivery, {name: group[name] for name in CODES})
        facts = {"count": group["count"], "cents": group["cents"]}
        faults.append(fault("A102", delivery.file, group["row"], None, written, **facts))
    rest = groups.slice(MOST)
    if rest.height:
        file = _delivery(dossier, rest["delivery"][0]).file
        faults.append(fault("A103", file, groups=rest.height, count=rest["count"].sum(), cents=rest["cents"].sum()))
    return faults, set(left["year"].to_list())


def _lost_zeros(dossier: Dossier, groups: pl.DataFrame) -> tuple[list[Fault], pl.DataFrame]:
    """Codes that no rule knows, but would with zeros in front (A108), each said once; and the groups without them."""
    patterns = {name: {getattr(row, name) for row in dossier.attribution} - {ANYTHING} for name in CODES}
    found: dict[tuple[str, str, str, str], list[Mapping[str, Any]]] = defaultdict(list)
    kept = []
    for group in groups.iter_rows(named=True):
        padded = ((name, _with_zeros(group[name], patterns[name])) for name in CODES)
        lost = next(((name, code) for name, code in padded if code), None)
        kept.append(lost is None)
        if lost:
            found[group["delivery"], lost[0], group[lost[0]], lost[1]].append(group)
    faults = []
    for (name, column, value, code), lost_groups in found.items():
        delivery, row = _delivery(dossier, name), min(group["row"] for group in lost_groups)
        sums = {what: sum(group[what] for group in lost_groups) for what in ("count", "cents")}
        header = delivery.profile.columns.get(column, column)
        faults.append(fault("A108", delivery.file, row, header, value, known=code, **sums))
    return faults, groups.filter(pl.Series(kept, dtype=pl.Boolean))


def _with_zeros(code: str, patterns: set[Pattern]) -> str:
    """The code with as many zeros in front as a pattern needs to know it; empty where one knows it as it is."""
    if not code.isdecimal() or any(pattern.matches(code) for pattern in patterns):
        return ""
    padded = ((_padded(code, pattern), pattern) for pattern in patterns)
    known = [text for text, pattern in padded if text != code and pattern.matches(text)]
    return min(known, key=lambda text: (len(text), text), default="")


def _padded(code: str, pattern: Pattern) -> str:
    if pattern.high is not None:
        return code.zfill(len(pattern.low))
    rest = pattern.low.lstrip("0")
    return pattern.low.removesuffix(rest) + code if rest else code  # a prefix of zeros alone says nothing of a code
