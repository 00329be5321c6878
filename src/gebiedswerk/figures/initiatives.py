"""From what was granted to what was booked: the public postings that pay for each initiative, by their project code."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from gebiedswerk.core.attribution import ANYTHING
from gebiedswerk.core.faults import Fault, fault
from gebiedswerk.dossier.work import Initiative
from gebiedswerk.figures.figures import Figures

COUNTED = ("costs", "income")
FILE = "work/initiatives.csv"


def booked_on(figures: Figures, initiative: Initiative) -> pl.DataFrame:
    """The public postings of an initiative, in the order of their files: costs positive, income negative.

    None where the initiative names no project code. A reserve movement is neither cost nor income, and does not count.
    """
    pattern = initiative.project
    mine = [code for code in _projects(figures) if pattern != ANYTHING and pattern.matches(code)]
    return _realised(figures).filter(pl.col("project").is_in(mine)).sort("delivery", "row", "id")


def booked_cents(figures: Figures, initiative: Initiative) -> int:
    """What was booked on an initiative on balance, in cents."""
    return int(booked_on(figures, initiative)["cents"].sum())


def check_initiatives(figures: Figures) -> list[Fault]:
    """More booked than granted (W105), a code without postings (W106), and a posting of two initiatives (W110)."""
    initiatives = figures.dossier.work.initiatives
    if not initiatives:  # who has none does not wait for the rows of the ledger
        return []
    return [
        *(found for initiative in initiatives for found in _booked_faults(figures, initiative)),
        *_overlaps(figures, initiatives),
    ]


def _booked_faults(figures: Figures, initiative: Initiative) -> Iterator[Fault]:
    if initiative.project == ANYTHING:
        return
    cents = booked_cents(figures, initiative)
    if booked_on(figures, initiative).is_empty():
        yield fault("W106", FILE, initiative.row, "project", initiative.code)
    elif initiative.granted is not None and cents > initiative.granted:
        facts = {"cents": cents, "granted_cents": initiative.granted}
        yield fault("W105", FILE, initiative.row, "granted", initiative.code, **facts)


def _overlaps(figures: Figures, initiatives: tuple[Initiative, ...]) -> Iterator[Fault]:
    """A project code that is in the ledger belongs to one initiative at most; said once per pair."""
    owners: dict[str, Initiative] = {}
    said: set[tuple[str, str]] = set()
    for code in _projects(figures):
        for one in initiatives:
            if one.project == ANYTHING or not one.project.matches(code):
                continue
            first = owners.setdefault(code, one)
            if first != one and (first.code, one.code) not in said:
                said.add((first.code, one.code))
                yield fault("W110", FILE, one.row, "project", one.code, project=code, other=first.code)


def _realised(figures: Figures) -> pl.DataFrame:
    return figures.public.filter((pl.col("kind") == "realised") & pl.col("flow").is_in(COUNTED))


def _projects(figures: Figures) -> list[str]:
    """Every project code among the public postings, in order."""
    found = _realised(figures).filter(pl.col("project").is_not_null() & (pl.col("project") != ""))
    return sorted(found["project"].unique().to_list())
