"""What happened in each area, newest first: the entries of its feed, and where that stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gebiedswerk.blocks.places import area_place
from gebiedswerk.core.hierarchy import children, subtree
from gebiedswerk.dossier import Area, Dossier
from gebiedswerk.dossier.work import PromiseStatus
from gebiedswerk.language.messages import Messages

MOST = 50
"""Entries in a feed: older ones stand on the page."""


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """Something that happened on a day, by its lasting name within the dossier."""

    day: date
    name: str
    title: str


def feed_place(dossier: Dossier, code: str) -> str:
    """Where the feed of an area stands, in no language: beside its page."""
    return area_place(dossier, code).replace("index.html", "nieuws.xml")


def news_of(dossier: Dossier, messages: Messages) -> Iterator[tuple[Area, list[Entry]]]:
    """Each area that has a feed, with the newest entries. None has one where the dossier has no address."""
    if not dossier.settings.open_data.address:
        return
    parents = {area.code: area.parent for area in dossier.areas}
    below = children(parents)
    for area in dossier.areas:
        within = set(subtree(parents, area.code, below))
        if entries := sorted(_entries(dossier, within, messages), reverse=True):
            yield area, entries[:MOST]


def _entries(dossier: Dossier, areas: set[str], messages: Messages) -> Iterator[Entry]:
    """Visits, promises that were kept, decisions, initiatives and newsletters of an area and the areas in it."""
    work = dossier.work
    visits = {visit.code: visit for visit in work.visits if visit.area in areas}
    for visit in visits.values():
        yield Entry(visit.visited_on, f"visit-{visit.code}", messages("feed.visit", subject=visit.subject))
    for promise in work.promises:
        if promise.visit in visits and promise.status is PromiseStatus.KEPT and promise.closed_on:
            yield Entry(promise.closed_on, f"promise-{promise.code}", messages("feed.promise", promise=promise.promise))
    for decision in work.decisions:
        if decision.area in areas:
            title = messages("feed.decision", title=decision.title)
            yield Entry(decision.decided_on, f"decision-{decision.code}", title)
    for initiative in work.initiatives:
        if initiative.area in areas and initiative.decided_on is not None:
            title = messages("feed.initiative", name=initiative.name)
            yield Entry(initiative.decided_on, f"initiative-{initiative.code}", title)
    for letter in work.newsletters:
        if letter.area in areas:
            name = f"newsletter-{letter.area}-{letter.sent_on.isoformat()}"
            yield Entry(letter.sent_on, name, messages("feed.newsletter", title=letter.title))
