"""The numbers that a page may show outside links to figures: those in a name or words that the release holds whole.

`Wijk 12`, `Plein 1940-1945` or `Honderd geveltuinen` is a name where it stands as such. A number alone is none, and 12
beside any other word is not the 12 of a name: it would hide a forged figure.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Collection, Iterator
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

from gebiedswerk.figures import UNITS
from gebiedswerk.language.messages import Messages
from gebiedswerk.language.numerals import MARK, Numeral, numerals
from gebiedswerk.release.contents import BASES, DELIVERIES, SETTINGS, TABLE
from gebiedswerk.release.manifest import NAME as MANIFEST
from gebiedswerk.release.recount import Recount

MOST_BYTES = 50_000_000
LETTER = re.compile(r"[^\W\d_]")
WORDS = (
    re.compile(r"\S+"),
    re.compile(r"\w+"),
    re.compile(r"[^\w\s]?\w+[^\w\s]?"),
    re.compile(r"""[^\s,.;:!?…()\[\]"'‘’“”„«»‹›]+"""),
)
"""A name starts and ends where a word does: with all signs around it, with one of them, with none, or with those that
are no punctuation, such as what makes a picture of a digit.
"""
ENDS = (MARK, "\n")
"""Where words end that can be one name: at a figure, and at the end of a line."""
LINE = re.compile(f"([{''.join(ENDS)}])")
NEAR, FURTHEST = 200, 24
"""So many signs and ends of words a name reaches on each side of a number; longer ones only stand as a whole line."""


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

    @cached_property
    def names(self) -> frozenset[str]:
        """All words with a number in them that stand in the release, each whole."""
        cells = {" ".join(cell.split()) for _, cell in self._cells}
        return frozenset(cell for cell in cells if LETTER.search(cell) and numerals(cell))

    def without_names(self, words: str, more: Collection[str]) -> str:
        """Words of which a mark stands for each line that is a name as a whole. `more`: other names on the page."""
        return "".join(MARK if _is_in(line, self.names, more) else line for line in LINE.split(words))

    def numbers_in(self, words: str, more: Collection[str] = ()) -> list[Numeral]:
        """The numbers of a run of words that stand in no name."""
        bare = self.without_names(words, more) if numerals(words) else ""
        return [one for one in numerals(bare) if not self.names_it(one, bare, more)]

    def names_it(self, number: Numeral, words: str, more: Collection[str]) -> bool:
        """Whether a number stands in a name: with the words around it, from one end of that name to the other."""
        start, end = max(number.start - NEAR, 0), number.end + NEAR
        before, after = words[start : number.start], words[number.end : end]
        start += max(before.rfind(sign) for sign in ENDS) + 1
        end = number.end + min((at for sign in ENDS if (at := after.find(sign)) >= 0), default=len(after))
        spans = {at.span() for pattern in WORDS for at in pattern.finditer(words, start, end)}
        firsts = sorted(first for first, _ in spans if first <= number.start)[-FURTHEST:]
        lasts = sorted(last for _, last in spans if last >= number.end)[:FURTHEST]
        return any(_is_in(words[first:last], self.names, more) for first in firsts for last in lasts)

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


def _is_in(words: str, *names: Collection[str]) -> bool:
    bare = " ".join(words.split())
    return any(bare in some for some in names)
