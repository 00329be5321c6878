"""A part is made again if an answer differs or its page is not there; else it stays as it is."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from gebiedswerk.assembly.build_memory import BuildMemory
from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.assembly.refresh import Refreshed, refresh
from gebiedswerk.pages import BinaryFile, DataFile, File, LazyFile, Page, shown_of
from tests.town import add_to_posting, append, export_rows


class Site:
    """The files of a site by their key, without a folder."""

    def __init__(self, dossier: Path) -> None:
        self.dossier, self.files = dossier, dict[str, File]()

    def key_of(self, made: Page | File) -> str:
        """A key by all that was made."""
        if not isinstance(made, DataFile | BinaryFile | LazyFile):
            return hashlib.sha256(repr(made).encode()).hexdigest()
        self.files[made.path] = made
        return made.key if isinstance(made, LazyFile) else hashlib.sha256(made.content).hexdigest()

    def read(self, place: str) -> str:
        """What stood in a file."""
        return self.files[place].content.decode()

    def refreshed(self, former: BuildMemory, keys: Mapping[str, str]) -> Refreshed:
        """What a change makes."""
        opened = open_dossier(self.dossier)
        assert opened.newest is not None
        return refresh(shown_of(opened.newest, opened.views), former, keys, self.key_of, self.read)


def keys_of(made: Refreshed) -> dict[str, str]:
    """Place → key of a whole site."""
    return {one.place: one.key for part in made.remembered.parts.values() for one in part.outputs}


def test_nothing_changed_makes_nothing(klein: Path) -> None:
    """All is kept, and what is remembered stays the same."""
    site = Site(klein)
    first = site.refreshed(BuildMemory("program"), {})
    again = site.refreshed(first.remembered, keys_of(first))
    assert (again.pages, again.data) == ((), ())
    assert again.kept == keys_of(first) != {}
    assert again.remembered.text() == first.remembered.text()


def test_a_page_that_is_not_there_is_made(klein: Path) -> None:
    """Of the former site a page is gone, and one has another key: their parts are made, and no others."""
    site = Site(klein)
    first = site.refreshed(BuildMemory("program"), {})
    keys = keys_of(first)
    del keys["begrippen.html"]
    keys["index.html"] = "other"
    again = site.refreshed(first.remembered, keys)
    assert sorted(page.frame.place for page in again.pages) == ["begrippen.html", "index.html"]
    assert again.data == ()


def test_what_others_tell_of_goes_along(klein: Path) -> None:
    """The catalogue and the map of the site tell of packages and pages that were not made again too."""
    append(klein, "dossier.toml", '[open_data]\naddress = "https://open.wilgendam.example"')
    site = Site(klein)
    first = site.refreshed(BuildMemory("program"), {})
    row = next(n for n, r in enumerate(export_rows(klein), start=2) if r["Boekjaar"] + r["Kostenplaats"] == "20247130")
    add_to_posting(klein, row, 10_000)
    again = site.refreshed(first.remembered, keys_of(first))
    anew = site.refreshed(BuildMemory("program"), {})
    assert 0 < len(again.pages) < 20 < len(anew.pages)
    assert keys_of(again) == keys_of(anew) != keys_of(first)
    assert {one.path for one in again.data} >= {"data/catalogus.jsonld"} & {one.path for one in anew.data}
    assert again.remembered.parts.keys() == anew.remembered.parts.keys()
