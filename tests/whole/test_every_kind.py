"""Every kind of page in a real browser: no violation, whatever the width, the colours or the spacing of the reader."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from gebiedswerk.cli.serve import Live
from gebiedswerk.language.messages import Messages
from gebiedswerk.site.render import ASSETS, TEMPLATES
from tests.town import TEXT, edit
from tests.whole.browsing import IN_BROWSER, Scheme, opened, sideways, violations
from tests.whole.kinds import KINDS, every_kind, template_of
from tests.whole.served import served

in_browser = IN_BROWSER[1]
SHARED = {"base", "macros", "pictures", "work"}
"""Templates that are no page: others are made with them."""
SPACING = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-block-end: 2em !important; }
"""
CUT_OFF = """() => [...document.querySelectorAll('main *, header *, footer *')].filter(e =>
    !e.closest('.hidden, .scroll, svg, thead') && getComputedStyle(e).overflowX !== 'visible'
    && e.scrollWidth > e.clientWidth + 1).map(e => e.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return every_kind(tmp_path_factory.mktemp("kinds"))


def still(page: Path) -> Path:
    """The page, or where it leads on at once a copy that waits."""
    text, leads = re.subn(r'<meta http-equiv="refresh"[^>]*>', "", page.read_text("utf-8"))
    if not leads:
        return page
    page.with_name("still.html").write_text(text)
    return page.with_name("still.html")


def test_every_template_has_a_page_among_the_kinds(site: Path) -> None:
    """A new template fails here until a page of it is looked at below."""
    made = {path.stem for path in TEMPLATES.glob("*.html")} - SHARED
    assert {template_of(site / place) for place in KINDS.values()} == made
    assert {template_of(path) for path in site.rglob("*.html")} == made


@in_browser
@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
@pytest.mark.parametrize("kind", KINDS)
def test_no_kind_of_page_has_a_violation(site: Path, browser: Browser, kind: str, width: int, scheme: Scheme) -> None:
    """axe finds nothing, and nothing is wider than the window: nor with the spacing of WCAG 2.2, 1.4.12.

    320 pixels is what 1280 become at 400 % (WCAG 2.2, 1.4.10).
    """
    asked: list[str] = []
    with opened(browser, "about:blank", width, scheme) as page:
        page.on("request", lambda request: asked.append(request.url))
        page.goto(still(site / KINDS[kind]).as_uri())
        assert violations(page) == []
        assert sideways(page) <= 0
        page.add_style_tag(content=SPACING)
        assert sideways(page) <= 0
        assert page.evaluate(CUT_OFF) == []
    assert asked and all(url.startswith("file:") for url in asked)


@in_browser
def test_searching_has_no_violation(site: Path, browser: Browser) -> None:
    """The index with its script on: the form is there, and what was found."""
    with served(site) as address, opened(browser, f"{address}zoeken.html", bypass_csp=True) as page:
        page.get_by_role("searchbox").fill("budget")
        page.wait_for_selector("ol.found a")
        assert violations(page) == []


@in_browser
def test_a_draft_beside_its_faults_has_no_violation(klein: Path, browser: Browser, tmp_path: Path) -> None:
    """What `serve` shows: the shell with both frames, and the faults by themselves."""
    edit(klein, TEXT, "204", "205")
    live = Live(klein, tmp_path / "out", Messages("nl"))
    live.refresh()
    assert live.faults
    for html in (live.shell(), live.panel()):
        (tmp_path / "page.html").write_text(re.sub(r'<meta http-equiv="refresh"[^>]*>', "", html))
        with opened(browser, (tmp_path / "page.html").as_uri()) as page:
            assert violations(page) == []


@in_browser
def test_with_forced_colours_nothing_is_lost(site: Path, browser: Browser) -> None:
    """Bars keep an edge, a status keeps its frame, and the focus is seen (WCAG 2.2, 1.4.11 and 2.4.7)."""
    with opened(browser, (site / KINDS["area"]).as_uri(), forced_colors="active") as page:
        seen = "e => { const s = getComputedStyle(e); return [s.stroke, s.borderTopStyle, s.outlineStyle]; }"
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        for bar in page.locator(".strip [class^=bar-]").all():
            assert bar.evaluate(seen)[0] not in ("none", ground)
        assert page.locator(".status").first.evaluate(seen)[1] == "solid"
        page.keyboard.press("Tab")
        assert page.locator(":focus").evaluate(seen)[2] == "solid"


def test_nothing_moves() -> None:
    """No sheet moves anything, so that nobody has to ask for less motion (WCAG 2.2, 2.3.3)."""
    sheets = "".join(path.read_text("utf-8") for path in (ASSETS / "css").glob("*.css"))
    assert not re.search(r"\b(?:animation|transition)(?:-[a-z]+)?\s*:|@keyframes|scroll-behavior", sheets)
