"""A feed (Atom) per area: what happened there, newest first, for who wants to follow it without an account."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gebiedswerk.blocks.places import area_place
from gebiedswerk.dossier import Area, Dossier
from gebiedswerk.language.messages import Messages
from gebiedswerk.opendata.xml_text import put, root, xml_file
from gebiedswerk.pages import BinaryFile
from gebiedswerk.pages.area.area_index import AreaIndex
from gebiedswerk.pages.news import FeedEntry, feed_place, has_news, news_in

ATOM = "http://www.w3.org/2005/Atom"


def feeds(dossier: Dossier, messages: Messages) -> Iterator[BinaryFile]:
    """A feed beside the page of each area with news. The dossier has an address."""
    index = AreaIndex(dossier)
    for area in dossier.areas:
        yield from feed_of(index, area.code, messages)


def feed_of(index: AreaIndex, code: str, messages: Messages) -> list[BinaryFile]:
    """The feed of an area; none where nothing happened, or where the dossier has no address."""
    entries = news_in(index, code, messages) if has_news(index, code, messages) else []
    return [_feed(index.dossier, index.by_code[code], entries, messages)] if entries else []


def _feed(dossier: Dossier, area: Area, entries: list[FeedEntry], messages: Messages) -> BinaryFile:
    address = dossier.settings.open_data.address.rstrip("/")
    page = area_place(dossier, area.code)
    place = feed_place(dossier, area.code)
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
