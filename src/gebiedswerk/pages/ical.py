"""A calendar that other programs read (iCalendar, RFC 5545): days with words, the same bytes every time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from gebiedswerk.figures import Figures
from gebiedswerk.language.messages import Messages
from gebiedswerk.texts.markdown import slug

LONGEST = 75
"""Octets of a line in an iCalendar file, without its end (RFC 5545, 3.1)."""
EOL = "\r\n"


@dataclass(frozen=True, slots=True)
class Event:
    """A whole day; `name` is its own within the municipality, and stays."""

    name: str
    day: date
    summary: str
    description: str


def ics_text(figures: Figures, messages: Messages, events: Sequence[Event]) -> str:
    """The lapse calendar as an iCalendar file. Its stamp is the day of the newest export."""
    exports = [d.settings.exported_at for d in figures.dossier.deliveries if d.id in figures.ledger.used]
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Gebiedswerk//Vervalkalender//NL", "CALSCALE:GREGORIAN"]
    municipality = figures.dossier.settings.municipality.name
    lines.append(f"X-WR-CALNAME:{_escaped(messages('calendar.title_of', municipality=municipality))}")
    for event in events:
        lines += _event(event, slug(municipality), max(exports).date() if exports else event.day)
    return EOL.join(part for line in [*lines, "END:VCALENDAR"] for part in folded(line)) + EOL


def _event(event: Event, municipality: str, stamp: date) -> Iterator[str]:
    """The municipality is in the UID: two calendars in one diary do not take each other's days."""
    yield "BEGIN:VEVENT"
    yield f"UID:{event.name}@{municipality}.gebiedswerk"
    yield f"DTSTAMP:{stamp:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_escaped(event.summary)}"
    yield f"DESCRIPTION:{_escaped(event.description)}"
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
