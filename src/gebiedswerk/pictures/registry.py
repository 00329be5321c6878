"""Which charts and maps a text may ask for, and what each gives: the picture, and its table where none stands yet."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from gebiedswerk.account import MEASURES
from gebiedswerk.blocks.models import Block
from gebiedswerk.blocks.year_tables import Setting, year_table
from gebiedswerk.figures import TOTAL, Address, Figures, NoFigure
from gebiedswerk.pictures.charts import account_chart, series_chart, series_table
from gebiedswerk.pictures.maps import area_map, has_map, map_table
from gebiedswerk.pictures.tranche_chart import Tranches, stacked_chart, stacked_table
from gebiedswerk.pictures.waterfall import milestone_chart, milestone_table, milestones

WHOLE = ("account",)
PER_SUBJECT = ("years", "tranches", "milestones")
CHARTS = (*WHOLE, *PER_SUBJECT)
SHARES = re.compile(r"(shares?|pie|aandeel|aandelen|taart)([/@]|$)")
"""Amounts that may be below zero are no shares of a whole: a picture that asks for it is refused (T113)."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A chart or map that a text asks for: its name, of what (as in the address of a figure) and of which year."""

    name: str
    subject: str
    year: int
    kind: str = "chart"

    @property
    def id(self) -> str:
        """What tells it apart from other charts on a page; part of an anchor."""
        subject = "" if self.subject == TOTAL else f"-{self.subject}"
        kind = "map-" if self.kind == "map" else ""
        return re.sub(r"[^a-z0-9]+", "-", f"{kind}{self.name}{subject}-{self.year}".lower())


def asked_chart(text: str, year: int) -> Asked | None:
    """Read `<name>[/<subject>][@<year>]`; None where that is no chart. `year`: that of the publication, the latest."""
    found = re.fullmatch(r"([a-z]+)(?:/([^@?#/]+))?(?:@([0-9]{4}))?", text)
    if found is None or found[1] not in CHARTS or found[1] in WHOLE and (found[2] or found[3]):
        return None
    asked = Asked(found[1], found[2] or TOTAL, int(found[3] or year))
    return asked if asked.year <= year else None


def asked_map(text: str, year: int) -> Asked | None:
    """Read `<measure>[@<year>]`; None where that is no map."""
    found = re.fullmatch(r"([a-z_-]+)(?:@([0-9]{4}))?", text)
    measure = found[1].replace("-", "_") if found else ""
    if found is None or measure not in MEASURES or int(found[2] or year) > year:
        return None
    return Asked(measure, TOTAL, int(found[2] or year), "map")


def asked_for(kind: str, text: str, year: int) -> Asked | None:
    """What an image that stands alone asks for: a chart or a map. None where that is none such."""
    return asked_map(text, year) if kind == "map" else asked_chart(text, year)


def exists(asked: Asked, figures: Figures) -> bool:
    """Whether there is something to show: the subject has lines in the year, and a term where that is shown."""
    if asked.kind == "map":
        return has_map(figures, asked.name, asked.year)
    measure = "closing" if asked.name == "tranches" else "budget"
    try:
        figures.figure(Address(measure, asked.subject, asked.year))
    except NoFigure:
        return False
    return True


def picture_blocks(setting: Setting, asked: Asked, caption: str, there: Collection[str]) -> Iterator[Block]:
    """A chart or map, and behind it its table unless that is already `there` (ids of tables on the page)."""
    setting = replace(setting, year=asked.year)
    if not exists(asked, setting.figures):
        return
    table_id = f"table-{'account' if asked.name in WHOLE else asked.id}"
    picture, table = _blocks(setting, asked, caption, table_id)
    if picture is not None:
        yield picture
        yield from [table] if table_id not in there else []


def _blocks(setting: Setting, asked: Asked, caption: str, table_id: str) -> tuple[Block | None, Block]:
    if asked.kind == "map":
        picture = area_map(setting, asked.name, caption, table_id)
        return picture, map_table(setting, asked.name, caption, table_id)
    if asked.name == "years":
        chart = series_chart(setting, asked.subject, caption, table_id)
        return chart, series_table(setting, asked.subject, caption, table_id)
    if asked.name == "tranches":
        shown = Tranches(setting, asked.subject, asked.year)
        return stacked_chart(shown, caption, table_id), stacked_table(shown, caption, table_id)
    if asked.name == "milestones":
        steps = milestones(setting, Address("budget", asked.subject, asked.year))
        return milestone_chart(setting, steps, caption, table_id), milestone_table(setting, steps, caption, table_id)
    return account_chart(setting, caption), year_table(setting, "account", caption)
