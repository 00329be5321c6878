"""What pages print: an amount that is not the nearest says so there and on its source page; days are in words."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from gebiedswerk.app.build import build
from gebiedswerk.core.rounding import plain
from gebiedswerk.release.shown.page_reader import Element, read_html
from tests.conftest import KLEIN

UNIT = re.compile(r"x (1\.000\.000 |1\.000 |)euro")


@pytest.fixture(scope="module")
def klein_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    built, faults = build(KLEIN, tmp_path_factory.mktemp("klein"))
    assert built is not None, faults
    return built.site


@pytest.mark.parametrize("name", ["klein_site", "groningen"])
def test_every_amount_that_is_not_the_nearest_says_so(name: str, request: pytest.FixtureRequest) -> None:
    """Each linked amount of each table is held against the cents on its source page."""
    site: Path = request.getfixturevalue(name)
    odd = 0
    for page in sorted(site.rglob("*.html")):
        place = page.relative_to(site).as_posix()
        if place.startswith("en/") or "/cijfers/" in f"/{place}":
            continue
        for table in read_html(page.read_bytes()).find("table"):
            for printed, unit, cents, said in _amounts(site, place, table):
                if abs(printed * unit - cents) < unit and printed != plain(cents, unit):
                    assert f"{_euros(cents)}, hier {_whole(printed)}" in _note(table), (place, printed, cents)
                    assert any(_euros(cents) in line and _whole(printed) in line for line in said), (place, cents)
                    odd += 1
    assert odd > 10


NUMERIC_DAY = re.compile(r"(?<![\w/.-])(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/]\d{1,2}[-/]\d{2,4})(?![\w/-])")


@pytest.mark.parametrize("name", ["klein_site", "groningen"])
def test_days_are_in_words(name: str, request: pytest.FixtureRequest) -> None:
    """No page of any language shows a day as 2020-06-30 or 30-06-2020, in prose, a table or what is read out."""
    site: Path = request.getfixturevalue(name)
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 50
    for page in pages:
        root = read_html(page.read_bytes())
        words = [root.words(), *(one.get(said) for one in root.walk() for said in ("title", "aria-label", "alt"))]
        assert not [found for text in words for found in NUMERIC_DAY.findall(text)], page


@pytest.mark.parametrize("text", ["op 2020-06-30.", "(30-06-2020)", "30/6/20", "2020/6/30"])
def test_a_day_in_numbers_is_known(text: str) -> None:
    """What the walk looks for it can see."""
    assert NUMERIC_DAY.search(text)


def _amounts(site: Path, place: str, table: Element) -> Iterator[tuple[int, int, int, list[str]]]:
    """Printed units, the cents in a unit, cents of the source and what that says, of each amount that leads there."""
    unit = UNIT.search(" ".join(one.words() for one in table.find("th")))
    for link in table.find("a"):
        target, _, anchor = link.get("href").partition("#")
        source = posixpath.normpath(posixpath.join(posixpath.dirname(place), target))
        digits = link.words().replace(".", "").replace("\u2212", "-")
        if unit and anchor and "/cijfers/" in f"/{source}" and re.fullmatch(r"-?\d+", digits):
            cents, said = _sources(site / source)[anchor]
            yield int(digits), int(unit[1].replace(".", "").strip() or 1) * 100, cents, said


@cache
def _sources(path: Path) -> dict[str, tuple[int, list[str]]]:
    found = {}
    for one in read_html(path.read_bytes()).find("section"):
        if values := one.find("data"):
            lines = [line.words() for line in one.find("p", "li")]
            found[one.get("id")] = (int(values[0].get("value")), lines)
    return found


def _note(table: Element) -> str:
    """What stands around a table."""
    around = table.parent
    while around is not None and not around.get("id").startswith("table-"):
        around = around.parent
    return around.words() if around else ""


def _whole(units: int) -> str:
    return f"{units:,}".replace(",", ".").replace("-", "\u2212")


def _euros(cents: int) -> str:
    whole, rest = divmod(abs(cents), 100)
    minus = "\u2212" if cents < 0 else ""
    return f"{minus}{whole:,}".replace(",", ".") + f",{rest:02d}"
