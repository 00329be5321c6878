"""The commands about versions of a dossier: merging two of them. Exit 0 is fine, 1 errors found, 2 wrong use."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from gebiedswerk.cli.output import say
from gebiedswerk.language.messages import Messages

Add = Callable[..., argparse.ArgumentParser]


def add_version_commands(add: Add, messages: Messages) -> None:
    """Add these commands to the whole; each lists its options."""
    merge = add("merge", merge_command, dossier=False)
    for name in ("base", "ours", "theirs"):
        merge.add_argument(name, type=Path, metavar=name.upper(), help=messages(f"cli.help.merge.{name}"))
    merge.add_argument("place", metavar="PLACE", help=messages("cli.help.merge.place"))


def merge_command(arguments: argparse.Namespace, messages: Messages) -> int:
    """Merge two versions of a file into that of ours; 1 where a person must choose."""
    from gebiedswerk.app.merge import merge

    return say(merge(arguments.base, arguments.ours, arguments.theirs, arguments.place), messages)
