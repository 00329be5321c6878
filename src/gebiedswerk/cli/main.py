"""The command line: one short function per command. Exit 0 is fine, 1 errors found, 2 wrong use."""

from __future__ import annotations

import argparse
import gc
import gettext
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from gebiedswerk import __version__
from gebiedswerk.cli.acting import add_acting, by_of
from gebiedswerk.cli.dossier_commands import add_dossier_commands
from gebiedswerk.cli.draft_command import add_draft_command
from gebiedswerk.cli.import_command import add_import_command
from gebiedswerk.cli.journal_command import add_journal_command
from gebiedswerk.cli.output import print_json, say
from gebiedswerk.cli.release_commands import add_proof_commands
from gebiedswerk.cli.version_commands import add_version_commands
from gebiedswerk.core.typed_words import plain_name
from gebiedswerk.language.languages import DUTCH, LANGUAGES, LOCALE
from gebiedswerk.language.messages import Messages

if TYPE_CHECKING:
    from gebiedswerk.app.account_of_year import AccountOfYear
    from gebiedswerk.app.terms_of_year import TermsOfYear

Command = Callable[[argparse.Namespace, Messages], int]
SELDOM = 100_000
"""After so many new values Python looks for some that can go: a command keeps nearly all it makes until it ends."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. `--version` imports nothing but the standard library."""
    gc.set_threshold(SELDOM)
    words = list(sys.argv[1:] if arguments is None else arguments)
    messages = Messages(_language(words))
    gettext.bindtextdomain("argparse", LOCALE)
    gettext.textdomain("argparse")
    os.environ["LANGUAGE"] = messages.language
    whole = parser(messages)
    parsed, rest = whole.parse_known_args(words)
    if rest and not _taken(parsed, rest):
        whole.parse_args(words)  # says which, and ends
    command: Command = parsed.command
    try:
        return command(parsed, messages)
    except OSError as problem:
        if problem.errno is None or isinstance(problem, BrokenPipeError):  # a mistake of ours, or nobody listens
            raise
        return tell_refused(problem, words)


def _taken(parsed: argparse.Namespace, rest: Sequence[str]) -> bool:
    """Whether a command takes words behind its options as well: values such as `year=2025`."""
    words: list[str] | None = getattr(parsed, "what", None) if isinstance(getattr(parsed, "what", None), list) else None
    if words is None or any(one.startswith("-") or "=" not in one for one in rest):
        return False
    words += rest
    return True


def tell_refused(problem: OSError, words: list[str]) -> int:
    """Say what the system says of a file, or of a stream, where no verb has its own words for it (B112). Returns 1."""
    from gebiedswerk.core.faults import fault

    file = os.fsdecode(problem.filename) if isinstance(problem.filename, (str, bytes)) else None
    found = fault("B112", file, reason=problem.strerror or problem)
    return say([found], Messages(_language(words)))


def _language(words: list[str]) -> str:
    """The value of `--lang`, Dutch by default: never the locale of the machine."""
    for at, word in enumerate(words):
        value = word.removeprefix("--lang=") if word.startswith("--lang=") else None
        value = words[at + 1] if word == "--lang" and at + 1 < len(words) else value
        if value in LANGUAGES:
            return str(value)
    return DUTCH


