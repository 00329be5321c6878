"""Page models become HTML: one template per kind of page, every word from the catalogue, every link relative."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from gebiedswerk.blocks import models
from gebiedswerk.language.messages import Messages
from gebiedswerk.pages import Frame, Page
from gebiedswerk.pictures import shapes
from gebiedswerk.site.marked_words import with_languages
from gebiedswerk.site.search import SCRIPT
from gebiedswerk.site.table_rows import table_rows

HERE = Path(__file__).parent
TEMPLATES = HERE / "templates"
ASSETS = HERE / "assets"
UNCLEAR = frozenset(("", ".", ".."))
"""Steps of a place that are none: such a place is worked out first."""


class Renderer:
    """Renders pages, in any number of threads; it holds the compiled templates: ask `renderer` for it.

    What templates share is made once too, so that what they ask of us (`t`, `rel`, `to`, `rows`) is global, and answers
    for the page that this thread is at.
    """

    def __init__(self) -> None:
        self._templates = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
        )
        self._at: ContextVar[_At] = ContextVar("page")
        self._templates.globals.update(t=self._say, rel=self._relative, to=self._to, rows=self._rows)
        self._templates.globals.update(shapes=shapes)

    def render(self, page: Page) -> str:
        """Write one page as a whole HTML document. Raises MissingMessage for a word that no catalogue knows."""
        before = self._at.set(_At(page.frame.place, Messages(page.frame.language), relative_to(page.frame)))
        try:
            html = self._templates.get_template(page.template).render(page=page)
        finally:
            self._at.reset(before)
        return with_languages(html, page.frame.words) if page.frame.words else html

    def _say(self, message: str, /, **facts: object) -> str:
        return self._at.get().words(message, **facts)

    def _relative(self, href: str) -> str:
        return self._at.get().link(href)

    def _to(self, place: str) -> str:
        return from_page(self._at.get().place, place)

    def _rows(self, table: models.Table) -> Markup:
        at = self._at.get()
        return table_rows(table, at.words, at.link)


@dataclass(frozen=True, slots=True)
class _At:
    """A page while it is rendered: where it stands, the words of its language, and how it links to a place."""

    place: str
    words: Messages
    link: Callable[[str], str]


@cache  # cache: by the templates, which are source
def renderer() -> Renderer:
    """The renderer of this process: its templates are read once."""
    return Renderer()


def relative_to(frame: Frame) -> Callable[[str], str]:
    """`relative` for one page, which remembers: a table leads to the same few pages again and again."""
    known = {"": ""}

    def found(href: str) -> str:
        place, mark, fragment = href.partition("#")
        way = known.get(place)
        if way is None:
            known[place] = way = relative(frame, place)
        return f"#{fragment}" if mark and place == frame.path else f"{way}{mark}{fragment}"

    return found


def relative(frame: Frame, href: str) -> str:
    """A link from a page to a place in the site (`cijfers/west/2019.html#result`).

    An empty place stays empty, an address elsewhere (`http...`) stays as it is, and a place on the page itself is
    its fragment alone. Pages stand below the folder of their language; other files are the same for all languages.
    """
    path = frame.path
    if not href or href.startswith(("http://", "https://")):
        return href
    place, mark, fragment = href.partition("#")
    if mark and place in ("", path):
        return f"#{fragment}"
    found = from_page(path if place.endswith(".html") else frame.place, place)
    return f"{found}{mark}{fragment}"


def from_page(path: str, place: str) -> str:
    """The way from a page to a place, both counted from the same folder."""
    here, there = _folder(path), place.split("/")
    if not (UNCLEAR.isdisjoint(here) and UNCLEAR.isdisjoint(there)):
        return _no_scheme(posixpath.relpath(place, posixpath.dirname(path) or "."))
    if here and here[0] != there[0]:
        return "../" * len(here) + place
    shared = 0
    while shared < min(len(here), len(there)) and here[shared] == there[shared]:
        shared += 1
    return _no_scheme("/".join([".."] * (len(here) - shared) + there[shared:]) or ".")


@lru_cache  # cache: by its argument, a text
def _folder(path: str) -> list[str]:
    """The steps to the folder of a page; all links of the page ask for them."""
    return path.split("/")[:-1]


def _no_scheme(place: str) -> str:
    """A colon in the first step of a relative link would be read as a scheme (`javascript:`)."""
    return f"./{place}" if ":" in place.split("/", 1)[0] else place


def assets(own: str = "", search: bool = False) -> dict[str, bytes]:
    """The files beside the pages: their place in the site and their bytes.

    The sheets of `css/` become one, with `own` behind them: what a municipality changes. `search` needs its script.
    """
    found = {f"assets/{path.name}": path.read_bytes() for path in sorted(ASSETS.iterdir()) if path.is_file()}
    found |= {f"assets/fonts/{path.name}": path.read_bytes() for path in sorted((ASSETS / "fonts").iterdir())}
    if search:
        found[f"assets/{SCRIPT.name}"] = SCRIPT.read_bytes()
    sheets = [path.read_bytes() for path in sorted((ASSETS / "css").iterdir())]
    return found | {"assets/style.css": b"".join([*sheets, own.encode()])}
