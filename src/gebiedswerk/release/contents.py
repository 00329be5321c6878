"""What a public release holds beside the site: the public ledger and the tables from which anyone recomputes it.

All of it has passed the gate (`ledger/public.py`), or is a public act: decisions, budget lines, rules of the term.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

import polars as pl

from gebiedswerk.account import YearAccount, account_json, terms_json
from gebiedswerk.blocks.places import RESTATED, publication_root
from gebiedswerk.blocks.year_tables import csv_text
from gebiedswerk.dossier import Delivery, Dossier, Status
from gebiedswerk.figures import Figures, partly_hidden
from gebiedswerk.ledger import DeliverySummary, Ledger
from gebiedswerk.ledger.gate import publishes
from gebiedswerk.pages import View
from gebiedswerk.pages.restated import restated_figures, restated_years

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
    "attribution",
)
"""The tables on which figures rest; `public_dossier.py` writes them with all else that pages show of a dossier."""
NEWEST_NAME, RESTATED_NAME = "newest", "restated"  # literal: names of bases in files


KINDS = ("standing", "kept", "restated")
"""Of what kind a basis can be."""


@dataclass(frozen=True, slots=True)
class SiteBasis:
    """One basis of the site. `root`: its folder in the site; `as_of`: empty for all there is; `years`: those shown.

    `adopted`: the years whose adopted account stands (`accounts/<name>.json`); `kind`: `standing` (the account that
    holds), `kept` (every year is that of the adopted account) or `restated` (the newest of adopted years too).
    `stands_on`: the adopted years whose postings are those of another moment, with that moment. `deliveries`: those
    that count. `partly_hidden`: the initiatives that are paid from more than anyone may see, on the newest basis.
    """

    name: str
    root: str
    as_of: str
    kind: str
    years: tuple[int, ...]
    adopted: tuple[int, ...]
    stands_on: tuple[tuple[int, str], ...] = ()
    deliveries: tuple[str, ...] = ()
    partly_hidden: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BasisFigures:
    """A basis with the figures that the site shows on it."""

    basis: SiteBasis
    figures: Figures


def bases(newest: Figures, views: Iterable[View]) -> Iterator[BasisFigures]:
    """Every basis on which the site shows figures, in the order of the site."""
    yield _shown(NEWEST_NAME, "", "standing", newest, newest.years())
    if restated_years(newest):
        yield _shown(RESTATED_NAME, RESTATED, "restated", restated_figures(newest), newest.years())
    for view in views:
        settings, slug = view.publication.settings, view.publication.slug
        years = [year for year in view.figures.years() if year <= settings.year]
        kept = settings.status is Status.ADOPTED
        yield _shown(slug, publication_root(slug), "kept" if kept else "standing", view.figures, years)


def _shown(name: str, root: str, kind: str, figures: Figures, years: Iterable[int]) -> BasisFigures:
    years = tuple(years)
    adopted = years if kind == "kept" else tuple(figures.account.adopted)
    stands_on = tuple((year, _moment(one)) for year, one in sorted(figures.adopted_ledgers.items()))
    initiatives = figures.dossier.work.initiatives if name == NEWEST_NAME else ()
    hidden = tuple(sorted(one.code for one in initiatives if partly_hidden(figures, one)))
    facts = (stands_on, figures.ledger.used, hidden)
    return BasisFigures(SiteBasis(name, root, _moment(figures.ledger), kind, years, adopted, *facts), figures)


def _moment(ledger: Ledger) -> str:
    return ledger.basis.as_of.isoformat() if ledger.basis.as_of else ""


def parts(newest: Figures, shown: Iterable[BasisFigures]) -> dict[str, bytes]:
    """Path → bytes of everything in a public release but the site, the public dossier and the manifest."""
    dossier, shown = newest.dossier, list(shown)
    found = {BASES: _json([asdict(one.basis) for one in shown]), SETTINGS: _json(_settings(dossier))}
    summaries = {one.id: one for one in newest.ledger.deliveries}
    used = newest.ledger.used
    found[DELIVERIES] = _json([_delivery(one, summaries[one.id], one.id in used) for one in dossier.deliveries])
    for one in shown:
        found[f"{LEDGER}/{one.basis.name}.csv"] = ledger_text(one.figures.public, one.basis.years).encode()
        if one.basis.adopted:
            found[f"{KEPT}/{one.basis.name}.json"] = _json([_account(year) for year in _adopted(one)])
    return found


def _adopted(one: BasisFigures) -> list[YearAccount]:
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


def _delivery(delivery: Delivery, summary: DeliverySummary, used: bool) -> dict[str, Any]:
    """What a page shows of a delivered file: never its control totals (decision 22)."""
    settings = delivery.settings
    covers = {str(one.year): sorted(set(one.periods)) for one in settings.cover}
    return {
        "id": delivery.id,
        "file": settings.file,
        "sha256": delivery.sha256,
        "kind": str(settings.kind),
        "administration": settings.administration,
        "years": sorted(set(settings.years)),
        "periods": sorted(set(settings.periods)),
        "exported_at": settings.exported_at.isoformat(),
        "public_decision": settings.public_decision,
        "public_columns": [str(name) for name in settings.public_columns] if publishes(delivery) else [],
        "lines": summary.lines,
        "attributed_cents": summary.attributed_cents if used else 0,
    } | ({"cover": covers} if covers else {})