def parser(messages: Messages) -> argparse.ArgumentParser:
    """All commands with their options, in one language."""
    whole = argparse.ArgumentParser(prog="gebiedswerk", description=messages("cli.description"))
    version = f"gebiedswerk {__version__}"
    whole.add_argument("--version", action="version", version=version, help=messages("cli.help.version"))
    whole.add_argument("--lang", choices=LANGUAGES, default=DUTCH, help=messages("cli.help.lang"))
    commands = whole.add_subparsers(required=True, metavar=messages("cli.command"))

    def add(name: str, command: Command, dossier: bool = True) -> argparse.ArgumentParser:
        added = commands.add_parser(
            name,
            help=messages(f"cli.{name}.help"),
            description=messages(f"cli.{name}.help"),
            epilog=messages("cli.example", example=messages(f"cli.{name}.example")),
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        added.set_defaults(command=command)
        added.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help=messages("cli.help.lang"))
        if dossier:
            added.add_argument("dossier", type=Path, help=messages("cli.help.dossier"))
        return added

    def year_and_json(added: argparse.ArgumentParser) -> None:
        added.add_argument("--year", type=int, required=True, help=messages("cli.help.year"))
        added.add_argument("--json", action="store_true", help=messages("cli.help.json"))

    check = add("check", check_command)
    check.add_argument("--against", type=Path, metavar="FILE.html", help=messages("cli.help.against"))
    check.add_argument("--publication", type=plain_name, help=messages("cli.help.against.publication"))
    check.add_argument("--json", action="store_true", help=messages("cli.help.json"))
    add_import_command(add, messages)
    year_and_json(add("account", account_command))
    terms = add("terms", terms_command)
    year_and_json(terms)
    terms.add_argument("--lapsing", action="store_true", help=messages("cli.help.lapsing"))
    trace = add("trace", trace_command)
    trace.add_argument("figure", help=messages("cli.help.figure"))
    trace.add_argument("--json", action="store_true", help=messages("cli.help.json"))
    text = add("text", text_command)
    text.add_argument("--update", action="store_true", help=messages("cli.help.update"))
    text.add_argument("--write", action="store_true", help=messages("cli.help.write"))
    text.add_argument("--add", metavar="TEXT", help=messages("cli.help.text.add"))
    text.add_argument("--publication", type=plain_name, help=messages("cli.help.text.publication"))
    add_acting(text, messages)
    build = add("build", build_command)
    build.add_argument("--out", type=Path, required=True, help=messages("cli.help.out"))
    build.add_argument("--at", type=datetime.fromisoformat, help=messages("cli.help.at"))
    build.add_argument("--jobs", type=int, default=0, help=messages("cli.help.jobs"))
    build.add_argument("--full", action="store_true", help=messages("cli.help.full"))
    serve = add("serve", serve_command)
    serve.add_argument("--port", type=int, default=8000, help=messages("cli.help.port"))
    adopt = add("adopt", adopt_command)
    adopt.add_argument("publication", help=messages("cli.help.publication"))
    adopt.add_argument("--on", type=date.fromisoformat, help=messages("cli.help.on"))
    adopt.add_argument("--decision", default="", help=messages("cli.help.decision"))
    add_acting(adopt, messages)
    add_dossier_commands(add, messages)
    add_draft_command(add, messages)
    add_journal_command(add, messages)
    add_version_commands(add, messages)
    add_proof_commands(add, messages)
    return whole


def check_command(arguments: argparse.Namespace, messages: Messages) -> int:
    """Say every fault, and where the money of each delivery went."""
    from dataclasses import asdict

    from gebiedswerk.app.check import check
    from gebiedswerk.cli.terminal import console, fault_json, show_deliveries

    checked = check(arguments.dossier, arguments.against, arguments.publication)
    if arguments.json:
        faults = [fault_json(one, messages) for one in checked.faults]
        print_json({"format": 1, "faults": faults, "deliveries": [asdict(one) for one in checked.deliveries]})
        return 0 if checked.sound else 1
    show_deliveries(checked.deliveries, checked.used, messages, console())
    if not checked.faults:
        console().print(messages("cli.check.fine"))
    return say(checked.faults, messages)


def _no_account(shown: AccountOfYear | TermsOfYear, year: int, messages: Messages) -> int:
    """Say that a year has no account, where there are figures of others, and why. Exit code 2."""
    if shown.years is not None:
        print(messages("cli.no_year", year=year, years=", ".join(map(str, shown.years))), file=sys.stderr)
    return max(say(shown.faults, messages), 2)


def account_command(arguments: argparse.Namespace, messages: Messages) -> int:
    """Show the account of a year."""
    from gebiedswerk.app.account_of_year import account_of_year
    from gebiedswerk.cli.terminal import console, show_account

    shown = account_of_year(arguments.dossier, arguments.year)
    if shown.account is None:
        return _no_account(shown, arguments.year, messages)
    if arguments.json:
        print_json(shown.form)
    else:
        show_account(shown.account, messages, console())
    return say(shown.faults, messages)


