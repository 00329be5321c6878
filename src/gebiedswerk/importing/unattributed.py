"""What of a delivery no rule gives a budget line yet, largest first, each with a rule that would and its effect."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from gebiedswerk.dossier import Dossier
from gebiedswerk.ledger import Ledger

GRAIN = ("cost_centre", "category", "ledger_account")
AS_OPEN = "open"


@dataclass(frozen=True, slots=True)
class ProposedRule:
    """A row for `attribution.csv`. An empty `line` is for a person to choose; `like` is the rule it was taken from.

    `cents` and `postings`: what it would attribute of this delivery.
    """

    id: str
    codes: tuple[tuple[str, str], ...]
    line: str
    like: str
    cents: int
    postings: int


@dataclass(frozen=True, slots=True)
class OpenGroup:
    """Postings without a rule that share a cost centre and category (without cost centre: also an account)."""

    codes: tuple[tuple[str, str], ...]
    cents: int
    postings: int
    rule: ProposedRule


def open_groups(dossier: Dossier, ledger: Ledger, delivery: str) -> tuple[OpenGroup, ...]:
    """The groups of one delivery that are not attributed, largest amount first.

    A rule is by cost centre; by cost centre and category where other postings of that cost centre have a rule already,
    so that no two rules claim one posting.
    """
    bare = pl.when(pl.col("cost_centre") == "").then("ledger_account").otherwise(pl.lit("")).alias("ledger_account")
    left = ledger.postings.filter((pl.col("scope") == AS_OPEN) & (pl.col("delivery") == delivery)).with_columns(bare)
    groups = left.group_by(GRAIN).agg(pl.col("cents").sum(), pl.len().alias("postings"), pl.col("row").min())
    rows = groups.sort(pl.col("cents").abs(), "row", descending=[True, False]).collect()
    elsewhere = _attributed(ledger)
    rules = {row: _rule_codes(row, elsewhere) for row in rows.select(GRAIN).iter_rows()}
    effects: dict[tuple[tuple[str, str], ...], list[int]] = defaultdict(lambda: [0, 0])
    for *codes, cents, postings, _ in rows.iter_rows():
        effects[rules[tuple(codes)]][0] += cents
        effects[rules[tuple(codes)]][1] += postings
    found = []
    for *codes, cents, postings, _ in rows.iter_rows():
        of = rules[tuple(codes)]
        line, like = _line(dossier, dict(of), elsewhere)
        name = _free_id(dossier, "-".join(code for _, code in of) or AS_OPEN)
        named = tuple((column, code) for column, code in zip(GRAIN, codes, strict=True) if code)
        found.append(OpenGroup(named, cents, postings, ProposedRule(name, of, line, like, *effects[of])))
    return tuple(found)


def _attributed(ledger: Ledger) -> dict[str, dict[tuple[str, str], int]]:
    """Cost centre → the line and rule of its postings that have one, with their number."""
    placed = ledger.postings.filter((pl.col("scope") != AS_OPEN) & (pl.col("cost_centre") != ""))
    found: dict[str, dict[tuple[str, str], int]] = defaultdict(dict)
    counted = (
        placed.group_by("cost_centre", "line", "rule").len().sort("len", "rule", descending=[True, False]).collect()
    )
    for centre, line, rule, postings in counted.iter_rows():
        found[centre][line or "", rule] = postings
    return found


def _rule_codes(codes: tuple[str, ...], elsewhere: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    """The codes by which a rule takes a group."""
    centre, category, account = codes
    if not centre:
        pairs = [("category", category), ("ledger_account", account)]
    else:
        pairs = [("cost_centre", centre), ("category", category if centre in elsewhere else "")]
    return tuple((name, code) for name, code in pairs if code)


def _line(
    dossier: Dossier, codes: Mapping[str, str], elsewhere: Mapping[str, Mapping[tuple[str, str], int]]
) -> tuple[str, str]:
    """The line of the same cost centre elsewhere, else of the cost centres most like it; and the rule that says so."""
    centre = codes.get("cost_centre", "")
    same = [(line, rule) for line, rule in elsewhere.get(centre, {}) if line]
    if same:
        return same[0]
    near: dict[int, dict[str, str]] = defaultdict(dict)
    for row in dossier.attribution:
        if row.line and row.cost_centre.low:
            near[_alike(row.cost_centre.low, centre)].setdefault(row.line, row.id)
    closest = max(near, default=0)
    if 2 * closest > len(centre) and len(near[closest]) == 1:
        return next(iter(near[closest].items()))
    return "", ""


def _free_id(dossier: Dossier, name: str) -> str:
    """A name for a rule that no rule has."""
    taken = {row.id for row in dossier.attribution}
    return next(one for one in (name, *(f"{name}-{at}" for at in range(2, len(taken) + 3))) if one not in taken)


def _alike(one: str, other: str) -> int:
    """With how many of the same letters two codes begin."""
    pairs = list(zip(one, other, strict=False))
    return next((at for at, (mine, yours) in enumerate(pairs) if mine != yours), len(pairs))
