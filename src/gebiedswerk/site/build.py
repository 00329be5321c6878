"""Build a site: render the pages whose key changed, link the rest, and swap one link.

`OUT/site` is a link to `OUT/builds/<name>`, named for its content. A build that dies leaves the former site.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from gebiedswerk.core.faults import Fault, fault
from gebiedswerk.dossier import House, files
from gebiedswerk.publication import AreaPage, File, LazyFile, Page, PublicationPage
from gebiedswerk.site.house import sheet
from gebiedswerk.site.pack import packed, unpacked
from gebiedswerk.site.render import assets, renderer
from gebiedswerk.site.search import FOLDER as SEARCH_FOLDER
from gebiedswerk.site.search import SCRIPT as SEARCH_SCRIPT
from gebiedswerk.site.search import search_files

PACKAGE = Path(__file__).parent.parent
INDEX = "build.json"
MARK = ".gebiedswerk"
CHUNK = 50

SEARCHED = (PublicationPage, AreaPage)
"""Kinds of pages that can be searched in full: not every page of the ledger."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: where the site is, how many pages there are, and which were rendered."""

    site: Path
    pages: int
    rendered: tuple[str, ...]


def program_key() -> str:
    """The hash of all that decides how a model becomes bytes: the code, the templates and the messages."""
    digest = hashlib.sha256()
    for folder in ("core", "publication", "site", "locale", "documents"):
        for path in sorted((PACKAGE / folder).rglob("*")):
            if path.is_file() and path.suffix in (".py", ".html", ".typ", ".css", ".svg", ".woff2", ".js", ".mo"):
                digest.update(f"{path.relative_to(PACKAGE)}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()


def page_key(page: Page, program: str) -> str:
    """The key of a page: the same program and model give the same bytes.

    A model holds nothing but text, numbers and tuples of those, so that it is written out the same way each time.
    """
    return hashlib.sha256(f"{program}\0{page!r}".encode()).hexdigest()


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
) -> Built:
    """Write a site below `out` and point `out/site` at it. The same models give the same bytes."""
    house = house or House()
    program = program_key()
    by_path = {page.frame.place: page for page in pages}
    keys = {path: page_key(page, program) for path, page in sorted(by_path.items())}
    files.make_folder(out)
    files.write_new(out / MARK, b"")
    former, former_keys = _former(out)
    changed = [path for path, key in keys.items() if former_keys.get(path) != key]
    texts = _rendered([by_path[path] for path in changed], jobs, progress)
    contents = {path: text.encode() for path, text in zip(changed, texts, strict=True)}
    data = list(data)
    made = {file.path: _lazy_key(file, program) for file in data if isinstance(file, LazyFile)}
    same = {path for path, key in made.items() if former_keys.get(path) == key}
    contents |= {file.path: file.content for file in data if file.path not in same} | assets(sheet(house))
    contents |= house.files()
    if house.search:
        searched = [path for path in keys if isinstance(by_path[path], SEARCHED)]
        contents |= _search(searched, contents, former, not any(path in contents for path in searched))
    kept = {path: former / path for path in (*keys, *same) if path not in contents and former is not None}
    new = _new_tree(out, contents, kept, keys | made)
    site = out / "site"
    files.point_link(site, new)
    for old in sorted((out / "builds").iterdir()):
        if old != new:
            files.remove_folder(old)
    return Built(site, len(keys), tuple(changed))


def _lazy_key(file: LazyFile, program: str) -> str:
    return hashlib.sha256(f"{program}\0{file.key}".encode()).hexdigest()


def _search(
    searched: list[str], contents: Mapping[str, bytes], former: Path | None, unchanged: bool
) -> dict[str, bytes]:
    """The files of the search index: those of the former site where none of its pages changed, or new ones."""
    if unchanged and former is not None and (former / SEARCH_FOLDER).is_dir():
        found = [former / "assets" / SEARCH_SCRIPT.name]
        found += [path for path in (former / SEARCH_FOLDER).rglob("*") if path.is_file()]
        return {path.relative_to(former).as_posix(): path.read_bytes() for path in found}
    texts = {
        path: contents[path] if path in contents else (former or Path()).joinpath(path).read_bytes()
        for path in searched
    }
    script = {f"assets/{SEARCH_SCRIPT.name}": SEARCH_SCRIPT.read_bytes()}
    return script | search_files({path: text.decode() for path, text in texts.items()})


def _former(out: Path) -> tuple[Path | None, Mapping[str, str]]:
    """The build to which the link points, with the keys of its pages."""
    site = out / "site"
    index = site / INDEX
    if not index.is_file():
        return None, {}
    keys = json.loads(index.read_text("utf-8"))["pages"]
    return site.resolve(), {path: key for path, key in keys.items() if (site / path).is_file()}


def _rendered(pages: list[Page], jobs: int, progress: Progress | None) -> list[str]:
    """Render pages in their order; with more jobs in processes of their own, to the same bytes."""
    chunks = [pages[at : at + CHUNK] for at in range(0, len(pages), CHUNK)]
    done: list[str] = []
    for texts in _in_processes(chunks, jobs) if jobs > 1 and len(chunks) > 1 else _here(chunks):
        done += texts
        _tell(progress, len(done), len(pages))
    return done


def _here(chunks: Iterable[list[Page]]) -> Iterator[list[str]]:
    return ([renderer().render(page) for page in chunk] for chunk in chunks)


def _in_processes(chunks: Iterable[list[Page]], jobs: int) -> Iterator[list[str]]:
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        yield from pool.map(_render_packed, map(packed, chunks))


def _render_packed(pages: bytes) -> list[str]:
    return [renderer().render(page) for page in unpacked(pages)]


def _tell(progress: Progress | None, done: int, whole: int) -> None:
    if progress is not None:
        progress(done, whole)


def _new_tree(out: Path, contents: Mapping[str, bytes], kept: Mapping[str, Path], keys: Mapping[str, str]) -> Path:
    """A whole new tree, named for its content; what did not change is linked from the former one."""
    index = json.dumps({"format": 1, "pages": keys}, indent=1, sort_keys=True).encode()
    digest = hashlib.sha256(index)
    for path in sorted(contents.keys() - keys.keys()):
        digest.update(path.encode() + hashlib.sha256(contents[path]).digest())
    name = out / "builds" / digest.hexdigest()[:16]
    if name.exists():
        return name
    half = out / "builds" / ".half"
    if half.exists():
        files.remove_folder(half)
    files.write_tree(half, {**contents, INDEX: index}, kept)
    files.rename_folder(half, name)
    return name