def terms_command(arguments: argparse.Namespace, messages: Messages) -> int:
    """Show how the spending terms went, or what lapses when."""
    from gebiedswerk.app.terms_of_year import terms_of_year
    from gebiedswerk.cli.terminal import console, show_lapsing, show_terms

    shown = terms_of_year(arguments.dossier, arguments.year)
    if shown.account is None:
        return _no_account(shown, arguments.year, messages)
    if arguments.json:
        print_json(shown.form)
    elif arguments.lapsing:
        show_lapsing(shown.account, shown.left, messages, console())
    else:
        show_terms(shown.account, messages, console(), shown.rules)
    return say(shown.faults, messages)


def trace_command(arguments: argparse.Namespace, messages: Messages) -> int:
    """Walk a figure back to its postings."""
    from gebiedswerk.app.find_figure import find_figure
    from gebiedswerk.cli.terminal import console, show_trace

    traced, faults = find_figure(arguments.dossier, arguments.figure)
    if traced is None:
        return say(faults, messages)
    if arguments.json:
        print_json(traced.form)
    else:
        show_trace(traced, messages, console())
    return 0


def text_command(arguments: argparse.Namespace, messages: Messages) -> int:
    """Hold every claim against its figure; with --update show the true values as a diff."""
    if arguments.add is not None:
        return _add_text(arguments, messages)
    if arguments.update:
        return _update_texts(arguments, messages)
    from gebiedswerk.app.check_texts import check_texts

    claims, faults = check_texts(arguments.dossier)
    for claim in claims or ():
        key = "cli.claim.true" if claim.holds else "cli.claim.false"
        facts = {"written": claim.written, "figure": claim.figure, "truth": claim.truth}
        print(messages(key, file=claim.file, line=claim.line, **facts))
    return say(faults, messages)


def _add_text(arguments: argparse.Namespace, messages: Messages) -> int:
    """Add words to a text, with the value of each figure in them."""
    from gebiedswerk.app.add_text import add_text

    added, faults = add_text(arguments.dossier, arguments.add, arguments.publication, by_of(arguments))
    print(messages("cli.text.added", text=added) if added else messages("cli.text.refused"))
    return max(say(faults, messages), 0 if added else 1)


def _update_texts(arguments: argparse.Namespace, messages: Messages) -> int:
    """Show the true values as a diff, and with --write put them in the texts."""
    from gebiedswerk.app.update_texts import update_texts

    updates, faults = update_texts(arguments.dossier, by_of(arguments), write=arguments.write)
    for file, update in (updates or {}).items():
        print(update.diff)
        for line in update.turned:
            print(messages("cli.text.turned", file=file, line=line))
    return say(faults, messages)


def build_command(arguments: argparse.Namespace, messages: Messages) -> int:
    """Build the site; with any error nothing is written and the former site stays."""
    from gebiedswerk.app.build import build
    from gebiedswerk.cli.terminal import progress

    with progress(messages) as bar:
        task = bar.add_task("", total=None)
        built, faults = build(
            arguments.dossier,
            arguments.out,
            arguments.at,
            arguments.jobs,
            lambda done, whole: bar.update(task, completed=done, total=whole),
            full=arguments.full,
        )
    code = say(faults, messages)
    if built is None:
        print(
            messages("cli.build.refused" if (arguments.out / "site").exists() else "cli.build.nothing"), file=sys.stderr
        )
    else:
        facts = {"pages": built.pages, "rendered": len(built.rendered), "path": built.site / "index.html"}
        print(messages("cli.build.made", **facts))
    return code


def serve_command(arguments: argparse.Namespace, messages: Messages) -> int:
    """Serve the site on this machine, rebuilt on every change, with the faults beside the page."""
    from gebiedswerk.cli.serve import serve

    return serve(arguments.dossier, arguments.port, messages)


def adopt_command(arguments: argparse.Namespace, messages: Messages) -> int:
    """Adopt a publication: its figures stand from now on."""
    from gebiedswerk.app.adopt import adopt

    kept, faults = adopt(arguments.dossier, arguments.publication, arguments.on, arguments.decision, by_of(arguments))
    code = say(faults, messages)
    if kept is not None:
        print(messages("cli.adopt.made", path=kept))
    return code
