"""Columns of amounts that a profile does not read: said once, with what they add up to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from gebiedswerk.core.faults import Fault, fault
from gebiedswerk.dossier import Delivery, DeliveryKind, Profile
from gebiedswerk.formats.number_styles import bare, cents_of, to_the_cent
from gebiedswerk.formats.posting_reader import AMOUNTS
from gebiedswerk.formats.postings import CODES
from gebiedswerk.formats.profile_reader import used_columns
from gebiedswerk.formats.registry import Importer
from gebiedswerk.formats.sample import Sample
from gebiedswerk.formats.synonyms import plain
from gebiedswerk.formats.units import unit_of_cell, unit_of_header, unit_said
from gebiedswerk.importing.beside_months import beside_months
from gebiedswerk.importing.cents import cents_faults
from gebiedswerk.language.numbers_and_dates import euros

_PLANNED = (
    r"(?:primitieve? )?(?:begroting(?:swijziging(?:en)?)?|begroot|gebudgetteerd|budget|raming|prognose)"
    r"(?: (?:primitief|gewijzigd|(?:na|incl\.?) wijziging(?:en)?))?"
)
_PROMISED = r"(?:openstaande? )?verplichting(?:en)?|commitments?|obligo"
_NOT_BOOKED = (  # literal: words that are read, never shown
    r"(?:nog )?niet (?:definitief )?(?:geboekt|verwerkt|gefiatteerd|geaccordeerd)"
    r"|(?:voorlopige?|concept)(?: ?(?:geboekt|boeking))?|vervallen|geannuleerd|geparkeerd"
    r"|afgekeurd|verwijderd|parked|draft|cancelled|void"
)
_BOOKED = r"realisatie|gerealiseerd|werkelijk|geboekt|actuals?"
_YEAR = r"(?: [0-9]{4})?"
OTHER_KINDS: Mapping[DeliveryKind, re.Pattern[str]] = {  # literal: words that are read, never shown
    DeliveryKind.REALISED: re.compile(rf"(?i)(?:{_PLANNED}|{_PROMISED}){_YEAR}|{_NOT_BOOKED}"),
    DeliveryKind.BUDGET: re.compile(rf"(?i)(?:{_BOOKED}|{_PROMISED}){_YEAR}"),
    DeliveryKind.COMMITMENT: re.compile(rf"(?i)(?:{_PLANNED}|{_BOOKED}){_YEAR}"),
}
"""Kind of delivery → the words by which a row says that it is of another one."""
OF_ADMINISTRATION = frozenset(  # literal: words that are read, never shown
    "administratie administratiecode administratienummer adm bedrijf bedrijfscode bedrijfsnummer company companycode "
    "division entiteit entity organisatie gemeente".split()
)
"""Names of columns that say whose a row is: one delivery is of one administration."""
OF_CURRENCY = frozenset(  # literal: words that are read, never shown
    "valuta valutacode munt muntsoort munteenheid currency currencycode curr".split()
)
"""Names of columns that say in which currency an amount is."""
IN_EUROS = re.compile("(?i:eur|€)|DC$")
"""In the name of a column of amounts: they are in euros, whatever the currency of the invoice was."""
DUTCH_DAY = re.compile("([0-9]{1,2})[-/.][0-9]{1,2}[-/.][0-9]{2,4}")
ISO_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
FEW_DAYS, LAST_MONTH = 4, 12
"""Of fewer days nothing can be told; and the last day that may be a month too."""
MOST_KINDS = 8
"""Different cells of a column of kinds; a column of texts has more."""
MOST_BYTES = 2**24
"""Of a larger text the first rows are looked at alone; a larger workbook is not looked through for this."""
OF_UNIT = frozenset(  # literal: words that are read, never shown
    "eenheid eenheden unit units factor schaal schaling vermenigvuldiger bedrageenheid valutaeenheid".split()
)
"""Names of columns in which a bare number or letter says in how many euros amounts are."""
WITH_CENTS = re.compile(r"[.,][0-9]{2}(?![0-9])")


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
    found += [*_of_other_kinds(sample, delivery), *_swapped_days(sample, delivery), *beside_months(sample, delivery)]
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
        cells -= Counter(one.text for one in sample.lines if one.at == sample.header.index(header))
        other = [cell for cell in _others(header, cells, words, profile) if cell not in profile.keep]
        if other and len(cells) <= MOST_KINDS:
            count = sum(cells[cell] for cell in other)
            facts = {"count": count, "texts": ", ".join(other), "found": other, "profile": delivery.settings.profile}
            yield fault("L248", delivery.file, None, header, other[0], **facts)
    yield from _below_lines(sample, delivery, words)


def _others(header: str, cells: Counter[str], words: re.Pattern[str] | None, profile: Profile) -> Iterator[str]:
    """The cells of a column that say that a row is of another kind, currency or administration than most are."""
    if plain(header) in OF_ADMINISTRATION and len(cells) > 1:
        yield from (cell for cell, _ in cells.most_common()[1:])
    elif plain(header) in OF_CURRENCY and not any(IN_EUROS.search(profile.columns.get(name, "")) for name in AMOUNTS):
        yield from (cell for cell in cells if re.fullmatch("[A-Z]{3}", cell) and cell != "EUR")
    elif words is not None:
        yield from filter(words.fullmatch, cells)


def _below_lines(sample: Sample, delivery: Delivery, words: re.Pattern[str] | None) -> Iterator[Fault]:
    """Rows below a line that says what they are (L248), as a second table in one file: `Openstaande verplichtingen`."""
    gone = [one for one in delivery.profile.leave_out if one.below]
    for line in sample.lines if not gone else ():
        header = sample.header[line.at] if line.at < len(sample.header) else ""
        if words and line.above and header and words.fullmatch(line.text) and line.text not in delivery.profile.keep:
            facts = {"count": 1, "texts": line.text, "found": [line.text], "profile": delivery.settings.profile}
            yield fault("L248", delivery.file, None, header, line.text, below="true", **facts)
            return


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
    money += [*profile.budget_amounts.kinds(), *profile.period_columns.values()]
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
    cells = [cell for cell in sample.column(header) if cell]
    if header in sample.numbers:
        cells, pair = [to_the_cent(cell, (".", "")) for cell in cells], (".", "")
    with_cents = any(WITH_CENTS.search(cell) and not cell.endswith(".00") for cell in cells)
    read = [cents_of(cell, pair) for cell in bare(cells, pair[0])] if with_cents else []
    return [] if None in read else [one for one in read if one is not None]
