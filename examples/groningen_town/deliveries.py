"""The delivered files with their `delivery.toml`: each year as the package of that year exports it."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date

from examples.groningen_town.bookings import Booking, last_month
from examples.groningen_town.decisions import ADOPTED, AMENDMENTS
from examples.groningen_town.facts import EXPORTED_AT, MONEY
from examples.groningen_town.folder import DELIVERY
from examples.groningen_town.formats import Euro, Value, dutch, dutch_csv, xaf, xlsx
from examples.groningen_town.initiatives import bookings
from examples.groningen_town.iv3 import NUMBER
from examples.groningen_town.words import ADMINISTRATIONS, ALDERMAN_CENTRE, ALDERMAN_LINE, CITY_WIDE, LINES

COLUMNS_2019 = (
    "Boekjaar;Periode;Boekstuk;Boekdatum;Grootboek;Kostenplaats;Taakveld;Ec.Categorie;Project;Omschrijving;Debet;Credit"
)
COLUMNS_2017 = "Jaar;Per;Datum;Rekening;KPL;Taakveld;Cat;Boekstuk;Tekst;Bedrag"
COLUMNS_BUDGET = "Jaar;Soort;Besluit;Orgaan;Datum;Volledig;Rekening;KPL;Toelichting;Bedrag"
COLUMNS_COMMITMENTS = "Jaar;Nummer;Soort;Rekening;KPL;Tekst;Openstaand"
POSTING_COLUMNS = ("booked_on", "ledger_account", "cost_centre", "project", "taakveld", "category", "description")
COVERAGE = "079900"
PROMISED_2020 = (  # line, for what, and about how many cents
    ("ALG", "Basismonitor, veldwerk najaar", 21_400_000),
    ("ALG", "Straathoekwerk, kwartaal", 9_800_000),
    ("CENTRUM", "Ontwerp plein A-Kwartier", 4_450_000),
    ("CENTRUM", "Raamcontract groen Binnenstad", 6_100_000),
    ("OUDE-WIJKEN", "Begeleiding bewoners Indische buurt", 3_250_000),
    ("ZUID", "Speeltoestel Rivierenbuurt", 2_980_000),
    ("OOST", "Raamcontract groen Beijum", 7_720_000),
    ("WEST", "Ontwerp dorpshart Hoogkerk", 21_560_000),
    ("HAREN", "Drukwerk buurtkrant Oosterhaar", 410_000),
    ("HAREN", "Speeltoestel Zandwerd", 1_630_000),
    ("TEN-BOER", "Begeleiding bewoners Ten Post", 880_000),
    ("DORPEN-HAREN", "Keuken dorpshuis Zandwerd", 1_240_000),
    ("DORPEN-TEN-BOER", "Podium dorpsplein Thesinge", 920_000),
)


GRANTS = ("Begeleiding", "Straathoekwerk", "Keuken dorpshuis", "Podium")
"""With these words a promise is a grant; anything else was ordered from a supplier."""
STILL_OPEN = (
    "Speeltoestel Ebbingekwartier",
    "Begeleiding bewoners De Hoogte",
    "Speeltoestel De Hunze",
    "Speeltoestel Oosterhaar",
)
"""Promises of 2019 for which nobody had sent an invoice by the end of June 2020."""


def delivered() -> dict[str, bytes]:
    """Every file below `deliveries/`."""
    files = dict(_ledgers())
    for year in MONEY:
        files |= _budget(year)
    return files | _commitments() | _commitments_2020()


def _ledgers() -> Iterator[tuple[str, bytes]]:
    """What was booked: 2017 in Excel, 2018 as an audit file per municipality, 2019 and half of 2020 as CSV."""
    rows = [_row_2017(one) for one in bookings(2017)]
    data = xlsx("Grootboek", COLUMNS_2017.split(";"), rows, "Grootboek 2017, exploitatie")
    control = _control([one.cents for one in bookings(2017)])
    yield from _delivery(
        "grootboek-2017", "grootboek-2017.xlsx", data, 2017, "2018-03-09T10:12:30", "pakket-2017", control
    )
    for administration, company in ADMINISTRATIONS.items():
        mine = [one for one in bookings(2018) if one.administration == administration]
        data = xaf(2018, company, mine, date(2019, 3, 8))
        total = sum(abs(one.cents) for one in mine)
        name = f"auditfile-2018-{administration.lower()}"
        moment = f"2019-03-08T09:{10 + len(mine) % 50}:00"
        control = (2 * len(mine), total, total)
        yield from _delivery(name, f"{name}.xaf", data, 2018, moment, "auditfile", control, administration)
    found = bookings(2019)
    data = dutch_csv(COLUMNS_2019.split(";"), [_row_2019(one) for one in found])
    control = _control([one.cents for one in found])
    why = "Definitieve export van 2019, gemaakt na de afsluiting van het jaar."
    name = "grootboek-2019"
    yield from _delivery(name, f"{name}.csv", data, 2019, EXPORTED_AT, "pakket-2019", control, accepted=why)
    found = bookings(2020)
    data = dutch_csv(COLUMNS_2019.split(";"), [_row_2019(one) for one in found])
    control, name = _control([one.cents for one in found]), "grootboek-2020-juni"
    yield from _delivery(name, f"{name}.csv", data, 2020, "2020-07-14T09:05:32", "pakket-2019", control)


def _row_2017(one: Booking) -> Sequence[Value]:
    codes = (one.account, one.centre, one.taakveld, one.category, one.document)
    return (one.year, one.period, one.day, *codes, one.text, Euro(one.cents))


def _row_2019(one: Booking) -> Sequence[Value]:
    """As wide as the fields of the package: some cells are filled up with spaces."""
    sides = (Euro(one.cents), None) if one.cents >= 0 else (None, Euro(-one.cents))
    codes = (one.account, one.centre, one.taakveld.ljust(5), one.category, one.project.ljust(8))
    return (one.year, f"{one.period:02d}", one.document, one.day, *codes, one.text, *sides)


def _budget(year: int) -> dict[str, bytes]:
    """The budget of a year with its amendments, as the finance department keeps it in Excel."""
    rows = list(_budget_rows(year))
    data = xlsx("Besluiten", COLUMNS_BUDGET.split(";"), rows, f"Begroting en begrotingswijzigingen {year}")
    control = _control([value.cents for row in rows for value in row if isinstance(value, Euro)])
    moment = "2020-07-13T16:20:47" if last_month(year) < 12 else f"{year + 1}-01-14T15:02:11"
    return dict(_delivery(f"begroting-{year}", f"begroting-{year}.xlsx", data, year, moment, "begroting", control))


def _budget_rows(year: int) -> Iterator[Sequence[Value]]:
    number, day = ADOPTED[year]
    for code, money in MONEY[year].items():
        if LINES[code].administration == "GRO":
            said = (year, "Primitief", number, "raad", date.fromisoformat(day), "")
            if money.adopted:
                yield (*said, "043800", _centre(code), LINES[code].name, Euro(money.adopted))
    for one in AMENDMENTS[year]:
        for line, cents in one.moves:
            said = (year, "Wijziging", one.number, "raad", date.fromisoformat(one.decided_on), "ja")
            yield (*said, "043800", _centre(line) if line else COVERAGE, one.words, Euro(cents))


def _centre(code: str) -> str:
    """The cost centre on which the budget of a line stands."""
    return ALDERMAN_CENTRE if code == ALDERMAN_LINE else f"{LINES[code].centre}0"


def _kind(text: str) -> str:
    return "Subsidiebeschikking" if text.startswith(GRANTS) else "Inkooporder"


def _promised_2019() -> list[Sequence[Value]]:
    """What was ordered or promised and not yet paid on the last day of 2019: never more than a line has left."""
    dice = random.Random("verplichtingen")
    words = ("Raamcontract groen", "Ontwerp plein", "Drukwerk buurtkrant", "Begeleiding bewoners", "Speeltoestel")
    rows: list[Sequence[Value]] = []
    for code, money in MONEY[2019].items():
        left = money.allocated - money.spent
        for _ in range(dice.randrange(2, 6) if left > 0 else 0):
            what = dice.choice(CITY_WIDE)[-1] if code == "ALG" else words
            text = f"{dice.choice(what)} {dice.choice(LINES[code].places)}"
            cents = Euro(dice.randrange(left // 40, left // 8))
            rows.append((2019, f"V19{len(rows) + 1:04d}", _kind(text), "043800", _centre(code), text, cents))
    return rows


def _commitments() -> dict[str, bytes]:
    """The stand of the last day of 2019."""
    rows = _promised_2019()
    data = xlsx("Verplichtingen", COLUMNS_COMMITMENTS.split(";"), rows, "Openstaande verplichtingen per 31-12-2019")
    control = _control([value.cents for row in rows for value in row if isinstance(value, Euro)])
    name, moment = "verplichtingen-2019", "2020-01-17T08:40:05"
    return dict(_delivery(name, f"{name}.xlsx", data, 2019, moment, "verplichtingen", control))


def _commitments_2020() -> dict[str, bytes]:
    """The stand of 30 June 2020: more in one area than it has left, and some of 2019 that were never invoiced."""
    dice = random.Random("verplichtingen-2020")
    rows: list[Sequence[Value]] = []
    for code, text, cents in PROMISED_2020:
        rows.append(
            (
                2020,
                f"V20{len(rows) + 1:04d}",
                _kind(text),
                "043800",
                _centre(code),
                text,
                Euro(cents + dice.randrange(9_999)),
            )
        )
    rows += [row for row in _promised_2019() if row[5] in STILL_OPEN]
    data = xlsx("Verplichtingen", COLUMNS_COMMITMENTS.split(";"), rows, "Openstaande verplichtingen per 30-06-2020")
    control = _control([value.cents for row in rows for value in row if isinstance(value, Euro)])
    name, moment = "verplichtingen-2020-juni", "2020-07-02T08:15:44"
    return dict(_delivery(name, f"{name}.xlsx", data, 2020, moment, "verplichtingen", control))


def _control(cents: Sequence[int]) -> tuple[int, int, int]:
    """Lines, debit and credit."""
    return len(cents), sum(one for one in cents if one > 0), -sum(one for one in cents if one < 0)


KINDS = {"begroting": "budget", "verplichtingen": "commitment"}


def _delivery(
    name: str,
    file: str,
    data: bytes,
    year: int,
    exported_at: str,
    profile: str,
    control: tuple[int, int, int],
    administration: str = "GRO",
    accepted: str = "",
) -> Iterator[tuple[str, bytes]]:
    """One folder below `deliveries/`."""
    lines, debit, credit = control
    settings = DELIVERY.format(
        file=file,
        kind=KINDS.get(profile, "realised"),
        administration=administration,
        year=year,
        exported_at=exported_at,
        profile=profile,
        accepted=f'accepted = "{accepted}"\n' if accepted else "",
        public=", ".join(f'"{column}"' for column in POSTING_COLUMNS),
        lines=lines,
        debit=dutch(debit),
        credit=dutch(credit),
    )
    if last_month(year) < 12 and profile != "begroting":
        months = range(last_month(year) + 1) if profile == "pakket-2019" else [last_month(year)]
        settings = settings.replace(f"years = [{year}]", f"years = [{year}]\nperiods = {list(months)}")
    if name == "verplichtingen-2020-juni":
        settings = settings.replace(f"years = [{year}]", f"years = [{year - 1}, {year}]")
    if name == "grootboek-2019":
        settings = settings.replace("\n\n[control]", f'\ncomplete_for = "{NUMBER}"\n\n[control]')
    yield f"deliveries/{name}/{file}", data
    yield f"deliveries/{name}/delivery.toml", settings.encode()
