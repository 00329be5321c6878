"""What rules were found: in sentences, as JSON, and as the questions that are left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gebiedswerk.core.faults import fault
from gebiedswerk.importing import Choice, Question, RulesFound, rule_key, rule_words, rules_json, rules_text
from gebiedswerk.language.messages import Messages


@dataclass(frozen=True, slots=True)
class RulesTold:
    """The rules line by line and as `rules --json` prints them; `asked`: where the postings of a rule go, in words."""

    lines: tuple[str, ...]
    form: Mapping[str, Any]
    asked: tuple[tuple[str, Question], ...]


def tell_rules(found: RulesFound, path: Path, messages: Messages, *, write: bool = False) -> RulesTold:
    """Tell each rule with its place, and ask for the places that nobody said. `path`: the dossier, as commands name it.

    `write`: the rules have landed, so that nobody has to be told how they land.
    """
    lines = tuple(rules_text(found, path, messages, write=write))
    return RulesTold(lines, rules_json(found, messages), tuple(_asked(found, messages)))


def _asked(found: RulesFound, messages: Messages) -> Iterator[tuple[str, Question]]:
    """One question for each code: two rules of one code have the same answer."""
    open_postings = fault("A102")
    choices = tuple(Choice(code, "ask.line", (("name", name),)) for code, name in found.lines)
    seen = set()
    for rule in found.asked:
        key = rule_key(rule)
        if key not in seen:
            yield rule_words(rule, messages), Question(key, open_postings, choices, rule.line or None)
        seen.add(key)
