"""Tables and charts of a year, as they stand in a text: every amount leads to its figure."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from gebiedswerk.account import MEASURES, YearAccount
from gebiedswerk.blocks.bbv_tables import PRESETS, RESERVE_ROWS, headings, judgement
from gebiedswerk.blocks.headings import is_running, measure_name, tells_phase
from gebiedswerk.blocks.models import Cell, DataFile, Link, Table, TableRow
from gebiedswerk.blocks.places import Places, area_place
from gebiedswerk.core.hierarchy import above
from gebiedswerk.core.rounding import plain, shared
from gebiedswerk.core.spending_term import must_be_covered
from gebiedswerk.figures import TOTAL, UNITS, Address, Figures, NoFigure, line_subject
from gebiedswerk.language.messages import Messages

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "account": ("budget", "realised", "result"),
    "available": ("outside", "budget", "moved_out", "realised", "released", "shortfall", "general", "closing"),
    "reserves": tuple(measure for stage in zip(*RESERVE_ROWS.values(), strict=True) for measure in stage),
}
"""Our own tables of a year. That of reserves is data only: in a text stands `table:bbv-reserves`."""
ONLY_WHEN_USED = ("moved_out", "general")
FORMULA = re.compile(r"'*[=+\-@\t\r]")
"""What a spreadsheet would run; with quotes before it too, so that the one that is put there can be told."""
UNIT_NAMES: Mapping[int, str] = {cents: name for name, cents in UNITS.items()}


@dataclass(frozen=True, slots=True)
class Setting:
    """What a table is made with: the figures of a year, where they stand, the unit and the language.

    `labels`: what a publication itself calls the columns of its tables of a year, and their total. `printed_in`: the
    units in which other pages print what stands here to the cent.
    """

    figures: Figures
    places: Places
    year: int
    unit_cents: int
    messages: Messages
    labels: Mapping[str, str] = field(default_factory=dict)
    printed_in: tuple[int, ...] = ()

    @property
    def account(self) -> YearAccount:
        """The account that holds for the year."""
        return self.figures.account.standing(self.year)


def amount_cell(setting: Setting, address: Address) -> Cell:
    """A figure as a cell: printed in the unit of the page, leading to its source."""
    units, exact = setting.figures.printed(address, setting.unit_cents)
    return _printed(setting, units, exact, setting.places.figure(address))


def _printed(setting: Setting, units: int, exact: int | None, href: str) -> Cell:
    """An amount as it is printed; `exact`: its cents, where the units are not the nearest."""
    said = "" if exact is None else setting.messages.euros(exact)
    return Cell(setting.messages.number(units), href, amount=True, below=units < 0, exact=said)


def _part(setting: Setting, cents: int, units: int, href: str) -> Cell:
    """A part of a figure as it is printed."""
    return _printed(setting, units, None if units == plain(cents, setting.unit_cents) else cents, href)


def explained(table: Table, messages: Messages, *, wholly: bool = True) -> Table:
    """A table that says in its note which amounts are not the nearest, so that columns and rows add up.

    `wholly`: they all do. What stands between brackets in a heading is not said again.
    """
    odd = [
        messages(
            "table.exact.one",
            name=row.cells[0].text,
            column=column.partition(" (")[0],
            exact=cell.exact,
            shown=cell.text,
        )
        for row in table.rows
        for column, cell in zip(table.columns, row.cells, strict=False)
        if cell.exact
    ]
    if not odd:
        return table
    said = messages("table.exact" if wholly else "table.exact.mostly", all="; ".join(odd))
    return replace(table, note=f"{table.note} {said}".strip())


def part_cells(setting: Setting, parts: Sequence[int], whole: Address) -> list[Cell]:
    """The parts of a figure that have no address of their own: they add up to it, and lead to where it does."""
    printed = shared(parts, setting.figures.units(whole, setting.unit_cents), setting.unit_cents)
    href = setting.places.figure(whole)
    return [_part(setting, cents, units, href) for cents, units in zip(parts, printed, strict=True)]


def units_of_part(setting: Setting, cents: int, whole: Address | None, unit_cents: int) -> int:
    """What is printed for a part of a figure: as the whole where it is all of it, else the nearest unit."""
    if whole is not None and abs(cents) == abs(setting.figures.figure(whole).cents):
        units = abs(setting.figures.units(whole, unit_cents))
        return units if cents >= 0 else -units
    return plain(cents, unit_cents)


def part_cell(setting: Setting, cents: int, whole: Address | None) -> Cell:
    """A part of a figure that has no address of its own: printed as figures are, leading to where the whole does."""
    units = units_of_part(setting, cents, whole, setting.unit_cents)
    return _part(setting, cents, units, setting.places.figure(whole) if whole else "")


def columns_of(setting: Setting, name: str) -> list[str]:
    """The measures of a table; of our own layouts some stand there only in a year in which they are used."""
    if name in PRESETS:
        return list(PRESETS[name].measures)
    return [m for m in COLUMNS[name] if m not in ONLY_WHEN_USED or _used(setting, m)]


def _shown(setting: Setting, name: str) -> list[str]:
    """The measures of a table on a page; of our own layouts without those of which nothing was delivered yet.

    That nothing is to be covered is said only where the rule of the municipality asks for cover.
    """
    columns = columns_of(setting, name)
    if name in PRESETS:
        return columns
    early = ("released",) if is_running(setting.figures, setting.year) else ()  # nothing lapses before the year's end
    covered = must_be_covered(setting.figures.dossier.settings.term, setting.year)
    silent = () if covered or _used(setting, "shortfall") else ("shortfall",)
    return [m for m in columns if m not in (*early, *silent) and setting.figures.is_known(_whole(setting, m))]


def _whole(setting: Setting, measure: str) -> Address:
    return Address(measure, TOTAL, setting.year)


def _used(setting: Setting, measure: str) -> bool:
    return any(MEASURES[measure].own(line) for line in setting.account.lines)


def year_table(setting: Setting, name: str, caption: str) -> Table:
    """One of the tables of a year, of `COLUMNS` or `PRESETS`: a row per line in tree order, and the total."""
    messages, columns = setting.messages, _shown(setting, name)
    unit = messages(f"unit.{UNIT_NAMES[setting.unit_cents]}")
    rows = [_line_row(setting, columns, line.code) for line in setting.account.lines]
    total = tuple(cell_or_blank(setting, _whole(setting, measure)) for measure in columns)
    rows.append(TableRow((Cell(setting.labels.get("total") or messages("table.total")), *total), total=True))
    if name in PRESETS:
        rows = [_judged(setting, name, row) for row in rows]
    apart = _note(setting, columns)
    table = Table(
        id=f"table-{name}",
        caption=caption,
        columns=(_first(setting, name, unit), *_headings(setting, name, columns)),
        rows=tuple(rows),
        note=" ".join(filter(None, (_which_budget(setting, name), apart))),
        downloads=_downloads(setting, name),
    )
    return explained(table, messages, wholly=not apart)


def _first(setting: Setting, name: str, unit: str) -> str:
    """What stands above the names of lines, with the unit of the amounts."""
    own = setting.labels.get("line") if name not in PRESETS else None
    return (
        setting.messages("table.own_line", title=own, unit=unit) if own else setting.messages("table.line", unit=unit)
    )


def _headings(setting: Setting, name: str, columns: Sequence[str]) -> tuple[str, ...]:
    if name in PRESETS:
        return _preset_headings(setting, name)
    return tuple(
        setting.labels.get(measure) or measure_name(setting.figures, setting.messages, measure, setting.year)
        for measure in columns
    )


def _preset_headings(setting: Setting, name: str) -> tuple[str, ...]:
    """The words of the law; while the year runs there is no result yet, nor a judgement of it."""
    words = headings(name, setting.year, setting.messages)
    if not is_running(setting.figures, setting.year):
        return words
    measures = PRESETS[name].measures
    return tuple(
        measure_name(setting.figures, setting.messages, measure, setting.year)
        if tells_phase(setting.messages, measure)
        else word
        for measure, word in zip(measures, words, strict=False)
    )


def _judged(setting: Setting, name: str, row: TableRow) -> TableRow:
    """A row with its judgement behind it, where the layout has one."""
    preset = PRESETS[name]
    if not preset.judged or is_running(setting.figures, setting.year):
        return row
    judged = row.cells[1 + preset.measures.index(preset.judged)]
    return replace(row, cells=(*row.cells, judgement(judged, setting.messages)))


def _which_budget(setting: Setting, name: str) -> str:
    """Which budget a layout prints, and with which it compares."""
    key = f"table.{name}.budget"
    running = f"{key}.running"
    if is_running(setting.figures, setting.year) and setting.messages.known(running):
        return setting.messages(running)
    return setting.messages(key) if setting.messages.known(key) else ""


def _line_row(setting: Setting, columns: Sequence[str], code: str) -> TableRow:
    account = setting.account
    line = account.by_code[code]
    depth, within = nested(account, code)
    place = area_place(setting.figures.dossier, line.area) if line.area else ""
    amounts = [cell_or_blank(setting, Address(measure, line_subject(code), setting.year)) for measure in columns]
    return TableRow((Cell(line.name, place), *amounts), depth, within=within)


def nested(account: YearAccount, code: str) -> tuple[int, str]:
    """How many lines stand above a line, and the name of the nearest."""
    way = list(above(account.parents, code))
    return len(way) - 1, account.by_code[way[1]].name if len(way) > 1 else ""


def cell_or_blank(setting: Setting, address: Address) -> Cell:
    """A figure; blank for a line whose term runs on the line above, in words where nothing was delivered: not nil."""
    try:
        return amount_cell(setting, address)
    except NoFigure:
        known = setting.figures.is_known(address)
        return Cell("", amount=True) if known else Cell(setting.messages("table.unknown"))


def _note(setting: Setting, columns: Sequence[str]) -> str:
    """Say it where rounded columns need not add up, and by how much the whole is off."""
    rounded = setting.figures.rounded(setting.year, setting.unit_cents)
    tops = [line.code for line in setting.account.lines if line.parent is None]
    off = [abs(sum(rounded.of_line(m, code) for code in tops) - rounded.of_whole(m)) for m in columns]
    return setting.messages("table.rounding", units=max(off)) if any(off) else ""


def _downloads(setting: Setting, name: str) -> tuple[Link, ...]:
    """The files of the same table; of a preset the workbook of the year, which holds every figure."""
    if name in PRESETS:
        return (Link("XLSX", setting.places.workbook(setting.year)),)
    return tuple(Link(kind.upper(), setting.places.data(name, kind, setting.year)) for kind in ("csv", "json"))


WITH_JSON = ("account", "available")
"""Tables with a JSON of their own; of the others open data makes it."""


def year_data(setting: Setting, name: str) -> list[DataFile]:
    """The same table as CSV, and as JSON where it is one of `WITH_JSON`: codes, names, exact cents, what is printed."""
    columns = columns_of(setting, name)
    records = []
    for subject, label, area in [
        *((line_subject(line.code), line.name, line.area) for line in setting.account.lines),
        (TOTAL, setting.messages("table.total"), ""),
    ]:
        record: dict[str, object] = {"line": str(subject), "name": label, "area": area, "year": setting.year}
        found = setting.figures.all_of(subject, setting.year, setting.unit_cents, columns)
        for measure in columns:
            record[f"{measure}_cents"], record[measure] = found.get(measure, (None, None))
        records.append(record)
    unit = UNIT_NAMES[setting.unit_cents]
    body = json.dumps({"format": 1, "year": setting.year, "unit": unit, "rows": records}, indent=1, ensure_ascii=False)
    texts = {"csv": csv_text(list(records[0]), records)} | ({"json": body + "\n"} if name in WITH_JSON else {})
    return [DataFile(setting.places.data(name, kind, setting.year), text) for kind, text in texts.items()]


def csv_text(columns: Sequence[str], rows: Sequence[dict[str, object]]) -> str:
    """Rows as CSV: UTF-8, comma, the same bytes every time; an empty cell where there is no value."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([[_csv_cell(row[name]) for name in columns] for row in rows])
    return out.getvalue()


def _csv_cell(value: object) -> object:
    """Yes and no as `true` and `false`; words that a spreadsheet would run as a formula get a quote before them."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str) and FORMULA.match(value):
        return f"'{value}"
    return "" if value is None else value
