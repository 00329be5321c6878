"""A CSV export: its bytes become rows of text, in one go where the file is plain, record by record where it is not."""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from gebiedswerk.core.faults import Fault, fault
from gebiedswerk.dossier import Delivery
from gebiedswerk.dossier.records import LONGEST_CELL
from gebiedswerk.ledger.importers.contract import ROW, ReadFile
from gebiedswerk.ledger.importers.csv_records import read_one_by_one
from gebiedswerk.ledger.importers.tabular import header_faults, read_rows, used_columns

SPACES = [chr(at) for at in range(0x3001) if chr(at).isspace() and chr(at) not in " \r\n"]
ODD_SPACES = sorted({space.encode()[:2] for space in SPACES})
"""How spaces other than the plain one begin: tabs, spaces that do not break, spaces of East Asian print."""
SINGLE = [space for space in ODD_SPACES if len(space) == 1]

MARK = codecs.BOM_UTF8


@dataclass(frozen=True, slots=True)
class CsvImporter:
    """CSV by profile."""

    name: str = "csv"

    def recognises(self, path: Path, head: bytes) -> bool:
        """By its name: any text may be CSV."""
        return path.suffix.lower() in (".csv", ".txt", ".tsv") and not head.startswith((b"PK", b"<"))

    def read(self, delivery: Delivery) -> tuple[ReadFile, list[Fault]]:
        """Read a delivery. It lands whole or not at all."""
        text, faults = _utf8(delivery)
        if faults:
            return ReadFile(), faults
        header, cells, faults = _cells(text, delivery)
        faults = (header_faults(header, delivery) if header else []) or faults  # a wrong header explains the rows
        if faults:
            return ReadFile(), faults
        return read_rows(cells, delivery)


def _utf8(delivery: Delivery) -> tuple[bytes, list[Fault]]:
    """The file as UTF-8, without the mark at its start; or why it cannot be read as text (L109, L117)."""
    data = delivery.path.read_bytes()
    encoding = delivery.profile.encoding
    if b"\0" in data and not encoding.lower().startswith("utf-16"):
        return b"", [fault("L117", delivery.file, data[: data.index(b"\0")].count(b"\n") + 1)]
    if data.startswith(MARK) and "utf-8" not in codecs.lookup(encoding).name:
        return b"", [fault("L109", delivery.file, 1, encoding=encoding)]  # the mark says UTF-8, the profile does not
    try:
        text = data if data.isascii() else data.decode(encoding).encode()
    except UnicodeError as problem:  # not every encoding says where
        row = data[: getattr(problem, "start", 0)].count(b"\n") + 1
        return b"", [fault("L109", delivery.file, row, encoding=encoding)]
    return text.removeprefix(MARK), []


def _cells(text: bytes, delivery: Delivery) -> tuple[list[str], pl.DataFrame, list[Fault]]:
    """The header, and the records that are not blank with their number in `row`."""
    mark = delivery.profile.delimiter
    found = _at_once(text, mark, used_columns(delivery.profile)) if delivery.profile.header_row == 1 else None
    if found is None:
        return read_one_by_one(text, mark, delivery.file, delivery.profile.header_row)
    header, cells = found
    if not cells.height:
        return header, cells, [fault("L110", delivery.file)]
    return header, cells, []


def _at_once(text: bytes, mark: str, used: Sequence[str]) -> tuple[list[str], pl.DataFrame] | None:
    """A plain file in one go: no quotes, no bare returns, as many marks on every line. Else None."""
    top = text.find(b"\n")
    if top < 0:
        return None
    header = [name.strip() for name in text[:top].decode().split(mark)]
    first = text[top + 1 : text.find(b"\n", top + 1) + 1 or len(text)]  # the engine takes memory for a line without end
    endless = len(first) > LONGEST_CELL or first.count(mark.encode()) >= len(header)
    if endless or not _may_be_plain(text, mark.encode(), header):
        return None
    try:
        cells = pl.read_csv(
            text,
            has_header=False,
            skip_lines=1,
            new_columns=header,
            separator=mark,
            quote_char=None,
            infer_schema=False,
            empty_string_is_null=False,
            row_index_name=ROW,
            row_index_offset=2,
        )
    except pl.exceptions.PolarsError:
        return None
    if not _is_even(text, top, cells, len(header) - 1):
        return None
    known = [name for name in header if name in used] or header
    cells = cells.with_columns(pl.col(ROW).cast(pl.Int64), *_stripped(cells.select(known), text))
    return header, _filled(cells, known)


def _may_be_plain(text: bytes, mark: bytes, header: list[str]) -> bool:
    """Whether lines may be cut at their marks alone."""
    ends = b"\r" not in text or text.count(b"\r") == text.count(b"\r\n")
    return ends and len(set(header)) == len(header) > 1 and mark.isascii() and b'"' not in text


def _is_even(text: bytes, top: int, cells: pl.DataFrame, marks: int) -> bool:
    """Whether every line has as many marks as the header, so that cells, marks and line ends are the whole text.

    The engine refuses a line that is too long; of one that is too short it fills cells in that the text does not have.
    """
    rest = len(text) - top - 1 - text.count(b"\r", top)
    ends = cells.height - (not text.endswith(b"\n"))
    inside = sum(cells.select(pl.col(pl.String).str.len_bytes().cast(pl.Int64).sum()).row(0))
    return cells.height > 0 and rest == inside + marks * cells.height + ends


def _stripped(cells: pl.DataFrame, text: bytes) -> list[pl.Expr]:
    """The columns that have spaces around a cell, without them; to look is much cheaper than to cut."""
    odd = SINGLE if text.isascii() else ODD_SPACES
    every = any(space[:1] in text and space in text for space in odd)  # the first byte alone is found faster
    edges = pl.all().str.starts_with(" ") | pl.all().str.ends_with(" ")
    found = cells.select(edges.any() | every).row(0, named=True)
    return [pl.col(name).str.strip_chars() for name, spaced in found.items() if spaced]


def _filled(cells: pl.DataFrame, known: Sequence[str]) -> pl.DataFrame:
    """The records that are not blank; where the columns that we use say enough, we look at no others."""
    if not cells.select(pl.all_horizontal(pl.col(known) == "").any()).item():
        return cells
    return cells.filter(pl.any_horizontal(pl.col(pl.String).str.strip_chars() != ""))
