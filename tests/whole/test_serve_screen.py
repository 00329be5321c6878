"""The screen of `serve` in a real browser: site and faults side by side, on any width, renewed where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FloatRect, Page

from gebiedswerk.cli.serve import Handler, Live, Server
from gebiedswerk.language.messages import Messages
from tests.town import TEXT, append
from tests.whole.browsing import IN_BROWSER, Scheme, opened, sideways, violations
from tests.whole.served import running

pytestmark = IN_BROWSER
WIDTHS = (1280, 360)
LOOSE = "\nEr werd 12.345 euro uitgegeven.\n"


@pytest.fixture
def live(klein: Path, tmp_path: Path) -> Live:
    """The town with a fault."""
    append(klein, TEXT, LOOSE)
    found = Live(klein, tmp_path / "out", Messages("nl"))
    found.refresh()
    return found


@pytest.fixture
def address(live: Live) -> Iterator[str]:
    """A server on a free port of this machine."""
    with running(Server(("127.0.0.1", 0), partial(Handler, live=live))) as port:
        yield f"http://127.0.0.1:{port}/"


def boxes(page: Page) -> list[FloatRect]:
    """Where the site and the faults stand."""
    found = [page.locator(f".{name} iframe").bounding_box() for name in ("shell-site", "shell-faults")]
    return [one for one in found if one is not None]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_both_fill_the_window(address: str, browser: Browser, width: int, scheme: Scheme) -> None:
    """Beside each other, or below each other where that is narrow; both in sight, and nothing beside the window."""
    with opened(browser, address, width, scheme) as page:
        site, faults = boxes(page)
        assert sideways(page) == 0
        assert page.evaluate("document.documentElement.scrollHeight - innerHeight") <= 0
        assert site["height"] + (faults["height"] if width == 360 else 0) > 680
        assert (faults["x"] > site["x"]) == (width == 1280)
        assert min(site["width"], faults["width"]) >= 320
        assert faults["y"] + faults["height"] == pytest.approx(800, abs=1)
        frame = page.frame_locator(".shell-faults iframe")
        assert "T102" in frame.locator("li.error").inner_text()
        assert frame.locator("li.error").evaluate("one => getComputedStyle(one).borderLeftWidth") == "4px"
        assert "fouten: 1" in page.get_by_role("status").inner_text()
        assert violations(page) == []


def test_mending_shows_at_once_and_where_one_was(address: str, live: Live, klein: Path, browser: Browser) -> None:
    """The page that someone reads is made again in its place; the faults go."""
    with opened(browser, address) as page:
        site = page.frame_locator(".shell-site iframe")
        site.locator("a[href*='publicaties/']").first.click()
        site.locator("text=12.345").first.wait_for()
        text = klein / TEXT
        text.write_text(text.read_text("utf-8").replace(LOOSE, "\nHet geld is besteed.\n"), "utf-8")
        live.refresh()
        site.locator("text=Het geld is besteed.").wait_for(timeout=20_000)
        page.frame_locator(".shell-faults iframe").locator("text=Alles klopt").wait_for(timeout=20_000)
        page.locator("[role=status]:has-text('Alles klopt')").wait_for(timeout=20_000)


def test_it_works_by_keyboard_and_without_scripts(address: str, browser: Browser) -> None:
    """Whoever tabs comes to the site and then to the faults; without scripts the faults are asked again."""
    where = "document.activeElement.parentElement.className"
    with opened(browser, address) as page:
        page.frame_locator(".shell-site iframe").locator("main").wait_for()
        passed = []
        for _ in range(80):
            page.keyboard.press("Tab")
            passed.append(page.evaluate(where))
        assert list(dict.fromkeys(passed))[:3] == ["shell-top", "shell-site", "shell-faults"]
    with opened(browser, address, java_script_enabled=False) as page:
        assert page.frame_locator(".shell-faults iframe").locator("li.error").count() == 1
        page.keyboard.press("Tab")
        assert page.locator("a:focus").count() == 1
