"""What the tables below `work/`, and the history of areas, say of each other; and that rows have their ids."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from gebiedswerk.core.faults import Fault, capped, fault
from gebiedswerk.core.matching import ANYTHING
from gebiedswerk.dossier.checks.permanent_ids import check_ids
from gebiedswerk.dossier.checks.references import lost_references
from gebiedswerk.dossier.model import Dossier
from gebiedswerk.dossier.work import (
    WORK_TABLES,
    Initiative,
    InitiativeStatus,
    Promise,
    PromiseStatus,
    with_wholes,
)


def check_work(dossier: Dossier) -> list[Fault]:
    """All faults in `work/`, in the history of areas and in what names rows, rule by rule."""
    rules: list[Callable[[Dossier], Iterator[Fault]]] = [
        _references,
        _days,
        _initiatives,
        _promises,
        _parts,
        _changes,
        check_ids,
    ]
    return capped([found for rule in rules for found in rule(dossier)])


def _references(dossier: Dossier) -> Iterator[Fault]:
    """Every code in `work/` that names a row of another table (W101)."""
    return lost_references(dossier, WORK_TABLES, "W101")


def _days(dossier: Dossier) -> Iterator[Fault]:
    """Nothing ends before it starts (W102)."""
    for name, kind in WORK_TABLES.items():
        for row, whole in with_wholes(dossier.work, name):
            for first, last in kind.spans:
                start, end = getattr(row if hasattr(row, first) else whole, first, None), getattr(row, last)
                if start is not None and end is not None and end < start:
                    yield fault("W102", kind.file, row.row, last, end, start=first, day=start)


def _initiatives(dossier: Dossier) -> Iterator[Fault]:
    """What the status of an initiative asks for, and more granted than asked (W104, a warning)."""
    for row in dossier.work.initiatives:
        granted = row.status in (InitiativeStatus.GRANTED, InitiativeStatus.DONE)
        yield from _filled("work/initiatives.csv", row, row.status, granted, ("granted", "decided_on"))
        if row.granted is not None and row.granted > row.asked:
            yield fault(
                "W104", "work/initiatives.csv", row.row, "granted", row.code, more_cents=row.granted - row.asked
            )
        if row.project != ANYTHING and not granted:
            yield fault("W107", "work/initiatives.csv", row.row, "project", row.status)


def _promises(dossier: Dossier) -> Iterator[Fault]:
    """A promise that is kept or dropped says when and how; an open one does not."""
    for row in dossier.work.promises:
        closed = row.status is not PromiseStatus.OPEN
        yield from _filled("work/promises.csv", row, row.status, closed, ("closed_on", "outcome"))


def _filled(
    file: str, row: Initiative | Promise, status: str, wanted: bool, columns: tuple[str, ...]
) -> Iterator[Fault]:
    """Columns that must be filled where `wanted` (W103); the first of them must be empty where not (W107)."""
    for column in columns:
        filled = getattr(row, column) not in (None, "")
        if wanted and not filled:
            yield fault("W103", file, row.row, column, status)
        elif filled and not wanted and column == columns[0]:
            yield fault("W107", file, row.row, column, status)


def _parts(dossier: Dossier) -> Iterator[Fault]:
    """A buurt within a wijk (or a wijk within a gemeente) that lies in the same or another area counts twice (W108)."""
    stands = {(part.code, part.division_year) for part in dossier.area_parts}
    for part in dossier.area_parts:
        digits = part.code[2:]
        wider = [f"WK{digits[:6]}"] if part.code.startswith("BU") else []
        wider += [f"GM{digits[:4]}"] if not part.code.startswith("GM") else []
        for code in wider:
            if (code, part.division_year) in stands:
                yield fault("W108", "area_parts.csv", part.row, "code", part.code, within=code, year=part.division_year)


def _changes(dossier: Dossier) -> Iterator[Fault]:
    """The former area ends, and the new one begins, on the day of the change (W109).

    An area may join one that was there already (an annexation), whole or in part: then that one does not begin, and
    an area of which only a part went does not end.
    """
    areas = {area.code: area for area in dossier.areas}
    for change in dossier.area_changes:
        former, new = areas.get(change.from_area), areas.get(change.to_area)
        joins = new is not None and change.joins(new)
        if former is not None and former.valid_to != change.changed_on and not (joins and former.valid_to is None):
            yield _change_fault(change.row, "from_area", change.from_area, change.changed_on, "valid_to")
        if new is not None and not joins and new.valid_from not in (None, change.changed_on):
            yield _change_fault(change.row, "to_area", change.to_area, change.changed_on, "valid_from")


def _change_fault(row: int, column: str, area: str, day: date, wants: str) -> Fault:
    return fault("W109", "area_changes.csv", row, column, area, day=day, wants=wants)
