"""`next-year`: the lines, keys and rules of the last year for the next one, and what does not go along."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from gebiedswerk.core.actor import UNSAID, By
from gebiedswerk.core.faults import Fault, fault
from gebiedswerk.core.matching import Pattern
from gebiedswerk.dossier.additions import New, land
from gebiedswerk.dossier.model import Dossier
from gebiedswerk.dossier.reader import read
from gebiedswerk.dossier.tables import AttributionRow, BudgetLineYear, KeyRow, Row, YearState
from gebiedswerk.dossier.writing.change import RowSeen, seen


@dataclass(frozen=True, slots=True)
class NotCopied:
    """What does not go along: a `line` of an area that ends, a `key` with such a line, a `rule` to either, or one with
    a day. `because`: the code of what ends.
    """

    kind: str
    code: str
    because: str


@dataclass(frozen=True, slots=True)
class NextYear:
    """The year from which and the year to which was copied, how many rows of each table, and what was left out."""

    faults: tuple[Fault, ...] = ()
    last: int = 0
    year: int = 0
    added: tuple[tuple[str, int], ...] = ()
    left_out: tuple[NotCopied, ...] = ()


def next_year(path: Path, year: int | None = None, by: By = UNSAID) -> NextYear:
    """Copy to a year from the one before it, whole or not at all. What is there already stays, so twice is once.

    Without a year: the one after the last; where that has lines and nothing else yet, it is that one.
    """
    checked = read(path)
    if checked.value is None:
        return NextYear(checked.faults)
    dossier = checked.value
    known = dossier.budget_years()
    target = year or _target(dossier)
    if target - 1 not in known:
        return NextYear((fault("D189", "budget_line_years.csv", None, "year", target - 1),))
    if not dossier.sound:
        return NextYear(tuple(checked.faults))
    lines, keys, rules, left_out = _copies(dossier, target)
    years = (
        [YearState(row=0, year=target)] if dossier.years and not any(y.year == target for y in dossier.years) else []
    )
    new: New = [("budget_line_years", lines), ("keys", keys), ("attribution", rules), ("years", years)]
    done = land(dossier, new, by, f"next-year {target}", _seen(dossier, target - 1, lines, keys, rules))
    return NextYear(done.faults, target - 1, target, done.added, () if done.faults else tuple(left_out))


def _seen(
    dossier: Dossier,
    last: int,
    lines: Iterable[BudgetLineYear],
    keys: Iterable[KeyRow],
    rules: Iterable[AttributionRow],
) -> list[RowSeen]:
    """The rows of the year before that are copied, as they were read."""
    before = dossier.lines_in(last)
    of_lines = [before[one.line] for one in lines]
    copied = {(row.key, row.line) for row in keys}
    of_keys = [row for row in dossier.keys if row.year == last and (row.key, row.line) in copied]
    of_rules = [row for row in dossier.attribution if rules and row.year == Pattern(str(last), str(last))]
    return [seen(name, row) for name, found in _by_table(of_lines, of_keys, of_rules) for row in found]


def _by_table(*found: Sequence[Row]) -> Iterator[tuple[str, Sequence[Row]]]:
    yield from zip(("budget_line_years", "keys", "attribution"), found, strict=True)


def _target(dossier: Dossier) -> int:
    last = max(dossier.budget_years(), default=0)
    booked = {year for one in dossier.deliveries for year in one.counts_in}
    decided = {row.year for row in dossier.budgets} | {row.year for row in dossier.openings}
    bare = last not in booked | decided and last - 1 in dossier.budget_years()
    return last if bare else last + 1


def _copies(
    dossier: Dossier, year: int
) -> tuple[list[BudgetLineYear], list[KeyRow], list[AttributionRow], list[NotCopied]]:
    """The rows of a year that are not there yet, and what of the year before ends."""
    before, there = dossier.lines_in(year - 1), dossier.lines_in(year)
    ended = {
        code: area for code, area in dossier.areas_of_lines(year - 1).items() if area and _ends(dossier, area, year)
    }
    kept = {code for code in before if code not in ended}
    lines = [
        replace(line, row=0, year=year, parent=_parent(code, before, kept))
        for code, line in before.items()
        if code in kept and code not in there
    ]
    keys, broken = _keys(dossier, year, kept)
    rules, idle = _rules(dossier, year, kept | set(there), broken)
    left_out = [NotCopied("line", code, area) for code, area in ended.items()]
    left_out += [NotCopied("key", key, line) for key, line in broken.items()]
    return lines, keys, rules, [*left_out, *idle]


def _ends(dossier: Dossier, area: str, year: int) -> bool:
    """Whether an area no longer holds on any day of a year."""
    end = dossier.areas_by_code[area].valid_to if area in dossier.areas_by_code else None
    return end is not None and end <= date(year, 1, 1)


def _parent(code: str, lines: Mapping[str, BudgetLineYear], kept: set[str]) -> str | None:
    """The nearest line above that goes along."""
    parent = lines[code].parent
    while parent is not None and parent not in kept:
        parent = lines[parent].parent if parent in lines else None
    return parent


def _keys(dossier: Dossier, year: int, kept: set[str]) -> tuple[list[KeyRow], dict[str, str]]:
    """The weights of a year; a key with a line that ends no longer makes its whole, so a person sets it anew."""
    rows: dict[str, list[KeyRow]] = defaultdict(list)
    for row in dossier.keys:
        if row.year == year - 1:
            rows[row.key].append(row)
    there = {row.key for row in dossier.keys if row.year == year}
    broken = {key: row.line for key, found in rows.items() for row in found if row.line not in kept}
    copied = [
        replace(row, row=0, year=year)
        for key, found in rows.items()
        if key not in broken | dict.fromkeys(there)
        for row in found
    ]
    return copied, {key: line for key, line in broken.items() if key not in there}


def _rules(
    dossier: Dossier, year: int, lines: set[str], broken: Mapping[str, str]
) -> tuple[list[AttributionRow], list[NotCopied]]:
    """The rules of the year before alone, for this one; and those that end, because their line or key does."""
    taken = {row.id for row in dossier.attribution}
    copied, idle = [], []
    for row in dossier.attribution:
        if not row.year.matches(str(year - 1)):
            continue
        gone = row.line if row.line and row.line not in lines else row.key if row.key in broken else None
        if gone is not None:
            idle.append(NotCopied("rule", row.id, str(gone)))
        elif row.year == Pattern(str(year - 1), str(year - 1)):
            name = next(one for one in _names(row.id, year) if one not in taken or _is_copy(dossier, row, one, year))
            if name not in taken:
                copied.append(replace(row, row=0, id=name, year=Pattern(str(year), str(year))))
    return copied, idle


def _names(name: str, year: int) -> Iterator[str]:
    """`noord-2025` becomes `noord-2026`, `noord` becomes `noord-2026`; then `noord-2026-2` and on."""
    stem = f"{name.removesuffix(f'-{year - 1}')}-{year}"
    yield stem
    number = 2
    while True:
        yield f"{stem}-{number}"
        number += 1


def _is_copy(dossier: Dossier, row: AttributionRow, name: str, year: int) -> bool:
    there = dossier.rules_by_id[name]
    return replace(there, row=row.row, id=row.id, year=row.year) == row and there.year.matches(str(year))
