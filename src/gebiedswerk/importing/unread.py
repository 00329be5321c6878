"""Columns of amounts that a profile does not read: said once, with what they add up to."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gebiedswerk.core.dutch import euros
from gebiedswerk.core.faults import Fault, fault
from gebiedswerk.dossier import Delivery
from gebiedswerk.importing.marks import bare, cents_of, to_the_cent
from gebiedswerk.importing.samples import Sample, sample_of
from gebiedswerk.ledger.importers import Importer
from gebiedswerk.ledger.importers.tabular import used_columns

MOST_BYTES = 2**24
"""A larger file is not looked through for this: its first rows were, when its profile was proposed."""
WITH_CENTS = re.compile(r"[.,][0-9]{2}(?![0-9])")


def unread_faults(importer: Importer, delivery: Delivery) -> list[Fault]:
    """The columns with amounts that nobody reads (L188), by the first rows of a file."""
    if importer.name == "xaf" or delivery.path.stat().st_size > MOST_BYTES:
        return []
    sample = sample_of(delivery.path, importer.name)
    if sample is None:
        return []
    read = {*used_columns(delivery.profile), ""}
    found = []
    for header in dict.fromkeys(name for name in sample.header if name not in read):
        cents = _cents(sample, header, (delivery.profile.decimal, delivery.profile.thousands))
        if cents and sample.header.count(header) == 1:
            facts = {"count": len(cents), "cents": euros(sum(cents)), "profile": delivery.settings.profile}
            found.append(fault("L188", delivery.file, None, header, None, **facts))
    return found


def _cents(sample: Sample, header: str, pair: tuple[str, str]) -> Sequence[int]:
    """The amounts of a column in cents; none where a cell is no amount, or none has cents."""
    cells = [cell for cell in sample.column(header) if cell]
    if header in sample.numbers:
        cells, pair = [to_the_cent(cell, (".", "")) for cell in cells], (".", "")
    with_cents = any(WITH_CENTS.search(cell) and not cell.endswith(".00") for cell in cells)
    read = [cents_of(cell, pair) for cell in bare(cells, pair[0])] if with_cents else []
    return [] if None in read else [one for one in read if one is not None]
