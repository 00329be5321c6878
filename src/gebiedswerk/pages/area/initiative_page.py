"""The page of an initiative, one chain: what was asked, what was granted by which decision, which postings paid it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import polars as pl

from gebiedswerk.blocks.models import AreaBlock, AreaSection, Cell, Sentence, Table, TableRow
from gebiedswerk.blocks.places import DATA
from gebiedswerk.blocks.sentences import cents_cell, said
from gebiedswerk.blocks.year_tables import Setting
from gebiedswerk.core.matching import ANYTHING, NO_CODE, Pattern
from gebiedswerk.dossier.work import Initiative
from gebiedswerk.figures import Address, booked_on, line_subject, partly_hidden
from gebiedswerk.language.messages import Messages
from gebiedswerk.pages.work_files import work_place

COLUMNS = ("row", "delivery", "year", "booked_on", "line", "description", "cents")
FLOW_SECTION: Mapping[str, str] = {"costs": "costs", "income": "income"}


def initiative_sections(setting: Setting, one: Initiative) -> Iterator[AreaSection]:
    """Asked, granted and booked, each with where it stands; what was not granted has only the first."""
    messages = setting.messages
    yield AreaSection("gevraagd", messages("initiative.asked_title"), tuple(_asked(setting, one)))
    if one.decided_on is not None:
        yield AreaSection("toegekend", messages("initiative.decision_title"), tuple(_decided(setting, one)))
    if one.granted is not None:
        yield AreaSection("geboekt", messages("initiative.booked_title"), tuple(_booked(setting, one)))


def _amount(messages: Messages, cents: int) -> str:
    return messages("amount.euro", amount=messages.euros(cents))


def _asked(setting: Setting, one: Initiative) -> Iterator[Sentence]:
    messages = setting.messages
    who = messages(f"asked_by.{one.asked_by.value}")
    if one.summary:
        yield Sentence((Cell(one.summary),))
    yield said(
        messages, "initiative.asked_by", day=messages.day(one.asked_on), who=who, amount=_amount(messages, one.asked)
    )
    yield _source(messages, one, "asked_cents")


def _decided(setting: Setting, one: Initiative) -> Iterator[Sentence]:
    messages = setting.messages
    day = messages.day(one.decided_on or one.asked_on)
    if one.granted is not None:
        yield said(messages, "initiative.granted_on", day=day, amount=_amount(messages, one.granted))
    else:
        yield said(messages, f"initiative.{one.status.value}_on", day=day)
    if one.decision:
        yield said(messages, "initiative.ground", decision=one.decision)
    yield _source(messages, one, "granted_cents" if one.granted is not None else "status")


def _source(messages: Messages, one: Initiative, column: str) -> Sentence:
    """Where a fact stands in the open data, which are the rows of the dossier."""
    place = work_place("initiatives")
    return said(messages, "initiative.source", file=Cell(place, place), row=one.row, column=column)


def _booked(setting: Setting, one: Initiative) -> Iterator[AreaBlock]:
    """The postings, what they come to, what is left of the grant, and the way to recompute it."""
    messages, found = setting.messages, booked_on(setting.figures, one)
    if found.is_empty():
        yield said(messages, "initiative.nothing_booked")
        return
    total = int(found["cents"].sum())
    left = (one.granted or 0) - total
    yield said(messages, "initiative.booked", amount=_amount(messages, total))
    if partly_hidden(setting.figures, one):
        yield said(messages, "initiative.partly_hidden")
    name = "initiative.left" if left >= 0 else "initiative.beyond"
    yield said(messages, name, amount=_amount(messages, abs(left)))
    yield _postings(setting, found, total)
    file = Cell(f"{DATA['postings']}.csv", setting.places.data("postings", "csv"))
    yield said(messages, "initiative.recipe", file=file, pattern=in_words(messages, one.project))


def _postings(setting: Setting, found: pl.DataFrame, total: int) -> Table:
    messages = setting.messages
    rows = [_row(setting, posting) for posting in found.iter_rows(named=True)]
    blanks = (Cell(""),) * (len(COLUMNS) - 2)
    rows.append(TableRow((Cell(messages("source.together")), *blanks, cents_cell(setting, total, "")), total=True))
    columns = tuple(messages(f"column.{name}") for name in COLUMNS)
    return Table("table-booked", messages("initiative.postings"), columns, tuple(rows))


def _row(setting: Setting, posting: dict[str, object]) -> TableRow:
    """One posting, leading to the section of its budget line where it stands among all others."""
    line, year = str(posting["line"]), int(str(posting["year"]))
    account = setting.figures.account.standing(year)
    place = setting.places.figure(Address(FLOW_SECTION[str(posting["flow"])], line_subject(line), year))
    day = posting["booked_on"]
    return TableRow(
        (
            Cell(str(posting["row"])),
            Cell(str(posting["delivery"])),
            Cell(str(year)),
            Cell(setting.messages.day(day) if isinstance(day, date) else ""),
            Cell(account.by_code[line].name),
            Cell(setting.messages.own(str(posting["description"] or ""))),
            cents_cell(setting, int(str(posting["cents"])), place),
        )
    )


def in_words(messages: Messages, pattern: Pattern) -> str:
    """What a project code must be to count."""
    if pattern == ANYTHING:
        return ""
    if pattern.high is None:
        return messages("pattern.starts", code=pattern.low)
    if pattern == NO_CODE:
        return messages("pattern.empty")
    if pattern.low == pattern.high:
        return messages("pattern.is", code=pattern.low)
    return messages("pattern.between", low=pattern.low, high=pattern.high)
