"""Which faults come with a change, however rows move."""

from __future__ import annotations

from gebiedswerk.core.faults import fault
from gebiedswerk.dossier.writing.fault_marks import beside, mark_of, unmarked

A, MOVED, B = (fault("D105", "areas.csv", row, "name", value) for row, value in ((2, "x"), (9, "x"), (2, "y")))


def test_a_row_that_moved_is_the_same_fault() -> None:
    assert mark_of(A) == mark_of(MOVED) != mark_of(B)
    assert beside([MOVED, B], [A]) == (B,)
    assert beside([A, B], []) == (A, B)
    assert beside([], [A]) == ()


def test_the_same_fault_once_more_is_one_more() -> None:
    assert beside([A, MOVED], [A]) == (MOVED,)
    assert beside([A, MOVED], [A, A]) == ()


def test_another_file_or_column_is_another_fault() -> None:
    other_file = fault("D105", "budgets.csv", 2, "name", "x")
    other_column = fault("D105", "areas.csv", 2, "slug", "x")
    other_code = fault("D106", "areas.csv", 2, "name", "x")
    for one in (other_file, other_column, other_code):
        assert beside([one], [A]) == (one,)


def test_marks_alone() -> None:
    assert unmarked([A, B], [mark_of(B)]) == (A,)
    assert mark_of(fault("D101")) == ("D101", "", "", "")
