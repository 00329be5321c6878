"""Which charts and maps a text may ask for, and what each gives: the picture, and its table where none stands yet.

A new chart is a module that draws it and a line in `CHARTS`; maps are of any measure. How a kind of bar looks stands in
`looks.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from gebiedswerk.account import MEASURES
from gebiedswerk.blocks.models import Block, Chart, Map, Table
from gebiedswerk.blocks.year_tables import Setting, year_table
from gebiedswerk.figures import TOTAL, Address, Figures, NoFigure, Subject, parse_subject
from gebiedswerk.pictures.charts import account_chart, series_chart, series_table
from gebiedswerk.pictures.maps import area_map, has_map, map_table
from gebiedswerk.pictures.tranche_chart import Tranches, stacked_chart, stacked_table
from gebiedswerk.pictures.waterfall import milestone_chart, milestone_table, milestones

Drawn = tuple[Chart | Map | None, Table]
SHARES = re.compile(r"(shares?|pie|aandeel|aandelen|taart)([/@]|$)")
"""Amounts that may be below zero are no shares of a whole: a picture that asks for it is refused (T113)."""


@dataclass(frozen=True, slots=True)
class AskedPicture:
    """A chart or map that a text asks for: its name, of what (as in the address of a figure) and of which year."""

    name: str
    subject: Subject
    year: int
    kind: str = "chart"

    @property
    def id(self) -> str:
        """What tells it apart from other charts on a page; part of an anchor."""
        subject = "" if self.subject == TOTAL else f"-{self.subject}"
        kind = "map-" if self.kind == "map" else ""
        return re.sub(r"[^a-z0-9]+", "-", f"{kind}{self.name}{subject}-{self.year}".lower())


def asked_chart(text: str, year: int) -> AskedPicture | None:
    """Read `<name>[/<subject>][@<year>]`; None where that is no chart. `year`: that of the publication, the latest."""
    found = re.fullmatch(r"([a-z]+)(?:/([^@?#/]+))?(?:@([0-9]{4}))?", text)
    if found is None or found[1] not in CHARTS or found[1] not in PER_SUBJECT and (found[2] or found[3]):
        return None
    asked = AskedPicture(found[1], parse_subject(found[2]) if found[2] else TOTAL, int(found[3] or year))
    return asked if asked.year <= year else None


def asked_map(text: str, year: int) -> AskedPicture | None:
    """Read `<measure>[@<year>]`; None where that is no map."""
    found = re.fullmatch(r"([a-z_-]+)(?:@([0-9]{4}))?", text)
    measure = found[1].replace("-", "_") if found else ""
    if found is None or measure not in MEASURES or int(found[2] or year) > year:
        return None
    return AskedPicture(measure, TOTAL, int(found[2] or year), "map")


def asked_for(kind: str, text: str, year: int) -> AskedPicture | None:
    """What an image that stands alone asks for: a chart or a map. None where that is none such."""
    return asked_map(text, year) if kind == "map" else asked_chart(text, year)


def exists(asked: AskedPicture, figures: Figures) -> bool:
    """Whether there is something to show: the subject has lines in the year, and a term where that is shown."""
    if asked.kind == "map":
        return has_map(figures, asked.name, asked.year)
    try:
        figures.figure(Address(CHARTS[asked.name].shows, asked.subject, asked.year))
    except NoFigure:
        return False
    return True


def picture_blocks(setting: Setting, asked: AskedPicture, caption: str, there: Collection[str]) -> Iterator[Block]:
    """A chart or map, and behind it its table unless that is already `there` (ids of tables on the page)."""
    setting = replace(setting, year=asked.year)
    if not exists(asked, setting.figures):
        return
    draws = _map if asked.kind == "map" else CHARTS[asked.name].draws
    picture, table = draws(setting, asked, caption, f"table-{asked.id}")
    if picture is not None:
        yield picture
        yield from [table] if table.id not in there else []


def _account(setting: Setting, asked: AskedPicture, caption: str, table_id: str) -> Drawn:
    del asked, table_id  # the whole of the year, and the table of that year
    return account_chart(setting, caption), year_table(setting, "account", caption)


def _years(setting: Setting, asked: AskedPicture, caption: str, table_id: str) -> Drawn:
    chart = series_chart(setting, asked.subject, caption, table_id)
    return chart, series_table(setting, asked.subject, caption, table_id)


def _tranches(setting: Setting, asked: AskedPicture, caption: str, table_id: str) -> Drawn:
    shown = Tranches(setting, asked.subject, asked.year)
    return stacked_chart(shown, caption, table_id), stacked_table(shown, caption, table_id)


def _milestones(setting: Setting, asked: AskedPicture, caption: str, table_id: str) -> Drawn:
    steps = milestones(setting, Address("budget", asked.subject, asked.year))
    return milestone_chart(setting, steps, caption, table_id), milestone_table(setting, steps, caption, table_id)


def _map(setting: Setting, asked: AskedPicture, caption: str, table_id: str) -> Drawn:
    return area_map(setting, asked.name, caption, table_id), map_table(setting, asked.name, caption, table_id)


@dataclass(frozen=True, slots=True)
class ChartKind:
    """A chart that a text may ask for: what draws it, with its table; no picture where there is nothing to draw.

    `shows`: the measure that must be there. `per_subject`: behind its name a subject may stand, and an earlier year.
    """

    draws: Callable[[Setting, AskedPicture, str, str], Drawn]
    shows: str = "budget"
    per_subject: bool = True


CHARTS: Mapping[str, ChartKind] = {
    "account": ChartKind(_account, per_subject=False),
    "years": ChartKind(_years),
    "tranches": ChartKind(_tranches, shows="closing"),
    "milestones": ChartKind(_milestones),
}
PER_SUBJECT = tuple(name for name, kind in CHARTS.items() if kind.per_subject)
