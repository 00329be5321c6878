"""The commands that fill a dossier without an editor: rules, rows of tables, the next year."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from gebiedswerk.cli.acting import add_acting, by_of
from gebiedswerk.cli.output import print_json, say
from gebiedswerk.core.typed_words import fiscal_year, pair
from gebiedswerk.language.messages import Messages

if TYPE_CHECKING:
    from gebiedswerk.app.new import Own

Add = Callable[..., argparse.ArgumentParser]


def add_dossier_commands(add: Add, messages: Messages) -> None:
    """Add these commands to the whole; each lists its options."""
    new = add("new", new_command, dossier=False)
    new.add_argument("dossier", type=Path, help=messages("cli.help.new"))
    new.add_argument("--empty", action="store_true", help=messages("cli.help.new.empty"))
    new.add_argument("--name", default="", help=messages("cli.help.new.name"))
    new.add_argument("--year", type=fiscal_year, help=messages("cli.help.new.year"))
    new.add_argument("--areas", default="", help=messages("cli.help.new.areas"))
    new.add_argument("--kind", default="", help=messages("cli.help.new.kind"))
    rows = add("add", add_command)
    rows.add_argument(
        "table", choices=TABLES, metavar="TABLE", help=messages("cli.help.add.table", tables=", ".join(TABLES))
    )
    rows.add_argument("what", nargs="*", metavar="FILE|NAME=VALUE", help=messages("cli.help.add.what"))
    rows.add_argument("--column", type=pair, action="append", default=[], help=messages("cli.help.add.column"))
    setting = add("set", set_command)
    setting.add_argument("what", metavar="dossier|deliveries/ID|publications/NAME", help=messages("cli.help.set.what"))
    setting.add_argument("values", nargs="+", type=pair, metavar="NAME=VALUE", help=messages("cli.help.set.values"))
    following = add("next-year", next_year_command)
    following.add_argument("--year", type=fiscal_year, help=messages("cli.help.next-year.year"))
    migrating = add("migrate", migrate_command)
    rules = add("rules", rules_command)
    rules.add_argument("--answer", type=pair, action="append", default=[], help=messages("cli.help.rules.answer"))
    rules.add_argument("--write", action="store_true", help=messages("cli.help.rules.write"))
    rules.add_argument("--json", action="store_true", help=messages("cli.help.json"))
    for one in (new, rows, setting, following, migrating, rules):
        add_acting(one, messages)


TABLES = tuple(  # what stands in `dossier/tables.py`, which `--version` does not wait for
    "lines areas area_changes area_parts tiles budget_lines budget_line_years years budgets openings extensions "
    "attribution keys reconciliations questions privacy_accepted free_numbers redirects takedowns".split()
)


def rules_command(arguments: argparse.Namespace, messages: Messages) -> int:
    """Show rules for all that has none; with --write land those of which is known where they go."""
    from gebiedswerk.app.find_rules import find_rules
    from gebiedswerk.app.tell_rules import tell_rules
    from gebiedswerk.cli.terminal import console, fault_json, show_lines
    from gebiedswerk.core.faults import errors

    path: Path = arguments.dossier
    answers = [*arguments.answer, *_told_at_terminal(arguments, messages)]
    rules = find_rules(path, answers, by_of(arguments), write=arguments.write)
    told = tell_rules(rules, path, messages, write=arguments.write)
    if arguments.json:
        print_json({"format": 1, "faults": [fault_json(one, messages) for one in rules.faults], **told.form})
        return 1 if errors(rules.faults) or rules.asked else 0
    show_lines(told.lines, console())
    return max(say(rules.faults, messages), bool(rules.asked))


def _told_at_terminal(arguments: argparse.Namespace, messages: Messages) -> list[tuple[str, str]]:
    """What a person at a terminal says of the rules that are to land and have no place yet."""
    from gebiedswerk.app.find_rules import find_rules
    from gebiedswerk.app.tell_rules import tell_rules
    from gebiedswerk.cli.asking import asked_at_terminal, at_terminal
    from gebiedswerk.core.faults import errors

    if arguments.json or not arguments.write or not at_terminal():
        return []
    rules = find_rules(arguments.dossier, arguments.answer)
    if errors(rules.faults):
        return []
    told = asked_at_terminal(tell_rules(rules, arguments.dossier, messages).asked, messages) or []
    return [(key, value) for key, value in told if value]


def add_command(arguments: argparse.Namespace, messages: Messages) -> int:
    """Add rows to a table: one of these values, or one for each row of a list."""
    from gebiedswerk.app.add_rows import add_rows

    files = [word for word in arguments.what if "=" not in word]
    values = dict(pair(word) for word in arguments.what if "=" in word)
    if len(files) > 1 or not arguments.what:
        print(messages("cli.add.what"), file=sys.stderr)
        return 2
    source = Path(files[0]) if files else None
    done = add_rows(arguments.dossier, arguments.table, values, source, dict(arguments.column), by_of(arguments))
    for header in done.unread:
        print(messages("cli.add.unread", header=header))
    for file, count in done.added:
        print(messages("cli.add.added", file=file, count=count))
    return say(done.faults, messages)


def set_command(arguments: argparse.Namespace, messages: Messages) -> int:
    """Write settings, all or none."""
    from gebiedswerk.app.set_settings import set_settings
    from gebiedswerk.core.faults import errors

    faults = set_settings(arguments.dossier, arguments.what, dict(arguments.values), by_of(arguments))
    if not errors(faults):
        print(messages("cli.set.done", what=arguments.what, keys=", ".join(dict(arguments.values))))
    return say(faults, messages)


def next_year_command(arguments: argparse.Namespace, messages: Messages) -> int:
    """Copy lines, keys and rules to the next year, and say what ends."""
    from gebiedswerk.app.next_year import next_year
    from gebiedswerk.core.faults import errors

    done = next_year(arguments.dossier, arguments.year, by_of(arguments))
    if not errors(done.faults):
        for file, count in done.added:
            print(messages("cli.next-year.added", file=file, count=count, last=done.last, year=done.year))
        if not done.added:
            print(messages("cli.next-year.nothing", last=done.last, year=done.year))
        for one in done.left_out:
            print(messages(f"cli.next-year.{one.kind}", code=one.code, because=one.because, year=done.year))
    return say(done.faults, messages)


def migrate_command(arguments: argparse.Namespace, messages: Messages) -> int:
    """Bring a dossier to the newest format, and say which files changed."""
    from gebiedswerk.app.migrate import migrate
    from gebiedswerk.core.faults import errors

    done = migrate(arguments.dossier, by_of(arguments))
    if not errors(done.faults):
        for file in done.files:
            print(messages("cli.migrate.changed", file=file))
        told = "cli.migrate.done" if done.files else "cli.migrate.nothing"
        print(messages(told, former=done.former, format=done.format))
    return say(done.faults, messages)


def new_command(arguments: argparse.Namespace, messages: Messages) -> int:
    """Make a new dossier: one to look at, or one of your own; at a terminal it asks which."""
    from gebiedswerk.app.new import Own, new
    from gebiedswerk.core.faults import errors

    said = Own(arguments.name, arguments.year, arguments.areas, arguments.kind)
    own = said if arguments.empty or said != Own() else None
    if own is None and sys.stdin.isatty() and sys.stdout.isatty():
        own = _asked(messages)
    faults = new(arguments.dossier, own, by_of(arguments))
    if not errors(faults):
        print(messages("cli.new.made", path=arguments.dossier))
    return say(faults, messages)


def _asked(messages: Messages) -> Own | None:
    """What a person at a terminal says of their dossier; None for the made-up one."""
    from gebiedswerk.app.new import Own

    name = input(messages("cli.new.ask.name") + " ").strip()
    if not name:
        return None
    year = ""
    while not re.fullmatch(r"(19|20)[0-9]{2}", year):
        year = input(messages("cli.new.ask.year") + " ").strip()
    areas = input(messages("cli.new.ask.areas") + " ").strip()
    return Own(name, int(year), areas, input(messages("cli.new.ask.kind") + " ").strip() if areas else "")
