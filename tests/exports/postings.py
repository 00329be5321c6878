"""The truth of an export: postings, made before anything is written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

CENTRES = ("7100", "7110", "7120", "7130", "7141", "7149")
COSTS = ("4300", "4310", "4420", "4999")
INCOME = ("8200", "8310")
NAMES = {
    "7100": "Stadsbreed",
    "7110": "Binnenstad",
    "7120": "Noorderwijk",
    "7130": "Havenkwartier",
    "7141": "Oosteinde",
    "7149": "Wethouder Oosteinde",
    "4300": "Inhuur derden",
    "4310": "Onderhoud",
    "4420": "Subsidies",
    "4999": "Overige lasten",
    "8200": "Huuropbrengst",
    "8310": "Bijdrage Rijk",
}
TEXTS = (
    "Bloembakken",
    "Zaalhuur buurthuis",
    "Factuur 20250117",
    "Speeltoestel Kerkplein",
    "Café 't Plein, bijdrage",
    "Onderhoud banken",
    "Inzet wijkteam",
    "Huur",
)


@dataclass(frozen=True, slots=True)
class Posting:
    """One line of a ledger. `cents` stands on its `side` (`D` or `C`); below zero it is booked back on that side."""

    year: int
    period: int
    day: date
    ledger: str
    centre: str
    side: str
    cents: int
    text: str

    @property
    def signed(self) -> int:
        """Costs above zero, income below."""
        return self.cents if self.side == "D" else -self.cents

    @property
    def is_income(self) -> bool:
        """Whether it stands on an account of income."""
        return self.ledger.lstrip("0").startswith("8")


def made(random: Random, *, rows: int, years: int = 1, closing: bool = False, turned: bool = False) -> list[Posting]:
    """Some postings in the order of a ledger: costs for the larger part, income, and both of them taken back.

    `closing`: also periods 0 and 13. `turned`: amounts taken back stand below zero on their own side.
    """
    last = random.choice((2024, 2025))
    found = [_one(random, last - random.randrange(years)) for _ in range(rows)]
    if closing:
        found = [replace(one, period=random.choice((0, 13))) if random.random() < 0.1 else one for one in found]
    found = [_back(random, one, turned=turned) for one in found]
    return sorted(found, key=lambda one: (one.centre, one.year, one.period, one.day, one.ledger))


def _one(random: Random, year: int) -> Posting:
    period = random.randint(1, 12)
    day = date(year, period, 1) + timedelta(random.randrange(28))
    income = random.random() < 0.2
    ledger = random.choice(INCOME if income else COSTS)
    cents = random.choice((random.randint(1, 99_999), random.randint(1, 2_500_000), random.randint(1, 30) * 100))
    return Posting(
        year, period, day, ledger, random.choice(CENTRES), "C" if income else "D", cents, random.choice(TEXTS)
    )


def _back(random: Random, one: Posting, *, turned: bool) -> Posting:
    """One in twelve is taken back, for a part."""
    if random.random() >= 1 / 12:
        return one
    cents = max(one.cents // 3, 1)
    if turned and random.random() < 0.5:
        return replace(one, cents=-cents, text="Correctie")
    return replace(one, side="C" if one.side == "D" else "D", cents=cents, text="Creditnota")
