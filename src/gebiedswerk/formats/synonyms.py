"""The words in an unknown file that mean something: which kind of delivery it is, which amounts are below zero."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from gebiedswerk.dossier.settings import DeliveryKind
from gebiedswerk.dossier.tables import Authority
from gebiedswerk.formats.budget_columns import DECISION, YES_NO
from gebiedswerk.formats.sample import Sample

OF_UNIT = r"(?i)[([]?\b(?:in )?(?:(?:euro)?cent(?:en|s)?|cts?)\b[)\]]?\Z"  # literal: words that are read, never shown


@cache  # cache: by a file of ours
def synonyms() -> Any:
    """What packages call things: `synonyms.toml`."""
    return tomllib.loads((Path(__file__).parent / "synonyms.toml").read_text("utf-8"))


def plain(name: str) -> str:
    """A header without capitals, accents, spaces and signs; of signs alone the signs."""
    bare = unicodedata.normalize("NFKD", name).casefold()
    return "".join(letter for letter in bare if letter.isascii() and letter.isalnum()) or bare


def bare_name(header: str) -> str:
    """A header as `plain` has it, without the cents that it says its amounts are in: `Debet (ct)`."""
    return plain(re.sub(OF_UNIT, "", header.rstrip())) or plain(header)


@dataclass(frozen=True, slots=True)
class Package:
    """A package of which some headers are known: our name of a column → its header, and where that was read."""

    name: str
    source: str
    header: tuple[str, ...]
    columns: Mapping[str, str]


@cache  # cache: by a file of ours
def packages() -> tuple[Package, ...]:
    """The packages of `packages.toml`."""
    read = tomllib.loads((Path(__file__).parent / "packages.toml").read_text("utf-8"))
    return tuple(Package(one["name"], one["source"], tuple(one["header"]), one["columns"]) for one in read["package"])


def package_of(sample: Sample) -> Package | None:
    """The only package of which all known headers stand in a file; None where none or more do."""
    found = [one for one in packages() if set(one.header) <= set(sample.header)]
    return found[0] if len(found) == 1 else None


def kind_of(sample: Sample) -> DeliveryKind:
    """What a file looks like: a budget where it names who decided or how, commitments by what their amounts are called.

    A ledger may name the commitment of each posting: what has periods and an amount of its own is no list of them.
    """
    named = {plain(header) for header in sample.header}
    decision = [name for name in DECISION if named & _plain_names("certain", name)]
    deciders = [header for header in sample.header if sample.column(header)]
    if len(decision) > 1 or any(all(map(is_authority, sample.column(header))) for header in deciders):
        return DeliveryKind.BUDGET
    promised = {plain(name) for name in synonyms()["commitments"]["names"]}
    left = {plain(name) for name in synonyms()["commitments"]["amounts"]}
    if named & left or (named & promised and not named & _plain_names("certain", "period")):
        return DeliveryKind.COMMITMENT
    return DeliveryKind.REALISED


def _plain_names(tier: str, name: str) -> set[str]:
    return {plain(synonym) for synonym in synonyms()[tier].get(name, [])}


def is_authority(cell: str) -> bool:
    """Whether a cell says who decided."""
    return cell.casefold() in {authority.value for authority in Authority}


def is_yes_no(cell: str) -> bool:
    """Whether a cell says yes or no."""
    return cell.casefold() in YES_NO


@dataclass(frozen=True, slots=True)
class Sign:
    """A column that gives an amount its sign, and its words; `others` leave an amount as it is, as `positive` does."""

    column: str
    positive: str
    negative: str
    sure: bool
    others: tuple[str, ...] = ()


def sign_of(header: str, cells: Sequence[str], *, sure: bool) -> Sign | None:
    """The words for debit and credit in a column, in capitals or not; of one with an unknown name both are needed."""
    spelled = {word.casefold(): word for word in reversed(list(dict.fromkeys(cells)))}
    for debit, credit in synonyms()["signs"]["pairs"]:
        known = {debit.casefold(), credit.casefold()}
        if spelled and set(spelled) <= known and (sure or len(spelled) == 2):
            positive, negative = (spelled.get(word.casefold(), word) for word in (debit, credit))
            return Sign(header, positive, negative, sure)
    return None


_TAKES_BACK = re.compile(  # literal: words that are read, never shown
    r"(?i)[-−]1(?:[.,]0+)?|min|minus|neg(?:atief|ative)?|storno|retour|(?:inkoop|verkoop|order)?[ -]?"
    r"credit(?:nota'?s?|factuur|facturen|note|memo|boeking|post)?"
)
_KEYS: Mapping[str, str] = {"50": "40", "KG": "KR", "DG": "DR"}
"""A key of a booking that takes back, and the one that it stands beside."""
_OF_REVERSAL = frozenset(
    "storno iscredit credit creditnota creditfactuur tegenboeking reversal correctie correctieboeking".split()
)
_OF_SIGN = frozenset("teken sign factor plusmin".split())
_TAKES_BACK_AS_LETTER = frozenset("n c k h -".split())
YES = frozenset("j ja y yes 1 x waar true".split())


def taken_back(header: str, words: Sequence[str]) -> str | None:
    """The word of a column that says that an amount is taken back, whatever its sign: `-1`, `Creditfactuur`, key 50
    beside 40, or yes below `Storno`; None where there is none, or more than one.
    """
    found = [one for one in words if _TAKES_BACK.fullmatch(one) or _KEYS.get(one.upper()) in words]
    if plain(header) in _OF_REVERSAL:
        found = [one for one in words if one.casefold() in YES]
    if plain(header) in _OF_SIGN and not found:
        found = [one for one in words if one.casefold() in _TAKES_BACK_AS_LETTER]
    return found[0] if len(found) == 1 and len(words) > 1 else None


@dataclass(frozen=True, slots=True)
class SaidFlow:
    """A column that says of each row whether it is costs or income; `income`: its words for income."""

    header: str
    cells: tuple[str, ...]
    income: tuple[str, ...]

    def costs(self, cents: Sequence[int]) -> list[int]:
        """The amounts that are costs."""
        return [one for one, cell in zip(cents, self.cells, strict=True) if cell not in self.income]

    def unsigned(self, cents: Sequence[int]) -> bool:
        """Whether income stands above zero as costs do: then the column also gives the sign."""
        income = [one for one, cell in zip(cents, self.cells, strict=True) if cell in self.income]
        return sum(income) > 0 and sum(self.costs(cents)) > 0 and len(self.income) == 1 and len(self._others()) == 1

    def signed(self, cents: Sequence[int]) -> list[int]:
        """The amounts with income below zero."""
        return [-one if cell in self.income else one for one, cell in zip(cents, self.cells, strict=True)]

    def as_sign(self) -> Sign:
        """The column as the one that gives the sign."""
        return Sign(self.header, self._others()[0], self.income[0], sure=False)

    def _others(self) -> list[str]:
        return sorted(set(self.cells) - set(self.income))


def costs_below_zero(cents: Sequence[int]) -> bool:
    """Whether most amounts stand below zero, and together too: of an area a municipality nearly always spends more."""
    below = sum(one < 0 for one in cents)
    return sum(cents) < 0 and below > sum(one > 0 for one in cents)


@dataclass(frozen=True, slots=True)
class BudgetWords:
    """What a budget file writes for an adopted budget and for an amendment; `unknown` is neither for sure."""

    adopted: tuple[str, ...]
    amendment: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def sure(self) -> bool:
        """Whether every word has its meaning."""
        return not self.unknown


def budget_words(cells: Sequence[str]) -> BudgetWords:
    """The words of a column by how they begin."""
    found: dict[str, list[str]] = {"adopted": [], "amendment": [], "unknown": []}
    for word in dict.fromkeys(cells):
        begins = [
            kind
            for kind, beginnings in synonyms()["budget_kinds"].items()
            if any(plain(word).startswith(beginning) for beginning in beginnings)
        ]
        found[begins[0] if len(begins) == 1 else "unknown"].append(word)
    return BudgetWords(*(tuple(words) for words in found.values()))
