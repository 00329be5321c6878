"""Reads a page of a release as a browser does, by a parser of the HTML standard, within bounds no enemy can move.

The parser takes the square of the depth of nested elements and of the attributes of a tag, so both are counted first,
in one walk over the bytes. What that walk cannot follow is no page: ours hold nothing of the kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from gebiedswerk.core.faults import GebiedswerkError

MOST_BYTES = 20_000_000
DEEPEST = 100
LONGEST_TAG = 1_000
"""Bytes of one tag besides what stands between quotes."""
VOID = frozenset(b"area base br col embed hr img input link meta param source track wbr".split())
_TAG = re.compile(rb"<(/?)([a-zA-Z][a-zA-Z0-9-]*)((?:[^\"'<>]|\"[^\"<]*\"|'[^'<]*')*+)>")
_QUOTED = re.compile(rb"\"[^\"]*\"|'[^']*'")
_DOCTYPE = b"<!DOCTYPE html>"
INLINE = frozenset("a abbr b bdi cite code data em i small span strong sub sup time tspan u".split())
"""Elements that run on in the words around them."""


class NoPage(GebiedswerkError):
    """Bytes that are no page as a site has them: too large, too deep, or with marks that could hide something."""

    def __init__(self, why: str) -> None:
        super().__init__(f"These bytes are no page: {why}.")
        self.why = why


@dataclass(slots=True)
class Element:
    """An element with its attributes and, in order, the elements and words in it.

    `order` holds all elements of the page, of which this one and those below it are `at` up to `end`.
    """

    tag: str
    attributes: dict[str, str | None]
    parent: Element | None
    order: list[Element]
    at: int
    end: int = 0
    children: list[Element | str] = field(default_factory=list)

    def get(self, name: str) -> str:
        """An attribute; empty where it is absent or says nothing."""
        return self.attributes.get(name) or ""

    def classes(self) -> list[str]:
        """The classes that it has."""
        return (self.attributes.get("class") or "").split()

    def walk(self) -> list[Element]:
        """This element and all below it, in the order of the page."""
        return self.order[self.at : self.end]

    def text(self) -> str:
        """All words in it, as they stand."""
        children = self.children
        if len(children) == 1 and isinstance(children[0], str):
            return children[0]
        return "".join([child if isinstance(child, str) else child.text() for child in children])

    def words(self) -> str:
        """All words in it, with single spaces."""
        return " ".join(self.text().split())

    @property
    def is_inline(self) -> bool:
        """Whether it runs on in the words around it."""
        return self.tag in INLINE

    def block(self) -> Element:
        """The nearest element around it that does not run on."""
        at = self
        while at.parent is not None and at.is_inline:
            at = at.parent
        return at

    def around(self) -> Iterator[Element]:
        """The elements in which this one stands, from the nearest."""
        at = self.parent
        while at is not None:
            yield at
            at = at.parent

    def within(self, name: str) -> bool:
        """Whether it stands in an element of a class."""
        return any(name in one.classes() for one in self.around())

    def find(self, *tags: str) -> list[Element]:
        """This element and those below it that have one of these names."""
        return [one for one in self.order[self.at : self.end] if one.tag in tags]

    def forget(self) -> None:
        """Let the elements of a page forget each other, so that all are gone at once."""
        for one in self.order:
            one.parent = None
        self.order.clear()


def read_html(data: bytes) -> Element:
    """A page as its root element. Raises NoPage."""
    from selectolax.lexbor import LexborHTMLParser

    _bounded(data)
    try:
        text = data.decode()
    except UnicodeDecodeError as problem:
        raise NoPage("utf-8") from problem
    return _element(LexborHTMLParser(text).root, None, [])


def _bounded(data: bytes) -> None:
    """Raise NoPage for what would keep the parser busy for long, or hides marks from this count."""
    if len(data) > MOST_BYTES:
        raise NoPage("size")
    body = data.removeprefix(_DOCTYPE)
    tags = _TAG.findall(body)
    if body.count(b"<") != len(tags):
        raise NoPage("marks")
    depth: list[bytes] = []
    for closing, name, rest in tags:
        if closing:
            if depth and depth[-1] == name:
                depth.pop()
        elif rest[-1:] != b"/" and name not in VOID:
            depth.append(name)
            if len(depth) > DEEPEST:
                raise NoPage("depth")
        if len(rest) > LONGEST_TAG and len(_QUOTED.sub(b"", rest)) > LONGEST_TAG:
            raise NoPage("attributes")


def _element(node: Any, parent: Element | None, order: list[Element]) -> Element:
    found = Element(node.tag, node.attributes, parent, order, len(order))
    order.append(found)
    children, child = found.children, node.first_child
    while child is not None:
        if child.is_text_node:
            children.append(child.text_content or "")
        elif child.is_element_node:
            children.append(_element(child, found, order))
        child = child.next
    found.end = len(order)
    return found
