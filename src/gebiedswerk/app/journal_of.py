"""`journal`: what was changed in a dossier, by whom, when and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from gebiedswerk.core.faults import Checked, fault
from gebiedswerk.dossier import Dossier, read
from gebiedswerk.dossier.table_files import both_names
from gebiedswerk.dossier.writing.change import CHANGEABLE
from gebiedswerk.dossier.writing.entries import EntryKind, JournalEntry, PlaceMark
from gebiedswerk.dossier.writing.journal import Journal, read_journal

BEHIND_ALL = ("term", "presentation", "rounding")
"""Tables of settings that move figures of every line."""


@dataclass(frozen=True, slots=True)
class About:
    """What somebody wants to know of: a figure, a table, an area, a fiscal year; empty is everything.

    `since`, `until`: the first and the last day on which it was changed.
    """

    figure: str = ""
    table: str = ""
    area: str = ""
    year: int | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Touched:
    """A place that changed, with its old and new text: None where there was none, or where it is not remembered.

    `erased`: what it held was erased on purpose.
    """

    file: str
    table: str = ""
    key: tuple[str, ...] = ()
    column: str = ""
    old: str | None = None
    new: str | None = None
    erased: bool = False


@dataclass(frozen=True, slots=True)
class EntryTold:
    """One entry, as a person reads it. `files`: the files of which nothing within is told."""

    moment: datetime
    kind: str
    actor: str
    role: str
    verb: str
    reason: str
    hash: str
    places: tuple[Touched, ...] = ()
    files: tuple[str, ...] = ()

    @property
    def form(self) -> Mapping[str, Any]:
        """As `journal --json` prints it."""
        return {
            "moment": self.moment.isoformat(),
            "kind": self.kind,
            "actor": self.actor or None,
            "role": self.role or None,
            "verb": self.verb,
            "reason": self.reason or None,
            "hash": self.hash,
            "files": list(self.files),
            "places": [
                {name: list(value) if name == "key" else value for name, value in _facts(one)} for one in self.places
            ],
        }


def _facts(one: Touched) -> Iterator[tuple[str, Any]]:
    for name in ("file", "table", "key", "column", "old", "new", "erased"):
        yield name, getattr(one, name)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What an entry must touch to be told."""

    tables: frozenset[str] = frozenset()
    files: frozenset[str] = frozenset()
    lines: frozenset[str] | None = None
    areas: frozenset[str] = frozenset()
    years: frozenset[str] | None = None
    rules: frozenset[str] = frozenset()
    deliveries: Mapping[str, frozenset[int]] = field(default_factory=dict)
    all: bool = False


def journal_of(path: Path, about: About) -> Checked[tuple[EntryTold, ...] | None]:
    """What the journal tells of something, the oldest first. None where there is no dossier, or no such figure."""
    if not (path / "dossier.toml").is_file():
        return Checked(None, (fault("D101", "dossier.toml"),))
    dossier = read(path).value
    wanted, faults = _wanted(path, dossier, about)
    if wanted is None:
        return Checked(None, faults)
    journal = read_journal(path)
    found = (_told(journal, entry, wanted) for entry in journal.in_order if _is_between(entry.moment, about))
    return Checked(tuple(one for one in found if one is not None), faults)


def _is_between(moment: datetime, about: About) -> bool:
    """Whether something was changed on one of the days that are asked, as clocks here told them."""
    day = moment.astimezone().date()
    return (about.since is None or day >= about.since) and (about.until is None or day <= about.until)


def _wanted(path: Path, dossier: Dossier | None, about: About) -> Checked[_Wanted | None]:
    if replace(about, since=None, until=None) == About():
        return Checked(_Wanted(all=True))
    if about.table and about.table not in CHANGEABLE:
        return Checked(None, (fault("J117", "--table", value=about.table, known=sorted(CHANGEABLE)),))
    if about.figure:
        found = _of_figure(path, about.figure)
        return Checked(None if found.value is None else _within(found.value, about), found.faults)
    tables = frozenset({about.table}) if about.table else frozenset(CHANGEABLE)
    years = None if about.year is None else frozenset({str(about.year)})
    lines = areas = None
    if about.area:
        if dossier is None or about.area not in dossier.areas_by_code:
            return Checked(None, (fault("J117", "--area", value=about.area, known=_areas(dossier)),))
        areas = frozenset({about.area})
        lines = frozenset(
            line
            for year in dossier.budget_years()
            for line, area in dossier.areas_of_lines(year).items()
            if area == about.area
        )
    deliveries = _deliveries(dossier, about.year) if not about.table and not about.area else {}
    return Checked(_Wanted(tables, _files(tables), lines, areas or frozenset(), years, deliveries=deliveries))


