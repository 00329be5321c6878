"""Numbers in prose: what is allowed, what is loose, and sentences built from both."""

from __future__ import annotations

import random
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gebiedswerk.language.numbers_in_prose import LooseNumber, loose_numbers

ALLOWED = [
    # dates and times
    "29 juni 2020",
    "29 Juni",
    "1 januari",
    "31 december 2019",
    "29\njuni 2020",
    "29\u00a0juni",
    "1 January 2020",
    "3 May 2019",
    "31-12-2019",
    "1-1-2020",
    "2019-12-31",
    "16:45",
    "16:45:58",
    "16:45 uur",
    "29 juni 2020 16:45:58",
    # years
    "2019",
    "1900",
    "2099",
    "(2019)",
    "2019.",
    "2019:",
    "“2019”",
    "'2019'",
    "2017–2019",
    "2018/2019",
    "2018-2019",
    "2017–2019, 2021 en 2022",
    "2019 was",
    "2019, euro",
    # references
    "artikel 192",
    "Artikel 17a",
    "artikel 4:23",
    "artikelen 9 en 10",
    "ARTIKELEN 9, 10 en 11",
    "artikelen 9-12 en 15 t/m 17",
    "articles 9 and 10",
    "art. 2",
    "art.2",
    "art 2",
    "artikel 192, lid 3, onder 2",
    "lid 3",
    "leden 2 en 3",
    "artikel 9 onder 2",
    "zie onder 2,",
    "onder 2 van",
    "Gemeentewet 192",
    "Gemeentewet art. 192",
    "BBV 27",
    "BBV art. 2",
    "BBV artikel 2.",
    "programma 12",
    "programma's 3 en 4",
    "programma’s 3, 4",
    "deelprogramma 12.2",
    "paragraaf 1",
    "paragrafen 1 en 2",
    "hoofdstuk 3",
    "bijlage 2",
    "tabel 4",
    "tabellen 4, 5 en 6",
    "figuur 2",
    "Figure 2",
    "chapter 3",
    # codes
    "A7",
    "WK001418",
    "BU00140000",
    "N360",
    "N360/N361",
    "covid-19",
    "COVID‑19",
    "m2",
    "km²",
    "m³",
    "CO2",
    "R2018-06-27",
    "W2019-05",
    "LIJST-2019",
    "jaarrekening-2025",
    # nothing
    "",
    "geen cijfers, wel – tekens: € % −",
]
LOOSE = {
    # plain numbers, whole and with their sign
    "5": ["5"],
    "500": ["500"],
    "€ 500": ["500"],
    "€500": ["500"],
    "EUR500": ["500"],
    "12,5%": ["12,5"],
    "1.234": ["1.234"],
    "1.234,5": ["1.234,5"],
    "10.000.": ["10.000"],
    "1,234.50": ["1,234.50"],
    "-170": ["-170"],
    "−170": ["−170"],
    "–170": ["–170"],
    "+170": ["+170"],
    "€ -170": ["-170"],
    "was−170": ["−170"],
    "kosten:500": ["500"],
    "ca.500": ["500"],
    "10-12": ["10", "12"],
    "10–12": ["10", "12"],
    "5 - 3": ["5", "3"],
    "1/2": ["1", "2"],
    "10 000": ["10", "000"],
    ",5": ["5"],
    "2e": ["2e"],
    "3de": ["3de"],
    "1ste": ["1ste"],
    "9-jarige": ["9"],
    "50m2": ["50m2"],
    "500 m²": ["500"],
    "1234 AB": ["1234"],
    # other digits
    "½": ["½"],
    "1½": ["1½"],
    "²": ["²"],
    "budget²⁵⁰": ["²⁵⁰"],
    "m²⁵": ["²⁵"],
    "Ⅳ": ["Ⅳ"],
    "①": ["①"],
    "٣٤": ["٣٤"],
    "１２": ["１２"],
    "２０１９": ["２０１９"],
    "一二三": ["一二三"],
    "九": ["九"],
    "𝟓𝟔𝟑": ["𝟓𝟔𝟑"],
    "🔟": ["🔟"],
    # letters stuck to a number, or in the place of digits
    "x1234": ["x1234"],
    "circa500": ["circa500"],
    "uitgaven1234": ["uitgaven1234"],
    "1234euro": ["1234euro"],
    "€5k": ["5k"],
    "12mln": ["12mln"],
    "USD500": ["500"],
    "I00": ["I00"],
    "l.234": ["234"],
    "1.O00": ["1", "O00"],
    "201９": ["201９"],
    "2019²": ["2019²"],
    "A７": ["７"],
    "artikel ９": ["９"],
    # no dates
    "32 juni": ["32"],
    "0 juni": ["0"],
    "29 junior": ["29"],
    "12 may": ["12"],
    "-29 juni": ["-29"],
    "€ 29 mei": ["29"],
    "1-15 juni": ["1", "15"],
    "31-13-2019": ["31", "13", "2019"],
    "31-12-2019-5": ["31", "12", "2019", "5"],
    "24:00": ["24", "00"],
    "1:10": ["1", "10"],
    "16:455": ["16", "455"],
    "-16:45": ["-16", "45"],
    "29 juni 5000": ["5000"],
    # no years
    "'19": ["19"],
    "’19": ["19"],
    "1899": ["1899"],
    "2100": ["2100"],
    "2.019": ["2.019"],
    "02019": ["02019"],
    "-2019": ["-2019"],
    "− 2019": ["2019"],
    "2019,5": ["2019,5"],
    "2000,-": ["2000"],
    "2000,--": ["2000"],
    "2000+": ["2000"],
    "1980s": ["1980s"],
    "2018/19": ["2018", "19"],
    "2018-2019-3": ["2018", "2019", "3"],
    "5/2019": ["5", "2019"],
    "2019\u200b": ["2019"],
    "€ 2000": ["2000"],
    "€2000": ["2000"],
    "€   2000": ["2000"],
    "euro 2000": ["2000"],
    "EUR 2000": ["2000"],
    "2000 euro": ["2000"],
    "2000\neuro": ["2000"],
    "2000   duizend": ["2000"],
    "2000 Miljoen": ["2000"],
    "2000 mln": ["2000"],
    "2000 procent": ["2000"],
    "2000%": ["2000"],
    "2000 %": ["2000"],
    "2000 euro's": ["2000"],
    "2000 €": ["2000"],
    "2000 inwoners": ["2000"],
    "2000 m²": ["2000"],
    "2000 km2": ["2000"],
    "1950-2000 euro": ["1950", "2000"],
    # no references
    "artikel 9 en 10": ["10"],
    "artikelen 9 en 10 miljoen": ["10"],
    "artikelen 9 en 10.000": ["10.000"],
    "artikel 9,5": ["9,5"],
    "artikel 3/4": ["3", "4"],
    "artikel -9": ["-9"],
    "programma 1.234": ["1.234"],
    "programma 5000": ["5000"],
    "programma 12,5": ["12,5"],
    "programma 12 miljoen": ["12"],
    "programma 12%": ["12"],
    "programma 500 euro": ["500"],
    "programma 12k": ["12k"],
    "programma € 12": ["12"],
    "onder 500": ["500"],
    "onder 5 procent": ["5"],
    "onder 2 gemeenten": ["2"],
    "2e lid": ["2e"],
    "deel 3": ["3"],
    "kernprogramma 3": ["3"],
    "artikel3-5,2": ["2"],
}


