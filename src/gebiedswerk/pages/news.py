"""What happened in each area, newest first: the entries of its feed, and where that stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from gebiedswerk.blocks.places import area_place
from gebiedswerk.dossier import Area, Dossier
from gebiedswerk.dossier.work import WORK_TABLES, WorkNews
from gebiedswerk.language.messages import Messages
from gebiedswerk.pages.area.area_index import AreaIndex

MOST = 50
"""Entries in a feed: older ones stand on the page."""


@dataclass(frozen=True, slots=True, order=True)
class FeedEntry:
    """Something that happened on a day, by its lasting name within the dossier."""

    day: date
    name: str
    title: str


def feed_place(dossier: Dossier, code: str) -> str:
    """Where the feed of an area stands, in no language: beside its page."""
    return area_place(dossier, code).replace("index.html", "nieuws.xml")


def news_of(dossier: Dossier, messages: Messages) -> Iterator[tuple[Area, list[FeedEntry]]]:
    """Each area that has a feed, with the newest entries. None has one where the dossier has no address."""
    index = AreaIndex(dossier)
    for area in dossier.areas:
        if has_news(index, area.code, messages):
            yield area, news_in(index, area.code, messages)


def has_news(index: AreaIndex, code: str, messages: Messages) -> bool:
    """Whether an area has a feed."""
    return bool(index.dossier.settings.open_data.address) and any(True for _ in _entries(index, code, messages))


def news_in(index: AreaIndex, code: str, messages: Messages) -> list[FeedEntry]:
    """What happened in an area, the newest first."""
    return sorted(_entries(index, code, messages), reverse=True)[:MOST]


def _entries(index: AreaIndex, area: str, messages: Messages) -> Iterator[FeedEntry]:
    """Each row of a kind of work that is news, about an area or an area in it."""
    for name, kind in WORK_TABLES.items():
        if kind.news is not None:
            yield from _entries_of(kind.news, index.rows(name, area), messages)


def _entries_of(news: WorkNews, rows: Iterable[Any], messages: Messages) -> Iterator[FeedEntry]:
    for row in rows:
        day = getattr(row, news.day)
        if day is not None and news.status in (None, getattr(row, "status", None)):
            name = "-".join([news.name, *(str(getattr(row, column)) for column in news.key)])
            yield FeedEntry(day, name, messages(f"feed.{news.name}", **{news.words: getattr(row, news.words)}))
