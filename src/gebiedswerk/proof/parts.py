"""What a public release holds beside the site: the public ledger and the tables from which anyone recomputes it.

All of it has passed the gate (`ledger/public.py`), or is a public act: decisions, budget lines, rules of the term.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import polars as pl

from gebiedswerk.account import YearAccount, account_json, terms_json
from gebiedswerk.core.attribution import Pattern
from gebiedswerk.dossier import Delivery, Dossier, Status
from gebiedswerk.dossier.kinds import Kind
from gebiedswerk.dossier.rows import columns_of
from gebiedswerk.dossier.tables import TABLES
from gebiedswerk.figures import Figures
from gebiedswerk.ledger.gate import publishes
from gebiedswerk.ledger.postings import CODES
from gebiedswerk.publication import View
from gebiedswerk.publication.places import RESTATED, publication_root
from gebiedswerk.publication.restated import restated_figures, restated_years
from gebiedswerk.publication.tables import csv_text

LEDGER, TABLE, KEPT = "ledger", "tables", "accounts"
BASES, SETTINGS, DELIVERIES = "bases.json", "settings.json", "deliveries.json"
NEEDED = (
    "areas",
    "budget_lines",
    "budget_line_years",
    "years",
    "budgets",
    "openings",
    "extensions",
    "keys",
    "attribution",
)
"""The tables that are public and on which figures rest. Rows of `reconciliations` stand on the pages."""
NEWEST_NAME, RESTATED_NAME = "newest", "restated"  # literal: names of bases in files


@dataclass(frozen=True, slots=True)
class Basis:
    """One basis of the site. `root`: its folder in the site; `as_of`: empty for all there is; `years`: those shown.

    `adopted`: the years whose adopted account stands (`accounts/<name>.json`); `kind`: `standing` (the account that
    holds), `kept` (every year is that of the adopted account) or `restated` (the newest of adopted years too).
    """

    name: str
    root: str
    as_of: str
    kind: str
    years: tuple[int, ...]
    adopted: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A basis with the figures that the site shows on it."""

    basis: Basis
    figures: Figures


def bases(newest: Figures, views: Iterable[View]) -> Iterator[Shown]:
    """Every basis on which the site shows figures, in the order of the site."""
    yield _shown(NEWEST_NAME, "", "standing", newest, newest.years())
    if restated_years(newest):
        yield _shown(RESTATED_NAME, RESTATED, "restated", restated_figures(newest), newest.years())
    for view in views:
        settings, slug = view.publication.settings, view.publication.slug
        years = [year for year in view.figures.years() if year <= settings.year]
        kept = settings.status is Status.ADOPTED
        yield _shown(slug, publication_root(slug), "kept" if kept else "standing", view.figures, years)


def _shown(name: str, root: str, kind: str, figures: Figures, years: Iterable[int]) -> Shown:
    as_of, years = figures.ledger.basis.as_of, tuple(years)
    adopted = years if kind == "kept" else tuple(figures.account.adopted)
    return Shown(Basis(name, root, as_of.isoformat() if as_of else "", kind, years, adopted), figures)


def parts(newest: Figures, views: Iterable[View]) -> dict[str, bytes]:
    """Path → bytes of everything in a public release but the site and the manifest."""
    dossier, shown = newest.dossier, list(bases(newest, views))
    found = {BASES: _json([asdict(one.basis) for one in shown]), SETTINGS: _json(_settings(dossier))}
    found[DELIVERIES] = _json([_delivery(one) for one in dossier.deliveries])
    for one in shown:
        found[f"{LEDGER}/{one.basis.name}.csv"] = ledger_text(one.figures.public, one.basis.years).encode()
        if one.basis.adopted:
            found[f"{KEPT}/{one.basis.name}.json"] = _json([_account(year) for year in _adopted(one)])
    hidden = hidden_codes(dossier, shown)
    return found | {f"{TABLE}/{TABLES[name].file}": _table(dossier, name, hidden).encode() for name in NEEDED}


