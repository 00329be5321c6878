"""The table of reserve movements (BBV art. 27): balance, additions, withdrawals and the result after them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gebiedswerk.blocks.bbv_tables import RESERVE_ROWS, judgement
from gebiedswerk.blocks.headings import is_running
from gebiedswerk.blocks.models import Cell, Link, Table, TableRow
from gebiedswerk.blocks.year_tables import UNIT_NAMES, Setting, cell_or_blank, explained, nested
from gebiedswerk.dossier.settings import DeliveryKind
from gebiedswerk.figures import TOTAL, Address, Subject, line_subject

RESERVES_TABLE = "bbv-reserves"
SIGNS: Mapping[str, int] = {"balance": 1, "in": 1, "out": -1, "after": -1}
"""With these signs a column adds up to zero; of the differences each counts towards the last."""


def reserves_table(setting: Setting, caption: str) -> Table:
    """Four rows per line of which money went or would go into or out of a reserve, and of the whole."""
    messages, account = setting.messages, setting.account
    subjects = [line_subject(line.code) for line in account.lines if account.total(line.code).moves_reserves]
    rows = [row for subject in (*subjects, TOTAL) for row in _rows(setting, subject)]
    unit = messages(f"unit.{UNIT_NAMES[setting.unit_cents]}")
    table = Table(
        id=f"table-{RESERVES_TABLE}",
        caption=caption,
        columns=(messages("table.line", unit=unit), *_heads(setting)),
        rows=tuple(rows),
        note=_note(setting, (*subjects, TOTAL)),
        downloads=(Link("XLSX", setting.places.workbook(setting.year)),),
    )
    return explained(table, messages)


def _heads(setting: Setting) -> tuple[str, ...]:
    """What stands above the amounts; a year that runs has no accounts yet, and nothing is judged."""
    messages, budgets = setting.messages, ("bbv.adopted", "bbv.budget")
    words = [messages(head, year=setting.year) for head in (*budgets, "bbv.realisation", "bbv.result", "bbv.judged")]
    if not is_running(setting.figures, setting.year):
        return tuple(words)
    day = setting.figures.known_until(DeliveryKind.REALISED, setting.year)
    now = messages("bbv.realisation.running", day=messages.day(day)) if day else messages("bbv.realisation.unknown")
    return (*words[:2], now, words[3])


def _rows(setting: Setting, subject: Subject) -> Iterator[TableRow]:
    messages, account = setting.messages, setting.account
    whole = subject == TOTAL
    name = messages("table.total") if whole else account.by_code[subject.code].name
    depth, within = (0, "") if whole else nested(account, subject.code)
    for row, measures in RESERVE_ROWS.items():
        cells = [cell_or_blank(setting, Address(measure, subject, setting.year)) for measure in measures]
        words = messages("bbv.row", name=name, row=messages(f"bbv.row.{row}"))
        judged = () if is_running(setting.figures, setting.year) else (judgement(cells[-1], messages),)
        yield TableRow((Cell(words), *cells, *judged), depth, total=whole, within=within)


def _note(setting: Setting, subjects: Sequence[Subject]) -> str:
    """What the amounts mean; and where they are not known, or do not add up as printed."""
    running = ".running" if is_running(setting.figures, setting.year) else ""
    said = [setting.messages(f"table.{RESERVES_TABLE}.budget{running}")]
    if not setting.account.knows_reserves:
        said.append(setting.messages(f"table.{RESERVES_TABLE}.unknown"))
    elif _is_known(setting) and any(not adds_up(setting, subject) for subject in subjects):
        said.append(setting.messages("table.rounding_across"))
    return " ".join(said)


def _is_known(setting: Setting) -> bool:
    """Whether nothing of the table is unknown: where nothing was booked yet, there is nothing to add up."""
    measures = (measure for row in RESERVE_ROWS.values() for measure in row)
    return all(setting.figures.is_known(Address(measure, TOTAL, setting.year)) for measure in measures)


def adds_up(setting: Setting, subject: Subject) -> bool:
    """Whether what is printed of a subject adds up: down each column, and across each row."""

    def units(measure: str) -> int:
        return setting.figures.units(Address(measure, subject, setting.year), setting.unit_cents)

    printed = {row: [units(measure) for measure in measures] for row, measures in RESERVE_ROWS.items()}
    stages = [sum(SIGNS[row] * amounts[stage] for row, amounts in printed.items()) for stage in range(3)]
    left = [printed[row][3] for row in RESERVE_ROWS]
    across = [(1 if row != "out" else -1) * (amounts[1] - amounts[2]) - amounts[3] for row, amounts in printed.items()]
    return not any((*stages, sum(left[:3]) - left[3], *across))
