"""Build a site: render the pages whose key changed, link the rest, and swap one link.

`OUT/site` is a link to `OUT/builds/<name>`, named for its content. A build that dies leaves the former site.
"""

from __future__ import annotations

import hashlib
import json
import stat
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
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
from gebiedswerk.site.search import search_files, words_of
from gebiedswerk.site.tree import Tree, places_in

INDEX = "build.json"
HALF, SPARE = "builds/.half", ".spare"
"""A site that is not whole yet; and the one that was live before."""
WORDS = "searched.json"
"""What is remembered of the words in the search index, beside the builds."""
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
class SearchedWords:
    """Of which words a search index was made (`index` tells which), place → key of a page and hash of its words."""

    index: str = ""
    of: Mapping[str, tuple[str, str]] = field(default_factory=dict)


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
    former = Former(out, {}) if full else former_site(out)
    half = _emptied(root.at(HALF))
    with safe_files.gone_if_refused(half):
        words = SearchedWords() if full or not known else _words(out)
        making = _Making(half, by_path, list(data), house or House(), former, known, words)
        name = making.grown(jobs, progress)
    safe_files.point_link(root.at("site"), name)
    if known and making.house.search:
        safe_files.replace_file(root.at(WORDS), json.dumps(asdict(making.words)).encode())
    _keep_spare(name, former.root if known else None)
    return Built(out / "site", len(known.pages) if known else len(by_path), making.rendered)


def words_key(tree: Tree, place: str) -> str:
    """The hash of the words of a page as it is searched."""
    return hashlib.sha256(words_of((tree.root.path / place).read_text("utf-8")).encode()).hexdigest()


def _index_key(index: Mapping[str, str]) -> str:
    """What tells a search index from another, by the keys of its files."""
    return hashlib.sha256(json.dumps(index, sort_keys=True).encode()).hexdigest()


def _words(out: Path) -> SearchedWords:
    """What is remembered of the last search index; nothing where that cannot be read."""
    try:
        found = json.loads((out / WORDS).read_text("utf-8"))
        return SearchedWords(found["index"], {place: (key, words) for place, (key, words) in found["of"].items()})
    except (OSError, ValueError, TypeError, AttributeError, KeyError):
        return SearchedWords()


def _keep_spare(name: RootedPlace, former: Path | None) -> None:
    """Keep the former site beside the one that is live, so that the next change touches only what differs; remove
    all others.
    """
    spare = name.beside(SPARE)
    for old in sorted(name.path.parent.iterdir()):
        if old == former != name.path:
            if spare.path.exists():
                safe_files.remove(spare)
            safe_files.rename_folder(name.beside(old.name), spare)
        elif old not in (name.path, spare.path):
            safe_files.remove(name.beside(old.name))


def marked(out: Path) -> Root:
    """A folder that anyone may read what we make in, with our mark in it."""
    root = Root(out, public=True)
    safe_files.make_root(root)
    if not (out / MARK).exists():
        safe_files.write_new(root.at(MARK), b"")
    return root


