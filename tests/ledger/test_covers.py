"""Which delivery holds each year and period on a day: the quick choice against a slow one, over random histories."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gebiedswerk.dossier import NEWEST, Basis, Delivery, Dossier, Profile
from gebiedswerk.dossier.settings import DeliveryKind, DeliverySettings, YearCover
from gebiedswerk.ledger import chosen
from tests.ledger.test_gate import town

FIRST = datetime.fromisoformat("2025-04-01T00:00:00")
Q1, Q2, H1, Q3, YEAR = [0, 1, 2, 3], [4, 5, 6], list(range(7)), [7, 8, 9], list(range(14))


def delivered(
    name: str,
    day: int,
    periods: Sequence[int],
    years: Sequence[int] = (2025,),
    kind: DeliveryKind = DeliveryKind.REALISED,
    own: Sequence[YearCover] = (),
) -> Delivery:
    """A delivery without its file: which one counts is known from what it covers."""
    asked = DeliverySettings(
        "f.csv", kind, "T", list(years), FIRST + timedelta(days=day), "p", list(periods), cover=list(own)
    )
    return Delivery(name, Path(), f"deliveries/{name}/f.csv", "", asked, Profile())


def dossier(*deliveries: Delivery) -> Dossier:
    base = town()
    return Dossier(Path(), base.settings, deliveries=deliveries)


def on_day(day: int) -> Basis:
    return Basis(FIRST + timedelta(days=day))


# Slow


def holder(deliveries: Sequence[Delivery], day: int, year: int, period: int) -> str | None:
    """Looked at one by one: of the deliveries exported by then that cover a period, the one exported last."""
    last: Delivery | None = None
    for one in deliveries:
        known = one.settings.exported_at <= FIRST + timedelta(days=day)
        if known and year in one.settings.years and period in one.periods_in(year):
            last = one if last is None else max(last, one, key=lambda found: found.settings.exported_at)
    return last.id if last else None


def in_the_way(deliveries: Sequence[Delivery], day: int) -> set[frozenset[str]]:
    """The pairs that nobody can choose between, year by year."""
    found = set()
    for year in (2024, 2025):
        there = [one for one in deliveries if year in one.settings.years]
        there = [one for one in there if one.settings.exported_at <= FIRST + timedelta(days=day)]
        left = list(there)
        for old in there:
            for new in there:
                later = new.settings.exported_at > old.settings.exported_at
                if later and all(period in new.periods_in(year) for period in old.periods_in(year)):
                    left = [one for one in left if one is not old]
        for one, other in combinations(left, 2):
            if any(period in other.periods_in(year) for period in one.periods_in(year)):
                found.add(frozenset({one.id, other.id}))
    return found


SPANS = st.tuples(st.integers(0, 13), st.integers(0, 13)).map(lambda ends: list(range(min(ends), max(ends) + 1)))
PERIODS = st.one_of(st.sampled_from([Q1, Q2, H1, Q3, YEAR]), SPANS)
History = list[tuple[int, list[int], tuple[int, ...], list[YearCover]]]
HISTORIES = st.lists(
    st.tuples(
        st.integers(0, 6),
        PERIODS,
        st.sampled_from([(2025,), (2024,), (2024, 2025)]),
        st.lists(st.builds(YearCover, st.sampled_from([2024, 2025]), PERIODS), max_size=1),
    ),
    max_size=7,
)


def places(deliveries: Sequence[Delivery]) -> Iterator[tuple[int, int]]:
    for year in (2024, 2025):
        for period in range(14):
            if any(year in one.settings.years and period in one.periods_in(year) for one in deliveries):
                yield year, period


@given(HISTORIES, st.integers(0, 7))
def test_each_period_is_held_once_and_none_is_lost(
    history: list[tuple[int, list[int], tuple[int, ...], list[YearCover]]], day: int
) -> None:
    """On any day: where nothing clashes every period that was delivered counts in one delivery, the newest with it."""
    deliveries = [
        delivered(f"d{at}", day, periods, years, own=own) for at, (day, periods, years, own) in enumerate(history)
    ]
    counts, clashes = chosen(dossier(*deliveries), on_day(day))
    assert {frozenset({one.one, one.other}) for one in clashes} == in_the_way(deliveries, day)
    if clashes:
        return
    for year, period in places(deliveries):
        holding = [one.id for one in deliveries if year in counts.get(one.id, ()) and period in one.periods_in(year)]
        slow = holder(deliveries, day, year, period)
        assert holding == ([] if slow is None else [slow])


@pytest.mark.parametrize(
    ("covers", "used"),
    [
        ([Q1, Q2], {"d0", "d1"}),
        ([Q1, H1], {"d1"}),
        ([Q1, Q2, Q3, YEAR], {"d3"}),
        ([Q1, Q2, [7, 8], YEAR], {"d3"}),
        ([Q1, Q2, H1, Q3], {"d2", "d3"}),
        ([H1, [4, 5, 6, 7, 8, 9], YEAR], {"d2"}),
    ],
)
def test_a_newer_delivery_that_contains_older_ones_takes_their_place(covers: list[list[int]], used: set[str]) -> None:
    """Quarters, a half year after one, a year after all; what clashed before does so no more."""
    counts, clashes = chosen(dossier(*(delivered(f"d{at}", at, cover) for at, cover in enumerate(covers))), NEWEST)
    assert (set(counts), clashes) == (used, [])


@pytest.mark.parametrize(
    ("one", "other", "day", "code"),
    [
        (YEAR, Q1, 1, "L114"),
        (H1, [4, 5, 6, 7], 1, "L114"),
        (H1, H1, 0, "L115"),
        (Q1, H1, 0, "L114"),
    ],
)
def test_what_nobody_can_choose_between(one: list[int], other: list[int], day: int, code: str) -> None:
    """A newer part of what is there, a partial overlap, one moment."""
    _, clashes = chosen(dossier(delivered("one", 0, one), delivered("other", day, other)), NEWEST)
    assert [(found.code, found.one, found.other, found.years) for found in clashes] == [(code, "one", "other", (2025,))]


def test_an_earlier_basis_keeps_what_was_known() -> None:
    quarters = dossier(*(delivered(f"d{at}", 90 * at, cover) for at, cover in enumerate([Q1, Q2, Q3, YEAR])))
    used = [set(chosen(quarters, on_day(90 * at))[0]) for at in range(4)]
    assert used == [{"d0"}, {"d0", "d1"}, {"d0", "d1", "d2"}, {"d3"}]


def test_several_years_in_one_file() -> None:
    """A newer file of one of the years takes its place for that year alone; each year has its periods."""
    own = [YearCover(2025, Q1)]
    both, newer = delivered("both", 0, YEAR, (2024, 2025), own=own), delivered("newer", 1, H1)
    counts, clashes = chosen(dossier(both, newer), NEWEST)
    assert (counts, clashes) == ({"both": {2024}, "newer": {2025}}, [])
    counts, clashes = chosen(dossier(both, delivered("newer", 1, Q2)), NEWEST)
    assert (counts, clashes) == ({"both": {2024, 2025}, "newer": {2025}}, [])


def test_commitments_are_a_stand() -> None:
    """The newest one, whatever periods its file was said to cover; bookings of the same periods stand beside it."""
    stand = DeliveryKind.COMMITMENT
    there = dossier(
        delivered("v1", 0, YEAR, kind=stand), delivered("v2", 1, Q2, kind=stand), delivered("booked", 0, YEAR)
    )
    counts, clashes = chosen(there, NEWEST)
    assert (set(counts), clashes) == ({"v2", "booked"}, [])
