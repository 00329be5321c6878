"""Publishing and freezing whatever becomes of the machine: at every file operation, and with another at work.

The town is the example with a few of its pages: with earlier versions, an address that moved and a row taken down.
"""

from __future__ import annotations

import shutil
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from gebiedswerk.app.build import build
from gebiedswerk.app.freeze import freeze
from gebiedswerk.app.publish import publish
from gebiedswerk.assembly.made import make
from gebiedswerk.assembly.opened import Opened, open_dossier
from gebiedswerk.core.faults import Fault
from gebiedswerk.dossier import safe_files
from gebiedswerk.pages import Made
from gebiedswerk.release import Frozen, Published, release
from gebiedswerk.site.render import Renderer
from tests.release.releases import tree
from tests.town import TEXT, append
from tests.whole.death import dies, full_disk, moments_of_death

SLUG = "publicaties/jaarrekening-2025"
MOVED = "begrippen.html"
KEPT = ("index.html", f"{SLUG}/index.html", f"{SLUG}/cijfers/noorderwijk/2025.html", f"{SLUG}/data/boekingen.csv")


@dataclass(frozen=True)
class Moment:
    """A dossier at a moment: opened, and what is made of it."""

    dossier: Path
    opened: Opened
    made: Made


def moment(dossier: Path, *places: str) -> Moment:
    """Open a dossier and make a few of its pages and files."""
    opened = open_dossier(dossier)
    made = make(opened)
    assert made is not None
    pages = tuple(page for page in made.pages if page.frame.place in places)
    data = tuple(file for file in made.data if file.path in places)
    assert len(pages) + len(data) == len(places)
    return Moment(dossier, opened, replace(made, pages=pages, data=data))


@pytest.fixture(scope="module")
def moments(tmp_path_factory: pytest.TempPathFactory) -> list[Moment]:
    """Three moments of a town, each with another text; at the last a page has moved and a posting was taken down."""
    from tests.conftest import KLEIN

    folder = tmp_path_factory.mktemp("moments")
    found = []
    for number, places in enumerate(((*KEPT, MOVED), (*KEPT, MOVED), KEPT)):
        dossier = Path(shutil.copytree(KLEIN, folder / str(number)))
        append(dossier, TEXT, f"\nVersie {'abc'[number]}.")
        if MOVED not in places:
            (dossier / "redirects.csv").write_text(f"old,new,note\n{MOVED},index.html,\n", "utf-8")
            row = "grootboek-2026-03:6,B2026-09,2026-09-01,Op verzoek"
            (dossier / "takedowns.csv").write_text(f"posting,decision,decided_on,reason\n{row}\n", "utf-8")
        found.append(moment(dossier, *places))
    return found


def once(work: Callable[..., Any]) -> Callable[..., Any]:
    """The same outcome for the same arguments: those that live as long as a moment are told by their place."""
    known: dict[str, Any] = {}

    def found(*arguments: Any) -> Any:
        key = str([[id(item) for item in one] if isinstance(one, (list, tuple)) else id(one) for one in arguments])
        if key not in known:
            known[key] = (work(*arguments), arguments)  # held on to, so that no other gets its place
        return known[key][0]

    return found


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[Moment], None]:
    """Let publishing and freezing find a moment that was opened before, and what follows from it without files."""
    for name in ("site.write_site", "release.release"):
        monkeypatch.setattr(f"gebiedswerk.{name}.program_key", lambda: "program")
    monkeypatch.setattr(Renderer, "render", once(Renderer.render))
    for name in ("parts", "tombstones_text"):
        monkeypatch.setattr(release, name, once(getattr(release, name)))
    monkeypatch.setattr(safe_files, "sync_tree", lambda folder: None)
    monkeypatch.setattr("os.fsync", lambda handle: None)

    def turn(found: Moment) -> None:
        for name in ("publish", "freeze"):
            module = sys.modules[f"gebiedswerk.app.{name}"]
            monkeypatch.setattr(module, "open_dossier", lambda path: found.opened)
            monkeypatch.setattr(module, "make", lambda opened, at: found.made)

    return turn


def published(found: Moment, to: Path) -> tuple[Published | None, tuple[Fault, ...]]:
    return publish(found.dossier, to)


@pytest.fixture
def live(moments: list[Moment], at: Callable[[Moment], None], tmp_path: Path) -> Path:
    """A folder in which two versions are live."""
    for found in moments[:2]:
        at(found)
        assert published(found, tmp_path / "live")[0] is not None
    at(moments[2])
    return tmp_path / "live"


