"""An address leads where a browser takes it, however it is written."""

from __future__ import annotations

from typing import cast

import pytest

from gebiedswerk.release.recount import Recount
from gebiedswerk.release.shown.figure_links import LinkTarget, Sources

LINKS = Sources(cast("Recount", None))
"""Where a link leads within the site follows from its letters alone."""
WRITTEN = (
    "../cijfers/a/2025.html#budget",
    " \t\r\n\x00\x1f ../cijfers/a/2025.html#budget \x1f\t ",
    "\t.\t./cijfers/\na/2025.h\rtml#bud\tget",
    "..\\cijfers\\a\\2025.html#budget",
    "%2e%2e/cijfers/%61/2025.html#%62udget",
)


@pytest.mark.parametrize("href", WRITTEN)
def test_signs_that_a_browser_takes_out_lead_nowhere_else(href: str) -> None:
    assert LINKS.target("jaar/index.html", href) == LinkTarget("cijfers/a/2025.html", "budget")


@pytest.mark.parametrize("href", ["../cijfers/a /5.html", "../cijfers/\x00a/5.html", "../cijfers/a/5\x1f.html"])
def test_other_signs_within_an_address_belong_to_it(href: str) -> None:
    assert LINKS.target("jaar/index.html", href) == LinkTarget(href.removeprefix("../"), "")
