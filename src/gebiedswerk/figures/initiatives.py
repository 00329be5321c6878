"""From what was granted to what was booked: the public postings that pay for each initiative, by their project code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import polars as pl

from gebiedswerk.core.faults import Fault, fault
from gebiedswerk.core.matching import ANYTHING
from gebiedswerk.dossier.work import Initiative
from gebiedswerk.figures.figures import Figures

FILE = "work/initiatives.csv"


def booked_on(figures: Figures, initiative: Initiative) -> pl.DataFrame:
    """The public postings of an initiative, in the order of their files: costs positive, income negative.

    None where the initiative names no project code. A reserve movement is neither cost nor income, and does not count.
    """
    return figures.by_project.filter(pl.col("project").is_in(_codes(initiative, _projects(figures))))


def partly_hidden(figures: Figures, initiative: Initiative) -> bool:
    """Whether postings of an initiative are hidden among others: what is shown is not all that was booked."""
    if figures.ledger.published is not None:
        return initiative.code in figures.ledger.published.partly_hidden
    counts = figures.postings_per_project
    return sum(counts[code] for code in _codes(initiative, counts)) > booked_on(figures, initiative).height


def _codes(initiative: Initiative, codes: Iterable[str]) -> list[str]:
    pattern = initiative.project
    return [code for code in codes if pattern != ANYTHING and pattern.matches(code)]


def booked_cents(figures: Figures, initiative: Initiative) -> int:
    """What was booked on an initiative on balance, in cents."""
    return int(booked_on(figures, initiative)["cents"].sum())


def check_initiatives(figures: Figures) -> list[Fault]:
    """More booked than granted (W105), no (W106) or not all postings in sight (W111), one posting of two (W110)."""
    initiatives, dossier = figures.dossier.work.initiatives, figures.dossier
    if not initiatives:  # who has none does not wait for the rows of the ledger
        return []
    rests_on = (initiatives, figures.by_project, figures.postings_per_project, figures.ledger.published)
    return dossier.session.traced("initiatives", lambda *_: _faults(figures, initiatives), dossier, *rests_on)


def _faults(figures: Figures, initiatives: tuple[Initiative, ...]) -> list[Fault]:
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
    elif partly_hidden(figures, initiative):
        yield fault("W111", FILE, initiative.row, "project", initiative.code)
    if initiative.granted is not None and cents > initiative.granted:
        facts = {"cents": cents, "granted_cents": initiative.granted}
        yield fault("W105", FILE, initiative.row, "granted", initiative.code, **facts)


def _overlaps(figures: Figures, initiatives: tuple[Initiative, ...]) -> Iterator[Fault]:
    """A project code that is in the ledger belongs to one initiative at most; said once per pair."""
    owners: dict[str, Initiative] = {}
    said: set[tuple[str, str]] = set()
    for code in _projects(figures):
        for one in (one for one in initiatives if _codes(one, [code])):
            first = owners.setdefault(code, one)
            if first != one and (first.code, one.code) not in said:
                said.add((first.code, one.code))
                yield fault("W110", FILE, one.row, "project", one.code, project=code, other=first.code)


def _projects(figures: Figures) -> list[str]:
    """Every project code among the public postings, in order."""
    return sorted(figures.by_project["project"].unique().to_list())
