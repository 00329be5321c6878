"""Columns of amounts that a profile does not read: said once, with what they add up to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from gebiedswerk.core.dutch import euros
from gebiedswerk.core.faults import Fault, fault
from gebiedswerk.dossier import Delivery, DeliveryKind
from gebiedswerk.importing.marks import bare, cents_of, to_the_cent
from gebiedswerk.importing.samples import Sample, sample_of
from gebiedswerk.ledger.importers import Importer
from gebiedswerk.ledger.importers.reading import AMOUNTS
from gebiedswerk.ledger.importers.tabular import used_columns
from gebiedswerk.ledger.postings import CODES

_PLANNED = (
    r"(?:primitieve? )?(?:begroting(?:swijziging(?:en)?)?|begroot|gebudgetteerd|budget|raming|prognose)"
    r"(?: (?:primitief|gewijzigd|(?:na|incl\.?) wijziging(?:en)?))?"
)
_PROMISED = r"(?:openstaande? )?verplichting(?:en)?|commitments?|obligo"
_BOOKED = r"realisatie|gerealiseerd|werkelijk|geboekt|actuals?"
_YEAR = r"(?: [0-9]{4})?"
OTHER_KINDS: Mapping[DeliveryKind, re.Pattern[str]] = {  # literal: words that are read, never shown
    DeliveryKind.REALISED: re.compile(rf"(?i)(?:{_PLANNED}|{_PROMISED}){_YEAR}"),
    DeliveryKind.BUDGET: re.compile(rf"(?i)(?:{_BOOKED}|{_PROMISED}){_YEAR}"),
    DeliveryKind.COMMITMENT: re.compile(rf"(?i)(?:{_PLANNED}|{_BOOKED}){_YEAR}"),
}
"""Kind of delivery → the words by which a row says that it is of another one."""
MOST_KINDS = 8
"""Different cells of a column of kinds; a column of texts has more."""
MOST_BYTES = 2**24
"""A larger file is not looked through for this: its first rows were, when its profile was proposed."""
_TIMES = r"(?:(?<![a-z])[x×*]|\bin) *(?:(?:€|eur(?:o)?) *)?"
IN_THOUSANDS = re.compile(  # literal: words that are read, never shown
    rf"(?i)(?:{_TIMES}1[.,\u00a0 ]?000(?![0-9.,]*[0-9])|\bin (?:€ *)?(?:duizend|thousand)|\bk€|€ *k\b"
    rf"|\bduizend(?:en|tallen)? euro|(?P<millions>{_TIMES}(?:1 *)?(?:mln|mil[jl]i?oen|million)))"
)
"""Words above amounts that say that they are in thousands, or in millions."""
WITH_CENTS = re.compile(r"[.,][0-9]{2}(?![0-9])")


def unread_faults(importer: Importer, delivery: Delivery) -> list[Fault]:
    """The columns with amounts that nobody reads (L188), by the first rows of a file; and words above them that say in
    how many euros they are, where the profile does not (L247).
    """
    if importer.name == "xaf" or delivery.path.stat().st_size > MOST_BYTES:
        return []
    sample = sample_of(delivery.path, importer.name)
    if sample is None:
        return []
    read = {*used_columns(delivery.profile), ""}
    found = [*_in_thousands(sample, delivery), *_of_other_kinds(sample, delivery)]
    for header in dict.fromkeys(name for name in sample.header if name not in read):
        cents = _cents(sample, header, (delivery.profile.decimal, delivery.profile.thousands))
        if cents and sample.header.count(header) == 1:
            facts = {"count": len(cents), "cents": euros(sum(cents)), "profile": delivery.settings.profile}
            found.append(fault("L188", delivery.file, None, header, None, **facts))
    return found


def _of_other_kinds(sample: Sample, delivery: Delivery) -> Iterator[Fault]:
    """Rows that a column of kinds says are something else than the delivery (L248): a budget among postings."""
    words, profile = OTHER_KINDS.get(delivery.settings.kind), delivery.profile
    told = {header for name, header in profile.columns.items() if name not in CODES}
    told |= {profile.flows.column, profile.sign.column if profile.sign else "", ""}
    told |= {one.column for one in profile.leave_out}
    for header in dict.fromkeys(name for name in sample.header if name not in told):
        cells = Counter(sample.column(header)) if sample.header.count(header) == 1 else Counter()
        other = [cell for cell in cells if words and words.fullmatch(cell) and cell not in profile.keep]
        if other and len(cells) <= MOST_KINDS:
            count = sum(cells[cell] for cell in other)
            facts = {"count": count, "texts": ", ".join(other), "found": other, "profile": delivery.settings.profile}
            yield fault("L248", delivery.file, None, header, other[0], **facts)


def _in_thousands(sample: Sample, delivery: Delivery) -> Iterator[Fault]:
    money = [name for key, name in delivery.profile.columns.items() if key in AMOUNTS]
    money += [*delivery.profile.budget_amounts.kinds()]
    said = [(text, found) for text in (*sample.title, *money) if (found := IN_THOUSANDS.search(text))]
    if said and delivery.profile.unit is None:
        text, words = said[0]
        unit = 1_000_000 if words["millions"] else 1000
        yield fault("L247", delivery.file, None, None, text, unit_said=unit, profile=delivery.settings.profile)


def _cents(sample: Sample, header: str, pair: tuple[str, str]) -> Sequence[int]:
    """The amounts of a column in cents; none where a cell is no amount, or none has cents."""
    cells = [cell for cell in sample.column(header) if cell]
    if header in sample.numbers:
        cells, pair = [to_the_cent(cell, (".", "")) for cell in cells], (".", "")
    with_cents = any(WITH_CENTS.search(cell) and not cell.endswith(".00") for cell in cells)
    read = [cents_of(cell, pair) for cell in bare(cells, pair[0])] if with_cents else []
    return [] if None in read else [one for one in read if one is not None]
