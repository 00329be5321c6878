"""Residents' initiatives, all made up. Some postings of the seeded ledger are given to them: no cent is added or moved.

An initiative that was granted takes postings of its line that are grants already (category 4.2): they keep day, amount
and cost centre, and get its project code and name. What was granted is what they come to, rounded up to 50 euros, so
booked never exceeds granted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from examples.groningen_town.bookings import Booking, line_of
from examples.groningen_town.bookings import bookings as drawn
from examples.groningen_town.formats import Euro, Value, table

GRANT = "4.2"
SMALLEST, LARGEST = 20_000, 1_500_000
NOT_THESE = ("Creditnota", "nieuwe factuur", "eindafrekening")
STEP = 5_000
HEADER = "code,slug,area,name,asked_by,asked_on,asked,status,decided_on,decision,granted,project,summary,internal_note"


@dataclass(frozen=True, slots=True)
class Idea:
    """One initiative. `takes`: how many postings of its line it gets in each year; `asked` in euros where none."""

    slug: str
    area: str
    line: str
    name: str
    asked_by: str
    asked_on: str
    summary: str
    takes: tuple[tuple[int, int], ...] = ()
    status: str = "done"
    decided_on: str = ""
    decision: str = ""
    asked: int = 0

    @property
    def year(self) -> int:
        """The year in which it was asked."""
        return int(self.asked_on[:4])


def _granted(
    slug: str,
    area: str,
    line: str,
    name: str,
    asked_by: str,
    days: str,
    takes: tuple[tuple[int, int], ...],
    summary: str,
) -> Idea:
    asked_on, decided_on = days.split(" ")
    status = "granted" if max(year for year, _ in takes) == 2019 and decided_on > "2019-04" else "done"
    decision = "Besluit van de wijkwethouder"
    return Idea(slug, area, line, name, asked_by, asked_on, summary, takes, status, decided_on, decision)


def _other(slug: str, area: str, name: str, asked_by: str, days: str, status: str, asked: int, why: str) -> Idea:
    asked_on, _, decided_on = days.partition(" ")
    return Idea(slug, area, "", name, asked_by, asked_on, why, (), status, decided_on, why if decided_on else "", asked)


IDEAS = (
    _granted("geveltuinen-binnenstad", "BINNENSTAD", "CENTRUM", "Honderd geveltuinen", "residents",
        "2018-01-15 2018-02-05", ((2018, 3),), "Bewoners leggen samen geveltuinen aan langs smalle stoepen."),
    _granted("muziek-op-de-stoep", "CENTRUM", "CENTRUM", "Muziek op de stoep", "association",
        "2019-01-07 2019-01-21", ((2019, 3),), "Op zomeravonden spelen buurtgenoten op pleintjes in de binnenstad."),
    _granted("hofje-hortusbuurt", "HORTUSBUURT-EBBINGEKWARTIER", "CENTRUM", "Een hof voor de Hortusbuurt", "residents",
        "2019-03-04 2019-05-13", ((2019, 2),), "Een stenige binnenplaats wordt een tuin met banken."),
    _other("reuzenrad", "BINNENSTAD", "Een reuzenrad in de winter", "business", "2019-08-19 2019-09-16", "refused",
        18_000, "Het plan is niet voor bewoners uit de buurt bedoeld."),
    _granted("buurtkeuken-oosterpark", "OOSTERPARKWIJK", "OUDE-WIJKEN", "Buurtkeuken Oosterpark", "foundation",
        "2018-01-22 2018-02-12", ((2018, 2), (2019, 2)), "Iedere week koken en eten buren samen in het buurthuis."),
    _granted("speelstoep-de-hoogte", "DE-HOOGTE", "OUDE-WIJKEN", "Speelstoep De Hoogte", "school",
        "2019-01-14 2019-02-04", ((2019, 3),), "Kinderen ontwierpen een stoep waarop je kunt springen en hinkelen."),
    _granted("taalcafe-oude-wijken", "OUDE-WIJKEN", "OUDE-WIJKEN", "Taalcafé", "association",
        "2019-04-01 2019-05-20", ((2019, 2),), "Nieuwe en oude bewoners oefenen samen Nederlands bij de koffie."),
    _other("deelbakfiets", "SCHILDERSBUURT", "Een bakfiets om te delen", "residents", "2019-11-25", "asked", 3_200,
        "Een elektrische bakfiets die de hele straat kan lenen."),
    _granted("theater-de-wijert", "DE-WIJERT", "ZUID", "Wijktheater De Wijert", "association",
        "2018-02-05 2018-03-05", ((2018, 2), (2019, 2)), "Bewoners maken een voorstelling over vijftig jaar wijk."),
    _granted("vlindertuin-corpus", "CORPUS-DEN-HOORN", "ZUID", "Vlindertuin bij de school", "school",
        "2019-01-21 2019-02-11", ((2019, 3),), "Leerlingen en buren maken van een grasveld een tuin voor vlinders."),
    _granted("repaircafe-oosterpoort", "OOSTERPOORT", "ZUID", "Repaircafé Oosterpoort", "foundation",
        "2019-02-18 2019-04-08", ((2019, 2),), "Wie handig is helpt buren met kapotte spullen."),
    _other("zwembad-zuid", "ZUID", "Een buitenbad in de vijver", "residents", "2019-05-13 2019-06-17", "refused",
        45_000, "Zwemmen in de vijver is niet veilig; het team zoekt met de bewoners naar een andere plek."),
    _granted("moestuin-beijum", "BEIJUM", "OOST", "Moestuinen Beijum-Oost", "association",
        "2018-01-29 2018-02-19", ((2018, 3), (2019, 1)), "Op een leeg veld kwamen moestuinen en een schuur."),
    _granted("avondloop-lewenborg", "LEWENBORG", "OOST", "Avondloop Lewenborg", "association",
        "2019-01-28 2019-02-18", ((2019, 2),), "Een loop door de wijk, voor jong en oud, met muziek onderweg."),
    _granted("dorpshuis-engelbert", "ENGELBERT", "OOST", "Nieuwe keuken dorpshuis Engelbert", "village_interests",
        "2019-03-11 2019-05-27", ((2019, 3),), "Het dorpshuis kan weer koken voor feesten en eettafels."),
    _other("dierenweide", "OOST", "Een dierenweide", "residents", "2019-02-04 2019-07-01", "withdrawn", 12_500,
        "De initiatiefnemers vonden geen vrijwilligers voor de dagelijkse zorg."),
    _granted("pluktuin-selwerd", "SELWERD", "WEST", "Pluktuin Selwerd", "residents",
        "2018-02-12 2018-03-12", ((2018, 2), (2019, 2)), "Tussen de flats groeien bessen en bloemen voor iedereen."),
    _granted("wijkkrant-vinkhuizen", "VINKHUIZEN", "WEST", "Wijkkrant door jongeren", "school",
        "2019-01-14 2019-02-04", ((2019, 3),), "Leerlingen maken vier keer per jaar een krant over hun wijk."),
    _granted("ijsbaan-hoogkerk", "HOOGKERK", "WEST", "Natuurijsbaan Hoogkerk", "association",
        "2019-02-11 2019-04-15", ((2019, 3),), "De ijsvereniging knapt de baan en het licht op."),
    _granted("buurtkas-west", "WEST", "WEST", "Een kas voor vier buurten", "foundation",
        "2019-04-08 2019-06-03", ((2019, 2),), "Planten opkweken en samen eten onder glas."),
    _granted("jeugdsoos-glimmen", "GLIMMEN", "HAREN", "Jeugdsoos Glimmen", "village_interests",
        "2019-01-21 2019-02-25", ((2019, 2),), "Een eigen plek voor jongeren in het dorpshuis."),
    _granted("kerkenpad-noordlaren", "NOORDLAREN", "HAREN", "Kerkenpad Noordlaren", "village_interests",
        "2019-03-25 2019-05-06", ((2019, 2),), "Een oud wandelpad tussen het dorp en het meer is hersteld."),
    _other("klok-onnen", "ONNEN", "De dorpsklok weer laten slaan", "village_interests", "2019-10-14 2019-11-18",
        "refused", 9_800, "De klok is van de kerk; het team bracht de vraag bij het kerkbestuur."),
    _granted("erfvogels-garmerwolde", "GARMERWOLDE", "TEN-BOER", "Erfvogels van Garmerwolde", "residents",
        "2019-01-28 2019-03-04", ((2019, 2),), "Nestkasten en hagen op erven en rond de toren."),
    _granted("dorpsplein-ten-post", "TEN-POST", "TEN-BOER-DWB", "Dorpsplein Ten Post", "village_interests",
        "2019-01-14 2019-02-18", ((2019, 3),), "Het plein kreeg een podium, banken en stroom voor feesten."),
    _granted("bakhuis-woltersum", "WOLTERSUM", "TEN-BOER-DWB", "Bakhuis Woltersum", "association",
        "2019-03-18 2019-04-29", ((2019, 2),), "Eens per maand bakt het dorp brood in een oude oven."),
    _other("fietsbrug-ten-boer", "TEN-BOER", "Een fietsbrug over het Damsterdiep", "village_interests", "2019-12-02",
        "asked", 60_000, "Een brug voor wie naar school of naar de stad fietst."),
)  # fmt: skip


@cache
def bookings(year: int) -> tuple[Booking, ...]:
    """All postings of a year, those of initiatives with their project and name."""
    return tuple(_claimed(year)[0])


@cache
def booked(slug: str) -> int:
    """What was booked on an initiative in all years, in cents."""
    return sum(_claimed(year)[1].get(slug, 0) for year in (2018, 2019))


@cache
def _claimed(year: int) -> tuple[list[Booking], dict[str, int]]:
    found, sums = list(drawn(year)), dict[str, int]()
    taken: set[int] = set()
    for number, idea in enumerate(IDEAS, start=1):
        for term, at in enumerate(_picks(found, idea, year, taken), start=1):
            taken.add(at)
            sums[idea.slug] = sums.get(idea.slug, 0) + found[at].cents
            words = f"Bijdrage {idea.name}, {'eerste' if term == 1 else 'volgende'} termijn"
            found[at] = replace(found[at], project=project(number, idea), text=words)
    return found, sums


def _picks(found: Sequence[Booking], idea: Idea, year: int, taken: set[int]) -> list[int]:
    """The first postings after the decision that may pay for it."""
    wanted = dict(idea.takes).get(year, 0)
    fits = [
        at
        for at, one in enumerate(found)
        if at not in taken
        and one.category == GRANT
        and line_of(one.centre, one.administration) == idea.line
        and SMALLEST <= one.cents <= LARGEST
        and one.day > date.fromisoformat(idea.decided_on or "9999-12-31")
        and not any(word in one.text for word in NOT_THESE)
    ]
    return fits[:wanted]


def project(number: int, idea: Idea) -> str:
    """The project code of an initiative."""
    return f"B{idea.year % 100}{number:03d}"


def rows() -> Iterator[Sequence[Value]]:
    """`work/initiatives.csv`."""
    for number, idea in enumerate(IDEAS, start=1):
        granted = -(-booked(idea.slug) // STEP) * STEP if idea.takes else 0
        asked = idea.asked * 100 if not idea.takes else granted + (number % 3) * 25_000
        yield (
            f"I{idea.year % 100}-{number:02d}",
            idea.slug,
            idea.area,
            idea.name,
            idea.asked_by,
            idea.asked_on,
            Euro(asked),
            idea.status,
            idea.decided_on,
            idea.decision,
            Euro(granted) if idea.takes else "",
            project(number, idea) if idea.takes else "",
            idea.summary,
            "Kostenraming ligt bij het gebiedsteam." if number % 5 == 0 else "",
        )


def initiatives() -> str:
    """The whole table."""
    return table(HEADER, list(rows()))
