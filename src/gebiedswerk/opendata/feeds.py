"""A feed (Atom) per area: what happened there, newest first, for who wants to follow it without an account."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gebiedswerk.core.tree import children, subtree
from gebiedswerk.dossier import Area, Dossier
from gebiedswerk.dossier.work import PromiseStatus
from gebiedswerk.messages import Messages
from gebiedswerk.opendata.xml import put, root, xml_file
from gebiedswerk.publication import BinaryFile
from gebiedswerk.publication.places import area_place

ATOM = "http://www.w3.org/2005/Atom"
MOST = 50
"""Entries in a feed: older ones stand on the page."""


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """Something that happened on a day, by its lasting name within the dossier."""

    day: date
    name: str
    title: str


def feeds(dossier: Dossier, messages: Messages) -> Iterator[BinaryFile]:
    """A feed beside the page of each area with news. The dossier has an address."""
    parents = {area.code: area.parent for area in dossier.areas}
    below = children(parents)
    for area in dossier.areas:
        within = set(subtree(parents, area.code, below))
        entries = sorted(_entries(dossier, within, messages), reverse=True)
        if entries:
            yield _feed(dossier, area, entries[:MOST], messages)


def _feed(dossier: Dossier, area: Area, entries: list[Entry], messages: Messages) -> BinaryFile:
    address = dossier.settings.open_data.address.rstrip("/")
    page = area_place(dossier, area.code)
    place = page.replace("index.html", "nieuws.xml")
    feed = root("feed", {"": ATOM})
    feed.set("xml:lang", messages.language)
    put(feed, "title", messages("feed.title", area=area.name, municipality=dossier.settings.municipality.name))
    put(feed, "id", f"{address}/{place}")
    put(feed, "updated", _moment(entries[0].day))
    put(put(feed, "author"), "name", dossier.settings.municipality.name)
    put(feed, "link", attributes={"rel": "self", "type": "application/atom+xml", "href": f"{address}/{place}"})
    put(feed, "link", attributes={"rel": "alternate", "type": "text/html", "href": f"{address}/{page}"})
    for entry in entries:
        one = put(feed, "entry")
        put(one, "title", entry.title)
        put(one, "id", f"{address}/{place}#{entry.name}")
        put(one, "updated", _moment(entry.day))
        put(one, "link", attributes={"rel": "alternate", "type": "text/html", "href": f"{address}/{page}"})
    return xml_file(place, feed)


def _moment(day: date) -> str:
    """A feed wants a moment; of what happened on a day only the day is known."""
    return f"{day.isoformat()}T00:00:00Z"


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
