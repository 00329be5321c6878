"""The lapse calendar: which money lapses on which day, of which line, and how much of it is promised already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gebiedswerk.account import LineAccount, YearAccount, bearer_of, borne_by, tranche_sum
from gebiedswerk.blocks.headings import is_running
from gebiedswerk.blocks.models import AreaBlock, AreaSection, Cell, DataFile, Link, Table, TableRow
from gebiedswerk.blocks.places import area_place
from gebiedswerk.blocks.sentences import cents_cell, said
from gebiedswerk.blocks.stands import (
    OpenCommitment,
    Stand,
    committed_address,
    free_on,
    kind_of,
    left_on,
    promises_of,
    stand_of,
)
from gebiedswerk.blocks.year_tables import Setting, csv_text
from gebiedswerk.core.spending_term import Tranche, in_spending_order, last_day
from gebiedswerk.figures import TOTAL, Address, Figures, Subject, line_subject
from gebiedswerk.language.messages import Messages
from gebiedswerk.pages.ical import Event, ics_text
from gebiedswerk.pages.older_promises import older_sections

CSV, ICS = "kalender/vervalkalender.csv", "kalender/vervalkalender.ics"
COLUMNS = (
    *("lapses_on", "line", "name", "area", "origin", "left_cents", "left_on"),
    *("committed_cents", "committed_on", "free_cents", "account_year"),
)


@dataclass(frozen=True, slots=True)
class Lapse:
    """Money of one year of origin on one line that lapses on a day, and how much of it rests on commitments.

    `committed_cents` is None where no stand of commitments is known: that is not nil.
    """

    day: date
    line: LineAccount
    tranche: Tranche
    committed_cents: int | None


@dataclass(frozen=True, slots=True)
class Left:
    """All that was left in a year by the day on which it lapses, and the days on which that was so.

    `promises`: the commitments taken off. `left_on`: up to which day it was looked at what was spent; `stand`: when the
    commitments stood so; `free_on`: the day of both, where it is one.
    """

    account: YearAccount
    lapses: tuple[Lapse, ...]
    promises: tuple[OpenCommitment, ...]
    left_on: date | None
    stand: Stand | None
    free_on: date | None

    @property
    def kind(self) -> str:
        """What all promises of the stand are called together."""
        return kind_of(self.promises)

    def free(self, lapse: Lapse) -> int | None:
        """What nobody had been promised; None where what was left and what was promised are of other days."""
        if self.free_on is None or lapse.committed_cents is None:
            return None
        return lapse.tranche.cents - lapse.committed_cents


def left_in(figures: Figures, account: YearAccount, lines: Sequence[LineAccount] | None = None) -> Left:
    """What was left in a year, of all lines or of some, with the newest stand of commitments."""
    stand = stand_of(figures, account.year)
    sharing = account.lines if lines is None else [one for line in lines for one in borne_by(account, line.code)]
    promises = tuple(promises_of(figures, sharing, stand)) if stand else None
    days = left_on(figures, account.year), stand, free_on(figures, account.year)
    return Left(account, tuple(lapses(account, promises, lines)), promises or (), *days)


def lapses(
    account: YearAccount, promises: Iterable[OpenCommitment] | None, lines: Sequence[LineAccount] | None = None
) -> list[Lapse]:
    """Everything that was left in a year, of all lines or of some, by the day on which it lapses, then in their order.

    `promises`: the open commitments; None where they are not known. They rest on what is left in the order in which it
    is spent (decision 57), but what was ordered for a later year not on money that lapses before. Money that an
    extension or an open commitment has kept stands on the day on which it lapses now.
    """
    resting = None if promises is None else _resting(account, promises)
    found = [
        lapse for line in (account.lines if lines is None else lines) for lapse in _of_line(account, line, resting)
    ]
    return sorted(found, key=lambda lapse: lapse.day)


def _of_line(account: YearAccount, line: LineAccount, resting: Resting | None) -> Iterator[Lapse]:
    if line.term is None:
        return
    tranches = in_spending_order(line.term.closing)
    until = [max(tranche.last_year, account.year) for tranche in tranches]
    parts = [0] * len(tranches)
    for first_year, cents in sorted(resting.get(line.code, {}).items()) if resting else ():
        rest = cents
        for at, tranche in enumerate(tranches):
            if until[at] >= first_year:
                part = min(max(rest, 0), tranche.cents - parts[at])
                parts[at], rest = parts[at] + part, rest - part
    for tranche, year, part in zip(tranches, until, parts, strict=True):
        yield Lapse(last_day(year), line, tranche, None if resting is None else part)


Resting = Mapping[str, Mapping[int, int]]
"""Code → first year in which it can be paid → the commitments that rest on a line."""


def _resting(account: YearAccount, promises: Iterable[OpenCommitment]) -> Resting:
    """What rests on each line: its own commitments, and those of lines below it whose term runs on this one."""
    sums: dict[str, dict[int, int]] = {}
    for one in promises:
        if one.line in account.by_code:
            first_year, of = max(one.made_in, account.year), sums.setdefault(bearer_of(account, one.line), {})
            of[first_year] = of.get(first_year, 0) + one.cents
    return sums


def calendar_sections(setting: Setting, account: YearAccount | None) -> Iterator[AreaSection]:
    """A section per day on which money lapses, a sentence where nothing does; and what was promised years ago."""
    messages = setting.messages
    left = left_in(setting.figures, account) if account else None
    if left is None or not left.lapses:
        yield AreaSection("niets", messages("calendar.title"), (said(messages, "calendar.nothing"),))
    if left is None:
        return
    for day in dict.fromkeys(lapse.day for lapse in left.lapses):
        there = [lapse for lapse in left.lapses if lapse.day == day]
        yield AreaSection(f"d{day.isoformat()}", messages.day(day), tuple(_of_day(setting, left, day, there)))
    yield from older_sections(setting, left.stand)


def _of_day(setting: Setting, left: Left, day: date, there: Sequence[Lapse]) -> Iterator[AreaBlock]:
    """What lapses on a day, to the cent: a row per line and year of origin, and together."""
    messages, year = setting.messages, left.account.year
    rows = [_row(setting, left, lapse) for lapse in there]
    amounts = zip(*(_amounts(left, lapse) for lapse in there), strict=True)
    sums = [sum(cents for cents in column if cents is not None) for column in amounts]
    cells = _cells(setting, left, TOTAL, sums)
    rows.append(TableRow((Cell(messages("source.together")), Cell(""), Cell(""), *cells), total=True))
    stand = messages.day(left.left_on) if left.left_on and is_running(setting.figures, year) else ""
    caption = messages(
        "calendar.caption.running" if stand else "calendar.caption", day=messages.day(day), year=year, stand=stand
    )
    files = (Link(messages("calendar.csv"), CSV), Link(messages("calendar.ics"), ICS))
    yield Table(
        f"table-{day.isoformat()}", caption, _columns(messages, left), tuple(rows), _notes(setting, left, there), files
    )


def _columns(messages: Messages, left: Left) -> tuple[str, ...]:
    """Where, of which year, and the amounts that are known, each with the day on which it was so."""
    names = [messages(f"calendar.{name}") for name in ("line", "area", "origin")]
    names.append(
        messages("calendar.left_on", day=messages.day(left.left_on)) if left.left_on else messages("calendar.left")
    )
    if left.stand:
        what = messages(f"promised.{left.kind}.heading")
        names.append(messages("calendar.committed_on", what=what, day=messages.day(left.stand.day)))
    if left.free_on:
        names.append(messages("calendar.free_on", day=messages.day(left.free_on)))
    return tuple(names)


def _notes(setting: Setting, left: Left, there: Sequence[Lapse]) -> str:
    """What the amounts mean; and of which lines more was promised than they have left. How much is at the source."""
    said, resting = [_note(setting.messages, left)], _resting(left.account, left.promises)
    what = setting.messages(f"promised.{left.kind}")
    for line in {lapse.line.code: lapse.line for lapse in there}.values():
        promised = resting.get(line.code, {})
        if sum(promised.values()) > (tranche_sum(line.term.closing) if line.term else 0):
            said.append(setting.messages("calendar.more", name=line.name, what=what))
        elif any(cents > 0 and year > left.account.year for year, cents in promised.items()):
            said.append(setting.messages("calendar.ahead", name=line.name, what=what))
    return " ".join(said)


def _note(messages: Messages, left: Left) -> str:
    """What the amounts mean, and why one is not there."""
    if left.stand is None:
        return messages("calendar.no_stand")
    if left.free_on is None:
        return " ".join((messages(f"calendar.note.{left.kind}"), messages("calendar.other_days")))
    return messages(f"calendar.note.{left.kind}")


def _row(setting: Setting, left: Left, lapse: Lapse) -> TableRow:
    messages, dossier, line = setting.messages, setting.figures.dossier, lapse.line
    area = dossier.areas_by_code[line.area].name if line.area in dossier.areas_by_code else ""
    place = Cell(area, area_place(dossier, line.area)) if area else Cell(_places(setting, left, line))
    subject = line_subject(line.code)
    cells = _cells(setting, left, subject, _amounts(left, lapse))
    name = Cell(line.name, setting.places.source(subject, left.account.year))
    return TableRow((name, place, Cell(messages("area.tranche", origin=lapse.tranche.origin)), *cells))


def _places(setting: Setting, left: Left, line: LineAccount) -> str:
    """Where a line without an area is for: the areas of the lines that spend from it, else everywhere."""
    below = {one.area for one in left.account.below(line.code) if bearer_of(left.account, one.code) == line.code}
    names = [area.name for area in setting.figures.dossier.areas if area.code in below]
    return ", ".join(names) or setting.messages("calendar.everywhere")


def _amounts(left: Left, lapse: Lapse) -> tuple[int | None, ...]:
    """Left, promised and free, as far as known."""
    amounts = (lapse.tranche.cents, lapse.committed_cents, left.free(lapse))
    return amounts[: 3 if left.free_on else 2 if left.stand else 1]


def _cells(setting: Setting, left: Left, subject: Subject, amounts: Sequence[int | None]) -> Iterator[Cell]:
    """The amounts, each leading to the section of the line, or of the whole, from which it follows."""
    closing = Address("closing", subject, left.account.year)
    committed = committed_address(subject, left.stand) if left.stand else closing
    for address, cents in zip((closing, committed, closing), amounts, strict=False):
        then = setting.figures.of_year(address.year)
        there = subject == TOTAL or (then is not None and subject.line in then.by_code)
        yield cents_cell(setting, cents or 0, setting.places.figure(address) if there else "")


def calendar_files(figures: Figures, messages: Messages, account: YearAccount | None) -> Iterator[DataFile]:
    """The same as CSV, in cents, and as an iCalendar file; both the same bytes for the same dossier."""
    left = left_in(figures, account) if account else None
    rows = [dict(zip(COLUMNS, _record(left, lapse), strict=True)) for lapse in left.lapses] if left else []
    yield DataFile(CSV, csv_text(COLUMNS, rows))
    yield DataFile(ICS, ics_text(figures, messages, list(events(figures, messages, left)) if left else []))


def _record(left: Left, lapse: Lapse) -> tuple[object, ...]:
    line, stand = lapse.line, left.stand
    amounts = lapse.tranche.cents, _iso(left.left_on), lapse.committed_cents, _iso(stand.day if stand else None)
    place = lapse.day.isoformat(), line.code, line.name, line.area, lapse.tranche.origin
    return (*place, *amounts, left.free(lapse), left.account.year)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def events(figures: Figures, messages: Messages, left: Left) -> Iterator[Event]:
    """A day in a diary per line and year of origin, with what is known in words."""
    slugs = {line.code: line.slug for line in figures.dossier.budget_lines}
    for lapse in left.lapses:
        facts = {"name": lapse.line.name, "origin": lapse.tranche.origin, "left": messages.euros(lapse.tranche.cents)}
        said_of = [messages("calendar.event.left", day=messages.day(left.left_on), **facts)] if left.left_on else []
        if left.stand and lapse.committed_cents is not None:
            euros = messages.euros(lapse.committed_cents)
            what, day = messages(f"promised.{left.kind}.heading"), messages.day(left.stand.day)
            said_of.append(messages("calendar.event.committed", what=what, day=day, committed=euros))
        else:
            said_of.append(messages("calendar.no_stand"))
        free = left.free(lapse)
        if free is not None and left.free_on:
            said_of.append(messages("calendar.event.free", day=messages.day(left.free_on), free=messages.euros(free)))
        name = f"{slugs[lapse.line.code]}-{lapse.tranche.origin}-{lapse.day.isoformat()}"
        yield Event(name, lapse.day, messages("calendar.summary", **facts), " ".join(said_of))
