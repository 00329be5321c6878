"""Searching in the large example: what is asked for comes first, and nothing is found of nonsense."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.whole.browsing import IN_BROWSER, opened
from tests.whole.served import served

pytestmark = IN_BROWSER


@pytest.fixture(scope="module")
def address(groningen: Path) -> Iterator[str]:
    """The large example behind a web server."""
    with served(groningen) as found:
        yield found


def found(page: Page, words: str) -> list[str]:
    """Where the pages stand that searching for words finds, in order."""
    page.get_by_role("searchbox").fill(words)
    expect(page.locator(".found-state")).not_to_be_empty()
    hrefs = [link.get_attribute("href") or "" for link in page.locator("ol.found a").all()]
    page.get_by_role("searchbox").fill("")
    expect(page.locator(".found-state")).to_be_empty()
    return hrefs


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("West", "gebieden/west/index.html"),
        ("zuid", "gebieden/zuid/index.html"),
        ('"Zuid"', "gebieden/zuid/index.html"),
        ("west,", "gebieden/west/index.html"),
        ("ten-boer", "gebieden/ten-boer/index.html"),
    ],
)
def test_an_area_comes_before_its_years(address: str, browser: Browser, words: str, first: str) -> None:
    with opened(browser, f"{address}zoeken.html") as page:
        assert found(page, words)[0].endswith(first)


def test_what_is_shown_reads_as_the_page_does(address: str, browser: Browser) -> None:
    """Blanks between words stay, and what every page says of itself is not told with each."""
    with opened(browser, f"{address}zoeken.html") as page:
        page.get_by_role("searchbox").fill("West")
        page.wait_for_selector("ol.found a")
        told = page.locator("ol.found p").first.inner_text()
    assert "voor West begroot" in told
    assert "administratie van" not in told
    assert "Voorbeeld" not in told


@pytest.mark.parametrize("words", ["xqzt", "West xqzt", "qqqqq"])
def test_nonsense_finds_nothing(address: str, browser: Browser, words: str) -> None:
    with opened(browser, f"{address}zoeken.html") as page:
        assert found(page, words) == []


@pytest.mark.parametrize(
    ("words", "part"), [("bewoners", "bewoner"), ("wijkwethouders", "wijkwethouder"), ("geld", "geld")]
)
def test_words_are_found_in_other_forms(address: str, browser: Browser, words: str, part: str) -> None:
    """Each page that is found says the word, whatever its ending."""
    with opened(browser, f"{address}zoeken.html") as page:
        assert found(page, words)
        page.get_by_role("searchbox").fill(words)
        page.wait_for_selector("ol.found a")
        assert part in page.locator("ol.found").inner_text().lower()
