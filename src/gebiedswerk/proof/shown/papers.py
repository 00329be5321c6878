"""Word and HTML to take along: no number in them that the page beside them does not show as often."""

from __future__ import annotations

import io
import re
import zipfile
from base64 import b64decode
from binascii import Error
from collections import Counter
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from gebiedswerk.core.faults import Fault, GebiedswerkError, fault
from gebiedswerk.proof.shown.html_reader import Element, read_html

NUMBER = re.compile(r"[−-]?[0-9](?:[0-9.,]*[0-9])?")
MOST_BYTES = 20_000_000
WORDS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PARTS = re.compile(r"word/(?:document|footer[0-9]*|header[0-9]*|footnotes|comments)\.xml")
FIRST_PAGE = "1"
"""What the foot of a document says of its pages, until a program counts them."""
DRAWN = "data:image/svg+xml;base64,"


class NoPaper(GebiedswerkError):
    """Bytes that are no document as we write them: not a zip, too large, or with entities of their own."""

    def __init__(self) -> None:
        super().__init__("These bytes are no document as a release has it.")


def hold_paper(data: bytes, place: str, page: bytes, prefix: str) -> tuple[int, list[Fault]]:
    """How many numbers a document shows, and those that its page does not show as often (Z139)."""
    shown = Counter(NUMBER.findall(_page_words(read_html(page))))
    try:
        words = _word_words(data) if place.endswith(".docx") else _fragment_words(data)
    except (NoPaper, zipfile.BadZipFile, ET.ParseError, Error):
        return 0, [fault("Z139", prefix + place, value="–", expected="–")]
    there = Counter(NUMBER.findall(words))
    # A picture repeats its table: a number may stand more often, but never where the page does not have it.
    strange = [number for number in there if number not in shown and number != FIRST_PAGE]
    return there.total(), [fault("Z139", prefix + place, value=number, expected="–") for number in strange]


def _page_words(root: Element) -> str:
    """All that a page shows or reads out."""
    spoken = [value for one in root.walk() for name, value in one.attributes.items() if value and name == "aria-label"]
    return "\n".join([*_runs(root), *spoken])


def _runs(root: Element) -> Iterator[str]:
    """The words of each block, and of each piece of it: a figure may be a link of its own within a sentence."""
    for one in root.walk():
        yield from (child for child in one.children if isinstance(child, str))
        if not one.is_inline and all(isinstance(child, str) or child.is_inline for child in one.children):
            yield one.text()


def _fragment_words(data: bytes) -> str:
    root = read_html(data)
    drawings = [one.get("src") for one in root.find("img")]
    if any(not one.startswith(DRAWN) for one in drawings):
        raise NoPaper
    pictures = [_drawing(one.removeprefix(DRAWN)) for one in drawings]
    spoken = [one.get("alt") for one in root.find("img")]
    return "\n".join([*_runs(root), *spoken, *pictures])


def _drawing(text: str) -> str:
    data = b64decode(text, validate=True)
    if b"<!" in data or len(data) > MOST_BYTES:
        raise NoPaper
    root = ET.fromstring(data)  # noqa: S314 # without <! it holds no entities
    return "\n".join("".join(one.itertext()) for one in root.iter() if one.tag.rpartition("}")[2] == "text")


def _word_words(data: bytes) -> str:
    """The words of a Word document, paragraph by paragraph; never more than so many bytes are unpacked."""
    words = []
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            if PARTS.fullmatch(name):
                with package.open(name) as file:
                    part = file.read(MOST_BYTES + 1)
                if len(part) > MOST_BYTES or b"<!" in part:
                    raise NoPaper
                root = ET.fromstring(part)  # noqa: S314 # without <! it holds no entities
                words += ["".join(text.text or "" for text in one.iter(f"{WORDS}t")) for one in root.iter(f"{WORDS}p")]
    return "\n".join(words)
