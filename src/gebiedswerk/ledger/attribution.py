"""Give every posting its budget line: rules are resolved once per set of codes, and joined back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from gebiedswerk.core.attribution import ANYTHING, Pattern, Rule, winners
from gebiedswerk.core.faults import Fault, fault
from gebiedswerk.core.money import split
from gebiedswerk.dossier import Delivery, Dossier, standing
from gebiedswerk.dossier.tables import AttributionRow
from gebiedswerk.ledger.postings import CODES, POSTING, frame

MATCHED = ("administration", "kind", "year", *CODES, "booked_on")
NOWHERE: dict[str, str | None] = {"scope": "open", "line": None, "rule": "", "key": None}
BALANCE: dict[str, str | None] = {"scope": "out", "line": None, "rule": "balance", "key": None}
MOST = 20
"""So many sets of codes without a rule are named apiece, largest first; the rest is summed."""


@dataclass(frozen=True, slots=True)
class Attributed:
    """Delivered postings with `scope`, `line`, `rule` and `share`, one row per share; the faults met, and the years
    in which money stayed open.
    """

    postings: pl.LazyFrame
    faults: tuple[Fault, ...]
    open_years: frozenset[int]


def attribute_postings(dossier: Dossier, postings: pl.LazyFrame) -> Attributed:
    """Attribute delivered postings: rules are resolved once per distinct set of the codes that rules look at.

    Two rules on one posting: a fault, and the first rule holds until a person chooses. What was booked on the balance
    sheet is out of scope whatever the rules say: it is neither costs nor income.
    """
    used = [name for name in MATCHED if any(getattr(row, name) != ANYTHING for row in dossier.attribution)] or ["kind"]
    names = {name: f"_{name}" if name == "booked_on" else name for name in used}
    keyed = postings
    if "booked_on" in used:
        keyed = postings.with_columns(pl.col("booked_on").cast(pl.String).fill_null("").alias("_booked_on"))
    apart = [*names.values(), "flow"]
    codes = keyed.select(apart).unique().collect().sort(apart)
    placed, overlaps = _placed(dossier, codes, names)
    joined = keyed.join(placed.lazy(), on=apart, how="left", nulls_equal=True)
    faults = [_overlap_fault(dossier, joined, hits, best) for best, hits in overlaps.items()]
    shared, key_faults = _shared(dossier, joined, keys=placed["key"].is_not_null().any())
    left = shared.filter(pl.col("scope") == "open").collect() if _may_be_open(placed, key_faults) else None
    open_faults, open_years = _open_faults(dossier, left) if left is not None else ([], set())
    return Attributed(shared, (*faults, *key_faults, *open_faults), frozenset(open_years))


def _placed(
    dossier: Dossier, combinations: pl.DataFrame, names: Mapping[str, str]
) -> tuple[pl.DataFrame, dict[tuple[str, ...], list[Mapping[str, Any]]]]:
    """Every set of codes with its place, and the sets on which more than one rule stands."""
    rules, by_code = _rules(dossier), {row.id: row for row in dossier.attribution}
    found: list[dict[str, str | None]] = []
    overlaps: dict[tuple[str, ...], list[Mapping[str, Any]]] = defaultdict(list)
    for codes in combinations.iter_rows(named=True):
        if codes["flow"] == "balance":
            found.append(BALANCE)
            continue
        best = winners(rules, {name: str(codes[column]) for name, column in names.items()})
        found.append(_place(by_code[best[0].code]) if best else NOWHERE)
        if len(best) > 1:
            overlaps[tuple(rule.code for rule in best)].append(codes)
    places = pl.DataFrame(found, schema=dict.fromkeys(NOWHERE, pl.String))
    return pl.concat([combinations, places], how="horizontal"), overlaps


def _may_be_open(placed: pl.DataFrame, key_faults: Sequence[Fault]) -> bool:
    return bool(key_faults) or bool((placed["scope"] == "open").any())


def _rules(dossier: Dossier) -> list[Rule]:
    return [
        Rule(row.id, {name: getattr(row, name) for name in MATCHED if getattr(row, name) != ANYTHING})
        for row in dossier.attribution
    ]


def _place(row: AttributionRow) -> dict[str, str | None]:
    scope = "out" if row.out_of_scope else "line"
    return {"scope": scope, "line": row.line, "rule": row.id, "key": row.key}


def _delivery(dossier: Dossier, name: str) -> Delivery:
    return next(found for found in dossier.deliveries if found.id == name)


def _overlap_fault(
    dossier: Dossier, joined: pl.LazyFrame, hits: Sequence[Mapping[str, Any]], best: Sequence[str]
) -> Fault:
    """The same rules on one or more postings (A101): names the first posting and all the rules."""
    wanted = joined.join(pl.LazyFrame(hits), on=list(hits[0]), how="semi", nulls_equal=True)
    found = wanted.sort("delivery", "row").collect()
    first = found.row(0, named=True)
    rows = {row.id: row.row for row in dossier.attribution}
    delivery = _delivery(dossier, first["delivery"])
    written = _written(delivery, {name: first[name] for name in CODES if name in hits[0]})
    named = ", ".join(f"{rule} ({rows[rule]})" for rule in best)
    facts = {"rules": named, "count": found.height, "cents": int(found["cents"].sum())}
    return fault("A101", delivery.file, first["row"], None, written, **facts)


def _written(delivery: Delivery, codes: Mapping[str, str]) -> str:
    """Codes as the file names them: 'Kostenplaats 7110 · Categorie 3.8'."""
    headers = delivery.profile.columns
    return " · ".join(f"{headers.get(name, name)} {code}" for name, code in codes.items() if code)


def _shared(dossier: Dossier, joined: pl.LazyFrame, *, keys: bool) -> tuple[pl.LazyFrame, list[Fault]]:
    """Divide the postings of a key over its lines, per fiscal year; a key without that year leaves them open (A107)."""
    weights: dict[tuple[str, int], list[tuple[str, int]]] = defaultdict(list)
    for row in dossier.keys:
        weights[row.key, row.year].append((row.line, row.weight))
    faults: dict[tuple[str, int], Fault] = {}
    shares: list[dict[str, Any]] = []
    whole = joined.filter(pl.col("key").is_null()).with_columns(share=pl.lit("")).select(list(POSTING))
    if not keys:
        return whole, []
    keyed = joined.filter(pl.col("key").is_not_null()).collect()
    for posting in keyed.sort("delivery", "row").iter_rows(named=True):
        lines = weights.get((posting["key"], posting["year"]), [])
        if not lines:
            place = (_delivery(dossier, posting["delivery"]).file, posting["row"], None, posting["key"])
            faults.setdefault((posting["key"], posting["year"]), fault("A107", *place, year=posting["year"]))
            shares.append({**posting, "scope": "open", "share": ""})
        for (line, _), cents in zip(
            lines, split(posting["cents"], [w for _, w in lines]) if lines else [], strict=True
        ):
            shares.append({**posting, "line": line, "cents": cents, "share": line})
    return pl.concat([whole, frame(shares, POSTING).lazy()]), list(faults.values())


def _open_faults(dossier: Dossier, postings: pl.DataFrame) -> tuple[list[Fault], set[int]]:
    """Postings that no rule matches (A102), largest first, unless accepted: `open:<delivery>` with that amount."""
    left = postings.filter(pl.col("scope") == "open")
    accepted = {row.what: row.amount for row in standing(dossier.reconciliations)}
    sums = dict(left.group_by("delivery").agg(pl.col("cents").sum()).iter_rows())
    settled = [name for name, cents in sums.items() if accepted.get(f"open:{name}") == cents]
    left = left.filter(~pl.col("delivery").is_in(settled))
    groups = (
        left.filter(pl.col("rule") == "")
        .group_by("delivery", *CODES)
        .agg(pl.len().alias("count"), pl.col("cents").sum(), pl.col("row").min())
        .sort(pl.col("cents").abs(), "row", descending=[True, False])
    )
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
