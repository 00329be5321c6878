"""The tables, charts and maps that a text may ask for, each as it follows from the figures of its basis."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from gebiedswerk.account import MEASURES
from gebiedswerk.blocks.bbv_tables import PRESETS
from gebiedswerk.blocks.models import Block, Frame, PublicationPage
from gebiedswerk.blocks.places import Places
from gebiedswerk.blocks.reserves_table import RESERVES_TABLE, reserves_table
from gebiedswerk.blocks.year_tables import COLUMNS, Setting, year_table
from gebiedswerk.figures import TOTAL
from gebiedswerk.language.messages import Messages
from gebiedswerk.pages.restated import restated_table
from gebiedswerk.pictures.chart_kinds import CHARTS, PER_SUBJECT, AskedPicture, picture_blocks
from gebiedswerk.release.recount import Recount, Recounted
from gebiedswerk.release.shown.page_lines import lines_of
from gebiedswerk.release.shown.page_reader import Element, read_html
from gebiedswerk.site.render import renderer

NUMBERED = re.compile(r"-[0-9]+$")
OURS = ("table-", "chart-", "map-", "restated")


@dataclass(frozen=True)
class Blocks:
    """The tables and pictures of one release, by the id that they have on a page."""

    found: Recount

    def setting(self, basis: Recounted, messages: Messages) -> Setting:
        """Tables of the year of a publication, in its unit."""
        dossier = self.found.dossier
        first = dossier.settings.presentation.language
        own = [one.labels(messages.language, first) for one in dossier.publications if one.slug == basis.basis.name]
        places, year = Places(dossier, basis.basis.root), max(basis.basis.years)
        return Setting(basis.figures, places, year, basis.unit_cents, messages, own[0] if own else {})

    def lines(self, basis: Recounted, element: Element, messages: Messages) -> Sequence[Sequence[str]] | None:
        """What an element with such an id may say, in each way in which its id can be meant; None for another id."""
        name, caption = element.get("id"), _caption(element)
        for bare in dict.fromkeys((name, NUMBERED.sub("", name))):
            if ways := list(self._ways(basis, bare, caption, messages)):
                return [_rendered(blocks, bare, messages) for blocks in ways]
        return None

    def _ways(self, basis: Recounted, name: str, caption: str, messages: Messages) -> Iterator[list[Block]]:
        setting = self.setting(basis, messages)
        kind, _, rest = name.partition("-")
        if name == "restated":
            table = restated_table(self.found.bases[0].figures, messages, setting.places, [setting.year])
            if table is not None:
                yield [table]
        elif kind == "table" and rest == RESERVES_TABLE:
            yield [reserves_table(setting, caption)]
        elif kind == "table" and (rest in COLUMNS or rest in PRESETS):
            yield [year_table(setting, rest, caption)]
        elif f"{kind}-" in OURS:
            whole = rest in CHARTS and not CHARTS[rest].per_subject
            asked = [AskedPicture(rest, TOTAL, setting.year)] if whole else self._asked(basis).get(rest, ())
            yield from (list(picture_blocks(setting, one, caption, ())) for one in asked)

    def _asked(self, basis: Recounted) -> Mapping[str, list[AskedPicture]]:
        if basis.basis.name not in self._known:
            known: dict[str, list[AskedPicture]] = defaultdict(list)
            for one in _all(basis):
                known[one.id].append(one)
            self._known[basis.basis.name] = known
        return self._known[basis.basis.name]

    @cached_property
    def _known(self) -> dict[str, Mapping[str, list[AskedPicture]]]:
        return {}


def _all(basis: Recounted) -> Iterator[AskedPicture]:
    """Every chart and map that can be asked for on a basis."""
    for subject, year in basis.figures.subjects():
        yield from (AskedPicture(name, subject, year) for name in PER_SUBJECT)
    for year in basis.basis.years:
        yield from (AskedPicture(measure, TOTAL, year, "map") for measure in MEASURES)


def _caption(element: Element) -> str:
    named = next(iter(element.find("caption", "figcaption")), None)
    return named.words() if named else ""


def _rendered(blocks: Sequence[Block], name: str, messages: Messages) -> list[str]:
    """What the block with this id says, as this program writes it."""
    page = PublicationPage(Frame("index.html", "", messages.language, ""), tuple(blocks))
    root = read_html(renderer().render(page).encode())
    element = next((one for one in root.find("div", "figure") if one.get("id") == name), None)
    lines = list(lines_of(element)) if element else []
    root.forget()
    return lines
