"""Charts of budget beside realised: per budget line of a year, and per year of a subject."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from gebiedswerk.core.tree import subtree
from gebiedswerk.dossier.tables import Area
from gebiedswerk.figures import TOTAL, Address, NoFigure
from gebiedswerk.publication.models import Amount, Cell, Chart, Group, Key, Strip, Table, TableRow
from gebiedswerk.publication.scale import Scale, scale_of
from gebiedswerk.publication.tables import UNIT_NAMES, Setting, amount_cell

PAIR = ("budget", "realised")
SERIES = ("budget", "realised", "result")


def unit_of(setting: Setting) -> str:
    """The unit of the page in words."""
    return setting.messages(f"unit.{UNIT_NAMES[setting.unit_cents]}")


def legend_of(setting: Setting, kinds: Sequence[str], **facts: object) -> tuple[Key, ...]:
    """The kinds of bars that a chart has, each in words."""
    return tuple(Key(kind, setting.messages(f"chart.key.{kind}", **facts)) for kind in kinds)


def account_chart(setting: Setting, caption: str) -> Chart:
    """Budget beside realised of a year: a pair of bars per line at the top of its branch."""
    tops = [line for line in setting.account.lines if line.parent is None]
    pairs = [[Address(measure, line.code, setting.year) for measure in PAIR] for line in tops]
    scale = _scale(setting, pairs)
    groups = [Group(Cell(line.name), _strips(setting, pair, scale)) for line, pair in zip(tops, pairs, strict=True)]
    return Chart(
        id="chart-account",
        caption=caption,
        legend=legend_of(setting, PAIR),
        zero=scale.at(0),
        groups=tuple(groups),
        table_id="table-account",
        description=setting.messages("chart.account.description", unit=unit_of(setting)),
    )


def _scale(setting: Setting, pairs: Sequence[Sequence[Address]]) -> Scale:
    return scale_of(setting.figures.figure(address).cents for pair in pairs for address in pair)


def _strips(setting: Setting, pair: Sequence[Address], scale: Scale) -> tuple[Strip, ...]:
    """A strip per figure: its bar from zero, and its amount."""
    return tuple(
        Strip(
            (scale.bar(address.measure, 0, setting.figures.figure(address).cents),),
            (Amount(setting.messages(f"chart.key.{address.measure}"), amount_cell(setting, address), address.measure),),
        )
        for address in pair
    )


def years_of(setting: Setting, subject: str) -> list[int]:
    """The years in which a subject has lines, up to that of the publication (on an area's page: all)."""
    years = [year for year in setting.figures.years() if not setting.year or year <= setting.year]
    return [year for year in years if _is_there(setting, Address("budget", subject, year))]


def _is_there(setting: Setting, address: Address) -> bool:
    try:
        return bool(setting.figures.lines(address)) and bool(setting.figures.figure(address))
    except NoFigure:
        return False


def years_chart(setting: Setting, code: str, caption: str = "") -> Chart | None:
    """Budget beside realised of an area over its years; None where it has no money."""
    return series_chart(setting, f"area:{code}", caption or setting.messages("chart.years.caption"), "table-years")


def series_chart(setting: Setting, subject: str, caption: str, table_id: str) -> Chart | None:
    """Budget beside realised of a subject: a pair of bars per year, with a break where areas came or went."""
    years = years_of(setting, subject)
    if not years:
        return None
    pairs = [[Address(measure, subject, year) for measure in PAIR] for year in years]
    scale = _scale(setting, pairs)
    groups: list[Group] = []
    for at, (year, pair) in enumerate(zip(years, pairs, strict=True)):
        words = broken_between(setting, subject, years[at - 1], year) if at else ""
        groups += [Group(Cell(words))] if words else []
        groups.append(Group(Cell(str(year)), _strips(setting, pair, scale), _state_note(setting, year)))
    return Chart(
        id=f"chart-{table_id.removeprefix('table-')}",
        caption=caption,
        legend=legend_of(setting, PAIR),
        zero=scale.at(0),
        groups=tuple(groups),
        table_id=table_id,
        description=setting.messages("chart.years.description", unit=unit_of(setting)),
    )


def _state_note(setting: Setting, year: int) -> str:
    state = setting.figures.account.standing(year).state
    return setting.messages("chart.years.open") if state.value in ("open", "unbudgeted") else ""


def series_table(setting: Setting, subject: str, caption: str, table_id: str) -> Table:
    """The figures of `series_chart`, and the result of each year; its note says where the series breaks."""
    years = years_of(setting, subject)
    rows = [
        TableRow((Cell(str(year)), *(amount_cell(setting, Address(m, subject, year)) for m in SERIES)))
        for year in years
    ]
    headings = [setting.messages(f"measure.{measure}", year="").strip() for measure in SERIES]
    breaks = [broken_between(setting, subject, before, year) for before, year in pairwise(years)]
    return Table(
        id=table_id,
        caption=caption,
        columns=(setting.messages("area.year", unit=unit_of(setting)), *headings),
        rows=tuple(rows),
        note=" ".join(words for words in breaks if words),
    )


def broken_between(setting: Setting, subject: str, before: int, year: int) -> str:
    """Which areas of the subject came or went between two years, in words; empty where none did."""
    found = list(_came_and_went(setting, subject, date(before, 1, 1), date(year, 1, 1)))
    if not found:
        return ""
    return setting.messages("chart.break", what="; ".join(found))


def _came_and_went(setting: Setting, subject: str, since: date, until: date) -> Iterator[str]:
    """Areas that begin or end after the first day of one year, up to and on the first day of a later one."""
    areas = _areas_of(setting, subject)
    came = [(area.valid_from, area.name) for area in areas]
    went = [(area.valid_to, area.name) for area in areas]
    for kind, found in (("came", came), ("went", went)):
        for day in sorted({day for day, _ in found if day is not None and since < day <= until}):
            names = _listed(setting, [name for other, name in found if other == day])
            yield setting.messages(f"chart.break.{kind}", names=names, day=setting.messages.day(day))


def _listed(setting: Setting, names: Sequence[str]) -> str:
    if len(names) == 1:
        return names[0]
    return setting.messages("list.and", first=", ".join(names[:-1]), last=names[-1])


def _areas_of(setting: Setting, subject: str) -> list[Area]:
    """The areas of a subject: all, those within an area, or those of the lines of a line."""
    areas = setting.figures.dossier.areas
    if subject == TOTAL:
        return list(areas)
    if subject.startswith("area:"):
        within = set(subtree({area.code: area.parent for area in areas}, subject.removeprefix("area:")))
    else:
        accounts = [setting.figures.account.standing(year) for year in years_of(setting, subject)]
        within = {line.area for account in accounts for line in account.below(subject)}
    return [area for area in areas if area.code in within]
