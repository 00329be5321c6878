"""What a workbook is made of: the parts in its zip, its sheets, its texts, and the styles that make a number a day.

Nothing is trusted: a part is unpacked in pieces, never more of it than the zip declares, and no part has a DOCTYPE.
"""

from __future__ import annotations

import operator
import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from gebiedswerk.core.faults import GebiedswerkError

MOST_BYTES = 2**30
"""What a workbook may unpack to: a full sheet of 25 columns. A larger export belongs in CSV."""
MOST_TIMES = 100
"""A part may unpack to so many times its size, once it is large: real sheets stay below 50."""
LARGE = 100 * 2**20
PIECE = 2**18
MOST_NAMES = 5_000
DAYS = frozenset([*range(14, 23), *range(45, 48)])
PERCENTS = frozenset({9, 10})
"""The numbers of Excel's own formats for days and times, and for parts of hundred."""

AS_CREDIT = re.compile(r"(?i)[-−–(]|[-−–(]? *(?:c|cr|k|credit)\.?")  # literal: signs that are read, never shown
CONDITIONS: Mapping[str, Callable[[float, float], bool]] = {
    "<>": operator.ne,
    "<=": operator.le,
    ">=": operator.ge,
    "<": operator.lt,
    ">": operator.gt,
    "=": operator.eq,
}

BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    ArithmeticError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)
"""What reading damaged bytes raises; `Unreadable` for what we see ourselves."""


class Unreadable(GebiedswerkError):
    """A workbook that cannot be read, for the reason of this fault."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(f"This workbook cannot be read: {code} {facts}")
        self.code, self.facts = code, facts


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, its part in the zip, and whether a person sees its tab."""

    name: str
    part: str
    visible: bool


Attributes = Mapping[str, str]
Start = Callable[[str, Attributes], None]
End = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Workbook:
    """An opened workbook."""

    path: Path
    archive: zipfile.ZipFile
    parts: Mapping[str, zipfile.ZipInfo]
    sheets: tuple[Sheet, ...] = ()
    from_1904: bool = False
    texts_part: str = ""
    day_styles: frozenset[str] = field(default_factory=frozenset)
    percent_styles: frozenset[str] = field(default_factory=frozenset)
    minus_styles: frozenset[str] = field(default_factory=frozenset)

    def pieces(self, part: str) -> Iterator[bytes]:
        """The bytes of a part. Raises KeyError where there is none, or what a damaged zip raises."""
        with self.archive.open(self.parts[part.lower()]) as file:
            while piece := file.read(PIECE):
                yield piece

    def parse(self, part: str, start: Start, end: End, text: End) -> Iterator[None]:
        """Read a part of XML piece by piece: names without their prefix. Raises Unreadable for a DOCTYPE."""
        yield from parse_xml(self.pieces(part), start, end, text)


def parse_xml(
    pieces: Iterable[bytes], start: Start, end: End, text: End, *, encoding: str | None = None
) -> Iterator[None]:
    """Read XML piece by piece: names without their prefix. Raises Unreadable for a DOCTYPE or thousands of names."""
    parser = expat.ParserCreate(encoding)
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: start(name.rpartition(":")[2], attributes)
    parser.EndElementHandler = lambda name: end(name.rpartition(":")[2])
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse
    for piece in pieces:
        parser.Parse(piece, False)
        if len(parser.intern) > MOST_NAMES:
            raise Unreadable("L161")
        yield
    parser.Parse(b"", True)
    yield


def unescaped(text: str) -> str:
    """A text with the signs that the standard writes by number: `_x000D_` is a return (ECMA-376, ST_Xstring)."""
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


class Texts:
    """The texts that cells point at by number, read no further than asked for; without how to pronounce them."""

    def __init__(self, workbook: Workbook) -> None:
        self.found: list[str] = []
        self.open_tags: list[str] = []
        self.letters: list[str] = []
        self.reading = workbook.parse(workbook.texts_part, self._start, self._end, self._text)

    def __getitem__(self, at: int) -> str:
        while at >= len(self.found):
            if next(self.reading, self) is self:
                break
        if at < 0:
            raise IndexError(at)
        return self.found[at]

    def _start(self, name: str, _: Attributes) -> None:
        if name == "si" and name in self.open_tags:  # damaged: which text has which number nobody can tell
            raise Unreadable("L161")
        self.open_tags.append(name)

    def _end(self, name: str) -> None:
        self.open_tags.pop()
        if name == "si":
            self.found.append(unescaped("".join(self.letters)).strip())
            self.letters.clear()

    def _text(self, data: str) -> None:
        if self.open_tags[-1] == "t" and "rPh" not in self.open_tags:
            self.letters.append(data)


@contextmanager
def open_workbook(path: Path) -> Iterator[Workbook]:
    """Open a workbook and read what stands in it. Raises Unreadable, or one of `BROKEN`."""
    with path.open("rb") as file:
        yield _opened(path, zipfile.ZipFile(file))


