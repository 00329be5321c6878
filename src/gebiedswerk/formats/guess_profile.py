"""What the first rows of an unknown file say of its package: marks, days, columns and signs, and how sure that is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import polars as pl

from gebiedswerk.dossier.settings import BudgetAmounts, DeliveryKind
from gebiedswerk.formats.budget_columns import DECISION
from gebiedswerk.formats.budget_kinds import amounts_by_kind, with_one_amount
from gebiedswerk.formats.line_columns import with_line_columns
from gebiedswerk.formats.lines_above import word_above
from gebiedswerk.formats.month_columns import columns_of_sides, period_columns, with_a_row_each
from gebiedswerk.formats.months_across import PERIOD
from gebiedswerk.formats.named_codes import have_names, surely
from gebiedswerk.formats.normalise import bare_day
from gebiedswerk.formats.number_styles import (
    DATES,
    Guess,
    bare,
    cents_of,
    days_of,
    few,
    income_of,
    marks_around,
    marks_of,
    share,
    to_the_cent,
)
from gebiedswerk.formats.period_cells import year_or_period, year_period
from gebiedswerk.formats.profile_reader import REQUIRED
from gebiedswerk.formats.row_kinds import says_of_rows
from gebiedswerk.formats.sample import Sample
from gebiedswerk.formats.sample_rows import cleaned
from gebiedswerk.formats.synonyms import (
    BudgetWords,
    Package,
    SaidFlow,
    Sign,
    bare_name,
    budget_words,
    costs_below_zero,
    is_authority,
    is_yes_no,
    kind_of,
    package_of,
    plain,
    sign_of,
    synonyms,
    taken_back,
)
from gebiedswerk.formats.titles import years_said
from gebiedswerk.formats.units import unit_of_amounts
from gebiedswerk.language.numbers_and_dates import parse_date

LEDGER = "ledger_account"
CODES = (LEDGER, "cost_centre", "project", "taakveld", "category")
COLUMNS: Mapping[DeliveryKind, tuple[str, ...]] = {
    DeliveryKind.REALISED: ("year", "period", "booked_on", *CODES, "description"),
    DeliveryKind.COMMITMENT: ("year", "period", "booked_on", *CODES, "description"),
    DeliveryKind.BUDGET: ("year", *DECISION, "complete", *CODES, "description"),
}
WANTED = (LEDGER, "cost_centre")
"""Columns that need not be there, but that a person has to look for: rules go by them."""
AMOUNTS = ("debit", "credit", "amount")
MOST_PERIODS = 20
MOST_TWICE = 6
"""One row in so many may fill both debit and credit: a total."""
ASIDE = "btw|vat|belasting|koers|rate|saldo|balance|cumul|lopend"
"""What stands beside amounts in columns of its own, and is no amount of a posting."""
WITH_OR_WITHOUT = "incl|excl|exbtw|metbtw|zonderbtw|nett|brut"
"""In a name that is one of those: the amount itself, with tax or without."""
WITHOUT_TAX = "excl|exbtw|zonderbtw"
"""In the name of an amount that counts, where tax can be reclaimed; it is asked which one does."""
MONEY = "eur|bedrag|waarde|amount"
"""What a column of amounts is called, though no cents stand in it."""
PLANNED = "begro|budget|raming|verplicht|openstaand|restant|beschikbaar"
"""Names of amounts that are planned, promised or left, and not booked."""
MOST = 0.7
"""The part of a column that is amounts where some of its cells are spoiled."""
FEW = 4
"""Of so many columns a posting fills more than one."""
MANY_UNMARKED = 3
"""One row in so many without a sign: more than are totals."""
SIGNED_BY_CHANCE = 10
"""One amount in so many with a sign of its own does not say that all have one."""
MOST_WORDS = 8
"""Different words of a column that gives a sign to some of its rows."""
LONGEST_WORD = 10
"""Letters of a word that gives a sign."""
SPECIAL_PERIODS = (55,)
"""Of a package that books its closing there."""
MOST_YEARS = 3
"""Different fiscal years in one export."""


@dataclass(frozen=True, slots=True)
class Guesses:
    """All settings of a profile: of the file, of the columns, of the sign (if a column holds it) and of the flows.

    `named_codes`: the columns whose cells hold a code and its name. `unused`: the columns that got no meaning, each
    with what stands in it.
    """

    kind: DeliveryKind
    file: tuple[Guess, ...]
    columns: tuple[Guess, ...]
    flow: Guess
    income: tuple[str, ...]
    income_sure: bool = False
    sign: Sign | None = None
    negative_costs: bool = False
    income_by_side: bool = False
    trailing_minus: bool = False
    budget_words: BudgetWords | None = None
    budget_amounts: BudgetAmounts | None = None
    period_columns: Mapping[str, str] = field(default_factory=dict)
    income_columns: Mapping[str, str] = field(default_factory=dict)
    line_column: str = ""
    named_codes: tuple[Guess, ...] = ()
    year_of_days: int | None = None
    years_said: tuple[int, ...] = ()
    header_row: int = 1
    header_rows: int = 1
    sheet: str = ""
    unused: tuple[tuple[str, tuple[str, ...]], ...] = ()
    package: Package | None = None


def guessed(sample: Sample, kind: DeliveryKind | None = None) -> Guesses:
    """All that can be read from the first rows, for a kind of delivery; without one for what they look like."""
    sample, lines = with_line_columns(sample)
    return replace(_guessed(sample, kind), line_column=lines)


def _guessed(sample: Sample, kind: DeliveryKind | None) -> Guesses:
    rows = [row for row in sample.rows if row != sample.header and (len(row) < FEW or sum(map(bool, row)) > 1)]
    postings = replace(sample, rows=rows or sample.rows)  # without headers again and lines of text
    kind = kind or kind_of(sample)
    months, income = _periods_across(postings) if kind is DeliveryKind.REALISED else ({}, {})
    if months:
        found = _Guessing(with_a_row_each(postings, months, income), kind).all()
        if income:  # the columns say which amounts are
            found = replace(found, flow=Guess("column", None), income=(), income_sure=True, negative_costs=False)
        own = [one for one in found.columns if one.key not in ("period", "amount", "debit", "credit")]
        own = [replace(one, value=None) if one.value == PERIOD else one for one in own]  # the headers say the year
        return replace(found, columns=tuple(own), period_columns=months, income_columns=income)
    amounts = amounts_by_kind(postings) if kind is DeliveryKind.BUDGET else None
    if amounts is None:
        return _Guessing(postings, kind).all()
    found = _Guessing(with_one_amount(postings, amounts), kind).all()
    columns = tuple(one for one in found.columns if one.key not in ("amount", "debit", "credit", "budget_kind"))
    unused = tuple(one for one in found.unused if one[0] not in amounts.adopted)
    return replace(found, columns=columns, unused=unused, budget_amounts=amounts, budget_words=None)


def _periods_across(sample: Sample) -> tuple[dict[str, str], dict[str, str]]:
    """The columns of periods, and those of their income where it has columns of its own."""
    columns = period_columns(sample)
    return (columns, {}) if columns else columns_of_sides(sample)


@dataclass(slots=True)
class _Guessing:
    """A sample on its way: the headers that have a meaning already."""

    sample: Sample
    kind: DeliveryKind
    used: set[str] = field(default_factory=set)

    def all(self) -> Guesses:
        self.sample = cleaned(self.sample)
        sign = self._sign()
        by_side = self._by_side() if sign is None else []
        amounts = by_side or self._amounts(one=sign is not None)
        sign = sign or self._sign_around(amounts) or self._sign_by_known_word(amounts)
        columns = self._columns()
        said = self._said_flow()
        sign = sign or (None if said else self._sign_by_two_words(amounts))
        by_name = {guess.key: guess.value for guess in columns}
        headers = [guess.value for guess in amounts if guess.value]
        written = [header for header in headers if header not in self.sample.numbers]
        marks, trailing = marks_of([cell for header in written for cell in self.sample.column(header)])
        cents = list(self._cents(amounts, marks, sign))
        alone = len(amounts) == 1 and sign is None
        if alone and said and said.unsigned(cents):
            sign, cents = said.as_sign(), said.signed(cents)
        negative = alone and sign is None and costs_below_zero(said.costs(cents) if said else cents)
        flow, income, sure = self._flows(columns, said, [-one for one in cents] if negative else cents)
        if by_side:
            flow, income, sure = Guess("column", flow.value), (), True
        kinds, days = by_name.get("budget_kind"), self._days(by_name)
        return Guesses(
            kind=self.kind,
            file=(*self._written(), *marks, days),
            columns=(*columns, *amounts),
            sign=sign,
            negative_costs=negative,
            income_by_side=bool(by_side),
            budget_words=budget_words(self.sample.column(kinds)) if kinds else None,
            flow=flow,
            income=income,
            income_sure=sure,
            named_codes=tuple(self._named(columns)),
            year_of_days=self._year_of_days(by_name.get("booked_on"), days),
            years_said=years_said(self.sample.title),
            trailing_minus=trailing,
            header_row=self.sample.header_row,
            header_rows=self.sample.header_rows,
            sheet=self.sample.sheet,
            package=package_of(self.sample),
            unused=tuple((header, self._examples(header)) for header in self._free() if header != flow.value),
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
        package = package_of(self.sample)
        named = package.columns if package else {}
        tiers: list[tuple[Callable[[str], list[str]], bool]] = [
            (lambda name: [header for header in self._free() if header == named.get(name)], True),
            (lambda name: self._known("certain", name), True),
            (lambda name: self._known("likely", name), False),
            (lambda name: self._free() if name in LOOKS else [], False),
        ]
        for headers_of, sure in tiers:
            for name in (name for name in COLUMNS[self.kind] if name not in found):
                headers = [header for header in headers_of(name) if self._holds(name, header)]
                if headers:
                    self.used.add(headers[0])
                    right = sure or name in LOOKS and self._only(name, headers)
                    found[name] = Guess(name, headers[0], self._examples(headers[0]), right, tuple(headers[1:]))
        period = found.get("period")
        if "year" not in found and period and period.value and all(_says_year(one) for one in period.examples):
            found["year"] = Guess("year", period.value, period.examples, period.sure)
        found |= self._of_days(found)
        wanted = (*REQUIRED[self.kind], *WANTED)
        return [found.get(name, Guess(name, None, (), name not in wanted)) for name in COLUMNS[self.kind]]

    def _of_days(self, found: Mapping[str, Guess]) -> dict[str, Guess]:
        """Year and period out of the days, where nothing else says them; asked: a late posting has its own year."""
        days = found.get("booked_on")
        if self.kind is not DeliveryKind.REALISED or days is None or "period" in found:
            return {}
        names = ["period"] if "year" in found else ["period", "year"]
        return {name: Guess(name, days.value, days.examples, sure=False) for name in names}

    def _named(self, columns: Sequence[Guess]) -> Iterator[Guess]:
        """The columns of codes that stand with their name in a cell; sure where no two of them can be taken for one."""
        for guess in columns:
            cells = list(dict.fromkeys(self.sample.column(guess.value))) if guess.key in CODES and guess.value else []
            if have_names(cells):
                yield Guess(guess.key, guess.value, guess.examples, surely(cells))

    def _only(self, name: str, headers: Sequence[str]) -> bool:
        """Whether a column under an unknown name is what it looks like: no other looks so, and its cells agree."""
        if len(headers) > 1:
            return False
        cells = self.sample.column(headers[0])
        if name == "year":
            return len(set(cells)) <= MOST_YEARS
        if name == "period":
            likely = {plain(one) for one in synonyms()["likely"]["period"]}
            return plain(headers[0]) in likely or all(year_period(cell)[1] for cell in cells)
        return name == "booked_on"

    def _days(self, by_name: Mapping[str, str | None]) -> Guess:
        """How days are written; the month of a period tells 1 February from 2 January."""
        header, period = by_name.get("booked_on") or by_name.get("decided_on"), by_name.get("period")
        if header is None:
            return days_of([])
        periods = self.sample.cells(period) if period else [""] * len(self.sample.rows)
        pairs = zip(self.sample.cells(header), periods, strict=True)
        told = [(day, year_or_period(cell, 1)) for day, cell in pairs if day]
        return days_of([day for day, _ in told], [month for _, month in told])

    def _year_of_days(self, header: str | None, days: Guess) -> int | None:
        """The year in which every booking day falls."""
        found = [parse_date(bare_day(cell), str(days.value)) for cell in self.sample.column(header)] if header else []
        years = {day.year if day else None for day in found}
        return years.pop() if len(years) == 1 else None

    def _free(self) -> list[str]:
        """The headers that stand once and have no meaning yet."""
        times = Counter(self.sample.header)
        return [name for name in self.sample.header if name and times[name] == 1 and name not in self.used]

    def _known(self, tier: str, name: str) -> list[str]:
        """The free headers that packages use for a column, in the order of preference."""
        names = [plain(synonym) for synonym in synonyms()[tier].get(name, [])]
        called = {header: bare_name(word_above(header) or header) for header in self._free()}
        found = [header for header, word in called.items() if word in names]
        return sorted(found, key=lambda header: (names.index(called[header]), not self.sample.column(header)))

    def _holds(self, name: str, header: str) -> bool:
        """Whether what stands below a header is what a column holds, but for a line of text, as below a report."""
        cells = self.sample.column(header)
        if name not in LOOKS:
            return True
        odd = sum(not LOOKS[name](cell) for cell in cells)
        return len(cells) > 1 and odd <= max(1, len(cells) // 10) if odd else bool(cells)

    def _examples(self, header: str) -> tuple[str, ...]:
        return few(self.sample.column(header))

    def _sign(self) -> Sign | None:
        """The column that says which sign an amount has: by its name, else by its words."""
        names = {plain(name) for name in synonyms()["signs"]["names"]}
        known = [(header, True) for header in self._free() if plain(header) in names]
        for header, sure in [*known, *((header, False) for header in self._free())]:
            found = sign_of(header, self.sample.column(header), sure=sure)
            if found is not None:
                self.used.add(header)
                return self._of_credit_alone(found)
        return None

    def _of_credit_alone(self, sign: Sign) -> Sign:
        """The same, or asked about with an empty cell for debit: where only credit is marked, and many rows are not."""
        cells = self.sample.cells(sign.column)
        words, credit = set(map(str.casefold, filter(None, cells))), sign.negative.casefold()
        unmarked = cells.count("") * MANY_UNMARKED >= len(cells)
        return replace(sign, positive="", sure=False) if unmarked and words == {credit} else sign

    def _by_side(self) -> list[Guess]:
        """A column for costs and one for income, where the file has no debit and credit."""
        if all(self._known("certain", name) for name in ("debit", "credit")):
            return []
        found: list[Guess] = []
        for name, side in (("debit", "costs"), ("credit", "income")):
            names = {plain(one) for one in synonyms()["sides"][side]}
            headers = [one for one in self._free() if bare_name(one) in names and self._is_amount(one)]
            found += [Guess(name, headers[0], self._examples(headers[0]), True, tuple(headers[1:]))] if headers else []
        if len(found) < 2:
            return []
        self.used |= {str(guess.value) for guess in found}
        return found

    def _sign_around(self, amounts: Sequence[Guess]) -> Sign | None:
        """The words before or behind the amounts that say which sign each has; of `CR` alone, all else is debit."""
        header = amounts[0].value if len(amounts) == 1 else None
        cells = self.sample.column(header) if header and header not in self.sample.numbers else []
        words = marks_around(cells)
        if header is None or not any(words) or _in_units(cells):
            return None
        bare = [cell for cell in cells if not any(marks_around([cell]))]
        if len(bare) == 1 and len(words) == len("DC") + 1:  # as below the rows, where they are counted
            words = tuple(word for word in words if word)
        if "" not in words:
            found = sign_of(header, words, sure=True)
            return found and replace(found, sure=len(words) > 1)
        credit = [pair[1] for pair in synonyms()["signs"]["pairs"]]
        known = [word for word in words if word and word.casefold() in {one.casefold() for one in credit}]
        return Sign(header, "", known[0], sure=False) if len(words) == 2 and known else None

    def _sign_by_two_words(self, amounts: Sequence[Guess]) -> Sign | None:
        """A column of two words beside amounts of which none has a sign: the rarer word may stand for below zero.

        Or of the one word for credit, and nothing in other rows; there an amount below zero is taken back.
        """
        if len(amounts) != 1:
            return None
        header = amounts[0].value
        signed = self._signed(header) if header else []
        few_signed = sum(signed) <= len(signed) // SIGNED_BY_CHANCE
        for name in self._free():
            words = Counter(self.sample.column(name)).most_common()
            short = all(len(word) <= LONGEST_WORD and not any(map(str.isdigit, word)) for word, _ in words)
            letters = {word.casefold() for word, _ in words}
            if len(letters) == 1 and letters <= _credit_words() and "" in self.sample.cells(name):
                self.used.add(name)
                return Sign(name, "", words[0][0], sure=False)
            if says_of_rows(name, [word for word, _ in words]):
                continue
            if len(words) == 2 and short and few_signed and sum(count for _, count in words) == len(self.sample.rows):
                self.used.add(name)
                return Sign(name, words[0][0], words[1][0], sure=False)
        return None

    def _sign_by_known_word(self, amounts: Sequence[Guess]) -> Sign | None:
        """A column of few words, one of which is known to take an amount back."""
        if len(amounts) != 1:
            return None
        header = amounts[0].value
        signed = self._signed(header) if header else [False] * len(self.sample.rows)  # nobody knows, so it is asked
        found = next(filter(None, (self._taken_back(name, signed) for name in self._free())), None)
        self.used |= {found.column} if found else set()
        return found

    def _signed(self, header: str) -> list[bool]:
        """Whether each amount has a sign of its own; the dash of `1.250,-` is none."""
        cells = (re.sub("[.,][-–]+$", "", cell) for cell in self.sample.cells(header))
        return [re.search(r"[-−–(]", cell) is not None for cell in cells]

    def _taken_back(self, name: str, signed: Sequence[bool]) -> Sign | None:
        """The column as the one that gives the sign, where one of its few words says that an amount is taken back and
        the amounts beside it stand above zero all the same.
        """
        cells = self.sample.cells(name)
        times = Counter(cells)
        words = [
            one for one, count in times.most_common() if one or len(times) == 2 or count * MANY_UNMARKED > len(cells)
        ]
        word = taken_back(name, words) if len(words) <= MOST_WORDS else None
        if word is None:
            return None
        beside = [sign for sign, cell in zip(signed, cells, strict=True) if cell == word]
        rest = [one for one in words if one != word]
        return Sign(name, rest[0], word, sure=False, others=tuple(rest[1:])) if sum(beside) * 2 < len(beside) else None

    def _amounts(self, *, one: bool) -> list[Guess]:
        """One column with amounts, or debit and credit; else what looks like amounts, to choose from."""
        found = {name: self._amount(name) for name in AMOUNTS}
        both = found["debit"].value and found["credit"].value
        chosen = ["debit", "credit"] if both and not one else ["amount"]
        if chosen == ["amount"] and found["amount"].value is None:
            money = [header for header in self._free() if self._is_money(header)]
            money = money or [header for header in self._free() if self._is_named_money(header)]
            if not one and (sides := self._sides(money)):
                return sides
            examples = self._examples(money[0]) if money else ()
            found["amount"] = Guess("amount", money[0] if money else None, examples, False, tuple(money[1:]))
        if chosen == ["amount"]:
            found["amount"] = self._beside(found["amount"])
        self.used |= {str(found[name].value) for name in chosen}
        return [found[name] for name in chosen]

    def _beside(self, guess: Guess) -> Guess:
        """A column of amounts, unsure where another one holds amounts too that are no tax, rate or running balance.

        A name such as `Saldo` may mean either: then the other one goes first.
        """
        if self.kind is DeliveryKind.REALISED and re.search(PLANNED, plain(guess.value or "")):
            guess = replace(guess, sure=False)
        free = [one for one in self._free() if one not in (guess.value, *guess.others) and not self._named_else(one)]
        money = [header for header in free if self._is_money(header, MOST) or self._is_named_money(header)]
        money = [header for header in money if not _is_aside(header)]
        money = [header for header in money if guess.value is None or not self._follows(header, guess.value)]
        others = [*guess.others, *money]
        if not others:
            return guess
        better = next((one for one in others if self._stands_aside(guess.value or "", one)), None)
        better = better or next((one for one in others if re.search(WITHOUT_TAX, plain(one))), None)
        if (money or not guess.sure) and better is not None and better != guess.value:
            rest = (*(one for one in others if one != better), str(guess.value))
            return Guess("amount", better, self._examples(better), False, rest)
        return replace(guess, sure=guess.sure and not money, others=tuple(others))

    def _named_else(self, header: str) -> bool:
        """Whether packages call a column so that holds no amounts: codes and periods have points too."""
        certain = synonyms()["certain"]
        return any(plain(header) in map(plain, certain.get(name, ())) for name in COLUMNS[self.kind])

    def _stands_aside(self, header: str, other: str) -> bool:
        """Whether a name is that of a balance or the like, or, beside another one, of what is planned or promised."""
        planned = self.kind is DeliveryKind.REALISED and re.search(PLANNED, plain(header))
        aside = _is_aside(header) and not _is_aside(other)
        return bool(aside or planned and not re.search(PLANNED, plain(other)))

    def _sides(self, money: Sequence[str]) -> list[Guess]:
        """Two columns with amounts, of which each row fills one: debit and credit, the left one being debit."""
        for at, first in enumerate(money):
            for second in money[at + 1 :]:
                rows = list(zip(self._filled(first), self._filled(second), strict=True))
                twice = sum(one and other for one, other in rows)  # in a total
                if twice * MOST_TWICE <= len(rows) and all(map(any, zip(*rows, strict=True))):
                    self.used |= {first, second}
                    both = (("debit", first, second), ("credit", second, first))
                    return [Guess(name, one, self._examples(one), False, (other,)) for name, one, other in both]
        return []

    def _filled(self, header: str) -> list[bool]:
        """Whether each row has an amount other than nothing in a column."""
        return [any(letter in "123456789" for letter in cell) for cell in self.sample.cells(header)]

    def _amount(self, name: str) -> Guess:
        for tier, sure in (("certain", True), ("likely", False)):
            known = sorted(self._known(tier, name), key=lambda header: not self._is_amount(header))
            if known:
                right = self._is_amount(known[0])
                others = [
                    header
                    for header in self._known("certain", name) + self._known("likely", name)
                    if header != known[0]
                ]
                alone = not any(map(self._is_mostly_amounts, others))
                return Guess(name, known[0], self._examples(known[0]), sure and right and alone, tuple(others))
        return Guess(name, None, (), False)

    def _sign_words(self, sign: Sign | None, amount: str | None) -> list[str]:
        """What gives the sign of each row: a cell of its own, or the letters around the amount."""
        cells = self.sample.cells(sign.column) if sign else [""] * len(self.sample.rows)
        return [_sign_word(cell) for cell in cells] if sign and sign.column == amount else cells

    def _follows(self, header: str, chosen: str) -> bool:
        """Whether a column only says the chosen amounts again, or adds them up from row to row."""
        columns = [self.sample.cells(name) for name in (header, chosen)]
        marks, _ = marks_of([cell for name in (header, chosen) for cell in self.sample.column(name)])
        pair = (str(marks[0].value), str(marks[1].value))
        here, there = ([cents_of(cell, pair) or 0 for cell in bare(cells, pair[0])] for cells in columns)
        steps = [after - before for before, after in pairwise(here)]
        return here == there or len(here) > 2 and steps == there[1:]

    def _is_amount(self, header: str) -> bool:
        """Whether a column, if it holds anything, holds amounts."""
        cells = self.sample.column(header)
        return header in self.sample.numbers or not cells or share(cells) == 1

    def _is_money(self, header: str, least: float = 1.0) -> bool:
        """Whether a column, or this part of it, holds amounts with cents."""
        cells = self.sample.column(header)
        if cells and all(map(_says_year_and_period, cells)):
            return False  # `2025.11` and `2024,01` have two decimals too
        if header in self.sample.numbers:
            return any("." in cell for cell in cells)
        return bool(cells) and any(map(_has_cents, cells)) and not all(map(_is_day, cells)) and share(cells) >= least

    def _is_named_money(self, header: str) -> bool:
        """Whether a column is called an amount and holds numbers, be they whole: `Waarde in EUR` beside `Bedrag`."""
        named = re.search(MONEY, plain(header)) is not None
        return named and self._is_mostly_amounts(header) and any(self._filled(header))

    def _is_mostly_amounts(self, header: str) -> bool:
        """Whether most of a column is amounts: one cell may be spoiled."""
        return header in self.sample.numbers or share(self.sample.column(header)) >= MOST

    def _said_flow(self) -> SaidFlow | None:
        """A column that says itself what is costs and what is income."""
        names = {plain(name) for name in synonyms()["flows"]["names"]}
        words = {word.casefold() for word in synonyms()["flows"]["income"]}
        for header in self._free():
            cells = self.sample.cells(header)
            found = sorted({cell for cell in cells if cell.casefold() in words})
            if plain(header) in names and found:
                return SaidFlow(header, tuple(cells), tuple(found))
        return None

    def _flows(
        self, columns: Sequence[Guess], said: SaidFlow | None, cents: Sequence[int]
    ) -> tuple[Guess, tuple[str, ...], bool]:
        """The column that tells income from costs, and its patterns for income.

        A column that says so itself; else the ledger account: see `income_of`. Nobody can be sure of that.
        """
        if said is not None:
            return Guess("column", said.header, self._examples(said.header)), said.income, True
        by_name = {guess.key: guess for guess in columns}
        ledger = by_name[LEDGER] if by_name[LEDGER].value else by_name["category"]
        if ledger.value is None:
            return Guess("column", None, (), False), (), False
        booked = zip(self.sample.cells(ledger.value), cents, strict=True)
        return Guess("column", ledger.value, ledger.examples, ledger.sure), income_of(booked), False

    def _cents(self, amounts: Sequence[Guess], marks: Sequence[Guess], sign: Sign | None) -> Iterator[int]:
        """The amount of each row, credit below zero; what cannot be read counts as nothing."""
        decimal, thousands = (str(guess.value) for guess in marks)
        columns: list[list[int]] = []
        for guess in amounts:
            if guess.value is None:
                return iter([0] * len(self.sample.rows))
            point = (".", "") if guess.value in self.sample.numbers else (decimal, thousands)
            cells = self.sample.cells(guess.value)
            cells = [to_the_cent(cell, point) for cell in cells] if point == (".", "") else cells
            columns.append([cents_of(cell, point) or 0 for cell in bare(cells, point[0])])
        if len(columns) == 2:
            return (debit - credit for debit, credit in zip(*columns, strict=True))
        words = self._sign_words(sign, amounts[0].value)
        negative = sign.negative.casefold() if sign else ""
        return (
            -cents if word and word.casefold() == negative else cents
            for cents, word in zip(columns[0], words, strict=True)
        )


def _credit_words() -> set[str]:
    """The words that mark an amount as credit, in small letters."""
    return {pair[1].casefold() for pair in synonyms()["signs"]["pairs"]}


def _is_aside(header: str) -> bool:
    """Whether a name is that of a tax, a rate or a balance: `Btw-bedrag`, but not `Bedrag excl. btw`."""
    return bool(re.search(ASIDE, plain(header))) and not re.search(WITH_OR_WITHOUT, plain(header))


def _has_cents(cell: str) -> bool:
    """Whether something with two decimals, or a dash for them, stands in a cell."""
    return re.search(r"[.,](?:[0-9]{2}(?:00)?(?![0-9])|--?$)", cell) is not None


def _in_units(cells: Sequence[str]) -> bool:
    """Whether the letters behind amounts say that they are thousands or millions: `1,3k`; `12,50 K` is credit."""
    credit = any(re.search(r"[.,][0-9]{2} *K$", cell) for cell in cells)
    return not credit and unit_of_amounts(pl.Series(cells, dtype=pl.String)) is not None


def _sign_word(cell: str) -> str:
    return next(iter(marks_around([cell])), "")


def _is_year(cell: str) -> bool:
    return re.fullmatch(r"(19|20)[0-9]{2}", cell) is not None


def _is_period(cell: str) -> bool:
    period = year_or_period(cell, 1)
    return period is not None and (period < MOST_PERIODS or period in SPECIAL_PERIODS)


def _says_year_and_period(cell: str) -> bool:
    return (year_period(cell)[1] or MOST_PERIODS) < MOST_PERIODS


def _says_year(cell: str) -> bool:
    return year_period(cell)[0] is not None


def _is_day(cell: str) -> bool:
    return any(parse_date(bare_day(cell), form) for form in DATES)


LOOKS: Mapping[str, Callable[[str], bool]] = {
    "year": _is_year,
    "period": _is_period,
    "booked_on": _is_day,
    "decided_on": _is_day,
    "authority": is_authority,
    "complete": is_yes_no,
}
"""What the cells of some columns look like. The others hold codes and words."""
