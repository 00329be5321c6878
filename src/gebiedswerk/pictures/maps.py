"""A map per measure: each area in a shade with its name and amount, beside a table that says the same."""

from __future__ import annotations

from gebiedswerk.account import value
from gebiedswerk.blocks.headings import measure_name
from gebiedswerk.blocks.models import Cell, Key, Map, MapArea, Table, TableRow
from gebiedswerk.blocks.places import area_place
from gebiedswerk.blocks.year_tables import Setting, amount_cell, explained, part_cell
from gebiedswerk.core.hierarchy import above
from gebiedswerk.dossier import areas_on_map, division_year, files_of
from gebiedswerk.dossier.tables import Area
from gebiedswerk.figures import TOTAL, Address, Figures, NoFigure, area_subject, line_subject
from gebiedswerk.language.foreign_words import unmarked
from gebiedswerk.pictures.charts import unit_of
from gebiedswerk.pictures.class_breaks import Shades, order_of, shades_of, words_of
from gebiedswerk.pictures.map_shapes import Outline, ground_of, shapes_of
from gebiedswerk.pictures.tile_map import tiles_of

LETTER, LETTER_NARROW = 16, 26
"""About how wide a letter of a label is, in units, on a wide page and on a narrow one (`40-pictures.css`)."""


def area_map(setting: Setting, measure: str, caption: str, table_id: str) -> Map | None:
    """The map of a measure in the year of the setting; None where no area holds in it. Tiles where shapes miss."""
    dossier, year = setting.figures.dossier, setting.year
    areas = areas_on_map(dossier, year)
    if not areas:
        return None
    shapes = shapes_of(dossier, year)
    ground = ground_of(shapes) if shapes else tiles_of(dossier, areas)
    units = {
        area.code: _units(setting.figures, Address(measure, area_subject(area.code), year), setting.unit_cents)
        for area in areas
    }
    shades = shades_of([amount for amount in units.values() if amount is not None])
    outlines = {outline.area: outline for outline in ground.outlines}
    shown = [
        _map_area(setting, measure, area, str(number), outlines[area.code], shades, units[area.code])
        for number, area in enumerate(areas, start=1)
    ]
    kinds = order_of([area.kind for area in shown])
    return Map(
        id=f"map-{table_id.removeprefix('table-')}",
        caption=caption,
        description=_described(setting, measure, bool(shapes)),
        width=ground.width,
        height=ground.height,
        areas=tuple(shown),
        legend=tuple(Key(kind, words_of(shades, kind, measure, setting.messages)) for kind in kinds),
        table_id=table_id,
        attribution=_attribution(setting) if shapes else "",
        tiles=not shapes,
    )


def _described(setting: Setting, measure: str, shapes: bool) -> str:
    name = measure_name(setting.figures, setting.messages, measure, setting.year)
    return setting.messages("map.description" if shapes else "map.tiles", measure=name, unit=unit_of(setting))


def _attribution(setting: Setting) -> str:
    """To whom the shapes are owed, each named once."""
    dossier = setting.figures.dossier
    division = division_year(dossier, setting.year) or 0
    named = dict.fromkeys(one.attribution for one in files_of(dossier, division) if one.attribution)
    return setting.messages("map.source", source="; ".join(named)) if named else ""


def _units(figures: Figures, address: Address, unit_cents: int = 1) -> int | None:
    """What is printed for an area; None where it has no money in the year."""
    try:
        return figures.units(address, unit_cents)
    except NoFigure:
        return None


def _map_area(
    setting: Setting, measure: str, area: Area, number: str, outline: Outline, shades: Shades, units: int | None
) -> MapArea:
    kind = shades.kind(units)
    amount = "" if units is None else setting.messages.number(units)
    letters = max(len(unmarked(area.name)), len(amount))
    words = words_of(shades, kind, measure, setting.messages)
    return MapArea(
        name=area.name,
        href=area_place(setting.figures.dossier, area.code),
        number=number,
        amount=amount,
        kind=kind,
        spoken=setting.messages("map.spoken", name=area.name, amount=amount or "–", words=words),
        path=outline.path,
        x=outline.x,
        y=outline.y,
        named=letters * LETTER <= outline.room,
        roomy=letters * LETTER_NARROW <= outline.room,
    )


def map_table(setting: Setting, measure: str, caption: str, table_id: str) -> Table:
    """What the map shows, and what belongs to no area on it, with the total of all."""
    messages, year = setting.messages, setting.year
    areas = areas_on_map(setting.figures.dossier, year)
    rows = [_area_row(setting, measure, area, str(number)) for number, area in enumerate(areas, start=1)]
    shared = _shared(setting, measure, areas)
    rows += [*_city_wide(setting, measure, areas), *shared]
    total = amount_cell(setting, Address(measure, TOTAL, year))
    rows.append(TableRow((Cell(messages("table.total")), Cell(""), total), total=True))
    heading = messages(
        "map.amount", measure=measure_name(setting.figures, messages, measure, year), unit=unit_of(setting)
    )
    note = messages("map.shared", names=", ".join(row.cells[0].text for row in shared)) if shared else ""
    columns = (messages("map.area"), messages("map.number"), heading)
    return explained(Table(table_id, caption, columns, tuple(rows), note), messages)


def _area_row(setting: Setting, measure: str, area: Area, number: str) -> TableRow:
    place = area_place(setting.figures.dossier, area.code)
    try:
        amount = amount_cell(setting, Address(measure, area_subject(area.code), setting.year))
    except NoFigure:
        amount = Cell("", amount=True)
    return TableRow((Cell(area.name, place), Cell(number), amount))


def _city_wide(setting: Setting, measure: str, areas: list[Area]) -> list[TableRow]:
    """The branches of lines of which no line lies in an area on the map: a row each."""
    account, shown, rows = setting.account, _within(setting, areas), []
    for line in account.lines:
        if line.parent is None and not any(below.area in shown for below in account.below(line.code)):
            try:
                amount = amount_cell(setting, Address(measure, line_subject(line.code), setting.year))
            except NoFigure:
                continue
            rows.append(TableRow((Cell(line.name), Cell("–"), amount)))
    return rows


def _shared(setting: Setting, measure: str, areas: list[Area]) -> list[TableRow]:
    """What lines hold beside the areas of other lines of their branch: nobody's alone, but a part of the whole."""
    account, shown, rows = setting.account, _within(setting, areas), []
    for line in account.lines:
        if line.parent is not None:
            continue
        branch = account.below(line.code)
        beside = [one for one in branch if one.area not in shown]
        address, cents = Address(measure, line_subject(line.code), setting.year), value(beside, measure)
        if not setting.figures.exists(address):
            continue
        if cents and len(beside) < len(branch):
            rows.append(TableRow((Cell(line.name), Cell("–"), part_cell(setting, cents, address))))
    return rows


def _within(setting: Setting, areas: list[Area]) -> set[str | None]:
    """The codes of these areas, and of all within them."""
    parents = {area.code: area.parent for area in setting.figures.dossier.areas}
    on_map = {area.code for area in areas}
    return {code for code in parents if not on_map.isdisjoint(above(parents, code))}


def has_map(figures: Figures, measure: str, year: int) -> bool:
    """Whether a map of a measure has anything to show in a year."""
    areas = areas_on_map(figures.dossier, year)
    return any(_units(figures, Address(measure, area_subject(area.code), year)) is not None for area in areas)
