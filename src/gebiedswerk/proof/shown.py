"""Hold what a release shows against what was recomputed: files with data cell by cell, pages figure by figure."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from gebiedswerk.account import MEASURES
from gebiedswerk.core.faults import Fault, fault
from gebiedswerk.figures import TOTAL, Address, NoFigure
from gebiedswerk.messages import Messages
from gebiedswerk.proof.parts import LEDGER
from gebiedswerk.proof.recount import UNUSABLE, Recount, Recounted, years_of
from gebiedswerk.publication.data import terms_csv
from gebiedswerk.publication.places import DATA, Places

Row = tuple[int, Mapping[str, Any]]
SECTION = re.compile(r'<section class="measure" id="([a-z-]+)".*?<data value="(-?[0-9]+)">([^<]*)</data>', re.DOTALL)
TABLE = re.compile(r'<div class="table[^"]*" id="table-(?:account|available)(?:-[0-9]+)?">.*?</table>', re.DOTALL)
CELL = re.compile(r'<td class="amount[^"]*"(?: data-label="[^"]*")?><a href="([^"]*)">([^<]*)</a></td>')
SOURCE = re.compile(r"^(?P<root>.*)cijfers/(?P<slug>[^/]+)/(?P<year>[0-9]{4})\.html$")


@dataclass(slots=True)
class Held:
    """How much was held against the recount, and what differed."""

    figures: int = 0
    pages: int = 0
    faults: list[Fault] = field(default_factory=list)


def hold(site: Path, found: Recount, prefix: str = "site/") -> Held:
    """Hold every file with data and every page of a site against the recount; places are named with `prefix`."""
    held = Held()
    for path in sorted(site.rglob("*")):
        if path.is_symlink() or not path.is_file():
            continue
        place = path.relative_to(site).as_posix()
        try:
            if "data" in path.parent.parts[-1:]:
                _hold_data(path, place, found, held, prefix)
            elif path.suffix == ".html":
                _hold_page(path.read_text("utf-8"), place, found, held, prefix)
        except (*UNUSABLE, csv.Error, pl.exceptions.PolarsError) as problem:
            held.faults.append(fault("Z110", prefix + place, value=problem))
    _hold_presence(site, found, held, prefix)
    return held


def basis_of(place: str, found: Recount) -> Recounted | None:
    """The basis on which a file of the site stands: that of the deepest folder it is in."""
    within = [one for one in found.bases if place.startswith(one.basis.root)]
    return max(within, key=lambda one: len(one.basis.root), default=None)


def _hold_presence(site: Path, found: Recount, held: Held, prefix: str) -> None:
    """Every year of every basis has its account as a file."""
    for one in found.bases:
        places = Places(found.dossier, one.basis.root)
        for year in one.basis.years:
            for kind in ("csv", "json"):
                if not (site / places.data("account", kind, year)).is_file():
                    held.faults.append(fault("Z103", prefix + places.data("account", kind, year)))


def _hold_data(path: Path, place: str, found: Recount, held: Held, prefix: str) -> None:
    basis, rows = basis_of(place, found), _read(path)
    names = set(rows[0][1]) if rows else set()
    if basis is None:
        return
    if {"line", "year", "step", "cents"} <= names:
        held.faults += _terms(rows, basis, prefix + place, held)
    elif {"line", "year"} <= names and any(name.removesuffix("_cents") in MEASURES for name in names):
        held.faults += [*_rows(rows, basis, prefix + place, held), *_whole(rows, basis, prefix + place)]
    elif any(path.name.startswith(f"{DATA[name]}-") for name in ("account", "available", "terms")):
        held.faults += [fault("Z110", prefix + place)] if path.suffix in (".csv", ".json", ".parquet") else []


def _read(path: Path) -> list[Row]:
    """The rows of a file with a table, each with its number as a person finds it; of other files none."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            wanted = {"line", "year"} <= set(reader.fieldnames or ()) and "id" not in (reader.fieldnames or ())
            return list(enumerate(reader, start=2)) if wanted else []
    if path.suffix == ".json":
        form = json.loads(path.read_bytes())
        rows = form if isinstance(form, list) else form.get("rows", [])
        return list(enumerate(rows, start=1))
    data = path.read_bytes()  # Polars reads `~` and `[` in a path as something else
    wanted = path.suffix == ".parquet" and "id" not in pl.read_parquet_schema(data)
    return list(enumerate(pl.read_parquet(data).to_dicts(), start=1)) if wanted else []


def _rows(rows: list[Row], basis: Recounted, place: str, held: Held) -> Iterator[Fault]:
    """Each cell of a measure, in cents and as it is printed."""
    for number, row in rows:
        subject = str(row.get("line")).removeprefix("'")
        for name, written in row.items():
            measure = str(name).removesuffix("_cents")
            if measure in MEASURES:
                address = Address(measure, subject, int(row["year"]))
                expected = _expected(basis, address, cents=str(name).endswith("_cents"))
                held.figures += 1
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
        expected = [*(line.code for line in account.lines), TOTAL] if account else []
        if account is None or written != expected:
            missing = sorted(set(expected) ^ set(written))
            yield fault("Z107", place, None, "line", ", ".join(missing), figure=year, expected=len(expected))


