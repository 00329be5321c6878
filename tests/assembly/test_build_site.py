"""A site that is brought up to date, whatever became of what was there and of what was remembered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gebiedswerk.assembly.build_site import REMEMBERED, build_site
from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.site import Built
from tests.town import EXPORT, TEXT, edit
from tests.whole.test_build import tree


def build(dossier: Path, out: Path, *, full: bool = False) -> Built:
    """Build a dossier."""
    built = build_site(open_dossier(dossier), out, full=full)
    assert built is not None
    return built


def _older(out: Path, before: bytes) -> None:
    (out / REMEMBERED).write_bytes(before)


SPOILT: list[Callable[[Path, bytes], object]] = [
    lambda out, before: (out / REMEMBERED).unlink(),
    lambda out, before: (out / REMEMBERED).write_bytes(b"\xff{"),
    lambda out, before: (out / REMEMBERED).write_bytes(before[:-40]),
    _older,
    lambda out, before: next(out.glob("site/cijfers/*/*.html")).unlink(),
    lambda out, before: next(out.glob("site/data/*.xlsx")).unlink(),
    lambda out, before: (out / "site/build.json").unlink(),
]


@pytest.mark.parametrize("spoil", SPOILT)
def test_whatever_is_lost_is_made_again(klein: Path, tmp_path: Path, spoil: Callable[[Path, bytes], object]) -> None:
    """What is remembered gone, spoilt, cut or older; a page, a file or the index of the site gone: the same site."""
    out = tmp_path / "out"
    build(klein, out)
    before = (out / REMEMBERED).read_bytes()
    edit(klein, TEXT, "Wie meer wil weten", "Wie nog meer wil weten")
    build(klein, out)
    spoil(out, before)
    edit(klein, "areas.csv", "Binnenstad", "Stadshart")
    assert tree(build(klein, out).site) == tree(build(klein, tmp_path / "fresh").site)


def test_full_takes_nothing_of_what_was_there(klein: Path, tmp_path: Path) -> None:
    """A page and a file changed by hand: `full` makes them again, also where nothing else changed."""
    out = tmp_path / "out"
    right = tree(build(klein, out).site)
    for place in ("index.html", "data/boekingen.csv"):
        (out / "site" / place).write_bytes(b"by hand")
    assert tree(build(klein, out, full=True).site) == right
    assert len([one for one in (out / "builds").iterdir() if one.name != ".spare"]) == 1
    assert build(klein, out).rendered == ()
    assert tree(out / "site") == right


def test_what_has_the_same_answers_is_not_made(klein: Path, tmp_path: Path) -> None:
    """A word in a posting that no page shows changes no page but that of its line."""
    out = tmp_path / "out"
    first = build(klein, out)
    assert len(first.rendered) == first.pages
    assert build(klein, out).rendered == ()
    edit(klein, EXPORT, "Bloembakken", "Bloempotten", "windows-1252")
    again = build(klein, out)
    assert again.pages == first.pages
    assert 0 < len(again.rendered) < 6
    assert all("/cijfers/" in f"/{place}" or place == "bronnen/index.html" for place in again.rendered)
