"""What tells who someone is, and what only looks like it. No number here is anyone's: they are made for testing."""

from __future__ import annotations

import random
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gebiedswerk.core.bank_numbers import LENGTHS
from gebiedswerk.language.personal_data import MAYBE, found, masked, same
from tests.core.disguises import EMAILS, NUMBERS, written

BSN, PHONE, EMAIL, IBAN = "123456782", "0612345678", "jan.visser@wilgendam.example", "NL91ABNA0417164300"


def kinds(text: str) -> list[str]:
    """The kinds that are found; each also passes the pattern that looks at all cells first."""
    read = [one.kind for one in found(text)]
    assert not read or re.search(MAYBE, text), text
    return read


KNOWN = (
    "rekening|rekeningnummer|rek.|reknr|betaalrekening|spaarrekening|tegenrekening|bankrekening|bankrek.|banknummer|giro|"
    "girorekening|account|ING|ABN|ABN AMRO|Rabo|Rabobank|SNS|ASN|Triodos|Fortis|Postbank"
).split("|")
"""Words before an old account number, as `docs/how-to/decide-what-is-public.md` promises."""
UNKNOWN = ("grootboekrekening", "jaarrekening", "Bunq", "bank", "nummer", "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("bsn 123456782", ["bsn"]),
        ("BSN123456782", ["bsn"]),
        ("1234.56.782 betaald", ["bsn"]),
        ("123 456 782", ["bsn"]),
        ("123-456-782", ["bsn"]),
        ("bsn: 12345-6782", ["bsn"]),
        ("10000008", ["bsn"]),
        ("100.00.008", ["bsn"]),
        ("factuur 123456789", []),
        ("F123456782", []),
        ("00000000", []),
        ("boeking van 20190313", []),
        ("€ 123.456.782", []),
        ("123.456.782 euro", []),
        ("2019-2020", []),
        ("rekening NL91 ABNA 0417 1643 00 voldaan", ["iban"]),
        ("nl91abna0417164300", ["iban"]),
        ("NL91-ABNA-0417-1643-00", ["iban"]),
        ("IBANNL91ABNA0417164300", ["iban"]),
        ("NL92ABNA0417164300", []),
        ("BE68 5390 0754 7034", ["iban"]),
        ("GB82 WEST 1234 5698 7654 32", ["iban"]),
        ("NL91ABNA0417164300 en BE68539007547034", ["iban", "iban"]),
        ("12.34.56.789", ["iban"]),
        ("12.34.56.788", []),
        ("rek.nr. 123456789", ["iban"]),
        ("rekening 4300", []),
        ("giro P 1234567", ["iban"]),
        *((f"{word} 123456789", ["iban"]) for word in KNOWN),
        *((f"{word} 123456789", []) for word in UNKNOWN),
        ("girorekening 12345", ["iban"]),
        ("project P1234567", []),
        ("j.visser@wilgendam.example", ["email"]),
        ("Mail Jan@Wilgendam.example.", ["email"]),
        ("wijk@Oost", []),
        ("jan@x. Daarna", []),
        ("look at groningen.nl", []),
        ("3 stuks @ 4.50", []),
        ("bel 06-12345678", ["phone"]),
        ("bel 050 - 367 81 11", ["phone"]),
        ("(050) 3678111", ["phone"]),
        ("050 3678111", ["phone"]),
        ("050/367.81.11", ["phone"]),
        ("(06) 12 34 56 78", ["phone"]),
        ("+31 (0)50 3678111", ["phone"]),
        ("0031 6 1234 5678", ["phone"]),
        ("+31612345678", ["phone"]),
        ("tel. 31612345678", ["phone"]),
        ("+49 30 123456", ["phone"]),
        ("0032 2 555 12 12", ["phone"]),
        ("06-12345678 / 050-3678111", ["phone", "phone"]),
        ("01-02-2024 03:15", []),
        ("06-05-2024 10:30", []),
        ("+12.345.678", []),
        ("0900-1234", []),
        ("€ 1.234.567,89", []),
        ("opdracht 12345", []),
        ("geboren op 12 maart 1980", ["birth"]),
        ("geb. 12-03-1980", ["birth"]),
        ("geboortedatum: 1980-03-12", ["birth"]),
        ("born 12 March 1980", ["birth"]),
        ("gebouw 12-03-1980", []),
        ("Kerkstraat 12, 9712 AB", ["address"]),
        ("9712AB 12", ["address"]),
        ("postcode 9712 AB", []),
        ("2019 en 12 bomen", []),
    ],
)
def test_what_is_found(text: str, expected: list[str]) -> None:
    """Shapes with their check."""
    assert kinds(text) == expected


