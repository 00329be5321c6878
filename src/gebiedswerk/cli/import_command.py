"""The command that takes a file in: its options, its questions at a terminal, and what it says."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from gebiedswerk.cli.output import print_json, say
from gebiedswerk.language.messages import Messages

if TYPE_CHECKING:
    from gebiedswerk.importing import Answer, Imported, Proposal, Question, Said, Wanted

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
        type=answer,
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


def plain_name(text: str) -> str:
    """The name of a profile or a delivery: a file name without a folder."""
    from gebiedswerk.core.filenames import LONGEST_NAME, refusal_of_name

    if not re.fullmatch(r"\w[\w.-]{0,99}", text) or refusal_of_name(text, LONGEST_NAME):
        raise ValueError(text)
    return text


def _numbers(text: str, least: int, most: int) -> tuple[int, ...]:
    """Whole numbers and ranges: `2018,2019` or `0-3`. Raises ValueError."""
    found: set[int] = set()
    for part in text.split(","):
        first, dash, last = part.partition("-")
        found |= set(range(int(first), int(last if dash else first) + 1))
    if not found or min(found) < least or max(found) > most:
        raise ValueError(text)
    return tuple(sorted(found))


def years(text: str) -> tuple[int, ...]:
    """Fiscal years: `2018,2019`. Raises ValueError."""
    return _numbers(text, 1900, 2099)


def periods(text: str) -> tuple[int, ...]:
    """Periods: `0-3`. Raises ValueError."""
    return _numbers(text, 0, 99)


def moment(text: str) -> datetime:
    """A moment on the clock of the town hall: without a zone, in whole seconds."""
    said = datetime.fromisoformat(text)
    if said.tzinfo is not None:
        raise ValueError(text)
    return said.replace(microsecond=0)


def answer(text: str) -> Answer:
    """`flows.income=8*`: a setting of the profile and what it is to be. Raises ValueError."""
    key, equals, value = text.partition("=")
    if not equals or not key.strip():
        raise ValueError(text)
    return key.strip(), value.strip()


def decision(text: str) -> Said:
    """`amendment.number=W2025-1`: what a budget file does not say of its decisions. Raises ValueError."""
    from gebiedswerk.importing import said

    return said(text)


def import_command(arguments: argparse.Namespace, messages: Messages) -> int:
    """Take files into the dossier; say what each is and lacks, with --dry-run only what would move by it."""
    if arguments.more and (arguments.propose or arguments.id):
        print(messages("cli.import.one_file"), file=sys.stderr)
        return 2
    if arguments.propose:
        return _propose(arguments, messages)
    if arguments.accept != bool(wanted_of(arguments).accepted):
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
    from gebiedswerk.cli.asking import question_json
    from gebiedswerk.cli.terminal import fault_json
    from gebiedswerk.core.faults import errors
    from gebiedswerk.importing import imported_json

    wanted = wanted_of(arguments)
    imported = _imported(arguments, wanted, messages)
    found: dict[str, object] = {"file": wanted.file.name}
    found["faults"] = [fault_json(one, messages) for one in imported.faults]
    found["questions"] = [question_json(one, messages) for one in imported.questions]
    return found | imported_json(imported), 1 if errors(imported.faults) else 0


def _imported(arguments: argparse.Namespace, wanted: Wanted, messages: Messages) -> Imported:
    """Import a file, or try to; whoever sits at a terminal is asked what the file does not tell, one by one."""
    from gebiedswerk.app.import_file import import_file, try_import
    from gebiedswerk.cli.asking import asked_at_terminal, at_terminal

    path, dry, given = arguments.dossier, arguments.dry_run, wanted.answers
    while True:
        imported = try_import(path, wanted) if dry else import_file(path, wanted, messages)
        if arguments.json or not imported.questions or not at_terminal():
            return imported
        told = asked_at_terminal(imported.questions, messages)
        if told is None:
            return imported
        try:
            wanted = with_answers(replace(wanted, answers=given if dry else ()), told)
        except ValueError:
            print(messages("cli.ask.again"), file=sys.stderr)
        given = wanted.answers


def with_answers(wanted: Wanted, answers: Sequence[Answer]) -> Wanted:
    """What was asked, with answers to questions: of the profile, or of the delivery. Raises ValueError."""
    from gebiedswerk.dossier.settings import DeliveryKind
    from gebiedswerk.importing import OF_DECISION, OPTIONS, is_of_decision

    read = {"years": years, "periods": periods, "exported_at": moment, "kind": DeliveryKind, "profile": plain_name}
    own = {key: read.get(key, str)(value) for key, value in answers if key in OPTIONS}
    told = [decision(f"{key.removeprefix(OF_DECISION)}={value}") for key, value in answers if is_of_decision(key)]
    of_profile = tuple((key, value) for key, value in answers if key not in OPTIONS and not is_of_decision(key))
    wanted = replace(wanted, decisions=(*wanted.decisions, *told))
    return replace(wanted, answers=(*wanted.answers, *of_profile), **own)  # type: ignore[arg-type]  # read as they are


def _tell(arguments: argparse.Namespace, imported: Imported, messages: Messages) -> int:
    """What an import did, or would do, in sentences."""
    from gebiedswerk.cli.terminal import console, show_lines
    from gebiedswerk.importing import imported_text

    show_lines(imported_text(imported, arguments.dossier, messages), console())
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
    from gebiedswerk.core.words import says_something
    from gebiedswerk.dossier.settings import DeliveryKind
    from gebiedswerk.importing import Wanted

    return Wanted(
        arguments.file,
        arguments.profile,
        DeliveryKind(arguments.kind or KINDS[0]),
        arguments.administration,
        arguments.years,
        arguments.periods,
        arguments.exported_at,
        arguments.id,
        arguments.reason.strip() if says_something(arguments.reason) else "",
        tuple(arguments.answer),
        decisions=tuple(arguments.decision),
        whole=arguments.whole,
    )


def _propose(arguments: argparse.Namespace, messages: Messages) -> int:
    """Write a profile to confirm, for a file that no profile fits."""
    from gebiedswerk.app.import_file import needs_administration, propose_profile
    from gebiedswerk.cli.asking import question_json
    from gebiedswerk.cli.terminal import fault_json
    from gebiedswerk.core.filenames import file_name
    from gebiedswerk.dossier.settings import DeliveryKind

    name = arguments.profile or file_name(arguments.file.stem).lower() or "profiel"
    kind = DeliveryKind(arguments.kind) if arguments.kind else None
    made = propose_profile(arguments.dossier, arguments.file, name, messages, kind, tuple(arguments.answer))
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
