"""Charts and maps on paper: each amount in words, told apart without colour, within a page of A4."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from gebiedswerk.blocks.models import Amount, Bar, Cell, Chart, Group, Key, Map, Strip
from gebiedswerk.documents.illustration import pngs, shown
from gebiedswerk.pictures.draw_chart import chart_drawing
from gebiedswerk.pictures.draw_map import map_drawing
from gebiedswerk.pictures.looks import BARS
from gebiedswerk.pictures.svg import WIDTH
from tests.documents.papers import town_chapter

SVG = "{http://www.w3.org/2000/svg}"


def pictures(language: str = "nl") -> list[Chart | Map]:
    """The charts and maps of the example."""
    return [piece for piece in town_chapter(language).pieces if isinstance(piece, Chart | Map)]


def texts(drawing: str) -> list[str]:
    """The words of a drawing, which has to be good XML."""
    root = ET.fromstring(drawing)  # noqa: S314 # our own drawing
    return [" ".join(one.itertext()) for one in root.iter(f"{SVG}text")]


def amounts(picture: Chart | Map) -> list[str]:
    """The amounts that a picture prints on the page."""
    if isinstance(picture, Map):
        return [area.amount if area.named else area.number for area in picture.areas]
    return [amount.cell.text for group in picture.groups for strip in group.strips for amount in strip.amounts]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_each_amount_of_the_page_is_in_the_drawing_and_no_other(language: str) -> None:
    """Numbers of a drawing are amounts, years and days of its page."""
    assert {type(picture) for picture in pictures(language)} == {Chart, Map}
    for picture in pictures(language):
        drawn = " ".join(texts(chart_drawing(picture) if isinstance(picture, Chart) else map_drawing(picture)))
        for amount in amounts(picture):
            assert amount in drawn
        told = " ".join([*amounts(picture), *_names(picture), *(key.text for key in picture.legend)])
        assert set(re.findall(r"\d[\d.,]*", drawn)) <= set(re.findall(r"\d[\d.,]*", told))


def _names(picture: Chart | Map) -> list[str]:
    if isinstance(picture, Map):
        return [area.name for area in picture.areas]
    return [text for group in picture.groups for text in (group.name.text, group.note)]


def test_no_kind_of_bar_differs_in_colour_alone() -> None:
    """In one chart no two kinds look alike in grey: each is plain, patterned in its own way, or an outline."""
    together = (("budget", "realised"), ("stand", "more", "less"), ("spent", "released", "left", "lapses", "shortfall"))
    for kinds in together:
        looks = {BARS[kind].pattern or ("plain" if BARS[kind].series else "outline") for kind in kinds}
        assert len(looks) == len(kinds)


def test_a_long_name_and_many_amounts_stay_on_the_page() -> None:
    """Words go on to the next line; nothing starts beyond the right side."""
    cells = [Cell(f"{number}.000.000", "publicaties/x/cijfers/y/2019.html#spent", amount=True) for number in range(9)]
    strip = Strip((Bar("spent", 0, 1000),), tuple(Amount("Uitgegeven", cell, "spent") for cell in cells), stacked=True)
    group = Group(Cell("Een naam die zo lang is & zo < breed dat zij op geen enkele regel past"), (strip,), "tot 2020")
    broken = Group(Cell("Hier houdt de reeks op, want gebieden zijn samengegaan " * 3))
    chart = Chart("c", "Naam", (Key("spent", "Uitgegeven"),), 0, (group, broken, group), "t")
    drawing = chart_drawing(chart)
    assert "zo < breed" in " ".join(texts(drawing)) and drawing.count("8.000.000") == 2
    placed = [float(x) for x in re.findall(r'<(?:text|svg) x="([\d.]+)"', drawing)]
    assert placed and max(placed) <= WIDTH - 40


def test_the_alternative_names_the_table() -> None:
    """Who cannot see a picture hears what it is and where its amounts are; without a table only what it is."""
    one = town_chapter()
    chart = pictures()[0]
    told = shown(chart, one)
    assert told.alternative.startswith(f"Grafiek: {chart.caption}. ")
    assert told.alternative.endswith("Dezelfde bedragen in de tabel ‘Totaal resultaat gebiedsgericht werken’.")
    assert told.notes == ("Dezelfde bedragen in de tabel ‘Totaal resultaat gebiedsgericht werken’",)
    assert shown(chart, replace(one, pieces=(chart,))).notes == ()


def test_a_drawing_gives_the_same_png_each_time() -> None:
    """As many as there are drawings: none, one or several."""
    drawings = [shown(picture, town_chapter()).svg for picture in pictures()[:2]]
    assert pngs([], 50) == []
    assert len(pngs(drawings[:1], 50)) == 1
    first = pngs(drawings, 50)
    assert len(set(first)) == 2 and all(png.startswith(b"\x89PNG") for png in first)
    assert pngs(drawings, 50) == first
