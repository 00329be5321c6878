"""Rows of a file that are no postings: totals, balances and headers that stand there again.

A profile says which rows to leave out. What is left out and is a total proves the file: it is the sum of the rows above
it. What looks like a total and is not left out is a fault: counted with the postings, money would be there twice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import polars as pl

from gebiedswerk.core.faults import Fault, capped, fault
from gebiedswerk.dossier import Delivery, Profile
from gebiedswerk.dossier.settings import LeftOut
from gebiedswerk.formats.column_store import matching
from gebiedswerk.formats.format import AGAIN, LABEL, MOST_NAMED, ROW, listed_rows
from gebiedswerk.formats.grid import as_written
from gebiedswerk.formats.row_marks import BETWEEN
from gebiedswerk.formats.text_rows import text_faults, text_rows
from gebiedswerk.language.numbers_and_dates import euros

OPENS = re.compile(r"(?i)(?:begin|open|start|oud|vorig|brought|transport)")  # literal: words that are read, never shown
CLOSES = re.compile(r"(?i)(?:eind|slot|nieuw|closing|ending|carried|over te)")  # literal: as above

UNITS = (1, 100, 100_000, 100_000_000)
"""In so many cents a count may stand in a column of amounts that are in cents, euros, thousands or millions."""
COUNTED = r"(?i)aantal|number of|count|regels|records"  # literal: as above

MOST_ASKED = 100
"""Different texts of totals that one question names; the rest is asked after its answer."""
MOST_ENDS = 4
"""A total is the sum of what was booked since one of so many totals before it, or since the last one of its name."""


@dataclass(frozen=True, slots=True)
class Parted:
    """The rows of a file in two: `kept` (postings) and `out`, each as they came; `control` says of each row that is
    out whether its amount is a total of the rows above.
    """

    kept: pl.DataFrame
    out: pl.DataFrame
    control: pl.Series
    faults: list[Fault]


def parted(cells: pl.DataFrame, delivery: Delivery) -> Parted:
    """Take the rows out that the profile leaves out, and headers and titles that are repeated (L183).
    What names a total and stays is L180.
    """
    profile, faults = delivery.profile, list[Fault]()
    headers = _repeated_headers(cells, profile)
    again = _again(cells)
    if again is not None:
        headers = headers | again
    if headers.any():
        first = cells[ROW].filter(headers)
        faults.append(fault("L183", delivery.file, first[0], None, listed_rows(first), count=first.len()))
        cells = cells.filter(~headers)
    left_out = pl.repeat(value=False, n=cells.height, dtype=pl.Boolean, eager=True)
    control = left_out
    for rule in profile.leave_out:
        match = _matches(cells, rule)
        left_out, control = left_out | match, control | match if rule.control else control
    kept = cells.filter(~left_out) if left_out.any() else cells  # no copy of what stays whole
    texts = text_rows(kept, profile)
    if texts.any():
        faults += text_faults(kept.filter(texts), delivery)
        kept = kept.filter(~texts)
    return Parted(kept, cells.filter(left_out), control.filter(left_out), [*faults, *_totals(kept, delivery)])


def _again(cells: pl.DataFrame) -> pl.Series | None:
    """Where a row of the header or the title stands again; None where no reader looked."""
    if LABEL not in cells.columns:
        return None
    return matching(cells[LABEL], lambda labels: labels == AGAIN).fill_null(value=False)


def pattern(text: str, before: str = "") -> str:
    """A text of a profile, behind `before`, as both engines look for it: `*` is anything, capitals do not count."""
    return f"(?is)^{before}" + ".*".join(re.escape(part) for part in text.split("*")) + "$"


def _matches(cells: pl.DataFrame, rule: LeftOut) -> pl.Series:
    if rule.column:
        texts = cells[rule.column].cast(pl.String).fill_null("").str.strip_chars()
    else:
        texts = cells[LABEL].cast(pl.String).str.replace(f"^[^{BETWEEN}]*{BETWEEN}", "")
    found = pl.repeat(value=False, n=cells.height, dtype=pl.Boolean, eager=True)
    if rule.empty and rule.column:
        found = found | (texts == "")
    for text in rule.text:
        found = found | texts.str.contains(pattern(text))
    return found.fill_null(value=False).cast(pl.Int8).cum_max().cast(pl.Boolean) if rule.below else found


def _repeated_headers(cells: pl.DataFrame, profile: Profile) -> pl.Series:
    """Rows in which every column that we read holds its own header, as on each page of a print."""
    names = [name for name in dict.fromkeys(profile.columns.values()) if name in cells.columns]
    texts = [name for name in names if cells.schema[name] != pl.Float64]
    if len(texts) < 2 or len(texts) < len(names):
        return pl.repeat(value=False, n=cells.height, dtype=pl.Boolean, eager=True)
    found = cells[texts[0]] == as_written(texts[0])
    for name in texts[1:] if found.any() else []:
        found = found & (cells[name] == as_written(name))
    return found.fill_null(value=False)


def _totals(kept: pl.DataFrame, delivery: Delivery) -> Iterator[Fault]:
    """Rows that name a total or a balance and were not left out, once per column (L180)."""
    if LABEL not in kept.columns:
        return
    labelled = kept.filter(kept[LABEL] != "").select(ROW, pl.col(LABEL).cast(pl.String))
    for text in delivery.profile.keep:
        labelled = labelled.filter(~pl.col(LABEL).str.contains(pattern(text, f"[^{BETWEEN}]*{BETWEEN}")))
    if not labelled.height:
        return
    apart = labelled.with_columns(
        header=pl.col(LABEL).str.extract(f"^([^{BETWEEN}]*){BETWEEN}"),
        text=pl.col(LABEL).str.extract(f"(?s)^[^{BETWEEN}]*{BETWEEN}(.*)$"),
    )
    for (header,), rows in apart.group_by("header", maintain_order=True):
        texts = rows["text"].unique(maintain_order=True)
        facts = {
            "count": rows.height,
            "rows": listed_rows(rows[ROW]),
            "texts": ", ".join(f'"{text}"' for text in texts.head(5)),
            "profile": delivery.settings.profile,
            "found": texts.head(MOST_ASKED).to_list(),
        }
        yield fault("L180", delivery.file, rows[ROW][0], str(header), texts[0], **facts)


def unproven(parts: Parted, kept: pl.Series, out: pl.Series) -> list[tuple[int, int]]:
    """The rows that are out, should be a total of the rows above or below, and are none: row and amount.

    Takes the amounts of both in cents (null: none), in the order of the file. A total is the sum of the postings since
    the last total, since the last one of its name, or of all; or of the totals since such a one. A closing balance adds
    the opening balance to it. A total that stands above its rows is the same from the last row upwards.
    """
    sums = kept.fill_null(0).cum_sum()
    before = parts.kept[ROW].search_sorted(parts.out[ROW])
    reached = [int(sums[at - 1]) if at else 0 for at in before.to_list()]
    whole = int(sums[-1]) if sums.len() else 0
    rows = list(zip(parts.out[ROW].to_list(), _labels(parts.out), out.to_list(), reached, parts.control, strict=True))
    proving, found = _Proving(), []
    for row, label, cents, so_far, control in rows:
        if not proving.is_total(label, cents, so_far) and control:
            found.append((row, cents))
    upwards, above = _Proving(), set[int]()
    for row, label, cents, so_far, _ in reversed(rows) if found else ():
        above |= {row} if upwards.is_total(label, cents, whole - so_far) else set()
    found = [one for one in found if one[0] not in above]
    counts = _counts(parts, found) if found else []
    return [one for one in found if one not in counts]


def unproven_faults(
    parts: Parted, file: str, kept: pl.Series, balances: Callable[[pl.DataFrame], pl.Series]
) -> list[Fault]:
    """Rows that are left out as totals and are not the sum of rows above or below them (L184).

    Takes the cents of the rows that are kept, and what gives those of the rows that are out.
    """
    wrong = unproven(parts, kept, balances(parts.out)) if parts.out.height else []
    return capped([fault("L184", file, row, None, euros(cents), cents=cents) for row, cents in wrong], MOST_NAMED)


def _counts(parts: Parted, unproven: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Of rows that are no sum those that say how many rows stand above them, and are right: `Aantal regels 24`.

    The word may stand in a column that nobody reads: then it is a row below all others.
    """
    texts = pl.concat_str(pl.all().cast(pl.String).fill_null(""), separator=" ")
    named = set(parts.out.filter(parts.out.select(texts.str.contains(COUNTED)).to_series())[ROW].to_list())
    above = {row: int(parts.kept[ROW].search_sorted(row)) for row, _ in unproven}
    above = {row: count for row, count in above.items() if row in named or count == parts.kept.height}
    return [
        (row, cents) for row, cents in unproven if row in above and abs(cents) in {above[row] * one for one in UNITS}
    ]


def _labels(out: pl.DataFrame) -> list[str]:
    if LABEL not in out.columns:
        return [""] * out.height
    return [str(label).partition(BETWEEN)[2] for label in out[LABEL].cast(pl.String).to_list()]


class _Proving:
    """The totals of a file so far: where each ended, and what was added up since."""

    def __init__(self) -> None:
        self.opening = 0
        self.ends = [0]
        self.of_name: dict[str, int] = {}

    def is_total(self, label: str, cents: int | None, so_far: int) -> bool:
        """Whether the next row that is left out is what its name says; so much has been booked above it."""
        if OPENS.match(label):
            self.opening += cents or 0
            return True
        since = {so_far, so_far - self.of_name.get(_kind(label), 0), *(so_far - end for end in self.ends)}
        proven = cents is None or cents in since or cents - self.opening in since
        self.opening = 0 if CLOSES.match(label) else self.opening
        self.ends = [*self.ends[-MOST_ENDS:], so_far]
        self.of_name[_kind(label)] = so_far
        return proven


def _kind(label: str) -> str:
    """The first word of a total: `Subtotaal 7101` and `Subtotaal 7102` are of one kind."""
    return label.partition(" ")[0].casefold()
