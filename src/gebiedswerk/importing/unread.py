"""Columns of amounts that a profile does not read: said once, with what they add up to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gebiedswerk.core.faults import Fault, fault
from gebiedswerk.dossier import Delivery
from gebiedswerk.formats.number_styles import WITH_CENTS, amounts_in, to_the_cent
from gebiedswerk.formats.posting_reader import AMOUNTS
from gebiedswerk.formats.profile_reader import used_columns
from gebiedswerk.formats.registry import Importer
from gebiedswerk.formats.sample import Sample
from gebiedswerk.formats.synonyms import plain
from gebiedswerk.formats.units import unit_of_cell, unit_of_header, unit_said
from gebiedswerk.importing.beside_months import beside_months
from gebiedswerk.importing.cents import cents_faults
from gebiedswerk.importing.other_rows import other_rows
from gebiedswerk.language.numbers_and_dates import euros

DUTCH_DAY = re.compile("([0-9]{1,2})[-/.][0-9]{1,2}[-/.][0-9]{2,4}")
ISO_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
FEW_DAYS, LAST_MONTH = 4, 12
"""Of fewer days nothing can be told; and the last day that may be a month too."""
MOST_BYTES = 2**24
"""Of a larger text the first rows are looked at alone; a larger workbook is not looked through for this."""
OF_UNIT = frozenset(  # literal: words that are read, never shown
    "eenheid eenheden unit units factor schaal schaling vermenigvuldiger bedrageenheid valutaeenheid".split()
)
"""Names of columns in which a bare number or letter says in how many euros amounts are."""


def unread_faults(importer: Importer, delivery: Delivery) -> list[Fault]:
    """The columns with amounts that nobody reads (L188), by the first rows of a file; and words above them that say in
    how many euros they are, where the profile does not (L247).
    """
    small = delivery.path.stat().st_size <= MOST_BYTES
    sample = importer.sample(delivery.path, delivery.profile, whole=small)
    if sample is None:
        return []
    read = {*used_columns(delivery.profile), ""}
    found = [*_in_thousands(sample, delivery), *cents_faults(sample, delivery)]
    found += [*other_rows(sample, delivery), *_swapped_days(sample, delivery), *beside_months(sample, delivery)]
    for header in dict.fromkeys(name for name in sample.header if name not in read):
        cents = _cents(sample, header, (delivery.profile.decimal, delivery.profile.thousands))
        if cents and sample.header.count(header) == 1:
            facts = {"count": len(cents), "cents": euros(sum(cents)), "profile": delivery.settings.profile}
            found.append(fault("L188", delivery.file, None, header, None, **facts))
    return found


def _swapped_days(sample: Sample, delivery: Delivery) -> Iterator[Fault]:
    """Days of a sheet of which some are text (L256): a spreadsheet took those for days that may be month and day too,
    with the month first, and left the others as they were.
    """
    header = delivery.profile.columns.get("booked_on", "")
    if delivery.profile.swapped_days is not None or sample.delimiter or header not in sample.header:
        return
    cells = sample.column(header)
    texts = [int(found[1]) for cell in cells if (found := DUTCH_DAY.match(cell))]
    days = [int(cell[8:]) for cell in cells if ISO_DAY.fullmatch(cell)]
    if texts and days and len(texts) + len(days) >= FEW_DAYS and min(texts) > LAST_MONTH >= max(days):
        first = next(cell for cell in cells if ISO_DAY.fullmatch(cell))
        facts = {"count": len(days), "profile": delivery.settings.profile}
        yield fault("L256", delivery.file, None, header, first, **facts)


def _in_thousands(sample: Sample, delivery: Delivery) -> Iterator[Fault]:
    """Words that say that amounts are in thousands or millions (L247): in a line, in the name of a sheet or of a column
    of amounts, or in all cells of a column.
    """
    profile = delivery.profile
    money = [name for key, name in profile.columns.items() if key in AMOUNTS]
    money += [*profile.budget_amounts.kinds(), *profile.period_columns.values(), *profile.income_columns.values()]
    lines = [*sample.title, *sample.sheets, *(one.text for one in sample.lines)]
    said = [(text, unit_said(text)) for text in lines] + [(name, unit_of_header(name)) for name in money]
    said += _units_beside(sample, {*used_columns(profile), ""})
    text, unit = next(((text, unit) for text, unit in said if unit), ("", None))
    if unit is not None and profile.unit is None:
        yield fault("L247", delivery.file, None, None, text, unit_said=unit, profile=delivery.settings.profile)


def _units_beside(sample: Sample, read: set[str]) -> Iterator[tuple[str, int | None]]:
    """Columns that nobody reads and that hold one unit, in every row: `Eenheid` with `x 1.000`."""
    for header in (name for name in sample.header if name not in read and sample.header.count(name) == 1):
        cells = set(sample.column(header))
        cell = cells.pop() if len(cells) == 1 else ""
        if plain(header) in OF_UNIT or not re.fullmatch("[0-9.,]+|[A-Za-z]", cell):
            yield f"{header}: {cell}", unit_of_cell(cell)


def _cents(sample: Sample, header: str, pair: tuple[str, str]) -> Sequence[int]:
    """The amounts of a column in cents; none where a cell is no amount, or none has cents."""
    cells = sample.column(header)
    if header in sample.numbers:
        cells, pair = [to_the_cent(cell, (".", "")) for cell in cells], (".", "")
    with_cents = any(WITH_CENTS.search(cell) and not cell.endswith(".00") for cell in cells)
    read = amounts_in(cells, pair) if with_cents else []
    return [] if None in read else [one for one in read if one is not None]
