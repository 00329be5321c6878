"""Which rule gives a posting its budget line: a narrower rule beats a wider one, any other overlap is an error.

A rule is a pattern per code. A pattern is one code (`4300`), a prefix (`43*`), a range of codes of equal
length (`4300..4399`), no code at all (`..`), or empty (anything). Codes are text: `0.10` is not `0.1`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import itemgetter

from gebiedswerk.core.faults import GebiedswerkError


class NoPattern(GebiedswerkError):
    """Text that is neither a code, a prefix nor a range."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"{text!r} is no pattern: write a code, a prefix such as 43*, a range such as 4300..4399, or .."
        )


@dataclass(frozen=True, slots=True)
class Pattern:
    """The codes from `low` up to and including `high` (equal length), or all that start with `low` (`high` is None)."""

    low: str
    high: str | None

    def matches(self, code: str) -> bool:
        """Whether this pattern holds the code."""
        if self.high is None:
            return code.startswith(self.low)
        return len(code) == len(self.low) and self.low <= code <= self.high

    def within(self, other: Pattern) -> bool:
        """Whether every code of this pattern is one of the other's."""
        if self.high is None:
            return other.high is None and self.low.startswith(other.low)
        return other.matches(self.low) and other.matches(self.high)


ANYTHING = Pattern("", None)
NO_CODE = Pattern("", "")
"""Postings without this code: a rule for them leaves alone those of which it is filled."""


def parse_pattern(text: str) -> Pattern:
    """Read one cell of a rule. Raises NoPattern."""
    if text == "":
        return ANYTHING
    if text == "..":
        return NO_CODE
    if ".." in text:
        low, high = text.split("..", 1)
        if not low or len(low) != len(high) or low > high or "*" in text:
            raise NoPattern(text)
        return Pattern(low, high)
    if text.endswith("*") and "*" not in text[:-1] and len(text) > 1:
        return Pattern(text[:-1], None)
    if "*" in text:
        raise NoPattern(text)
    return Pattern(text, text)


def pattern_text(pattern: Pattern) -> str:
    """A pattern as it is written in a rule."""
    if pattern.high is None:
        return f"{pattern.low}*" if pattern.low else ""
    return pattern.low if pattern.low == pattern.high != "" else f"{pattern.low}..{pattern.high}"


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of `attribution.csv`: patterns per code name; a name that is absent matches anything."""

    code: str
    patterns: Mapping[str, Pattern]

    def matches(self, codes: Mapping[str, str]) -> bool:
        """Whether a posting with these codes falls under this rule."""
        return all(pattern.matches(codes[name]) for name, pattern in self.patterns.items())

    def within(self, other: Rule) -> bool:
        """Whether every posting under this rule also falls under the other."""
        return all(
            self.patterns.get(name, ANYTHING).within(pattern)
            for name, pattern in other.patterns.items()
            if pattern != ANYTHING
        )

    def beats(self, other: Rule) -> bool:
        """Whether this rule matches a strict subset of what the other matches."""
        return self.within(other) and not other.within(self)


class Rules:
    """Rules in the order given, laid apart by a code that they ask for: with thousands of rules few are looked at."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._of_code: dict[tuple[str, str], list[tuple[int, Rule]]] = defaultdict(list)
        self._others: list[tuple[int, Rule]] = []
        for at, rule in enumerate(rules):
            asked = next(((name, one.low) for name, one in rule.patterns.items() if one.low == one.high), None)
            (self._of_code[asked] if asked else self._others).append((at, rule))

    def winners(self, codes: Mapping[str, str]) -> list[Rule]:
        """The rules for a posting with these codes that no other matching rule beats, in the order given.

        None: not attributed. One: that rule. More: an overlap that a person must solve. Source: decision 57.
        """
        near = [*self._others, *(found for code in codes.items() for found in self._of_code.get(code, ()))]
        matching = [rule for _, rule in sorted(near, key=itemgetter(0)) if rule.matches(codes)]
        best: list[Rule] = []  # a rule that beats another also beats all that the other beats: so few are compared
        for rule in matching:
            if not any(other.beats(rule) for other in best):
                best = [other for other in best if not rule.beats(other)] + [rule]
        return best
