"""Amounts of which the file says that they are in cents, or whose cents stand in a column of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gebiedswerk.core.faults import Fault, fault
from gebiedswerk.dossier import Delivery
from gebiedswerk.formats.grid import UNNAMED, as_written
from gebiedswerk.formats.posting_reader import AMOUNTS
from gebiedswerk.formats.sample import Sample

IN_CENTS = re.compile(  # literal: words that are read, never shown
    r"(?i)(?<!geen )(?<!zonder )(?<!excl )(?<!excl\. )(?<![a-z])(?:euro)?cent(?:en|s)?(?![a-z])"
    r"|(?:bedrag|amount)_?(?:in_?)?cent(?:en|s)?(?![a-z])"
)
"""Words above amounts, or in the name of their column, that say that they are in cents."""
SHORT = re.compile(r"(?i)(?<![a-z])ct(?:s|n)?(?![a-z])")
"""The same in the name of a column alone."""
WITH_CENTS = re.compile(r"[.,](?:[0-9]|0[1-9]|[1-9][0-9])(?:[^0-9]*|-)$")
BARE_CENTS = re.compile(r"-?[0-9]{1,2}(?:[.,]0+)?")
LAST_DAY = 31
"""Numbers up to here may be days, months or an order of rows."""


def cents_faults(sample: Sample, delivery: Delivery) -> Iterator[Fault]:
    """Ask whether whole amounts are in cents (L258), and whether their cents stand beside them (L259)."""
    profile = delivery.profile
    money = {name: header for name, header in profile.columns.items() if name in AMOUNTS}
    money = {name: header for name, header in money.items() if header in sample.header and sample.column(header)}
    whole = {name: header for name, header in money.items() if _is_whole(sample.column(header))}
    facts = {"profile": delivery.settings.profile}
    beside = {name: found for name, header in whole.items() if (found := _beside(sample, header))}
    beside = {name: header for name, header in beside.items() if header not in money.values()}
    for name, header in beside.items():
        if name not in profile.cents_columns:
            yield fault("L259", delivery.file, None, money[name], header, name=name, **facts)
    apart = [name for name in beside if profile.cents_columns.get(name) != ""]
    if profile.in_cents is None and profile.unit is None and whole and len(whole) == len(money) and not apart:
        lines = (*sample.title, *(one.text for one in sample.lines))
        said = [text for text in lines if IN_CENTS.search(text)]
        said += [header for header in money.values() if IN_CENTS.search(header) or SHORT.search(header)]
        if said:
            yield fault("L258", delivery.file, None, None, said[0], **facts)


def _is_whole(cells: Sequence[str]) -> bool:
    """Whether no amount in a column has cents."""
    return not any(map(WITH_CENTS.search, cells))


def _beside(sample: Sample, header: str) -> str:
    """The column right of that of an amount, where it holds its cents; else nothing."""
    at = sample.header.index(header) + 1
    name = sample.header[at] if at < len(sample.header) else ""
    written = as_written(name)
    named = IN_CENTS.search(written) or SHORT.search(written)
    if not name or not (named or UNNAMED.fullmatch(name)):
        return ""
    cells = sample.column(name)
    if not cells or not all(map(BARE_CENTS.fullmatch, cells)):
        return ""
    most = max(abs(int(re.split("[.,]", cell)[0])) for cell in cells)
    return name if named or most > LAST_DAY else ""
