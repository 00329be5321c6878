"""The command `journal`: what changed in a dossier, whether its memory is whole, and what it is to forget."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from gebiedswerk.cli.acting import add_acting, by_of
from gebiedswerk.cli.output import print_json, say
from gebiedswerk.core.typed_words import fiscal_year
from gebiedswerk.language.messages import Messages

if TYPE_CHECKING:
    from gebiedswerk.app.journal_of import EntryTold, Touched

Add = Callable[..., argparse.ArgumentParser]
FEW = 12
"""So many places of one entry are told; of more, how many there are."""


def add_journal_command(add: Add, messages: Messages) -> None:
    """Add `journal` with what one may ask it."""
    added = add("journal", journal_command)
    added.add_argument("--figure", default="", help=messages("cli.help.journal.figure"))
    added.add_argument("--table", default="", help=messages("cli.help.journal.table"))
    added.add_argument("--area", default="", help=messages("cli.help.journal.area"))
    added.add_argument("--year", type=fiscal_year, help=messages("cli.help.journal.year"))
    added.add_argument("--since", type=date.fromisoformat, help=messages("cli.help.journal.since"))
    added.add_argument("--until", type=date.fromisoformat, help=messages("cli.help.journal.until"))
    added.add_argument("--verify", action="store_true", help=messages("cli.help.journal.verify"))
    added.add_argument("--head", default="", help=messages("cli.help.journal.head"))
    added.add_argument("--erase", default="", metavar="TEXT", help=messages("cli.help.journal.erase"))
    added.add_argument("--json", action="store_true", help=messages("cli.help.json"))
    add_acting(added, messages)


def journal_command(arguments: argparse.Namespace, messages: Messages) -> int:
    """Tell what changed, or verify, or erase."""
    if arguments.verify or arguments.head:
        return _verify(arguments, messages)
    if arguments.erase:
        return _erase(arguments, messages)
    from gebiedswerk.app.journal_of import About, journal_of
    from gebiedswerk.cli.terminal import console, show_lines

    asked = (arguments.figure, arguments.table, arguments.area, arguments.year)
    about = About(*asked, arguments.since, arguments.until)
    told, faults = journal_of(arguments.dossier, about)
    if told is None:
        return max(say(faults, messages), 1)
    if arguments.json:
        print_json({"format": 1, "entries": [one.form for one in told]})
        return 0
    for one in told:
        show_lines(_lines(one, messages), console())
    if not told:
        print(messages("cli.journal.nothing"))
    return 0


def _lines(told: EntryTold, messages: Messages) -> Iterator[str]:
    """An entry in sentences: when, who, why, and what."""
    who = messages("cli.journal.who", id=told.actor or "?", role=told.role or "?")
    who = who if told.actor or told.role else messages("cli.journal.nobody")
    moment = messages.moment(told.moment.astimezone())
    yield messages(f"cli.journal.{told.kind}", moment=moment, who=who, verb=told.verb)
    if told.kind in ("change", "erased"):
        yield "  " + (
            messages("cli.journal.why", reason=told.reason) if told.reason else messages("cli.journal.no_why")
        )
    for place in told.places[:FEW]:
        yield f"  {_place(place, messages)}"
    for name in told.files[:FEW]:
        yield f"  {messages('cli.journal.file', file=name)}"
    left = max(len(told.places) - FEW, 0) + max(len(told.files) - FEW, 0)
    if left:
        yield "  " + messages("cli.journal.more", count=left)


def _place(place: Touched, messages: Messages) -> str:
    """One place that changed."""
    where = " · ".join(filter(None, (place.table or place.file, *place.key, place.column)))
    if place.erased:
        return messages("cli.journal.place.erased", place=where)
    old, new = (None if one is None else _short(one) for one in (place.old, place.new))
    if old is None and new is None:
        return messages("cli.journal.place.changed", place=where)
    if old is None:
        return messages("cli.journal.place.came", place=where, new=new)
    if new is None:
        return messages("cli.journal.place.went", place=where, old=old)
    return messages("cli.journal.place", place=where, old=old or "–", new=new or "–")


def _short(text: str) -> str:
    """A text on one line, cut off where it is long."""
    line = ", ".join(text.split("\n")) if " = " in text else " ".join(text.split())
    return line if len(line) <= 200 else f"{line[:199]}…"


def _verify(arguments: argparse.Namespace, messages: Messages) -> int:
    from gebiedswerk.app.check_journal import check_journal

    count, faults = check_journal(arguments.dossier, arguments.head)
    code = say(faults, messages)
    if not code:
        print(messages("cli.journal.whole", count=count))
    return code


def _erase(arguments: argparse.Namespace, messages: Messages) -> int:
    from gebiedswerk.app.erase_from_journal import erase_from_journal

    gone, faults = erase_from_journal(arguments.dossier, arguments.erase, by_of(arguments))
    code = say(faults, messages)
    if gone is not None:
        print(messages("cli.journal.erased.done", count=gone), file=sys.stdout if gone else sys.stderr)
    return code
