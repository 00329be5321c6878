"""The tables below `work/`: teams by role, projects, visits with their promises, decisions, newsletters, indicators.

All of it is made up. People stand here by role; the alderman of an area is known by a portfolio.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from examples.groningen_town import initiatives
from examples.groningen_town.formats import Value, table
from examples.groningen_town.life import DECISIONS, INDICATORS, LETTERS, PORTFOLIOS, PROJECTS, PROMISES, THEMES, VISITS
from examples.groningen_town.places import VILLAGES, WITHIN, code_of
from examples.groningen_town.words import AREAS

TURN = "2019-02-06"
"""A new college: every area gets another alderman."""
ROLES = (
    ("gebiedsmanager", "", "via het wijkkantoor"),
    ("gebiedssecretaris", "", "via het wijkkantoor"),
    ("adviseur fysieke leefomgeving", "", "op afspraak"),
    ("adviseur sociale opgaven", "", "op afspraak"),
    ("contactpersoon van het WIJ-team", "", "in het buurthuis"),
)


def tables() -> dict[str, str]:
    """File → text."""
    return {
        "work/team.csv": table(
            "id,area,role,name,contact,valid_from,valid_to,internal_note", list(_with_ids("T", _team()))
        ),
        "work/aldermen.csv": table("id,area,title,name,valid_from,valid_to", list(_with_ids("W", _aldermen()))),
        "work/themes.csv": table("code,name,side", THEMES),
        "work/projects.csv": table(
            "code,name,areas,themes,status,started_on,finished_on,summary,internal_note", list(_projects())
        ),
        "work/initiatives.csv": initiatives.initiatives(),
        "work/visits.csv": table("code,area,visited_on,who,subject", [visit[:5] for visit in _visits()]),
        "work/promises.csv": table(
            "code,visit,promise,owner,due_on,status,closed_on,outcome,internal_note", list(_promises())
        ),
        "work/decisions.csv": table("code,area,decided_on,decided_by,title,number", list(_decisions())),
        "work/newsletters.csv": table("id,area,sent_on,title", list(_with_ids("N", _letters()))),
        "work/indicators.csv": table("id,area,indicator,value,unit,period,source", list(_with_ids("I", _indicators()))),
    }


def _with_ids(letter: str, rows: Iterator[Sequence[Value]]) -> Iterator[Sequence[Value]]:
    """Rows with a permanent id in front."""
    yield from ((f"{letter}{number:03d}", *row) for number, row in enumerate(rows, start=1))


def _team() -> Iterator[Sequence[Value]]:
    for area, (_, name, _, first) in AREAS.items():
        for role, who, contact in ROLES:
            yield area, role, who, contact, first, "", f"Overleg {name}: eerste maandag" if role == ROLES[0][0] else ""
        if area in ("HAREN", "TEN-BOER"):
            yield area, "dorpencoördinator", "", "op het spreekuur in de dorpshuizen", first, "", ""


def _aldermen() -> Iterator[Sequence[Value]]:
    for area, (former, present) in PORTFOLIOS.items():
        title = "dorpswethouder" if area in ("HAREN", "TEN-BOER") else "wijkwethouder"
        if former:
            yield area, title, f"de wethouder van {former}", "2014-05-28", TURN
        yield area, title, f"de wethouder van {present}", TURN, ""


def _projects() -> Iterator[Sequence[Value]]:
    for number, (name, areas, themes, status, start, end, summary) in enumerate(PROJECTS, start=1):
        note = "Raming nog niet gedeeld met bewoners." if status == "planned" else ""
        yield f"P{number:02d}", name, areas, themes, status, start, end, summary, note


def _visits() -> Iterator[tuple[str, str, str, str, str, tuple[int, ...]]]:
    """Those written out, and a round of the villages and districts in the autumn of 2019."""
    number = 0
    for area, day, who, subject, promises in VISITS:
        number += 1
        yield f"B{number:02d}", area, day, who, subject, promises
    dice = random.Random("bezoeken")
    first = date(2019, 9, 3)
    for names in WITHIN.values():
        for name in names:
            number += 1
            day = (first + timedelta(days=7 * dice.randrange(9))).isoformat()
            what = "Dorpsronde" if name in VILLAGES else "Wijkronde"
            subject = f"{what} met bewoners: wat gaat goed, wat kan beter"
            picked = tuple(dice.sample(range(len(PROMISES)), 1 + dice.randrange(2)))
            yield f"B{number:02d}", code_of(name), day, "gebiedsteam", subject, picked


def _promises() -> Iterator[Sequence[Value]]:
    dice = random.Random("afspraken")
    number = 0
    for visit, _, day, _, _, picked in _visits():
        for which in picked:
            number += 1
            promise, owner, outcome = PROMISES[which]
            visited = date.fromisoformat(day)
            due = visited + timedelta(days=7 * dice.choice((4, 8, 13, 26)))
            closed = visited + timedelta(days=7 * dice.choice((2, 5, 9, 16)))
            status = "dropped" if number % 9 == 0 else dice.choice(("kept", "kept", "kept", "open"))
            done = closed.isoformat() if status != "open" else ""
            told = {"kept": outcome, "dropped": "Bewoners kozen bij nader inzien iets anders.", "open": ""}[status]
            yield f"A{number:02d}", visit, promise, owner, due.isoformat(), status, done, told, ""


def _decisions() -> Iterator[Sequence[Value]]:
    for number, (area, day, who, title, decision) in enumerate(DECISIONS, start=1):
        yield f"D{number:02d}", area, day, who, title, decision


def _letters() -> Iterator[Sequence[Value]]:
    """Two or three letters a year; for Haren and Ten Boer from the merger on."""
    for area, (_, name, _, first) in AREAS.items():
        for year in (2018, 2019):
            for month, title in LETTERS[:: 1 if year == 2019 else 2]:
                if year >= int(first[:4] or 0):
                    yield area, date(year, month, 12).isoformat(), title.format(name=name)


def _indicators() -> Iterator[Sequence[Value]]:
    """Whole and half points around a middle, per area and year; the direction is for the reader to judge."""
    for area, (_, _, _, first) in AREAS.items():
        dice = random.Random(f"kompas-{area}")
        for indicator, unit, middle, reach, source in INDICATORS:
            for year in (2018, 2019):
                value = middle + dice.randrange(-reach, reach + 1)
                if year >= int(first[:4] or 0):
                    yield area, indicator, f"{value // 10}.{value % 10}", unit, str(year), source
