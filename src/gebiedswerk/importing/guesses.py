"""What the first rows of an unknown file say of its package: marks, days, columns and signs, and how sure that is."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from gebiedswerk.core.dutch import parse_cents, parse_date
from gebiedswerk.importing.marks import DATES, Guess, days_of, few, income_of, marks_of, share, to_the_cent
from gebiedswerk.importing.samples import Sample

LEDGER = "ledger_account"
NEEDED = ("year", "period")
COLUMNS = ("year", "period", "booked_on", LEDGER, "cost_centre", "project", "taakveld", "category", "description")
AMOUNTS = ("debit", "credit", "amount")


@dataclass(frozen=True, slots=True)
class Guesses:
    """All settings of a profile: of the file, of the columns, of the sign (if a column holds it) and of the flows."""

    file: tuple[Guess, ...]
    columns: tuple[Guess, ...]
    flow: Guess
    income: tuple[str, ...]
    income_sure: bool = False
    sign: tuple[str, str, str] | None = None
    trailing_minus: bool = False
    header_row: int = 1
    sheet: str = ""

    @property
    def unsure(self) -> int:
        """How many settings a person has to look at twice, or fill in."""
        return sum(not guess.sure for guess in (*self.file, *self.columns, self.flow)) + (not self.income_sure)


def guessed(sample: Sample) -> Guesses:
    """All that can be read from the first rows."""
    return _Guessing(sample).all()


@cache
def _synonyms() -> Any:
    return tomllib.loads((Path(__file__).parent / "synonyms.toml").read_text("utf-8"))


def _plain(name: str) -> str:
    """A header without capitals, accents, spaces and signs; of signs alone the signs."""
    bare = unicodedata.normalize("NFKD", name).casefold()
    return "".join(letter for letter in bare if letter.isascii() and letter.isalnum()) or bare


@dataclass(slots=True)
class _Guessing:
    """A sample on its way: the headers that have a meaning already."""

    sample: Sample
    used: set[str] = field(default_factory=set)

    def all(self) -> Guesses:
        sign = self._sign()
        amounts = self._amounts(one=sign is not None)
        columns = self._columns()
        headers = [guess.value for guess in amounts if guess.value]
        cells = [cell for header in headers if header not in self.sample.numbers for cell in self.sample.column(header)]
        marks, trailing = marks_of(cells)
        days = next((guess.value for guess in columns if guess.key == "booked_on"), None)
        flow, income, sure = self._flows(columns, amounts, marks, sign)
        return Guesses(
            file=(*self._written(), *marks, days_of(self.sample.column(days) if days else [])),
            columns=(*columns, *amounts),
            sign=sign,
            flow=flow,
            income=income,
            income_sure=sure,
            trailing_minus=trailing,
            header_row=self.sample.header_row,
            sheet=self.sample.sheet,
        )

    def _written(self) -> Iterator[Guess]:
        """Delimiter and encoding; a sheet has neither."""
        if self.sample.delimiter:
            line = self.sample.delimiter.join(self.sample.header)
            yield Guess("delimiter", self.sample.delimiter, (line,))
            odd = [cell for row in self.sample.rows for cell in row if not cell.isascii()]
            yield Guess("encoding", self.sample.encoding, few(odd), not self.sample.plain)

    def _columns(self) -> list[Guess]:
        """Each column by a name that packages use for it, then by one that may mean it, then by what it looks like."""
        found: dict[str, Guess] = {}
        tiers: list[tuple[Callable[[str], list[str]], bool]] = [
            (lambda name: self._known("certain", name), True),
            (lambda name: self._known("likely", name), False),
            (lambda name: self._free() if name in LOOKS else [], False),
        ]
        for headers_of, sure in tiers:
            for name in (name for name in COLUMNS if name not in found):
                headers = [header for header in headers_of(name) if self._holds(name, header)]
                if headers:
                    self.used.add(headers[0])
                    found[name] = Guess(name, headers[0], self._examples(headers[0]), sure, tuple(headers[1:]))
        return [found.get(name, Guess(name, None, (), name not in (*NEEDED, LEDGER))) for name in COLUMNS]

    def _free(self) -> list[str]:
        """The headers that stand once and have no meaning yet."""
        times = Counter(self.sample.header)
        return [name for name in self.sample.header if name and times[name] == 1 and name not in self.used]

    def _known(self, tier: str, name: str) -> list[str]:
        """The free headers that packages use for a column, in the order of preference."""
        names = [_plain(synonym) for synonym in _synonyms()[tier].get(name, [])]
        found = [header for header in self._free() if _plain(header) in names]
        return sorted(found, key=lambda header: names.index(_plain(header)))

    def _holds(self, name: str, header: str) -> bool:
        cells = self.sample.column(header)
        return all(map(LOOKS[name], cells)) and bool(cells) if name in LOOKS else True

    def _examples(self, header: str) -> tuple[str, ...]:
        return few(self.sample.column(header))

    def _sign(self) -> tuple[str, str, str] | None:
        """The column that says which sign an amount has, with the words for debit and for credit."""
        names = {_plain(name) for name in _synonyms()["signs"]["names"]}
        for header in self._free():
            words = set(self.sample.column(header))
            for debit, credit in _synonyms()["signs"]["pairs"]:
                spelled = {word for word in words if word.casefold() in (debit.casefold(), credit.casefold())}
                if _plain(header) in names and words and spelled == words:
                    self.used.add(header)
                    upper = {word.casefold(): word for word in words}
                    return header, upper.get(debit.casefold(), debit), upper.get(credit.casefold(), credit)
        return None

    def _amounts(self, *, one: bool) -> list[Guess]:
        """One column with amounts, or debit and credit; else what looks like amounts, to choose from."""
        found = {name: self._amount(name) for name in AMOUNTS}
        both = found["debit"].value and found["credit"].value
        chosen = ["debit", "credit"] if both and not one else ["amount"]
        if chosen == ["amount"] and found["amount"].value is None:
            money = [header for header in self._free() if self._is_money(header)]
            examples = self._examples(money[0]) if money else ()
            found["amount"] = Guess("amount", money[0] if money else None, examples, False, tuple(money[1:]))
        self.used |= {str(found[name].value) for name in chosen}
        return [found[name] for name in chosen]

    def _amount(self, name: str) -> Guess:
        for tier, sure in (("certain", True), ("likely", False)):
            known = sorted(self._known(tier, name), key=lambda header: not self._is_amount(header))
            if known:
                right = self._is_amount(known[0])
                return Guess(name, known[0], self._examples(known[0]), sure and right, tuple(known[1:]))
        return Guess(name, None, (), False)

    def _is_amount(self, header: str) -> bool:
        """Whether a column, if it holds anything, holds amounts."""
        cells = self.sample.column(header)
        return header in self.sample.numbers or not cells or share(cells) == 1

    def _is_money(self, header: str) -> bool:
        cells = self.sample.column(header)
        return bool(cells) and share(cells) == 1 and any(re.search(r"[.,][0-9]{2}-?$", cell) for cell in cells)

    def _flows(
        self,
        columns: Sequence[Guess],
        amounts: Sequence[Guess],
        marks: Sequence[Guess],
        sign: tuple[str, str, str] | None,
    ) -> tuple[Guess, tuple[str, ...], bool]:
        """The column that tells income from costs, and its patterns for income.

        A column that says so itself; else the ledger account: see `income_of`. Nobody can be sure of that.
        """
        names = {_plain(name) for name in _synonyms()["flows"]["names"]}
        words = {word.casefold() for word in _synonyms()["flows"]["income"]}
        for header in self._free():
            found = sorted({cell for cell in self.sample.column(header) if cell.casefold() in words})
            if _plain(header) in names and found:
                return Guess("column", header, self._examples(header)), tuple(found), True
        ledger = next(guess for guess in columns if guess.key == LEDGER)
        if ledger.value is None:
            return Guess("column", None, (), False), (), False
        booked = zip(self.sample.cells(ledger.value), self._cents(amounts, marks, sign), strict=True)
        return Guess("column", ledger.value, ledger.examples, ledger.sure), income_of(booked), False

    def _cents(
        self, amounts: Sequence[Guess], marks: Sequence[Guess], sign: tuple[str, str, str] | None
    ) -> Iterator[int]:
        """The amount of each row, credit below zero; what cannot be read counts as nothing."""
        decimal, thousands = (str(guess.value) for guess in marks)
        columns: list[list[int]] = []
        for guess in amounts:
            if guess.value is None:
                return iter([0] * len(self.sample.rows))
            point = (".", "") if guess.value in self.sample.numbers else (decimal, thousands)
            cells = self.sample.cells(guess.value)
            columns.append([parse_cents(to_the_cent(cell, point), *point, trailing_minus=True) or 0 for cell in cells])
        if len(columns) == 2:
            return (debit - credit for debit, credit in zip(*columns, strict=True))
        words = self.sample.cells(sign[0]) if sign else [""] * len(self.sample.rows)
        credit = sign[2] if sign else None
        return (-cents if word == credit else cents for cents, word in zip(columns[0], words, strict=True))


def _is_year(cell: str) -> bool:
    return re.fullmatch(r"(19|20)[0-9]{2}", cell) is not None


def _is_period(cell: str) -> bool:
    return re.fullmatch(r"0{0,2}[0-9]|0?1[0-9]", cell) is not None


def _is_day(cell: str) -> bool:
    return any(parse_date(cell, form) for form in DATES)


LOOKS: Mapping[str, Callable[[str], bool]] = {"year": _is_year, "period": _is_period, "booked_on": _is_day}
"""What the cells of some columns look like. The others hold codes and words."""
