"""Who gives a command, and why: the options of everything that writes in a dossier."""

from __future__ import annotations

import argparse
import os

from gebiedswerk.core.actor import By, actor_of
from gebiedswerk.language.messages import Messages

ACTOR = "GEBIEDSWERK_ACTOR"
"""The variable of the system that says who works here: `m17:controller`."""


def add_acting(added: argparse.ArgumentParser, messages: Messages, *, reason: bool = True) -> None:
    """Add the options that say who and why; without `reason` the command has one of its own."""
    added.add_argument("--actor", default=None, metavar="ID:ROLE", help=messages("cli.help.actor", variable=ACTOR))
    if reason:
        added.add_argument("--reason", default="", help=messages("cli.help.reason"))


def by_of(arguments: argparse.Namespace) -> By:
    """Who gives a command, and why."""
    told = os.environ.get(ACTOR, "") if arguments.actor is None else arguments.actor
    return By(actor_of(told), arguments.reason.strip().encode("utf-8", "replace").decode())