@pytest.mark.parametrize("text", ALLOWED)
def test_allowed(text: str) -> None:
    assert loose_numbers(text) == []
    assert loose_numbers(f"Zie {text} ") == []


@pytest.mark.parametrize(("text", "numbers"), LOOSE.items())
def test_loose(text: str, numbers: list[str]) -> None:
    assert [found.text for found in loose_numbers(text)] == numbers
    assert [found.text for found in loose_numbers(f"Dat {text} ")] == numbers


def test_a_loose_number_knows_its_place() -> None:
    """The sign is part of it, the € is not."""
    assert loose_numbers("In 2019 was het € −1.234,5, art. 2.") == [LooseNumber(18, 26, "−1.234,5")]


def test_an_odd_digit_moves_nothing() -> None:
    assert loose_numbers("Karel Ⅳ had 3½ m² in 1900") == [LooseNumber(6, 7, "Ⅳ"), LooseNumber(12, 14, "3½")]


PIECES = st.sampled_from([(text, []) for text in ALLOWED] + list(LOOSE.items()))
BETWEEN = st.sampled_from([" dan ", "; ", ".\nDaarna ", " (toen) ", " — ", " en ook "])


@given(pieces=st.lists(st.tuples(BETWEEN, PIECES), max_size=8))
def test_a_sentence_is_the_sum_of_its_pieces(pieces: list[tuple[str, tuple[str, list[str]]]]) -> None:
    """Every digit is classified as built: nothing leaks from one piece into the next, in words or in place."""
    text, expected = "Wij", []
    for between, (piece, numbers) in pieces:
        text, at = text + between, 0
        for number in numbers:
            at = piece.index(number, at)
            expected.append(LooseNumber(len(text) + at, len(text) + at + len(number), number))
            at += len(number)
        text += piece
    assert loose_numbers(text + " aldus.") == expected


@given(text=st.text("0159.,:/-−–' €²½Ⅳ٣aeApr\n%") | st.text())
def test_whatever_the_text(text: str) -> None:
    """Loose numbers stand in order, do not overlap, are what stands there, and hold a digit."""
    found = loose_numbers(text)
    assert all(left.end <= right.start for left, right in pairwise(found))
    assert all(text[number.start : number.end] == number.text for number in found)
    assert all(any(sign.isnumeric() or sign in "🔟💯" for sign in number.text) for number in found)


@given(text=st.text("0159.,:/-−–' €\n%"))
def test_without_words_only_years_dates_and_times_are_allowed(text: str) -> None:
    """What is left when the loose numbers are taken out are marks, and runs of at least four digits in all."""
    for number in reversed(loose_numbers(text)):
        text = f"{text[: number.start]} {text[number.end :]}"
    assert all(sum(map(str.isdigit, run)) in (0, *range(4, 200)) for run in text.split())


def hostile() -> dict[str, str]:
    """A million characters each."""
    pick = random.Random(1)
    units = ["1 ", "1-", "1.", "2019-", "2019 ", "€ ", "artikel ", "artikelen 9, ", "29 ", "a-", "16:45:", "½ ", "m² "]
    texts = {unit: unit * (1_000_000 // len(unit)) for unit in units}
    texts |= {f"{start} and spaces": start + " " * 1_000_000 for start in ("29", "2019", "artikelen 9 tot", "−")}
    return texts | {"any": "".join(pick.choices("0123456789. -−", k=1_000_000))}


@pytest.mark.parametrize("name", hostile())
def test_a_million_characters_take_less_than_a_second(name: str) -> None:
    """Of processor time; half a million numbers may take longer, a square of this length would take hours."""
    text, start = hostile()[name], time.process_time()
    loose_numbers(text)
    assert time.process_time() - start < (1 if name == "any" else 5)
