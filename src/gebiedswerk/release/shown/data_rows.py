"""The files with data of a release, cell by cell."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from gebiedswerk.account import MEASURES
from gebiedswerk.core.faults import Fault, fault
from gebiedswerk.figures import TOTAL, Address, NoFigure, parse_subject
from gebiedswerk.pages.data_files import terms_csv
from gebiedswerk.release.recount import Recount, Recounted, years_of
from gebiedswerk.release.shown.bytes_apart import differing
from gebiedswerk.release.shown.held import FiguresHeld

NUMBER = re.compile(rb"(?<![\w.-])-?[0-9]+(?![\w.-])")
SOME = 1_000_000
"""Bytes that a file may be longer than twice what follows, and still be read."""
Row = tuple[int, Mapping[str, Any]]


def basis_of(place: str, found: Recount) -> Recounted | None:
    """The basis on which a file of the site stands: that of the deepest folder it is in."""
    within = [one for one in found.bases if place.startswith(one.basis.root)]
    return max(within, key=lambda one: len(one.basis.root), default=None)


def hold_data(data: bytes, place: str, expected: bytes, found: Recount, held: FiguresHeld, prefix: str) -> None:
    """Hold a file with data against what it should be; what differs goes to `held`.

    CSV and JSON may be written otherwise, other forms may not: nothing is unpacked that an enemy may have packed.
    """
    if data == expected:
        held.figures["data"] += _amounts(expected, place)
        return
    before = len(held.faults)
    if place.endswith((".csv", ".json")) and len(data) <= 2 * len(expected) + SOME:
        if _content(data, place) == _content(expected, place):
            held.figures["data"] += _amounts(expected, place)
            return
        _name(data, place, found, held, prefix)
    if len(held.faults) == before:
        held.faults += differing(prefix + place, data, expected)


def _amounts(data: bytes, place: str) -> int:
    """How many cells of numbers a file holds, told from its text; of a packed file nothing is told."""
    return len(NUMBER.findall(data)) if place.endswith((".csv", ".json", ".ics")) else 1


def _content(data: bytes, place: str) -> object:
    """What a file says, however it is written; a key that stands twice says two things, and `true` is not 1."""
    text = data.decode()
    if place.endswith(".json"):
        return json.dumps(json.loads(text, object_pairs_hook=list))
    return list(csv.reader(io.StringIO(text), strict=True))


def _name(data: bytes, place: str, found: Recount, held: FiguresHeld, prefix: str) -> None:
    """Name the figures that differ, where the file is a table of figures or of the term."""
    basis, rows = basis_of(place, found), _read(data.decode(), place)
    names = set(rows[0][1]) if rows else set()
    if basis is None:
        return
    if {"line", "year", "step", "cents"} <= names:
        held.faults += _terms(rows, basis, prefix + place, held)
    elif {"line", "year"} <= names and any(name.removesuffix("_cents") in MEASURES for name in names):
        held.faults += [*_rows(rows, basis, prefix + place, held), *_whole(rows, basis, prefix + place)]


def _read(text: str, place: str) -> list[Row]:
    """The rows of a file with a table, each with its number as a person finds it; of other files none."""
    if place.endswith(".csv"):
        reader = csv.DictReader(io.StringIO(text), strict=True)
        names = set(reader.fieldnames or ())
        return list(enumerate(reader, start=2)) if {"line", "year"} <= names and "id" not in names else []
    form = json.loads(text)
    rows = form if isinstance(form, list) else form.get("rows", [])
    return list(enumerate(rows, start=1))


def _rows(rows: list[Row], basis: Recounted, place: str, held: FiguresHeld) -> Iterator[Fault]:
    """Each cell of a measure, in cents and as it is printed."""
    for number, row in rows:
        subject = str(row.get("line")).removeprefix("'")
        for name, written in row.items():
            measure = str(name).removesuffix("_cents")
            if measure in MEASURES:
                address = Address(measure, parse_subject(subject), int(row["year"]))
                expected = _expected(basis, address, cents=str(name).endswith("_cents"))
                held.figures["data"] += 1
                if ("" if written is None else str(written)) != expected:
                    yield fault("Z107", place, number, str(name), written, figure=address, expected=expected or "–")


def _expected(basis: Recounted, address: Address, *, cents: bool) -> str:
    """What should stand in a cell; nothing where there is no such figure."""
    try:
        figure = basis.figures.figure(address)
        return str(figure.cents if cents else basis.figures.units(address, basis.unit_cents))
    except NoFigure:
        return ""


def _whole(rows: list[Row], basis: Recounted, place: str) -> Iterator[Fault]:
    """A table of a year has a row for each line and for the whole, once."""
    years = {int(row["year"]) for _, row in rows}
    written = [str(row["line"]).removeprefix("'") for _, row in rows]
    for year in years:
        account = basis.figures.of_year(year)
        expected = [*(line.code for line in account.lines), str(TOTAL)] if account else []
        if account is None or written != expected:
            missing = sorted(set(expected) ^ set(written))
            yield fault("Z107", place, None, "line", ", ".join(missing), figure=year, expected=len(expected))


def _terms(rows: list[Row], basis: Recounted, place: str, held: FiguresHeld) -> Iterator[Fault]:
    """Each step of the term, per line and year, and per tranche, as the file of its year should say."""
    years = {int(row["year"]) for _, row in rows}
    accounts = [account for account in years_of(basis) if account.year in years]
    expected = dict(row for account in accounts for row in _steps(csv.DictReader(io.StringIO(terms_csv(account)))))
    written = {key: (number, cents) for number, row in rows for key, cents in _steps([row])}
    for key in sorted(expected.keys() | written.keys()):
        held.figures["data"] += 1
        known, (number, cents) = expected.get(key, ""), written.get(key, (None, ""))
        if known != cents:
            figure = f"{key[2]}/{key[0]}@{key[1]}" + (f"?origin={key[3]}" if key[3] else "")
            yield fault("Z107", place, number, "cents", cents, figure=figure, expected=known or "–")


def _steps(rows: Iterable[Mapping[str, Any]]) -> Iterator[tuple[tuple[str, ...], str]]:
    """What a row of a term is about, and its cents, as text."""
    for row in rows:
        cells = [_text(row[name]) for name in ("line", "year", "step", "origin", "last_year")]
        yield (cells[0].removeprefix("'"), *cells[1:]), _text(row["cents"])


def _text(cell: object) -> str:
    return "" if cell is None else str(cell)
