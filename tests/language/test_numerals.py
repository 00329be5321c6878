"""Numbers in words and other disguises: everything a speller can write is found, ordinary language is left alone."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gebiedswerk.language.numerals import MARK, Numeral, Weight, numerals
from tests.core.speller import dutch, english

NUMBERS = st.one_of(st.integers(0, 99), st.integers(0, 9999), st.integers(0, 999_999), st.integers(0, 999_999_999_999))
VARIANTS: dict[str, Callable[[int], str]] = {
    "Dutch": dutch,
    "Dutch with en": lambda n: dutch(n, "en"),
    "Dutch glued": lambda n: dutch(n, glued=True),
    "Dutch glued with en": lambda n: dutch(n, "en", glued=True),
    "Dutch with hyphens": lambda n: dutch(n, space="-"),
    "Dutch on two lines": lambda n: dutch(n, space="\n"),
    "Dutch with no-break spaces": lambda n: dutch(n, space="\u00a0"),
    "Dutch without accents": lambda n: dutch(n).replace("ë", "e"),
    "Dutch with loose accents": lambda n: dutch(n).replace("ë", "e\u0308"),
    "Dutch in capitals": lambda n: dutch(n).upper(),
    "Dutch with an accent on een": lambda n: re.sub(r"\been\b", "één", dutch(n)),
    "Dutch with soft hyphens": lambda n: dutch(n).replace("honderd", "hon\u00adderd").replace("en", "e\u200bn"),
    "Dutch in wide letters": lambda n: "".join(chr(ord(s) + 0xFEE0) if "a" <= s <= "z" else s for s in dutch(n)),
    "Dutch with Cyrillic o and e": lambda n: dutch(n).replace("o", "о").replace("e", "е"),
    "English": english,
    "English without and": lambda n: english(n, joint=""),
    "English without hyphens": lambda n: english(n, hyphen=" "),
    "English capitals": lambda n: english(n).title().replace(" And ", " and "),
}


def whole(text: str, words: str) -> list[Numeral]:
    """The numerals of a text; those that fall outside the words that were planted are a fault of the test."""
    start = text.index(words)
    found = numerals(text)
    assert all(start <= one.start and one.end <= start + len(words) for one in found), (text, found)
    return found


@pytest.mark.parametrize("variant", VARIANTS)
@given(number=NUMBERS)
def test_an_amount_in_words_is_found_whole(variant: str, number: int) -> None:
    """Every number with a unit of money behind it, or a percentage, whatever way it is spelled in."""
    words = VARIANTS[variant](number)
    for unit, weight in ((" euro", Weight.MONEY), (" procent", Weight.AMOUNT)):
        found = whole(f"Dat was {words}{unit} voor dit gebied.", words)
        assert [(one.text, one.weight) for one in found] == [(words, weight)]
        assert not found[0].guessed


@pytest.mark.parametrize("variant", VARIANTS)
@given(number=NUMBERS.filter(lambda n: n > 12))
def test_a_number_above_twelve_is_found_without_a_unit(variant: str, number: int) -> None:
    """From a thousand on it is an amount; below that it counts things, and is only guessed to matter."""
    words = VARIANTS[variant](number)
    found = whole(f"Dat waren {words} bomen.", words)
    assert [one.text for one in found] == [words]
    assert found[0].weight is (Weight.AMOUNT if number >= 1000 else Weight.COUNT)
    assert found[0].guessed == (number < 1000)


AMOUNTS = {
    "anderhalf miljoen": Weight.AMOUNT,
    "anderhalve ton": Weight.AMOUNT,
    "een half miljoen": Weight.AMOUNT,
    "half miljoen": Weight.AMOUNT,
    "een kwart miljard": Weight.AMOUNT,
    "drieënhalf miljoen": Weight.AMOUNT,
    "drieëneenhalf miljoen": Weight.AMOUNT,
    "drie en een half miljoen": Weight.AMOUNT,
    "twaalfhonderd": Weight.COUNT,
    "vijf ton": Weight.AMOUNT,
    "vijf mille": Weight.AMOUNT,
    "twee mln": Weight.AMOUNT,
    "twee miljoenen": Weight.AMOUNT,
    "tweeduizendvijfhonderd": Weight.AMOUNT,
    "twee honderd duizend": Weight.AMOUNT,
    "two hundred thousand": Weight.AMOUNT,
    "half a million": Weight.AMOUNT,
    "two and a half million": Weight.AMOUNT,
    "a thousand": Weight.AMOUNT,
    "a dozen": Weight.COUNT,
    "twee dozijn": Weight.COUNT,
    "de helft": Weight.COUNT,
    "een derde": Weight.COUNT,
    "driekwart": Weight.COUNT,
    "twee keer zoveel": Weight.COUNT,
    "drie op de vier": Weight.COUNT,
    "verdubbeld": Weight.COUNT,
    "duizend": Weight.AMOUNT,
}


@pytest.mark.parametrize("words", AMOUNTS)
def test_ways_to_say_much(words: str) -> None:
    found = numerals(f"Er ging {words} van het geld naar bomen.")
    assert [(one.text, one.weight) for one in found] == [(words, AMOUNTS[words])]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Dat was MCM euro.", "MCM"),
        ("Het kostte XII miljoen.", "XII"),
        ("Het kostte xii miljoen.", "xii"),
        ("Het was lOO euro.", "lOO"),
        ("Het was l.OOO euro.", "l.OOO"),
        ("Het was één euro.", "één"),
        ("Het was tweehonderdduizendeuro.", "tweehonderdduizendeuro"),
        ("Het was € twintig.", "twintig"),
        ("Het was vijf (euro).", "vijf"),
        ("Er kwamen 2050 struiken.", "2050"),
        ("We plantten in het park 2050 bomen.", "2050"),
        ("Er waren 1950 klompen.", "1950"),
        ("Wij plantten 2050 rozen.", "2050"),
        ("We gaven geld voor 2050 struiken.", "2050"),
    ],
)
def test_disguises(text: str, words: str) -> None:
    assert [one.text for one in numerals(text)] == [words]


@pytest.mark.parametrize(
    "text",
    [
        "Willem II opende deel IV van het Wilhelminapark, samen met Karel V en paus Johannes XXIII.",
        "Een of twee keer per jaar komen drie of vier buren bij elkaar, soms met zijn tienen.",
        "Wij achten dit nodig en zeven het zand; ten eerste, ten tweede, acht slaan op de buurt.",
        "Een derde partij deed mee in de tweede helft van het jaar, in het eerste kwartaal.",
        "Elf wijken en twaalf dorpen; om half acht is de inloop, om kwart over negen de koffie.",
        "Honderden bewoners en duizenden bezoekers; tientallen bomen; miljoenen mensen.",
        "De bedragen staan in duizend euro, per duizend inwoners, afgerond op duizenden euro's.",
        "In 2019 werden de plannen gemaakt, en van 2018 kwamen middelen mee; voor 2020 hebben we plannen.",
        "De begroting 2019 laat zien wat de Jaarrekening 2018 al toonde; in 2021 gingen wij verder.",
        "One of the six villages has its own hall; ten or so, the other seven have none.",
        f"Het was {MARK} duizend euro, {MARK} miljoen en {MARK}\nduizend.",
        "Dit is eenzelfde eenheid, een eenmalige eenvoudige tweeling, vierkant, zestal en driehoek.",
        "De twintigste eeuw, het honderdste huis en de tiende straat.",
    ],
)
def test_ordinary_language_is_left_alone(text: str) -> None:
    assert numerals(text) == []


def test_a_second_magnitude_behind_a_figure_is_no_unit() -> None:
    assert [one.text for one in numerals(f"Het was {MARK} duizend miljoen euro.")] == ["miljoen"]
    assert [one.text for one in numerals(f"Het was {MARK} honderd duizend euro.")] == ["honderd duizend"]


@given(text=st.text("een twdrihovlm-\u00ad\u200bëé 19X.,€MCI\n%" + MARK) | st.text())
def test_whatever_the_text(text: str) -> None:
    """In order, without overlap, and what stands there."""
    found = numerals(text)
    assert all(left.end <= right.start for left, right in pairwise(found))
    assert all(text[one.start : one.end] == one.text and one.text for one in found)


HOSTILE = [
    "een", "een ", "eenen", "achtendertig", "achttien", "en een ", "miljoen ", "half ", "a dozen ", "a ", "one-",
    "é", "e\u0301", "\u00ad", "2050 ", "2050 struiken ", "MCM ", "IlO", "lOO.", "de helft ", "drie op de ", "x1234",
    "in de maand januari 2019 ", "(", "€ ", "honderd- ", "nul\u00a0",
]  # fmt: skip


def seconds(text: str) -> float:
    start = time.process_time()
    numerals(text)
    return time.process_time() - start


@pytest.mark.parametrize("unit", HOSTILE)
def test_time_grows_with_the_text(unit: str) -> None:
    """Once, twice and four times as much text: never more than twice as long per sign, and noise apart."""
    small = 20_000 // len(unit)
    times = [min(seconds(unit * (small * factor)) for _ in range(2)) for factor in (1, 2, 4)]
    assert times[2] < 8 * times[0] + 0.05, times


def test_a_long_text_of_words_is_read_in_time() -> None:
    pick = random.Random(1)
    words = [dutch(pick.randrange(10**9)) for _ in range(2_000)]
    assert len(numerals("; ".join(words))) == 2_000
    assert seconds("; ".join(words)) < 5
