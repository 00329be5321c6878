"""What stands around a claim: units, signs and denials, direction, and the year and place that the sentence names."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.language.messages import Messages
from gebiedswerk.language.numerals import MARK
from gebiedswerk.pages import View, check_text, read_text, unit_cents
from gebiedswerk.texts.beside_claims import sign_before, stuck_to_another, unit_beside
from gebiedswerk.texts.direction import ABOVE_ZERO, OF_SETS, Direction, contradiction
from gebiedswerk.texts.markdown import parts, written
from tests.town import TEXT

TOTAL = "[4.425](figure:result/total)"
OVER = "[2.285](figure:overspent/NRD)"
BUDGET = "[209.000](figure:budget/total)"
SPENT_NRD = "[47.285](figure:realised/NRD)"


@pytest.fixture(scope="module")
def copy() -> View:
    """The publication of the example town, on its own figures."""
    opened = open_dossier(Path(__file__).parents[2] / "examples/klein")
    assert opened.faults == ()
    return opened.views[0]


def codes(view: View, sentence: str) -> list[str]:
    """The faults of a text of one sentence."""
    unit = unit_cents(view.figures.dossier, view.publication)
    text = f"Zo ging het.\n\n{sentence}\n"
    return [
        one.code
        for one in check_text(view.publication, TEXT, read_text(text), view.figures, unit, Messages("nl")).faults
    ]


UNITS_BEHIND = [
    " (miljoen)", " (duizend)", " [miljoen]", "\nmiljoen", " Miljoen euro", "miljoen", " **miljoen**",
    " *duizend* euro",
    "&nbsp;miljoen", "&#8203;miljoen", "&shy;duizend", " MLN", " mld", " miljard euro", " ton", " ton euro", "k", " k",
    " K euro", " %", "%", " procent", " procentpunt", "‰", " promille", " dollar", " $", "$", " £", " USD", " usd",
    " cent", " million", " thousand euros", " billion", " percent", " mille", " (%)", " honderd", " keur",
]  # fmt: skip
UNITS_BEFORE = ["$ ", "$", "£", "USD ", "usd ", "¥", "($", "dollar "]
SIGNS = [
    "-",
    "−",
    "−&nbsp;",
    "min ",
    "minus ",
    "Min ",
    "niet ",
    "geen ",
    "nog geen ",
    "nooit ",
    "negatief: ",
    "not ",
    "no ",
]
SIGNS += ["− € ", "-€", "min (", "niet\u200b "]


@pytest.mark.parametrize("behind", UNITS_BEHIND)
def test_another_unit_behind_a_claim_is_a_fault(copy: View, behind: str) -> None:
    """Whatever the brackets, marks, capitals, line or language between: T106, or a loose number (T102)."""
    found = codes(copy, f"De raad gaf {BUDGET}{behind} aan de gebieden.")
    assert found and set(found) <= {"T106", "T102", "T125"} and "T106" in found, found


@pytest.mark.parametrize("punctuation", [", ", ": ", "; ", ". ", " – ", "... "])
def test_a_magnitude_behind_punctuation_is_loose(copy: View, punctuation: str) -> None:
    assert codes(copy, f"De raad gaf {BUDGET}{punctuation}miljoen.") in (["T102"], ["T106"])


@pytest.mark.parametrize("before", UNITS_BEFORE)
def test_another_unit_before_a_claim_is_a_fault(copy: View, before: str) -> None:
    assert codes(copy, f"De raad gaf {before}{BUDGET} aan de gebieden.") == ["T106"]


@pytest.mark.parametrize("before", SIGNS)
def test_a_sign_or_denial_before_a_claim_is_a_fault(copy: View, before: str) -> None:
    assert codes(copy, f"De raad gaf {before}{BUDGET} euro aan de gebieden.") == ["T112"]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        (f"Het was {BUDGET}[4.425](figure:result/total) euro.", ["T132", "T132"]),
        (f"Het was {BUDGET}.[4.425](figure:result/total) euro.", ["T132", "T132"]),
        (f"Het was {BUDGET}&#8203;[4.425](figure:result/total) euro.", ["T132", "T132"]),
        (f'Het was {BUDGET}[5](free: "reden") euro.', ["T132"]),
        (f"Het was {BUDGET}00 euro.", ["T102"]),
        (f"Het was 1{BUDGET} euro.", ["T102"]),
        (f"Het was {BUDGET} duizend miljoen euro.", ["T102", "T106"]),
        ("Er zijn [vier](figure:count/areas) miljoen gebieden.", ["T106"]),
        ("Er zijn [4](figure:count/areas)% gebieden.", ["T106"]),
        ("Het was [209 duizend euro](figure:budget/total) miljoen.", ["T106"]),
        ("Het was [209 duizend](figure:budget/total) dollar.", ["T106"]),
        ("Het was [209 duizend](figure:budget/total) euro.", []),
        ("Het was [209](figure:budget/total?unit=thousand) (duizend) euro.", []),
        ("Het was [209](figure:budget/total?unit=thousand) Duizend euro.", []),
        (f"Het was {BUDGET} euro, niet minder.", []),
        (f"Het budget – {BUDGET} euro – is van ons allen.", []),
        (f"Het was € {BUDGET}, en van 2024 [5.000](figure:spent/NRD?origin=2024) euro.", []),
        (f"Tonnen zand, en {BUDGET} euro.", []),
    ],
)
def test_what_is_stuck_to_a_claim(copy: View, sentence: str, found: list[str]) -> None:
    assert sorted(codes(copy, sentence)) == found


LESS = [
    "Dat is {} euro minder dan begroot.",
    "Er is {} euro minder uitgegeven.",
    "In totaal bleef {} euro over.",
    "Er was een overschot van {} euro.",
    "We hebben {} euro bespaard.",
    "De uitgaven waren {} euro lager dan begroot.",
    "Er was een voordeel van {} euro.",
    "De onderschrijding was {} euro.",
    "Er is minder uitgegeven: {} euro.",
    "That is {} less than budgeted.",
    "There was a surplus of {}.",
    "We underspent {}.",
    "Dat bleef {} euro onder de raming.",
    "Minder dan begroot: {} euro.",
    "We stayed {} under budget.",
]
MORE = [
    "Dat is {} euro meer dan begroot.",
    "Er is {} euro meer uitgegeven.",
    "Er was een tekort van {} euro.",
    "Het budget is met {} euro overschreden.",
    "De overschrijding was {} euro.",
    "De uitgaven waren {} euro hoger dan begroot.",
    "Er was een nadeel van {} euro.",
    "We gaven {} euro te veel uit.",
    "Er is meer uitgegeven: {} euro.",
    "That is {} more than budgeted.",
    "There was a deficit of {}.",
    "We overspent {}.",
    "Dat ging {} euro boven de raming.",
    "Meer dan begroot: {} euro.",
    "We went {} over budget.",
]
EITHER = [
    "Het resultaat was {} euro.",
    "Dat is {} euro, niet meer en niet minder.",
    "Dat is {} euro min of meer.",
    "Het resultaat is {} euro hoger dan begroot.",
    "De baten waren {} euro lager.",
    "Begroot was {} euro meer dan is uitgegeven.",
    "Wij spraken {} euro af. Dat is meer dan genoeg.",
    "Er bleef meer over dan gedacht: {} euro.",
    "Het saldo is {} euro; volgend jaar wordt het minder.",
    "Dit verschil van {} euro gaat over het hele jaar.",
    "Meer weten: het resultaat is {} euro.",
]


@pytest.mark.parametrize("claim", [TOTAL, OVER, "[−2.285](figure:result/NRD)", "[1.972](figure:result/OST)"])
@pytest.mark.parametrize(("sentence", "says"), [*((s, -1) for s in LESS), *((s, 1) for s in MORE)])
def test_a_direction_against_the_sign_is_a_fault(copy: View, claim: str, sentence: str, says: int) -> None:
    """Every sentence with every kind of figure: right where it says what the figure says, else T129."""
    means = Direction.LESS if claim in (TOTAL, "[1.972](figure:result/OST)") else Direction.MORE
    assert codes(copy, sentence.format(claim)) == ([] if means == says else ["T129"])


@pytest.mark.parametrize("claim", [TOTAL, OVER])
@pytest.mark.parametrize("sentence", EITHER)
def test_what_says_no_direction_is_left_alone(copy: View, claim: str, sentence: str) -> None:
    assert codes(copy, sentence.format(claim)) == []


def test_a_set_has_a_direction(copy: View) -> None:
    names = "[Noorderwijk en Havenkwartier](figure:areas-overspent)"
    assert codes(copy, f"In {names} gaven we meer uit dan begroot.") == []
    assert codes(copy, f"In {names} gaven we minder uit dan begroot.") == ["T129"]
    assert codes(copy, f"In {names} hielden we geld over.") == ["T129"]


def test_every_measure_with_a_direction_turns_with_its_sign() -> None:
    """One table; nothing at zero, and the words are of both languages."""
    for measure, means in {**ABOVE_ZERO, **OF_SETS}.items():
        for cents in (1, -1):
            word = {1: "meer", -1: "minder"}[means * cents]
            other = {1: "less", -1: "more"}[means * cents]
            assert contradiction(measure, cents, "dat is ", f" euro {word} dan begroot.") == ""
            assert contradiction(measure, cents, "that is ", f" {other} than budgeted.") == other
        assert contradiction(measure, 0, "", " meer") == ""
    assert contradiction("budget", 1, "", " euro minder") == ""


def test_a_false_claim_is_said_once(copy: View) -> None:
    assert codes(copy, "Dat is [9](figure:result/total) euro meer.") == ["T101"]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        # another year
        (f"In 2018 gaven we {BUDGET} euro uit.", ["T130"]),
        (f"De begroting van 2024 was {BUDGET} euro.", ["T130"]),
        (f"In de jaarrekening 2024 stond {BUDGET} euro.", ["T130"]),
        (f"We gaven {BUDGET} euro uit in 2024.", ["T130"]),
        (f"Voor 2026 is {BUDGET} euro begroot.", ["T130"]),
        ("In 2025 was het [206.000](figure:budget/total@2024) euro.", ["T130"]),
        (f'In 2018 gaven we {BUDGET[:-1]} "vergeleken met 2018") euro uit.', []),
        (f'In 2018 gaven we {BUDGET[:-1]} "\u200b") euro uit.', ["T130"]),
        ("In 2024 was het [206.000](figure:budget/total@2024) euro.", []),
        (f"In 2025 was het {BUDGET} euro.", []),
        (f"In 2024 was het [206.000](figure:budget/total@2024) euro, in 2025 {BUDGET} euro.", []),
        (f"Tussen 2024 en 2025 ging het naar {BUDGET} euro.", []),
        ("Van 2024 gebruikten we [5.000](figure:spent/NRD?origin=2024) euro.", []),
        ("Voor 2026 blijft [2.000](figure:closing/BIN) euro staan.", []),
        (f"Op 12 mei 2026 stelde de raad {BUDGET} euro vast.", []),
        (f"Na 2018 ging veel anders. We gaven {BUDGET} euro uit.", []),
        # another area or line
        (f"In Oosteinde gaven we {SPENT_NRD} euro uit.", ["T131"]),
        (f"We gaven {SPENT_NRD} euro uit in Oosteinde.", ["T131"]),
        (f"Het budget van de Binnenstad is {BUDGET} euro.", ["T131"]),
        (f"Het Wethoudersbudget Oosteinde is {SPENT_NRD} euro.", ["T131"]),
        (f"In Noorderwijk gaven we {SPENT_NRD} euro uit.", []),
        (f"In Noorderwijk en Oosteinde gaven we {SPENT_NRD} euro uit.", []),
        (f"Alle gebieden samen, ook Oosteinde, kregen {BUDGET} euro.", []),
        ("In Oosteinde kreeg de wethouder er [2.500](figure:amended/OST-W) euro bij.", []),
        ("In Oosteinde bleef [1.972](figure:result/area:OST) euro over.", []),
        (f"Wilgendam gaf {BUDGET} euro.", []),
        (f"In Oosteinde was het druk. We gaven {SPENT_NRD} euro uit.", []),
        (f'Na Oosteinde volgt {SPENT_NRD[:-1]} "de volgorde van de lijst") euro.', []),
    ],
)
def test_another_year_or_place_than_that_of_the_figure(copy: View, sentence: str, found: list[str]) -> None:
    assert codes(copy, sentence) == found


HOSTILE = [
    "meer ",
    "2024 ",
    "in 2024 ",
    "(",
    "niet ",
    "Oosteinde ",
    "a ",
    ",",
    "\u200b",
    f"{MARK} ",
    f"{MARK}.",
    "over. ",
]


@pytest.mark.parametrize("unit", HOSTILE)
def test_what_stands_around_is_read_in_time(unit: str) -> None:
    """A million signs on both sides of a claim: only what is near is read."""
    text = unit * (1_000_000 // len(unit))
    start = time.process_time()
    sign_before(text[-600:])
    unit_beside(text[-600:], text[:600])
    stuck_to_another(text[-600:], text[:600])
    contradiction("result", 1, text[-600:], text[:600])
    assert time.process_time() - start < 1


def test_many_claims_in_one_paragraph_take_time_as_there_are_claims() -> None:
    """Once, twice and four times as many: their surroundings are cut out of one text."""

    def seconds(claims: int) -> float:
        part = parts(f"Het was {TOTAL} euro en\n" * claims)[0]
        start = time.process_time()
        found = list(written(part))
        assert len(found) == claims and found[-1].line == claims
        return time.process_time() - start

    times = [min(seconds(1000 * factor) for _ in range(2)) for factor in (1, 2, 4)]
    assert times[2] < 8 * times[0] + 0.05, times
