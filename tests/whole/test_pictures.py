"""Charts and maps of the large example in a real browser: readable, reachable, and the same with less to go by."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from gebiedswerk.app.build import build
from tests.whole.browsing import IN_BROWSER, Scheme, opened, sideways, violations

pytestmark = IN_BROWSER
PAGES = ["index.html", "publicaties/jaarrekening-2019/index.html", "gebieden/haren/index.html"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("path", PAGES)
def test_pictures_hold_no_violation(groningen: Path, browser: Browser, path: str, width: int, scheme: Scheme) -> None:
    """axe finds nothing, and nothing is wider than the window."""
    with opened(browser, (groningen / path).as_uri(), width, scheme) as page:
        assert violations(page) == []
        assert sideways(page) <= 0


def labels(page: Page) -> set[str]:
    """The names and numbers that a map shows."""
    shown = [label for label in page.query_selector_all(".labels text") if label.is_visible()]
    return {label.evaluate("label => (label.querySelector('.name') || label).textContent") for label in shown}


def test_a_small_area_has_its_number(groningen: Path, browser: Browser) -> None:
    """Two areas of the example are too small for their names, on any page; the others have room on all."""
    for width in (320, 1280):
        with opened(browser, (groningen / PAGES[1]).as_uri(), width) as page:
            assert labels(page) == {"1", "2", "Zuid", "Oost", "West", "Haren", "Ten Boer"}


@pytest.mark.parametrize(("width", "label"), [(320, "3"), (1280, "Havenkwartier")])
def test_a_name_gives_way_on_a_narrow_page(klein: Path, browser: Browser, width: int, label: str) -> None:
    """On three tiles in a row a long name has room where the page is wide; else its number stands there alone."""
    (klein / "tiles.csv").write_text("area,across,down\nBIN,1,1\nNRD,2,1\nHAV,3,1\nOST,1,2\n")
    built, faults = build(klein, klein.parent / "out")
    assert built is not None, faults
    with opened(browser, (built.site / "index.html").as_uri(), width) as page:
        assert labels(page) == {"Binnenstad", "Noorderwijk", label, "Oosteinde"}


def test_text_of_a_map_is_never_tiny(groningen: Path, browser: Browser) -> None:
    """Labels are at least eleven pixels high, on the narrowest page and on a wide one."""
    for width in (320, 360, 719, 720, 1280):
        with opened(browser, (groningen / PAGES[1]).as_uri(), width) as page:
            pixels = page.evaluate(
                """() => { const svg = document.querySelector('.ground');
                const scale = svg.getScreenCTM().a;
                return Math.min(...[...svg.querySelectorAll('.labels text')].map(
                    t => parseFloat(getComputedStyle(t).fontSize) * scale)); }"""
            )
        assert pixels >= 11, width


def test_a_map_is_reached_by_keyboard(groningen: Path, browser: Browser) -> None:
    """Tab goes through the areas of the map, each visibly; Enter goes to the page of the area."""
    with opened(browser, (groningen / PAGES[0]).as_uri()) as page:
        page.locator(".ground a").first.focus()
        before = page.locator(".ground a path").nth(1).evaluate("path => getComputedStyle(path).strokeWidth")
        page.keyboard.press("Tab")
        assert page.locator(":focus").get_attribute("aria-label") == ("Oude Wijken: 259 (meer dan 200, tot en met 300)")
        assert page.locator(".ground a path").nth(1).evaluate("path => getComputedStyle(path).strokeWidth") != before
        page.keyboard.press("Enter")
        page.wait_for_url("**/gebieden/oude-wijken/index.html")


def test_no_picture_needs_an_inline_style(groningen: Path) -> None:
    """A strict Content-Security-Policy holds: no style attribute, no script, on any page."""
    for path in sorted(groningen.rglob("*.html")):
        html = path.read_text("utf-8")
        assert not re.search(r"<[^>]* (style|on[a-z]+)=", html), path


def test_a_wide_table_becomes_blocks_that_are_still_a_table(groningen: Path, browser: Browser) -> None:
    """On a narrow page every cell is in sight with the name of its column, and the browser still tells of a table."""
    with opened(browser, (groningen / "kalender" / "index.html").as_uri(), 320) as page:
        table = page.locator(".stacks table")
        for cell in table.locator("tbody td").all():
            box = cell.bounding_box()
            assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= 320
        label = "cell => getComputedStyle(cell, '::before').content"
        assert table.locator("tbody td").nth(1).evaluate(label).startswith('"Jaarschijf"')
        told = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
        roles = Counter(node["role"]["value"] for node in told if not node.get("ignored"))
        rows, heads = table.locator("tr").count(), table.locator("thead th").count()
        assert (roles["table"], roles["row"], roles["columnheader"]) == (table.count(), rows, heads)
        assert table.count() == 2 and heads > 6
        cells = table.locator("td:not(:empty)").count()
        assert (roles["rowheader"], roles["cell"]) == (rows - table.count(), cells)
