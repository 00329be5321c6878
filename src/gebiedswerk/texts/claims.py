"""A claim (cijfer in de tekst): what is written inside a link, held against the figure that the link names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from gebiedswerk.core.rounding import plain
from gebiedswerk.figures import COUNT, UNITS, Address, Figures, members
from gebiedswerk.language import numbers_and_dates
from gebiedswerk.language.languages import all_languages, language, words_of
from gebiedswerk.language.messages import Messages

_WORDS = tuple(one.claims for one in all_languages())
UNIT_WORDS: Mapping[str, int] = {
    word: UNITS[unit]
    for word, unit in sorted(
        (one for words in _WORDS for one in words.units.items()), key=lambda one: len(one[0]), reverse=True
    )
}
"""The longest first: what ends in 'million euros' ends in 'euros' too."""
FRACTIONS: Mapping[str, Decimal] = {word: value for words in _WORDS for word, value in words.fractions.items()}
AT_LEAST: Sequence[str] = words_of(one.at_least for one in _WORDS)
AT_MOST: Sequence[str] = words_of(one.at_most for one in _WORDS)
ABOUT: Sequence[str] = words_of(one.about for one in _WORDS)
_BETWEEN = re.compile(
    "|".join((",", *(rf"\b{re.escape(word)}\b" for word in words_of(one.joined_by for one in _WORDS))))
)
"""What stands between the names of a set."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a claim holds, and what should stand there. `reason` is the code of the fault where it does not."""

    holds: bool
    truth: str
    reason: str = ""


def judge(written: str, address: Address, figures: Figures, unit_cents: int, messages: Messages) -> Verdict:
    """Hold what is written against the figure, in the language of `messages`. Raises NoFigure for no address."""
    if address.measure == COUNT:
        count = len(members(figures, address.of_set, address.year))
        return Verdict(numbers_and_dates.parse_count(written, messages.language) == count, str(count), "T101")
    if not address.subject:
        return _judge_set(written, [name for _, name in members(figures, address.measure, address.year)], messages)
    unit_cents = UNITS[address.unit] if address.unit else unit_cents
    return _judge_amount(written, address, figures, unit_cents, messages.language)


def _judge_set(written: str, names: list[str], messages: Messages) -> Verdict:
    words = " ".join(written.split())
    parts = {part.strip() for part in _BETWEEN.split(written) if part.strip()}
    truth = messages("list.none")
    if names:
        last = messages("list.and", first=", ".join(names[:-1]), last=names[-1])
        truth = last if len(names) > 1 else names[0]
    return Verdict(parts == set(names) or words == truth, truth, "T101")


def _judge_amount(written: str, address: Address, figures: Figures, unit_cents: int, lang: str) -> Verdict:
    hedge, number, words, unit_cents = _read(written, unit_cents)
    value = FRACTIONS.get(number, numbers_and_dates.parse_number(number, lang))
    truth = printed(address, figures, unit_cents, _decimals(number, lang), lang)
    if value is None:
        return Verdict(False, f"{truth} {words}".strip(), "T105")
    if address.about_pct is not None:
        cents = figures.figure(address).cents
        return Verdict(_nearly(value * unit_cents, cents, address.about_pct, hedge), f"{truth} {words}".strip(), "T101")
    holds = not hedge and numbers_and_dates.parse_number(truth, lang) == value
    return Verdict(holds, f"{truth} {words}".strip(), "T101")


def not_nearest(written: str, address: Address, figures: Figures, unit_cents: int, lang: str) -> bool:
    """Whether a claim says whole units that are not the nearest, because they were rounded with a table.

    Raises NoFigure. A set, a count, or what is said to be about an amount is rounded with nothing.
    """
    if not address.subject or address.measure == COUNT or address.about_pct is not None:
        return False
    _, number, _, unit_cents = _read(written, UNITS[address.unit] if address.unit else unit_cents)
    return _decimals(number, lang) == 0 and figures.exactly(address, unit_cents) is not None


def _read(written: str, unit_cents: int) -> tuple[str, str, str, int]:
    """A hedge, the number, the unit in words, and the cents in it (`unit_cents` where no words say so)."""
    hedge, bare = _hedged(" ".join(written.split()))
    words = next((word for word in UNIT_WORDS if bare.endswith(f" {word}")), "")
    return hedge, bare.removesuffix(words).strip(), words, UNIT_WORDS.get(words, unit_cents)


def _hedged(written: str) -> tuple[str, str]:
    """A word such as 'ruim' in front, and what follows it."""
    for hedge in (*AT_LEAST, *AT_MOST, *ABOUT):
        if written.lower().startswith(f"{hedge} "):
            return hedge, written[len(hedge) + 1 :]
    return "", written


def _decimals(number: str, lang: str) -> int:
    thousands, decimal = (re.escape(mark) for mark in (language(lang).thousands, language(lang).decimal))
    found = re.fullmatch(rf"[−-]?[0-9{thousands}]+{decimal}([0-9]{{1,2}})", number)
    return len(found[1]) if found else 0


def printed(address: Address, figures: Figures, unit_cents: int, decimals: int, lang: str) -> str:
    """A figure as it is printed: whole units from the rounding of its account, or with decimals on its own."""
    if decimals == 0:
        return numbers_and_dates.number(figures.units(address, unit_cents), lang)
    parts = plain(figures.figure(address).cents, unit_cents // 10**decimals)
    whole, rest = divmod(abs(parts), 10**decimals)
    sign = "−" if parts < 0 else ""
    return f"{sign}{numbers_and_dates.number(whole, lang)}{language(lang).decimal}{rest:0{decimals}d}"


def _nearly(written_cents: Decimal, cents: int, about_pct: int, hedge: str) -> bool:
    """Within the share that the claim allows, and on the right side of 'ruim' or 'bijna'."""
    if hedge in AT_LEAST and cents < written_cents or hedge in AT_MOST and cents > written_cents:
        return False
    return abs(written_cents - cents) * 100 <= about_pct * abs(cents)