def _areas(dossier: Dossier | None) -> list[str]:
    return [area.code for area in dossier.areas] if dossier else []


def _files(tables: frozenset[str]) -> frozenset[str]:
    return frozenset(name for table in tables for name in both_names(CHANGEABLE[table].file))


def _deliveries(dossier: Dossier | None, year: int | None) -> dict[str, frozenset[int]]:
    """The deliveries that hold figures of a year."""
    found = {one.id: frozenset(one.counts_in) for one in (dossier.deliveries if dossier else ())}
    return {id_: years for id_, years in found.items() if year is None or year in years}


def _within(wanted: _Wanted, about: About) -> _Wanted:
    """Of what a figure rests on only a table or a year, where that is asked too."""
    tables = wanted.tables & {about.table} if about.table else wanted.tables
    years = wanted.years if about.year is None or wanted.years is None else wanted.years & {str(about.year)}
    return replace(wanted, tables=tables, years=years, files=wanted.files & _files(tables))


def _of_figure(path: Path, figure: str) -> Checked[_Wanted | None]:
    """What a figure rests on: its lines, the rules that attribute, the deliveries, and the years up to its own."""
    from gebiedswerk.app.find_figure import find_figure

    traced, faults = find_figure(path, figure)
    if traced is None:
        return Checked(None, tuple(one for one in faults if one.code == "F101") or faults)
    postings: Sequence[Mapping[str, Any]] = traced.form["postings"]
    lines = frozenset(str(one["line"]) for one in postings if one["line"])
    rules = frozenset(str(one["rule"]) for one in postings if one["rule"])
    years = frozenset(str(year) for year in range(1900, traced.year + 1))
    tables = frozenset(CHANGEABLE)
    deliveries = {str(one["delivery"]): frozenset[int]() for one in postings}
    money = frozenset({"budgets", "openings", "extensions", "attribution", "keys", "budget_line_years"})
    return Checked(_Wanted(tables, _files(money), lines, frozenset(), years, rules, deliveries))


def _told(journal: Journal, entry: JournalEntry, wanted: _Wanted) -> EntryTold | None:
    """An entry with what of it is wanted; None where that is nothing."""
    places = [one for one in entry.places if wanted.all or _is_wanted(one, wanted)]
    within = {one.file for one in entry.places}
    files = [
        one.name for one in entry.files if one.name not in within and (wanted.all or _is_of_file(one.name, wanted))
    ]
    if not places and not files and not (wanted.all and entry.kind is EntryKind.ERASED):
        return None
    touched = tuple(_touched(journal, one) for one in places)
    who = (entry.actor.id, entry.actor.role, entry.verb, entry.reason, entry.hash)
    return EntryTold(entry.moment, str(entry.kind), *who, touched, tuple(files))


def _is_wanted(place: PlaceMark, wanted: _Wanted) -> bool:
    """Whether a change within a file is about what is asked."""
    if not place.table:
        behind = place.file == "dossier.toml" and place.column.partition(".")[0] in BEHIND_ALL and bool(wanted.rules)
        return behind or _is_of_file(place.file, wanted)
    if place.table not in wanted.tables:
        return False
    if place.table == "attribution" and wanted.rules:
        return place.key[:1] in {(rule,) for rule in wanted.rules} or place.line in (wanted.lines or ())
    year = wanted.years is None or place.year in wanted.years or not place.year and bool(wanted.rules)
    if wanted.lines is None:
        return year
    return year and (place.line in wanted.lines or place.area in wanted.areas)


def _is_of_file(name: str, wanted: _Wanted) -> bool:
    """Whether a change of a whole file is about what is asked, as far as anybody can tell."""
    folder, _, rest = name.partition("/")
    return rest.partition("/")[0] in wanted.deliveries if folder == "deliveries" else name in wanted.files


def _touched(journal: Journal, place: PlaceMark) -> Touched:
    contents = [journal.content(one) for one in (place.old, place.new)]
    old, new = (None if one is None or one.data is None else one.data.decode("utf-8", "replace") for one in contents)
    keyed = journal.content(place.keyed)
    key = place.key if keyed is None or keyed.data is None else tuple(_key(keyed.data))
    erased = any(one is not None and one.erased for one in contents)
    return Touched(place.file, place.table, key, place.column, old, new, bool(erased))


def _key(data: bytes) -> list[str]:
    import tomllib

    found = tomllib.loads(f"key = {data.decode()}")["key"]
    return [str(one) for one in found]
