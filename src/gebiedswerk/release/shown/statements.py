"""What HTML says, statement by statement: a run of words, or a row of a table with its caption and columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from gebiedswerk.release.shown.figure_links import LinkTarget
from gebiedswerk.release.shown.page_reader import Element

NOWHERE: tuple[str, ...] = ()
SEPARATOR = " | "
HIDDEN = "hidden"
"""The class of words that are only read out: a document leaves them out."""
Leads = Callable[[Element], LinkTarget | None]


@dataclass(frozen=True, slots=True)
class Statement:
    """Words with where they stand (of a row: the caption and columns of its table) and where their figures lead."""

    where: tuple[str, ...]
    words: str
    leads: tuple[LinkTarget, ...] = ()

    def unlinked(self) -> Statement:
        """The same words in the same place, wherever they lead."""
        return replace(self, leads=())


def said(root: Element, leads: Leads) -> Iterator[Statement]:
    """All that an element says, in order; `leads`: where a link to a figure leads, None for another link."""
    run: list[str] = []
    links: list[LinkTarget] = []

    def ended() -> Iterator[Statement]:
        if words := " ".join("".join(run).split()):
            yield Statement(NOWHERE, words, tuple(links))
        run.clear()
        links.clear()

    for child in root.children:
        if isinstance(child, str):
            run.append(child)
        elif child.is_inline:
            run.append(_words(child))
            links += _leads(child, leads)
        elif child.tag == "table":
            yield from ended()
            yield from _table(child, leads)
        else:
            yield from ended()
            yield from said(child, leads)
    yield from ended()


def _table(table: Element, leads: Leads) -> Iterator[Statement]:
    caption = " ".join(one.words() for one in table.find("caption"))
    heads = tuple(one.words() for one in table.find("th") if one.get("scope") == "col")
    yield Statement(NOWHERE, caption)
    for row in table.find("tr"):
        cells = [one for one in row.children if isinstance(one, Element)]
        words = SEPARATOR.join(" ".join(_words(one).split()) for one in cells)
        yield Statement((caption, *heads), words, tuple(_leads(row, leads)))


def _words(element: Element) -> str:
    """The words of an element that can be seen."""
    if HIDDEN in element.classes():
        return ""
    return "".join(child if isinstance(child, str) else _words(child) for child in element.children)


def _leads(element: Element, leads: Leads) -> Iterator[LinkTarget]:
    yield from (found for link in element.find("a") if (found := leads(link)) is not None)