def _adopted(one: Shown) -> list[YearAccount]:
    """The accounts of the years that were adopted."""
    account = one.figures.account
    if one.basis.kind == "kept":
        return [account.years[year] for year in one.basis.adopted]
    return list(account.adopted.values())


def ledger_text(public: pl.DataFrame, years: Iterable[int]) -> str:
    """The public ledger of some years as CSV."""
    rows = public.filter(pl.col("year").is_in(list(years)))
    return csv_text(rows.columns, rows.to_dicts())


def _account(account: YearAccount) -> dict[str, Any]:
    return {"account": account_json(account), "terms": terms_json(account)}


def _json(form: object) -> bytes:
    return (json.dumps(form, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()


def _settings(dossier: Dossier) -> dict[str, Any]:
    """The settings on which figures rest: the rules of the term, and the unit in which amounts are printed."""
    presentation = dossier.settings.presentation
    return {
        "format": dossier.settings.format,
        "municipality": dossier.settings.municipality.name,
        "languages": [str(language) for language in presentation.languages],
        "unit": presentation.unit,
        "units": {one.slug: one.settings.unit for one in dossier.publications if one.settings.unit},
        "term": [asdict(rule) for rule in dossier.settings.term],
    }


def _delivery(delivery: Delivery) -> dict[str, Any]:
    """What may be known of a delivered file: never its control totals (decision 22)."""
    settings = delivery.settings
    return {
        "id": delivery.id,
        "file": settings.file,
        "sha256": delivery.sha256,
        "kind": str(settings.kind),
        "years": settings.years,
        "exported_at": settings.exported_at.isoformat(),
        "public_decision": settings.public_decision,
        "public_columns": [str(name) for name in settings.public_columns] if publishes(delivery) else [],
    }


def _table(dossier: Dossier, name: str, hidden: Mapping[str, set[str]]) -> str:
    """A table as CSV that `read_table` reads back: without columns of the writer's own, or that may not be seen."""
    rules = name == "attribution"
    gone = private_codes(dossier) if rules else set()
    columns = [one for one in columns_of(TABLES[name].rows) if one.name not in gone]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([one.name for one in columns])
    for row in getattr(dossier, name):
        empty = hidden.get(row.id, set()) if rules else set()
        writer.writerow(["" if one.name in empty else _cell(getattr(row, one.name), one.kind) for one in columns])
    return out.getvalue()


def hidden_codes(dossier: Dossier, shown: Iterable[Shown]) -> dict[str, set[str]]:
    """Rule → the codes that some delivery whose postings it attributed does not show: its rule does not tell them."""
    ledgers = [ledger for one in shown for ledger in (one.figures.ledger, *one.figures.adopted_ledgers.values())]
    allowed = {
        one.id: {str(name) for name in one.settings.public_columns} if publishes(one) else set()
        for one in dossier.deliveries
    }
    found: dict[str, set[str]] = {}
    for ledger in ledgers:
        for rule, delivery in ledger.sums.select("rule", "delivery").unique().iter_rows():
            if delivery in allowed:
                found.setdefault(rule, set()).update({*CODES, "booked_on"} - allowed[delivery])
    return found


def private_codes(dossier: Dossier) -> set[str]:
    """The codes that no delivery may show: rules are published without them."""
    shown = {str(name) for one in dossier.deliveries if publishes(one) for name in one.settings.public_columns}
    return {*CODES, "booked_on"} - shown


def _cell(value: object, kind: Kind) -> object:
    """A value as a person writes it: amounts in euros with two decimals, yes and no, patterns."""
    if isinstance(value, bool):
        return "ja" if value else "nee"  # literal: how a table is written
    if kind.name in ("amount", "amount_left") and isinstance(value, int):
        return f"{'-' if value < 0 else ''}{abs(value) // 100},{abs(value) % 100:02d}"
    if isinstance(value, Pattern):
        return pattern_text(value)
    return "" if value is None else str(value)


def pattern_text(pattern: Pattern) -> str:
    """A pattern as it is written in a rule."""
    if pattern.high is None:
        return f"{pattern.low}*" if pattern.low else ""
    return pattern.low if pattern.low == pattern.high else f"{pattern.low}..{pattern.high}"
