"""The text of an audit file as UTF-8, piece by piece, whatever its encoding is and whatever it says it is."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

PIECE = 1 << 22
UTF8 = "utf-8"
WINDOWS = "windows-1252"
_MARKS: Mapping[bytes, str] = {
    codecs.BOM_UTF8: UTF8,
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
_OPENINGS: Mapping[bytes, str] = {b"<\0": "utf-16-le", b"\0<": "utf-16-be"}
_SPOKEN: Mapping[str, str] = {"ascii": UTF8, "cp1252": WINDOWS, "iso8859-1": WINDOWS, "iso8859-15": "iso-8859-15"}
"""Encodings that a file may say it has, by the name that Python gives them, and as what each is read."""


@dataclass(frozen=True, slots=True)
class XafText:
    """A file with the encoding it says it has (empty where it is silent) and the one it is read in."""

    path: Path
    declared: str
    encoding: str
    mark: int = 0
    plain: bool = False

    @property
    def honest(self) -> bool:
        """Whether it is what it says; a file without a single special letter is what any 8-bit encoding says."""
        said = _known(self.declared) or self.declared
        if said == "utf-16":
            return self.encoding.startswith("utf-16")
        return said in ("", self.encoding) or self.plain and _known(self.declared) is not None

    def pieces(self) -> Iterator[bytes]:
        """The text in UTF-8, without the mark at its start. A byte that is no letter in its encoding stays as it is."""
        with self.path.open("rb") as file:
            file.seek(self.mark)
            if self.encoding == UTF8:
                while piece := file.read(PIECE):
                    yield piece
            elif self.encoding.startswith("utf-16"):
                decoder = codecs.getincrementaldecoder(self.encoding)()
                while piece := file.read(PIECE):
                    yield decoder.decode(piece).encode()
            else:
                table = _letters(self.encoding)
                while piece := file.read(PIECE):
                    yield piece if piece.isascii() else piece.decode("latin-1").translate(table).encode()


def read_text(path: Path) -> XafText:
    """Find out in which encoding a file can be read, by its mark and its bytes before what it says.

    UTF-8 is never there by accident; what is none is windows-1252 or what the file says. The whole file is looked
    through once, because one letter far down may decide.
    """
    with path.open("rb") as file:
        head = file.read(400)
    mark = next((mark for mark in _MARKS if head.startswith(mark)), b"")
    encoding = _MARKS.get(mark) or _OPENINGS.get(head[:2]) or UTF8
    declared = declaration(head[len(mark) :].decode(encoding, "ignore"))
    plain = _is_plain(path)
    if plain or _decodes(path, encoding, len(mark)):
        return XafText(path, declared, encoding, len(mark), plain)
    said = _known(declared)
    return XafText(path, declared, said if said and said != UTF8 else WINDOWS)


def declaration(text: str) -> str:
    """The encoding that the first line of XML says, in small letters; empty where there is none."""
    found = re.match(r"""\s*<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]*)["']""", text)
    return found[1].lower() if found else ""


def _known(declared: str) -> str | None:
    """The encoding in which we read what says it is `declared`."""
    if declared == UTF8:
        return UTF8
    try:
        return _SPOKEN.get(codecs.lookup(declared).name) if declared else None
    except LookupError:
        return None


def _is_plain(path: Path) -> bool:
    with path.open("rb") as file:
        return all(piece.isascii() and b"\0" not in piece for piece in iter(lambda: file.read(PIECE), b""))


def _decodes(path: Path, encoding: str, mark: int) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            file.seek(mark)
            while piece := file.read(PIECE):
                decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _letters(encoding: str) -> dict[int, str]:
    """What each byte above 127 means where latin-1 says otherwise; the few that mean nothing stay as they are."""
    pairs = ((byte, bytes([byte]).decode(encoding, "ignore")) for byte in range(128, 256))
    return {byte: letter for byte, letter in pairs if letter and letter != chr(byte)}
