"""One figure forged in each kind of place of a release, the manifest made to fit: each is refused.

`make walk-forged` (FORGED=whole) walks all kinds of the example town, of a town with all that it may hold, and those
that the larger example has besides; otherwise a seeded sample of the example town.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import sys
from pathlib import Path

import pytest

from gebiedswerk.app.freeze import freeze
from gebiedswerk.app.verify import verify
from gebiedswerk.core.faults import errors
from gebiedswerk.release.shown.page_reader import NoPage, read_html
from tests.conftest import KLEIN, ROOT
from tests.release.forging import MARKUP, Forgery, cells, forgeries
from tests.release.releases import MANIFEST, reseal, write_manifest, wrong
from tests.release.test_remade import all_kinds
from tests.release.walking import SITE, Release

WHOLE = os.environ.get("FORGED") == "whole"
HOME = "site/index.html"
OF_A_PAGE, OF_WHAT_ALL_FOLLOWS_FROM = 30, 4
"""How many kinds `make test` forges: in the site, and in what everything else is recounted from."""
AGAIN = 40
"""So many kinds that others have are forged in the larger example too: to make all of its pages again takes long."""


@pytest.fixture(scope="session")
def klein_release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """The public release of the example town, right before anything is forged."""
    return _frozen(KLEIN, tmp_path_factory.mktemp("forged") / "public")


def _frozen(dossier: Path, out: Path) -> Release:
    made, faults = freeze(dossier, out)
    assert made is not None, faults
    return Release(out)


@pytest.fixture(scope="session")
def town_release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """The public release of a town with all that a dossier may hold."""
    folder = tmp_path_factory.mktemp("town")
    return _frozen(all_kinds(folder), folder / "public")


def _walk(release: Release, name: str, found: list[Forgery]) -> None:
    done = release.walk(found)
    told = [f"{name}: {done}", *(f"  when made again: {one}" for one in done.again)]
    sys.stdout.write("\n".join(told) + "\n")
    assert done.survived == []
    assert done.forged == len(found) > 0


def _of(release: Release) -> list[Forgery]:
    return list(forgeries(release.root, release.names))


def _sample(found: list[Forgery]) -> list[Forgery]:
    dice = random.Random(8)
    pages, inputs = ([one for one in found if one.place.startswith(SITE) is where] for where in (True, False))
    return [*dice.sample(pages, OF_A_PAGE), *dice.sample(inputs, OF_WHAT_ALL_FOLLOWS_FROM)]


def test_a_figure_in_each_kind_of_place_is_refused(klein_release: Release) -> None:
    """Each by itself, in a release in which nothing else is wrong."""
    found = _of(klein_release)
    _walk(klein_release, "klein", found if WHOLE else _sample(found))


@pytest.mark.skipif(not WHOLE, reason="takes long: make walk-forged")
def test_in_each_kind_of_place_of_a_town_with_all_it_may_hold(town_release: Release) -> None:
    _walk(town_release, "all that a release may hold", _of(town_release))


def test_in_each_cell_of_the_tables(klein_release: Release) -> None:
    """All that a release tells of the dossier follows from its site, row for row: whole by `make walk-forged`."""
    found = _cells(klein_release)
    _walk(
        klein_release, "cells of klein", found if WHOLE else random.Random(11).sample(found, OF_WHAT_ALL_FOLLOWS_FROM)
    )


@pytest.mark.skipif(not WHOLE, reason="takes long: make walk-forged")
def test_in_each_cell_of_the_tables_of_a_town_with_all_it_may_hold(town_release: Release) -> None:
    _walk(town_release, "cells of a town with all that a release may hold", _cells(town_release))


def _cells(release: Release) -> list[Forgery]:
    return list(cells(release.root, [name for name in release.names if name.startswith("tables/")]))


@pytest.mark.skipif(not WHOLE, reason="takes long: make walk-forged")
def test_in_each_kind_of_place_that_only_the_larger_example_has(
    klein_release: Release, town_release: Release, tmp_path: Path
) -> None:
    """And in some that the others have too."""
    known = {one.kind for release in (klein_release, town_release) for one in _of(release)}
    release = _frozen(ROOT / "examples" / "groningen", tmp_path / "public")
    new, old = ([one for one in _of(release) if (one.kind in known) is there] for there in (False, True))
    _walk(release, "groningen", [*new, *random.Random(8).sample(old, AGAIN)])


def test_true_figures_in_each_others_place_are_refused_by_their_place(klein_release: Release) -> None:
    """Of a row, a column, a sentence, and the names of rows: on a page and in the fragment to take along."""
    found = [one for one in forgeries(klein_release.root, klein_release.names) if one.kind.endswith("swapped")]
    assert len(found) > 6
    for one in found:
        with klein_release.forged(one):
            assert klein_release.refused_by_a_figure(one), one.kind


@pytest.mark.parametrize("way", MARKUP)
def test_however_it_is_written(klein_release: Release, way: str) -> None:
    """Other marks, addresses and words on the first page: refused, by the page itself."""
    old, new = MARKUP[way]
    data = (klein_release.root / HOME).read_bytes()
    figure = next(one.encode() for one in ("45.000", "209.000", "30.026", "33.000") if f">{one}<".encode() in data)
    old, new = (part.replace(b"45.000", figure) for part in (old, new))
    assert old in data
    one = Forgery(way, HOME, data.replace(old, new, 1))
    with klein_release.forged(one):
        assert klein_release.refused_by_a_figure(one)


@pytest.mark.parametrize("place", ["site/extra.bin", "site/assets/extra.js", "site/assets/extra.css", "extra.json"])
def test_a_file_of_no_known_kind(public: Path, place: str) -> None:
    (public / place).write_bytes(b"46.000")
    reseal(public, place)
    assert {one.code for one in wrong(public) if one.file == place} & {"Z137", "Z138"}


def test_a_page_too_many_and_one_too_few(public: Path) -> None:
    """Also where the manifest agrees: which pages there are follows from the ledger."""
    shutil.copy(public / HOME, public / "site" / "nog-een.html")
    form = json.loads((public / MANIFEST).read_bytes())
    del form["files"]["site/cijfers/noorderwijk/2025.html"]
    write_manifest(public, form)
    (public / "site/cijfers/noorderwijk/2025.html").unlink()
    reseal(public, "site/nog-een.html")
    found = {(one.code, one.file) for one in wrong(public)}
    assert {("Z142", "site/cijfers/noorderwijk/2025.html"), ("Z143", "site/nog-een.html")} <= found


def test_it_counts_what_it_held(public: Path) -> None:
    """Figures per kind of place; what shows figures is not among the files that were not held, but for paper."""
    found = verify(public)
    assert errors(found.faults) == []
    assert found.value is not None
    assert found.value.figures == sum(found.value.kinds.values())
    assert {"data", "documents", "picture", "postings", "source", "table", "text"} <= found.value.kinds.keys()
    assert found.value.unheld == ()
    other = verify(public, figures=True)
    assert [one.code for one in other.faults] == ["Z149"]
    assert other.value is not None
    assert {name.rpartition(".")[2] for name in other.value.unheld} == {"css", "pdf", "svg", "woff2"}


@pytest.mark.parametrize(
    "data", [b"<div>" * 100_000, b"<p " + b"a " * 100_000 + b">", b"<!--" * 10_000, b"<" * 100_000]
)
def test_a_page_that_would_keep_us_busy_is_none(data: bytes) -> None:
    with pytest.raises(NoPage):
        read_html(data)
