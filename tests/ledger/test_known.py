"""Until which day a kind of posting is known: what nobody delivered is unknown, not nil."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gebiedswerk.core.periods import last_day_of
from gebiedswerk.dossier import Delivery, Profile
from gebiedswerk.dossier.settings import DeliveryKind, DeliverySettings
from gebiedswerk.ledger import known_until

REALISED, COMMITMENT = DeliveryKind.REALISED, DeliveryKind.COMMITMENT


def delivery(
    name: str, periods: list[int], exported: date, kind: DeliveryKind = REALISED, administration: str = "A"
) -> Delivery:
    moment = datetime(exported.year, exported.month, exported.day, 9)  # noqa: DTZ001 - moments have no zone
    settings = DeliverySettings("f.csv", kind, administration, [2020], moment, "p", periods)
    return Delivery(name, Path("f.csv"), "f.csv", "", settings, Profile())


@pytest.mark.parametrize(
    ("period", "day"),
    [
        *((0, date(2020, 1, 1)), (1, date(2020, 1, 31)), (2, date(2020, 2, 29))),
        *((12, date(2020, 12, 31)), (13, date(2020, 12, 31)), (99, date(2020, 12, 31))),
    ],
)
def test_periods_end_on_a_day(period: int, day: date) -> None:
    assert last_day_of(2020, period) == day


def test_an_export_of_half_june_reaches_to_half_june() -> None:
    """The file covers June, and was made on the 15th: what came after is not known."""
    found = [delivery("q2", [0, 1, 2, 3, 4, 5, 6], date(2020, 6, 15))]
    assert known_until(found, {"q2"}, REALISED, 2020) == date(2020, 6, 15)
    assert known_until(found, {"q2"}, COMMITMENT, 2020) is None
    assert known_until(found, {"q2"}, REALISED, 2021) is None
    assert known_until(found, {"other"}, REALISED, 2020) is None


def test_the_administration_that_lags_behind_counts() -> None:
    found = [
        delivery("a", [1, 2, 3], date(2020, 4, 2)),
        delivery("a2", [4, 5, 6], date(2020, 7, 2)),
        delivery("b", [1, 2, 3, 4], date(2020, 7, 2), administration="B"),
    ]
    assert known_until(found, {"a", "a2", "b"}, REALISED, 2020) == date(2020, 4, 30)


@given(st.lists(st.tuples(st.sampled_from("AB"), st.integers(0, 14), st.integers(0, 500)), max_size=6))
def test_the_slow_twin(made: list[tuple[str, int, int]]) -> None:
    """Day after day: a day is known if every administration has a file that covers it and was made by then."""
    found = [
        delivery(str(at), [period], date(2020, 1, 1) + timedelta(days), administration=name)
        for at, (name, period, days) in enumerate(made)
    ]
    day = known_until(found, {one.id for one in found}, REALISED, 2020)
    ends = []
    for name in {one for one, _, _ in made}:
        mine = [(period, date(2020, 1, 1) + timedelta(days)) for one, period, days in made if one == name]
        reached = [
            min(date(2020, 1, 1) if p < 1 else date(2020, min(p, 12), monthrange(2020, min(p, 12))[1]), exported)
            for p, exported in mine
        ]
        ends.append(sorted(reached)[-1])
    assert day == (sorted(ends)[0] if ends else None)
