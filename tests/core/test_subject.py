"""What a figure is about is one value, and has one text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gebiedswerk.core.subject import CODE, TOTAL, Subject, area_subject, line_subject, parse_subject
from gebiedswerk.figures import Address, parse_address

CODES = st.from_regex(CODE, fullmatch=True)
SUBJECTS = st.one_of(st.just(TOTAL), CODES.map(area_subject), CODES.map(line_subject))
MEASURES = st.sampled_from(("budget", "reserve_in", "result"))


@given(SUBJECTS)
def test_a_subject_reads_back_as_it_was_printed(subject: Subject) -> None:
    """Of each code that a table may hold; and two subjects never have one text."""
    assert parse_subject(str(subject)) == subject


@given(st.text(min_size=1))
def test_a_text_is_printed_as_it_was_read(text: str) -> None:
    """Whatever somebody writes in an address."""
    assert str(parse_subject(text)) == text


@given(MEASURES, SUBJECTS, st.integers(1000, 9999), st.none() | st.integers(1000, 9999))
def test_an_address_reads_back_as_it_was_printed(measure: str, subject: Subject, year: int, origin: int | None) -> None:
    address = Address(measure, subject, year, origin)
    assert parse_address(str(address)) == address


@pytest.mark.parametrize("name", ["areas", "lines-overspent"])
def test_the_number_of_a_set_is_about_no_subject(name: str) -> None:
    """What stands behind `count` is the name of a set, and no line that is called so."""
    address = parse_address(f"count/{name}", 2025)
    assert (address.subject, address.of_set, str(address)) == (None, name, f"count/{name}@2025")


def test_one_kind_at_a_time() -> None:
    subjects = (TOTAL, area_subject("NRD"), line_subject("NRD"))
    assert [(one.area, one.line) for one in subjects] == [(None, None), ("NRD", None), (None, "NRD")]
    assert [str(one) for one in subjects] == ["total", "area:NRD", "NRD"]
