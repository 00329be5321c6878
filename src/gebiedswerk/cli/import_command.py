"""The command that takes a file in: its options, its questions at a terminal, and what it says."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from gebiedswerk.cli.acting import add_acting, by_of
from gebiedswerk.cli.output import print_json, say
from gebiedswerk.core.typed_words import moment, pair, periods, plain_name, years
from gebiedswerk.language.messages import Messages

if TYPE_CHECKING:
    from gebiedswerk.app.import_file import Imported, Question, Said, Wanted
    from gebiedswerk.app.propose_profile import Proposal

Add = Callable[..., argparse.ArgumentParser]
KINDS = ("realised", "commitment", "budget")


def add_import_command(add: Add, messages: Messages) -> None:
    """Add `import` with what a person may say of a file; `add` takes a name and a command."""
    added = add("import", import_command)
    added.add_argument("file", type=Path, help=messages("cli.help.import.file"))
    added.add_argument("more", type=Path, nargs="*", help=messages("cli.help.import.more"))
    added.add_argument("--profile", type=plain_name, help=messages("cli.help.import.profile"))
    added.add_argument("--kind", choices=KINDS, help=messages("cli.help.import.kind"))
    added.add_argument("--administration", help=messages("cli.help.import.administration"))
    added.add_argument("--years", type=years, default=(), help=messages("cli.help.import.years"))
    added.add_argument("--periods", type=periods, default=(), help=messages("cli.help.import.periods"))
    added.add_argument("--exported-at", type=moment, help=messages("cli.help.import.exported_at"))
    added.add_argument("--id", type=plain_name, help=messages("cli.help.import.id"))
    added.add_argument("--accept", action="store_true", help=messages("cli.help.import.accept"))
    added.add_argument("--reason", default="", help=messages("cli.help.import.reason"))
    added.add_argument(
        "--answer",
        type=pair,
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help=messages("cli.help.import.answer"),
    )
    added.add_argument(
        "--decision",
        type=decision,
        action="append",
        default=[],
        metavar="FACT=VALUE",
        help=messages("cli.help.import.decision"),
    )
    added.add_argument("--whole", action="store_true", help=messages("cli.help.import.whole"))
    added.add_argument("--dry-run", action="store_true", help=messages("cli.help.import.dry_run"))
    added.add_argument("--propose", action="store_true", help=messages("cli.help.import.propose"))
    added.add_argument("--json", action="store_true", help=messages("cli.help.json"))
    add_acting(added, messages, reason=False)


def decision(text: str) -> Said:
    """`amendment.number=W2025-1`: what a budget file does not say of its decisions. Raises ValueError."""
    from gebiedswerk.app.read_decision import read_decision

    return read_decision(text)


def import_command(arguments: argparse.Namespace, messages: Messages) -> int:
    """Take files into the dossier; say what each is and lacks, with --dry-run only what would move by it."""
    if arguments.more and (arguments.propose or arguments.id):
        print(messages("cli.import.one_file"), file=sys.stderr)
        return 2
    if arguments.propose:
        return _propose(arguments, messages)
    if arguments.accept and not wanted_of(arguments).accepted:
        print(messages("cli.import.reason"), file=sys.stderr)
        return 2
    each = [argparse.Namespace(**{**vars(arguments), "file": file}) for file in (arguments.file, *arguments.more)]
    if not arguments.json:
        return max([_tell(one, _imported(one, wanted_of(one), messages), messages) for one in each])
    told = [_as_json(one, messages) for one in each]
    print_json({"format": 1} | (told[0][0] if len(told) == 1 else {"files": [found for found, _ in told]}))
    return max(code for _, code in told)


def _as_json(arguments: argparse.Namespace, messages: Messages) -> tuple[dict[str, object], int]:
    """What came of one file as `--json` prints it, and its exit code."""
    from gebiedswerk.app.tell_import import tell_import
    from gebiedswerk.cli.asking import question_json
    from gebiedswerk.cli.terminal import fault_json
    from gebiedswerk.core.faults import errors

    wanted = wanted_of(arguments)
    imported = _imported(arguments, wanted, messages)
    found: dict[str, object] = {"file": wanted.file.name}
    found["faults"] = [fault_json(one, messages) for one in imported.faults]
    found["questions"] = [question_json(one, messages) for one in imported.questions]
    form = tell_import(imported, arguments.dossier, messages).form
    return {**found, **form}, 1 if errors(imported.faults) else 0


def _imported(arguments: argparse.Namespace, wanted: Wanted, messages: Messages) -> Imported:
    """Import a file, or try to; whoever sits at a terminal is asked what the file does not tell, one by one."""
    from gebiedswerk.app.answer_import import answer_import
    from gebiedswerk.app.import_file import import_file
    from gebiedswerk.app.try_import import try_import
    from gebiedswerk.cli.asking import asked_at_terminal, at_terminal, in_words

    path, dry, given = arguments.dossier, arguments.dry_run, wanted.answers
    while True:
        imported = try_import(path, wanted) if dry else import_file(path, wanted, messages)
        if arguments.json or not imported.questions or not at_terminal():
            return imported
        told = asked_at_terminal(in_words(imported.questions, messages), messages)
        if told is None:
            return imported
        try:
            wanted = answer_import(replace(wanted, answers=given if dry else ()), told)
        except ValueError:
            print(messages("cli.ask.again"), file=sys.stderr)
        given = wanted.answers


def _tell(arguments: argparse.Namespace, imported: Imported, messages: Messages) -> int:
    """What an import did, or would do, in sentences."""
    from gebiedswerk.app.tell_import import tell_import
    from gebiedswerk.cli.terminal import console, show_lines

    show_lines(tell_import(imported, arguments.dossier, messages).lines, console())
    code = say(imported.faults, messages)
    if imported.landed is not None:
        print(messages("cli.import.landed", path=imported.landed))
        print(messages("cli.import.check", dossier=arguments.dossier))
    elif imported.offer is not None and arguments.dry_run:
        print(messages("cli.import.dry" if imported.difference else "cli.import.unknown"))
    elif code:
        _tell_questions(imported.questions, messages)
        print(messages("cli.import.refused"), file=sys.stderr)
    return code


def _tell_questions(questions: Sequence[Question], messages: Messages) -> None:
    """The answers that the command wants, to type behind it."""
    from gebiedswerk.cli.asking import example_options

    if questions:
        print(messages("cli.import.answers", answers=" ".join(example_options(questions))), file=sys.stderr)


def wanted_of(arguments: argparse.Namespace) -> Wanted:
    """What a person asks of the file that is imported."""
    from gebiedswerk.app.import_file import DeliveryKind, Wanted
    from gebiedswerk.core.words import says_something

    return Wanted(
        arguments.file,
        arguments.profile,
        DeliveryKind(arguments.kind or KINDS[0]),
        arguments.administration,
        arguments.years,
        arguments.periods,
        arguments.exported_at,
        arguments.id,
        arguments.reason.strip() if arguments.accept and says_something(arguments.reason) else "",
        tuple(arguments.answer),
        decisions=tuple(arguments.decision),
        whole=arguments.whole,
        by=by_of(arguments),
    )


def _propose(arguments: argparse.Namespace, messages: Messages) -> int:
    """Write a profile to confirm, for a file that no profile fits."""
    from gebiedswerk.app.needs_administration import needs_administration
    from gebiedswerk.app.propose_profile import DeliveryKind, propose_profile
    from gebiedswerk.cli.asking import question_json
    from gebiedswerk.cli.terminal import fault_json
    from gebiedswerk.core.filenames import file_name

    name = arguments.profile or file_name(arguments.file.stem).lower() or "profiel"
    kind = DeliveryKind(arguments.kind) if arguments.kind else None
    made = propose_profile(
        arguments.dossier, arguments.file, name, messages, kind, tuple(arguments.answer), by_of(arguments)
    )
    found = made.value
    if arguments.json:
        told = [fault_json(one, messages) for one in made.faults]
        asked = [question_json(one, messages) for one in (found.questions if found else ())]
        place = found and {"profile": found.place.as_posix(), "kind": found.kind, "unsure": found.unsure}
        facts = {"faults": told, "questions": asked, "proposal": place}
        print_json({"format": 1, "file": arguments.file.name} | facts)
        return 0 if found else 1
    if found is not None:
        more = "" if found.kind is DeliveryKind.REALISED else f" --kind {found.kind}"
        more += " --administration 01" if needs_administration(arguments.dossier, name) else ""
        _tell_proposal(arguments, found, name, more, messages)
    return say(made.faults, messages)


def _tell_proposal(arguments: argparse.Namespace, found: Proposal, name: str, more: str, messages: Messages) -> None:
    """Where the proposal stands, what it asks, and the command that goes on: with the answers that we would give."""
    from gebiedswerk.cli.asking import example_options, question_lines
    from gebiedswerk.cli.terminal import console, show_lines

    said = [messages("cli.propose.made", path=found.place), messages(f"cli.propose.kind.{found.kind}")]
    said.append(messages("cli.propose.check" if found.questions else "cli.propose.sure", count=len(found.questions)))
    for number, question in enumerate(found.questions, start=1):
        said += question_lines(question, number, messages)
    show_lines(said, console())
    options = "".join(f" {one}" for one in example_options(found.questions))
    facts = {"dossier": arguments.dossier, "file": arguments.file, "name": name, "more": f"{more}{options}"}
    print(messages("cli.propose.then", **facts))
