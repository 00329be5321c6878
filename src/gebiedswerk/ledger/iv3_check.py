"""All that the folder `iv3/` of a dossier says, and whether the ledger agrees with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from gebiedswerk.core.faults import Fault, fault
from gebiedswerk.dossier import Delivery, DeliveryKind, Dossier, standing
from gebiedswerk.formats.iv3.controls import code_faults, total_faults
from gebiedswerk.formats.iv3.definitions import Definitions, parse_definitions, parse_texts
from gebiedswerk.formats.iv3.form import Iv3, parse_iv3
from gebiedswerk.formats.iv3.read_iv3 import read_json
from gebiedswerk.ledger.covers import chosen
from gebiedswerk.ledger.iv3_reconcile import booked, differences, nameless_faults
from gebiedswerk.ledger.ledger import Ledger
from gebiedswerk.ledger.queries import sums_per_taakveld

Whose = tuple[str, int]
"""The number of a government (`0014`) and a fiscal year."""


@dataclass(frozen=True, slots=True)
class Iv3Check:
    """What was found; `held_back`: the files whose amounts wait until the deliveries they are about can be read."""

    faults: tuple[Fault, ...]
    held_back: tuple[str, ...] = ()


@dataclass(slots=True)
class _Folder:
    """What stands in `iv3/`, told apart by what it holds: the names of the files are free."""

    deliveries: list[Iv3] = field(default_factory=list)
    definitions: list[Definitions] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def check_iv3(dossier: Dossier, ledger: Ledger | None) -> Iv3Check:
    """Check every file of `iv3/`, and annual accounts against the complete deliveries of their year.

    `ledger`: the newest; without one amounts are not compared. Source: BBV art. 71 to 74 (Iv3); CBS, Iv3 2.1.
    """
    folder = _read(dossier)
    faults = [*_complete_of_what(dossier), *folder.faults, *_twice(folder)]
    for iv3 in folder.deliveries:
        faults += _checked(dossier, folder, iv3)
    if ledger is None:
        return Iv3Check(tuple(faults))
    compared = _compare(dossier, ledger, folder)
    return Iv3Check((*faults, *compared.faults), compared.held_back)


def _complete_of_what(dossier: Dossier) -> list[Fault]:
    """Only what was booked can be a whole administration: commitments and budgets are none (D105)."""
    facts = {"kind": "only_realised", "choices": ""}
    return [
        fault("D105", f"deliveries/{one.id}/delivery.toml", None, "complete_for", one.settings.complete_for, **facts)
        for one in dossier.deliveries
        if one.settings.complete_for and one.settings.kind is not DeliveryKind.REALISED
    ]


def _read(dossier: Dossier) -> _Folder:
    """Every file of the folder. Texts of errors come first, so that other faults can use them."""
    folder, rest = _Folder(), []
    for file, path in dossier.iv3_files:
        found, problems = read_json(path, file)
        folder.faults += problems
        if isinstance(found, dict) and "fouten_overzicht" in found:
            texts, problems = parse_texts(found, file)
            folder.texts |= texts
            folder.faults += problems
        elif not problems:
            rest.append((file, found))
    for file, found in rest:
        _sort(folder, file, found)
    return folder


def _sort(folder: _Folder, file: str, found: Any) -> None:
    """Definitions of a year, or else a delivery."""
    if isinstance(found, dict) and "codelijsten" in found:
        definitions, problems = parse_definitions(found, file)
        folder.definitions += [definitions] if definitions else []
    else:
        iv3, problems = parse_iv3(found, file, folder.texts)
        folder.deliveries += [iv3] if iv3 else []
    folder.faults += problems


def _twice(folder: _Folder) -> list[Fault]:
    """Two files about the same: which of them counts is for a person to say (R105)."""
    seen: dict[tuple[object, ...], str] = {}
    faults = []
    named: list[tuple[tuple[object, ...], str]] = [
        *((("definitions", one.level, one.year), one.file) for one in folder.definitions),
        *(((one.number, one.year, one.period, one.status), one.file) for one in folder.deliveries),
    ]
    for key, file in named:
        if key in seen:
            faults.append(fault("R105", file, None, None, seen[key], other=seen[key]))
        seen.setdefault(key, file)
    return faults


def _checked(dossier: Dossier, folder: _Folder, iv3: Iv3) -> list[Fault]:
    """The codes and totals of one delivery. Without definitions of its year its codes are not checked (R106)."""
    definitions = next((one for one in folder.definitions if (one.level, one.year) == (iv3.level, iv3.year)), None)
    totals = total_faults(iv3, definitions, folder.texts, dossier.settings.iv3.unit)
    if definitions is None:
        return [fault("R106", iv3.file, None, None, iv3.year, level=iv3.level), *totals]
    return [*code_faults(iv3, definitions, folder.texts), *totals]


def _compare(dossier: Dossier, ledger: Ledger, folder: _Folder) -> Iv3Check:
    counts, _ = chosen(dossier, ledger.basis)
    complete: dict[Whose, list[Delivery]] = defaultdict(list)
    for one in dossier.deliveries:
        if one.settings.complete_for and one.settings.kind is DeliveryKind.REALISED:
            for year in sorted(counts.get(one.id, ())):
                complete[one.settings.complete_for, year].append(one)
    accounts: dict[Whose, Iv3] = {}
    for iv3 in folder.deliveries:
        if iv3.of_accounts:
            accounts.setdefault((iv3.number, iv3.year), iv3)
    faults, held_back = _not_compared(complete, accounts, folder), []
    lost = [name for name in dossier.unread if not name.endswith(".csv")]
    empty = {one.id for one in ledger.deliveries if not one.lines}
    for whose in sorted(accounts.keys() & complete.keys()):
        if lost or empty & {one.id for one in complete[whose]}:
            held_back.append(accounts[whose].file)
        else:
            faults += _against(dossier, ledger, accounts[whose], complete[whose])
    return Iv3Check(tuple(faults), tuple(held_back))


def _not_compared(complete: dict[Whose, list[Delivery]], accounts: dict[Whose, Iv3], folder: _Folder) -> list[Fault]:
    """Annual accounts of which no delivery is complete (R113), and complete deliveries without Iv3 (R114)."""
    faults = [
        fault("R113", iv3.file, None, "metadata.overheidsnummer", number, year=year)
        for (number, year), iv3 in accounts.items()
        if (number, year) not in complete
    ]
    if any(found.code in ("R101", "R102", "R103", "R104") for found in folder.faults):
        return faults  # the delivery that is missed may be the one that cannot be read
    without = ((whose, one) for whose, deliveries in complete.items() if whose not in accounts for one in deliveries)
    return faults + [_without(one, *whose) for whose, one in without]


def _without(delivery: Delivery, number: str, year: int) -> Fault:
    return fault("R114", f"deliveries/{delivery.id}/delivery.toml", None, "complete_for", number, year=year)


def _against(dossier: Dossier, ledger: Ledger, iv3: Iv3, deliveries: Iterable[Delivery]) -> list[Fault]:
    """One delivery against its ledger. Postings without a taakveld or category are said first, and alone."""
    mine = list(deliveries)
    ids = [one.id for one in mine]

    def summed(_: Dossier, rows: Callable[[], pl.LazyFrame]) -> pl.DataFrame:
        return sums_per_taakveld(rows(), ids, iv3.year).collect()

    sums = dossier.session.traced(("taakvelden", iv3.year, *ids), summed, dossier, ledger.rows)
    found = booked(sums)
    nameless = nameless_faults(found, mine, iv3)
    accepted = {row.what: row.amount for row in standing(dossier.reconciliations)}
    return nameless or differences(iv3, found, accepted, dossier.settings.iv3.unit)
