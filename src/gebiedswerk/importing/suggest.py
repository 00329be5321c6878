"""Rules for sets of codes that none knows: short, and together as safe as each alone.

A suggested rule takes postings that no rule has and no others; so no two overlap on a posting, and none moves what has
its place (decision 57: any overlap of which neither is a strict subset is an error).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from gebiedswerk.core.matching import NO_CODE, NoPattern, Pattern, parse_pattern
from gebiedswerk.core.signs import strange_signs
from gebiedswerk.ledger import CodesSeen

COLUMNS = ("cost_centre", "category", "ledger_account", "project", "taakveld", "administration", "kind", "year")
LAST = "booked_on"
"""Only where rules look at days: two postings with all other codes the same may then differ."""
LEAST = 3
"""So many codes are said shorter as a range or a beginning."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A rule without its place: its patterns by code, and which of the sets of codes it takes (by their number)."""

    patterns: tuple[tuple[str, Pattern], ...]
    takes: frozenset[int]

    def matches(self, codes: Mapping[str, str]) -> bool:
        """Whether it takes a posting with these codes."""
        return all(pattern.matches(codes[name]) for name, pattern in self.patterns)


def suggested(seen: Sequence[CodesSeen], open_: Iterable[int]) -> list[Suggestion]:
    """Rules that share out the sets of codes in `open_` (their numbers in `seen`), each in exactly one of them.

    In the order of `open_`. Sets with a code that no rule can name (`43*00`) are in none.
    """
    order = list(open_)
    groups: dict[tuple[tuple[str, str], ...], list[int]] = defaultdict(list)
    for at in order:
        groups[_base(seen[at].codes)].append(at)
    owners = {at: number for number, members in enumerate(groups.values()) for at in members}
    sight = _Sight(seen, owners)
    rules = [rule for base, members in groups.items() for rule in _of_group(base, members, sight)]
    first = {at: place for place, at in enumerate(order)}
    return sorted(rules, key=lambda rule: min(first[at] for at in rule.takes))


