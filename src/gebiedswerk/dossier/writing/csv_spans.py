"""A table in text, changed where its cells stand in that text: every other letter stays."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gebiedswerk.dossier.csv_cut import lined
from gebiedswerk.dossier.table_files import TableFile, decoded
from gebiedswerk.dossier.writing.row_edits import CannotEdit, Changes, WhyNot

HEADS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""What a file starts with → how its text is written."""


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """What stands there."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class RecordSpan:
    """Where a record stands, with its line end, and its fields, with their quotes; a blank line has none."""

    whole: Span
    fields: tuple[Span, ...]

    @property
    def filled_to(self) -> int:
        """Where its last field ends, and its line end starts."""
        return self.fields[-1].end if self.fields else self.whole.start

    def line_end(self, text: str) -> str:
        """How its line ends; empty for the last one of a file that does not end in one."""
        return text[self.filled_to : self.whole.end]


def spans_of(text: str, mark: str) -> Iterator[RecordSpan]:
    """The records of a text, cut as `read_records` cuts it. The text is one that it can read, and `lined`."""
    part = re.compile(rf'("[^"]*(?:""[^"]*)*"|[^{re.escape(mark)}\r\n]*)({re.escape(mark)}|\r*\n|\r*\Z)')
    at = 0
    while at < len(text):
        start, fields, ended = at, list[Span](), False
        while not ended:
            found = part.match(text, at)
            if found is None:
                return
            fields.append(Span(*found.span(1)))
            at, ended = found.end(), found[2] != mark
        is_blank = len(fields) == 1 and fields[0].start == fields[0].end
        yield RecordSpan(Span(start, at), () if is_blank else tuple(fields))


def cell_of(field: str) -> str:
    """What a field says: without the quotes round it."""
    return field[1:-1].replace('""', '"') if field.startswith('"') else field


def field_of(cell: str, mark: str, *, quoted: bool) -> str:
    """A cell as it stands in a text: between quotes where it was, and where it cannot do without."""
    if quoted or any(sign in cell for sign in (mark, '"', "\r", "\n")):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def changed_text(data: bytes, found: TableFile, changes: Changes, file: str) -> bytes:
    """The bytes of a table in text with these changes. Raises CannotEdit."""
    text, _ = decoded(data)
    if text is None:
        raise CannotEdit(file, WhyNot.UNREADABLE)
    made = _Text(text, found)
    if [[cell_of(one) for one in made.fields(at)] for at in range(len(made.records))] != found.records:
        raise CannotEdit(file, WhyNot.SHAPE)
    return encoded(made.changed(changes), data, file)


def encoded(text: str, like: bytes, file: str) -> bytes:
    """A text in the encoding of some bytes, else in UTF-8 with a mark in front. Raises CannotEdit."""
    own = next(((head, codec) for head, codec in HEADS if like.startswith(head)), (b"", decoded(like)[1]))
    for head, codec in (own, HEADS[0]):
        try:
            made = head + text.encode(codec)
        except UnicodeEncodeError:
            continue
        if decoded(made)[0] == text:  # bytes of windows-1252 may be read as another encoding
            return made
    raise CannotEdit(file, WhyNot.NOT_READ_BACK)


class _Text:
    """The text of one table, and where its records stand."""

    def __init__(self, text: str, found: TableFile) -> None:
        self.text, self.mark, self.cells = text, found.delimiter, found.records
        self.cut = lined(text)
        self.records = list(spans_of(self.cut, found.delimiter))
        self.line_end = found.line_end

    def fields(self, at: int) -> list[str]:
        """The fields of a record, with their quotes."""
        return [span.of(self.cut) for span in self.records[at].fields]

    def changed(self, changes: Changes) -> str:
        """The text with these changes."""
        pieces: list[tuple[Span, str]] = [(self.records[at].whole, "") for at in changes.gone]
        for at in sorted(changes.widened(self.cells) | {row for row, _ in changes.cells}):
            if at not in changes.gone:
                pieces += self._in_record(at, changes)
        pieces += self._added(changes)
        out, done = [], 0
        for span, new in sorted(pieces, key=lambda piece: (piece[0].start, piece[0].end)):
            out += [self.text[done : span.start], new]
            done = span.end
        return "".join([*out, self.text[done:]])

    def _in_record(self, at: int, changes: Changes) -> Iterator[tuple[Span, str]]:
        new, record, width = changes.cells_of(at), self.records[at], len(changes.header)
        for column, cell in sorted(new.items()):
            if column < len(record.fields):
                yield record.fields[column], self._refilled(record.fields[column].of(self.cut), cell)
        more = [self.mark + self._field(new.get(column, "")) for column in range(len(record.fields), width)]
        yield Span(record.filled_to, record.filled_to), "".join(more)

    def _refilled(self, field: str, cell: str) -> str:
        """A field with another cell in it, with the blanks that stood round the former one."""
        was = cell_of(field)
        if was.strip() and cell:
            blank = len(was) - len(was.lstrip())
            cell = was[:blank] + cell + was[len(was.rstrip()) :]
        return self._field(cell, quoted=field.startswith('"'))

    def _field(self, cell: str, *, quoted: bool = False) -> str:
        field = field_of(cell, self.mark, quoted=quoted)
        return field if self.cut == self.text else field.replace("\n", "\r")

    def _added(self, changes: Changes) -> Iterator[tuple[Span, str]]:
        """The new records, each cell between quotes where the one above it is so without need."""
        if not changes.added:
            return
        above = self.records[changes.below]
        line_end = self._line_end(changes.below)
        quoted = [one.startswith('"') and one != self._field(cell_of(one)) for one in self.fields(changes.below)]
        lines = [
            self.mark.join(
                self._field(cell, quoted=column < len(quoted) and quoted[column]) for column, cell in enumerate(record)
            )
            + line_end
            for record in changes.added
        ]
        before = "" if above.line_end(self.cut) else line_end
        yield Span(above.whole.end, above.whole.end), before + "".join(lines)

    def _line_end(self, below: int) -> str:
        """How the line above new ones ends, or one before it."""
        ends: Sequence[str] = [self.text[one.filled_to : one.whole.end] for one in self.records[: below + 1]]
        return next((end for end in reversed(ends) if end), self.line_end)
