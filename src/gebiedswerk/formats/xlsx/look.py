"""A look at a workbook without reading it: the headers of its sheets, and when it was made."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from gebiedswerk.dossier import Profile
from gebiedswerk.formats.grid import with_unnamed
from gebiedswerk.formats.profile_reader import used_columns
from gebiedswerk.formats.sheets.books import grids_of, open_book
from gebiedswerk.formats.sheets.of_book import SHEET, is_named
from gebiedswerk.formats.xlsx.parts import BROKEN, Unreadable

LOOKED_AT = 2**16
"""So many bytes of the properties of a workbook are looked at."""
_PROPERTY = re.compile(rb"<(?:\w+:)?(created|modified)\b[^>]*>\s*([0-9T:.Z+-]{10,35})\s*<")


def headers_of(path: Path, profile: Profile, rows: Sequence[int] = ()) -> Iterator[list[str]]:
    """The headers of its sheets, in the row where a profile has them, or in other `rows`.

    None where the workbook is damaged: the importer says why.
    """
    try:
        with open_book(path) as workbook:
            used = used_columns(profile)
            named = [sheet for sheet in workbook.sheets if is_named(profile, sheet)]
            for row in rows or (profile.header_row,):
                for grid in grids_of(workbook, named, row, (), 1, profile.header_rows):
                    header = with_unnamed([cell.strip() for cell in grid.header], used)
                    yield [*header, SHEET] if SHEET in used and SHEET not in header else header
    except (Unreadable, *BROKEN):
        return


def moments_of(path: Path) -> tuple[tuple[datetime, str], ...]:
    """When a workbook was made, and when it was last saved where that is another day."""
    with (
        suppress(OSError, KeyError, zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError),
        zipfile.ZipFile(path) as book,
    ):
        with book.open("docProps/core.xml") as part:
            found = dict(_PROPERTY.findall(part.read(LOOKED_AT)))
        told = {name.decode(): _local(text.decode()) for name, text in found.items()}
        moments = {moment: f"docProps {name} {moment:%d-%m-%Y %H:%M}" for name, moment in sorted(told.items())}
        first = told.get("created")
        if first is not None and "modified" in told and told["modified"].date() == first.date():
            moments = {first: moments[first]}
        return tuple(moments.items())
    return ()


def _local(text: str) -> datetime:
    """A moment of a workbook, on the clock of the town hall. Raises ValueError."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        return moment.replace(microsecond=0)
    universal = moment.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    return universal + timedelta(hours=2 if _summer(universal) else 1)


def _summer(universal: datetime) -> bool:
    """Whether it is summer time in Europe: from the last Sunday of March to that of October, at 1:00 (2000/84/EC)."""
    begin, end = (datetime(universal.year, month, 31, 1) for month in (3, 10))  # noqa: DTZ001 - universal
    begin, end = (day - timedelta(days=(day.weekday() + 1) % 7) for day in (begin, end))
    return begin <= universal < end
