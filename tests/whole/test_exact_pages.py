"""After a moved posting exactly the pages are rewritten that show a figure which follows from it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path

from gebiedswerk.app.build import build
from gebiedswerk.assembly.opened import Opened, open_dossier
from gebiedswerk.blocks.places import DELIVERIES, Places, publication_root
from tests.town import add_to_posting, export_rows


def amounts(opened: Opened) -> dict[str, int]:
    """Where each figure stands, on every basis → its cents, straight from the account."""
    assert opened.newest is not None
    bases = [("", opened.newest), *((publication_root(view.publication.slug), view.figures) for view in opened.views)]
    return {
        Places(figures.dossier, root).figure(address): figures.figure(address).cents
        for root, figures in bases
        for address in figures.addresses()
    }


def shown(page: str, text: str) -> Iterator[str]:
    """The figures that a page shows: where its links lead, and what stands on the page itself."""
    for href in re.findall(r'href="([^"]+)"', text):
        place, _, anchor = href.partition("#")
        there = posixpath.normpath(posixpath.join(posixpath.dirname(page), place)) if place else page
        yield f"{there}#{anchor}"
    yield from (f"{page}#{anchor}" for anchor in re.findall(r' id="([^"]+)"', text))


def test_rewritten_are_the_pages_that_show_a_dependent_figure(klein: Path, tmp_path: Path) -> None:
    """Counted from the links in the pages and the cents of the account, without keys or models.

    The list of delivered files is rewritten besides: it shows the hash of the file.
    """
    build(klein, tmp_path / "out")
    before = amounts(open_dossier(klein))
    row = next(n for n, r in enumerate(export_rows(klein), start=2) if r["Boekjaar"] + r["Kostenplaats"] == "20247130")
    add_to_posting(klein, row, 10_000)
    built, faults = build(klein, tmp_path / "out")
    assert built is not None, faults
    after = amounts(open_dossier(klein))
    moved = {place for place in before.keys() | after.keys() if before.get(place) != after.get(place)}
    pages = {path.relative_to(built.site).as_posix(): path for path in built.site.rglob("*.html")}
    dependent = {page for page, path in pages.items() if not moved.isdisjoint(shown(page, path.read_text("utf-8")))}
    assert set(built.rendered) == dependent | {DELIVERIES}
    assert 5 < len(dependent) < len(pages) / 2
