"""What the tables of a dossier say of each other: references, circles, years, corrections."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from gebiedswerk.core.faults import Fault, capped, fault
from gebiedswerk.core.hierarchy import MOST_LEVELS, Parents, circles, too_deep
from gebiedswerk.dossier.checks.decision_checks import check_decisions
from gebiedswerk.dossier.checks.series import check_series
from gebiedswerk.dossier.checks.validity import check_validity
from gebiedswerk.dossier.model import Dossier, page_of
from gebiedswerk.dossier.tables import TABLES, KeyRow, Row, TableSchema
from gebiedswerk.dossier.work import WORK_TABLES, codes_in

OUTSIDE = re.compile(r"outside:[a-z0-9]+(?:-[a-z0-9]+)*")
"""A figure that others publish about the same, by a name in small letters, digits and hyphens."""
IV3 = re.compile(r"(iv3:[0-9]{4}/[0-9]{4})/(?:lasten|baten)/[^/]+/[^/]+")
"""One cell of Iv3: whose, which year, which side, taakveld and category."""


def check(dossier: Dossier) -> list[Fault]:
    """All faults between the tables, rule by rule."""
    rules: list[Callable[[Dossier], Iterator[Fault]]] = [
        _references,
        _lines_in_their_year,
        _parents,
        _areas_in_their_year,
        check_validity,
        check_series,
        _corrections,
        _rules_say_where,
        _keys_make_the_whole,
        _free_slugs,
        _reconciliations,
        _languages,
        _blocks,
    ]
    return capped([*(found for rule in rules for found in rule(dossier)), *check_decisions(dossier)])


def _languages(dossier: Dossier) -> Iterator[Fault]:
    """A text in a language in which the site is not written (D110): nothing would read it."""
    known = ("", *dossier.settings.presentation.languages)
    files = [file for publication in dossier.publications for file, _ in publication.texts]
    yield from (fault("D110", file) for file in files if page_of(file)[1] not in known)


def _references(dossier: Dossier) -> Iterator[Fault]:
    """Every code that names a row of another table (D108)."""
    return lost_references(dossier, TABLES, "D108")


def lost_references(dossier: Dossier, tables: Mapping[str, TableSchema], code: str) -> Iterator[Fault]:
    """The codes in some tables that stand in no row of the table to which they refer, as far as that can be read."""
    unread = (*dossier.unread, *dossier.work.unread)
    known: dict[str, set[str]] = {}
    for name, schema in tables.items():
        for column, target in schema.refers:
            table = TABLES.get(target) or WORK_TABLES[target]
            if target not in known:
                known[target] = {getattr(row, table.key[0]) for row in rows_of(dossier, target)}
            for row in rows_of(dossier, name) if table.file not in unread else ():
                for found in codes_in(row, column):
                    if found not in known[target]:
                        yield fault(code, schema.file, row.row, column, found, table=table.file)


def rows_of(dossier: Dossier, name: str) -> Sequence[Row]:
    """The rows of a table, of the dossier or of its work."""
    found: Sequence[Row] = getattr(dossier if name in TABLES else dossier.work, name)
    return found


def _lines_in_their_year(dossier: Dossier) -> Iterator[Fault]:
    """A parent stands in the same year; a budget row's line stands in the row's year."""
    stands = {(line.line, line.year) for line in dossier.budget_line_years}
    codes = {line.code for line in dossier.budget_lines}
    if "budget_line_years.csv" in dossier.unread:
        return
    for line in dossier.budget_line_years:
        if line.parent is not None and (line.parent, line.year) not in stands:
            yield fault("D117", "budget_line_years.csv", line.row, "parent", line.parent, year=line.year)
    for row in dossier.budgets:
        if row.line in codes and (row.line, row.year) not in stands:
            yield fault("D117", "budgets.csv", row.row, "line", row.line, year=row.year)


def _parents(dossier: Dossier) -> Iterator[Fault]:
    """No area or line stands below itself (D109), or below more others than anyone can oversee (D170)."""
    rows = {area.code: area.row for area in dossier.areas}
    yield from _tree("areas.csv", {area.code: area.parent for area in dossier.areas}, rows)
    for year in dossier.budget_years():
        rows = {code: line.row for code, line in dossier.lines_in(year).items()}
        yield from _tree("budget_line_years.csv", dossier.parents_in(year), rows)


def _tree(file: str, parents: Parents, rows: Mapping[str, int]) -> Iterator[Fault]:
    for circle in circles(parents):
        more = ["…"] if len(circle) > MOST_LEVELS else []
        yield fault("D109", file, rows[circle[0]], "parent", " → ".join([*circle[:MOST_LEVELS], *more]))
    yield from (fault("D170", file, rows[code], "parent", code, most=MOST_LEVELS) for code in too_deep(parents))


def _areas_in_their_year(dossier: Dossier) -> Iterator[Fault]:
    """The area of a line holds on at least one day of the year."""
    areas = {area.code: area for area in dossier.areas}
    for line in dossier.budget_line_years:
        area = areas.get(line.area or "")
        if area is None or area.valid_from and area.valid_to and area.valid_to <= area.valid_from:  # D140 says it
            continue
        too_early = area.valid_from is not None and area.valid_from > date(line.year, 12, 31)
        too_late = area.valid_to is not None and area.valid_to <= date(line.year, 1, 1)
        if too_early or too_late:
            yield fault("D118", "budget_line_years.csv", line.row, "area", line.area, year=line.year)


def _corrections(dossier: Dossier) -> Iterator[Fault]:
    """A correction names an earlier row of the same table, which nothing else corrects."""
    for file, rows in (
        ("budgets.csv", dossier.budgets),
        ("openings.csv", dossier.openings),
        ("extensions.csv", dossier.extensions),
        ("reconciliations.csv", dossier.reconciliations),
        ("questions.csv", dossier.questions),
        ("privacy_accepted.csv", dossier.privacy_accepted),
        ("free_numbers.csv", dossier.free_numbers),
    ):
        if file in dossier.unread:
            continue
        earlier: set[str] = set()
        corrected: set[str] = set()
        for row in rows:
            if row.corrects is not None and (row.corrects not in earlier or row.corrects in corrected):
                yield fault("D120", file, row.row, "corrects", row.corrects)
            earlier.add(row.id)
            corrected |= {row.corrects} if row.corrects else set()


def _rules_say_where(dossier: Dossier) -> Iterator[Fault]:
    """A rule sends postings to exactly one place."""
    for rule in dossier.attribution:
        if sum(map(bool, (rule.line, rule.key, rule.out_of_scope))) != 1:
            yield fault("A106", "attribution.csv", rule.row, "line", rule.id)


def _keys_make_the_whole(dossier: Dossier) -> Iterator[Fault]:
    """A key has some weight in each of its years (A104), and as much in all as it says itself (A109)."""
    keys: dict[tuple[str, int], list[KeyRow]] = defaultdict(list)
    for key in dossier.keys if "keys.csv" not in dossier.unread else ():
        keys[key.key, key.year].append(key)
    for (code, year), rows in keys.items():
        total = sum(row.weight for row in rows)
        said = next((row for row in rows if row.whole not in (None, total)), None)
        if not total:
            yield fault("A104", "keys.csv", rows[0].row, "weight", code, year=year)
        elif said:
            yield fault("A109", "keys.csv", said.row, "whole", said.whole, key=code, year=year, total=total)


def _free_slugs(dossier: Dossier) -> Iterator[Fault]:
    """A line has no address that is already that of the whole or of an area (`blocks/places.py`)."""
    taken = {"totaal", *(f"gebied-{area.slug}" for area in dossier.areas)}
    for line in dossier.budget_lines:
        if line.slug in taken:
            yield fault("D105", "budget_lines.csv", line.row, "slug", line.slug, kind="free_slug", choices="")


def _reconciliations(dossier: Dossier) -> Iterator[Fault]:
    """An accepted difference is about a delivery that is there, its Iv3, or an outside figure (D122)."""
    deliveries = [*(delivery.id for delivery in dossier.deliveries), *dossier.unread]
    known = {f"open:{name}" for name in deliveries}
    known |= {f"control:{name}:{total}" for name in deliveries for total in ("debit", "credit")}
    complete = {f"iv3:{one.settings.complete_for}/{year}" for one in dossier.deliveries for year in one.settings.years}
    for row in dossier.reconciliations:
        cell = IV3.fullmatch(row.what)
        told = cell is not None and (cell[1] in complete or any("." not in name for name in dossier.unread))
        if row.what not in known and not OUTSIDE.fullmatch(row.what) and not told:
            yield fault("D122", "reconciliations.csv", row.row, "what", row.what)


def _blocks(dossier: Dossier) -> Iterator[Fault]:
    """A block names a code (D116)."""
    for at, block in enumerate(dossier.settings.privacy.block or []):
        if not block.patterns():
            yield fault("D116", "dossier.toml", None, f"privacy.block[{at}].category", block.name)
