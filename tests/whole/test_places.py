"""Nothing leaves its folder: hostile places in all that becomes one, and folders that were tampered with."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gebiedswerk.app.build import build
from gebiedswerk.app.freeze import freeze
from gebiedswerk.app.publish import publish
from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.cli.main import main
from gebiedswerk.dossier import PlaceRefused, table_reader
from gebiedswerk.dossier.checks import names_in_text
from gebiedswerk.pages import DataFile
from gebiedswerk.site import write
from tests.town import edit
from tests.whole import places

SAMPLE = 12
"""Of some 7,000 cases; `make walk-paths` holds them all."""
SORTS = ("csv", "toml", "name of", "link at", "member of", "sheet of")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("walk")
    with contextlib.chdir(folder):
        yield places.lay_out(folder)


def test_the_walk_holds_all_of_the_schema(home: Path) -> None:
    """Each column, text in a setting, file and folder: what is added to the schema joins by itself."""
    found = {case.place for case in places.cases(home)}
    assert len(found) > 300
    assert {"redirects.csv old", "redirects.csv new", "areas.csv slug", "work/initiatives.csv slug"} <= found
    assert {"dossier.toml site.logo", "dossier.toml site.fonts.file"} <= found
    assert {place for place in found if place.endswith((" file", " profile", " pages.file"))} >= {
        "deliveries/grootboek-2026-03/delivery.toml file",
        "deliveries/grootboek-2026-03/delivery.toml profile",
    }


@pytest.mark.parametrize("sort", SORTS)
def test_a_sample_of_the_walk(home: Path, sort: str) -> None:
    """By a fixed seed, under `check` and a verb that writes."""
    dice = random.Random(sort)
    fitting = [case for case in places.cases(home) if sort in case.place]
    for case in dice.sample(fitting, SAMPLE // len(SORTS) + 1):
        places.hold(case, home, [dice.choice(["adopt", "text", "import", "propose"])])


def test_each_way_out_of_a_redirect_is_refused_by_every_verb(home: Path) -> None:
    """The place that was written outside: `check` names row and column, and no verb writes a byte."""
    found = [case for case in places.cells(home) if case.place == "redirects.csv old" and case.told]
    assert len(found) > 15
    for case in found:
        places.hold(case, home, ["publish"] if case.name == "up" else [])


HOLES = ["../beside/index.html", "Index.html"]


@pytest.fixture
def unchecked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A check that sees nothing: the writer has to refuse by itself."""
    monkeypatch.setattr(names_in_text, "_moves", lambda moves: iter(()))
    monkeypatch.setattr(table_reader, "_refused", lambda *arguments: iter(()))


@pytest.mark.usefixtures("unchecked")
@pytest.mark.parametrize("hole", HOLES)
def test_what_gets_past_the_check_is_refused_by_the_writer(klein: Path, tmp_path: Path, hole: str) -> None:
    """B110 or Z123 with the place, and all that stands around stays; also after an earlier publication."""
    live = tmp_path / "live"
    assert publish(klein, live)[0] is not None
    (tmp_path / "beside").mkdir()
    (tmp_path / "beside" / "index.html").write_text("blijft", "utf-8")
    (klein / "redirects.csv").write_text(f"old,new,note\n{hole},/index.html,\n", "utf-8")
    before = places.digest(tmp_path, ("klein",))
    found, faults = publish(klein, live)
    assert found is None
    assert {one.code for one in faults} & {"B110", "Z123"}
    assert any(hole.lstrip("/") in (one.value or "").lstrip("/") for one in faults)
    changed = {name for name, one in places.digest(tmp_path, ("klein",)).items() if before.get(name) != one}
    assert {name for name in changed if not name.startswith("live/build")} == set()


def test_a_page_that_leaves_the_site_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    """Whoever makes the pages: the former site stays."""
    write([], [DataFile("a.csv", "1")], tmp_path / "out")
    before = places.digest(tmp_path)
    for name in ("../b.csv", "/b.csv", "A.CSV", "a.csv/b", "nul.csv", "x" * 256):
        with pytest.raises(PlaceRefused):
            write([], [DataFile("a.csv", "2"), DataFile(name, "3")], tmp_path / "out")
        assert places.digest(tmp_path) == before, name


def _link(path: Path, beside: Path) -> None:
    if path.is_symlink():
        path.unlink()
    elif path.exists():
        shutil.rmtree(path)
    path.symlink_to(beside, target_is_directory=True)


TAMPERED: dict[str, tuple[str, Callable[[Path, Path], object]]] = {
    "builds": ("site/builds", lambda dossier, out: build(dossier, out / "site", jobs=1)),
    "half": ("site/builds/.half", lambda dossier, out: build(dossier, out / "site", jobs=1)),
    "live": ("live/live", lambda dossier, out: publish(dossier, out / "live")),
    "build": ("live/build", lambda dossier, out: publish(dossier, out / "live")),
    "releases": ("live/releases", lambda dossier, out: publish(dossier, out / "live")),
    "release": (".r.gebiedswerk-half", lambda dossier, out: freeze(dossier, out / "r")),
    "mark": ("site/.gebiedswerk", lambda dossier, out: build(dossier, out / "site", jobs=1)),
}


