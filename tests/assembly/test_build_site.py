"""A site that is brought up to date, whatever became of what was there and of what was remembered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gebiedswerk.assembly.build_site import REMEMBERED, build_site
from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.site import Built
from tests.town import EXPORT, TEXT, append, edit
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


@pytest.mark.parametrize("way", ["added", "linked", "removed"])
def test_what_hands_do_in_a_site_does_not_stay(klein: Path, tmp_path: Path, way: str) -> None:
    """A file that someone put in the live site, linked or took from it: two changes later all is as made anew."""
    out = tmp_path / "out"
    build(klein, out)
    for change in range(4):
        if change == 0:
            place = out / "site" / "begrippen.html"
            if way != "added":
                place.unlink()
            if way != "removed":
                (out / "site" / "eigen.txt").write_text("mine")
            if way == "linked":
                place.symlink_to(out / "site" / "eigen.txt")
        edit(klein, "areas.csv", "Binnenstad", f"Binnenstad {change}") if change < 1 else append(
            klein, TEXT, "\nEn nog."
        )
        built = build(klein, out)
    assert tree(built.site) == tree(build(klein, tmp_path / "fresh").site)
    assert not any(path.is_symlink() for path in built.site.rglob("*"))


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


def test_another_language_is_in_every_file(klein: Path, tmp_path: Path) -> None:
    """Files that say nothing of the settings of the language speak it all the same."""
    out = tmp_path / "out"
    before = tree(build(klein, out).site)
    edit(klein, "dossier.toml", 'language = "nl"', 'language = "en"')
    after = tree(build(klein, out).site)
    assert after == tree(build(klein, tmp_path / "fresh").site)
    assert after["kalender/vervalkalender.ics"] != before["kalender/vervalkalender.ics"]
