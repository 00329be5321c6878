"""The postings of three years and a half: drawn at random from a fixed seed, in whole numbers, so the same everywhere.

Of every line and year first the postings that show a rule are made (accrual, credit note, income, shared costs), then
ordinary ones, of which the last is chosen so that the line spends what `facts.MONEY` says, to the cent.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from examples.groningen_town.facts import LAST_MONTH, MONEY
from examples.groningen_town.words import (
    ALDERMAN_CENTRE,
    ALDERMAN_LINE,
    CITY_WIDE,
    ELSEWHERE,
    LINES,
    RESIDENTS,
    SHARED_CENTRE,
    SORTS,
)
from gebiedswerk.core.money import split

SEED = 2019
MEAN_CENTS = {2017: 330_000, 2018: 330_000, 2019: 240_000, 2020: 900_000}
"""How large an ordinary posting is on average; it decides how many there are."""
ELSEWHERE_COUNT = {2017: 150, 2018: 220, 2019: 420, 2020: 40}
ACCRUAL = "Herinrichting speelveld Lewenborg"
PERIODS = (1, 2, 3, 3, 4, 5, 5, 6, 6, 7, 8, 9, 9, 10, 10, 11, 11, 12, 12, 12, 13)


@dataclass(frozen=True, slots=True)
class Booking:
    """One posting; costs are positive, income is negative, in cents."""

    year: int
    period: int
    day: date
    account: str
    centre: str
    taakveld: str
    category: str
    text: str
    cents: int
    administration: str = "GRO"
    project: str = ""
    document: str = ""


def bookings(year: int) -> list[Booking]:
    """All postings of a year, of all administrations, in the order in which they were booked."""
    dice = random.Random(f"{SEED}-{year}")
    found = [*_shared(year, dice), *_special(year), *_elsewhere(year, dice)]
    spoken_for = _per_line(found)
    for code, money in MONEY[year].items():
        target = money.spent - spoken_for.get(code, 0)
        found += list(_ordinary(year, code, target, random.Random(f"{SEED}-{year}-{code}")))
    ordered = sorted(found, key=lambda one: (one.administration, one.period, one.day))
    return [replace(one, document=f"{year % 100}{number:05d}") for number, one in enumerate(ordered, start=1)]


def line_of(centre: str, administration: str) -> str | None:
    """The line of a cost centre, as the rules of the dossier have it."""
    if centre == ALDERMAN_CENTRE:
        return ALDERMAN_LINE
    for code, line in LINES.items():
        if code != ALDERMAN_LINE and line.administration == administration and centre.startswith(line.centre):
            return code
    return None


def _per_line(found: Iterable[Booking]) -> dict[str, int]:
    """What these postings come to on each line; those of all areas are divided by the key. Reserves count nowhere."""
    sums: dict[str, int] = {}
    for one in found:
        line = line_of(one.centre, one.administration)
        if one.account.startswith("097"):
            continue
        if one.centre == SHARED_CENTRE:
            weights = residents(one.year)
            for code, cents in zip(weights, split(one.cents, list(weights.values())), strict=True):
                sums[code] = sums.get(code, 0) + cents
        elif line is not None:
            sums[line] = sums.get(line, 0) + one.cents
    return sums


def last_month(year: int) -> int:
    """The last month that was booked of a year."""
    return LAST_MONTH.get(year, 12)


def residents(year: int) -> dict[str, int]:
    """The weights of the key in a year: Haren and Ten Boer take part from the merger on."""
    return {code: weight for code, weight in RESIDENTS.items() if code in MONEY[year]}


def _ordinary(year: int, code: str, target: int, dice: random.Random) -> Iterator[Booking]:
    """Ordinary costs of one line, now and then with a credit note and a new invoice; the last closes the year."""
    if not target:
        return
    sizes = [dice.randrange(1, 40) ** 2 for _ in range(max(target // MEAN_CENTS[year], 12))]
    made, total = [], sum(sizes)
    for size in sizes[:-1]:
        cents = target * size // total
        made.append(_cost(year, code, cents - cents % dice.choice((1, 1, 5, 100, 500)), dice))
    month = last_month(year)
    last = replace(_cost(year, code, 0, dice), period=month, day=date(year, month, 19))
    for one in made:
        yield one
        if dice.randrange(40) == 0:
            later = min(one.period + 1, month)
            again = replace(one, period=later, day=_workday(dice, year, later))
            yield replace(again, text=f"Creditnota {one.text}", cents=-one.cents)
            yield replace(again, text=f"{one.text}, nieuwe factuur")
    yield replace(
        last,
        cents=target - sum(one.cents for one in made),
        text=f"{last.text}, {'eindafrekening' if month == 12 else 'tot en met juni'}",
    )


def _cost(year: int, code: str, cents: int, dice: random.Random) -> Booking:
    """One invoice of a line: what, where, when."""
    line, period = LINES[code], dice.choice(PERIODS if last_month(year) == 12 else PERIODS[:9])
    account, taakveld, category, centre, words = _sort(code, dice)
    project = f"{year % 100}{dice.randrange(1, 60):04d}" if category == "3.8" and dice.randrange(3) == 0 else ""
    return Booking(
        year,
        period,
        _workday(dice, year, period),
        account,
        centre,
        taakveld,
        category,
        f"{dice.choice(words)} {dice.choice(line.places)}".strip(),
        cents,
        line.administration,
        project,
    )


def _sort(code: str, dice: random.Random) -> tuple[str, str, str, str, tuple[str, ...]]:
    """Ledger account, taakveld, category, cost centre and words of a cost of this line."""
    if code == "ALG":
        return dice.choice(CITY_WIDE)
    sort = SORTS[2] if code == ALDERMAN_LINE else dice.choice(SORTS)
    centre = ALDERMAN_CENTRE if code == ALDERMAN_LINE else LINES[code].centre + sort.digit
    return sort.account, sort.taakveld, sort.category, centre, sort.words


def _workday(dice: random.Random, year: int, period: int) -> date:
    """A day in the month of the period; closing entries (13) are made in January and February after it."""
    first = date(year, period, 1) if period <= 12 else date(year + 1, 1, 6)
    day = first + timedelta(days=dice.randrange(28 if period <= 12 else 35))
    return day if day.weekday() < 5 else day - timedelta(days=2) if day.day > 2 else day + timedelta(days=2)


def _shared(year: int, dice: random.Random) -> Iterator[Booking]:
    """Costs for all areas, each month, divided by residents; one of them was credited in part."""
    for period in range(1, last_month(year) + 1):
        words = ("Gebiedskrant, druk en bezorging", "Bewonerspanel, alle gebieden", "Onderhoud website gebieden")
        day = _workday(dice, year, period)
        cents = dice.randrange(180_000, 420_000)
        yield Booking(year, period, day, "043800", SHARED_CENTRE, "6.1", "3.8", words[period % 3], cents)
    text = "Creditnota gebiedskrant, te veel gedrukt"
    if last_month(year) < 9:
        return
    yield Booking(year, 9, date(year, 9, 18), "043800", SHARED_CENTRE, "6.1", "3.8", text, -61_117)


def _special(year: int) -> Iterator[Booking]:
    """The postings that are there to show a rule, by hand."""
    end, after = date(year, 12, 31), date(year + 1, 1, 22)
    yield _income(year, 5, "071200", "4.3.1", "Rijksbijdrage experimenten participatie", -4_100_000)
    if last_month(year) < 12:
        return
    yield _income(year, 10, "071211", "3.8", "Bijdrage ondernemersfonds kerstverlichting", -1_850_000)
    yield _income(year, 11, "071254", "4.3.8", "Bijdrage corporaties wijkvernieuwing Selwerd", -3_225_050)
    if year == 2018:
        text = f"Nog te ontvangen factuur: {ACCRUAL}"
        yield Booking(2018, 13, date(2019, 1, 17), "043800", "071241", "5.7", "3.8", text, 3_000_000)
        yield Booking(2018, 12, end, "097010", "071200", "0.10", "7.1", "Toevoeging reserve wijkvernieuwing", 5_000_000)
    if year == 2019:
        text = f"Vrijval nog te ontvangen 2018: {ACCRUAL}"
        yield Booking(2019, 1, date(2019, 1, 2), "043800", "071241", "5.7", "3.8", text, -3_000_000)
        text = f"{ACCRUAL}, lager dan verwacht"
        yield Booking(2019, 3, date(2019, 3, 14), "043800", "071241", "5.7", "3.8", text, 2_200_000)
        text = "Onttrekking reserve wijkvernieuwing"
        yield Booking(2019, 12, end, "097110", "071254", "0.10", "7.1", text, -10_000_000)
        yield _income(2019, 8, "071263", "4.3.8", "Bijdrage dorpsbelangen", -250_000)
        text = "Correctie kostenplaats, memoriaal jaarafsluiting"
        yield Booking(2019, 13, after, "043800", "071231", "5.7", "3.8", text, 1_248_375)
        yield Booking(2019, 13, after, "043800", "071202", "6.1", "3.8", text, -1_248_375)


def _income(year: int, month: int, centre: str, category: str, text: str, cents: int) -> Booking:
    return Booking(year, month, date(year, month, 12), "083900", centre, "6.1", category, text, cents)


def _elsewhere(year: int, dice: random.Random) -> Iterator[Booking]:
    """Postings that a rule names as out of scope: other programmes, and other work of the former municipalities."""
    for _ in range(ELSEWHERE_COUNT[year]):
        centre, taakveld, words = dice.choice(ELSEWHERE)
        period = dice.randrange(1, last_month(year) + 1)
        cents = dice.randrange(1, 90) ** 2 * 97
        place = dice.choice(LINES[dice.choice(list(RESIDENTS)[:5])].places)
        text, day = f"{dice.choice(words)} {place}", _workday(dice, year, period)
        yield Booking(year, period, day, "043800", centre, taakveld, "3.8", text, cents)
    for administration, centre, text in (
        ("HRN", "5200", "Onderhoud wegen Haren"),
        ("HRN", "1400", "Huisvesting raadhuis Haren"),
        ("TBO", "2100", "Groenbestek Ten Boer"),
    ):
        for period in range(1, 13) if year == 2018 else ():
            day, cents = _workday(dice, year, period), dice.randrange(90_000, 800_000)
            yield Booking(year, period, day, "043800", centre, "2.1", "3.8", text, cents, administration)
