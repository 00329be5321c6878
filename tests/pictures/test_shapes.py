"""The shapes of charts and maps: each in its place, with a class that both style sheets know."""

from __future__ import annotations

import re
from dataclasses import replace

from gebiedswerk.blocks.models import Bar, Chart, Map, MapArea, Strip
from gebiedswerk.pictures.looks import BARS, FLAT, OF_SHADES
from gebiedswerk.pictures.shapes import area_shape, bar, bar_patterns, bars, labels, shade_patterns, shade_swatch
from gebiedswerk.pictures.svg import svg
from tests.conftest import ROOT

STYLE = (ROOT / "src/gebiedswerk/site/assets/css/40-pictures.css").read_text("utf-8")
PAPER = svg(1, [], "")


def test_page_and_paper_paint_every_shape() -> None:
    """Both draw the same shapes: each class of one without a pattern is known to both style sheets."""
    shapes = [bar("p", kind, 0, 1000, 9) for kind in BARS] + [shade_swatch("p", kind) for kind in (*FLAT, *OF_SHADES)]
    plain = [one for one in [*shapes, bar_patterns("p"), shade_patterns("p")] if "fill=" not in one]
    for name in re.findall(r'class="([^"]+)"', "".join(plain)):
        assert re.search(rf"\.{name}\b[^}}]*fill", PAPER), name
        assert re.search(rf"\.{name}\b[^{{]*{{[^}}]*fill", STYLE), name
    for name in re.findall(r'class="([^"]+)"', "".join(shapes)):
        assert re.search(rf'\.{name}\b|\[class\^="{name.split("-")[0]}-"\]', STYLE), name


def test_a_strip_is_its_bars_and_its_zero() -> None:
    """In parts of its width; the zero stands out above and below."""
    chart = Chart("c", "Naam", (), 125, (), "t")
    found = bars(chart, Strip((Bar("budget", 0, 125), Bar("spent", 125, 875)), ()), 8, 3)
    assert found == (
        '<rect class="bar-budget" x="0.0%" y="0" width="12.5%" height="8"/>'
        '<rect class="bar-spent" x="12.5%" y="0" width="87.5%" height="8" fill="url(#c-hatch)"/>'
        '<line class="zero" x1="12.5%" x2="12.5%" y1="-3" y2="11"/>'
    )
    assert 'id="c-hatch"' in bar_patterns("c")


def test_an_area_has_its_name_where_there_is_room() -> None:
    """Its number on a narrow page, and nothing else where the name never fits; words are escaped."""
    area = MapArea("A & B", "a.html", "1", "12", "above-1", "A en B", "M0 0", 5, 6, named=True, roomy=False)
    assert 'fill="url(#m-above-1)" d="M0 0"' in area_shape("m", area)
    assert 'fill="currentcolor"' in area_shape("m", replace(area, kind="zero"))
    shown = {
        (True, True): ["always"],
        (True, False): ["number when-narrow", "when-wide"],
        (False, False): ["number"],
    }
    for (named, roomy), classes in shown.items():
        found = labels(Map("m", "Kaart", "", 9, 9, (replace(area, named=named, roomy=roomy),), (), "t"))
        assert re.findall('<text class="([^"]+)"', found) == classes
        assert ("A &amp; B" in found, ">1<" in found) == (named, not roomy)
        wide = labels(Map("m", "Kaart", "", 9, 9, (replace(area, named=named, roomy=roomy),), (), "t"), narrow=False)
        assert re.findall('<text class="([^"]+)"', wide) == [one for one in classes if "narrow" not in one]
