"""The lapse calendar: which money lapses on which day, of which line, and how much of it is promised already."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from gebiedswerk.account import LineAccount, YearAccount
from gebiedswerk.core.tranches import Tranche, in_spending_order, last_day
from gebiedswerk.core.tree import above
from gebiedswerk.figures import TOTAL, Address, Figures
from gebiedswerk.messages import Messages
from gebiedswerk.publication.models import AreaBlock, AreaSection, Cell, DataFile, Link, Table, TableRow
from gebiedswerk.publication.places import area_place
from gebiedswerk.publication.sentences import cents_cell, said
from gebiedswerk.publication.tables import Setting, csv_text

CSV, ICS = "kalender/vervalkalender.csv", "kalender/vervalkalender.ics"
COLUMNS = ("lapses_on", "line", "name", "area", "origin", "left_cents", "committed_cents", "free_cents", "account_year")
LONGEST = 75
"""Octets of a line in an iCalendar file, without its end (RFC 5545, 3.1)."""
EOL = "\r\n"


@dataclass(frozen=True, slots=True)
class Lapse:
    """Money of one year of origin on one line that lapses on a day, and how much of it rests on commitments."""

    day: date
    line: LineAccount
    tranche: Tranche
    committed_cents: int

    @property
    def free_cents(self) -> int:
        """What nobody has been promised yet."""
        return self.tranche.cents - self.committed_cents


def lapses(account: YearAccount) -> list[Lapse]:
    """Everything that was left in a year, by the day on which it lapses, then in the order of the lines.

    Commitments rest on what is left in the order in which it is spent (DESIGN section 4). Money that an extension or
    an open commitment has kept stands on the day on which it lapses now.
    """
    committed = _committed(account)
    found = [lapse for line in account.lines for lapse in _of_line(account, line, committed[line.code])]
    return sorted(found, key=lambda lapse: lapse.day)


def _of_line(account: YearAccount, line: LineAccount, committed: int) -> Iterator[Lapse]:
    if line.term is None:
        return
    committed = max(committed, 0)
    for tranche in in_spending_order(line.term.closing):
        part = min(committed, tranche.cents)
        committed -= part
        yield Lapse(last_day(max(tranche.last_year, account.year)), line, tranche, part)


def _committed(account: YearAccount) -> dict[str, int]:
    """Code → the commitments that rest on a line: its own, and those of lines below it whose term runs on this one."""
    lines, parents = account.by_code, account.parents
    sums = dict.fromkeys(lines, 0)
    for line in account.lines:
        bearer = next((code for code in above(parents, line.code) if lines[code].term), line.code)
        sums[bearer] += line.own.committed
    return sums


def calendar_sections(setting: Setting, account: YearAccount | None) -> Iterator[AreaSection]:
    """A section per day on which money lapses; a sentence where nothing does."""
    messages = setting.messages
    found = lapses(account) if account else []
    if account is None or not found:
        yield AreaSection("niets", messages("calendar.title"), (said(messages, "calendar.nothing"),))
        return
    for day in dict.fromkeys(lapse.day for lapse in found):
        there = [lapse for lapse in found if lapse.day == day]
        yield AreaSection(f"d{day.isoformat()}", messages.day(day), tuple(_of_day(setting, account, day, there)))


def _of_day(setting: Setting, account: YearAccount, day: date, there: Sequence[Lapse]) -> Iterator[AreaBlock]:
    """What lapses on a day, to the cent: a row per line and year of origin, and together."""
    messages = setting.messages
    names = ("line", "area", "origin", "left", "committed", "free")
    rows = [_row(setting, account, lapse) for lapse in there]
    sums = [sum(amounts) for amounts in zip(*(_amounts(lapse) for lapse in there), strict=True)]
    cells = _cells(setting, Address("closing", TOTAL, account.year), sums)
    rows.append(TableRow((Cell(messages("source.together")), Cell(""), Cell(""), *cells), total=True))
    caption = messages("calendar.caption", day=messages.day(day), year=account.year)
    files = (Link(messages("calendar.csv"), CSV), Link(messages("calendar.ics"), ICS))
    columns = tuple(messages(f"calendar.{name}") for name in names)
    yield Table(f"table-{day.isoformat()}", caption, columns, tuple(rows), messages("calendar.note"), files)


def _row(setting: Setting, account: YearAccount, lapse: Lapse) -> TableRow:
    messages, dossier, line = setting.messages, setting.figures.dossier, lapse.line
    area = next((one.name for one in dossier.areas if one.code == line.area), "")
    place = Cell(area, area_place(dossier, line.area)) if area else Cell(messages("calendar.everywhere"))
    cells = _cells(setting, Address("closing", line.code, account.year), _amounts(lapse))
    name = Cell(line.name, setting.places.source(line.code, account.year))
    return TableRow((name, place, Cell(messages("area.tranche", origin=lapse.tranche.origin)), *cells))


def _amounts(lapse: Lapse) -> tuple[int, int, int]:
    return lapse.tranche.cents, lapse.committed_cents, lapse.free_cents


def _cells(setting: Setting, closing: Address, amounts: Sequence[int]) -> Iterator[Cell]:
    """Left, promised and free; each leads to the section of the line, or of the whole, from which it follows."""
    for measure, cents in zip(("closing", "committed", "closing"), amounts, strict=True):
        yield cents_cell(setting, cents, setting.places.figure(closing.of(measure)))


def calendar_files(figures: Figures, messages: Messages, account: YearAccount | None) -> Iterator[DataFile]:
    """The same as CSV, in cents, and as an iCalendar file; both the same bytes for the same dossier."""
    found = lapses(account) if account else []
    year = account.year if account else 0
    rows = [dict(zip(COLUMNS, _record(lapse, year), strict=True)) for lapse in found]
    yield DataFile(CSV, csv_text(COLUMNS, rows))
    yield DataFile(ICS, ics_text(figures, messages, found))


def _record(lapse: Lapse, year: int) -> tuple[object, ...]:
    line, tranche = lapse.line, lapse.tranche
    amounts = (tranche.cents, lapse.committed_cents, lapse.free_cents)
    return (lapse.day.isoformat(), line.code, line.name, line.area, tranche.origin, *amounts, year)


def ics_text(figures: Figures, messages: Messages, found: Sequence[Lapse]) -> str:
    """An iCalendar file (RFC 5545): a day per line and year of origin. Its stamp is the day of the newest export."""
    exports = [d.settings.exported_at for d in figures.dossier.deliveries if d.id in figures.ledger.used]
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Gebiedswerk//Vervalkalender//NL", "CALSCALE:GREGORIAN"]
    name = messages("calendar.title_of", municipality=figures.dossier.settings.municipality.name)
    lines.append(f"X-WR-CALNAME:{_escaped(name)}")
    for lapse in found:
        lines += _event(figures, messages, lapse, max(exports).date() if exports else lapse.day)
    return EOL.join(part for line in [*lines, "END:VCALENDAR"] for part in folded(line)) + EOL


def _event(figures: Figures, messages: Messages, lapse: Lapse, stamp: date) -> Iterator[str]:
    slugs = {line.code: line.slug for line in figures.dossier.budget_lines}
    facts = {
        "name": lapse.line.name,
        "origin": lapse.tranche.origin,
        "left": messages.euros(lapse.tranche.cents),
        "committed": messages.euros(lapse.committed_cents),
        "free": messages.euros(lapse.free_cents),
    }
    yield "BEGIN:VEVENT"
    yield f"UID:{slugs[lapse.line.code]}-{lapse.tranche.origin}-{lapse.day.isoformat()}@gebiedswerk"
    yield f"DTSTAMP:{stamp:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{lapse.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{lapse.day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_escaped(messages('calendar.summary', **facts))}"
    yield f"DESCRIPTION:{_escaped(messages('calendar.description', **facts))}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _escaped(text: str) -> str:
    """Text of iCalendar: a backslash before what has a meaning of its own (RFC 5545, 3.3.11)."""
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\r\n", "\n").replace("\n", "\\n")


def folded(line: str) -> Iterator[str]:
    """A line in pieces of at most 75 octets that cut no sign in two; each but the first opens with a space."""
    piece, size = "", 0
    for sign in line:
        octets = len(sign.encode())
        if size + octets > LONGEST:
            yield piece
            piece, size = " ", 1
        piece += sign
        size += octets
    yield piece