def _terms(rows: list[Row], basis: Recounted, place: str, held: Held) -> Iterator[Fault]:
    """Each step of the term, per line and year, and per tranche, as the file of its year should say."""
    years = {int(row["year"]) for _, row in rows}
    accounts = [account for account in years_of(basis) if account.year in years]
    expected = dict(row for account in accounts for row in _steps(csv.DictReader(io.StringIO(terms_csv(account)))))
    written = {key: (number, cents) for number, row in rows for key, cents in _steps([row])}
    for key in sorted(expected.keys() | written.keys()):
        held.figures += 1
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


def _hold_page(text: str, place: str, found: Recount, held: Held, prefix: str) -> None:
    """The figures of a source page, and the amounts in the tables of a publication."""
    language = re.search(r'<html[^>]* lang="([a-z]+)"', text)
    words = Messages(language[1]) if language and language[1] in ("nl", "en") else None
    if words is None:
        return
    held.pages += 1
    bare = re.sub(r"^en/", "", place) if words.language == "en" else place
    bare = re.sub(r"^nl/", "", bare)
    sources = _sources(found)
    if bare in sources:
        held.faults += _sections(text, place, sources[bare], held, words, prefix)
    for table in TABLE.finditer(text):
        held.faults += _cells(table, text, bare, place, sources, held, words, prefix)


def _sources(found: Recount) -> dict[str, tuple[Recounted, str, int]]:
    """Place of each source page → its basis, subject and year."""
    return {
        Places(found.dossier, one.basis.root).source(address.subject, address.year or 0): (
            one,
            address.subject,
            address.year or 0,
        )
        for one in found.bases
        for address in one.figures.addresses()
        if address.measure == "result" and address.year in one.basis.years
    }


def _sections(
    text: str, place: str, source: tuple[Recounted, str, int], held: Held, words: Messages, prefix: str
) -> Iterator[Fault]:
    basis, subject, year = source
    seen = set()
    for section in SECTION.finditer(text):
        address = Address(section[1].replace("-", "_"), subject, year)
        seen.add(address.measure)
        try:
            cents = basis.figures.figure(address).cents
        except (NoFigure, KeyError):
            cents = None
        held.figures += 1
        amount = words("amount.euro", amount=words.euros(cents)) if cents is not None else ""
        if section[2] != str(cents) or html.unescape(section[3]) != amount:
            row = text.count("\n", 0, section.start(2)) + 1
            yield fault("Z108", prefix + place, row, None, section[3], figure=address, expected=amount or "–")
    for measure in {"budget", "realised", "result"} - seen:
        yield fault("Z108", prefix + place, None, None, "", figure=Address(measure, subject, year), expected=measure)


def _cells(
    table: re.Match[str],
    text: str,
    bare: str,
    place: str,
    sources: Mapping[str, tuple[Recounted, str, int]],
    held: Held,
    words: Messages,
    prefix: str,
) -> Iterator[Fault]:
    """The cells of a table of a year: each leads to its figure, and prints it in the unit of the basis."""
    for cell in CELL.finditer(table[0]):
        href, _, anchor = cell[1].partition("#")
        target = _joined(bare, href)
        if target not in sources or anchor.replace("-", "_") not in MEASURES:
            continue
        basis, subject, year = sources[target]
        address = Address(anchor.replace("-", "_"), subject, year)
        try:
            expected = words.number(basis.figures.units(address, basis.unit_cents))
        except NoFigure:
            expected = ""
        held.figures += 1
        if html.unescape(cell[2]) != expected:
            row = text.count("\n", 0, table.start() + cell.start()) + 1
            yield fault("Z108", prefix + place, row, None, cell[2], figure=address, expected=expected or "–")


def _joined(place: str, href: str) -> str:
    """Where a relative link of a page leads."""
    parts = place.split("/")[:-1]
    for part in href.split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def hold_ledgers(root: Path, found: Recount) -> Iterator[Fault]:
    """The postings that the site gives to download are the public ledger itself: the first byte that differs."""
    for one in found.bases:
        place = Places(found.dossier, one.basis.root).data("postings", "csv")
        theirs, ours = root / "site" / place, root / LEDGER / f"{one.basis.name}.csv"
        if theirs.is_file() and ours.is_file():
            yield from differing(f"site/{place}", theirs.read_bytes(), ours.read_bytes())


def differing(place: str, found: bytes, expected: bytes) -> Iterator[Fault]:
    """The first byte that differs, with its row, and in CSV its column and what should stand there (Z109)."""
    if found == expected:
        return
    pairs = zip(found, expected, strict=False)
    at = next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(found), len(expected)))
    row = found.count(b"\n", 0, at) + 1
    column = _column(found, at) if place.endswith(".csv") else None
    facts = {"offset": at, "expected": _near(expected, at), "found_bytes": len(found), "bytes": len(expected)}
    yield fault("Z109", place, row, column, _near(found, at), **facts)


def _column(data: bytes, at: int) -> str | None:
    """The header above a byte of a CSV file."""
    start = data.rfind(b"\n", 0, at) + 1
    header = next(csv.reader([data.split(b"\n", 1)[0].decode("utf-8", "replace")]), [])
    cells = next(csv.reader([data[start:at].decode("utf-8", "replace")]), [""])
    return header[len(cells) - 1] if 0 < len(cells) <= len(header) else None


def _near(data: bytes, at: int) -> str:
    """The line around a byte, as text."""
    start = max(data.rfind(b"\n", 0, at) + 1, at - 60)
    end = data.find(b"\n", at)
    return data[start : min(end if end >= 0 else len(data), at + 60)].decode("utf-8", "replace")
