"""What would tell who someone is, in all that is published: columns, tables and texts; and what was accepted of it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

import polars as pl

from gebiedswerk.core.faults import Fault, capped, fault
from gebiedswerk.core.names import Names
from gebiedswerk.dossier import Dossier, standing
from gebiedswerk.dossier.tables import PrivacyAccepted, PrivacyKind
from gebiedswerk.language.personal_data import MAYBE, Hit, found, masked, same
from gebiedswerk.ledger.ledger import Ledger
from gebiedswerk.ledger.public import SmallGroup, small_groups
from gebiedswerk.ledger.public_texts import Rendered, public_texts
from gebiedswerk.ledger.scan import creditors, hits_in_postings, named_in

CODES: Mapping[str, str] = {
    "bsn": "V101",
    "iban": "V102",
    "email": "V103",
    "phone": "V104",
    "creditor": "V105",
    "address": "V120",
    "birth": "V121",
}
MEANT: Mapping[str, tuple[str, str]] = {"contact": ("email", "phone")}
"""A column that is there to be found by, and what may stand in it."""


def privacy_faults(dossier: Dossier, ledgers: Sequence[Ledger], rendered: Rendered) -> list[Fault]:
    """All that may not be published as it is, on the bases that are shown (V101 and up).

    `rendered`: the texts as a reader gets them, beside how they are written.
    """
    wanted = creditors(dossier)
    hits = [*hits_in_postings(dossier, ledgers, wanted), *hits_in_texts(dossier, wanted, rendered)]
    small = list(dict.fromkeys(found for ledger in ledgers for found in small_groups(ledger, dossier)))
    accepted = standing(dossier.privacy_accepted)
    left = [hit for hit in hits if not any(_accepts(row, hit) for row in accepted)]
    open_groups = [one for one in small if not any(_accepts_group(row, one) for row in accepted)]
    idle = [
        row
        for row in accepted
        if row.kind != PrivacyKind.DIFFERENCE  # what it is about may be a site, of which nothing is known here
        and not any(_accepts(row, hit) for hit in hits)
        and not any(_accepts_group(row, one) for one in small)
    ]
    return [
        *capped(_fault(hit) for hit in _once(left)),
        *capped(one.fault() for one in open_groups),
        *_undecided(dossier),
        *capped(fault("V109", "privacy_accepted.csv", row.row, "id", row.id) for row in idle),
    ]


def _once(hits: Sequence[Hit]) -> Iterator[Hit]:
    """The same words in the same column are one hit, on the first row, with how often they stand there."""
    times = Counter((hit.kind, hit.text, hit.file, hit.column) for hit in hits)
    first: dict[tuple[str, str, str, str | None], Hit] = {}
    for hit in hits:
        first.setdefault((hit.kind, hit.text, hit.file, hit.column), hit)
    return (replace(hit, times=times[key]) for key, hit in first.items())


def _fault(hit: Hit) -> Fault:
    """A hit as a fault; the words themselves are not said again in full."""
    return fault(CODES[hit.kind], hit.file, hit.row, hit.column, masked(hit.text), times=hit.times)


def _accepts(row: PrivacyAccepted, hit: Hit) -> bool:
    """Whether an accepted row is about a hit: what it does not name may be anything."""
    words = hit.text if row.text == hit.text or same(row.text) != same(hit.text) else row.text
    pairs = ((row.text, words), (row.file, hit.file), (row.row_in_file, hit.row), (row.column, hit.column))
    named = [asked == there for asked, there in pairs if asked not in ("", None)]
    return row.kind == hit.kind and bool(named) and all(named)


def _accepts_group(row: PrivacyAccepted, small: SmallGroup) -> bool:
    """Whether an accepted row is about a total that gives something away: of this file, line and year."""
    return row.kind == "small_group" and (row.file, row.line, row.year) == (small.file, small.line, small.year)


def _undecided(dossier: Dossier) -> Iterator[Fault]:
    """Columns without a decision (V107), and a decision while nothing says what is never public (V108)."""
    for delivery in dossier.deliveries:
        settings = delivery.settings
        if settings.public_columns and not settings.public_decision:
            place = f"deliveries/{delivery.id}/delivery.toml"
            yield fault("V107", place, None, "public_columns", ", ".join(settings.public_columns))
    published = any(delivery.settings.public_decision for delivery in dossier.deliveries)
    if published and dossier.settings.privacy.block is None:
        yield fault("V108", "dossier.toml", None, "privacy.block")


def hits_in_texts(dossier: Dossier, wanted: Names, rendered: Rendered) -> Iterator[Hit]:
    """Every hit in what people wrote, each once per place; on the line on which it begins."""
    texts = list(public_texts(dossier, rendered))
    cells = pl.Series([one.words for one in texts], dtype=pl.String).unique(maintain_order=True)
    named = defaultdict[str, list[tuple[str, int]]](list)
    for cell, name, place in named_in(cells, wanted):
        named[cell].append((name, place))
    once, maybe = dossier.session.once, cells.filter(cells.str.contains(MAYBE))  # a code stands in many tables
    marks = {words: once(("marks", words), partial(found, words)) for words in maybe}
    seen = set[tuple[str, str, str, int | None, str | None]]()
    for one in texts:
        free = MEANT.get(one.column or "", ())
        hits = [(hit.kind, hit.words, hit.place) for hit in marks.get(one.words, ()) if hit.kind not in free]
        hits += [("creditor", name, place) for name, place in named.get(one.words, ())]
        of_lines = one.column is None and bool(hits)  # a row of a table is one row
        ends = [end.start() for end in re.finditer("\n", one.words)] if of_lines else []
        for kind, words, place in hits:
            row = None if one.row is None else one.row + bisect_left(ends, place)
            key = (kind, same(words), one.file, row, one.column)
            if key not in seen:
                seen.add(key)
                yield Hit(kind, words, one.file, row, one.column)
