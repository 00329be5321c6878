"""Reads a Word document of a release, as strictly as we write one: no other parts, no other marks than ours."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from gebiedswerk.core.faults import GebiedswerkError
from gebiedswerk.release.shown.statements import NOWHERE, SEPARATOR, Statement

MOST_BYTES = 20_000_000
DOCUMENT, FOOT = "word/document.xml", "word/footer1.xml"
PARTS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(?:app|core)\.xml|word/_rels/document\.xml\.rels|"
    r"word/(?:document|fontTable|footer1|numbering|settings|styles)\.xml|word/theme/theme1\.xml|"
    r"word/media/image[0-9]+\.png"
)
"""The parts that `documents/docx.py` writes: any other could show what nobody wrote."""
MARKS = frozenset(  # literal: names of Word
    "b blip blipFill body cNvGraphicFramePr cNvPicPr cNvPr cantSplit cols docGrid docPr document drawing ext extent "
    "fillRect fldSimple footerReference ftr graphic graphicData graphicFrameLocks gridCol hyperlink i ilvl ind inline "
    "jc keepNext lang numId numPr nvPicPr off p pPr pStyle pgMar pgSz pic prstGeom r rPr rStyle sectPr spPr spacing "
    "stretch sz t tbl tblCaption tblGrid tblHeader tblLook tblPr tblStyle tblW tc tcPr tcW tr trPr xfrm".split()
)
WORDS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
PAGE = "PAGE"
"""The only field: the number of the page, until a program counts it written as 1."""


class NoPaper(GebiedswerkError):
    """Bytes that are no document as we write them: other parts or marks, too large, or with entities of their own."""

    def __init__(self) -> None:
        super().__init__("These bytes are no document as a release has it.")


def word_statements(data: bytes) -> list[Statement]:
    """What a Word document says, paragraph by paragraph and row by row. Raises NoPaper, BadZipFile, ParseError."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = package.namelist()
        if len(set(names)) != len(names) or not all(PARTS.fullmatch(name) for name in names):
            raise NoPaper
        document, foot = (_part(package, name) for name in (DOCUMENT, FOOT))
    fields = [one.get(f"{WORDS}instr", "").strip() for one in (*document.iter(f"{WORDS}fldSimple"), *_fields(foot))]
    if fields != [PAGE]:
        raise NoPaper
    foot_words = [" ".join(_words(one).split()) for one in foot.iter(f"{WORDS}p")]
    return [*_below(document), *(Statement(NOWHERE, words.removesuffix(" 1")) for words in foot_words)]


def _fields(foot: ET.Element) -> list[ET.Element]:
    """The fields of the foot; what they show is not read."""
    found = list(foot.iter(f"{WORDS}fldSimple"))
    if any("".join(one.itertext()) != "1" for one in found):
        raise NoPaper
    return found


def _part(package: zipfile.ZipFile, name: str) -> ET.Element:
    """A part of a document; never more than so many bytes are unpacked."""
    try:
        with package.open(name) as file:
            part = file.read(MOST_BYTES + 1)
    except KeyError as problem:
        raise NoPaper from problem
    if len(part) > MOST_BYTES or b"<!" in part:
        raise NoPaper
    root = ET.fromstring(part)  # noqa: S314 # without <! it holds no entities
    if any(one.tag.rpartition("}")[2] not in MARKS for one in root.iter()):
        raise NoPaper
    return root


def _below(element: ET.Element) -> Iterator[Statement]:
    for one in element:
        if one.tag == f"{WORDS}tbl":
            yield from _table(one)
        elif one.tag == f"{WORDS}p":
            yield Statement(NOWHERE, " ".join(_words(one).split()))
            drawn = (" ".join(found.get("descr", "").split()) for found in one.iter(DRAWING))
            yield from (Statement(NOWHERE, words) for words in drawn)
        else:
            yield from _below(one)


def _table(table: ET.Element) -> Iterator[Statement]:
    """The rows of a table, each with the caption and columns above it."""
    caption = " ".join(one.get(f"{WORDS}val", "") for one in table.iter(f"{WORDS}tblCaption"))
    rows = [[" ".join(_words(cell).split()) for cell in row.iter(f"{WORDS}tc")] for row in table.iter(f"{WORDS}tr")]
    heads = tuple(rows[0]) if rows else ()
    yield from (Statement((caption, *heads), SEPARATOR.join(cells)) for cells in rows)


def _words(element: ET.Element) -> str:
    return "".join(text.text or "" for text in element.iter(f"{WORDS}t"))
