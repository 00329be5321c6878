"""What tells who someone is, and what only looks like it. No number here is anyone's: they are made for testing."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gebiedswerk.core.personal import MAYBE, folded, found, masked, names


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("bsn 123456782", ["bsn"]),
        ("BSN123456782", ["bsn"]),
        ("1234.56.782 betaald", ["bsn"]),
        ("factuur 123456789", []),
        ("F123456782", []),
        ("00000000", []),
        ("boeking van 20190313", []),
        ("rekening NL91 ABNA 0417 1643 00 voldaan", ["iban"]),
        ("nl91abna0417164300", ["iban"]),
        ("NL92ABNA0417164300", []),
        ("BE68 5390 0754 7034", ["iban"]),
        ("GB82 WEST 1234 5698 7654 32", ["iban"]),
        ("j.visser@wilgendam.example", ["email"]),
        ("wijk@Oost", []),
        ("bel 06-12345678", ["phone"]),
        ("bel 050 - 367 81 11", ["phone"]),
        ("(050) 3678111", ["phone"]),
        ("050 3678111", ["phone"]),
        ("+31 (0)50 3678111", ["phone"]),
        ("€ 1.234.567,89", []),
        ("opdracht 12345", []),
    ],
)
def test_what_is_found(text: str, kinds: list[str]) -> None:
    """Shapes with their check; each also passes the pattern that looks at all cells first."""
    assert [kind for kind, _ in found(text)] == kinds
    assert not kinds or re.search(MAYBE, text)


@given(st.integers(1, 99_999_999))
def test_one_in_eleven_numbers_passes(number: int) -> None:
    """Of eleven numbers that follow each other in their last digit at most one or two look like a service number."""
    near = [f"{number:08d}{last}" for last in range(10)]
    assert sum(bool(list(found(text))) for text in near) <= 2


def test_folding() -> None:
    """Capitals, accents and signs say nothing."""
    assert folded("J. Müller-Bos (Zuid)") == "j muller bos zuid"


def test_names_to_look_for() -> None:
    """In full, and without initials; what is shorter than five letters is a word too often."""
    wanted = names(["J. Müller-Bos", "Bos, A.", "De Wilg B.V.", "12345678"])
    assert wanted == {
        "j muller bos": "J. Müller-Bos",
        "muller bos": "J. Müller-Bos",
        "de wilg b v": "De Wilg B.V.",
        "de wilg": "De Wilg B.V.",
    }


def test_a_fault_does_not_say_it_again() -> None:
    """Two signs are enough to find it."""
    assert masked("123456782") == "12•••"
