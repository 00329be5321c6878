"""What a file really is, whatever its name says: by its first bytes, and by what is packed in it."""

from __future__ import annotations

import codecs
import re
import zipfile
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

from gebiedswerk.core.faults import Fault, fault

HEAD = 4096
LOOK = 1 << 20
OLE = b"\xd0\xcf\x11\xe0"


class Form(StrEnum):
    """What a file can be. The value is the key of its words (`kind.<form>`)."""

    TEXT = "form_text"
    XLSX = "form_xlsx"
    SPREADSHEETML = "form_spreadsheetml"
    ODS = "form_ods"
    HTML = "form_html"
    AUDIT_FILE = "form_xaf"
    LOCKED = "form_locked"
    XLS = "form_xls"
    XLSB = "form_xlsb"
    FLAT_ODS = "form_fods"
    NUMBERS = "form_numbers"
    WEB_ARCHIVE = "form_mht"
    PACKED = "form_packed"
    PDF = "form_pdf"
    WORD = "form_word"
    SLIDES = "form_slides"
    XML = "form_xml"
    PICTURE = "form_picture"
    DATABASE = "form_database"
    RICH_TEXT = "form_rtf"
    UNKNOWN = "form_unknown"


BOOKS = (Form.XLSX, Form.SPREADSHEETML, Form.ODS, Form.HTML)
"""Those with tables of cells that we read."""
OTHER_BOOKS = (Form.XLS, Form.XLSB, Form.FLAT_ODS, Form.NUMBERS, Form.WEB_ARCHIVE)
"""Those that a spreadsheet program opens and can save as one that we read (L196)."""
NO_TABLES = (Form.PDF, Form.WORD, Form.SLIDES, Form.XML, Form.PICTURE, Form.DATABASE, Form.RICH_TEXT)
"""Those in which no table of cells stands (L195)."""

_STARTS: Mapping[bytes, Form] = {
    b"%PDF": Form.PDF,
    b"{\\rtf": Form.RICH_TEXT,
    b"\x89PNG": Form.PICTURE,
    b"\xff\xd8\xff": Form.PICTURE,
    b"GIF8": Form.PICTURE,
    b"II*\0": Form.PICTURE,
    b"MM\0*": Form.PICTURE,
    b"\x1f\x8b": Form.PACKED,
    b"7z\xbc\xaf\x27\x1c": Form.PACKED,
    b"Rar!\x1a\x07": Form.PACKED,
    b"BZh": Form.PACKED,
    b"\xfd7zXZ\0": Form.PACKED,
    b"SQLite format 3\0": Form.DATABASE,
    b"\0\x01\0\0Standard ": Form.DATABASE,
    b"PAR1": Form.DATABASE,
    b"\x09\x08\x10\0": Form.XLS,
    b"\x09\x08\x08\0": Form.XLS,
    b"\x09\x04\x06\0": Form.XLS,
    b"\x09\x02\x06\0": Form.XLS,
}
_ROOTS: Mapping[str, Form] = {
    **dict.fromkeys(("html", "head", "body", "table", "meta", "style", "div", "center", "font", "title"), Form.HTML),
    "workbook": Form.SPREADSHEETML,
    "auditfile": Form.AUDIT_FILE,
    "document": Form.FLAT_ODS,
}
_STREAMS: Mapping[str, Form] = {
    "EncryptedPackage": Form.LOCKED,
    "WordDocument": Form.WORD,
    "PowerPoint Document": Form.SLIDES,  # literal: the name of a stream
}
_BOOK_NAMES = (".xlsx", ".xlsm", ".xltx", ".xltm")
_TEXT_NAMES = (".csv", ".txt", ".tsv", ".tab", ".asc", ".prn", ".xls")


