"""In a real browser: no accessibility violation, no sideways scrolling, no request elsewhere, by keyboard, on paper."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, sync_playwright

from gebiedswerk.actions import adopt, build
from tests.conftest import KLEIN
from tests.whole.test_adopt import SLUG, deliver_again
from tests.work import with_work

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None, reason="no chromium on this machine: make test installs Debian's where it may"
    ),
]
PAGES = [
    "index.html",
    f"publicaties/{SLUG}/index.html",
    "gebieden/noorderwijk/index.html",
    "gebieden/noorderwijk/2025/index.html",
    "gebieden/noorderwijk/initiatieven/moestuin-noord.html",
    "kalender/index.html",
    "cijfers/noorderwijk/2025.html",
    "cijfers/totaal/2025.html",
    "cijfers/gebied-oosteinde/2025.html",
]
OPTIONS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example after adoption and a newer delivery, so that restated differences show too."""
    folder = tmp_path_factory.mktemp("site")
    dossier = with_work(Path(shutil.copytree(KLEIN, folder / "klein")))
    adopt(dossier, SLUG, None, "R2026-06")
    deliver_again(dossier, 12_345)
    built, faults = build(dossier, folder / "out")
    assert built is not None, faults
    return built.site


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield found
        found.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("path", PAGES)
def test_no_accessibility_violation(site: Path, browser: Browser, path: str, width: int, scheme: str) -> None:
    """axe, WCAG 2.0 to 2.2 A and AA with best practice; the page is never wider than the window."""
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme="dark" if scheme == "dark" else "light"
    )
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((site / path).as_uri())
    violations = Axe().run(page, options=OPTIONS).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in violations] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert all(url.startswith("file:") for url in asked)
    context.close()


def test_it_works_without_javascript_and_by_keyboard(site: Path, browser: Browser) -> None:
    """Tab reaches the skip link first, then every figure; Enter follows a figure to its source."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / PAGES[1]).as_uri())
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    assert (focused.get_attribute("href") or "").startswith("#")
    for _ in range(40):
        page.keyboard.press("Tab")
        if "cijfers/" in (page.locator(":focus").get_attribute("href") or ""):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/cijfers/**")
    assert page.locator("h1").count() == 1
    context.close()
