"""Areas in time: what follows one another meets."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gebiedswerk.dossier import Dossier
from gebiedswerk.dossier.settings import DossierSettings, Municipality
from gebiedswerk.dossier.tables import Area, AreaChange, AreaChangeKind
from gebiedswerk.dossier.validity import check_validity

DAY = date(2019, 1, 1)
days = st.one_of(st.none(), st.integers(-3, 3).map(lambda days: DAY + timedelta(days)))


def area(row: int, code: str, start: date | None = None, end: date | None = None, parent: str | None = None) -> Area:
    return Area(
        row=row, code=code, slug=code.lower(), name=code, kind="wijk", parent=parent, valid_from=start, valid_to=end
    )


def found(kind: str, *areas: Area) -> list[tuple[str, str | None, int | None, str | None]]:
    """The faults of these areas, the first of which becomes the second on 1 January 2019 (`kind`: how)."""
    changed = {"from_area": areas[0].code, "to_area": areas[1].code, "changed_on": DAY}
    changes = (AreaChange(row=2, kind=AreaChangeKind(kind), **changed),) if kind else ()  # type: ignore[arg-type] # three names
    settings = DossierSettings(1, Municipality("Vlietstede"), [])
    dossier = Dossier(Path(), settings, areas=areas, area_changes=changes)
    return [(one.code, one.file, one.row, one.value) for one in check_validity(dossier)]


CHANGES = "area_changes.csv"
EARLIER, LATER = DAY - timedelta(1), DAY + timedelta(1)


@pytest.mark.parametrize(
    ("kind", "end", "start", "codes"),
    [
        ("rename", DAY, DAY, []),
        ("merger", DAY, DAY, []),
        ("merger", DAY, None, []),  # the area that takes in was there already
        ("split", None, DAY, []),  # the area that was split lives on
        ("rename", EARLIER, DAY, [("D141", "A")]),
        ("rename", DAY, LATER, [("D141", "B")]),
        ("split", EARLIER, LATER, [("D141", "A"), ("D141", "B")]),
        ("merger", LATER, DAY, [("D142", "A")]),
        ("merger", None, DAY, [("D142", "A")]),
        ("rename", DAY, None, [("D142", "A")]),
        ("rename", None, None, [("D142", "A"), ("D142", "A")]),
    ],
)
def test_a_change_meets(kind: str, end: date | None, start: date | None, codes: list[tuple[str, str]]) -> None:
    """The old area ends, and the new one begins, on the day of the change."""
    faults = found(kind, area(2, "A", None, end), area(3, "B", start, None))
    assert faults == [(code, CHANGES, 2, value) for code, value in codes]


def test_an_area_lies_in_one_that_is_there() -> None:
    """Its own days are those of its parent or fewer; an empty day is that of the parent."""
    parent = area(2, "A", EARLIER, LATER)
    assert found("", parent, area(3, "B", None, None, "A"), area(4, "C", EARLIER, DAY, "A")) == []
    assert found("", parent, area(3, "B", EARLIER - timedelta(1), LATER + timedelta(1), "A")) == [
        ("D141", "areas.csv", 3, "A"),
        ("D141", "areas.csv", 3, "A"),
    ]


@given(days, days, days, days)
def test_a_renaming_is_right_where_every_day_has_one_area(
    one: date | None, end: date | None, start: date | None, other: date | None
) -> None:
    """The slow way: of two areas that hold on some day, one holds on each day around the change."""
    both = [area(2, "A", one, end), area(3, "B", start, other)]
    holds = [{at for at in range(-1, 1) if on(each, DAY + timedelta(at))} for each in both]
    right = all((each.valid_from or date.min) < (each.valid_to or date.max) for each in both)
    if right and not found("rename", *both):
        assert holds in ([{-1}, {0}], [{-1}, set()], [set(), {0}], [set(), set()])
    if right and end == DAY == start:
        assert not found("rename", *both)


def on(one: Area, day: date) -> bool:
    return (one.valid_from or date.min) <= day < (one.valid_to or date.max)
