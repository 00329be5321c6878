"""Which periods a file covers: what its postings show, what it says, what a person answers, and what is asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gebiedswerk.importing.coverage import Books, Doubt, covered

LATE = datetime.fromisoformat("2026-01-10T10:00:00")
Q1, Q2, H1, YEAR = range(4), range(4, 7), range(7), range(14)


def books(
    *earlier: Sequence[int], at: str = "2026-01-10", months: int = 0, said: tuple[int, int] | None = None
) -> Books:
    covers = {2025: [frozenset(one) for one in earlier]}
    return Books(covers, datetime.fromisoformat(f"{at}T10:00:00"), months, said)


def of(found: Sequence[int], known: Books) -> tuple[list[int], list[Doubt]]:
    covers, doubts = covered({2025: frozenset(found)}, known)
    return covers[2025], doubts


@pytest.mark.parametrize(
    ("found", "earlier", "cover"),
    [
        ([1, 2, 3], [], range(4)),
        ([1, 3], [], range(4)),
        (range(1, 13), [], YEAR),
        ([0, 1], [], range(2)),
        ([12, 13], [], [12, 13]),
        ([2, 8], [], YEAR),
        ([2, 7], [], range(2, 8)),
        ([6, 12], [], YEAR),
        ([7, 12], [], range(7, 14)),
        ([3, 4, 5], [], [3, 4, 5]),
        ([4, 5, 6], [Q1], Q2),
        ([4, 6], [Q1], Q2),
        (range(1, 7), [Q1], H1),
        (range(1, 13), [Q1, Q2, [7, 8, 9]], YEAR),
        (range(10, 13), [Q1, Q2, [7, 8, 9]], range(10, 14)),
        ([1, 2], [Q1], Q1),
        ([5], [Q1, Q2], Q2),
        ([3], [YEAR], YEAR),
        (range(1, 4), [[4, 5, 6]], Q1),
        ([3], [[0, 1], [2]], [3]),
    ],
)
def test_what_needs_no_question(found: Sequence[int], earlier: list[Sequence[int]], cover: Sequence[int]) -> None:
    """A first file, the next quarter, the year so far, the same part again, the next of a row of months."""
    assert of(found, books(*earlier)) == (list(cover), [])


@pytest.mark.parametrize(
    ("found", "earlier", "at", "choices"),
    [
        ([7, 8], [Q1, Q2], "2025-10-10", ((7, 9), (7, 8))),
        (range(1, 9), [Q1, H1], "2025-10-10", ((0, 9), (0, 8))),
        ([8, 9], [Q1, Q2], "2025-10-10", ((7, 9), (8, 9), (0, 9))),
        ([10, 11, 12], [Q1, Q2, [7, 8]], "2026-01-10", ((9, 13), (10, 13), (0, 13))),
        (range(2, 7), [Q1], "2025-07-10", ((0, 6),)),
        ([5], [[4]], "2025-06-10", ((5, 5), (0, 5))),
        (range(1, 12), [H1], "2026-01-10", ((0, 13), (0, 11))),
        ([3], [[12, 13]], "2026-01-10", ((3, 3),)),
    ],
)
def test_what_is_asked(
    found: Sequence[int], earlier: list[Sequence[int]], at: str, choices: tuple[tuple[int, int], ...]
) -> None:
    """A last month that is expected, a first one, a hole, a part that overlaps, a part or the year so far."""
    _, doubts = of(found, books(*earlier, at=at))
    assert [one.choices for one in doubts] == [choices]


@pytest.mark.parametrize(("at", "asked"), [("2025-09-29", False), ("2025-09-30", True), ("2025-10-01", True)])
def test_a_month_that_is_not_over_is_not_expected(at: str, asked: bool) -> None:
    """July and August, of somebody who delivers quarters: September is expected from its last day."""
    assert bool(of([7, 8], books(Q1, Q2, at=at))[1]) == asked


@pytest.mark.parametrize(
    ("found", "months", "cover"),
    [
        ([7, 8], 3, [7, 8, 9]),
        ([8], 3, [7, 8, 9]),
        ([2], 3, Q1),
        ([11], 3, range(10, 14)),
        ([6], 4, range(5, 9)),
        (range(1, 9), 3, range(10)),
        ([5], 12, YEAR),
        ([5], 1, [5]),
        ([13], 3, [13]),
    ],
)
def test_the_profile_says_it_once_for_all(found: Sequence[int], months: int, cover: Sequence[int]) -> None:
    """`months`: whole quarters, thirds or years, whatever months of them hold nothing."""
    assert of(found, books(at="2025-10-10", months=months)) == (list(cover), [])


def test_a_year_that_is_not_over_is_not_whole() -> None:
    """From February to August, exported before and after the turn of the year."""
    assert of([2, 8], books(at="2025-12-31")) == (list(range(2, 9)), [])
    assert of([2, 8], books(at="2026-01-01")) == (list(YEAR), [])


def test_the_file_says_it_itself() -> None:
    """Its title names the periods; where its postings say otherwise it says nothing."""
    assert of([7, 8], books(Q1, Q2, said=(7, 9))) == ([7, 8, 9], [])
    assert of([2], books(said=(1, 12))) == (list(YEAR), [])
    assert of([7, 8], books(said=(1, 6))) == ([7, 8], [])


def test_several_years_in_one_file() -> None:
    """A year before the last one is whole at its end, and one after the first at its beginning."""
    found = {2023: frozenset({3}), 2024: frozenset({2, 11}), 2025: frozenset({2, 3})}
    covers, doubts = covered(found, Books({}, LATE))
    spans = {year: (periods[0], periods[-1]) for year, periods in covers.items()}
    assert (spans, doubts) == ({2023: (3, 13), 2024: (0, 13), 2025: (0, 3)}, [])


FOUND = st.frozensets(st.integers(0, 13), min_size=1, max_size=13)
COVERS = st.lists(st.sampled_from([Q1, Q2, H1, YEAR, [7, 8], [7, 8, 9], [10, 11, 12, 13], [5]]), max_size=4)


@given(FOUND, COVERS, st.integers(1, 12), st.sampled_from([0, 0, 0, 3, 4]))
def test_nothing_is_taken_silently_of_what_another_holds(
    found: frozenset[int], earlier: list[Sequence[int]], month: int, months: int
) -> None:
    """Without a question: all its postings are covered, nothing is covered twice, and no hole is left beside it."""
    known = books(*earlier, at=f"2025-{month:02d}-15", months=months)
    cover, doubts = of(sorted(found), known)
    assert set(cover) >= found
    if doubts or months:
        assert all(last in range(first, 14) for one in doubts for first, last in one.choices)
        return
    met = [set(one) for one in earlier if set(one) & set(cover)]
    assert any(set(cover) == one for one in met) or all(one <= set(cover) for one in met)
    before = [max(one) for one in earlier if max(one) < min(cover)]
    assert not before or met or max(before) == min(cover) - 1
