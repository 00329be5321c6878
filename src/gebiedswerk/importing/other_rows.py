"""Rows of which a column says that they may be no postings of this delivery: their kind, status, owner or currency."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from gebiedswerk.core.faults import Fault, fault
from gebiedswerk.dossier import Delivery, DeliveryKind, Profile
from gebiedswerk.formats.left_out import pattern
from gebiedswerk.formats.posting_reader import AMOUNTS
from gebiedswerk.formats.postings import CODES
from gebiedswerk.formats.row_kinds import (
    IN_TEXTS,
    SAID_OF_ROWS,
    is_of_administration,
    other_currencies,
    said_elsewhere,
    tells_rows_apart,
)
from gebiedswerk.formats.sample import Sample
from gebiedswerk.formats.synonyms import plain

MOST_KINDS = 8
"""Different cells of a column of kinds; a column of texts has more."""
OF_TEXTS = re.compile("omschr|descr|tekst|text|toelicht")
"""In the name of a column of texts: what is planned or promised may stand there beside what is booked."""
IN_EUROS = re.compile("(?i:eur|€)|DC$")
"""In the name of a column of amounts: they are in euros, whatever the currency of the invoice was."""
OF_POSTING = ("year", "period", "ledger_account", "cost_centre")
"""What a posting has and a total lacks, as far as a file has columns for it."""


def other_rows(sample: Sample, delivery: Delivery) -> Iterator[Fault]:
    """Rows that a column says are something else than the delivery (L248), or may be (L280): a budget, a concept."""
    profile = delivery.profile
    read = {header for name, header in profile.columns.items() if name not in (*CODES, "description")}
    read |= {profile.flows.column, profile.sign.column if profile.sign else "", ""}
    texts = profile.columns.get("description")
    for header in dict.fromkeys(name for name in sample.header if name not in read and sample.header.count(name) == 1):
        cells = _cells(sample, header, profile)
        others = [cell for cell in _others(header, cells, delivery, texts) if cell not in profile.keep]
        others = [cell for cell in others if cell or header not in profile.keep]
        profile_name = delivery.settings.profile
        if others:
            count = sum(cells[cell] for cell in others)
            shown = ", ".join(one or "–" for one in others)
            facts = {"count": count, "texts": shown, "found": others}
            yield fault("L248", delivery.file, None, header, others[0], profile=profile_name, **facts)
        elif _is_open(header, cells, delivery):
            words = [cell for cell, _ in cells.most_common()]
            shown = ", ".join(f"{cell or '–'} ({count})" for cell, count in cells.most_common())
            yield fault("L280", delivery.file, None, header, shown, found=words, profile=profile_name)
    yield from _below_lines(sample, delivery)


def _cells(sample: Sample, header: str, profile: Profile) -> Counter[str]:
    """The cells of a column in rows that may be postings, and are not left out by what stands there."""
    at = sample.header.index(header)
    places = [sample.header.index(name) for key in OF_POSTING if (name := profile.columns.get(key)) in sample.header]
    found = Counter(row[at] for row in sample.rows if row[at] or all(row[place] for place in places))
    found -= Counter(one.text for one in sample.lines if one.at == at)
    rules = [rule for rule in profile.leave_out if rule.column == header]
    gone = [text for rule in rules for text in rule.text]
    kept = (cell for cell in found if not any(re.match(pattern(text), cell) for text in gone))
    empty = any(rule.empty for rule in rules)
    return Counter({cell: found[cell] for cell in kept if cell or not empty})


def _others(header: str, cells: Counter[str], delivery: Delivery, texts: str | None) -> Iterator[str]:
    """The cells of a column that say that a row is of another kind, currency or administration than most are."""
    profile, kind, filled = delivery.profile, delivery.settings.kind, [cell for cell in cells if cell]
    if header == texts or OF_TEXTS.search(plain(header)):
        yield from filter(IN_TEXTS.fullmatch, filled if kind is DeliveryKind.REALISED else [])
    elif len(filled) > MOST_KINDS:
        return
    elif is_of_administration(header):
        yield from [cell for cell, _ in cells.most_common() if cell][1:]
    elif foreign := other_currencies(header, filled):
        in_euros = any(IN_EUROS.search(profile.columns.get(name, "")) for name in AMOUNTS)
        yield from () if in_euros else foreign
    else:
        yield from said_elsewhere(header, cells, kind)


def _is_open(header: str, cells: Counter[str], delivery: Delivery) -> bool:
    """Whether nobody said yet which words of a status or of a part of the organisation belong to a delivery."""
    profile, few = delivery.profile, len(cells) <= MOST_KINDS
    said = {header, *cells} & {*profile.keep} or any(rule.column == header for rule in profile.leave_out)
    postings = delivery.settings.kind is DeliveryKind.REALISED
    read = {name for key, name in profile.columns.items() if key != "category"}  # `Soort` may be taken for one
    return postings and few and not said and header not in read and tells_rows_apart(header, cells)


def _below_lines(sample: Sample, delivery: Delivery) -> Iterator[Fault]:
    """Rows below a line that says what they are (L248), as a second table in one file: `Openstaande verplichtingen`."""
    words = SAID_OF_ROWS.get(delivery.settings.kind)
    gone = [one for one in delivery.profile.leave_out if one.below]
    for line in sample.lines if not gone else ():
        header = sample.header[line.at] if line.at < len(sample.header) else ""
        if words and line.above and header and words.fullmatch(line.text) and line.text not in delivery.profile.keep:
            facts = {"count": 1, "texts": line.text, "found": [line.text], "profile": delivery.settings.profile}
            yield fault("L248", delivery.file, None, header, line.text, below="true", **facts)
            return
