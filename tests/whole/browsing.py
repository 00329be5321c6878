"""How tests open pages in a real browser, and what they ask of each."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

Scheme = Literal["light", "dark"]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
IN_BROWSER = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None, reason="no chromium on this machine: make test installs Debian's where it may"
    ),
]


@contextmanager
def opened(
    browser: Browser, address: str, width: int = 1280, scheme: Scheme = "light", **context: Any
) -> Iterator[Page]:
    """A page in a window of some width and scheme, in a context of its own."""
    found = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, **context)
    page = found.new_page()
    page.goto(address)
    yield page
    found.close()


def violations(page: Page) -> list[tuple[str, list[str]]]:
    """What axe finds (WCAG 2.0 to 2.2 A and AA, best practice): the rule, and the elements that break it."""
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    return [(one["id"], [node["html"] for node in one["nodes"]]) for one in found]


def sideways(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    found: int = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return found
