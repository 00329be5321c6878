"""Build a site: render the pages whose key changed, link the rest, and swap one link.

`OUT/site` is a link to `OUT/builds/<name>`, named for its content. A build that dies leaves the former site.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from gebiedswerk.core.faults import Fault, fault
from gebiedswerk.core.filenames import Refusal
from gebiedswerk.dossier import House, PlaceRefused, Root, RootedPlace, safe_files
from gebiedswerk.dossier.rooted import is_within, refuse_doubles
from gebiedswerk.pages import AreaPage, File, LazyFile, Page, PublicationPage
from gebiedswerk.site.own_style import sheet
from gebiedswerk.site.processes import Progress
from gebiedswerk.site.program import program_key
from gebiedswerk.site.render import assets
from gebiedswerk.site.search import FOLDER as SEARCH_FOLDER
from gebiedswerk.site.search import search_files
from gebiedswerk.site.tree import Tree

INDEX = "build.json"
MARK = ".gebiedswerk"
SEARCHED = (PublicationPage, AreaPage)
"""Kinds of pages that can be searched in full: not every page of the ledger."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: where the site is, how many pages there are, and which were rendered."""

    site: Path
    pages: int
    rendered: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Former:
    """The site as it was: where it is, and the keys of its pages and files."""

    root: Path
    keys: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class KeyedSite:
    """What is known of a site before it is written: the keys of all its pages and files by their place, of which those
    that are not given stay as they are, and which are pages, and pages that can be searched in full.
    """

    keys: Mapping[str, str]
    pages: frozenset[str]
    searched: frozenset[str]


def page_key(page: Page, program: str) -> str:
    """The key of a page: the same program and model give the same bytes.

    A model holds nothing but text, numbers and tuples of those, so that it is written out the same way each time.
    """
    return hashlib.sha256(f"{program}\0{page!r}".encode()).hexdigest()


def file_key(file: File, program: str) -> str:
    """The key of a file: the hash of its bytes; of one that takes time to make, of all that decides them."""
    if isinstance(file, LazyFile):
        return hashlib.sha256(f"{program}\0{file.key}".encode()).hexdigest()
    return hashlib.sha256(file.content).hexdigest()


def not_ours(out: Path) -> Fault | None:
    """A folder with something in it that is no build of ours (B101): nothing is written there."""
    if not out.exists() or (out.is_dir() and ((out / MARK).exists() or not any(out.iterdir()))):
        return None
    return fault("B101", str(out))


def write(
    pages: Iterable[Page],
    data: Iterable[File],
    out: Path,
    jobs: int = 1,
    progress: Progress | None = None,
    house: House | None = None,
    known: KeyedSite | None = None,
    *,
    full: bool = False,
) -> Built:
    """Write a site below `out` and point `out/site` at it. The same models give the same bytes.

    `known`: pages and files of the former site under the same key need not be given. `full`: nothing of the former site
    is taken, all is given.
    """
    root = marked(out)
    by_path = {page.frame.place: page for page in pages}
    half = _emptied(root.at("builds/.half"))
    with safe_files.gone_if_refused(half):
        former = Former(out, {}) if full else former_site(out)
        name, rendered = _grown(half, by_path, list(data), house or House(), former, jobs, progress, known)
    safe_files.point_link(root.at("site"), name)
    for old in sorted(name.path.parent.iterdir()):
        if old != name.path:
            safe_files.remove(name.beside(old.name))
    return Built(out / "site", len(known.pages) if known else len(by_path), rendered)


def marked(out: Path) -> Root:
    """A folder that anyone may read what we make in, with our mark in it."""
    root = Root(out, public=True)
    safe_files.make_root(root)
    if not (out / MARK).exists():
        safe_files.write_new(root.at(MARK), b"")
    return root


