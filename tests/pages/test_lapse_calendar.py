"""The lapse calendar: all that is left stands in it once, promised money first, in a file that calendars read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gebiedswerk.account import Amounts, LineAccount, LineTerm, OpeningStatus, State, YearAccount, tranche_sum
from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.blocks.models import Table
from gebiedswerk.blocks.places import Places
from gebiedswerk.blocks.stands import OpenCommitment
from gebiedswerk.blocks.year_tables import Setting
from gebiedswerk.core.spending_term import Tranche
from gebiedswerk.figures import TOTAL, Address, Figures
from gebiedswerk.language.languages import LANGUAGES
from gebiedswerk.language.messages import Messages
from gebiedswerk.pages.ical import folded, ics_text
from gebiedswerk.pages.lapse_calendar import calendar_files, calendar_sections, events, lapses, left_in
from tests.conftest import ROOT

TERM = LineTerm(OpeningStatus.NONE, (), 0, 0, 0, (), (), 0, 0, ())


def year_of(*closing: Tranche, year: int = 2025) -> YearAccount:
    """One line, with what was left of it."""
    term = replace(TERM, closing=closing)
    line = LineAccount("W", "West", "", None, Amounts(), term)
    return YearAccount(year, State.CLOSED, "newest", (line,))


@pytest.fixture(scope="module", name="figures")
def _figures() -> Figures:
    figures = open_dossier(ROOT / "examples" / "groningen").newest
    assert figures is not None
    return figures


def test_promised_money_rests_on_what_lapses_first() -> None:
    """150 promised: all of the 100 that lapse this year, and 50 of what lapses next year."""
    found = lapses(year_of(Tranche(2025, 2026, 80), Tranche(2024, 2025, 100)), [OpenCommitment("W", 2025, 150)])
    assert [(one.day, one.tranche.origin, one.committed_cents, one.tranche.cents) for one in found] == [
        (date(2025, 12, 31), 2024, 100, 100),
        (date(2026, 12, 31), 2025, 50, 80),
    ]


def test_a_line_below_without_a_term_promises_on_the_line_above() -> None:
    """Where the term runs on the parent, what its children promised rests there too."""
    account = year_of(Tranche(2025, 2026, 80))
    below = LineAccount("W-1", "West, klein", "", "W", Amounts(), None)
    (found,) = lapses(
        replace(account, lines=(*account.lines, below)),
        [OpenCommitment("W", 2025, 10), OpenCommitment("W-1", 2024, 25)],
    )
    assert found.committed_cents == 35


@given(
    committed=st.integers(-50, 500),
    left=st.lists(st.tuples(st.integers(2021, 2025), st.integers(0, 2), st.integers(1, 90)), max_size=5),
)
def test_all_that_is_left_stands_there_once(committed: int, left: list[tuple[int, int, int]]) -> None:
    """Left adds up to the closing; promised is never more than was promised, nor than there is."""
    tranches = [Tranche(origin, origin + years, cents) for origin, years, cents in left]
    found = lapses(year_of(*tranches), [OpenCommitment("W", 2025, committed)])
    assert sum(one.tranche.cents for one in found) == tranche_sum(tranches)
    assert sum(one.committed_cents or 0 for one in found) == min(max(committed, 0), tranche_sum(tranches))
    assert all(0 <= (one.committed_cents or 0) <= one.tranche.cents for one in found)
    assert [one.day for one in found] == sorted(one.day for one in found)


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=400))
def test_folding_keeps_every_sign(text: str) -> None:
    """Pieces of at most 75 octets; joined again, without the space that opens each, they are the line."""
    pieces = list(folded(text))
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == text
    assert all(piece.startswith(" ") for piece in pieces[1:])


def events_of(text: str) -> list[Any]:
    """The events of a calendar, as an independent reader finds them."""
    return list(icalendar.Calendar.from_ical(text).walk("VEVENT"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_calendars_can_read_it(figures: Figures, language: str) -> None:
    """An independent reader finds an event per line and year of origin, on its day, with a name that stays."""
    account = figures.account.standing(figures.years()[-1])
    found = left_in(figures, account).lapses
    text = ics_text(figures, Messages(language), list(events(figures, Messages(language), left_in(figures, account))))
    assert text.endswith("END:VCALENDAR\r\n") and "\n" not in text.replace("\r\n", "")
    read = events_of(text)
    assert len(read) == len(found) > 3
    assert [event["DTSTART"].dt for event in read] == [one.day for one in found]
    assert len({event["UID"] for event in read}) == len(read)
    assert {event["DTSTAMP"].dt.date() for event in read} == {date(2020, 7, 14)}
    assert all(Messages(language).euros(one.tranche.cents) in e["SUMMARY"] for e, one in zip(read, found, strict=True))
    assert not any(event.errors for event in read)


def test_words_with_signs_of_their_own_come_back(figures: Figures) -> None:
    """A name with a comma, a semicolon and a backslash is read back as it was."""
    account = figures.account.standing(figures.years()[-1])
    name = "Speelveld, plein; of\\en een heel lange naam die over de grens van de regel gaat: één, twee, drie"
    left = left_in(figures, account)
    odd = replace(left, lapses=(replace(left.lapses[0], line=replace(left.lapses[0].line, name=name)),))
    (event,) = events_of(ics_text(figures, Messages("nl"), list(events(figures, Messages("nl"), odd))))
    assert name in str(event["SUMMARY"])


def test_both_files_are_the_same_bytes_each_time(figures: Figures) -> None:
    """No clock and no chance."""
    account = figures.account.standing(figures.years()[-1])
    first, again = (list(calendar_files(figures, Messages("nl"), account)) for _ in range(2))
    assert first == again
    assert [Path(file.path).suffix for file in first] == [".csv", ".ics"]


def test_the_page_of_a_year_that_runs(figures: Figures) -> None:
    """The day of the stand in the caption, the areas that share a fund, and what was promised beyond what is left."""
    account = figures.account.standing(2020)
    setting = Setting(figures, Places(figures.dossier), 0, 1, Messages("nl"))
    section, older = calendar_sections(setting, account)
    (table,) = section.blocks
    assert isinstance(table, Table)
    assert table.caption == "Vervalt op 31 december 2021, stand van 30 juni 2020"
    places = {row.cells[0].text: row.cells[1].text for row in table.rows}
    assert places["Dorpenfonds Haren en Ten Boer"] == "Haren, Ten Boer"
    assert places["Totaalbudget Algemeen"] == "hele gemeente"
    more = "Bij Totaalbudget West is meer besteld of toegezegd dan er over was: hier staat wat er over was."
    assert table.note.endswith(more)
    assert table.note.count("meer besteld") == 1
    (promised,) = older.blocks
    assert isinstance(promised, Table)
    assert [[cell.text for cell in row.cells[1:]] for row in promised.rows] == [
        ["Centrum", "2019", "besteld", "10.068,30"],
        ["Oude Wijken", "2019", "toegezegd", "5.592,81"],
        ["Oost", "2019", "besteld", "8.619,76"],
        ["Haren", "2019", "besteld", "7.896,73"],
        ["", "", "", "32.177,60"],
    ]
    assert figures.figure(Address("committed", TOTAL, 2020)).cents == 82_399_579 + 3_217_760
    assert {one.kind for one in left_in(figures, account).promises} == {"order", "grant"}
