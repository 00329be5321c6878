"""What was promised in an earlier year and was still not paid on the day of a stand, the oldest first."""

from __future__ import annotations

from collections.abc import Iterator

from gebiedswerk.blocks.models import AreaSection, Cell, Table, TableRow
from gebiedswerk.blocks.places import area_place
from gebiedswerk.blocks.sentences import cents_cell
from gebiedswerk.blocks.stands import OpenCommitment, Stand, committed_address, promises_of
from gebiedswerk.blocks.year_tables import Setting
from gebiedswerk.figures import TOTAL, line_subject


def older_sections(setting: Setting, stand: Stand | None) -> Iterator[AreaSection]:
    """A table with a row per year, line and kind, to the cent; nothing where all is of the year of the stand."""
    if stand is None:
        return
    messages, lines = setting.messages, setting.figures.account.standing(stand.year).lines
    older = [one for one in promises_of(setting.figures, lines, stand) if one.made_in < stand.year]
    if not older:
        return
    rows = [_row(setting, stand, one) for one in sorted(older, key=lambda one: one.made_in)]
    total = cents_cell(setting, sum(one.cents for one in older), setting.places.figure(committed_address(TOTAL, stand)))
    rows.append(TableRow((Cell(messages("source.together")), Cell(""), Cell(""), Cell(""), total), total=True))
    day = messages.day(stand.day)
    columns = tuple(messages(f"calendar.{name}") for name in ("line", "area", "older.made_in", "older.what"))
    table = Table(
        "table-older",
        messages("calendar.older.caption", day=day),
        (*columns, messages("calendar.older.open", day=day)),
        tuple(rows),
        messages("calendar.older.note", day=day),
    )
    yield AreaSection("ouder", messages("calendar.older.title", year=stand.year), (table,))


def _row(setting: Setting, stand: Stand, one: OpenCommitment) -> TableRow:
    figures = setting.figures
    line = figures.account.standing(stand.year).by_code[one.line]
    area = next((area.name for area in figures.dossier.areas if area.code == line.area), "")
    place = Cell(area, area_place(figures.dossier, line.area)) if area else Cell("")
    subject = line_subject(one.line)
    amount = cents_cell(setting, one.cents, setting.places.figure(committed_address(subject, stand)))
    name = Cell(line.name, setting.places.source(subject, stand.year))
    return TableRow((name, place, Cell(str(one.made_in)), Cell(setting.messages(f"promised.{one.kind}")), amount))
