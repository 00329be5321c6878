"""The first page: the newest year in figures, the areas, the publications and what is new."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from gebiedswerk.blocks.headings import is_running, measure_name, tells_phase, year_of_phase
from gebiedswerk.blocks.models import AreaCard, Block, Fact, Frame, HomePage, Link, News, PublicationCard, Stamp
from gebiedswerk.blocks.places import HOME, Places, area_place, publication_place
from gebiedswerk.blocks.stands import left_on
from gebiedswerk.blocks.year_tables import UNIT_NAMES, Setting, amount_cell
from gebiedswerk.dossier import Area, Delivery, from_elsewhere
from gebiedswerk.figures import TOTAL, Address, NoFigure, Subject, area_subject
from gebiedswerk.pages.area.area_money import pots_note
from gebiedswerk.pages.frame import Frames
from gebiedswerk.pictures.maps import area_map, has_map, map_table
from gebiedswerk.texts.chapters import chapters
from gebiedswerk.texts.view import View

WHOLE = ("budget", "realised", "result", "closing")
PER_AREA = ("budget", "realised", "closing")
NEWS = 6


def home_page(frames: Frames, views: Sequence[View], unit_cents: int) -> HomePage:
    """The first page; `unit_cents` is the unit of amounts."""
    setting = Setting(frames.newest, Places(frames.dossier), home_year(frames, views), unit_cents, frames.messages)
    say = frames.messages
    year = max((view.publication.settings.year for view in views), default=None)
    now = [view for view in views if view.publication.settings.year == year]
    return replace(
        home_figures(setting, frames.frame(HOME, frames.site_title, (), frames.newest)),
        intro=say("home.intro", municipality=frames.dossier.settings.municipality.name),
        former=tuple(_area_link(setting, area) for area in _tops(setting) if area.valid_to is not None),
        publications=tuple(_publication_card(frames, view) for view in now),
        earlier=tuple(_publication_link(frames, view) for view in reversed(views) if view not in now),
        news=tuple(_news(frames, views)),
    )


def home_figures(setting: Setting, frame: Frame) -> HomePage:
    """The first page with its figures alone: those of the whole and of each area in a year, and on the map."""
    facts, unit = tuple(_facts(setting, TOTAL, WHOLE)), setting.messages(f"unit.{UNIT_NAMES[setting.unit_cents]}")
    year = setting.messages("home.year", year=setting.year, unit=unit) if facts else ""
    return HomePage(frame, "", year, facts, tuple(_cards(setting)), (), (), (), (), tuple(_map(setting)))


def home_year(frames: Frames, views: Sequence[View]) -> int:
    """The year on the first page: see `year_of_phase`."""
    return year_of_phase(frames.newest, [view.publication.settings.year for view in views])


def _map(setting: Setting) -> Iterator[Block]:
    """The results of the year on a map and in the table beside it, where an area has any."""
    if setting.year and has_map(setting.figures, "result", setting.year):
        measure = measure_name(setting.figures, setting.messages, "result", setting.year)
        caption = setting.messages("map.home", measure=measure)
        picture = area_map(setting, "result", caption, "table-map")
        if picture is not None:
            yield picture
            yield map_table(setting, "result", caption, "table-map")


def _tops(setting: Setting) -> list[Area]:
    return [area for area in setting.figures.dossier.areas if area.parent is None]


def _area_link(setting: Setting, area: Area) -> Link:
    return Link(area.name, area_place(setting.figures.dossier, area.code))


def _cards(setting: Setting) -> Iterator[AreaCard]:
    """A card per area at the top that still holds, with the areas within it."""
    elsewhere, below = from_elsewhere(setting.figures.dossier), dict[str, list[Area]]()
    for area in setting.figures.dossier.areas:
        below.setdefault(area.parent or "", []).append(area)
    for area in _tops(setting):
        if area.valid_to is None and area.code not in elsewhere:
            within = [one for one in below.get(area.code, ()) if one.valid_to is None]
            parts = tuple(_area_link(setting, one) for one in within)
            facts = tuple(_facts(setting, area_subject(area.code), PER_AREA))
            note = pots_note(setting, area_subject(area.code), setting.year) if facts else []
            yield AreaCard(_area_link(setting, area), area.kind, facts, parts, " ".join(note))


def _facts(setting: Setting, subject: Subject, measures: Sequence[str]) -> Iterator[Fact]:
    """The figures of a subject in the year; none where it has no budget."""
    for measure in measures:
        try:
            cell = amount_cell(setting, Address(measure, subject, setting.year))
        except NoFigure:
            continue
        note = setting.messages("fact.exact", exact=cell.exact, shown=cell.text) if cell.exact else ""
        yield Fact(_label(setting, measure), cell, note)


def _label(setting: Setting, measure: str) -> str:
    """What a figure is called on the first page: while the year runs with the day on which it was so."""
    if not tells_phase(setting.messages, measure) or not is_running(setting.figures, setting.year):
        return setting.messages(f"home.{measure}")
    day = left_on(setting.figures, setting.year)
    name = f"home.{measure}.running" if day else f"home.{measure}.unknown"
    return setting.messages(name, day=setting.messages.day(day) if day else "")


def _publication_link(frames: Frames, view: View) -> Link:
    return Link(frames.title(view), publication_place(view.publication.slug))


def _publication_card(frames: Frames, view: View) -> PublicationCard:
    pages = [chapter.link for chapter in chapters(view, frames.messages.language)]
    at = frames.published_at(view)
    stamps = (_day(frames, "home.published", at),) if at else ()
    return PublicationCard(
        _publication_link(frames, view), stamps, frames.mark(view), tuple(pages) if len(pages) > 1 else ()
    )


def _day(frames: Frames, label: str, moment: datetime) -> Stamp:
    return Stamp(frames.messages(label), frames.messages.day(moment.date()), moment.date().isoformat())


def _news(frames: Frames, views: Sequence[View]) -> list[News]:
    """What happened last: publications, and exports on which figures stand. From the dossier, never from a clock."""
    found = [
        (at, "home.news.published", _publication_link(frames, view))
        for view in views
        if (at := frames.published_at(view))
    ]
    used = [one for one in frames.dossier.deliveries if one.id in frames.newest.ledger.used]
    found += [(one.settings.exported_at, "home.news.delivered", _delivery_link(frames, one)) for one in used]
    found.sort(key=lambda one: (one[0], one[2].text), reverse=True)
    news = dict.fromkeys(News(_day(frames, label, at), link) for at, label, link in found)
    return list(news)[:NEWS]


def _delivery_link(frames: Frames, delivery: Delivery) -> Link:
    """What a delivery is about, leading to the figures of its newest year."""
    known = [year for year in delivery.counts_in if year in frames.newest.years()]
    years = ", ".join(str(year) for year in sorted(delivery.settings.years))
    words = frames.messages(f"home.delivery.{delivery.settings.kind.value}", years=years)
    return Link(words, Places(frames.dossier).source(TOTAL, max(known)) if known else "")
