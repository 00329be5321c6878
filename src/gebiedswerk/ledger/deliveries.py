"""What a delivered file holds, and whether it is what its sender says it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from gebiedswerk.core.faults import Checked, Fault, fault
from gebiedswerk.core.money import in_reach
from gebiedswerk.dossier import Delivery, Dossier, Status, standing
from gebiedswerk.language.numbers_and_dates import parse_cents
from gebiedswerk.ledger.decisions import delivered_faults
from gebiedswerk.ledger.store import Held, hold, read_through

if TYPE_CHECKING:
    from gebiedswerk.formats.registry import ReadFile


@dataclass(frozen=True, slots=True)
class DeliverySummary:
    """What one delivery holds and where its money went: on lines, out by a rule, on the balance sheet, or open."""

    id: str
    file: str
    sha256: str
    lines: int = 0
    debit_cents: int = 0
    credit_cents: int = 0
    attributed_cents: int = 0
    out_of_scope_cents: int = 0
    balance_cents: int = 0
    open_cents: int = 0


def read_delivery(dossier: Dossier, delivery: Delivery) -> Checked[Held]:
    """Read a delivered file once as long as its dossier is open, and hold it against its control totals."""
    read, faults = dossier.session.once(_question(delivery), lambda: read_through(delivery, _read_file))
    if not read.lines:
        return Checked(read, tuple(faults))
    return Checked(read, (*faults, *_control_faults(dossier, delivery, read), *delivered_faults(delivery, read)))


def remember(dossier: Dossier, delivery: Delivery, found: ReadFile, faults: Sequence[Fault]) -> None:
    """Let a file that was read before its delivery was known (an import) not be read again as that delivery."""
    told = [replace(one, file=delivery.file) if one.file == delivery.path.name else one for one in faults]
    own = {"delivery": delivery.id, "administration": delivery.settings.administration}
    columns = [pl.lit(text, pl.String).alias(name) for name, text in own.items() if name in found.held.columns]
    same = {name: own.get(name, text) for name, text in found.same.items()}
    named = replace(found, held=found.held.with_columns(columns), same=same)
    dossier.session.once(_question(delivery), lambda: Checked(hold(delivery, named, told, _read_file), tuple(told)))


def _question(delivery: Delivery) -> tuple[str, ...]:
    settings, profile = repr(delivery.settings), repr(delivery.profile)
    return "read", delivery.id, delivery.file, delivery.sha256, settings, profile


def _read_file(delivery: Delivery) -> Checked[ReadFile]:
    from gebiedswerk.formats.registry import read_file  # what the cache answers needs no importers

    read, faults = read_file(delivery)
    return Checked(read, tuple(faults))


def summary(delivery: Delivery, read: Held) -> DeliverySummary:
    """A delivery as read, before attribution."""
    empty = DeliverySummary(delivery.id, delivery.file, delivery.sha256)
    return replace(empty, lines=read.lines, debit_cents=read.debit_cents, credit_cents=read.credit_cents)


def late_faults(dossier: Dossier, adopted: Mapping[int, date]) -> Iterator[Fault]:
    """Deliveries exported after a year of theirs was closed or, by `adopted`, adopted; without a reason (L124).

    The first delivery of a closed year that nobody published moves no figure that anybody knows: it needs none.
    """
    closed = {row.year: row.closed_on for row in dossier.years if row.closed_on}
    for delivery in dossier.deliveries:
        settings, day = delivery.settings, delivery.settings.exported_at.date()
        late = []
        for year in delivery.counts_in:
            days = [closed.get(year) if known_before(dossier, delivery, year) else None, adopted.get(year)]
            first = min((one for one in days if one), default=None)
            late += [f"{year} ({first})"] if first and day > first else []
        if late and not settings.accepted.strip():
            place = f"deliveries/{delivery.id}/delivery.toml"
            yield fault("L124", place, None, "exported_at", day, settled=late)


def known_before(dossier: Dossier, delivery: Delivery, year: int) -> bool:
    """Whether a delivery may move figures of a year that are known: by an older one like it, or by a publication."""
    mine = delivery.settings
    books = [one.settings for one in dossier.deliveries if one.id != delivery.id and year in one.counts_in]
    same = [one for one in books if (one.administration, one.kind) == (mine.administration, mine.kind)]
    public = [one for one in dossier.publications if one.settings.status is not Status.DRAFT]
    return any(one.exported_at < mine.exported_at for one in same) or any(one.settings.year >= year for one in public)


def _accepted(dossier: Dossier) -> dict[str, int]:
    """Accepted differences: what → cents."""
    return {row.what: row.amount for row in standing(dossier.reconciliations)}


def _control_faults(dossier: Dossier, delivery: Delivery, read: Held) -> list[Fault]:
    """Lines, debit and credit against what the sender says; an accepted difference is no fault."""
    control, accepted = delivery.settings.control, _accepted(dossier)
    place = f"deliveries/{delivery.id}/delivery.toml"
    if control is None:
        return []
    faults = []
    if control.lines != read.lines:
        facts = {"found": read.lines, "difference": read.lines - control.lines, "data": delivery.file}
        faults.append(fault("L111", place, None, "control.lines", control.lines, **facts))
    for name, code, found in (("debit", "L112", read.debit_cents), ("credit", "L113", read.credit_cents)):
        written = getattr(control, name)
        promised = in_reach(parse_cents(written, ",", "."))
        if promised is None:
            faults.append(fault("L106", place, None, f"control.{name}", written, decimal=","))
        elif found - promised != accepted.get(f"control:{delivery.id}:{name}", 0):
            sums = {"cents": found, "difference_cents": found - promised, "data": delivery.file}
            faults.append(fault(code, place, None, f"control.{name}", written, **sums))
    return faults