@pytest.mark.parametrize("name", TAMPERED)
def test_a_folder_that_became_a_link_leads_nothing_out(name: str, klein: Path, tmp_path: Path) -> None:
    """Neither written nor removed: what a link in the folder of a site leads to is left alone."""
    out, beside = tmp_path / "out", tmp_path / "beside"
    (beside / "site").mkdir(parents=True)
    (beside / "keep.txt").write_text("blijft", "utf-8")
    (beside / "site" / "keep.html").write_text("blijft", "utf-8")
    place, work = TAMPERED[name]
    (out / place).parent.mkdir(parents=True)
    if place.startswith(("site/", "live/")):
        (out / place.split("/")[0] / ".gebiedswerk").write_bytes(b"")
    if name == "mark":
        (out / place).unlink()
        (out / place).symlink_to(beside / "keep.txt")
    else:
        _link(out / place, beside)
    before = places.digest(beside)
    work(klein, out)
    assert places.digest(beside) == before


@pytest.mark.parametrize("mask", [0o077, 0o777])
def test_what_is_published_can_be_read_under_any_umask(mask: int, klein: Path, tmp_path: Path) -> None:
    """Sites and public releases by anyone; the release for the auditor as the umask says."""
    before = os.umask(mask)
    try:
        assert publish(klein, tmp_path / "www" / "live")[0] is not None
        assert freeze(klein, tmp_path / "r", tmp_path / "a")[0] is not None
    finally:
        os.umask(before)
    for root in (tmp_path / "www", tmp_path / "r"):
        for path in (root, *root.rglob("*")):
            if not path.is_symlink():
                wanted = 0o755 if path.is_dir() else 0o644
                assert stat.S_IMODE(path.stat().st_mode) == wanted, path
    own = {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "a").rglob("*") if path.is_file()}
    assert own == {0o666 & ~mask | 0o600}


def test_publications_that_differ_only_in_capitals_are_named(klein: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Both, by `check`: their release would be one that our own `verify` refuses."""
    shutil.copytree(klein / "publications" / places.SLUG, klein / "publications" / "Jaarrekening-2025")
    assert main(["check", str(klein)]) == 1
    told = capsys.readouterr().err
    assert "publications/jaarrekening-2025" in told and "publications/Jaarrekening-2025" in told


def test_pages_that_differ_only_in_the_form_of_an_accent_are_named(klein: Path) -> None:
    for name in ("caf\u00e9.md", "cafe\u0301.md"):
        (klein / "publications" / places.SLUG / name).write_text("# Café\n", "utf-8")
    assert main(["check", str(klein)]) == 1


@pytest.mark.parametrize(
    "link", ["profiles/grootboek.toml", "areas.csv", "publications", f"publications/{places.SLUG}"]
)
def test_what_stands_outside_the_dossier_is_not_published(klein: Path, tmp_path: Path, link: str) -> None:
    """By a link to a file or a folder; and neither is it copied for the auditor."""
    away = tmp_path / "away"
    (klein / link).rename(away)
    (klein / link).symlink_to(away, target_is_directory=away.is_dir())
    found, faults = freeze(klein, tmp_path / "r", tmp_path / "a")
    assert found is None
    assert "D152" in [one.code for one in faults]


def test_the_file_of_a_delivery_may_stand_elsewhere(klein: Path, tmp_path: Path) -> None:
    """The design allows it; what is published of it is its place as written and its hash. An auditor would miss it."""
    folder = klein / "deliveries" / "grootboek-2026-03"
    shutil.move(folder / "grootboek.csv", tmp_path / "grootboek.csv")
    edit(klein, "deliveries/grootboek-2026-03/delivery.toml", '"grootboek.csv"', '"../../../grootboek.csv"')
    assert main(["check", str(klein)]) == 0
    found, faults = freeze(klein, tmp_path / "r", tmp_path / "a")
    assert found is None
    assert [(one.code, one.column, one.value) for one in faults] == [("B110", "file", "../../../grootboek.csv")]
    assert freeze(klein, tmp_path / "r")[0] is not None


def test_a_page_called_as_its_publication_is_named(klein: Path, tmp_path: Path) -> None:
    """Its PDF would take the place of the PDF of the whole: D151, and the writer refuses two things at one place."""
    (klein / "publications" / places.SLUG / f"{places.SLUG}.md").write_text("# Zelfde\n", "utf-8")
    assert "D151" in [one.code for one in build(klein, tmp_path / "b", jobs=1)[1]]
    with pytest.raises(PlaceRefused, match="double"):
        write([], [DataFile("a.csv", "1"), DataFile("a.csv", "2")], tmp_path / "out")


def test_a_hidden_link_that_would_be_read_is_named(klein: Path, tmp_path: Path) -> None:
    """Shapes and texts are found by their ending; the dangling link of an editor is left alone."""
    (tmp_path / "x.geojson").write_text("{}", "utf-8")
    (klein / "geo").mkdir()
    (klein / "geo" / ".x-2020.geojson").symlink_to(tmp_path / "x.geojson")
    (klein / "publications" / places.SLUG / ".#index.md").symlink_to("iemand@ergens.1234")
    named = [one.file for one in open_dossier(klein).faults if one.code == "D152"]
    assert named == ["geo/.x-2020.geojson"]
