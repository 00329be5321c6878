"""What `rules` says: each rule with its place and why, and what is asked; in words and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gebiedswerk.importing.import_json import rule_json
from gebiedswerk.importing.import_sentences import codes_text, pasted_row
from gebiedswerk.importing.rules import OUTSIDE, RulesFound, SuggestedRule, Target
from gebiedswerk.importing.unattributed import ProposedRule
from gebiedswerk.language.messages import Messages

MOST_LINES = 20
"""Of more lines only the number is said in a question."""


def rules_text(found: RulesFound, dossier: Path, messages: Messages, *, write: bool) -> Iterator[str]:
    """The rules, largest first, and what to do."""
    if not found.rules:
        yield from () if found.faults else [messages("cli.rules.none")]
        return
    for one in found.rules:
        yield from _rule(one, dossier, messages)
    if found.landed is not None:
        yield messages("cli.rules.landed", count=found.count, path=found.landed)
    told = len(found.rules) - len(found.asked)
    if found.asked:
        lines = ", ".join(f"{code} ({name})" for code, name in found.lines[:MOST_LINES]) or "–"
        yield ""
        yield messages("cli.rules.asked", count=len(found.asked), lines=lines)
        yield messages("cli.rules.how", option=_option(found.asked[0], found), outside=_outside(found.asked[0]))
    elif not write and told:
        yield messages("cli.rules.write", dossier=dossier)


def _rule(one: SuggestedRule, dossier: Path, messages: Messages) -> Iterator[str]:
    rule = one.rule
    effect = {"cents": messages.euros(rule.cents), "postings": rule.postings}
    yield messages("cli.import.group", codes=codes_text(rule.codes, messages), **effect)
    yield "  " + _place(one, messages)
    if one.row is not None:
        yield "    " + pasted_row(one.row, dossier)


def _place(one: SuggestedRule, messages: Messages) -> str:
    rule, target = one.rule, one.target
    if target is None:
        said = {"line": rule.line, "like": rule.like, "words": rule.words}
        return messages(
            "cli.rules.words" if rule.words else "cli.rules.like" if rule.line else "cli.rules.open", **said
        )
    if target.reason:
        return messages("cli.rules.outside", reason=target.reason)
    if target.key:
        return messages("cli.rules.key", key=target.key)
    return messages("cli.rules.line" if one.answered else "cli.rules.sure", line=target.line, words=rule.words)


def rule_key(rule: ProposedRule) -> str:
    """The code by which a rule is answered."""
    return rule.codes[0][1] if rule.codes else "*"


def _option(rule: ProposedRule, found: RulesFound) -> str:
    line = rule.line or next((code for code, _ in found.lines), "…")
    return f"--answer {_quoted(f'{rule_key(rule)}={line}')}"


def _outside(rule: ProposedRule) -> str:
    return f'--answer "{rule_key(rule)}={OUTSIDE[0]} …"'


def _quoted(word: str) -> str:
    return f'"{word}"' if set(word) & set(" \t;&|()<>$`'!#~?[]{}\\*") else word


def rules_json(found: RulesFound, messages: Messages) -> dict[str, Any]:
    """All rules, what is asked, and what landed."""
    return {
        "rules": [
            rule_json(one.rule) | {"target": _target(one.target), "answered": one.answered} for one in found.rules
        ],
        "lines": dict(found.lines),
        "questions": [_question(one, found, messages) for one in found.asked],
        "landed": found.landed and found.landed.as_posix(),
        "count": found.count,
    }


def _target(target: Target | None) -> dict[str, str | None] | None:
    if target is None:
        return None
    return {"line": target.line or None, "key": target.key or None, "out_of_scope": target.reason or None}


def rule_words(rule: ProposedRule, messages: Messages) -> str:
    """The question where the postings of a rule go."""
    effect = {"cents": messages.euros(rule.cents), "postings": rule.postings}
    return messages("cli.rules.question", codes=codes_text(rule.codes, messages), **effect)


def _question(rule: ProposedRule, found: RulesFound, messages: Messages) -> dict[str, Any]:
    return {
        "key": rule_key(rule),
        "code": "A102",
        "question": rule_words(rule, messages),
        "choices": [{"key": rule_key(rule), "value": code, "means": name} for code, name in found.lines],
        "proposed": rule.line or None,
        "option": _option(rule, found),
        "line": None,
        "file": "attribution.csv",
    }
