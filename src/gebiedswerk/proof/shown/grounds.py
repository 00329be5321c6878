"""The numbers that a page may show outside links to figures: each stands in what the release holds of the dossier."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cached_property
from pathlib import Path

from gebiedswerk.core import dutch
from gebiedswerk.core.numerals import numerals
from gebiedswerk.figures import UNITS
from gebiedswerk.messages import Messages
from gebiedswerk.proof.manifest import NAME as MANIFEST
from gebiedswerk.proof.parts import BASES, DELIVERIES, SETTINGS, TABLE
from gebiedswerk.proof.recount import Recount

MOST_BYTES = 50_000_000
CENTS = "_cents"


class Grounds:
    """What stands behind the numbers of a release that are no figures of its ledger."""

    def __init__(self, root: Path, found: Recount) -> None:
        self.root, self.found = root, found

    @cached_property
    def _cells(self) -> list[tuple[str, str]]:
        """(column, cell) of every table and form that pages show as it is."""
        found: list[tuple[str, str]] = []
        for path in sorted((self.root / TABLE).rglob("*.csv")):
            found += _table(path)
        dossier = self.found.dossier
        town, titles = dossier.settings.municipality, [one.settings for one in dossier.publications]
        found += [("", words) for words in (town.explanation, *town.explanations.values())]
        found += [("", words) for one in titles for words in (one.title, *one.titles.values())]
        found += [("", one.attribution) for one in dossier.geography]
        for name in (SETTINGS, BASES, DELIVERIES):
            found += [("", text) for text in _texts(json.loads((self.root / name).read_bytes()))]
        return found

    def numbers(self, language: str) -> frozenset[str]:
        """The numbers as a page in a language prints them."""
        if language not in self._numbers:
            printed = (text for column, cell in self._cells for text in _printed(column, cell, language))
            self._numbers[language] = frozenset(one.text for text in printed for one in numerals(text))
        return self._numbers[language]

    @cached_property
    def _numbers(self) -> dict[str, frozenset[str]]:
        return {}

    @cached_property
    def moments(self) -> frozenset[datetime]:
        """The moments that pages show: of every export, of publications, and that of the build."""
        built = json.loads((self.root / MANIFEST).read_bytes())["at"]
        exports = [one.settings.exported_at for one in self.found.dossier.deliveries]
        published = [one.settings.published_at for one in self.found.dossier.publications]
        found = [*exports, *published, datetime.fromisoformat(built) if built else None]
        return frozenset(one for one in found if one is not None)

    def is_known(self, written: str) -> bool:
        """Whether a moment, or a day, as a program reads it is one of those."""
        try:
            moment = datetime.fromisoformat(written)
        except ValueError:
            return False
        return moment in self.moments or (len(written) == len("2020-06-29") and moment.date() in self._days)

    @cached_property
    def _days(self) -> frozenset[date]:
        return frozenset(one.date() for one in self.moments)

    def units(self, messages: Messages) -> tuple[str, ...]:
        """The units in which a page may say that its amounts are."""
        names = {cents: name for name, cents in UNITS.items()}
        cents = {one.unit_cents for one in self.found.bases}
        return tuple(messages(f"unit.{names[one]}") for one in sorted(cents))


def _table(path: Path) -> Iterator[tuple[str, str]]:
    if path.is_symlink() or path.stat().st_size > MOST_BYTES:
        return
    rows = csv.reader(io.StringIO(path.read_bytes().decode("utf-8", "replace")))
    header = next(rows, [])
    for row in rows:
        yield from zip(header, row, strict=False)


def _texts(form: object) -> Iterator[str]:
    if isinstance(form, dict):
        yield from (text for value in form.values() for text in _texts(value))
    elif isinstance(form, list):
        yield from (text for value in form for text in _texts(value))
    elif form is not None:
        yield str(form)


def _printed(column: str, cell: str, language: str) -> Iterator[str]:
    """A cell as it stands, and as a page prints what it is."""
    yield cell
    if column.endswith(CENTS) and cell.removeprefix("-").isascii() and cell.removeprefix("-").isdigit():
        yield dutch.euros(int(cell), language)
        return
    try:
        value = Decimal(cell)
    except InvalidOperation:
        return
    whole, _, part = f"{value:f}".lstrip("-").partition(".") if value.is_finite() else ("0", "", "")
    number = dutch.number(int(whole), language)
    sign = dutch.MINUS if value < 0 else ""
    yield f"{sign}{number}{dutch.MARKS[language][1]}{part}" if part else f"{sign}{number}"
