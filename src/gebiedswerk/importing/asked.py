"""What a proposal is unsure of, as questions: only what decides about money, years, periods and days is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gebiedswerk.dossier.unsure import in_list
from gebiedswerk.formats.budget_columns import DECISION
from gebiedswerk.formats.guess_profile import Guesses
from gebiedswerk.formats.named_codes import parted
from gebiedswerk.formats.number_styles import Guess
from gebiedswerk.formats.profile_reader import REQUIRED
from gebiedswerk.importing.import_questions import Asked, Choice

MARKS_AND_DAYS = ("decimal", "date")
DECIDING = ("year", "period", "amount", "debit", "credit", *DECISION)
"""Columns that decide which amount counts in which year and period."""
RULES_GO_BY = ("ledger_account", "cost_centre")
MOST_CHOICES = 12


def asked(guesses: Guesses) -> tuple[Asked, ...]:
    """The questions of a proposal, in the order in which a person meets the settings."""
    found = [
        *(one for guess in guesses.file for one in _of_mark(guess)),
        *(one for guess in guesses.columns for one in _of_column(guess, guesses)),
        *_of_names(guesses),
        *_of_signs(guesses),
        *_of_flows(guesses),
    ]
    return tuple({one.key: one for one in found}.values())


def _of_mark(guess: Guess) -> Iterator[Asked]:
    if guess.key in MARKS_AND_DAYS and not guess.sure:
        values = (str(guess.value), *guess.others)
        choices = tuple(Choice(value, f"ask.{guess.key}.is") for value in values)
        yield Asked(guess.key, f"ask.{guess.key}", (("examples", _shown(guess)),), choices, guess.value)


def _of_column(guess: Guess, guesses: Guesses) -> Iterator[Asked]:
    """A column that may be another one, or that was not found and has to be there."""
    if guess.sure or not _matters(guess, guesses):
        return
    headers = [*([guess.value] if guess.value else []), *guess.others]
    headers += [name for name, _ in guesses.unused if name not in headers] if guess.value is None else []
    seen = dict(guesses.unused) | ({guess.value: guess.examples} if guess.value else {})
    choices = [
        Choice(name, "ask.column.is", (("examples", _listed(seen.get(name, ()))),)) for name in headers[:MOST_CHOICES]
    ]
    if guess.key in RULES_GO_BY:
        choices = [one for one in choices if is_codes(seen.get(one.value, ()))]
    choices += [Choice("", "ask.column.none")] if guess.key in RULES_GO_BY else []
    yield Asked(f"columns.{guess.key}", f"ask.columns.{guess.key}", (), tuple(choices), guess.value)


def _matters(guess: Guess, guesses: Guesses) -> bool:
    """Whether a column that is not sure has to be asked about.

    A missing year is asked with `--years`. A column of codes under a name that means more than one thing is the one as
    long as no other may be it: how it is called here changes no amount.
    """
    if guess.value is not None:
        return guess.key in DECIDING or bool(guess.others) and guess.key in RULES_GO_BY
    if guess.key in RULES_GO_BY:
        named = {one.key for one in guesses.columns if one.value}
        other = guess.key == "ledger_account" and "category" in named  # packages call it so too
        return not other and any(is_codes(examples) for _, examples in guesses.unused)
    return guess.key != "year" and guess.key in (*REQUIRED[guesses.kind], "amount")


def is_codes(examples: Sequence[str]) -> bool:
    """Whether cells look like codes by which rules go: short, with a digit, and no amounts or days; all with a name
    behind them, or none.
    """
    named = [one[0] for one in map(parted, examples) if one]
    codes = named if len(named) == len(examples) and len(set(map(len, named))) == 1 else examples
    return bool(examples) and all(re.fullmatch(r"[A-Za-z]{0,4}[0-9]{2,8}", one) for one in codes)


def _of_names(guesses: Guesses) -> Iterator[Asked]:
    """Columns of codes with a name, where two codes may be taken for one by it."""
    named = guesses.named_codes
    unsure = [one for one in named if not one.sure]
    if unsure:
        values = dict.fromkeys((",".join(one.key for one in named), ",".join(one.key for one in named if one.sure)))
        choices = tuple(Choice(one, "ask.named_codes.is" if one else "ask.named_codes.none") for one in values)
        yield Asked("named_codes", "ask.named_codes", (("examples", _shown(unsure[0])),), choices, choices[0].value)


def _of_signs(guesses: Guesses) -> Iterator[Asked]:
    sign = guesses.sign
    if sign is not None and not sign.sure:
        positive = ", ".join((sign.positive, *sign.others))
        facts = (("column", sign.column), ("positive", positive), ("negative", sign.negative))
        choices = (Choice(sign.column, "ask.sign.column.is"), Choice("", "ask.sign.column.none"))
        yield Asked("sign.column", "ask.sign.column", facts, choices, sign.column)
    if guesses.negative_costs:
        both = tuple(Choice(value, f"ask.negative_costs.{value}") for value in ("true", "false"))
        yield Asked("negative_costs", "ask.negative_costs", (), both, "true")
    words = guesses.budget_words
    if words is not None and not words.sure:
        unknown = (("words", _listed(words.unknown)),)
        named = ",".join(map(in_list, (*words.amendment, *words.unknown)))
        choice = Choice(named, "ask.budget_kinds.is")
        yield Asked("budget_kinds.amendment", "ask.budget_kinds", unknown, (choice,), named)


def _of_flows(guesses: Guesses) -> Iterator[Asked]:
    """Which accounts are income, if no column says it."""
    if guesses.flow.value is None and not guesses.income_by_side and not guesses.income_columns:
        headers = [name for name, _ in guesses.unused]
        yield Asked(
            "flows.column", "ask.flows.column", (), tuple(Choice(name, "ask.flows.column.is") for name in headers)
        )
    if guesses.income_sure:
        return
    value = ",".join(map(in_list, guesses.income))
    choices = (Choice(value, "ask.flows.income.is"),) if value else ()
    facts = (("column", guesses.flow.value or "?"), ("income", value or "–"))
    yield Asked("flows.income", "ask.flows.income", facts, (*choices, Choice("", "ask.flows.income.none")), value)


def _shown(guess: Guess) -> str:
    return _listed(guess.examples)


def _listed(texts: tuple[str, ...]) -> str:
    return ", ".join(f'"{text}"' for text in texts) or "–"
