"""`docs/reference/commands.md`: every command with its options, read from the parser itself."""

from __future__ import annotations

import argparse

from gebiedswerk.cli.main import parser
from gebiedswerk.language.messages import Messages
from tools.reference.markdown import page, table

INTRO = """\
The program speaks Dutch, also about its own use; `--lang en` makes it English, before or after the command. `--help`
behind a command tells what stands here. Exit code 0: all is well, though there may be warnings. 1: errors were found.
2: wrong use. Tables, claims and JSON go to standard output; faults go to standard error."""


def pages() -> dict[str, str]:
    """Name of the file → its text."""
    messages = Messages("en")
    whole = parser(messages)
    subparsers = next(one for one in whole._actions if isinstance(one, argparse._SubParsersAction))
    sections = [_section(name, one, messages) for name, one in subparsers.choices.items()]
    return {"commands.md": page("Commands", f"{whole.description}.".replace("..", "."), INTRO, *sections)}


def _section(name: str, command: argparse.ArgumentParser, messages: Messages) -> str:
    known = [one for one in command._actions if not isinstance(one, argparse._HelpAction) and one.dest != "lang"]
    usage = " ".join([f"gebiedswerk {name}", *(_usage(one) for one in sorted(known, key=_options_last))])
    rows = [(f"`{_written(one)}`", "yes" if one.required else "", str(one.help)) for one in known]
    example = messages(f"cli.{name}.example")
    sentence = f"{str(command.description)[0].upper()}{str(command.description)[1:]}."
    blocks = [f"## {name}", sentence, f"```\n{usage}\n```", table(("argument", "required", "meaning"), rows)]
    return "\n\n".join([*blocks, f"Example: `{example}`"])


def _options_last(one: argparse.Action) -> bool:
    return bool(one.option_strings)


def _written(one: argparse.Action) -> str:
    """An argument as one writes it: `dossier` or `--year YEAR`."""
    if not one.option_strings:
        return one.dest.upper()
    takes_value = one.nargs != 0
    return f"{one.option_strings[0]} {one.dest.upper()}" if takes_value else one.option_strings[0]


def _usage(one: argparse.Action) -> str:
    return _written(one) if one.required else f"[{_written(one)}]"
