"""In a real browser: accessible, without sideways scrolling, requests elsewhere or scripts, by keyboard, on paper."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from gebiedswerk.app.adopt import adopt
from gebiedswerk.app.build import build
from tests.app.test_adopt import SLUG, deliver_again
from tests.conftest import KLEIN
from tests.town import append
from tests.whole.browsing import IN_BROWSER
from tests.whole.served import caddy, nginx, served
from tests.work import with_work

pytestmark = IN_BROWSER
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
    "sitemap.html",
    "begrippen.html",
    "zoeken.html",
]
ANNEX = f"publicaties/{SLUG}/bijlage.html"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example after adoption and a newer delivery, so that restated differences show too."""
    folder = tmp_path_factory.mktemp("site")
    dossier = with_work(Path(shutil.copytree(KLEIN, folder / "klein")))
    append(dossier, "dossier.toml", "\n[site]\nsearch = true")
    (dossier / "publications" / SLUG / "bijlage.md").write_text("# Bijlage\n\n## Woorden\n\nDe uitleg.\n", "utf-8")
    adopt(dossier, SLUG, None, "R2026-06")
    deliver_again(dossier, 12_345)
    built, faults = build(dossier, folder / "out")
    assert built is not None, faults
    return built.site


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """The site behind a web server that sends the headers of the examples."""
    with served(site) as found:
        yield found


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


def test_both_examples_of_headers_say_the_same() -> None:
    """One policy for all pages and one for the search page; only that allows a script."""
    policies = [policy for _, policy in nginx()]
    assert policies == caddy()
    assert ["script-src" in policy for policy in policies] == [False, True]
    assert not any("unsafe-inline" in policy or "'unsafe-eval'" in policy for policy in policies)


def test_the_policy_of_the_examples_is_never_broken(address: str, browser: Browser) -> None:
    """Every kind of page, with the headers of the examples: nothing in the console, no cookie, no request elsewhere."""
    context = browser.new_context()
    page = context.new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda problem: said.append(str(problem)))
    page.on("request", lambda request: asked.append(request.url))
    for path in [*PAGES, ANNEX]:
        answer = page.goto(address + path, wait_until="networkidle")
        assert answer is not None and answer.ok
        assert page.evaluate("getComputedStyle(document.body).fontFamily").startswith('"Source Sans 3"')
    assert said == []
    assert [url for url in asked if not url.startswith(address)] == []
    assert context.cookies() == []
    context.close()


def test_the_policy_would_be_heard_if_it_were_broken(address: str, browser: Browser) -> None:
    """The test above can fail: a page with a script of its own is heard in the console."""
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(address + "index.html")
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {textContent: '1'}))")
    assert any("Content Security Policy" in text for text in said)
    page.close()


def test_searching_finds_words_by_their_stem(address: str, browser: Browser) -> None:
    """On the search page, under its policy: `budgetten` finds what says `budget`, and leads there."""
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(address + "zoeken.html")
    page.get_by_role("searchbox").fill("budgetten")
    page.wait_for_selector("ol.found a")
    assert page.locator("ol.found li").count() > 2
    assert page.locator("ol.found mark").first.inner_text().lower().startswith("budget")
    hrefs = [link.get_attribute("href") or "" for link in page.locator("ol.found a").all()]
    assert not [href for href in hrefs if "cijfers/" in href]
    assert "gevonden" in page.locator(".found-state").inner_text()
    page.locator("ol.found a").first.click()
    assert page.locator("h1").count() == 1
    assert said == []
    page.close()


def test_without_javascript_the_index_by_letter_leads_on(site: Path, browser: Browser) -> None:
    """The form stays hidden, and says why; a letter and a name lead to an area."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "zoeken.html").as_uri())
    assert not page.locator("form.search").is_visible()
    assert page.locator("noscript").is_visible()
    page.get_by_role("link", name="Noorderwijk", exact=True).first.click()
    assert page.locator("h1").inner_text() == "Noorderwijk"
    context.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_every_link_can_be_reached_and_seen_by_keyboard(site: Path, browser: Browser, width: int) -> None:
    """Tab goes through the whole page, without a trap, and what has the focus is marked and in sight."""
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto((site / ANNEX).as_uri())
    seen = 0
    for _ in range(60):
        page.keyboard.press("Tab")
        found = page.evaluate(
            "(() => { const e = document.activeElement, b = e.getBoundingClientRect(), s = getComputedStyle(e);"
            " return [e.tagName, parseFloat(s.outlineWidth), b.bottom > 0 && b.top < innerHeight && b.width > 0,"
            " b.height >= 24 || s.display === 'inline', e.closest('.colophon') !== null]; })()"
        )
        if found[0] == "BODY":
            break
        seen += 1
        assert found[1] >= 2 and found[2] and found[3], (width, seen, found)
    assert found[0] == "BODY" and seen > 10
    page.close()


def test_the_pages_of_a_publication_stand_beside_it(site: Path, browser: Browser) -> None:
    """Open on a wide screen, folded on a narrow one; this page is marked, and there is a way on."""
    for width, there in ((1280, True), (360, False)):
        page = browser.new_page(viewport={"width": width, "height": 800})
        page.goto((site / PAGES[1]).as_uri())
        assert page.locator(".side a[aria-current=page]").is_visible() is there
        assert page.locator(".pager a[rel=next]").is_visible()
        page.close()


def test_on_paper_there_is_only_content(site: Path, browser: Browser) -> None:
    """Black on white whatever the scheme, without navigation, whole tables; and nothing is cut off at the side."""
    page = browser.new_page(viewport={"width": 700, "height": 990}, color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    for path in PAGES[:3]:
        page.goto((site / path).as_uri())
        for gone in (".utrecht-skip-link", ".menu", ".breadcrumb", ".side", ".pager", ".way-back"):
            assert not [one for one in page.locator(gone).all() if one.is_visible()], (path, gone)
        colours = page.evaluate(
            "[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]"
        )
        assert colours == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
        assert page.evaluate("document.documentElement.scrollWidth") <= 700
    page.close()