@pytest.mark.parametrize("half", [False, True])
def test_publishing_dies_at_every_file_operation(
    moments: list[Moment], live: Path, half: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the moment of death, what is live is the former release or the new one, whole; the next succeeds."""
    former, whole = tree(live / "live"), after(moments[2], live)
    assert {f"site/{SLUG}/versies/{n}/index.html" for n in (1, 2)} <= whole.keys()
    trial = Path(shutil.copytree(live, live.with_name("trial"), symlinks=True))
    deaths, states = moments_of_death(partial(published, moments[2], trial), half, monkeypatch), set()
    for k in deaths:
        trial = Path(shutil.copytree(live, live.with_name(f"trial{k}"), symlinks=True))
        assert dies(partial(published, moments[2], trial), k, half, monkeypatch) == (k < deaths[-1])
        found = tree(trial / "live")
        assert found in (former, whole), k
        states.add("new" if found == whole else "former")
        assert published(moments[2], trial)[0] is not None
        assert tree(trial / "live") == whole, k
        shutil.rmtree(trial)
    assert states == {"former", "new"}


def after(found: Moment, live: Path) -> dict[str, bytes]:
    """What is live after a publication that nothing disturbs, elsewhere."""
    there = Path(shutil.copytree(live, live.with_name("whole"), symlinks=True))
    made, faults = published(found, there)
    assert made is not None, faults
    assert made.versions == {"jaarrekening-2025": 3}
    assert made.moved == 1
    return tree(there / "live")


def test_publishing_on_a_full_disk(moments: list[Moment], live: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Full at any moment: B103 with the word of the system, the former release, and nothing half beside it."""
    former, whole = tree(live / "live"), after(moments[2], live)
    k, refused = 0, True
    while refused:
        k += 1
        trial = Path(shutil.copytree(live, live.with_name(f"trial{k}"), symlinks=True))
        with full_disk(k, monkeypatch):
            found, faults = published(moments[2], trial)
        refused = found is None
        assert [(one.code, dict(one.facts).get("reason")) for one in faults] == [
            ("B103", "No space left on device") for _ in range(refused)
        ], k
        assert tree(trial / "live") == (former if refused else whole), k
        assert not list(trial.rglob(".half")), k
        shutil.rmtree(trial)
    assert k > 20


def frozen(found: Moment, to: Path) -> tuple[Frozen | None, tuple[Fault, ...]]:
    """Both releases of a moment, of a dossier with no more files than are needed."""
    return freeze(found.dossier, to / "p", to / "a")


@pytest.fixture
def last(moments: list[Moment], at: Callable[[Moment], None], tmp_path: Path) -> Moment:
    """The last moment, with a small folder to copy for the auditor."""
    small = tmp_path / "small"
    small.mkdir()
    for name in ("dossier.toml", "areas.csv", "takedowns.csv"):
        shutil.copy(moments[2].dossier / name, small / name)
    found = replace(moments[2], dossier=small)
    at(found)
    return found


@pytest.mark.parametrize("half", [False, True])
def test_freezing_dies_at_every_file_operation(
    last: Moment, tmp_path: Path, half: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the moment of death a release is there, whole, or not at all; and the next freeze succeeds."""
    frozen(last, tmp_path / "whole")
    whole = tree(tmp_path / "whole")
    deaths, states = moments_of_death(partial(frozen, last, tmp_path / "trial"), half, monkeypatch), set()
    for k in deaths:
        trial = tmp_path / f"trial{k}"
        assert dies(partial(frozen, last, trial), k, half, monkeypatch) == (k < deaths[-1])
        found = {name: tree(trial / name) for name in ("p", "a") if (trial / name).exists()}
        for name, files_ in found.items():
            assert files_ == {place[2:]: data for place, data in whole.items() if place.startswith(name)}, k
        states.add("".join(found))
        made, faults = frozen(last, trial)
        assert made is not None, faults
        assert tree(trial) == whole, k
        shutil.rmtree(trial)
    assert {"", "pa"} <= states <= {"", "p", "pa"}


def test_freezing_on_a_full_disk(last: Moment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Full at any moment: B103, and nothing is there, not even half of it."""
    k, refused = 0, True
    while refused:
        k += 1
        trial = tmp_path / f"trial{k}"
        with full_disk(k, monkeypatch):
            found, faults = frozen(last, trial)
        refused = found is None
        assert [one.code for one in faults] == ["B103"] * refused, k
        assert bool(tree(trial)) != refused, k
    assert k > 20


def test_two_that_publish_at_once(moments: list[Moment], live: Path) -> None:
    """One waits for the other: what is live is the release of the last, and no version is lost."""
    whole = after(moments[2], live)
    found: list[object] = []
    both = [threading.Thread(target=lambda: found.append(published(moments[2], live))) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert [one[1] for one in found if isinstance(one, tuple)] == [(), ()]
    assert tree(live / "live") == whole


def test_who_waits_too_long_says_so(last: Moment, live: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """B104 where another publishes, freezes or builds; nothing is written, and later it goes well."""
    monkeypatch.setattr("gebiedswerk.dossier.lock.PATIENCE_SECONDS", 0.05)
    out = tmp_path / "out"
    out.mkdir()
    works: list[tuple[Path, Callable[[], tuple[object, tuple[Fault, ...]]]]] = [
        (live, partial(published, last, live)),
        (out, partial(frozen, last, out)),
        (out / "site", partial(build, last.dossier, out / "site")),
    ]
    (out / "site").mkdir()
    monkeypatch.setattr("gebiedswerk.app.build.open_dossier", lambda path, anew: last.opened)
    before = tree(tmp_path)
    for folder, work in works:
        with safe_files.alone_in(folder, 0) as alone:
            assert alone
            with ThreadPoolExecutor(1) as another:  # who is alone may enter once more
                found, faults = another.submit(work).result()
            assert (found, [one.code for one in faults]) == (None, ["B104"])
        assert tree(tmp_path) == before
    for _, work in works:
        assert work()[0] is not None
