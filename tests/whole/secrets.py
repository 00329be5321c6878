"""Search every byte of an output for secrets: raw, in whatever is zipped or packed inside, and in streams of a PDF.

For whoever publishes something: plant words in what may not be seen, make the output, and ask `places`.
"""

from __future__ import annotations

import base64
import gzip
import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import polars as pl
from pypdf import PdfReader
from pypdf.errors import PyPdfError

DEEPEST = 5
BASE64 = re.compile(rb"base64,([A-Za-z0-9+/]{8,}={0,2})")


def places(output: Path, secrets: Iterable[str]) -> list[tuple[str, str]]:
    """Secret and place, for each secret in any file below `output`, in the name of a file, or in the file itself."""
    forms = {form: secret for secret in secrets for form in _forms(secret)}
    files = [output] if output.is_file() else sorted(output.rglob("*"))
    found = []
    for path in files:
        named = path.name if output.is_file() else str(path.relative_to(output))
        for place, data in contents(named, path.read_bytes() if path.is_file() else b""):
            low = place.encode().lower() + b"\0" + data.lower()
            found += [(secret, place) for form, secret in forms.items() if form in low]
    return sorted(set(found))


def contents(place: str, data: bytes, depth: int = 0) -> Iterator[tuple[str, bytes]]:
    """A file, and all that is packed in it, however deep; what cannot be unpacked is searched as it is."""
    yield place, data
    if depth >= DEEPEST:
        return
    for inner, unpacked in _unpacked(data):
        yield from contents(f"{place}!{inner}", unpacked, depth + 1)


def _unpacked(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The parts of a zip (XLSX, DOCX), of a gzip, and the streams, words and attachments of a PDF; the cells of a
    Parquet; text of a page with its entities read, and what it holds in base 64.
    """
    if data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            yield from ((name, packed.read(name)) for name in packed.namelist())
            yield "comment", packed.comment
    elif data.startswith(b"\x1f\x8b"):
        yield "gzip", gzip.decompress(data)
    elif data.startswith(b"%PDF"):
        for at, stream in enumerate(re.findall(rb"stream\r?\n(.*?)endstream", data, re.DOTALL)):
            inflater = zlib.decompressobj()
            try:
                yield f"stream{at}", inflater.decompress(stream)
            except zlib.error:
                continue
        yield from _read_pdf(data)
    elif data.startswith(b"PAR1"):
        rows = pl.read_parquet(io.BytesIO(data))
        yield "cells", "\n".join([*rows.columns, *(str(cell) for row in rows.iter_rows() for cell in row)]).encode()
    elif data.lstrip()[:1] == b"<":
        yield "entities", html.unescape(data.decode("utf-8", "replace")).encode()
        yield from ((f"base64 {at}", base64.b64decode(found)) for at, found in enumerate(BASE64.findall(data)))


def _read_pdf(data: bytes) -> Iterator[tuple[str, bytes]]:
    """What a reader sees: glyphs as letters, names of what it is about, and attached files by their name."""
    try:
        document = PdfReader(io.BytesIO(data))
        yield "words", "\n".join(page.extract_text() for page in document.pages).encode()
        yield "about", str(document.metadata).encode()
        yield from ((name, found) for name, files in document.attachments.items() for found in files)
    except PyPdfError:  # no whole document: its streams were searched
        return


def _forms(secret: str) -> Iterator[bytes]:
    """A secret as files write it: UTF-8, UTF-16 in both orders, Latin; small letters, because capitals vary."""
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "latin-1"):
        try:
            yield secret.encode(encoding).lower()
        except UnicodeEncodeError:
            continue
