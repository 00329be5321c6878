"""One figure forged in each kind of place of a release, the manifest made to fit: each is refused.

`make walk-forged` (WALK=1) walks all kinds of both examples; otherwise a seeded sample of the example town.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

import pytest

from gebiedswerk.core.faults import errors
from gebiedswerk.proof import freeze, verify
from gebiedswerk.proof.recount import recount
from gebiedswerk.proof.shown import hold
from gebiedswerk.proof.shown.html_reader import NoPage, read_html
from tests.conftest import KLEIN, ROOT
from tests.proof.forging import MARKUP, Forgery, forgeries, sample
from tests.proof.releases import MANIFEST, reseal, write_manifest, wrong

WHOLE_WALK = bool(os.environ.get("WALK"))
HOME = "site/index.html"
INPUTS = ("ledger/", "tables/", "accounts/", "site/data/werk/")
"""What everything else is recounted from: a change there is seen in all that no longer follows."""


def held_apart(root: Path, forged: Forgery) -> bool:
    """Whether a file of the site is refused by itself: what verifying the whole release does with it too."""
    found = recount(root)
    assert found.value is not None
    before = (root / forged.place).read_bytes()
    (root / forged.place).write_bytes(forged.data)
    try:
        return any(one.file == forged.place for one in hold(root, found.value, [forged.place]).faults)
    finally:
        (root / forged.place).write_bytes(before)


def refused_whole(root: Path, forged: Forgery) -> bool:
    """Whether a release is refused with one file changed and its manifest made to fit."""
    before = (root / forged.place).read_bytes(), (root / MANIFEST).read_bytes()
    (root / forged.place).write_bytes(forged.data)
    reseal(root, forged.place)
    found = wrong(root)
    (root / forged.place).write_bytes(before[0])
    (root / MANIFEST).write_bytes(before[1])
    return bool(found)


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Public releases to forge in: of the example town, and in a whole walk of Groningen too."""
    folder = tmp_path_factory.mktemp("forged")
    dossiers = [KLEIN, *([ROOT / "examples" / "groningen"] if WHOLE_WALK else [])]
    for dossier in dossiers:
        made, faults = freeze(dossier, folder / dossier.name)
        assert made is not None, faults
    return [folder / dossier.name for dossier in dossiers]


def test_a_figure_in_each_kind_of_place_is_refused(sites: list[Path]) -> None:
    """By what is held without an equal program; what only shows when the site is made again, by the whole of verify."""
    kinds, again = 0, []
    for root in sites:
        found = [one for one in forgeries(root) if one.place.startswith("site/") and not one.place.startswith(INPUTS)]
        found = found if WHOLE_WALK else sample(found, 40, 8)
        kinds += len(found)
        again += [(root, one) for one in found if not held_apart(root, one)]
    told = [f"kinds of places: {kinds}; held: {kinds - len(again)}; only when made again: {len(again)}"]
    told += [f"  {one.kind} ({one.place})" for _, one in again]
    sys.stdout.write("\n".join(told) + "\n")
    assert kinds - len(again) > 2 * len(again)
    assert [one.kind for root, one in again if not refused_whole(root, one)] == []


def test_what_all_follows_from_is_refused_where_it_moves_a_figure(public: Path) -> None:
    """An amount in each table of money, and in the open data of the work, with a manifest that fits."""
    found = [
        one for one in forgeries(public) if one.place.startswith(INPUTS) and one.kind.endswith(("cents", "amount"))
    ]
    assert found
    for one in found:
        before = (public / one.place).read_bytes()
        (public / one.place).write_bytes(one.data)
        reseal(public, one.place)
        assert wrong(public), one.kind
        (public / one.place).write_bytes(before)
        reseal(public, one.place)


@pytest.mark.parametrize("way", MARKUP)
def test_however_it_is_written(public: Path, way: str) -> None:
    """Other marks, addresses and words on the first page: refused, by the page itself."""
    old, new = MARKUP[way]
    data = (public / HOME).read_bytes()
    figure = next(one.encode() for one in ("45.000", "209.000", "30.026", "33.000") if f">{one}<".encode() in data)
    old, new = (part.replace(b"45.000", figure) for part in (old, new))
    assert old in data
    assert held_apart(public, Forgery(way, HOME, data.replace(old, new, 1)))


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
