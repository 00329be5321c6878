"""Each kind of bar and each shade looks one way, on page and paper; and the registry of charts is whole."""

from __future__ import annotations

import re

import pytest

from gebiedswerk.language.languages import LANGUAGES
from gebiedswerk.language.messages import Messages
from gebiedswerk.pictures import tranche_chart, waterfall
from gebiedswerk.pictures.chart_kinds import CHARTS, PER_SUBJECT, asked_chart
from gebiedswerk.pictures.charts import PAIR
from gebiedswerk.pictures.class_breaks import STEPS, STEPS_BOTH_SIDES, Shades
from gebiedswerk.pictures.looks import BARS, FLAT, OF_BARS, OF_SHADES
from tests.conftest import ROOT

STYLE = (ROOT / "src/gebiedswerk/site/assets/css/40-pictures.css").read_text("utf-8")
USED = {*PAIR, *tranche_chart.KINDS, *waterfall.KINDS.values()}


def test_every_kind_of_bar_has_a_look_and_words() -> None:
    """What a chart draws has a look, a class in the style sheet, and a name in its legend."""
    assert set(BARS) == USED
    for kind in USED:
        assert re.search(rf"\.bar-{kind}\b|\[class\^=\"bar-\"\]", STYLE)
        words = (f"chart.key.{kind}", f"chart.piece.{kind}", f"measure.{kind}")
        assert all(any(Messages(one).known(name) for name in words) for one in LANGUAGES)


def test_every_pattern_of_a_bar_is_drawn_and_used() -> None:
    """No look names a pattern that is not there, and none is drawn for nothing."""
    assert {look.pattern for look in BARS.values() if look.pattern} == set(OF_BARS)


def test_every_shade_is_drawn_or_flat() -> None:
    """All that a map may give an area, on one side of zero or on both."""
    one, both = Shades(1, False), Shades(1, True)
    shades = {one.kind(units) for units in (None, *range(STEPS + 1))}
    shades |= {both.kind(units) for units in range(-STEPS_BOTH_SIDES, STEPS_BOTH_SIDES + 1)}
    assert shades == {*OF_SHADES, *FLAT}


@pytest.mark.parametrize("name", sorted(CHARTS))
def test_a_text_may_ask_for_each_chart(name: str) -> None:
    """By its name alone; with a subject and a year only where it is of one subject."""
    assert asked_chart(name, 2020) is not None
    assert (asked_chart(f"{name}/WEST@2019", 2020) is not None) == (name in PER_SUBJECT)
