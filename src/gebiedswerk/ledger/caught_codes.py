"""Codes that a wildcard catches and that begin as the exact code of another rule: perhaps that code, mistyped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from gebiedswerk.core.faults import Fault, fault
from gebiedswerk.core.matching import Pattern
from gebiedswerk.dossier.tables import AttributionRow
from gebiedswerk.formats.postings import CODES

MOST = 20


def caught_faults(rows: Iterable[AttributionRow], placed: Iterable[Mapping[str, Any]]) -> list[Fault]:
    """One warning (L192) for each code and pair of rules: `7130a` on `71*`, beside a rule for `7130`.

    Takes `placed`: the sets of codes of postings, each with the `rule` that took it.
    """
    rules = {row.id: row for row in rows}
    exact = {name: _exact(rules.values(), name) for name in CODES}
    found: dict[tuple[str, str, str, str], None] = {}
    for codes in placed:
        row = rules.get(codes["rule"])
        for name in CODES if row is not None and len(found) < MOST else ():
            found |= dict.fromkeys(
                _caught(getattr(row, name), str(codes.get(name) or ""), exact[name], codes["rule"], name)
            )
    return [
        fault("L192", "attribution.csv", None, name, code, rule=rule, other=other)
        for name, code, rule, other in list(found)[:MOST]
    ]


def _exact(rows: Iterable[AttributionRow], name: str) -> dict[str, str]:
    """Code → the rule that names exactly that."""
    patterns: list[tuple[Pattern, str]] = [(getattr(row, name), row.id) for row in rows]
    return {pattern.low: rule for pattern, rule in patterns if pattern.high == pattern.low}


def _caught(
    pattern: Pattern, code: str, exact: Mapping[str, str], rule: str, name: str
) -> Iterator[tuple[str, str, str, str]]:
    """Where a prefix took a code that begins as a longer, exact one of another rule."""
    if pattern.high is not None or not pattern.low:
        return
    for end in range(len(code) - 1, len(pattern.low), -1):
        other = exact.get(code[:end])
        if other is not None and other != rule:
            yield name, code, rule, other
            return
