"""Many threads, several dossiers, one process: what each of them makes is what it makes alone."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from gebiedswerk.assembly.made import make
from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.blocks.models import File
from gebiedswerk.pages import Page
from gebiedswerk.site.render import renderer

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
THREADS = 8
SEED = 11


@pytest.fixture(autouse=True)
def _restless() -> Iterator[None]:
    """Threads take turns as often as they can."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


def made(name: str) -> tuple[tuple[Page, ...], tuple[File, ...]]:
    """The pages and files of an example, opened and worked out anew."""
    found = make(open_dossier(EXAMPLES / name))
    assert found is not None
    return tuple(found.pages), tuple(found.data)


def rendered(page: Page) -> tuple[str, str, str]:
    """A page of some municipality, at its place."""
    return page.frame.site_title, page.frame.place, renderer().render(page)


def bytes_of(file: File) -> tuple[str, bytes]:
    """A file beside the pages."""
    return file.path, file.content


def test_eight_threads_make_both_examples_as_one_does() -> None:
    """Two threads open the dossiers; then eight render the pages of both, shuffled, and make the files beside them."""
    names = ("klein", "groningen")
    alone = [made(name) for name in names]
    pages = [rendered(page) for found, _ in alone for page in found]
    files = [bytes_of(file) for _, found in alone for file in found]
    assert len(pages) > 500 and len(files) > 100
    with ThreadPoolExecutor(THREADS) as threads:
        together = list(threads.map(made, names))
        every_page = [page for found, _ in together for page in found]
        every_file = [one for _, found in together for one in found]
        random.Random(SEED).shuffle(every_page)
        random.Random(SEED).shuffle(every_file)
        assert sorted(threads.map(rendered, every_page)) == sorted(pages)
        assert sorted(threads.map(bytes_of, every_file)) == sorted(files)


def test_eight_threads_open_one_dossier_as_one_does() -> None:
    """Each opens the small example for itself, from its files to its pages."""
    alone = [rendered(page) for page in made("klein")[0]]
    with ThreadPoolExecutor(THREADS) as threads:
        for pages, _ in threads.map(made, ["klein"] * THREADS):
            assert [rendered(page) for page in pages] == alone
