"""Which rule gives a posting its budget line: a narrower rule beats a wider one, any other overlap is an error.

A rule is a pattern per code. A pattern is one code (`4300`), a prefix (`43*`), a range of codes of equal
length (`4300..4399`), or empty (anything). Codes are text: `0.10` is not `0.1`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gebiedswerk.core.faults import GebiedswerkError


class NoPattern(GebiedswerkError):
    """Text that is neither a code, a prefix nor a range."""

    def __init__(self, text: str) -> None:
        super().__init__(f"{text!r} is no pattern: write a code, a prefix such as 43*, or a range such as 4300..4399.")


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


def parse_pattern(text: str) -> Pattern:
    """Read one cell of a rule. Raises NoPattern."""
    if text == "":
        return ANYTHING
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


def winners(rules: Sequence[Rule], codes: Mapping[str, str]) -> list[Rule]:
    """The rules for a posting with these codes that no other matching rule beats, in the order given.

    None: not attributed. One: that rule. More: an overlap that a person must solve. Source: DESIGN section 4.
    """
    matching = [rule for rule in rules if rule.matches(codes)]
    return [rule for rule in matching if not any(other.beats(rule) for other in matching)]
