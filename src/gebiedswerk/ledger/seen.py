"""Every set of codes that any delivery holds, and whether a rule knows it: what a new rule must not take along."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from gebiedswerk.dossier import Dossier
from gebiedswerk.formats.postings import DAY
from gebiedswerk.ledger.attribution import MATCHED, day_text, looked_at, rules_of
from gebiedswerk.ledger.deliveries import read_delivery


@dataclass(frozen=True, slots=True)
class CodesSeen:
    """A set of codes by the names that rules use (`booked_on` where they look at days), and whether a rule has it."""

    codes: Mapping[str, str]
    placed: bool


def codes_seen(dossier: Dossier) -> tuple[CodesSeen, ...]:
    """All distinct sets of codes, of newer and older deliveries alike; not what was booked on the balance sheet."""
    days = "booked_on" in looked_at(dossier)
    names = {name: DAY if name == "booked_on" else name for name in MATCHED if days or name != "booked_on"}
    found = [pl.DataFrame(schema=dict.fromkeys(names.values(), pl.String))]
    for delivery in dossier.deliveries:
        read, _ = read_delivery(dossier, delivery)
        rows = read.postings.with_columns(day_text()) if days else read.groups.lazy()
        booked = rows.filter(pl.col("flow") != "balance").select(
            pl.col(name).cast(pl.String) for name in names.values()
        )
        found.append(booked.unique().collect())
    rules = rules_of(dossier.attribution)
    every = pl.concat(found).unique().sort(list(names.values())).iter_rows()
    sets = (dict(zip(names, (code or "" for code in codes), strict=True)) for codes in every)
    return tuple(CodesSeen(codes, bool(rules.winners(codes))) for codes in sets)
