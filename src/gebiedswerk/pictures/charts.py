"""Charts of budget beside realised: per budget line of a year, and per year of a subject."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from gebiedswerk.blocks.headings import series_name
from gebiedswerk.blocks.models import Amount, Cell, Chart, Group, Key, Strip, Table, TableRow
from gebiedswerk.blocks.year_tables import UNIT_NAMES, Setting, amount_cell, cell_or_blank, explained, part_cell
from gebiedswerk.figures import TOTAL, Address, NoFigure, Subject, area_subject, line_subject
from gebiedswerk.pictures.recomputed_years import recomputed_years
from gebiedswerk.pictures.scale import Scale, scale_of
from gebiedswerk.pictures.series_breaks import broken_between, former_areas

PAIR = ("budget", "realised")
SERIES = ("budget", "realised", "result")


def unit_of(setting: Setting) -> str:
    """The unit of the page in words."""
    return setting.messages(f"unit.{UNIT_NAMES[setting.unit_cents]}")


def legend_of(
    setting: Setting, kinds: Sequence[str], named: Mapping[str, str] | None = None, **facts: object
) -> tuple[Key, ...]:
    """The kinds of bars that a chart has, each in words; `named`: those of which the chart knows the words."""
    known = named or {}
    return tuple(Key(kind, known.get(kind) or setting.messages(f"chart.key.{kind}", **facts)) for kind in kinds)


def account_chart(setting: Setting, caption: str) -> Chart:
    """Budget beside realised of a year: a pair of bars per line at the top of its branch."""
    tops = [line for line in setting.account.lines if line.parent is None]
    known = [measure for measure in PAIR if setting.figures.is_known(Address(measure, TOTAL, setting.year))]
    subjects = [line_subject(line.code) for line in tops]
    pairs = [[_amount(setting, Address(measure, one, setting.year)) for measure in known] for one in subjects]
    scale = _scale(pairs)
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


Bar = tuple[str, int, Cell]
"""A measure, its cents, and how it is printed."""


def _amount(setting: Setting, address: Address) -> Bar:
    return address.measure, setting.figures.figure(address).cents, amount_cell(setting, address)


def _scale(pairs: Sequence[Sequence[Bar]]) -> Scale:
    return scale_of(cents for pair in pairs for _, cents, _ in pair)


def _strips(setting: Setting, pair: Sequence[Bar], scale: Scale) -> tuple[Strip, ...]:
    """A strip per amount: its bar from zero, and its words."""
    return tuple(
        Strip(
            (scale.bar(measure, 0, cents),),
            (Amount(setting.messages(f"chart.key.{measure}"), cell, measure),),
        )
        for measure, cents, cell in pair
    )


def years_of(setting: Setting, subject: Subject) -> list[int]:
    """The years in which a subject has lines, up to that of the publication (on an area's page: all)."""
    years = [year for year in setting.figures.years() if not setting.year or year <= setting.year]
    return [year for year in years if _is_there(setting, Address("budget", subject, year))]


def _is_there(setting: Setting, address: Address) -> bool:
    try:
        return bool(setting.figures.lines(address)) and bool(setting.figures.figure(address))
    except NoFigure:
        return False


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a series: a year of the subject itself, or of an area that it came from (`name` says which).

    A recomputed one has `cents` of its own, without an address, and the points that it is made of.
    """

    year: int
    subject: Subject
    name: str = ""
    cents: Mapping[str, int] | None = None
    parts: tuple[Point, ...] = ()

    def of(self, measure: str) -> Address:
        """The address of a figure of the point."""
        return Address(measure, self.subject, self.year)


def points_of(setting: Setting, subject: Subject) -> list[Point]:
    """The years of a subject; before an area came to be, the years of each area that became a part of it."""
    own = [Point(year, subject) for year in years_of(setting, subject)]
    first = own[0].year if own else None
    before = [point for point in _before(setting, subject) if first is None or point.year < first]
    found = sorted([*before, *own], key=lambda point: (point.year, point.name))
    return _with_recomputed(setting, subject, found)


def _with_recomputed(setting: Setting, subject: Subject, points: list[Point]) -> list[Point]:
    """The points, where the dossier says so with one point for a year before a change, made of those that it joins."""
    if subject.area is None:
        return points
    figures, years = setting.figures, [year for year in setting.figures.years() if year <= (setting.year or year)]
    areas, made = figures.dossier.areas_by_code, []
    for one in recomputed_years(figures, subject.area, years):
        parts = [
            Point(one.year, area_subject(code), name if whole else setting.messages("series.part", name=name))
            for code, whole in one.made_of.items()
            for name in [areas[code].name]
        ]
        subjects = {subject, *(point.subject for point in parts)}
        points = [point for point in points if point.year != one.year or point.subject not in subjects]
        made.append(Point(one.year, subject, setting.messages("series.recomputed"), one.cents, tuple(parts)))
    return sorted([*points, *made], key=lambda point: (point.year, point.name))


def cell_of(setting: Setting, point: Point, measure: str) -> Cell:
    """A measure of a point as it is printed: a figure that leads to its source, or a recomputed amount without one."""
    if point.cents is None:
        return cell_or_blank(setting, point.of(measure))
    if measure in point.cents:
        return part_cell(setting, point.cents[measure], None)
    return cell_or_blank(setting, point.of(measure))


def _bar(setting: Setting, point: Point, measure: str) -> Bar:
    if point.cents is None:
        return _amount(setting, point.of(measure))
    return measure, point.cents[measure], cell_of(setting, point, measure)


def with_parts(points: Sequence[Point]) -> Iterator[tuple[Point, int]]:
    """The points as rows, each with its depth: below a recomputed one stand those that it is made of."""
    for point in points:
        yield point, 0
        yield from ((part, 1) for part in point.parts)


def series_note(setting: Setting, subject: Subject, points: Sequence[Point]) -> str:
    """Where the series breaks; and the rule by which years are recomputed."""
    found = [broken_between(setting, subject, one.year, after.year) for one, after in pairwise(points)]
    found += [setting.messages("series.rule")] if any(point.parts for point in points) else []
    return " ".join(words for words in found if words)


def _before(setting: Setting, subject: Subject) -> Iterator[Point]:
    if subject.area is None:
        return
    areas = setting.figures.dossier.areas_by_code
    for code in former_areas(setting.figures.dossier.area_changes, subject.area):
        for year in years_of(setting, area_subject(code)):
            yield Point(year, area_subject(code), areas[code].name)


def years_chart(setting: Setting, code: str, caption: str = "") -> Chart | None:
    """Budget beside realised of an area over its years; None where it has no money."""
    return series_chart(setting, area_subject(code), caption or setting.messages("chart.years.caption"), "table-years")


def series_chart(setting: Setting, subject: Subject, caption: str, table_id: str) -> Chart | None:
    """Budget beside realised of a subject: a pair of bars per year, with a break where areas came or went."""
    points = points_of(setting, subject)
    if not points:
        return None
    pairs = [[_bar(setting, point, one) for one in PAIR if setting.figures.is_known(point.of(one))] for point in points]
    scale = _scale(pairs)
    groups: list[Group] = []
    for at, (point, pair) in enumerate(zip(points, pairs, strict=True)):
        words = broken_between(setting, subject, points[at - 1].year, point.year) if at else ""
        groups += [Group(Cell(words))] if words else []
        note = "; ".join(part for part in (point.name, _state_note(setting, point.year)) if part)
        groups.append(Group(Cell(str(point.year)), _strips(setting, pair, scale), note))
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


def series_table(setting: Setting, subject: Subject, caption: str, table_id: str) -> Table:
    """The figures of `series_chart`, and the result of each year; its note says where the series breaks."""
    points = points_of(setting, subject)
    rows = [
        TableRow((Cell(_label(point)), *(cell_of(setting, point, measure) for measure in SERIES)), depth)
        for point, depth in with_parts(points)
    ]
    years = [point.year for point, _ in with_parts(points)]
    headings = [series_name(setting.figures, setting.messages, measure, years) for measure in SERIES]
    table = Table(
        id=table_id,
        caption=caption,
        columns=(setting.messages("area.year", unit=unit_of(setting)), *headings),
        rows=tuple(rows),
        note=series_note(setting, subject, points),
    )
    return explained(table, setting.messages)


def _label(point: Point) -> str:
    return f"{point.year} ({point.name})" if point.name else str(point.year)
