"""The commands that fill a dossier without an editor: rules, rows of tables, the next year."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from gebiedswerk.messages import Messages

if TYPE_CHECKING:
    from gebiedswerk.importing import RulesFound

Add = Callable[..., argparse.ArgumentParser]


def add_dossier_commands(add: Add, messages: Messages) -> None:
    """Add these commands to the whole; each lists its options."""
    rules = add("rules", rules_command)
    rules.add_argument("--answer", type=answer, action="append", default=[], help=messages("cli.help.rules.answer"))
    rules.add_argument("--write", action="store_true", help=messages("cli.help.rules.write"))
    rules.add_argument("--json", action="store_true", help=messages("cli.help.json"))


def answer(text: str) -> tuple[str, str]:
    """An answer: `7101=NOORD`. Raises ValueError."""
    key, equals, value = text.partition("=")
    if not equals or not key.strip():
        raise ValueError(text)
    return key.strip(), value.strip()


def rules_command(arguments: argparse.Namespace, messages: Messages) -> int:
    """Show rules for all that has none; with --write land those of which is known where they go."""
    from gebiedswerk.core.faults import errors
    from gebiedswerk.importing import rules_json, rules_text, suggest_rules, write_rules
    from gebiedswerk.terminal import console, fault_json, show_faults, show_lines

    path: Path = arguments.dossier
    found: RulesFound = (write_rules if arguments.write else suggest_rules)(path, arguments.answer)
    code = 1 if errors(found.faults) or found.asked else 0
    if arguments.json:
        told = [fault_json(one, messages) for one in found.faults]
        print(json.dumps({"format": 1, "faults": told} | rules_json(found, messages), indent=1, ensure_ascii=False))
        return code
    show_lines(rules_text(found, path, messages, write=arguments.write), console())
    if found.faults:
        show_faults(found.faults, messages, console(stderr=True))
    return code
