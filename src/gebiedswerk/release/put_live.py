"""Put a site live in one step, keep earlier versions, and let every former address answer.

`TO/live` is a link to `TO/releases/<name>`: `site` in it is what a server shows, `publish.json` what the next time
needs to know. Dying at any moment leaves the former release.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from gebiedswerk.assembly.opened import Opened
from gebiedswerk.blocks.models import Frame, RedirectPage
from gebiedswerk.blocks.places import publication_place
from gebiedswerk.core.addresses import ELSEWHERE, file_of
from gebiedswerk.core.faults import Checked, capped, errors
from gebiedswerk.core.filenames import Refusal
from gebiedswerk.dossier import Dossier, PlaceRefused, Root, safe_files
from gebiedswerk.dossier.lock import alone_in
from gebiedswerk.dossier.rooted import is_within
from gebiedswerk.language.languages import LANGUAGES
from gebiedswerk.language.messages import Messages
from gebiedswerk.pages import Made
from gebiedswerk.release.hidden import PARTINGS, hidden_before
from gebiedswerk.release.redirects import MovedPlaces, caddy_map, moved, nginx_map
from gebiedswerk.release.taken_down import emptied
from gebiedswerk.release.versions import FOLDER, Json, archived, history, sights, version_page, with_way
from gebiedswerk.site.render import renderer
from gebiedswerk.site.search import FOLDER as SEARCH
from gebiedswerk.site.write_site import INDEX, marked, write

LIVE, RELEASES, BUILD, STATE, SITE = "live", "releases", "build", "publish.json", "site"

SEARCHED = f"{SEARCH}/"
"""The index for searching: its files are named for their content, and nobody leads to them."""


@dataclass(frozen=True, slots=True)
class Published:
    """What was put live: its folder, how many addresses answer, moved ones, and slug → number of its version."""

    site: Path
    addresses: int
    moved: int
    versions: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Tree:
    """A site to be: place → its bytes, or the file that holds them already."""

    made: dict[str, bytes]
    there: dict[str, Path]

    @property
    def places(self) -> set[str]:
        return {*self.made, *self.there}

    def read(self, place: str) -> bytes:
        """The bytes that will stand at a place."""
        return self.made[place] if place in self.made else self.there[place].read_bytes()


def put_live(opened: Opened, made: Made, to: Path) -> Checked[Published | None]:
    """Put what was made of a sound dossier live below `to`. With any error, that an address would vanish (Z120) or that
    who kept what was live before could have back what is hidden (Z131 to Z134), nothing changes.
    """
    return alone_in(to, lambda: _published(opened, made, to))


def _published(opened: Opened, made: Made, to: Path) -> Checked[Published | None]:
    """Publish what was made; nobody else does so below `to`."""
    if opened.dossier is None:
        raise AssertionError(to)  # pages were made of it
    root = marked(to)
    _check_live(root)
    remembered, given_back = hidden_before(opened, to / LIVE)
    if errors(given_back):
        return Checked(None, tuple(given_back))
    build = safe_files.make_folder(root.at(BUILD))
    site = write(made.pages, made.data, build.path, house=opened.house).site.resolve()
    former = to / LIVE / SITE
    state = _state(to / LIVE / STATE)
    versions = history(state, sights(opened, site))
    tree = _tree(site)
    _add_versions(tree, opened, former, state, versions)
    tree.made.update(emptied(tree.places, tree.read, opened))
    found = _add_moved(tree, opened.dossier, former)
    if errors(found.faults):
        return Checked(None, tuple(capped(found.faults)))
    _put_live(root, tree, _beside(opened.dossier, found, versions) | {PARTINGS: remembered})
    numbers = {slug: one[-1]["n"] for slug, one in versions.items()}
    return Checked(Published(to / LIVE / SITE, len(tree.places), len(found.places), numbers))


def _check_live(root: Root) -> None:
    """Raise PlaceRefused where `live` leads out of the folder: what stands there is no release of ours."""
    if not is_within(root.path / LIVE, root.path):
        raise PlaceRefused(root.path, LIVE, Refusal.LINK)


def _state(path: Path) -> dict[str, list[Json]]:
    found: dict[str, list[Json]] = json.loads(path.read_bytes())["versions"] if path.is_file() else {}
    return found


def _tree(site: Path) -> _Tree:
    paths = (path for path in site.rglob("*") if path.is_file())
    return _Tree({}, {place: path for path in paths if (place := path.relative_to(site).as_posix()) != INDEX})


def _add_versions(
    tree: _Tree, opened: Opened, former: Path, before: Mapping[str, list[Json]], versions: Mapping[str, list[Json]]
) -> None:
    """Keep the versions that were kept, the styles they use, and the live one where a new one takes its place."""
    for path in former.rglob("*") if former.is_dir() else ():
        place = path.relative_to(former).as_posix()
        kept = f"/{FOLDER}/" in place and not place.endswith(f"/{FOLDER}/index.html")
        if path.is_file() and (kept or place.startswith("assets/")):
            tree.there.setdefault(place, path)
    notices = {language: Messages(language)("versions.notice") for language in LANGUAGES}
    for slug, found in versions.items():
        last = before[slug][-1]["n"] if slug in before else found[-1]["n"]
        if found[-1]["n"] > last:
            for place, path, data in archived(former, slug, last, notices):
                if data is None:
                    tree.there[place] = path
                else:
                    tree.made[place] = data
        _add_version_pages(tree, opened, slug, found)


def _add_version_pages(tree: _Tree, opened: Opened, slug: str, found: list[Json]) -> None:
    """The page of all versions, in each language, once there is more than one."""
    if opened.dossier is None or len(found) < 2:
        return
    titles = {one.slug: one for one in opened.dossier.publications}
    for language in opened.dossier.settings.presentation.languages:
        title = titles[slug].title(language) if slug in titles else slug
        messages = Messages(language)
        page = version_page(opened.dossier, slug, title, found, messages)
        tree.made[page.frame.place] = renderer().render(page).encode()
        first = f"{page.frame.root}{publication_place(slug)}"
        if first in tree.there:
            words = messages("versions.all", count=len(found))
            tree.made[first] = with_way(tree.there[first].read_text("utf-8"), words).encode()


def _add_moved(tree: _Tree, dossier: Dossier, former: Path) -> MovedPlaces:
    """A page without scripts at every address that moved; a file with data is there as it is at its new address."""
    there = (path.relative_to(former).as_posix() for path in former.rglob("*") if path.is_file())
    gone = {place for place in there if not place.startswith(SEARCHED)}
    found = moved(dossier.redirects, gone if former.is_dir() else (), tree.places)
    messages = Messages(dossier.settings.presentation.language)
    name = dossier.settings.municipality.name
    for place, target in found.places.items():
        if place.endswith(".html") or target.startswith(ELSEWHERE):
            tree.made[place] = renderer().render(_redirect(place, target, messages, name)).encode()
        elif file_of(target) in tree.made:
            tree.made[place] = tree.made[file_of(target)]
        else:
            tree.there[place] = tree.there[file_of(target)]
    return found


def _redirect(place: str, target: str, messages: Messages, municipality: str) -> RedirectPage:
    title = messages("site.title", municipality=municipality)
    frame = Frame(place, messages("moved.title"), messages.language, title)
    return RedirectPage(frame, target if target.startswith(ELSEWHERE) else target.removeprefix("/"))


def _beside(dossier: Dossier, found: MovedPlaces, versions: Mapping[str, list[Json]]) -> dict[str, bytes]:
    """What stands beside the site: what the next time needs to know, and maps for servers."""
    address = dossier.settings.open_data.address
    form = {"format": 1, "versions": versions}
    return {
        STATE: (json.dumps(form, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode(),
        "redirects.nginx": nginx_map(dossier.redirects, found.places, address).encode(),
        "redirects.caddy": caddy_map(dossier.redirects, found.places, address).encode(),
    }


def _put_live(to: Root, tree: _Tree, beside: Mapping[str, bytes]) -> None:
    """Write a whole release beside the former one, named for its content, and point the link at it."""
    name = to.at(f"{RELEASES}/{_digest(tree, beside)}")
    name.check_way()
    if not name.path.exists():
        half = name.beside(".half")
        if half.path.exists():
            safe_files.remove(half)
        made = {f"{SITE}/{place}": data for place, data in tree.made.items()}
        there = {f"{SITE}/{place}": path for place, path in tree.there.items() if place not in tree.made}
        safe_files.write_tree(half, {**made, **beside}, there)
        safe_files.rename_folder(half, name)
    former = os.path.realpath(to.path / LIVE)
    safe_files.point_link(to.at(LIVE), name)
    # The release before this one stays, for who is reading it.
    for old in sorted(name.path.parent.iterdir()):
        if os.path.realpath(old) not in (os.path.realpath(name.path), former):
            safe_files.remove(name.beside(old.name))


def _digest(tree: _Tree, beside: Mapping[str, bytes]) -> str:
    """The hash of every place and its bytes."""
    digest = hashlib.sha256()
    whole: Iterable[tuple[str, bytes | Path]] = (*tree.there.items(), *tree.made.items(), *beside.items())
    for place, data in sorted(dict(whole).items()):
        content = data.read_bytes() if isinstance(data, Path) else data
        digest.update(place.encode() + b"\0" + hashlib.sha256(content).digest())
    return digest.hexdigest()[:16]
