"""Charts and maps of the large example in a real browser: readable, reachable, and the same with less to go by."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from gebiedswerk.actions import build
from tests.conftest import ROOT
from tests.whole.test_browser import CHROMIUM, FLAGS, OPTIONS, pytestmark

__all__ = ["pytestmark"]
PAGES = ["index.html", "publicaties/jaarrekening-2019/index.html", "gebieden/haren/index.html"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    built, faults = build(ROOT / "examples" / "groningen", tmp_path_factory.mktemp("site") / "out")
    assert built is not None, faults
    return built.site


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield found
        found.close()


def opened(browser: Browser, site: Path, path: str, width: int, scheme: str = "light") -> Page:
    """A page in a window of some width, without scripts of its own or of anyone."""
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme="dark" if scheme == "dark" else "light"
    )
    page = context.new_page()
    page.goto((site / path).as_uri())
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("path", PAGES)
def test_pictures_hold_no_violation(site: Path, browser: Browser, path: str, width: int, scheme: str) -> None:
    """axe finds nothing, and nothing is wider than the window."""
    page = opened(browser, site, path, width, scheme)
    violations = Axe().run(page, options=OPTIONS).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in violations] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.context.close()


def labels(page: Page) -> set[str]:
    """The names and numbers that a map shows."""
    shown = [label for label in page.query_selector_all(".labels text") if label.is_visible()]
    return {label.evaluate("label => (label.querySelector('.name') || label).textContent") for label in shown}


def test_a_small_area_has_its_number(site: Path, browser: Browser) -> None:
    """Two areas of the example are too small for their names, on any page; the others have room on all."""
    for width in (320, 1280):
        page = opened(browser, site, PAGES[1], width)
        assert labels(page) == {"1", "2", "Zuid", "Oost", "West", "Haren", "Ten Boer"}
        page.context.close()


@pytest.mark.parametrize(("width", "label"), [(320, "3"), (1280, "Havenkwartier")])
def test_a_name_gives_way_on_a_narrow_page(klein: Path, browser: Browser, width: int, label: str) -> None:
    """On three tiles in a row a long name has room where the page is wide; else its number stands there alone."""
    (klein / "tiles.csv").write_text("area,across,down\nBIN,1,1\nNRD,2,1\nHAV,3,1\nOST,1,2\n")
    built, faults = build(klein, klein.parent / "out")
    assert built is not None, faults
    page = opened(browser, built.site, "index.html", width)
    assert labels(page) == {"Binnenstad", "Noorderwijk", label, "Oosteinde"}
    page.context.close()


def test_text_of_a_map_is_never_tiny(site: Path, browser: Browser) -> None:
    """Labels are at least eleven pixels high, on the narrowest page and on a wide one."""
    for width in (320, 360, 719, 720, 1280):
        page = opened(browser, site, PAGES[1], width)
        pixels = page.evaluate(
            """() => { const svg = document.querySelector('.ground');
            const scale = svg.getScreenCTM().a;
            return Math.min(...[...svg.querySelectorAll('.labels text')].map(
                t => parseFloat(getComputedStyle(t).fontSize) * scale)); }"""
        )
        assert pixels >= 11, width
        page.context.close()


def test_a_map_is_reached_by_keyboard(site: Path, browser: Browser) -> None:
    """Tab goes through the areas of the map, each visibly; Enter goes to the page of the area."""
    page = opened(browser, site, PAGES[0], 1280)
    page.locator(".ground a").first.focus()
    before = page.locator(".ground a path").nth(1).evaluate("path => getComputedStyle(path).strokeWidth")
    page.keyboard.press("Tab")
    assert page.locator(":focus").get_attribute("aria-label") == (
        "Oude Wijken: 52 (minder uitgegeven dan begroot: tot en met 100)"
    )
    assert page.locator(".ground a path").nth(1).evaluate("path => getComputedStyle(path).strokeWidth") != before
    page.keyboard.press("Enter")
    page.wait_for_url("**/gebieden/oude-wijken/index.html")
    page.context.close()


def test_no_picture_needs_an_inline_style(site: Path) -> None:
    """A strict Content-Security-Policy holds: no style attribute, no script, on any page."""
    for path in sorted(site.rglob("*.html")):
        html = path.read_text("utf-8")
        assert not re.search(r"<[^>]* (style|on[a-z]+)=", html), path
