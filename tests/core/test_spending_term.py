"""The spending term: every case worked by hand, the identities as properties, and a slow twin euro by euro."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gebiedswerk.core.spending_term import (
    EmptyTerm,
    Expiry,
    Extension,
    Shortfall,
    TermRule,
    TermYear,
    Tranche,
    in_spending_order,
    last_day,
    last_year_of,
    must_be_covered,
    rule_of,
    settle_term,
)

CASES = Path(__file__).parent / "cases" / "spending-term.md"
SETTINGS: dict[str, tuple[TermRule, ...]] = {
    "13": (TermRule(2000, years=1),),
    "14": (TermRule(2000, years=3),),
    "15": (TermRule(2000, expiry=Expiry.KEEP_COMMITTED),),
    "16": (TermRule(2000, expiry=Expiry.KEEP_COMMITTED),),
    "17": (TermRule(2000, years=1),),
    "23": (TermRule(2000), TermRule(2021, years=3)),
}
COMMITTED = {("15", 2019): 25, ("16", 2019): 60}
EXTENSIONS = {"17": (Extension(2019, 50, 2021),)}
MOVED = {("9", 2019): {2019: 40}}
OPEN = {("18", 2019)}


class Case(NamedTuple):
    """One row of the table: what goes in and what must come out, in whole euros."""

    name: str
    start: TermYear
    rules: tuple[TermRule, ...]
    spent: dict[int, int]
    released: dict[int, int]
    shortfall: int
    closing: dict[tuple[int, int], int]


def cases() -> list[Case]:
    """Read the table of the cases; a row without a number belongs to the case above it."""
    rows, number = [], ""
    for line in CASES.read_text("utf-8").split("# Rounding")[0].splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 9 and re.fullmatch(r"[0-9]{4}", cells[1]):
            found = re.match(r"[0-9]+b?", cells[0])
            number = found[0] if found else number
            rows.append(case(number, cells))
    return rows


def case(number: str, cells: list[str]) -> Case:
    year = int(cells[1])
    bare = number.rstrip("b")
    rules = SETTINGS.get(bare, (TermRule(2000),))
    realised = whole(cells[4])
    start = TermYear(
        year=year,
        opening=[Tranche(o, last, cents) for (o, last), cents in tranches(cells[2], rules).items()],
        allocated_cents=sum(whole(part) for part in re.findall(r"[−+]? ?[0-9]+", cells[3])),
        realised_cents=realised,
        closed=(number, year) not in OPEN,
        committed_cents=COMMITTED.get((bare, year), 0),
        moved_out=MOVED.get((bare, year)),
        extensions=EXTENSIONS.get(bare, ()),
    )
    released = per_origin(tranches(cells[6], rules, year))
    closing = tranches(cells[8], rules)
    return Case(
        f"{number}-{year}", start, rules, per_origin(tranches(cells[5], rules)), released, whole(cells[7]), closing
    )


def whole(text: str) -> int:
    return int(text.replace("−", "-").replace(" ", "").replace("+", "") or 0)


def tranches(text: str, rules: tuple[TermRule, ...], last: int | None = None) -> dict[tuple[int, int], int]:
    """'2018: 25 (2020), 2019: 100' → {(2018, 2020): 25, (2019, 2020): 100}."""
    found = re.findall(r"([0-9]{4}): ([0-9]+)(?: \(([0-9]{4})\))?", text)
    return {(int(o), int(y) if y else last or last_year_of(rules, int(o))): int(cents) for o, cents, y in found}


def per_origin(found: dict[tuple[int, int], int]) -> dict[int, int]:
    return {origin: cents for (origin, _), cents in found.items()}


def test_every_case_is_read() -> None:
    """The table holds 34 rows, from case 1 to case 26."""
    names = [found.name for found in cases()]
    assert (
        len(names)
        == len(CASES.read_text("utf-8").split("# Rounding")[0].split("|---|---|---|---:")[1].split("\n| ")) - 1
    )
    assert names[0] == "1-2018"
    assert names[-1] == "26-2019"


@pytest.mark.parametrize("found", cases(), ids=lambda found: found.name)
def test_the_cases_worked_by_hand(found: Case) -> None:
    """Spent per origin, released, shortfall and closing are those of the case."""
    term = settle_term(found.start, found.rules)
    assert {t.origin: t.cents for t in term.spent} == found.spent
    assert {t.origin: t.cents for t in term.released} == found.released
    assert term.shortfall_cents == found.shortfall
    assert {(t.origin, t.last_year): t.cents for t in term.closing} == found.closing


def test_a_term_holds_a_year() -> None:
    with pytest.raises(EmptyTerm, match="starts in 2020 cannot end in 2019"):
        Tranche(2020, 2019, 1)


@pytest.mark.parametrize(("years", "last"), [(0, 2019), (-1, 2018)])
def test_a_rule_gives_at_least_a_year(years: int, last: int) -> None:
    """Of no years, or less, is refused; of one year is the shortest."""
    with pytest.raises(EmptyTerm, match=f"starts in 2020 cannot end in {last}:"):
        TermRule(2020, years=years)
    assert last_year_of([TermRule(2020, years=1)], 2020) == 2020


def test_money_may_be_spent_on_the_last_day_of_december() -> None:
    assert last_day(2019) == date(2019, 12, 31)


def test_without_a_rule_of_the_council_a_term_is_two_years() -> None:
    """Leftovers of 2020 lapse at the end of 2021."""
    assert rule_of([], 2020) == TermRule(2020, years=2)
    assert settle_term(TermYear(2020, [], 5, 0, closed=True), []).closing == (Tranche(2020, 2021, 5),)


def test_cover_is_asked_for_where_the_rule_of_that_year_says_so() -> None:
    """Without a rule, before a rule of the council asked for it, and after one that no longer does, nobody asks."""
    rules = [TermRule(2018), TermRule(2020, shortfall=Shortfall.TO_COVER), TermRule(2023)]
    assert [year for year in range(2016, 2026) if must_be_covered(rules, year)] == [2020, 2021, 2022]
    assert not must_be_covered([], 2020)
    assert must_be_covered([TermRule(2020, shortfall=Shortfall.TO_COVER)], 2018)


def test_equal_tranches_are_one_with_what_is_in_the_budget() -> None:
    """Two decisions bring 3 and 5 of one origin, of which 2 and 4 into the budget."""
    assert in_spending_order([Tranche(2018, 2020, 3, 2), Tranche(2018, 2020, 5, 4)]) == [Tranche(2018, 2020, 8, 6)]


def test_what_is_left_is_in_no_budget_yet() -> None:
    """Money that was brought into the budget of 2019 is not for that in the budget of 2020."""
    start = TermYear(2019, [Tranche(2018, 2020, 9, 9)], 0, 4, closed=True)
    term = settle_term(start, [TermRule(2000)])
    assert (term.spent, term.closing) == ((Tranche(2018, 2020, 4),), (Tranche(2018, 2020, 5),))


def test_an_extension_to_this_year_lengthens_nothing() -> None:
    """What should have been spent by 2019 lapses as such; the decision on other money counts."""
    nothing, more = Extension(2018, 9, 2020), Extension(2017, 4, 2022)
    start = TermYear(
        2020, [Tranche(2018, 2019, 9), Tranche(2017, 2020, 4)], 0, 0, closed=True, extensions=[nothing, more]
    )
    term = settle_term(start, [TermRule(2000)])
    assert (term.released, term.closing) == ((Tranche(2018, 2019, 9),), (Tranche(2017, 2022, 4),))


def test_moved_money_is_not_spent_here() -> None:
    """Of 100, 40 moved out; 80 spent: 60 is paid, 20 is not covered, 40 lives on whatever the term."""
    start = TermYear(2019, [], 100, 80, closed=True, moved_out={2019: 40})
    term = settle_term(start, [TermRule(2019, years=1)])
    assert term.shortfall_cents == 20
    assert term.closing == (Tranche(2019, 2020, 40),)


YEARS = st.integers(2015, 2020)
TRANCHES = st.lists(
    st.builds(
        lambda origin, more, cents: Tranche(origin, max(origin + more, 2020), cents),
        YEARS,
        st.integers(0, 5),
        st.integers(1, 60),
    ),
    max_size=4,
)
STARTS = st.builds(
    TermYear,
    year=st.just(2020),
    opening=TRANCHES,
    allocated_cents=st.integers(-60, 120),
    realised_cents=st.integers(-60, 200),
    closed=st.booleans(),
    committed_cents=st.integers(0, 80),
    moved_out=st.dictionaries(YEARS, st.integers(1, 30), max_size=2),
    extensions=st.lists(st.builds(Extension, YEARS, st.integers(1, 50), st.integers(2020, 2024)), max_size=2),
)
RULES = st.lists(
    st.builds(TermRule, from_year=YEARS, years=st.integers(1, 4), expiry=st.sampled_from(Expiry)),
    min_size=1,
    max_size=3,
)


@given(STARTS, RULES)
def test_the_identities(start: TermYear, rules: list[TermRule]) -> None:
    """opening + allocated − realised = closing + released − shortfall; spent + shortfall = realised."""
    term = settle_term(start, rules)
    opening, closing = (sum(t.cents for t in tranches_) for tranches_ in (start.opening, term.closing))
    spent, released = (sum(t.cents for t in tranches_) for tranches_ in (term.spent, term.released))
    assert opening + start.allocated_cents - start.realised_cents == closing + released - term.shortfall_cents
    assert spent + term.shortfall_cents == max(start.realised_cents, 0) + term.withdrawn_beyond_cents
    assert not (released and not start.closed)
    assert all(t.cents > 0 for t in (*term.spent, *term.released, *term.closing))


@given(STARTS, RULES)
def test_the_slow_twin(start: TermYear, rules: list[TermRule]) -> None:
    """Every euro is a coin with its origin and last year: coins are spent, kept and dropped one at a time."""
    spent, released, closing, shortfall = coin_by_coin(start, rules)
    term = settle_term(start, rules)
    assert {(t.origin, t.last_year): t.cents for t in term.spent} == spent
    assert {(t.origin, t.last_year): t.cents for t in term.released} == released
    assert {(t.origin, t.last_year): t.cents for t in term.closing} == closing
    assert term.shortfall_cents == shortfall


Coin = tuple[int, int]
Count = dict[tuple[int, int], int]


def coin_by_coin(start: TermYear, rules: list[TermRule]) -> tuple[Count, Count, Count, int]:
    """The slow, obvious way. A coin is (last year, origin)."""

    def rule(year: int) -> TermRule:
        ordered = sorted(rules, key=lambda r: r.from_year)
        before = [r for r in ordered if r.from_year <= year]
        return before[-1] if before else ordered[0]

    purse: list[Coin] = [(t.last_year, t.origin) for t in start.opening for _ in range(t.cents)]
    new = start.allocated_cents + (-start.realised_cents if start.realised_cents < 0 else 0)
    uncovered = 0
    for _ in range(new):
        purse.append((start.year + rule(start.year).years - 1, start.year))
    for _ in range(-new):
        if purse:
            purse.remove(min(purse))
        else:
            uncovered += 1
    moved: list[Coin] = []
    for origin, cents in sorted((start.moved_out or {}).items()):
        for _ in range(cents):
            mine = [coin for coin in purse if coin[1] == origin]
            if mine:
                purse.remove(max(mine))
                moved.append((max(max(mine)[0], start.year + 1), origin))
    spent: list[Coin] = []
    for _ in range(start.realised_cents):
        if purse:
            spent.append(min(purse))
            purse.remove(min(purse))
        else:
            uncovered += 1
    for extension in start.extensions:
        for _ in range(extension.cents):
            mine = [c for c in purse if c[1] == extension.origin and c[0] <= start.year < extension.last_year]
            if mine:
                purse.remove(min(mine))
                purse.append((extension.last_year, extension.origin))
    released: list[Coin] = []
    kept = list(moved)
    for number, coin in enumerate(sorted(purse)):
        lives = rule(coin[1]).expiry is Expiry.KEEP_COMMITTED and number < start.committed_cents
        if not start.closed or coin[0] > start.year:
            kept.append(coin)
        elif lives:
            kept.append((start.year + 1, coin[1]))
        else:
            released.append(coin)
    return count(spent), count(released), count(kept), uncovered


def count(coins: list[Coin]) -> Count:
    return {(coin[1], coin[0]): coins.count(coin) for coin in set(coins)}
