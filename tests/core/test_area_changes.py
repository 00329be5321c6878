"""Where the money of a former area is shown: whole after a merger, in parts after a split, on through later changes."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from gebiedswerk.core.area_changes import Passing, landed

DAY = date(2019, 1, 1)
LATER = date(2021, 1, 1)
SINCE = date(2018, 1, 1)


def test_a_merger_takes_it_along_whole() -> None:
    """A and B become N; what B has after the change is its own."""
    merger = [Passing("A", "N", DAY), Passing("B", "N", DAY)]
    assert landed(140, "A", SINCE, merger) == {"N": 140}
    assert landed(140, "A", DAY, merger) == {"A": 140}


def test_a_split_goes_by_its_weights_and_on_from_there() -> None:
    """100 cents of A, 2 to 1 over B and C; B then becomes D. A credit note mirrors its invoice."""
    changes = [Passing("A", "B", DAY, 2), Passing("A", "C", DAY, 1), Passing("B", "D", LATER)]
    assert landed(100, "A", SINCE, changes) == {"D": 67, "C": 33}
    assert landed(-100, "A", SINCE, changes) == {"D": -67, "C": -33}
    assert landed(100, "A", SINCE, changes, stop={"B"}) == {"B": 67, "C": 33}


areas = st.sampled_from("ABCDE")
passings = st.lists(
    st.builds(Passing, areas, areas, st.integers(2018, 2024).map(lambda year: date(year, 1, 1)), st.integers(1, 9)),
    max_size=12,
)


@given(cents=st.integers(-(10**9), 10**9), area=areas, changes=passings)
def test_the_whole_lands_somewhere(cents: int, area: str, changes: list[Passing]) -> None:
    """Whatever became of an area, in circles too, no cent is lost, and none lands in an area that went on."""
    found = landed(cents, area, SINCE, changes)
    assert sum(found.values()) == cents
