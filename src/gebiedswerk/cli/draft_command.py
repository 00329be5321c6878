"""The command `draft`: a change kept in a file, what it would do, and applying it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from gebiedswerk.cli.acting import add_acting, by_of
from gebiedswerk.cli.output import say
from gebiedswerk.core.typed_words import pair
from gebiedswerk.language.messages import Messages

if TYPE_CHECKING:
    from gebiedswerk.app.make_draft import Drafted, DraftWords
    from gebiedswerk.core.faults import Fault

Add = Callable[..., argparse.ArgumentParser]
OPTIONS: Mapping[str, str] = {  # literal: placeholders
    "add": "TABLE NAME=VALUE …",
    "correct": "TABLE KEY NAME=VALUE …",
    "remove": "TABLE KEY",
    "set": "WHAT NAME=VALUE …",
    "text": "PLACE FILE",
    "file": "PLACE FILE",
    "delete": "PLACE",
}
WORDS: Mapping[str, int] = {"add": 1, "correct": 2, "remove": 2, "set": 1, "text": 2, "file": 2, "delete": 1}
"""So many words of each option are no `NAME=VALUE`."""


def add_draft_command(add: Add, messages: Messages) -> None:
    """Add `draft` with what a change may hold."""
    added = add("draft", draft_command, dossier=False)
    added.add_argument("does", choices=("new", "show", "apply"), help=messages("cli.help.draft.does"))
    added.add_argument("dossier", type=Path, help=messages("cli.help.dossier"))
    added.add_argument("draft", type=Path, help=messages("cli.help.draft.file"))
    for name, words in OPTIONS.items():
        told = messages("cli.help.draft.file_of" if name == "file" else f"cli.help.draft.{name}")
        added.add_argument(f"--{name}", nargs="+", action="append", default=[], metavar="WORD", help=f"{words}: {told}")
    added.add_argument("--more", action="store_true", help=messages("cli.help.draft.more"))
    add_acting(added, messages)


def draft_command(arguments: argparse.Namespace, messages: Messages) -> int:
    """Make a draft, show what it would do, or apply it."""
    try:
        asked = list(_asked(arguments))
    except ValueError:
        print(messages("cli.draft.words"), file=sys.stderr)
        return 2
    if bool(asked) != (arguments.does == "new"):
        print(messages("cli.draft.words"), file=sys.stderr)
        return 2
    if arguments.does == "new":
        from gebiedswerk.app.make_draft import make_draft

        by = by_of(arguments)
        found, faults = make_draft(arguments.dossier, arguments.draft, asked, by, more=arguments.more)
    elif arguments.does == "show":
        from gebiedswerk.app.show_draft import show_draft

        found, faults = show_draft(arguments.dossier, arguments.draft)
    else:
        from gebiedswerk.app.apply_draft import apply_draft

        found, faults = apply_draft(arguments.dossier, arguments.draft, by_of(arguments))
    return _tell(arguments, found, faults, messages) if found is not None else max(say(faults, messages), 1)


def _asked(arguments: argparse.Namespace) -> Iterator[DraftWords]:
    """What is asked, in the order of the options. Raises ValueError for too few or too many words."""
    from gebiedswerk.app.make_draft import DraftWords

    for does, plain in WORDS.items():
        for words in getattr(arguments, does):
            first, values = words[:plain], dict(map(pair, words[plain:]))
            wants_values = does in ("add", "correct", "set")
            if len(first) < plain or bool(values) != wants_values:
                raise ValueError(does)
            key = first[1] if does in ("correct", "remove") else ""
            source = Path(first[1]) if does in ("text", "file") else None
            yield DraftWords(does, first[0], key, values, source)


def _tell(arguments: argparse.Namespace, found: Drafted, faults: Iterable[Fault], messages: Messages) -> int:
    """What a draft does, in sentences. Exit code 1 where it brings errors."""
    from gebiedswerk.app.tell_draft import tell_draft
    from gebiedswerk.cli.terminal import console, show_lines

    show_lines(tell_draft(found, messages), console())
    key = {"new": "cli.draft.made", "show": "cli.draft.shown", "apply": "cli.draft.applied"}[arguments.does]
    code = say((*found.proposed.come, *faults), messages)
    print(messages(key, file=arguments.draft, hash=found.draft.hash))
    return 0 if arguments.does == "apply" else code
