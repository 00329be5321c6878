"""How a page may print a figure: its words held against the amount, in the unit that stands with it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gebiedswerk.account import PER_ORIGIN
from gebiedswerk.figures import COUNT, SETS, UNITS, Address, Figures
from gebiedswerk.language.messages import Messages
from gebiedswerk.texts.beside_claims import sign_before, unit_beside
from gebiedswerk.texts.claims import judge, printed

WITH_CENTS = re.compile(r"[−-]?[0-9.,]*[.,][0-9]{2}")


@dataclass(frozen=True, slots=True)
class Words:
    """What is written for a figure, with what stands before and behind it in the same run of words."""

    text: str
    before: str = ""
    after: str = ""


def unit_said(words: Words, page_cents: int, messages: Messages) -> tuple[str, int]:
    """The bare words of a figure, and the unit in which they mean it."""
    sign = messages("amount.euro", amount="").strip()
    bare = " ".join(words.text.split())
    if bare.startswith(sign):
        return bare.removeprefix(sign).strip(), UNITS["euro"]
    said = unit_beside(words.before, words.after)
    if said:
        return bare, said
    return bare, UNITS["euro"] if WITH_CENTS.fullmatch(bare) and page_cents != UNITS["million"] else page_cents


def wrong(words: Words, address: Address, figures: Figures, page_cents: int, messages: Messages) -> str | None:
    """What should stand there, where the words are not the figure; None where they are. Raises NoFigure.

    A year of origin of a measure has no page of its own: its part leads to the whole, in the same unit.
    """
    if sign_before(words.before):
        return printed(address, figures, page_cents, 0, messages.language)
    bare, unit = unit_said(words, page_cents, messages)
    verdict = judge(bare, address, figures, unit, messages)
    if verdict.holds:
        return None
    parts = (Address(address.measure, address.subject, address.year, origin) for origin in origins(address, figures))
    return None if any(judge(bare, one, figures, unit, messages).holds for one in parts) else verdict.truth


def origins(address: Address, figures: Figures) -> list[int]:
    """The years of origin of which a measure of the term has parts, if nothing but zero."""
    if address.measure not in PER_ORIGIN:
        return []
    terms = [line.term for line in figures.lines(address) if line.term]
    return sorted({tranche.origin for term in terms for of in PER_ORIGIN.values() for tranche in of(term)})


def names_a_set(words: str, figures: Figures, year: int, messages: Messages) -> bool:
    """Whether words are the names in one of the sets of a year, or how many those are."""
    addresses = [Address(name, None, year) for name in SETS]
    addresses += [Address(COUNT, None, year, of_set=name) for name in SETS]
    return any(judge(words, one, figures, 1, messages).holds for one in addresses)
