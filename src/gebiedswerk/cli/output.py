"""How a command ends: faults on standard error with the exit code that belongs to them, or JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gebiedswerk.core.faults import Fault
    from gebiedswerk.language.messages import Messages


def say(faults: Sequence[Fault], messages: Messages) -> int:
    """Show the faults on standard error; the exit code that belongs to them."""
    from gebiedswerk.cli.terminal import console, show_faults
    from gebiedswerk.core.faults import errors

    if faults:
        show_faults(faults, messages, console(stderr=True))
    return 1 if errors(faults) else 0


def print_json(value: object) -> None:
    """Print what a program reads."""
    print(json.dumps(value, indent=1, ensure_ascii=False))
