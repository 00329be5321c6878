"""Names of who was paid: how many are found in a sentence, and how many sentences are stopped for nothing."""

from __future__ import annotations

import random
import re
import time
from functools import partial
from timeit import repeat

import pytest

from gebiedswerk.core.name_parts import folded
from gebiedswerk.core.name_words import COMMON, FREQUENT, WORDS
from gebiedswerk.core.names import Names
from tests.core.dutch_names import AROUND, DOUBLE, FIRST, LAST, PACKAGE, PREFIXED, PROSE, Someone, people
from tests.core.municipal_sentences import of_the_examples, sentences

COUNT = 60
"""People for each pair of orders."""


def found(creditors: list[str], text: str) -> list[str]:
    return [name for name, _ in Names(creditors).found(text)]


@pytest.mark.parametrize(
    ("creditor", "text"),
    [
        ("Vries, A. de", "A. de Vries"),
        ("Jansen, Piet", "Piet Jansen"),
        ("Dhr. P. Jansen", "P. Jansen"),
        ("Berg, J. van den", "J. van den Berg"),
        ("BERG J VD", "J. van den Berg"),
        ("10023 Jansen P.", "P. Jansen"),
        ("Jansen Bouw B.V.", "jansen bouw"),
        ("Mw. dr. F. el-Amrani", "mevrouw El Amrani"),
        ("Stichting Zwaluwhof", "de stichting zwaluwhof"),
        ("A. Müller-Visser", "muller visser"),
        ("Q. Zwaluwstaart", "zwaluwstaart"),
        ("Bos, A.", "A. Bos"),
        ("P. Jansen en A. de Vries", "Anna de Vries"),
        ("Vries de A.", "A. de Vries"),
        ("Hoveniersbedrijf De Wilg B.V.", "Hoveniersbedrijf De Wilg"),
        ("Jansen, Piet", "Jan\u00adsen, P."),
    ],
)
def test_a_name_is_found(creditor: str, text: str) -> None:
    assert found([creditor], f"Gesproken met {text} over het plein.") == [creditor]


@pytest.mark.parametrize(
    ("creditor", "text"),
    [
        ("Vries, A. de", "In Vries en bij de Vries is het druk."),
        ("Jansen, Piet", "Paul Jansen en mijn Piet"),
        ("Jansen, P.", "K. Jansen"),
        ("Groot, A. de", "De groot opgezette tuin is de Groot."),
        ("Berg, J. van den", "Van den Berg en de Van den Bergstraat"),
        ("Stad, P.", "Het plan. Stad en land"),
        ("Hoveniersbedrijf De Wilg B.V.", "De wilg is gekapt"),
        ("De Wilg B.V.", "de wilg"),
        ("Stedelijk Groen", "onderhoud stedelijk groen"),
        ("Post, B.", "Zie post 3 en de brug"),
        ("Relatie 1", "de relatie met bewoners"),
        ("12345678", "12345678"),
        ("", "niets"),
    ],
)
def test_a_word_is_no_name(creditor: str, text: str) -> None:
    assert found([creditor], text) == []


def test_a_name_stands_where_it_begins() -> None:
    """In what was written."""
    assert list(Names(["Jansen, Piet"]).found("Met\n\nPiet\u00ad, Piet Jan\u00adsen")) == [("Jansen, Piet", 17)]


@pytest.mark.parametrize("prose", PROSE)
def test_names_in_package_order_are_found_in_prose_order(prose: str) -> None:
    """Seventeen orders of packages times thirteen of sentences; what a file does not hold cannot be compared."""
    missed = [miss for package in PACKAGE for miss in _missed(package, prose, COUNT)]
    total = COUNT * len(PACKAGE)
    assert len(missed) <= 0.01 * total, (len(missed), total, missed[:10])


def _missed(package: str, prose: str, count: int) -> list[tuple[str, str, str]]:
    """The people of whom a sentence is not recognised."""
    dice, missed = random.Random(f"{package} {prose}"), []
    for someone in people(len(package) * 31 + len(prose), count):
        written, text = PACKAGE[package](someone), dice.choice(AROUND).format(PROSE[prose](someone))
        missed += [] if found([written], text) else [(package, written, text)]
    return missed


NO_SURNAMES = (
    "de het een en van voor met naar bij aan uit over onder tussen door zonder binnen buiten tegen tot".split()
)
ORDINARY = sorted({*COMMON, *(word.lower() for word in LAST)}.difference(NO_SURNAMES))


def creditors(seed: int) -> list[str]:
    """Everyone whose name is an ordinary word, a place or borne by many, and others, in every order of packages."""
    dice = random.Random(seed)
    named = [
        Someone(dice.choice(FIRST), "", dice.choice(("", "", "de", "van den")), word.capitalize()) for word in ORDINARY
    ]
    named += [Someone(dice.choice(FIRST), "", *name.rsplit(" ", 1)) for name in PREFIXED]
    named += [Someone(dice.choice(FIRST), "", "", name) for name in (*LAST, *DOUBLE)]
    return [dice.choice([*PACKAGE.values()])(one) for one in named]


def false_alarms(texts: list[str], seed: int) -> list[tuple[str, str]]:
    """The sentences without anyone in which a name is seen."""
    names = Names(creditors(seed))
    return [(text, hits[0][0]) for text in texts if (hits := list(names.found(text)))]


def test_names_that_are_words_do_not_flood() -> None:
    """Of a thousand sentences full of words that are someone's name, with all of those someones paid."""
    texts = list(sentences(1, 3000))
    alarms = false_alarms(texts, 1)
    assert len(alarms) <= 0.008 * len(texts), (len(alarms), alarms[:20])


def test_the_examples_are_not_flooded() -> None:
    """Markdown and cells of the example towns, in which no resident is named."""
    texts = of_the_examples()
    assert len(texts) > 500
    alarms = false_alarms(texts, 2)
    assert len(alarms) <= 0.005 * len(texts), (len(alarms), len(texts), alarms[:20])


def test_lists_of_words_are_folded() -> None:
    """As texts are before they are compared."""
    assert [word for word in COMMON if folded(word) != word] == []
    assert not FREQUENT - COMMON
    assert len(WORDS) > 900


HOSTILE = {
    "surname": "Jansen ",
    "initials": "P. ",
    "prefixes": "van den ",
    "marks": "J\u00ad",
    "berg": "J. van den Berg ",
    "en": " en ",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_time_grows_with_the_text_and_the_name(name: str) -> None:
    """Four times the sentence, or four times the name in a file, takes about four times as long."""
    names = Names(["Jansen, Piet", "BERG J VD", "P. en P. en P."])
    for run in (lambda text: list(names.found(text)), lambda text: Names([text])):
        texts = [HOSTILE[name] * (2000 * size) for size in (1, 4)]
        times = [min(repeat(partial(run, text), time.process_time, number=1, repeat=3)) for text in texts]
        assert times[1] < 8 * times[0] + 0.05, times


def test_folding() -> None:
    """Capitals, accents and signs say nothing."""
    assert folded("J. Müller-Bos (Zuid)") == "j muller bos zuid"
    assert re.fullmatch("[a-z ]*", folded("Ømer Łódź ŒUVRE"))