def _base(codes: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """What a rule goes by first: the cost centre, else the project, else category and account, else what there is."""
    for names in (("cost_centre",), ("project",), ("category", "ledger_account"), COLUMNS):
        filled = tuple((name, codes[name]) for name in names if codes[name])
        if filled:
            return filled
    return ()


class _Sight:
    """Which group the sets with the same codes in some columns are of; None where they are of more, or have a rule."""

    def __init__(self, seen: Sequence[CodesSeen], owners: Mapping[int, int]) -> None:
        self.seen, self.owners = seen, owners
        self._known: dict[tuple[str, ...], dict[tuple[str, ...], int | None]] = {}

    def owner(self, columns: tuple[str, ...], codes: Mapping[str, str]) -> int | None:
        """The one group of all sets that are as these codes in these columns."""
        if columns not in self._known:
            self._known[columns] = self._owners(columns)
        return self._known[columns][tuple(codes[name] for name in columns)]

    def _owners(self, columns: tuple[str, ...]) -> dict[tuple[str, ...], int | None]:
        found: dict[tuple[str, ...], int | None] = {}
        for at, one in enumerate(self.seen):
            if one.placed or at in self.owners:  # what waits in an older delivery is nobody's
                key, owner = tuple(one.codes[name] for name in columns), self.owners.get(at)
                found[key] = owner if found.get(key, owner) == owner else None
        return found


def _of_group(base: tuple[tuple[str, str], ...], members: Sequence[int], sight: _Sight) -> Iterator[Suggestion]:
    """The rules of one group: by the fewest columns in which it stands apart from all others."""
    for columns in _ladder(tuple(name for name, _ in base), LAST in sight.seen[members[0]].codes):
        rules = _by(columns, members, sight)
        if all(sight.owner(columns, sight.seen[at].codes) == sight.owners[at] for at in members) and rules:
            yield from rules
            return


def _ladder(base: tuple[str, ...], days: bool) -> Iterator[tuple[str, ...]]:
    """Sets of columns to try: those of the base, with one more, with two more and so on."""
    others = [name for name in COLUMNS if name not in base] + ([LAST] if days else [])
    yield base
    for other in others:
        yield (*base, other)
    for end in range(2, len(others) + 1):
        yield (*base, *others[:end])


def _by(columns: tuple[str, ...], members: Sequence[int], sight: _Sight) -> list[Suggestion]:
    """A rule for each different set of codes in these columns; none where one of them cannot be named."""
    apart: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at in members:
        apart[tuple(sight.seen[at].codes[name] for name in columns)].append(at)
    if not all(map(_can_be_named, (code for codes in apart for code in codes))):
        return []
    return [
        Suggestion(tuple((name, exactly(code)) for name, code in zip(columns, codes, strict=True)), frozenset(takes))
        for codes, takes in apart.items()
    ]


def exactly(code: str) -> Pattern:
    """The pattern of one code, or of none."""
    return Pattern(code, code) if code else NO_CODE


def _can_be_named(code: str) -> bool:
    """Whether a rule can name a code: without a star or two dots, and with no sign that a table may not hold."""
    try:
        known = parse_pattern(code.strip()) == Pattern(code, code) if code else True
    except NoPattern:
        return False
    return known and "\n" not in code and "\r" not in code and not any(strange_signs(code))


def shorter(rules: Sequence[Suggestion], seen: Sequence[CodesSeen]) -> list[Suggestion]:
    """Rules for one place in fewer rows: codes that follow each other as a range, codes with one beginning as that.

    A beginning ends at a mark (`NRD-*`): what `71*` will take next year nobody knows. Nothing else is taken along.
    """
    for gather in (_runs, _beginnings):
        found: list[Suggestion] = []
        for alike in _alike(rules):
            for pattern, several in gather(alike):
                found += _as_one(pattern, several, seen)
        rules = found
    return list(rules)


def _alike(rules: Sequence[Suggestion]) -> list[list[Suggestion]]:
    """Rules that differ in their first code alone, of which each names one; what else there is stands alone."""
    groups: dict[object, list[Suggestion]] = defaultdict(list)
    for rule in rules:
        exact = bool(rule.patterns) and rule.patterns[0][1].low == rule.patterns[0][1].high != ""
        groups[(rule.patterns[0][0], rule.patterns[1:]) if exact else rule].append(rule)
    return list(groups.values())


Gathered = Iterator[tuple[Pattern, list[Suggestion]]]
"""A wider pattern, and the rules that it would stand for."""


def _code(rule: Suggestion) -> str:
    return rule.patterns[0][1].low if rule.patterns else ""


def _runs(alike: list[Suggestion]) -> Gathered:
    runs: list[list[Suggestion]] = []
    for rule in sorted(alike, key=lambda one: (len(_code(one)), _code(one))):
        if runs and _follows(_code(runs[-1][-1]), _code(rule)):
            runs[-1].append(rule)
        else:
            runs.append([rule])
    for run in runs:
        yield Pattern(_code(run[0]), _code(run[-1])), run


def _follows(one: str, other: str) -> bool:
    digits = one.isascii() and other.isascii() and one.isdigit() and other.isdigit() and len(one) == len(other)
    return digits and int(other) == int(one) + 1


def _beginnings(alike: list[Suggestion]) -> Gathered:
    starts: dict[str, list[Suggestion]] = defaultdict(list)
    for rule in alike:
        starts[_start(_code(rule))].append(rule)
    for start, several in starts.items():
        yield Pattern(start, None), several


def _start(code: str) -> str:
    """A code up to its last mark, with that: of `NRD-01` that is `NRD-`; empty where it has none."""
    return code.rstrip("".join(filter(str.isalnum, code)))


def _as_one(pattern: Pattern, rules: list[Suggestion], seen: Sequence[CodesSeen]) -> list[Suggestion]:
    """One rule instead of some, where that is shorter and takes the same postings; else those."""
    if len(rules) < LEAST or not pattern.low:
        return rules
    takes = frozenset[int]().union(*(rule.takes for rule in rules))
    wide = Suggestion(((rules[0].patterns[0][0], pattern), *rules[0].patterns[1:]), takes)
    return [wide] if {at for at, one in enumerate(seen) if wide.matches(one.codes)} == takes else rules
