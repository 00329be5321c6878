"""`add`: rows for the tables of a dossier, one by one or from a list that somebody has, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from gebiedswerk.core.actor import UNSAID, By
from gebiedswerk.core.faults import Checked, Fault, errors, fault
from gebiedswerk.dossier.additions import ADDABLE, Additions, RowShape, added
from gebiedswerk.dossier.reader import read
from gebiedswerk.dossier.table_files import read_file
from gebiedswerk.dossier.table_reader import columns_of
from gebiedswerk.dossier.totals import NAMED, SUMMED, shown

__all__ = ["Additions", "add_rows"]

CALLED: Mapping[str, frozenset[str]] = {  # literal: headers that are read, never shown
    "name": frozenset("naam gebied gebiedsnaam omschrijving wijk dorp kern".split()),
    "code": frozenset("gebiedscode postcode nummer budgetnummer".split()),
    "kind": frozenset("soort type".split()),
    "parent": frozenset(["hoort bij", "valt onder", "onderdeel van"]),
    "line": frozenset(["begrotingspost", "post", "budget"]),
    "area": frozenset(["gebied", "gebiedscode"]),
    "year": frozenset(["jaar", "boekjaar", "begrotingsjaar"]),
    "amount": frozenset("bedrag begroot begroting raming lasten".split()),
    "number": frozenset(["besluit", "besluitnummer", "raadsbesluit"]),
    "authority": frozenset(["orgaan", "besloten door"]),
    "decided_on": frozenset(["besluitdatum", "datum besluit", "besloten op"]),
    "programme": frozenset(["programma"]),
    "weight": frozenset(["gewicht", "inwoners", "aandeel"]),
}
"""What a list may call our columns. A header that could mean two of them means the first one that has none yet."""

Records = Sequence[Sequence[tuple[str, str]]]
"""Rows as (our column, cell)."""
ONE_ROW: Records = ((),)
"""One row of which nothing is said but the values that all rows get."""


def add_rows(
    path: Path,
    name: str,
    values: Mapping[str, str],
    source: Path | None = None,
    headers: Mapping[str, str] | None = None,
    by: By = UNSAID,
) -> Additions:
    """Add rows to a table, or to both tables of `lines`: one of these values, or one for each row of a list with them.

    `headers`: our name of a column → what the list calls it. Nothing lands where a row has a fault, or makes one.
    """
    checked = read(path)
    if checked.value is None:
        return Additions(checked.faults)
    shape = RowShape(name, values)
    (records, unread), faults = _listed(source, shape, headers or {}) if source else Checked((ONE_ROW, ()))
    if errors(faults):
        return Additions(faults, unread=unread)
    verb = f"add {name} {source.name if source else ' '.join(values)}".strip()
    done = added(checked.value, shape, records, by, verb)
    return replace(done, faults=(*faults, *done.faults), unread=unread)


def _listed(source: Path, shape: RowShape, headers: Mapping[str, str]) -> Checked[tuple[Records, tuple[str, ...]]]:
    """The rows of a list, the headers without a meaning, and what is wrong with it."""
    try:
        found, odd = read_file(source, source.name)
    except OSError:
        return Checked(([], ()), (fault("I116", str(source)),))
    if found is None or not found.records:
        return Checked(([], ()), odd or (fault("D103", source.name, 1, ", ".join(shape.columns)),))
    header = [cell.strip() for cell in found.records[0]]
    places = _places(header, shape, headers)
    lost = [name for name in headers.values() if name.casefold() not in map(str.casefold, header)]
    faults = [*odd, *(fault("D102", source.name, 1, name, name, known=header) for name in lost)]
    records = [(at, record) for at, record in enumerate(found.records[1:], start=2) if any(map(str.strip, record))]
    if records and any(NAMED.match(cell.strip()) for cell in records[-1][1]):
        faults += _total(records, places, shape, source.name)
        records.pop()
    rows = [[(name, record[at].strip()) for name, at in places.items() if at < len(record)] for _, record in records]
    unread = tuple(name for at, name in enumerate(header) if name and at not in places.values())
    return Checked((rows, unread), tuple(faults))


def _places(header: Sequence[str], shape: RowShape, headers: Mapping[str, str]) -> dict[str, int]:
    """Our column → the place of its header: as it was said, as we call it, or as lists do."""
    plain = [name.casefold() for name in header]
    said = {name: plain.index(told.casefold()) for name, told in headers.items() if told.casefold() in plain}
    own = {name: plain.index(name) for name in shape.columns if name in plain and name not in said}
    places = {**own, **said}
    for name in shape.columns:
        free = (at for at, told in enumerate(plain) if told in CALLED.get(name, ()) and at not in places.values())
        if name not in places and name not in shape.values and (at := next(free, None)) is not None:
            places[name] = at
    return places


def _total(
    records: Sequence[tuple[int, Sequence[str]]], places: Mapping[str, int], shape: RowShape, file: str
) -> Iterator[Fault]:
    """A row of totals below a list: left out, and the sum of the rows above."""
    number, last = records[-1]
    yield fault("D181", file, number, value=next(cell.strip() for cell in last if NAMED.match(cell.strip())))
    kinds = {one.name: one.kind for table in shape.tables for one in columns_of(ADDABLE[table].rows)}
    for name, at in places.items():
        read_cell = kinds[name].read
        values: list[Any] = [read_cell(record[at].strip()) for _, record in records[:-1] if at < len(record)]
        told = last[at].strip() if at < len(last) else ""
        if kinds[name].name in SUMMED and told and None not in values and read_cell(told) != sum(values):
            yield fault("D182", file, number, name, told, sum=shown(sum(values), kinds[name].name))