@pytest.mark.parametrize("name", NUMBERS)
def test_a_number_is_found_in_every_disguise(name: str) -> None:
    """A service number in three groupings and a telephone number in four, with every blank, dash, dot and slash."""
    missed = [
        (kind, how)
        for kind, digits in (("bsn", BSN), ("phone", PHONE))
        for text, how in written(digits, kind)
        if kinds(f"Zie {NUMBERS[name](text)} hier") != [kind]
    ]
    assert missed == []


@pytest.mark.parametrize("name", EMAILS)
def test_an_email_address_is_found_in_every_disguise(name: str) -> None:
    assert kinds(f"Mail naar {EMAILS[name](EMAIL)} voor meer.")[:1] == ["email"]


@pytest.mark.parametrize("name", NUMBERS)
def test_an_account_number_is_found_in_every_disguise(name: str) -> None:
    """In one piece, in fours, and in small letters."""
    forms = (IBAN, "NL91 ABNA 0417 1643 00", "nl91-abna-0417-1643-00", "NL91.ABNA.0417.1643.00")
    assert [form for form in forms if "iban" not in kinds(f"Zie {NUMBERS[name](form)}, hier")] == []


@pytest.mark.parametrize("country", LENGTHS)
def test_account_numbers_of_all_countries(country: str) -> None:
    """With the length of the country and right check digits, and with wrong ones not."""
    bare = "".join(random.Random(country).choices("0123456789", k=LENGTHS[country] - 4))
    right = 98 - int("".join(str(int(sign, 36)) for sign in f"{bare}{country}00")) % 97
    assert kinds(f"x {country}{right:02d}{bare} y")[:1] == ["iban"]
    assert "iban" not in kinds(f"x {country}{(right + 1) % 97:02d}{bare} y")


def test_a_place_is_that_in_what_was_written() -> None:
    """However much was taken out before it."""
    text = "a\u200bb &amp; **vet** \n\n  jan&#64;x.nl en 1\u00ad23456782"
    assert [(one.kind, text[one.place]) for one in found(text)] == [("email", "j"), ("bsn", "1")]
    assert [text.count("\n", 0, one.place) for one in found(text)] == [2, 2]


@given(st.integers(1, 99_999_999))
def test_one_in_eleven_numbers_passes(number: int) -> None:
    """Of eleven numbers that follow each other in their last digit at most one or two look like a service number."""
    near = [f"{number:08d}{last}" for last in range(10)]
    assert sum(bool(found(text)) for text in near) <= 2


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    """Nothing fails, every place is in the text, and what is found passes the first pattern."""
    assert all(0 <= one.place < len(text) for one in found(text))
    kinds(text)


HOSTILE = {
    "letters": "a" * 100,
    "at": "a@",
    "at and dots": "a@a.",
    "many domains": "a@" + "b." * 40,
    "digits": "1",
    "groups": "1 ",
    "dashes": "06-",
    "noughts": "0 00 ",
    "brackets": "[( ",
    "spaces": " ",
    "escapes": "&amp;",
    "ampersands": "&",
    "percent": "%25",
    "stars": "*",
    "tags": "<a ",
    "comments": "<!--",
    "account": "NL91",
    "accounts": "NL91 ABNA 0417 ",
    "words at": "at at ",
    "domain words": "a at b.",
    "giro": "giro ",
    "born": "geboren ",
    "postcodes": "9712 AB ",
    "hits": "123456782 ",
    "addresses": "a@b.nl ",
    "invisible": "\u200b",
    "wide": "１",
    "marks": "a\u0301",
    "ligature": "\ufdfa",
}


def slow(text: str) -> float:
    """The least of three times."""
    times = []
    for _ in range(3):
        begin = time.process_time()
        found(text)
        times.append(time.process_time() - begin)
    return min(times)


@pytest.mark.parametrize("name", HOSTILE)
def test_time_grows_with_the_text(name: str) -> None:
    """Four times the text takes about four times as long: with an e-mail pattern of before it took sixteen times."""
    signs = 4_000
    one, two, four = (slow(HOSTILE[name] * (signs * times // len(HOSTILE[name]))) for times in (1, 2, 4))
    assert two < 3 * one + 0.02, (one, two, four)
    assert four < 7 * one + 0.03, (one, two, four)


def test_the_same_in_another_form() -> None:
    assert same("050 - 367 81 11") == same("0503678111")
    assert same("Jan@X.nl") == same("jan@x.nl") != same("janx.nl")


def test_a_fault_does_not_say_it_again() -> None:
    """Two signs are enough to find it."""
    assert masked("123456782") == "12•••"
