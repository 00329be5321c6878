"""Hidden postings in groups: every part in one group, and no group too small unless all together are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gebiedswerk.core.persons import NAME
from gebiedswerk.core.privacy_groups import Part, different, grouped, size

PARTS = st.dictionaries(
    st.tuples(st.sampled_from("ab"), st.integers(0, 13)),
    st.tuples(st.integers(0, 4), st.frozensets(st.sampled_from("vwxyz"), max_size=4)).filter(any),
    min_size=1,
    max_size=12,
).map(lambda found: [Part(ground, period, *rest) for (ground, period), rest in found.items()])


@given(PARTS, st.integers(1, 9))
def test_no_group_is_too_small(parts: list[Part], smallest: int) -> None:
    """Each part once; one small group only where there is but one."""
    groups = grouped(parts, smallest)
    assert sorted(map(repr, parts)) == sorted(repr(part) for group in groups for part in group)
    assert len(groups) == 1 or all(size(group) >= smallest for group in groups)


def test_periods_that_follow_each_other_come_together() -> None:
    """Three a month, five at least: two months to a group, and the last month with the group before it."""
    parts = [Part("a", month, 3) for month in range(1, 6)]
    assert [[part.period for part in group] for group in grouped(parts, 5)] == [[1, 2], [3, 4, 5]]


def test_what_says_no_period_comes_before_the_first() -> None:
    """Of each ground, also before period 0 and one below it."""
    parts = [Part(ground, period, 5) for ground in "ba" for period in (2, 1, 0, -1, None)]
    found = [(part.ground, part.period) for group in grouped(parts, 5) for part in group]
    assert found == [(ground, period) for ground in "ab" for period in (None, -1, 0, 1, 2)]


def test_a_creditor_counts_once() -> None:
    """Twelve payments to one person tell what that person got: with four others from March on there are five."""
    parts = [Part("a", 1, 0, frozenset("x")), Part("a", 2, 0, frozenset("x")), Part("a", 3, 4, frozenset("x"))]
    assert [[part.period for part in group] for group in grouped(parts, 5)] == [[1, 2, 3]]


def test_grounds_that_are_small_come_together() -> None:
    """Two salaries and three benefits are five, under both grounds."""
    groups = grouped([Part("a", 1, 2), Part("b", 1, 3)], 5)
    assert [[part.ground for part in group] for group in groups] == [["a", "b"]]


def test_a_small_ground_joins_the_smallest_group() -> None:
    """One salary beside benefits of eight and of six."""
    groups = grouped([Part("a", 1, 1), Part("b", 1, 8), Part("b", 2, 6)], 5)
    assert [[(part.ground, part.period) for part in group] for group in groups] == [[("b", 1)], [("b", 2), ("a", 1)]]


def test_exactly_enough_is_enough() -> None:
    """Five in each of two months are two groups; two and three of other grounds are one of their own."""
    parts = [Part("a", 1, 5), Part("a", 2, 5), Part("b", 1, 2), Part("c", 1, 3)]
    found = [[(part.ground, part.period) for part in group] for group in grouped(parts, 5)]
    assert found == [[("a", 1)], [("a", 2)], [("b", 1), ("c", 1)]]


def test_who_is_known_by_name_may_be_one_who_is_known_by_number() -> None:
    """Two names and a number are two at least, a name and two numbers too; three numbers are three."""
    a, b = f"{NAME}a", f"{NAME}b"
    assert [different(found) for found in ({a, b, "1"}, {a, "1", "2"}, {"1", "2", "3"}, {a, b}, set[str]())] == [
        2,
        2,
        3,
        2,
        0,
    ]
