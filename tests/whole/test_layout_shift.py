"""Nothing moves while a page comes in over a slow line: fonts and scripts that are late find their place kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.whole.browsing import IN_BROWSER
from tests.whole.served import served

pytestmark = IN_BROWSER
MOST = 0.02
SLOW = {"offline": False, "latency": 300, "downloadThroughput": 50_000, "uploadThroughput": 20_000}
"""A phone far from its mast: bytes a second, and milliseconds to an answer."""
RECORD = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) window.shifts.push(one.value);
}).observe({ type: "layout-shift", buffered: true });
"""
KINDS = {
    "home": "index.html",
    "area": "gebieden/west/index.html",
    "year of an area": "gebieden/west/2019/index.html",
    "publication": "publicaties/jaarrekening-2019/index.html",
    "source": "cijfers/totaal/2019.html",
    "search": "zoeken.html",
    "calendar": "kalender/index.html",
    "glossary": "begrippen.html",
    "deliveries": "bronnen/index.html",
    "map of the site": "sitemap.html",
}


@pytest.fixture(scope="module")
def address(groningen: Path) -> Iterator[str]:
    """The large example behind a web server."""
    with served(groningen) as found:
        yield found


def shifted(browser: Browser, address: str, width: int) -> float:
    """How much of a page moves while it comes in."""
    context = browser.new_context(viewport={"width": width, "height": 740})
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", SLOW)
    page.add_init_script(RECORD)
    page.goto(address)
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(300)
    found: float = page.evaluate("window.shifts.reduce((sum, one) => sum + one, 0)")
    context.close()
    return found


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves(address: str, browser: Browser, width: int) -> None:
    found = {kind: shifted(browser, f"{address}{path}", width) for kind, path in KINDS.items()}
    assert {kind: moved for kind, moved in found.items() if moved >= MOST} == {}


LATE = """<!doctype html><title>x</title><p>Tekst</p><script>
setTimeout(() => document.body.insertAdjacentHTML("afterbegin", "<p style='height:300px'>Laat</p>"), 200)
</script>"""


def test_it_would_be_seen(address: str, browser: Browser) -> None:
    """A page of which something comes in above the rest, by itself."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.route("**/late.html", lambda route: route.fulfill(body=LATE, content_type="text/html"))
    page.add_init_script(RECORD)
    page.goto(f"{address}late.html")
    page.wait_for_timeout(600)
    assert page.evaluate("window.shifts.reduce((sum, one) => sum + one, 0)") >= MOST
    context.close()
