"""Where a series over years breaks: areas that came, went, or became a part of another.

Over a change that the dossier has recomputed the series of the new area does not break.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from gebiedswerk.blocks.year_tables import Setting
from gebiedswerk.core.hierarchy import subtree
from gebiedswerk.dossier.tables import Area, AreaChange, AreaChangeKind, Series
from gebiedswerk.figures import TOTAL, Subject
from gebiedswerk.language.messages import Messages

BREAKS: Mapping[str, str] = {
    "whole": "whole",
    "merger": "became",
    "joined": "became",
    "part_joined": "part",
    "split": "part",
    "rename": "renamed",
}
"""What happened → how it is told at a break: a part of a split area, or a renamed one, did not become a part."""


def former_areas(changes: Sequence[AreaChange], code: str) -> list[str]:
    """The areas from which an area came, and those from which these came."""
    found: list[str] = []
    ahead = [code]
    while ahead:
        here = ahead.pop()
        new = [change.from_area for change in changes if change.to_area == here and change.from_area != code]
        ahead += [area for area in new if area not in found]
        found += [area for area in new if area not in found]
    return found


def broken_between(setting: Setting, subject: Subject, before: int, year: int) -> str:
    """What happened to the areas of a subject after the first day of a year, up to the end of a later one, in words.

    Of a change within a year its own figures are half of before and half of after it: it is told on both its sides.
    Empty where nothing happened.
    """
    since, until = date(before, 1, 1), date(year, 12, 31)
    if not any(since < day <= until for day in setting.figures.dossier.days_of_change):
        return ""
    areas = _areas_of(setting, subject)
    codes = {area.code for area in areas}
    changes = [
        change
        for change in setting.figures.dossier.area_changes
        if since < change.changed_on <= until and codes & {change.from_area, change.to_area}
    ]
    changed = {code for change in changes for code in (change.from_area, change.to_area)}
    alone = [area for area in areas if area.code not in changed]
    broken = [change for change in changes if not _followed(change, subject, codes)]
    found = [*_changed(setting, broken), *_came_and_went(setting.messages, alone, since, until)]
    return setting.messages("chart.break", what="; ".join(found)) if found else ""


def _followed(change: AreaChange, subject: Subject, codes: set[str]) -> bool:
    """Whether the series of an area goes on over a change, recomputed."""
    return subject.area is not None and change.series is Series.RECOMPUTED and change.to_area in codes


def _changed(setting: Setting, changes: Sequence[AreaChange]) -> Iterator[str]:
    areas, known = setting.figures.dossier.areas_by_code, [*setting.figures.dossier.area_changes, *changes]
    for one in changes:
        day = setting.messages.day(one.changed_on)
        name = f"chart.break.{BREAKS[what_happened(one, areas, known)]}"
        yield setting.messages(name, former=areas[one.from_area].name, new=areas[one.to_area].name, day=day)


def what_happened(change: AreaChange, areas: Mapping[str, Area], changes: Sequence[AreaChange]) -> str:
    """A change in one word of the catalogue: an area that joins one that was there already is no merger.

    `whole`: the new area is what the former one was. `part_joined`: the area that lost a part still holds, or went to
    more than one.
    """
    new, former = areas[change.to_area], areas[change.from_area]
    ended = former.valid_to is not None and former.valid_to <= change.changed_on
    if change.joins(new):
        return "joined" if ended else "part_joined"
    if change.kind is not AreaChangeKind.MERGER:
        return change.kind.value
    others = [one for one in changes if one.changed_on == change.changed_on and one != change]
    if not ended or any(one.from_area == change.from_area for one in others):
        return "part_joined"
    return "merger" if any(one.to_area == change.to_area for one in others) else "whole"


def _came_and_went(messages: Messages, areas: Sequence[Area], since: date, until: date) -> Iterator[str]:
    """Areas that begin or end after the first of two days, up to and on the second."""
    came = [(area.valid_from, area.name) for area in areas]
    went = [(area.valid_to, area.name) for area in areas]
    for kind, found in (("came", came), ("went", went)):
        for day in sorted({day for day, _ in found if day is not None and since < day <= until}):
            names = _listed(messages, [name for other, name in found if other == day])
            yield messages(f"chart.break.{kind}", names=names, day=messages.day(day))


def _listed(messages: Messages, names: Sequence[str]) -> str:
    if len(names) == 1:
        return names[0]
    return messages("list.and", first=", ".join(names[:-1]), last=names[-1])


def _areas_of(setting: Setting, subject: Subject) -> list[Area]:
    """The areas of a subject: all, those within an area, or those of the lines of a line."""
    areas = setting.figures.dossier.areas
    if subject == TOTAL:
        return list(areas)
    if subject.area is not None:
        within = set(subtree({area.code: area.parent for area in areas}, subject.area))
    else:
        accounts = [setting.figures.account.standing(year) for year in setting.figures.years()]
        with_it = [account for account in accounts if subject.code in account.by_code]
        within = {line.area for account in with_it for line in account.below(subject.code)}
    return [area for area in areas if area.code in within]
