"""What the council decided, made up but for its outcome: budgets, amendments with their coverage, carry-overs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from examples.groningen_town.facts import (
    LEFT_OF_2017,
    LEFT_OF_2018,
    LEFT_OF_2019,
    LEFT_OF_TEN_BOER,
    MONEY,
)
from examples.groningen_town.formats import Euro, Value, table
from examples.groningen_town.words import LINES

ADOPTED = {  # the decision by which each budget was adopted; that of 2019 came in spring, after the merger
    2017: ("R2016-11-09", "2016-11-09"),
    2018: ("R2017-11-08", "2017-11-08"),
    2019: ("R2019-03-27", "2019-03-27"),
    2020: ("R2019-11-13", "2019-11-13"),
}
CARRIED = {
    2018: ("R2018-06-27", "2018-06-27"),
    2019: ("R2019-06-26", "2019-06-26"),
    2020: ("R2020-07-08", "2020-07-08"),
}
"""With the accounts of the year before."""


@dataclass(frozen=True, slots=True)
class Amendment:
    """One decision that changes a budget in its year: cents per line; without a line it is coverage elsewhere."""

    number: str
    decided_on: str
    words: str
    moves: tuple[tuple[str, int], ...]
    status: str = "adopted"


AMENDMENTS = {
    2017: (
        Amendment(
            "W2017-04",
            "2017-06-28",
            "Buurtinitiatieven",
            (("ALG", -1_200_000), ("OUDE-WIJKEN", 500_000), ("OOST", 700_000)),
        ),
    ),
    2018: (
        Amendment(
            "W2018-03", "2018-06-27", "Wijkvernieuwing Selwerd, voorbereiding", (("WEST", 3_000_000), ("", -3_000_000))
        ),
        Amendment(
            "W2018-07", "2018-11-07", "Wijkdeal De Wijert", (("ALG", -2_500_000), ("ZUID", 1_000_000), ("", 1_500_000))
        ),
    ),
    2019: (
        Amendment("W2019-05", "2019-06-26", "Levendige binnenstad", (("ALG", -2_500_000), ("CENTRUM", 2_500_000))),
        Amendment("W2019-08", "2019-09-25", "Speelvelden Beijum en Lewenborg", (("OOST", 3_500_000), ("", -3_500_000))),
        Amendment(
            "W2019-11",
            "2019-11-06",
            "Dorpsinitiatieven",
            (("ALG", -1_600_000), ("HAREN", 950_000), ("TEN-BOER-DWB", 650_000)),
        ),
    ),
    2020: (
        Amendment("W2020-02", "2020-03-25", "Dorpenfonds", (("ALG", -4_000_000), ("DORPEN", 4_000_000))),
        Amendment("W2020-03", "2020-04-22", "Zandwerd bij Haren", (("HAREN", 2_500_000), ("", -2_500_000))),
        Amendment("W2020-05", "2020-06-24", "Zomer in de binnenstad", (("ALG", -2_500_000), ("CENTRUM", 2_500_000))),
    ),
}
PROPOSED = Amendment("W2019-12", "2019-12-11", "Niet aangenomen voorstel", (("WEST", 4_000_000),), "proposed")
FROM_RESERVE = ("W2019-09", "2019-09-25", "WEST", 8_000_000)
"""What would come out of the reserve for the renewal of Selwerd; in the end it was more."""
HEADER = "id,line,year,kind,flow,amount,number,authority,decided_on,status,complete,origin,source,in_budget,note"


def check() -> None:
    """What the amendments say is what `facts.MONEY` counts with. Raises ValueError."""
    for year, lines in MONEY.items():
        for code, money in lines.items():
            moved = sum(cents for one in AMENDMENTS[year] for line, cents in one.moves if line == code)
            if moved != money.amended:
                raise ValueError(f"{year} {code}: {moved} is not {money.amended}")


def budgets() -> str:
    """`budgets.csv`: what the delivered workbooks do not hold, kept by hand."""
    return table(HEADER, [*_predecessors(), _proposed(), *_from_reserve(), *_carried()])


def _predecessors() -> Iterator[Sequence[Value]]:
    """The budgets of Haren and Ten Boer, each adopted by its own council."""
    number, day = ADOPTED[2018]
    for code, money in MONEY[2018].items():
        administration = LINES[code].administration
        if administration != "GRO":
            said = (f"P2018-{code}", code, 2018, "adopted", "", Euro(money.adopted))
            yield *said, f"{administration}-{number}", "raad", day, "", "", "", "", "", ""


def _proposed() -> Sequence[Value]:
    """A proposal that the council did not adopt: it counts nowhere."""
    ((line, cents),) = PROPOSED.moves
    said = (f"{PROPOSED.number}-{line}", line, 2019, "amendment", "", Euro(cents), PROPOSED.number, "raad")
    return (*said, PROPOSED.decided_on, PROPOSED.status, "", "", "", "", PROPOSED.words)


def _from_reserve() -> Iterator[Sequence[Value]]:
    """The decision to withdraw from a reserve, complete: what comes out goes to the general means."""
    number, day, line, cents = FROM_RESERVE
    rest = (number, "raad", day, "adopted", "ja", "", "", "", "Wijkvernieuwing Selwerd, dekking uit de reserve")
    yield f"{number}-{line}", line, 2019, "amendment", "reserve_out", Euro(-cents), *rest
    yield f"{number}-", "", 2019, "amendment", "", Euro(cents), *rest


def _carried() -> Iterator[Sequence[Value]]:
    """What was left of the year before and may be spent still: outside the budget, for Ten Boer in it."""
    for year, left in ((2018, LEFT_OF_2017), (2019, LEFT_OF_2018), (2020, LEFT_OF_2019)):
        number, day = CARRIED[year]
        words = f"Restant {year - 1} volgens de bestedingstermijn"
        for line, cents in left.items():
            said = (f"O{year}-{line}", line, year, "carry_over", "", Euro(cents), number, "raad", day)
            yield *said, "", "", year - 1, "", "nee", words
    number, day = ADOPTED[2019]
    words = "Van de voormalige gemeente Ten Boer naar het dorpswethoudersbudget"
    said = ("O2019-TEN-BOER", "TEN-BOER-DWB", 2019, "carry_over", "", Euro(LEFT_OF_TEN_BOER), number, "raad", day)
    yield *said, "", "", 2018, "TEN-BOER-2018", "ja", words
