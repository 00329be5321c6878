"""Pages go to another process and come out the same."""

from __future__ import annotations

from pathlib import Path

from gebiedswerk.actions import make, open_dossier
from gebiedswerk.site.build import page_key
from gebiedswerk.site.pack import packed, unpacked


def test_pages_come_out_as_they_went_in(klein: Path) -> None:
    """Every kind of page of the example, with the same key."""
    made = make(open_dossier(klein))
    assert made is not None
    found = unpacked(packed(made.pages))
    assert found == made.pages
    assert [page_key(page, "p") for page in found] == [page_key(page, "p") for page in made.pages]
