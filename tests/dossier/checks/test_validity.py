"""Areas in time: one lies in another only while that is there."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from gebiedswerk.dossier import Dossier
from gebiedswerk.dossier.checks.validity import check_validity
from gebiedswerk.dossier.settings import DossierSettings, Municipality
from gebiedswerk.dossier.tables import Area

DAY = date(2019, 1, 1)
EARLIER, LATER = DAY - timedelta(1), DAY + timedelta(1)
days = st.one_of(st.none(), st.integers(-3, 3).map(lambda days: DAY + timedelta(days)))


def area(row: int, code: str, start: date | None = None, end: date | None = None, parent: str | None = None) -> Area:
    return Area(
        row=row, code=code, slug=code.lower(), name=code, kind="wijk", parent=parent, valid_from=start, valid_to=end
    )


def found(*areas: Area) -> list[tuple[str, int | None, str | None, str | None]]:
    """The faults of these areas."""
    dossier = Dossier(Path(), DossierSettings(1, Municipality("Vlietstede"), []), areas=areas)
    return [(one.code, one.row, one.column, one.value) for one in check_validity(dossier)]


def test_an_area_holds_on_some_day() -> None:
    """`valid_to` is the first day on which it no longer holds: it lies after `valid_from`."""
    assert found(area(2, "A", DAY, LATER)) == []
    assert found(area(2, "A", DAY, DAY)) == [("D140", 2, "valid_to", "2019-01-01")]


def test_an_area_lies_in_one_that_is_there() -> None:
    """Its own days are those of its parent or fewer; an empty day is that of the parent."""
    parent = area(2, "A", EARLIER, LATER)
    assert found(parent, area(3, "B", None, None, "A"), area(4, "C", EARLIER, DAY, "A")) == []
    before, after = EARLIER - timedelta(1), LATER + timedelta(1)
    both = found(parent, area(3, "B", before, after, "A"))
    assert both == [("D141", 3, "valid_from", "A"), ("D141", 3, "valid_to", "A")]


def test_wrong_days_are_held_against_no_other() -> None:
    """A parent that holds on no day is one fault, not one more for each area in it."""
    assert found(area(2, "A", DAY, DAY), area(3, "B", DAY, LATER, "A")) == [("D140", 2, "valid_to", "2019-01-01")]


@given(days, days, days, days)
def test_the_days_equal_the_slow_twin(
    start: date | None, end: date | None, parent_start: date | None, parent_end: date | None
) -> None:
    """Day by day around the change: no fault where the parent is there on each day of its own area."""
    parent = area(2, "A", parent_start, parent_end)
    inner = area(3, "B", start or parent_start, end or parent_end, "A")
    around = [DAY + timedelta(at) for at in range(-5, 6)]
    if any(on(parent, day) for day in around) and any(on(inner, day) for day in around):
        outside = [day for day in around if on(inner, day) and not on(parent, day)]
        assert bool(outside) == bool(found(parent, inner))


def on(one: Area, day: date) -> bool:
    return (one.valid_from or date.min) <= day < (one.valid_to or date.max)
