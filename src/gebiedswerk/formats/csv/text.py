"""The text of a CSV export as UTF-8, piece by piece: memory never holds the whole file."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from gebiedswerk.core.faults import Checked, fault
from gebiedswerk.dossier import Delivery

PIECE = 1 << 21
HEAD = 4096
WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
ENDS = re.compile(rb"[\r\n]")
MARK = codecs.BOM_UTF8
LOST = "\ufffd"
"""What we read where a byte is no letter."""
END_OF_TEXT = b"\x1a\0"
"""What old systems write behind the last line: Ctrl-Z, and nothing up to the end of a block."""
ONE_BY_ONE = ("utf-8", "cp125", "cp85", "cp437", "iso8859", "ascii", "mac-")
"""The beginnings of encodings in which a byte that is no letter says nothing about the signs around it."""
ASCII = "".join(map(chr, range(9, 127)))
"""Signs that most encodings write alike; UTF-16 and the code pages of mainframes do not."""
LONGEST_HEADER, LONGEST_LINE = 1 << 20, 1 << 24
"""Bytes: a longer line is no row, and its cells would take many times the memory of the file."""


@dataclass(frozen=True, slots=True)
class CsvText:
    """A file that can be read to its end in its encoding. `plain`: without a single special letter, in any encoding;
    `returns`: its lines end with a return alone, as on an old Mac. `lost`: the fault of a byte that is no letter, which
    stands somewhere below the header (empty: of none).
    """

    path: Path
    encoding: str
    plain: bool
    returns: bool = False
    lost: str = ""

    def pieces(self) -> Iterator[bytes]:
        """The text in UTF-8, cut after a line end, without the mark at its start; a longer line is one piece."""
        decoded = self._decoded()
        return _lines(piece.replace(b"\r", b"\n") for piece in decoded) if self.returns else _lines(decoded)

    def _decoded(self) -> Iterator[bytes]:
        if self.lost:
            for piece in _utf8(self.path, self.encoding, "replace"):
                yield piece.replace(b"\0", LOST.encode())
        elif self.plain or codecs.lookup(self.encoding).name == "utf-8":
            yield from _pieces(self.path)
        else:
            yield from _utf8(self.path, self.encoding)


def unseen(delivery: Delivery) -> Iterator[bytes]:
    """The pieces of a text that we look at while they are read, as those of `CsvText`.

    Raises UnicodeError where something stands in them of which `read_text` must say what it is.
    """
    path, encoding = delivery.path, delivery.profile.encoding
    name, head = codecs.lookup(encoding).name, _head(path)
    marked = head.startswith(MARK) and "utf-8" not in name
    if marked or head.startswith(WIDE) or not name.startswith(ONE_BY_ONE) or not _holds_ascii(encoding):
        raise _NotReadable(0)
    return _lines(_looked_at(path, codecs.getincrementaldecoder(encoding)()))


def _looked_at(path: Path, decoder: codecs.IncrementalDecoder) -> Iterator[bytes]:
    """The pieces of a file as UTF-8. Raises UnicodeError for what is no letter, no text, or no line."""
    for piece in _pieces(path):
        if b"\0" in piece or b"\n" not in piece or piece.find(b"\n") > LONGEST_HEADER:
            raise _NotReadable(0)
        yield piece if piece.isascii() and not decoder.getstate()[0] else decoder.decode(piece).encode()
    yield decoder.decode(b"", final=True).encode()


def _lines(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """A text, cut after a line end, without the mark at its start; a longer line is one piece."""
    rest, first = b"", True
    for piece in pieces:
        text = piece.removeprefix(MARK) if first else piece
        first = first and not piece
        end = text.rfind(b"\n") + 1
        if end:
            yield b"".join((rest, memoryview(text)[:end]))
            rest = text[end:]
        else:
            rest += text
    rest = rest.rstrip(END_OF_TEXT) if rest.strip(END_OF_TEXT) != rest else rest
    if rest:
        yield rest


def _holds_ascii(encoding: str) -> bool:
    """Whether an encoding writes the letters of ASCII as ASCII does."""
    return ASCII.encode(encoding, "replace") == ASCII.encode()


def read_text(delivery: Delivery) -> Checked[CsvText]:
    """Look through a file once: why it cannot be read as text (L109, L117, L170), if it cannot."""
    path, encoding, file = delivery.path, delivery.profile.encoding, delivery.file
    plain, at, nul = _holds_ascii(encoding), 0, None
    lines, returns = False, False
    lengths = _Lengths(delivery.profile.header_row)
    wide = encoding.lower().startswith("utf-16")
    for piece in _pieces(path):
        long = lengths.take(piece)
        if long is not None:
            return Checked(CsvText(path, encoding, plain), (fault("L170", file, _row_of(path, long[0]), most=long[1]),))
        plain = plain and piece.isascii()
        lines, returns = lines or b"\n" in piece, returns or b"\r" in piece
        if not wide and b"\0" in piece:
            nul = at + piece.index(b"\0") if nul is None and piece.strip(END_OF_TEXT).count(b"\0") else nul
        at += len(piece)
    text, top = CsvText(path, encoding, plain, returns and not lines), _last_top(delivery)
    if not wide and (_head(path).startswith(WIDE) or nul is not None and wide_encoding(_head(path))):
        return Checked(text, (fault("L109", file, 1, encoding=encoding),))
    if nul is not None and _row_of(path, nul) <= top:
        return Checked(text, (fault("L117", file, _row_of(path, nul)),))
    if _marked(path) and "utf-8" not in codecs.lookup(encoding).name:
        # the mark says another encoding than the profile
        return Checked(text, (fault("L109", file, 1, encoding=encoding),))
    try:
        for _ in () if plain else _utf8(path, encoding):
            pass
    except _NotReadable as problem:
        row = _row_of(path, problem.at)
        if wide or row <= top or not codecs.lookup(encoding).name.startswith(ONE_BY_ONE):
            return Checked(text, (fault("L109", file, row, encoding=encoding),))
        return Checked(replace(text, lost="L109"))
    return Checked(replace(text, lost="" if nul is None else "L117"))


def _last_top(delivery: Delivery) -> int:
    return delivery.profile.header_row + delivery.profile.header_rows - 1


class _NotReadable(UnicodeError):
    """A byte that is no letter in the encoding of a file, and where it stands."""

    def __init__(self, at: int) -> None:
        super().__init__(f"byte {at} is no letter")
        self.at = at


class _Lengths:
    """Looks for the first line of a file that is too long, a piece at a time; the header may have fewer bytes."""

    def __init__(self, header_row: int) -> None:
        self.header_row, self.start, self.at = header_row, 0, 0

    def take(self, piece: bytes) -> tuple[int, int] | None:
        """The next piece: where a line begins that is too long, and the bytes that it may have; None where none is."""
        if not self.at and any(end - begin > LONGEST_HEADER for begin, end in pairwise(self._headers(piece))):
            return 0, LONGEST_HEADER
        first = ENDS.search(piece)
        if self.at + (first.start() if first else len(piece)) - self.start > LONGEST_LINE:
            return self.start, LONGEST_LINE
        if first:
            self.start = self.at + max(piece.rfind(b"\n"), piece.rfind(b"\r")) + 1
        self.at += len(piece)
        return None

    def _headers(self, piece: bytes) -> list[int]:
        """Where the lines down to the header end, in the first piece, from nothing on."""
        ends = [end.start() for _, end in zip(range(self.header_row), ENDS.finditer(piece), strict=False)]
        return [0, *ends, len(piece)][: self.header_row + 1]


def _marked(path: Path) -> bool:
    return _head(path).startswith(MARK)


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(HEAD)


def wide_encoding(head: bytes) -> str:
    """UTF-16 without the mark that says so: nearly every other byte is nothing. Empty for any other encoding."""
    half = len(head) // 2
    at_even, at_odd = head[0 : 2 * half : 2].count(0), head[1 : 2 * half : 2].count(0)
    if half < 4 or max(at_even, at_odd) < half * 0.7 or min(at_even, at_odd) > half * 0.1:
        return ""
    return "utf-16-le" if at_odd > at_even else "utf-16-be"


def _row_of(path: Path, at: int) -> int:
    """The line in which a byte stands, 1 for the first."""
    row = 1
    for piece in _pieces(path):
        row += piece[:at].count(b"\n")
        at -= len(piece)
        if at <= 0:
            break
    return row


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def _utf8(path: Path, encoding: str, errors: str = "strict") -> Iterator[bytes]:
    """The pieces of a file as UTF-8. Raises _NotReadable where `errors` is "strict"."""
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    end = 0
    try:
        for piece in _pieces(path):
            end += len(piece)
            yield decoder.decode(piece).encode()
        yield decoder.decode(b"", final=True).encode()
    except UnicodeDecodeError as problem:  # its bytes end where we are, and begin with what was left of the last piece
        raise _NotReadable(end - len(problem.object) + problem.start) from problem
    except UnicodeError as problem:  # not every encoding says where
        raise _NotReadable(0) from problem
