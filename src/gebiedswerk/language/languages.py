"""The languages that the program knows: each is a folder below `locale/`, with its facts and its messages.

A new language is a new folder. Nothing else lists them: not the settings, not the pages, not `verify`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

LOCALE = Path(__file__).parent / "locale"
FACTS = "language.toml"
DUTCH = "nl"
"""What municipalities write and read: the language where none is said."""


@dataclass(frozen=True, slots=True)
class ClaimWords:
    """Words in and around a claim: `units` as in the address of a figure, fractions as exact numbers."""

    units: Mapping[str, str]
    fractions: Mapping[str, Decimal]
    at_least: Sequence[str]
    at_most: Sequence[str]
    about: Sequence[str]
    joined_by: Sequence[str]


@dataclass(frozen=True, slots=True)
class NumberWords:
    """Words that make a number in prose, as `number_words.py` takes them."""

    small: Sequence[str]
    large: Sequence[str]
    magnitude: Sequence[str]
    after_a_number: Sequence[str]
    vague: Sequence[str]
    few: Sequence[str]
    between: Sequence[str]


@dataclass(frozen=True, slots=True)
class Language:
    """One language: its codes, the marks of its numbers, its months, and the words that are read."""

    code: str
    tag: str
    authority: str
    thousands: str
    decimal: str
    months: Sequence[str]
    months_have_capitals: bool
    short_months: Mapping[str, int]
    counts: Mapping[str, int]
    claims: ClaimWords
    number_words: NumberWords


LANGUAGES = tuple(
    sorted((path.parent.name for path in LOCALE.glob(f"*/{FACTS}")), key=lambda code: (code != DUTCH, code))
)
"""The codes of the languages: Dutch, then the others in order."""


@cache  # cache: by the folders of languages, which are source
def language(code: str) -> Language:
    """A language by its code. Raises KeyError where there is none."""
    import tomllib

    if code not in LANGUAGES:
        raise KeyError(code)
    return _language(code, tomllib.loads((LOCALE / code / FACTS).read_text("utf-8")))


def all_languages() -> tuple[Language, ...]:
    """Every language: what is read in a text is read in any of them."""
    return tuple(map(language, LANGUAGES))


def _language(code: str, facts: dict[str, Any]) -> Language:
    claims, words = facts["claims"], facts["number_words"]
    counts = {word: at for at, word in enumerate(facts["counts"])} | facts["other_counts"]
    return Language(
        code,
        facts["tag"],
        facts["authority"],
        facts["thousands"],
        facts["decimal"],
        tuple(facts["months"]),
        facts["months_have_capitals"],
        MappingProxyType(facts["short_months"]),
        MappingProxyType(counts),
        ClaimWords(
            MappingProxyType(claims["units"]),
            MappingProxyType({word: Decimal(value) for word, value in claims["fractions"].items()}),
            *(tuple(claims[name]) for name in ("at_least", "at_most", "about", "and")),
        ),
        NumberWords(**{name: tuple(text.split()) for name, text in words.items()}),
    )


def words_of(lists: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """The words of all languages together, each once, in their order."""
    return tuple(dict.fromkeys(word for words in lists for word in words))