def unpackable(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The parts of a zip by their names in small letters. Raises Unreadable for what is locked, doubled or a bomb."""
    infos = archive.infolist()
    parts = {info.filename.replace("\\", "/").lower(): info for info in infos}
    if len(parts) != len(infos):
        raise Unreadable("L161")
    if any(info.flag_bits & 1 for info in infos):
        raise Unreadable("L162")
    bombs = [i for i in infos if i.file_size > LARGE and i.file_size > MOST_TIMES * i.compress_size]
    if bombs or sum(info.file_size for info in infos) > MOST_BYTES:
        raise Unreadable("L163", most=MOST_BYTES // 2**20)
    return parts


def _opened(path: Path, archive: zipfile.ZipFile) -> Workbook:
    parts = unpackable(archive)
    bare = Workbook(path, archive, parts)
    main = next((target for kind, target in _relations(bare, "").values() if kind == "officeDocument"), "")
    relations = _relations(bare, main)
    texts = next((target for kind, target in relations.values() if kind == "sharedStrings"), "")
    styles = next((target for kind, target in relations.values() if kind == "styles"), "")
    sheets, from_1904 = _sheets(bare, main, relations)
    return Workbook(path, archive, parts, sheets, from_1904, texts, *_styles(bare, styles))


def _refuse(*_: object) -> None:
    raise Unreadable("L161")


def _elements(workbook: Workbook, part: str) -> list[tuple[str, str, Attributes]]:
    """Every element of a small part, as the element around it, its name and its attributes without prefix."""
    around, found = [""], list[tuple[str, str, Attributes]]()

    def start(name: str, attributes: Attributes) -> None:
        found.append((around[-1], name, attributes))
        around.append(name)

    for _ in workbook.parse(part, start, lambda _: around.__delitem__(-1), lambda _: None):
        pass
    return found


def _relations(workbook: Workbook, part: str) -> dict[str, tuple[str, str]]:
    """What a part points at: id → kind and part."""
    folder, name = posixpath.split(part)
    found = {}
    for _, element, attributes in _elements(workbook, posixpath.join(folder, "_rels", f"{name}.rels")):
        if element == "Relationship":
            written = attributes["Target"].replace("\\", "/")
            target = posixpath.normpath(posixpath.join("/", folder, written)).lstrip("/")
            found[attributes["Id"]] = (posixpath.basename(attributes["Type"]), target)
    return found


def _sheets(workbook: Workbook, main: str, relations: Mapping[str, tuple[str, str]]) -> tuple[tuple[Sheet, ...], bool]:
    """The sheets with cells, in the order of their tabs, and whether days count from 1904."""
    sheets, from_1904 = [], False
    for _, element, attributes in _elements(workbook, main):
        if element == "workbookPr":
            from_1904 = attributes.get("date1904") in ("1", "true")
        elif element == "sheet":
            relation = next(value for name, value in attributes.items() if name.rpartition(":")[2] == "id")
            kind, target = relations[relation]
            if kind == "worksheet":
                sheets.append(Sheet(attributes["name"], target, attributes.get("state", "visible") == "visible"))
    return tuple(sheets), from_1904


def _styles(workbook: Workbook, part: str) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """The numbers of the styles that show a number as a day, as a part of hundred, and below zero though it is not."""
    if part.lower() not in workbook.parts:
        return frozenset(), frozenset(), frozenset()
    elements = _elements(workbook, part)
    own = {a["numFmtId"]: a["formatCode"] for _, element, a in elements if element == "numFmt"}
    styles = [a.get("numFmtId", "0") for around, element, a in elements if (around, element) == ("cellXfs", "xf")]
    days = frozenset(str(at) for at, number in enumerate(styles) if shows_day(number, own.get(number)))
    percents = frozenset(str(at) for at, number in enumerate(styles) if _shows_percent(number, own.get(number)))
    minus = frozenset(str(at) for at, number in enumerate(styles) if shows_minus(own.get(number, "")))
    return days, percents, minus - days


def _shows_percent(number: str, form: str | None) -> bool:
    if form is None:
        return number.isdecimal() and int(number) in PERCENTS
    return "%" in re.sub(r'"[^"]*+(?:"|\Z)|\\.|\[[^\]]*+(?:\]|\Z)', "", form)


def shows_minus(form: str) -> bool:
    """Whether a format of one's own shows a number above zero with a minus, in brackets or as credit: `"-"0`."""
    sections = re.findall(r'(?:"[^"]*+(?:"|\Z)|\\.|\[[^\]]*+(?:\]|\Z)|[^;"\\\[])++', form)
    shown = next((one for one in sections if _is_of_one(one)), "")
    bare = re.sub(r"_.|\*.|\[[^\]]*+(?:\]|\Z)", "", re.sub(r'"([^"]*+)(?:"|\Z)|\\(.)', r"\1\2", shown))
    around = re.split("[0#?][0#?.,]*+", bare)
    return len(around) > 1 and any(AS_CREDIT.fullmatch(text.strip(" €")) for text in (around[0], around[-1]))


def _is_of_one(section: str) -> bool:
    """Whether a section of a format is that of the number 1: by its condition, if it has one."""
    found = re.search(r"\[(<>|<=|>=|<|>|=)(-?[0-9.]+)\]", section)
    if not found:
        return True
    try:
        return CONDITIONS[found[1]](1, float(found[2]))
    except ValueError:
        return True


def shows_day(number: str, form: str | None) -> bool:
    """Whether a format, by its number or (its own) as it is written, shows a number as a day or a time."""
    if form is None:
        return number.isdecimal() and int(number) in DAYS
    # what stands after a quote or bracket that is never closed is no form of a day
    bare = re.sub(r'"[^"]*+(?:"|\Z)|\\.|_.|\*.|\[[^\]]*+(?:\]|\Z)', "", form).lower()
    return bare != "general" and re.search("[dmyhs]", bare) is not None
