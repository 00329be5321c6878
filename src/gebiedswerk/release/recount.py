"""Recompute every figure from a public release alone: public ledger and tables → account → figures."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl

from gebiedswerk.account import Account, YearAccount, restated, settle
from gebiedswerk.account.account_json import from_json
from gebiedswerk.blocks.year_tables import FORMULA
from gebiedswerk.core.faults import Checked, Fault, GebiedswerkError, fault
from gebiedswerk.core.hierarchy import circles
from gebiedswerk.core.spending_term import Expiry, Income, Shortfall, TermAt, TermRule
from gebiedswerk.dossier import Basis, Dossier
from gebiedswerk.dossier.settings import DossierSettings, Municipality, Presentation
from gebiedswerk.dossier.table_reader import read_table
from gebiedswerk.dossier.tables import TABLES
from gebiedswerk.figures import UNITS, Figures
from gebiedswerk.formats.postings import POSTING, SUMMED
from gebiedswerk.ledger import PUBLIC, Ledger
from gebiedswerk.ledger.gate import DECISIONS_OF_A_BODY
from gebiedswerk.release.contents import BASES, KEPT, KINDS, LEDGER, NEEDED, NEWEST_NAME, SETTINGS, TABLE, SiteBasis
from gebiedswerk.release.manifest import is_safe

UNUSABLE = (ValueError, LookupError, TypeError, AttributeError, OSError, RecursionError, OverflowError, AssertionError)
"""What reading a file that an enemy wrote may raise, besides our own errors and those of the engine."""


@dataclass(frozen=True, slots=True)
class Recounted:
    """One basis: what is shown of it, and its figures as the release itself gives them.

    `unit_cents`: the unit in which its tables print amounts.
    """

    basis: SiteBasis
    figures: Figures
    unit_cents: int


@dataclass(frozen=True, slots=True)
class Recount:
    """All bases of a release, and its public rows by basis."""

    dossier: Dossier
    bases: tuple[Recounted, ...]
    ledgers: Mapping[str, pl.DataFrame]


def recount(root: Path) -> Checked[Recount | None]:
    """Recompute a public release. What cannot be read is a fault (Z110); so is what does not follow (Z114)."""
    try:
        settings = json.loads((root / SETTINGS).read_bytes())
        bases = [_basis(one) for one in json.loads((root / BASES).read_bytes())]
        dossier, unread = _dossier(root, settings)
    except (*UNUSABLE, GebiedswerkError) as problem:
        return Checked(None, (fault("Z110", SETTINGS, value=problem),))
    if unread:
        return Checked(None, unread)
    if not _complete(bases, dossier):
        return Checked(None, (fault("Z110", BASES, value=", ".join(basis.name for basis in bases)),))
    faults: list[Fault] = []
    found: list[Recounted] = []
    ledgers: dict[str, pl.DataFrame] = {}
    for basis in bases:
        place = f"{LEDGER}/{basis.name}.csv"
        try:
            rows, wrong = read_ledger(root / place, place)
            faults += wrong
            ledgers[basis.name] = rows
            made = _recounted(root, dossier, basis, rows, settings)
        except (*UNUSABLE, GebiedswerkError, pl.exceptions.PolarsError) as problem:
            faults.append(fault("Z110", place, value=problem))
            continue
        found.append(made.value) if made.value is not None else None
        faults += made.faults
    faults += _unlike(found)
    return Checked(Recount(dossier, tuple(found), ledgers), tuple(faults))


def _complete(bases: Sequence[SiteBasis], dossier: Dossier) -> bool:
    """Whether the first basis is the newest one with every year, and no two are about the same folder."""
    roots = {basis.root for basis in bases}
    newest = bases[0].name == NEWEST_NAME and list(bases[0].years) == dossier.budget_years() if bases else False
    return newest and bases[0].root == "" and len(roots) == len({basis.name for basis in bases}) == len(bases)


def _unlike(found: Sequence[Recounted]) -> Iterator[Fault]:
    """What stands as adopted beside newer figures is what was adopted (Z114)."""
    kept = {max(one.basis.years): one.figures.account.years for one in found if one.basis.kind == "kept"}
    for one in found:
        for year, account in one.figures.account.adopted.items():
            then = kept[year].get(year) if year in kept else None
            if then is None or then.lines != account.lines:
                yield fault("Z114", f"{KEPT}/{one.basis.name}.json", value=year)


def _basis(form: Mapping[str, Any]) -> SiteBasis:
    """Read a basis; its name and its root become part of a path, and its kind says what is held."""
    lists = {name: tuple(form[name]) for name in ("years", "adopted", "deliveries", "partly_hidden")}
    stands_on = tuple((int(year), str(moment)) for year, moment in form["stands_on"])
    basis = SiteBasis(**{**form, **lists, "stands_on": stands_on})
    if not basis.name.replace("-", "").replace("_", "").isalnum():
        raise ValueError(basis.name)
    if basis.root and not is_safe(basis.root.removesuffix("/")):
        raise ValueError(basis.root)
    if basis.kind not in KINDS:
        raise ValueError(basis.kind)
    return basis


def _dossier(root: Path, settings: Mapping[str, Any]) -> Checked[Dossier]:
    """The part of the dossier on which figures rest."""
    faults: list[Fault] = []
    tables: dict[str, Any] = {}
    for name in NEEDED:
        tables[name], wrong = read_table(root / TABLE / TABLES[name].file, TABLES[name])
        faults += [fault("Z110", f"{TABLE}/{one.file}", one.row, one.column, one.value) for one in wrong]
    rules = [
        TermRule(
            **{
                **rule,
                "expiry": Expiry(rule["expiry"]),
                "income": Income(rule["income"]),
                "term_at": TermAt(rule["term_at"]),
                "shortfall": Shortfall(rule.get("shortfall", Shortfall.OVERSPENT)),  # older releases do not say it
            }
        )
        for rule in settings["term"]
    ]
    municipality = Municipality(str(settings["municipality"]))
    made = DossierSettings(int(settings["format"]), municipality, rules, Presentation(unit=int(settings["unit"])))
    dossier = Dossier(root, made, **tables)
    faults += [fault("Z110", f"{TABLE}/{file}", value=", ".join(circle)) for file, circle in _circles(dossier)]
    return Checked(dossier, tuple(faults))


def _circles(dossier: Dossier) -> Iterator[tuple[str, list[str]]]:
    """Areas, and lines of a year, that lie in themselves: whoever goes up from one never arrives."""
    yield from (("areas.csv", found) for found in circles({area.code: area.parent for area in dossier.areas}))
    for year in dossier.budget_years():
        yield from (("budget_line_years.csv", found) for found in circles(dossier.parents_in(year)))


def _recounted(
    root: Path, dossier: Dossier, basis: SiteBasis, rows: pl.DataFrame, settings: Mapping[str, Any]
) -> Checked[Recounted | None]:
    """The figures of one basis. Where an adopted account no longer follows from its rows, that is said (Z114)."""
    ledger = public_ledger(rows, basis)
    kept = _kept(root, basis)
    before = {year: account for year, account in kept.items() if basis.kind != "kept" or year < max(basis.years)}
    label = basis.as_of or NEWEST_NAME
    settled = settle(ledger, dossier, {y: a for y, a in before.items() if a.state == "adopted"}, label)
    if settled.value is None:
        return Checked(None, (fault("Z110", f"{LEDGER}/{basis.name}.csv"),))
    now = settled.value.years
    account = Account(label, now, {} if basis.kind == "restated" else kept)
    if basis.kind == "kept":
        account = Account(f"adopted:{basis.name}", kept)
    other = [year for year, then in kept.items() if year in now and restated(then, now[year])]
    said = [fault("Z114", f"{KEPT}/{basis.name}.json", value=year) for year in other if basis.kind == "kept"]
    unit = int(settings["units"].get(basis.name, settings["unit"])) * UNITS["euro"]
    return Checked(Recounted(basis, Figures(dossier, ledger, account), unit), tuple(said))


def _kept(root: Path, basis: SiteBasis) -> dict[int, YearAccount]:
    """The adopted accounts of a basis, by year; a restated one opens with those that the newest one stands on."""
    restates = basis.kind == "restated"
    if not basis.adopted and not restates:
        return {}
    form = json.loads((root / KEPT / f"{NEWEST_NAME if restates else basis.name}.json").read_bytes())
    return {account.year: account for account in (from_json(one["account"], one["terms"]) for one in form)}


def read_ledger(path: Path, place: str) -> Checked[pl.DataFrame]:
    """The rows of a public ledger as they were written (`PUBLIC`), and the cells that cannot be read (Z110)."""
    text = pl.read_csv(path.read_bytes(), infer_schema=False)  # Polars reads `~` and `[` in a path as something else
    if text.columns != list(PUBLIC):
        return Checked(pl.DataFrame(schema=PUBLIC), (fault("Z110", place, 1, None, ",".join(text.columns)),))
    read = text.select(_column(name, kind) for name, kind in PUBLIC.items())
    faults = []
    for name in PUBLIC:
        wrong = read[name].is_null() if name == "cents" else read[name].is_null() & text[name].is_not_null()
        if wrong.any():
            row = int(wrong.arg_true()[0])
            faults.append(fault("Z110", place, row + 2, name, text[name][row]))
    return Checked(read.filter(pl.col("cents").is_not_null()), tuple(faults))


def _column(name: str, kind: Any) -> pl.Expr:
    """A column of text as what it holds; words that open as a formula does were written with a quote before them."""
    cell = pl.col(name)
    if kind == pl.String:
        return cell.str.replace(f"^'({FORMULA.pattern})", "$1")
    if kind == pl.Boolean:
        return cell.replace_strict({"true": True, "false": False}, default=None, return_dtype=pl.Boolean)
    if kind == pl.Date:
        return cell.str.to_date("%Y-%m-%d", strict=False)
    return cell.cast(kind, strict=False)


def public_ledger(rows: pl.DataFrame, basis: SiteBasis) -> Ledger:
    """A public ledger as one that can be settled: it holds every posting on a line, hidden ones as their sums."""
    placed = rows.with_columns(scope=pl.lit("line"), share=pl.lit(""), postings=pl.col("count"))
    filled = placed.with_columns(
        pl.lit(None, kind).alias(name) for name, kind in {**POSTING, **SUMMED}.items() if name not in placed.columns
    )
    decided = filled.filter(pl.col("kind").is_in(DECISIONS_OF_A_BODY)).select(list(POSTING))
    sums = filled.select(list(SUMMED))
    return Ledger(moment_of(basis.as_of), sums, decided, (), basis.deliveries, frozenset(), filled.lazy)


def moment_of(as_of: str) -> Basis:
    """What was known at a moment as a release writes it; empty is all there is."""
    return Basis(datetime.fromisoformat(as_of) if as_of else None)


def years_of(found: Recounted) -> Iterator[YearAccount]:
    """The accounts that are shown on a basis."""
    return (found.figures.account.standing(year) for year in found.basis.years)
