"""Maps: every area once, as large as its parts, in the shade of its amount, and never without its table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis.strategies import integers, lists, sampled_from, sets, tuples

from gebiedswerk.account import MEASURES, RESERVES
from gebiedswerk.app.build import build
from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.blocks.models import Map, Table
from gebiedswerk.blocks.year_tables import Setting
from gebiedswerk.dossier import areas_on_map
from gebiedswerk.dossier.geography import Polygon
from gebiedswerk.figures import TOTAL, Address
from gebiedswerk.language.languages import LANGUAGES
from gebiedswerk.language.messages import Messages
from gebiedswerk.pictures.chart_kinds import asked_for, exists, picture_blocks
from gebiedswerk.pictures.class_breaks import order_of, shades_of, words_of
from gebiedswerk.pictures.map_shapes import WIDE, Ground, ground_of, shapes_of
from gebiedswerk.pictures.maps import area_map, map_table
from gebiedswerk.pictures.tile_map import tiles_of
from tests.conftest import ROOT
from tests.pictures.test_charts import setting_of
from tests.shapes import collection, feature, square

GRONINGEN = ROOT / "examples" / "groningen"
CELLS = [(x, y) for x in range(4) for y in range(4)]


@pytest.fixture(scope="module")
def groningen() -> Setting:
    return setting_of(GRONINGEN, 2019, 100_000)


def cell(x: int, y: int) -> Polygon:
    """One square of a kilometre."""
    return tuple(tuple((px, py) for px, py in ring) for ring in square(100_000 + 1000 * x, 400_000 + 1000 * y))


def rings(path: str) -> Iterator[list[tuple[int, int]]]:
    """The corners of each ring of a path."""
    for ring in path.split("z")[:-1]:
        steps = [tuple(int(number) for number in re.findall(r"-?\d+", step)) for step in re.split("[Ml]", ring)[1:]]
        x, y = 0, 0
        corners = []
        for dx, dy in steps:
            x, y = x + dx, y + dy
            corners.append((x, y))
        yield corners


def surface(path: str) -> float:
    """What a path encloses: outsides run one way, holes the other."""
    around = [[*corners, corners[0]] for corners in rings(path)]
    return abs(sum(sum(x * v - u * y for (x, y), (u, v) in pairwise(r)) for r in around)) / 2


def edges_left(cells: Iterable[tuple[int, int]]) -> set[frozenset[tuple[int, int]]]:
    """The slow twin of dissolving: sides of squares that no two squares share."""
    sides: Counter[frozenset[tuple[int, int]]] = Counter()
    for x, y in cells:
        corners = [(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1), (x, y)]
        sides.update(frozenset(pair) for pair in pairwise(corners))
    return {side for side, times in sides.items() if times == 1}


def edges_drawn(ground: Ground, path: str, size: int) -> set[frozenset[tuple[int, int]]]:
    """The unit sides along a path on a grid of squares of `size` units, with north up."""
    found = set()
    for corners in rings(path):
        for (x, y), (u, v) in zip(corners, [*corners[1:], corners[0]], strict=True):
            steps = max(abs(u - x), abs(v - y)) // size
            along = [(x + (u - x) * at // steps, y + (v - y) * at // steps) for at in range(steps + 1)]
            points = [(px // size, (ground.height - py) // size) for px, py in along]
            found |= {frozenset(pair) for pair in pairwise(points)}
    return found


@settings(max_examples=60)
@given(chosen=sets(sampled_from(CELLS), min_size=1, max_size=15))
def test_dissolving_leaves_the_outer_borders(chosen: set[tuple[int, int]]) -> None:
    """Two areas that fill a square of squares: each border that no two squares share, and no other, is drawn."""
    other = set(CELLS) - chosen
    ground = ground_of((("A", tuple(cell(*c) for c in sorted(chosen))), ("B", tuple(cell(*c) for c in sorted(other)))))
    assert (ground.width, ground.height) == (WIDE, WIDE)
    for outline, cells in zip(ground.outlines, (chosen, other), strict=True):
        assert edges_drawn(ground, outline.path, WIDE // 4) == edges_left(cells)
        assert surface(outline.path) == len(cells) * (WIDE // 4) ** 2


@settings(max_examples=40)
@given(corners=lists(lists(tuples(integers(0, 9), integers(0, 9)), min_size=3, max_size=7), min_size=1, max_size=4))
def test_shapes_that_cross_are_repaired(corners: list[list[tuple[int, int]]]) -> None:
    """Overlapping and self-crossing shapes beside a whole one give paths of whole numbers within the ground."""

    def enclosed(ring: list[tuple[int, int]]) -> int:
        return sum(x * v - u * y for (x, y), (u, v) in zip(ring, [*ring[1:], ring[0]], strict=True))

    made: list[Polygon] = [
        (tuple((100_000.0 + 300 * x, 400_000.0 + 300 * y) for x, y in [*ring, ring[0]]),)
        for ring in corners
        if enclosed(ring)
    ]
    shapes = tuple((f"A{at}", (polygon,)) for at, polygon in enumerate(made))
    ground = ground_of((("WHOLE", tuple(cell(*c) for c in CELLS)), *shapes))
    assert [outline.area for outline in ground.outlines] == ["WHOLE", *(code for code, _ in shapes)]
    for outline in ground.outlines:
        assert re.fullmatch(r"(M\d+ \d+(l-?\d+[ -]\d+)*z)+", outline.path)
        assert 0 <= outline.x <= ground.width and 0 <= outline.y <= ground.height


def test_the_example_is_as_large_as_its_parts(groningen: Setting) -> None:
    """Each dissolved area on the screen has the surface of its shape, within what whole units can hold."""
    shapes = shapes_of(groningen.figures.dossier, 2019)
    assert shapes is not None
    ground = ground_of(shapes)
    xs = [x for _, polygons in shapes for polygon in polygons for x, _ in polygon[0]]
    ys = [y for _, polygons in shapes for polygon in polygons for _, y in polygon[0]]
    unit = max(max(xs) - min(xs), max(ys) - min(ys)) / WIDE
    for outline, (_, polygons) in zip(ground.outlines, shapes, strict=True):
        metres = sum(
            abs(sum(x * v - u * y for (x, y), (u, v) in zip(p[0], p[0][1:], strict=False))) / 2 for p in polygons
        )
        around = sum(abs(x - u) + abs(y - v) for r in rings(outline.path) for (x, y), (u, v) in pairwise(r))
        assert surface(outline.path) == pytest.approx(metres / unit**2, abs=2 * around)


def test_neighbours_share_their_border(groningen: Setting) -> None:
    """Leaving corners out opens no gap: together the areas are as large as one shape of them all."""
    shapes = shapes_of(groningen.figures.dossier, 2019)
    assert shapes is not None
    apart = ground_of(shapes)
    together = ground_of((("ALL", tuple(polygon for _, polygons in shapes for polygon in polygons)),))
    assert (apart.width, apart.height) == (together.width, together.height)
    whole = surface(together.outlines[0].path)
    assert sum(surface(outline.path) for outline in apart.outlines) == pytest.approx(whole, rel=0.002)


def jagged(x: int, y: int) -> Polygon:
    """A square whose sides have a tooth every fifty metres; neighbours share them to the last digit."""

    def side(start: tuple[int, int], step: tuple[int, int]) -> list[tuple[float, float]]:
        teeth = [(start[0] + step[0] * at, start[1] + step[1] * at) for at in range(20)]
        return [(a + 9.0 * (b // 50 % 2) * bool(step[1]), b + 9.0 * (a // 50 % 2) * bool(step[0])) for a, b in teeth]

    left, low = 100_000 + 1000 * x, 400_000 + 1000 * y
    west, south = side((left, low), (0, 50)), side((left, low), (50, 0))
    east, north = side((left + 1000, low), (0, 50)), side((left, low + 1000), (50, 0))
    ring = [*south, *east, (left + 1000.0, low + 1000.0), *north[:0:-1], (float(left), low + 1000.0), *west[:0:-1]]
    return ((*ring, ring[0]),)


def test_detail_that_no_screen_shows_is_left_out() -> None:
    """Of 320 corners around each of sixteen areas less than a third stay, and no gap opens."""
    shapes = tuple(
        (f"{x}-{y}", tuple(jagged(4 * x + a, 4 * y + b) for a in range(4) for b in range(4))) for x, y in CELLS
    )
    ground = ground_of(shapes)
    assert sum(len(corners) for outline in ground.outlines for corners in rings(outline.path)) < 16 * 320 / 3
    assert sum(surface(outline.path) for outline in ground.outlines) == pytest.approx(WIDE**2, rel=0.01)


@pytest.mark.parametrize("year", [2017, 2018, 2019])
@pytest.mark.parametrize("measure", sorted(MEASURES))
def test_every_area_is_on_the_map_once_and_in_the_table(groningen: Setting, measure: str, year: int) -> None:
    """Name, page and printed amount of each area stand in the table beside, with what belongs to no area."""
    asked = asked_for("map", f"{measure.replace('_', '-')}@{year}", 2019)
    assert asked is not None
    unknown = measure == "committed" and year < 2019  # no stand was delivered
    if unknown or (measure in RESERVES and year == 2017):  # no reserve moved: there is no such figure to draw
        assert not exists(asked, groningen.figures) and not list(picture_blocks(groningen, asked, "Opschrift", set()))
        return
    shown, table = picture_blocks(groningen, asked, "Opschrift", set())
    assert isinstance(shown, Map) and isinstance(table, Table)
    assert [area.name for area in shown.areas] == [a.name for a in areas_on_map(groningen.figures.dossier, year)]
    rows = {row.cells[0].text: row.cells for row in table.rows}
    for area in shown.areas:
        name, number, amount = rows[area.name]
        assert (name.href, number.text, amount.text) == (area.href, area.number, area.amount)
        assert area.amount in area.spoken and area.name in area.spoken
    assert shown.tiles == (year == 2017)
    assert {area.kind for area in shown.areas} == {key.kind for key in shown.legend}


def test_the_table_adds_up_to_the_whole(groningen: Setting) -> None:
    """Areas and city-wide lines together are the total of the year, in cents."""
    setting = Setting(groningen.figures, groningen.places, 2019, 1, groningen.messages)
    *rows, total = map_table(setting, "result", "Opschrift", "table-x").rows
    cents = [int(row.cells[2].text.replace(".", "").replace("−", "-")) for row in rows]
    assert sum(cents) == setting.figures.figure(Address("result", TOTAL, 2019)).cents
    assert total.total and len(rows) == 8


@pytest.mark.parametrize("measure", ["budget", "realised", "result", "closing"])
def test_the_table_adds_up_where_areas_share_a_budget(groningen: Setting, measure: str) -> None:
    """What the village fund has beside what its areas spent of it stands in a row of its own, and a note says so."""
    setting = Setting(groningen.figures, groningen.places, 2020, 1, groningen.messages)
    table = map_table(setting, measure, "Opschrift", "table-x")
    *rows, total = [int(row.cells[2].text.replace(".", "").replace("−", "-")) for row in table.rows]
    assert sum(rows) == total == setting.figures.figure(Address(measure, TOTAL, 2020)).cents
    shared = "Dorpenfonds Haren en Ten Boer"
    assert (shared in table.note) == (shared in [row.cells[0].text for row in table.rows]) == (measure != "realised")


def test_who_joined_from_elsewhere_is_on_no_map(groningen: Setting) -> None:
    """Zandwerd was of another municipality until 1 April 2020: it is on no map of ours, and misses no shape."""
    for year in (2018, 2019, 2020):
        names = [area.code for area in areas_on_map(groningen.figures.dossier, year)]
        assert len(names) == 7 and "ZANDWERD" not in names


def test_an_overspent_area_looks_unlike_one_with_money_left(groningen: Setting) -> None:
    """West and Zuid spent more than budgeted: their shade, its pattern and its words differ from the others."""
    shown = area_map(groningen, "result", "Opschrift", "table-x")
    assert shown is not None
    kinds = {area.name: area.kind for area in shown.areas}
    assert {name for name, kind in kinds.items() if kind.startswith("below")} == {"West", "Zuid"}
    words = {key.kind: key.text for key in shown.legend}
    assert words[kinds["West"]] == "meer uitgegeven dan begroot: meer dan 100, tot en met 200"
    assert shown.attribution.startswith("Bron van de grenzen: CBS/Kadaster, Wijk- en Buurtkaart 2019, CC BY 4.0")


@given(amounts=lists(integers(-(10**9), 10**9), min_size=1, max_size=12))
def test_every_amount_is_within_the_words_of_its_shade(amounts: list[int]) -> None:
    """At most two shades on each side of zero, or four above it; the words hold for the amount."""
    shades = shades_of(amounts)
    kinds = [shades.kind(amount) for amount in amounts]
    assert set(kinds) <= {"zero", *(f"above-{n}" for n in range(1, 5)), "below-1", "below-2"}
    assert not any(kind.startswith("below") for kind in kinds) or not {"above-3", "above-4"} & set(kinds)
    for amount, kind in zip(amounts, kinds, strict=True):
        steps = int(kind.partition("-")[2] or 0)
        assert shades.step * (steps - 1) < abs(amount) <= shades.step * steps
    for kind in order_of(kinds):
        assert all(words_of(shades, kind, measure, Messages(one)) for measure in MEASURES for one in LANGUAGES)


def test_shades_are_in_order() -> None:
    """From far below zero to far above it, and then what has no amount."""
    kinds = ["none", "above-2", "below-1", "zero", "below-2", "above-1"]
    assert order_of(kinds) == ["below-2", "below-1", "zero", "above-1", "above-2", "none"]


def test_tiles_stand_where_the_dossier_says(klein: Path) -> None:
    """Areas with a place of their own stand there, the others in rows below; no two on one place."""
    (klein / "tiles.csv").write_text("area,across,down\nOST,3,1\nBIN,1,2\n")
    dossier = setting_of(klein, 2025).figures.dossier
    ground = tiles_of(dossier, areas_on_map(dossier, 2025))
    corners = {outline.area: next(rings(outline.path))[0] for outline in ground.outlines}
    assert corners == {"BIN": (6, 339), "NRD": (6, 672), "HAV": (339, 672), "OST": (672, 6)}
    assert ground.width <= WIDE and ground.height <= WIDE


def test_a_map_with_a_shape_missing_becomes_one_of_tiles(klein: Path) -> None:
    """Three of four areas have a shape: no half map, and no source of borders that are not shown."""
    shapes = [
        feature(code, square(100_000 + 1000 * at, 400_000), "area") for at, code in enumerate(("BIN", "NRD", "HAV"))
    ]
    (klein / "geo").mkdir()
    (klein / "geo" / "w-2024.geojson").write_text(collection(shapes))
    shown = area_map(setting_of(klein, 2025), "result", "Opschrift", "table-x")
    assert shown is not None and shown.tiles and shown.attribution == ""
    (klein / "geo" / "w-2024.geojson").write_text(
        collection([*shapes, feature("OST", square(100_000, 401_000), "area")])
    )
    shown = area_map(setting_of(klein, 2025), "result", "Opschrift", "table-x")
    assert shown is not None and not shown.tiles and (shown.width, shown.height) == (1000, 667)


def test_the_map_on_the_page_is_small_and_well_formed(tmp_path: Path) -> None:
    """At most 40 kB of SVG that an XML reader takes, with a title, a description, and a link for each area."""
    built, faults = build(GRONINGEN, tmp_path / "out")
    assert built is not None, faults
    html = (built.site / "publicaties" / "jaarrekening-2019" / "index.html").read_text("utf-8")
    (svg,) = re.findall(r'<svg class="ground".*?</svg>', html, re.DOTALL)
    assert len(svg.encode()) < 40_000
    tree = ET.fromstring(svg)  # noqa: S314  our own
    assert [child.tag for child in tree][:2] == ["title", "desc"]
    assert len(tree.findall("a")) == 7 and all(link.get("aria-label") for link in tree.findall("a"))
    assert "style=" not in html


@pytest.mark.parametrize("name", ["result", "shares/result"])
def test_only_measures_have_maps(klein: Path, name: str) -> None:
    """A map of shares is refused for what it is; a known measure is taken."""
    text = klein / "publications" / "jaarrekening-2025" / "index.md"
    text.write_text(text.read_text("utf-8").replace("(chart:account)", f"(map:{name})"), "utf-8")
    codes = [one.code for one in open_dossier(klein).faults if one.code.startswith("T")]
    assert codes == ([] if name == "result" else ["T113"])