class _Making:
    """A site that is made in a half folder, and gets its name by what is in it."""

    def __init__(
        self,
        half: RootedPlace,
        by_path: Mapping[str, Page],
        data: Sequence[File],
        house: House,
        former: Former,
        known: KeyedSite | None,
        words: SearchedWords,
    ) -> None:
        self.half, self.pages, self.files, self.former, self.known = half, by_path, data, former, known
        self.program, self.house = program_key(), house
        self.fixed = assets(sheet(house), house.search) | house.files()
        self.rendered: tuple[str, ...] = ()
        self.words = words
        root = Root(half.path, half.root.public)
        _check_places(root, by_path, data, house, known.keys if known else ())

    def grown(self, jobs: int, progress: Progress | None) -> RootedPlace:
        """Write all of the site, and give it its name. Raises PlaceRefused before anything is written."""
        keys = dict(self.known.keys) if self.known else {}
        keys |= {file.path: file_key(file, self.program) for file in self.files if file.path not in keys}
        keys |= {place: hashlib.sha256(content).hexdigest() for place, content in self.fixed.items()}
        tree, index = Tree(Root(self.half.path, self.half.root.public)), self._former_index()
        if self.known:
            found = self._named(keys | index)
            if found.path.exists() and self.former.keys:
                return found
            tree = self._spare()
            tree.clear(keys | index)
        keys |= tree.render(self.pages, lambda page: self._key(page, keys), self.former.keys, jobs, progress)
        self.rendered = tuple(place for place in sorted(self.pages) if self.former.keys.get(place) != keys[place])
        return self._finished(tree, keys, index, jobs)

    def _key(self, page: Page, keys: Mapping[str, str]) -> str:
        return keys.get(page.frame.place) or page_key(page, self.program)

    def _finished(self, tree: Tree, keys: dict[str, str], index: dict[str, str], jobs: int) -> RootedPlace:
        """What is left to do once pages are rendered."""
        same = {place for place, key in keys.items() if self.former.keys.get(place) == key}
        contents = {file.path: file.content for file in self.files if file.path not in same}
        contents |= {place: content for place, content in self.fixed.items() if place not in same}
        tree.link({place: self.former.root / place for place in same}, jobs)
        tree.put(contents)
        index = self._searched(tree, keys, index, jobs) if self.house.search else {}
        tree.clear(keys | index)
        tree.put({INDEX: _index(keys | index)})
        name = self._named(keys | index)
        if not self.former.keys and name.path.exists():  # what stands there may have been changed by hand
            name = next(one for at in count(1) if not (one := name.beside(f"{name.path.name}-{at}")).path.exists())
        if not name.path.exists():
            safe_files.sync_tree(self.half.path)
            safe_files.rename_folder(self.half, name)
        return name

    def _searched(self, tree: Tree, keys: dict[str, str], index: dict[str, str], jobs: int) -> dict[str, str]:
        """Place → key of the files of the search index: those of the former site where the words are the same."""
        pages = self.known.searched if self.known else {p for p, one in self.pages.items() if isinstance(one, SEARCHED)}
        known = self.words.of
        words = {
            place: one[1] if (one := known.get(place)) and one[0] == keys[place] else words_key(tree, place)
            for place in sorted(pages)
        }
        same = self.words.index == _index_key(index) and {place: one for place, (_, one) in known.items()} == words
        if same and index:
            tree.link({place: self.former.root / place for place in index}, jobs)
        else:
            made = search_files({place: words_of((tree.root.path / place).read_text("utf-8")) for place in words})
            index = {place: hashlib.sha256(content).hexdigest() for place, content in made.items()}
            tree.clear(keys | index)
            tree.put(made)
        self.words = SearchedWords(_index_key(index), {place: (keys[place], one) for place, one in words.items()})
        return index

    def _named(self, keys: Mapping[str, str]) -> RootedPlace:
        """Where the site stands: its name says what is in it."""
        return self.half.beside(hashlib.sha256(_index(keys)).hexdigest()[:16])

    def _former_index(self) -> dict[str, str]:
        """The files of the former search index."""
        if not self.house.search:
            return {}
        return {place: key for place, key in self.former.keys.items() if place.startswith(f"{SEARCH_FOLDER}/")}

    def _spare(self) -> Tree:
        """The tree that was live before the former one, to be brought up to date; an empty one where there is none, or
        where it holds more or less than its index says.
        """
        spare, root = self.half.beside(SPARE), Root(self.half.path, self.half.root.public)
        if not spare.path.is_dir() or spare.path.is_symlink():
            return Tree(root)
        keys = {**_keys_of(spare.path), INDEX: ""}  # under no key: written anew each time
        if places_in(spare.path) != keys.keys():
            return Tree(root)
        safe_files.rename_folder(spare, self.half)
        return Tree(root, keys)


def former_site(out: Path) -> Former:
    """The build to which the link points; before the first there is none, nor where the link leads elsewhere."""
    site = out / "site"
    if not (site / INDEX).is_file() or not is_within(site, out):
        return Former(site, {})
    return Former(site.resolve(), {place: key for place, key in _keys_of(site).items() if _is_file(site / place)})


def _is_file(path: Path) -> bool:
    """Whether a file stands there itself: what a link leads to may be anything."""
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False


def _keys_of(site: Path) -> dict[str, str]:
    """Place → key of what stands in a site, as its index says."""
    try:
        keys = json.loads((site / INDEX).read_text("utf-8"))["keys"]
    except (OSError, ValueError, KeyError):
        return {}
    return dict(keys)


def _index(keys: Mapping[str, str]) -> bytes:
    return json.dumps({"format": 2, "keys": keys}, indent=1, sort_keys=True).encode()


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
