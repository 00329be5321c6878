"""Drop from a picture or font what it tells besides how it looks: who made it, where, with what, and when.

Only what draws is kept, so a new kind of note is dropped as well. What stands in the pixels themselves is not read.
"""

from __future__ import annotations

import struct
import zlib
from xml.etree import ElementTree as ET

PNG = b"\x89PNG\r\n\x1a\n"
DRAWS = frozenset((b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"pHYs"))
"""Chunks that say how a PNG looks. Words, days, EXIF, named colour profiles and more pictures are none of them."""
SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}"
XML = "{http://www.w3.org/XML/1998/namespace}"
_WOFF2 = struct.Struct(">4sIIHHIIHHIIIII")


class NoPicture(Exception):
    """A file that is not built as it should be."""


def bare_png(data: bytes) -> bytes:
    """The chunks of a PNG that draw, up to its end. Raises NoPicture where chunks or their sums are not right."""
    if not data.startswith(PNG):
        raise NoPicture
    kept, at, kind = [PNG], len(PNG), b""
    while kind != b"IEND":
        if at + 12 > len(data):
            raise NoPicture
        length, kind = struct.unpack_from(">I4s", data, at)
        end = at + 12 + length
        if end > len(data) or zlib.crc32(data[at + 4 : end - 4]) != int.from_bytes(data[end - 4 : end]):
            raise NoPicture
        kept += [data[at:end]] if kind in DRAWS else []
        at = end
    if kept[1][4:8] != b"IHDR" or not any(chunk[4:8] == b"IDAT" for chunk in kept[1:]):
        raise NoPicture
    return b"".join(kept)


def bare_font(data: bytes) -> bytes:
    """A WOFF2 without its block of metadata, its private block and what stands behind them."""
    if len(data) < _WOFF2.size:
        return data
    head = list(_WOFF2.unpack_from(data))
    offsets = [offset for offset in (head[9], head[12]) if offset]
    end = min([*offsets, head[2], len(data)])
    if end < _WOFF2.size:
        raise NoPicture
    head[2], head[9:] = end, [0] * 5
    return _WOFF2.pack(*head) + data[_WOFF2.size : end]


def bare_svg(root: ET.Element) -> bytes:
    """A drawing written anew: without comments, `<metadata>`, and elements and attributes of programs that drew it."""
    _strip(root)
    root.set("xmlns", SVG[1:-1])
    return ET.tostring(root, encoding="unicode").encode()


def without_notes(root: ET.Element) -> None:
    """Take away `<metadata>` and every element that is not of SVG: nothing of it is drawn. Words behind it stay."""
    for parent in list(root.iter()):
        kept: list[ET.Element] = []
        for child in parent:
            if str(child.tag).startswith(SVG) and child.tag != f"{SVG}metadata":
                kept.append(child)
            elif kept:
                kept[-1].tail = (kept[-1].tail or "") + (child.tail or "")
            else:
                parent.text = (parent.text or "") + (child.tail or "")
        parent[:] = kept


def _strip(root: ET.Element) -> None:
    """Names without their namespace, and no attributes but those of SVG, the target of a link and `xml:space`."""
    for element in root.iter():
        element.tag = str(element.tag).removeprefix(SVG)
        for name in list(element.attrib):
            value = element.attrib.pop(name)
            if name == f"{XLINK}href":
                element.attrib.setdefault("href", value)
            elif name in (f"{XML}space", f"{XML}lang") or not name.startswith(("{", "data-")):
                element.set(name, value)