def form_of(path: Path) -> Form:
    """What a file is. A zip or XML that is damaged is `UNKNOWN` or `TEXT`: then its name decides who reads it."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    if head.startswith(b"PK"):
        return _packed(path)
    if head.startswith(OLE):
        return _compound(path)
    found = next((form for start, form in _STARTS.items() if head.startswith(start)), None)
    return found or _of_text(_decoded(head))


def _decoded(head: bytes) -> str:
    """The first signs of what may be text in UTF-16 or in any encoding that has ASCII in it."""
    wide = codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE
    if head.startswith(wide):
        return head.decode("utf-16", "ignore")
    if head[:2] in (b"<\0", b"\0<"):
        return head.decode("utf-16-le" if head[1:2] == b"\0" else "utf-16-be", "ignore")
    return head.removeprefix(codecs.BOM_UTF8).decode("latin-1")


def _of_text(text: str) -> Form:
    """By the first element of what looks like XML or HTML; all else is text."""
    bare = re.sub(r"^(?:\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*>)*", "", text, count=1, flags=re.S | re.I)
    opened = re.match(r"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z][\w.-]*)[\s/>]", bare)
    if opened is None:
        archive = re.match(r"(?i)mime-version:|from:.*\nsubject:.*\n.*multipart/related", bare)
        return Form.WEB_ARCHIVE if archive else Form.TEXT
    known = _ROOTS.get(opened[1].lower())
    if known is Form.FLAT_ODS and "opendocument" not in bare:
        known = None
    is_xml = text.lstrip().startswith("<?xml")
    return known or (Form.XML if is_xml else Form.TEXT)


def _packed(path: Path) -> Form:
    """What a zip holds. One that is damaged is unknown."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = [name.replace("\\", "/").lower() for name in archive.namelist()]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        return Form.UNKNOWN
    if "xl/workbook.bin" in names:
        return Form.XLSB
    if any(name.startswith("xl/") for name in names) or path.suffix.lower() in _BOOK_NAMES and "mimetype" not in names:
        return Form.XLSX
    if "content.xml" in names and "mimetype" in names:
        return _open_document(path)
    if any(name.startswith("word/") for name in names):
        return Form.WORD
    if any(name.startswith("ppt/") for name in names):
        return Form.SLIDES
    numbers = any(name.startswith("index/") or name == "index.zip" for name in names)
    return Form.NUMBERS if numbers else Form.PACKED


def _open_document(path: Path) -> Form:
    try:
        with zipfile.ZipFile(path) as archive, archive.open("mimetype") as file:
            kind = file.read(200).decode("latin-1")
    except (zipfile.BadZipFile, OSError, KeyError, ValueError, NotImplementedError, RuntimeError):
        return Form.UNKNOWN
    return Form.ODS if "spreadsheet" in kind else Form.WORD if "text" in kind else Form.SLIDES


def _compound(path: Path) -> Form:
    """What stands in a file of the old kind of Office: by the names of its streams, wherever they are."""
    names = {name.encode("utf-16-le"): form for name, form in _STREAMS.items()}
    rest, found = b"", set[Form]()
    with path.open("rb") as file:
        while piece := file.read(LOOK):
            found |= {form for name, form in names.items() if name in rest + piece}
            rest = piece[-100:]
    return next((form for form in _STREAMS.values() if form in found), Form.XLS)


def reader_of(path: Path) -> str:
    """The name of the importer for a file, by what it is, else by its name; empty for none."""
    form, suffix = form_of(path), path.suffix.lower()
    if form in BOOKS or form is Form.LOCKED:
        return "xlsx"
    if form is Form.AUDIT_FILE or suffix == ".xaf":
        return "xaf"
    if form not in (Form.TEXT, Form.UNKNOWN):
        return ""
    if suffix in _BOOK_NAMES:
        return "xlsx"
    return "csv" if suffix in _TEXT_NAMES else ""


def refusal_of(path: Path, file: str) -> Fault | None:
    """Why nobody reads a file that is of another kind: said what it is and how to save it (L195 to L197)."""
    form = form_of(path)
    if path.suffix.lower() == ".xaf" and form is Form.XML:
        return None
    code = "L196" if form in OTHER_BOOKS else "L197" if form is Form.PACKED else "L195" if form in NO_TABLES else ""
    return fault(code, file, value=path.name, kind=str(form), choices="") if code else None
