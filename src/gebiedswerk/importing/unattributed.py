"""What no rule gives a budget line yet, largest first, each with a rule that would and its effect."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial

import polars as pl

from gebiedswerk.core.matching import NO_CODE, Pattern, pattern_text
from gebiedswerk.dossier import Dossier
from gebiedswerk.importing.line_words import Meant, meant, names_of_lines, words_of_codes
from gebiedswerk.importing.suggest import Suggestion, shorter, suggested
from gebiedswerk.ledger import CodesSeen, Ledger, codes_seen

GRAIN = ("cost_centre", "category", "ledger_account")
AS_OPEN = "open"


@dataclass(frozen=True, slots=True)
class ProposedRule:
    """A row for `attribution.csv`: its patterns as they are written there.

    An empty `line` is for a person to choose. `like`: the rule that it was taken from, `words`: those of the file that
    name the line; `sure` where they leave no doubt. `cents` and `postings`: what it would attribute of the deliveries
    looked at.
    """

    id: str
    codes: tuple[tuple[str, str], ...]
    line: str
    like: str
    cents: int
    postings: int
    words: str = ""
    sure: bool = False


@dataclass(frozen=True, slots=True)
class OpenGroup:
    """Postings without a rule that share a cost centre and category (without cost centre: also an account).

    Without a `rule` where no table can name their codes.
    """

    codes: tuple[tuple[str, str], ...]
    cents: int
    postings: int
    rule: ProposedRule | None


@dataclass(frozen=True)
class Unattributed:
    """What has no rule in some deliveries: the sets of codes `seen` anywhere, and of those that are open (their number)
    the cents and postings; each with its rule, which has no place yet.
    """

    seen: tuple[CodesSeen, ...]
    sums: Mapping[int, tuple[int, int]]
    rules: tuple[Suggestion, ...]


def unattributed(dossier: Dossier, ledger: Ledger, deliveries: Iterable[str]) -> Unattributed:
    """The sets of codes in some deliveries that no rule knows, largest amount first, and rules that share them out.

    Postings of a key that lacks their year have a rule already.
    """
    seen = codes_seen(dossier)
    numbers = {tuple(one.codes.values()): at for at, one in enumerate(seen)}
    names = list(seen[0].codes) if seen else []
    left = _open(ledger, deliveries).with_columns(booked_on=pl.col("booked_on").cast(pl.String)) if seen else None
    sums: dict[int, tuple[int, int]] = {}
    if left is not None:
        texts = [pl.col(name).cast(pl.String).fill_null("") for name in names]
        grouped = left.group_by(texts).agg(pl.col("cents").sum(), pl.len().alias("postings"), pl.col("row").min())
        ordered = grouped.sort(pl.col("cents").abs(), "row", *names, descending=[True, *[False] * (len(names) + 1)])
        for *codes, cents, postings, _ in ordered.collect().iter_rows():
            sums[numbers[tuple(codes)]] = (cents, postings)
    return Unattributed(seen, sums, tuple(suggested(seen, sums)))


def _open(ledger: Ledger, deliveries: Iterable[str]) -> pl.LazyFrame:
    """The postings of some deliveries that no rule has."""
    without = (pl.col("scope") == AS_OPEN) & (pl.col("rule") == "")
    return ledger.postings.filter(without & pl.col("delivery").is_in(list(deliveries)))


def open_groups(dossier: Dossier, ledger: Ledger, delivery: str) -> tuple[OpenGroup, ...]:
    """The groups of one delivery that are not attributed, largest amount first, each with a rule that can be used with
    all the others as it is.
    """
    found = unattributed(dossier, ledger, [delivery])
    rules = {at: rule for rule, takes in proposed(dossier, ledger, found) for at in takes}
    groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at in found.sums:
        codes = found.seen[at].codes
        groups[codes["cost_centre"], codes["category"], "" if codes["cost_centre"] else codes["ledger_account"]].append(
            at
        )
    made = [
        OpenGroup(
            tuple((column, code) for column, code in zip(GRAIN, codes, strict=True) if code),
            sum(found.sums[at][0] for at in members),
            sum(found.sums[at][1] for at in members),
            rules.get(members[0]),
        )
        for codes, members in groups.items()
    ]
    return tuple(sorted(made, key=lambda group: -abs(group.cents)))


def proposed(dossier: Dossier, ledger: Ledger, found: Unattributed) -> list[tuple[ProposedRule, frozenset[int]]]:
    """The rules with the line that each would go to, as far as that can be told, and the sets of codes that they take.

    Rules of which the words leave no doubt are said together where that is shorter.
    """
    line_of = _Lines(dossier, ledger)
    told: list[tuple[Suggestion, Meant | None, tuple[str, str]]] = []
    by_words: dict[str, list[Suggestion]] = defaultdict(list)
    words: dict[int, Meant] = {}
    for rule in found.rules:
        said = line_of.by_words(rule)
        if said is not None and said.sure:
            by_words[said.line].append(rule)
            words |= dict.fromkeys(rule.takes, said)
        else:
            told.append((rule, said, line_of.like(rule)))
    for rules in by_words.values():
        told += [(rule, words[min(rule.takes)], ("", "")) for rule in shorter(rules, found.seen)]
    order = {at: place for place, at in enumerate(found.sums)}
    told.sort(key=lambda one: min(order[at] for at in one[0].takes))
    naming = Naming(dossier)
    return [(_proposal(rule, said, like, found, naming), rule.takes) for rule, said, like in told]


def _proposal(
    rule: Suggestion, said: Meant | None, like: tuple[str, str], found: Unattributed, naming: Naming
) -> ProposedRule:
    codes = tuple((name, pattern_text(pattern)) for name, pattern in rule.patterns)
    cents, postings = (sum(found.sums[at][part] for at in rule.takes) for part in (0, 1))
    make = partial(ProposedRule, naming.free(rule.patterns), codes)
    if said is not None:
        return make(said.line, "", cents, postings, said.words, said.sure)
    return make(*like, cents, postings)


class Naming:
    """Names for rules that no rule has, and each given once: the codes, in small letters and signs that may stand in
    an address.
    """

    def __init__(self, dossier: Dossier) -> None:
        self._taken = {row.id for row in dossier.attribution}

    def take(self, name: str) -> None:
        """Say that a name was given."""
        self._taken.add(name)

    def free(self, patterns: Iterable[tuple[str, Pattern]]) -> str:
        """A new name for a rule by its patterns."""
        said = (_said(pattern) for _, pattern in patterns if pattern != NO_CODE)
        name = "-".join(filter(None, said)) or AS_OPEN
        name = name if name != "total" else f"{name}-1"
        tried = (name, *(f"{name}-{at}" for at in range(2, len(self._taken) + 3)))
        free = next(one for one in tried if one not in self._taken)
        self._taken.add(free)
        return free


def _said(pattern: Pattern) -> str:
    text = pattern.low if pattern.high in (None, pattern.low) else f"{pattern.low}-{pattern.high}"
    return re.sub(r"[^\w.]+", "-", text, flags=re.ASCII).strip("-.")


class _Lines:
    """Where a rule might go: by the words of the files, else as other rules do."""

    def __init__(self, dossier: Dossier, ledger: Ledger) -> None:
        self.dossier = dossier
        used = [one for one in dossier.deliveries if one.id in ledger.used]
        years = {year for one in used for year in one.counts_in}
        self.names = names_of_lines(dossier, years)
        self.used, self.elsewhere = used, _attributed(ledger)
        self._said: dict[str, dict[str, tuple[str, ...]]] = {}

    def by_words(self, rule: Suggestion) -> Meant | None:
        """The line that the files name beside the first code of a rule, all of them alike."""
        column, pattern = rule.patterns[0] if rule.patterns else ("", NO_CODE)
        if not pattern.low:
            return None
        if column not in self._said:
            self._said[column] = {}
            for delivery in self.used:
                for cell, words in words_of_codes(delivery, column).items():
                    known = self._said[column].get(cell, ())
                    self._said[column][cell] = (*known, *words)
        return meant(pattern.low, self._said[column], self.names)

    def like(self, rule: Suggestion) -> tuple[str, str]:
        """The line of the same cost centre elsewhere, else of those most like it; and the rule that says so."""
        column, pattern = rule.patterns[0] if rule.patterns else ("", NO_CODE)
        centre = pattern.low if column == "cost_centre" else ""
        same = [(line, name) for line, name in self.elsewhere.get(centre, {}) if line]
        if same:
            return same[0]
        near: dict[int, dict[str, str]] = defaultdict(dict)
        for row in self.dossier.attribution:
            if row.line and row.cost_centre.low:
                near[_alike(row.cost_centre.low, centre)].setdefault(row.line, row.id)
        closest = max(near, default=0)
        if 2 * closest > len(centre) and len(near[closest]) == 1:
            return next(iter(near[closest].items()))
        return "", ""


def _attributed(ledger: Ledger) -> dict[str, dict[tuple[str, str], int]]:
    """Cost centre → the line and rule of its postings that have one, with their number."""
    placed = ledger.postings.filter((pl.col("scope") != AS_OPEN) & (pl.col("cost_centre") != ""))
    found: dict[str, dict[tuple[str, str], int]] = defaultdict(dict)
    counted = (
        placed.group_by("cost_centre", "line", "rule").len().sort("len", "rule", descending=[True, False]).collect()
    )
    for centre, line, rule, postings in counted.iter_rows():
        found[centre][line or "", rule] = postings
    return found


def _alike(one: str, other: str) -> int:
    """With how many of the same letters two codes begin."""
    pairs = list(zip(one, other, strict=False))
    return next((at for at, (mine, yours) in enumerate(pairs) if mine != yours), len(pairs))
