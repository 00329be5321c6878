"""The lines, areas and cost centres of the example, and words for its postings. Names of works are made up."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A budget line: its names, its cost centres (without their last digit), and the places its postings speak of."""

    slug: str
    name: str
    centre: str
    places: tuple[str, ...]
    area: str = ""
    parent: str = ""
    administration: str = "GRO"


LINES = {
    "ALG": Line(
        "algemeen", "Totaalbudget Algemeen", "07120", ("hele stad", "voorjaar", "zomer", "najaar", "eerste helft")
    ),
    "CENTRUM": Line(
        "centrum",
        "Totaalbudget Centrum",
        "07121",
        ("Binnenstad", "Binnenstad-Oost", "A-Kwartier", "Hortusbuurt", "Ebbingekwartier", "Stationsgebied"),
        "CENTRUM",
    ),
    "OUDE-WIJKEN": Line(
        "oude-wijken",
        "Totaalbudget Oude Wijken",
        "07122",
        ("Oosterparkwijk", "De Hoogte", "Indische buurt", "Schildersbuurt", "Oranjebuurt", "Kostverloren"),
        "OUDE-WIJKEN",
    ),
    "ZUID": Line(
        "zuid",
        "Totaalbudget Zuid",
        "07123",
        ("Oosterpoort", "De Wijert", "Corpus den Hoorn", "Helpman", "Grunobuurt", "Rivierenbuurt", "Hoornse Meer"),
        "ZUID",
    ),
    "OOST": Line(
        "oost",
        "Totaalbudget Oost",
        "07124",
        ("Beijum", "Lewenborg", "Ulgersmaborg", "Oosterhoogebrug", "De Hunze", "Engelbert", "Middelbert"),
        "OOST",
    ),
    "WEST": Line(
        "west",
        "Totaalbudget West",
        "07125",
        ("Selwerd", "Paddepoel", "Vinkhuizen", "Hoogkerk", "De Held", "Reitdiep", "Tuinwijk"),
        "WEST",
    ),
    "HAREN": Line(
        "haren", "Totaalbudget Haren", "07126", ("Haren", "Glimmen", "Onnen", "Noordlaren", "Oosterhaar"), "HAREN"
    ),
    "TEN-BOER": Line(
        "ten-boer",
        "Totaalbudget Ten Boer",
        "07127",
        ("Ten Boer", "Ten Post", "Garmerwolde", "Thesinge", "Woltersum", "Sint Annen"),
        "TEN-BOER",
    ),
    "TEN-BOER-DWB": Line(
        "dorpswethoudersbudget-ten-boer",
        "Dorpswethoudersbudget Ten Boer",
        "07127",
        ("Ten Boer", "Ten Post", "Garmerwolde", "Thesinge", "Woltersum"),
        "",
        "TEN-BOER",
    ),
    "DORPEN": Line("dorpenfonds", "Dorpenfonds Haren en Ten Boer", "07130", ("dorpen",)),
    "DORPEN-HAREN": Line(
        "dorpenfonds-haren",
        "Dorpenfonds, deel Haren",
        "07131",
        ("Glimmen", "Onnen", "Noordlaren", "Zandwerd"),
        "HAREN",
        "DORPEN",
    ),
    "DORPEN-TEN-BOER": Line(
        "dorpenfonds-ten-boer",
        "Dorpenfonds, deel Ten Boer",
        "07132",
        ("Ten Post", "Garmerwolde", "Thesinge", "Woltersum", "Sint Annen"),
        "TEN-BOER",
        "DORPEN",
    ),
    "HAREN-2018": Line(
        "voormalige-gemeente-haren",
        "Dorpenbudget voormalige gemeente Haren",
        "631",
        ("Haren", "Glimmen", "Onnen", "Noordlaren"),
        "VM-HAREN",
        administration="HRN",
    ),
    "TEN-BOER-2018": Line(
        "voormalige-gemeente-ten-boer",
        "Dorpenbudget voormalige gemeente Ten Boer",
        "44",
        ("Ten Boer", "Ten Post", "Garmerwolde", "Woltersum"),
        "VM-TEN-BOER",
        administration="TBO",
    ),
}
AREAS = {  # code: slug, name, kind, first day
    "CENTRUM": ("centrum", "Centrum", "stadsdeel", ""),
    "OUDE-WIJKEN": ("oude-wijken", "Oude Wijken", "stadsdeel", ""),
    "ZUID": ("zuid", "Zuid", "stadsdeel", ""),
    "OOST": ("oost", "Oost", "stadsdeel", ""),
    "WEST": ("west", "West", "stadsdeel", ""),
    "HAREN": ("haren", "Haren", "dorpen", "2019-01-01"),
    "TEN-BOER": ("ten-boer", "Ten Boer", "dorpen", "2019-01-01"),
}
ADMINISTRATIONS = {
    "GRO": "Gemeente Groningen",
    "HRN": "Gemeente Haren (tot en met 2018)",
    "TBO": "Gemeente Ten Boer (tot en met 2018)",
}
RESIDENTS = {  # weights of the key; rounded, made up
    "CENTRUM": 21_500,
    "OUDE-WIJKEN": 45_500,
    "ZUID": 56_000,
    "OOST": 46_500,
    "WEST": 42_000,
    "HAREN": 20_000,
    "TEN-BOER": 7_500,
}
SHARED_CENTRE = "071290"
ALDERMAN_CENTRE = "071279"
ALDERMAN_LINE = "TEN-BOER-DWB"


