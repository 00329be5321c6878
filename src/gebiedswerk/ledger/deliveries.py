"""Which deliveries count on a basis, and whether each is what its sender says it is."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import combinations

from gebiedswerk.core.dutch import parse_cents
from gebiedswerk.core.faults import Fault, fault
from gebiedswerk.core.money import in_reach
from gebiedswerk.dossier import Basis, Delivery, Dossier, standing
from gebiedswerk.dossier.toml import line_of_setting
from gebiedswerk.ledger.importers import ReadFile, read_file

_READ: dict[tuple[str, ...], tuple[ReadFile, tuple[Fault, ...]]] = {}


@dataclass(frozen=True, slots=True)
class DeliverySummary:
    """What one delivery holds and where its money went: the account of the file itself."""

    id: str
    file: str
    sha256: str
    lines: int = 0
    debit_cents: int = 0
    credit_cents: int = 0
    attributed_cents: int = 0
    out_of_scope_cents: int = 0
    open_cents: int = 0


def read_delivery(dossier: Dossier, delivery: Delivery) -> tuple[ReadFile, tuple[Fault, ...]]:
    """Read a delivered file once per process, and hold it against its control totals."""
    key = (delivery.id, delivery.file, delivery.sha256, repr(delivery.settings), repr(delivery.profile))
    if key not in _READ:
        read, faults = read_file(delivery)
        _READ[key] = (read, tuple(faults))
    read, found = _READ[key]
    return read, (*found, *(_control_faults(dossier, delivery, read) if read.lines else ()))


def summary(delivery: Delivery, read: ReadFile) -> DeliverySummary:
    """A delivery as read, before attribution."""
    empty = DeliverySummary(delivery.id, delivery.file, delivery.sha256)
    return replace(empty, lines=read.lines, debit_cents=read.debit_cents, credit_cents=read.credit_cents)


def chosen(dossier: Dossier, basis: Basis) -> tuple[dict[str, set[int]], list[Fault]]:
    """The deliveries that count on a basis, each with the years for which it does.

    For an equal cover (administration, kind, year, periods) the newest export wins. A partial overlap (L114),
    or two exports of the same moment (L115), is an error that names both.
    """
    covers: dict[tuple[str, str, int], list[Delivery]] = defaultdict(list)
    for delivery in dossier.deliveries:
        if basis.knows(delivery.settings.exported_at):
            for year in sorted(set(delivery.settings.years)):
                covers[delivery.settings.administration, delivery.settings.kind, year].append(delivery)
    counts: dict[str, set[int]] = defaultdict(set)
    faults: dict[tuple[str, ...], Fault] = {}
    for (_, _, year), deliveries in covers.items():
        for one, other in combinations(deliveries, 2):
            code = _clash(one, other)
            if code:
                place = f"deliveries/{other.id}/delivery.toml"
                key = "periods" if code == "L114" else "exported_at"
                row = line_of_setting(dossier.path / place, key)
                faults[code, one.id, other.id, str(year)] = fault(
                    code, place, row, key, other.id, other=one.id, year=year
                )
        for delivery in deliveries:
            if not any(_replaces(other, delivery) for other in deliveries):
                counts[delivery.id].add(year)
    return dict(counts), list(faults.values())


def _clash(one: Delivery, other: Delivery) -> str | None:
    mine, theirs = set(one.settings.periods), set(other.settings.periods)
    if mine == theirs:
        return "L115" if one.settings.exported_at == other.settings.exported_at else None
    return "L114" if mine & theirs else None


def _replaces(newer: Delivery, older: Delivery) -> bool:
    same = set(newer.settings.periods) == set(older.settings.periods)
    return same and newer.settings.exported_at > older.settings.exported_at


def _accepted(dossier: Dossier) -> dict[str, int]:
    """Accepted differences: what → cents."""
    return {row.what: row.amount for row in standing(dossier.reconciliations)}


def _control_faults(dossier: Dossier, delivery: Delivery, read: ReadFile) -> list[Fault]:
    """Lines, debit and credit against what the sender says; an accepted difference is no fault."""
    control, accepted = delivery.settings.control, _accepted(dossier)
    file = f"deliveries/{delivery.id}/delivery.toml"
    if control is None:
        return []
    faults = []

    def note(code: str, name: str, written: object, **facts: object) -> None:
        key = f"control.{name}"
        faults.append(fault(code, file, line_of_setting(dossier.path / file, key), key, written, **facts))

    if control.lines != read.lines:
        facts = {"found": read.lines, "difference": read.lines - control.lines, "data": delivery.file}
        note("L111", "lines", control.lines, **facts)
    for name, code, found in (("debit", "L112", read.debit_cents), ("credit", "L113", read.credit_cents)):
        written = getattr(control, name)
        promised = in_reach(parse_cents(written, ",", "."))
        if promised is None:
            note("L106", name, written, decimal=",")
        elif found - promised != accepted.get(f"control:{delivery.id}:{name}", 0):
            sums = {"cents": found, "difference_cents": found - promised, "data": delivery.file}
            note(code, name, written, **sums)
    return faults
