"""XML that machines read: elements with escaped words, in UTF-8, the same bytes every time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from gebiedswerk.pages import BinaryFile


def root(name: str, namespaces: Mapping[str, str]) -> Element:
    """The outermost element; `namespaces` maps a prefix (empty: none) to its address."""
    return Element(name, {f"xmlns:{prefix}" if prefix else "xmlns": place for prefix, place in namespaces.items()})


def put(parent: Element, name: str, text: str = "", attributes: Mapping[str, str] | None = None) -> Element:
    """Put an element with words below another."""
    found = SubElement(parent, name, dict(attributes or {}))
    found.text = text or None
    return found


def chain(parent: Element, names: Iterable[str]) -> Element:
    """Put elements one inside the other; the innermost."""
    for name in names:
        parent = SubElement(parent, name)
    return parent


def xml_file(path: str, element: Element) -> BinaryFile:
    """A file with one XML document."""
    indent(element, " ")
    return BinaryFile(path, tostring(element, "utf-8", xml_declaration=True) + b"\n")