@dataclass(frozen=True, slots=True)
class Sort:
    """A sort of cost: its ledger account, taakveld and category, the last digit of its cost centre, its words."""

    account: str
    taakveld: str
    category: str
    digit: str
    words: tuple[str, ...]


SORTS = (
    Sort(
        "043800",
        "5.7",
        "3.8",
        "1",
        ("Herstel speelplek", "Bankjes en prullenbakken", "Geveltuinen", "Extra groen", "Verlichting voetpad"),
    ),
    Sort(
        "043800",
        "6.1",
        "3.8",
        "2",
        ("Zaalhuur bewonersavond", "Drukwerk buurtkrant", "Buurtschouw", "Café buurtplein", "Materiaal opruimdag"),
    ),
    Sort(
        "042400",
        "6.1",
        "4.2",
        "3",
        ("Subsidie buurtinitiatief", "Bijdrage wijkfeest", "Bijdrage buurthuis; tweede termijn", "Subsidie moestuin"),
    ),
    Sort(
        "043510",
        "0.1",
        "3.5.1",
        "0",
        ("Inhuur projectleider", "Inhuur gebiedsondersteuning", "Procesbegeleiding bewoners", "Uren ontwerper"),
    ),
    Sort(
        "043800",
        "8.3",
        "3.8",
        "4",
        ("Wijkvernieuwing, onderzoek", "Wijkvernieuwing, tekenwerk", "Proefopstelling straat", "Oriëntatie wijkplan"),
    ),
)
CITY_WIDE = (
    ("043800", "0.1", "3.8", "071200", ("Basismonitor, veldwerk", "Wijkkompas, vormgeving", "Enquête bewoners")),
    ("042400", "6.1", "4.2", "071203", ("Buurtbemiddeling, kwartaal", "Straathoekwerk, kwartaal", "Stratenaanpak")),
    ("043510", "0.1", "3.5.1", "071200", ("Inhuur programmabureau", "Ondersteuning wijkwethouders")),
    ("043800", "6.1", "3.8", "071202", ("Buurtconciërges, materiaal", "Stem van de stad, beheer", "Training teams")),
)
ELSEWHERE = (  # cost centres of other programmes, with what they are for
    ("070411", "6.1", ("Wmo-consulenten, scholing", "Sociaal werk, opdracht")),
    ("070720", "2.1", ("Asfaltonderhoud", "Verkeerslichten, stroom", "Fietsenstalling, beheer")),
    ("070930", "5.7", ("Maaiwerk bermen", "Gladheidsbestrijding", "Bomen, inspectie")),
    ("071101", "0.2", ("Balie burgerzaken", "Reisdocumenten")),
    ("071283", "0.1", ("Griffie, raadsvergadering", "Opleiding raadsleden")),
)
OUT_OF_SCOPE = {  # rule: cost centres, and the reason why their postings do not count
    "programma-welzijn": ("0704*", "Programma Welzijn: hoort niet bij gebiedsgericht werken"),
    "programma-verkeer": ("0707*", "Programma Verkeer: hoort niet bij gebiedsgericht werken"),
    "programma-beheer": ("0709*", "Programma Openbare ruimte, dagelijks beheer: hoort niet bij gebiedsgericht werken"),
    "programma-dienstverlening": ("0711*", "Programma Dienstverlening: hoort niet bij gebiedsgericht werken"),
    "deelprogramma-raad": ("071280..071289", "Griffie en raad: ander deelprogramma van College en Raad"),
}