def _grown(
    half: RootedPlace,
    by_path: Mapping[str, Page],
    data: Sequence[File],
    house: House,
    former: Former,
    jobs: int,
    progress: Progress | None,
    known: KeyedSite | None,
) -> tuple[RootedPlace, tuple[str, ...]]:
    """Write all of a site into a half tree and give it its name; the name, and the places of what was rendered.

    Raises PlaceRefused before anything is written where a place is none.
    """
    program = program_key()
    tree = Tree(Root(half.path, half.root.public))
    given = dict(known.keys) if known else {}
    _check_places(tree.root, by_path, data, house, given.keys())

    def key(page: Page) -> str:
        return given.get(page.frame.place) or page_key(page, program)

    keys = given | tree.render(by_path, key, former.keys, jobs, progress)
    keys |= {file.path: file_key(file, program) for file in data if file.path not in given}
    same = {path for path, key in keys.items() if former.keys.get(path) == key}
    contents = {file.path: file.content for file in data if file.path not in same} | assets(sheet(house), house.search)
    contents |= house.files() | {INDEX: _index(keys)}
    name = half.beside(_name(contents, keys))
    if not former.keys:  # what stands there under this name may have been changed by hand
        name = next(one for at in count(1) if not (one := half.beside(f"{name.path.name}-{at}")).path.exists())
    if not name.path.exists():
        tree.put(contents)
        tree.link({path: former.root / path for path in same - contents.keys()}, jobs)
        if house.search:
            searched = known.searched if known else {p for p, page in by_path.items() if isinstance(page, SEARCHED)}
            _add_search(tree, searched, former, same.issuperset(searched) and former.keys.keys() <= keys.keys())
        safe_files.sync_tree(half.path)
        safe_files.rename_folder(half, name)
    return name, tuple(sorted(by_path.keys() - same))


def _add_search(tree: Tree, searched: Iterable[str], former: Former, unchanged: bool) -> None:
    """The files of the search index: those of the former site where its pages are the same, or new ones."""
    index = former.root / SEARCH_FOLDER
    if unchanged and index.is_dir():
        found = (path for path in index.rglob("*") if path.is_file())
        tree.link({path.relative_to(former.root).as_posix(): path for path in found})
    else:
        tree.put(search_files({path: (tree.root.path / path).read_text("utf-8") for path in searched}))


def former_site(out: Path) -> Former:
    """The build to which the link points; before the first there is none, nor where the link leads elsewhere."""
    site = out / "site"
    if not (site / INDEX).is_file() or not is_within(site, out):
        return Former(site, {})
    keys = json.loads((site / INDEX).read_text("utf-8"))["keys"]
    return Former(site.resolve(), {path: key for path, key in keys.items() if (site / path).is_file()})


def _index(keys: Mapping[str, str]) -> bytes:
    return json.dumps({"format": 2, "keys": keys}, indent=1, sort_keys=True).encode()


def _name(contents: Mapping[str, bytes], keys: Mapping[str, str]) -> str:
    """The name of a tree, by its content: what has a key is in the index, of all else the bytes decide."""
    digest = hashlib.sha256(contents[INDEX])
    for path in sorted(contents.keys() - keys.keys()):
        digest.update(path.encode() + hashlib.sha256(contents[path]).digest())
    return digest.hexdigest()[:16]


def _emptied(folder: RootedPlace) -> RootedPlace:
    """A place of a folder where nothing is left of a build that died. Raises PlaceRefused where it leads elsewhere."""
    folder.check_way()
    if folder.path.exists():
        safe_files.remove(folder)
    return folder


def _check_places(
    root: Root, by_path: Mapping[str, Page], data: Sequence[File], house: House, others: Collection[str]
) -> None:
    """Raise PlaceRefused for a place that is none, that cannot stand beside another, or that two things would have."""
    taken: dict[str, object] = {**by_path, **house.files()}
    for file in data:
        if taken.setdefault(file.path, file) != file:
            raise PlaceRefused(root.path, file.path, Refusal.DOUBLE)
    names = {**dict.fromkeys(others), **taken}
    for name in names:
        root.at(name)
    refuse_doubles(root, names)
