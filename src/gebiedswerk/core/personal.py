"""Find what may tell who someone is in a text that anyone will read: numbers of persons and banks, addresses, names.

Each kind is known by its shape and, where there is one, its check: better a question too many than a name on the web.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

SHORTEST_NAME = 5
"""Letters: a shorter name is a word too often."""
MAYBE = r"@|[A-Za-z]{2}[0-9]{2}[ .]?[A-Za-z0-9]{4}|[0-9](?:[ .()-]{0,3}[0-9]){7}"
"""What every text has in which `found` finds anything, in a form that every engine of patterns reads."""

_BSN = re.compile(
    r"(?:(?<![0-9A-Za-z])|(?<=bsn))([0-9]{8,9}|[0-9]{4}[ .][0-9]{2}[ .][0-9]{3})(?![0-9A-Za-z])", re.IGNORECASE
)
_IBAN = re.compile(r"(?<![A-Z0-9])[A-Z]{2}[0-9]{2}(?:[ .]?[A-Z0-9]){11,30}", re.IGNORECASE)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(
    r"(?<![0-9A-Za-z])\(?(?:\+31[ ()-]{0,3}0?|0031[ ()-]{0,3}|0)[ ()-]{0,3}[1-9](?:[ ()-]{0,3}[0-9]){8}(?![0-9])"
)
_LENGTHS = (18, 16, 22, *range(15, 35))
"""Of an account number: those of the Netherlands, Belgium and Germany first, then all there are."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Something in a public text that may be about a person: its kind, the words, where, and how often it stands there.

    `row` counts the header as row 1; in Markdown and TOML it is the line.
    """

    kind: str
    text: str
    file: str
    row: int | None
    column: str | None
    times: int = 1


def found(text: str) -> Iterator[tuple[str, str]]:
    """Every kind that stands in a text, with the words: iban, email, bsn, phone."""
    for kind, pattern, holds in _SHAPES:
        for match in pattern.finditer(text):
            words = holds(match[match.lastindex or 0])
            if words:
                yield kind, words
                text = f"{text[: match.start()]}{' ' * len(match[0])}{text[match.end() :]}"  # is no other kind besides


def masked(text: str) -> str:
    """The first two signs and dots: enough to find it, too little to tell."""
    return f"{text[:2]}•••"


def folded(text: str) -> str:
    """Words without capitals, accents and signs, one space between: 'J. Müller-Bos' → 'j muller bos'."""
    bare = unicodedata.normalize("NFKD", text)
    letters = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[^\W_]+", letters.lower()))


def names(written: Iterable[str]) -> dict[str, str]:
    """What to look for in folded texts → the name as it was written: in full, and without its initials."""
    wanted: dict[str, str] = {}
    for name in sorted(written):
        whole = folded(name)
        words = whole.split()
        bare = " ".join(word for word in words if len(word) > 1)
        for form in (whole, bare):
            if sum(letter.isalpha() for letter in form) >= SHORTEST_NAME:
                wanted.setdefault(form, name)
    return wanted


def _bsn(text: str) -> str:
    """The text, where it passes the test of eleven and is no day (20190315)."""
    digits = re.sub("[^0-9]", "", text)
    weighed = sum(int(digit) * weight for digit, weight in zip(digits.zfill(9), range(9, 1, -1), strict=False))
    right = (weighed - int(digits[-1])) % 11 == 0 and int(digits) > 0
    return text if right and not (len(digits) == 8 and _is_day(digits)) else ""


def _is_day(digits: str) -> bool:
    forms = (digits, digits[4:] + digits[2:4] + digits[:2])
    return any(re.fullmatch(r"(19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])", form) for form in forms)


def _iban(text: str) -> str:
    """The account number at the start of the text, where its check digits are right (ISO 13616)."""
    bare = re.sub("[ .]", "", text).upper()
    return next((bare[:length] for length in _LENGTHS if _is_iban(bare, length)), "")


def _is_iban(bare: str, length: int) -> bool:
    if len(bare) < length:
        return False
    turned = bare[4:length] + bare[:4]
    return int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1


def _as_it_is(text: str) -> str:
    return text


_SHAPES: tuple[tuple[str, re.Pattern[str], Callable[[str], str]], ...] = (
    ("iban", _IBAN, _iban),
    ("email", _EMAIL, _as_it_is),
    ("bsn", _BSN, _bsn),
    ("phone", _PHONE, _as_it_is),
)
