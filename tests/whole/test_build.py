"""A build is whole or not there, the same bytes every time, and an incremental build equals a full one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from gebiedswerk import site as site_room
from gebiedswerk.app.build import build
from gebiedswerk.assembly.build_site import build_site
from gebiedswerk.assembly.made import make
from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.site.write_site import write
from tests.conftest import KLEIN
from tests.town import TEXT, add_to_posting, append, edit, export_rows
from tests.whole.death import Died, dies, dying, moments_of_death


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_same_bytes_in_another_folder_time_zone_and_process_count(tmp_path: Path) -> None:
    """Two processes, two folders, two time zones, one and two jobs: the same bytes."""
    trees = []
    for zone, jobs, name in (("Pacific/Auckland", "1", "a"), ("America/Lima", "2", "deeper/b")):
        dossier = Path(shutil.copytree(KLEIN, tmp_path / name / "klein"))
        out = tmp_path / name / "out"
        command = [sys.executable, "-m", "gebiedswerk", "build", str(dossier), "--out", str(out), "--jobs", jobs]
        environment = {**os.environ, "TZ": zone, "LANG": "C", "PYTHONHASHSEED": jobs}
        subprocess.run(command, check=True, capture_output=True, env=environment)
        trees.append(tree(out / "site"))
    assert trees[0] == trees[1]
    assert len(trees[0]) > 60


def test_a_second_build_renders_nothing(klein: Path, tmp_path: Path) -> None:
    """Nothing changed: no page is rendered, and the site is the same folder."""
    first, _ = build(klein, tmp_path / "out")
    second, _ = build(klein, tmp_path / "out")
    assert first is not None
    assert second is not None
    assert len(first.rendered) == first.pages
    assert second.rendered == ()


def test_an_incremental_build_equals_a_full_one(klein: Path, tmp_path: Path) -> None:
    """After a change only some pages are rendered, and the tree is that of a build from nothing."""
    build(klein, tmp_path / "out")
    edit(klein, TEXT, "Wie meer wil weten", "Wie nog meer wil weten")
    incremental, _ = build(klein, tmp_path / "out")
    full, _ = build(klein, tmp_path / "fresh")
    assert incremental is not None
    assert full is not None
    assert incremental.rendered == ("publicaties/jaarrekening-2025/index.html",)
    assert tree(incremental.site) == tree(full.site)


def test_a_moved_posting_rewrites_only_the_pages_that_show_it(klein: Path, tmp_path: Path) -> None:
    """A posting of one area moves: only the pages with a figure that rests on it change, and that of the file."""
    build(klein, tmp_path / "out")
    row = next(n for n, r in enumerate(export_rows(klein), start=2) if r["Boekjaar"] + r["Kostenplaats"] == "20247130")
    add_to_posting(klein, row, 10_000)
    built, faults = build(klein, tmp_path / "out")
    assert built is not None, faults
    figures = [f"cijfers/{subject}/2024.html" for subject in ("gebied-havenkwartier", "havenkwartier", "totaal")]
    areas = ["gebieden/havenkwartier/2024/index.html", "gebieden/havenkwartier/index.html"]
    of_publication = [f"publicaties/jaarrekening-2025/{place}" for place in figures]
    assert list(built.rendered) == ["bronnen/index.html", *figures, *areas, *of_publication]


@pytest.mark.parametrize("half", [False, True])
def test_die_at_every_file_operation(klein: Path, tmp_path: Path, half: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the moment of death, the site is the former one or the new one, whole; and the next build succeeds."""
    out = tmp_path / "out"
    build(klein, out)
    former = tree(out / "site")
    append(klein, TEXT, "\nEen nieuwe zin.")
    made = make(open_dossier(klein))
    assert made is not None
    pages, data = made.pages[:4], made.data[:2]
    write(made.pages, made.data, tmp_path / "full")
    new_whole = tree(write(pages, data, tmp_path / "new").site)
    shutil.copytree(out, tmp_path / "trial", symlinks=True)
    deaths = moments_of_death(partial(write, pages, data, tmp_path / "trial"), half, monkeypatch)
    states = set()
    for k in deaths:
        trial = tmp_path / f"trial{k}"
        shutil.copytree(out, trial, symlinks=True)
        died = dies(partial(write, pages, data, trial), k, half, monkeypatch)
        assert died == (k < deaths[-1])
        found = tree(trial / "site")
        assert found in (former, new_whole), k
        states.add("new" if found == new_whole else "former")
        assert tree(write(pages, data, trial).site) == new_whole
        shutil.rmtree(trial)
    assert states == {"former", "new"}


def test_die_while_a_former_site_is_brought_up_to_date(
    klein: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The third build changes the first in its place: whatever the moment of death, the live site is whole."""
    out = tmp_path / "out"
    build(klein, out)
    append(klein, TEXT, "\nEen nieuwe zin.")
    build(klein, out)
    former = tree(out / "site")
    edit(klein, TEXT, "Wie meer wil weten", "Wie nog meer wil weten")
    edit(klein, "areas.csv", "Havenkwartier", "Havenbuurt")
    opened = open_dossier(klein)
    new = build_site(opened, tmp_path / "new")
    assert new is not None
    whole = tree(new.site)
    shutil.copytree(out, tmp_path / "trial", symlinks=True)
    deaths = moments_of_death(partial(build_site, opened, tmp_path / "trial"), False, monkeypatch)
    states = set()
    for k in deaths:
        trial = tmp_path / f"trial{k}"
        shutil.copytree(out, trial, symlinks=True)
        died = dies(partial(build_site, opened, trial), k, False, monkeypatch)
        assert died == (k < deaths[-1])
        found = tree(trial / "site")
        assert found in (former, whole), k
        states.add("new" if found == whole else "former")
        again = build_site(opened, trial)
        assert again is not None
        assert tree(again.site) == whole
        shutil.rmtree(trial)
    assert states == {"former", "new"}


def test_the_first_build_that_dies_leaves_no_site(klein: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there was nothing there is nothing, or all."""
    made = make(open_dossier(klein))
    assert made is not None
    for k in range(1, 12):
        with dying(k, False, monkeypatch), pytest.raises(Died):
            write(made.pages[:3], (), tmp_path / str(k))
        assert not (tmp_path / str(k) / "site").exists()


def test_a_folder_that_is_not_ours_is_left_alone(klein: Path, tmp_path: Path) -> None:
    """Something else in the out folder: B101, and nothing is written."""
    out = tmp_path / "thesis"
    out.mkdir()
    (out / "chapter.txt").write_text("mine")
    built, faults = build(klein, out)
    assert built is None
    assert [found.code for found in faults] == ["B101"]
    assert tree(out) == {"chapter.txt": b"mine"}


def test_the_room_has_a_face() -> None:
    """Callers enter the room by its face."""
    assert site_room.write is write
