"""The commands about whole sites: one short function each. Exit 0 is fine, 1 errors found, 2 wrong use."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gebiedswerk.cli.output import print_json, say
from gebiedswerk.language.messages import Messages

if TYPE_CHECKING:
    from gebiedswerk.app.verify import Verified
    from gebiedswerk.core.faults import Fault

SHOWN = 20
Add = Callable[..., argparse.ArgumentParser]


def add_proof_commands(add: Add, messages: Messages) -> None:
    """Add the commands with their options; `add` takes a name, a command and whether its first word is a dossier."""
    freeze = add("freeze", freeze_command)
    freeze.add_argument("--out", type=Path, required=True, help=messages("cli.help.release"))
    freeze.add_argument("--audit", type=Path, help=messages("cli.help.audit"))
    freeze.add_argument("--sign", type=Path, metavar="KEY", help=messages("cli.help.sign"))
    freeze.add_argument("--at", type=datetime.fromisoformat, help=messages("cli.help.at"))
    freeze.add_argument("--json", action="store_true", help=messages("cli.help.json"))
    verify = add("verify", verify_command, dossier=False)
    verify.add_argument("release", type=Path, help=messages("cli.help.verify"))
    how = verify.add_mutually_exclusive_group()
    how.add_argument("--deliveries", action="store_true", help=messages("cli.help.deliveries"))
    how.add_argument("--figures", action="store_true", help=messages("cli.help.figures"))
    verify.add_argument("--manifest", type=digest, help=messages("cli.help.manifest"))
    verify.add_argument("--signers", type=Path, metavar="FILE", help=messages("cli.help.signers"))
    verify.add_argument("--revoked", type=Path, metavar="FILE", help=messages("cli.help.revoked"))
    verify.add_argument("--json", action="store_true", help=messages("cli.help.json"))
    publish = add("publish", publish_command)
    publish.add_argument("--to", type=Path, required=True, help=messages("cli.help.to"))
    publish.add_argument("--at", type=datetime.fromisoformat, help=messages("cli.help.at"))
    publish.add_argument("--json", action="store_true", help=messages("cli.help.json"))
    diff = add("diff", diff_command, dossier=False)
    diff.add_argument("before", type=Path, help=messages("cli.help.before"))
    diff.add_argument("after", type=Path, help=messages("cli.help.after"))
    diff.add_argument("--json", action="store_true", help=messages("cli.help.json"))


def digest(text: str) -> str:
    """A SHA-256 as `freeze` prints it. Raises ValueError."""
    if len(text) != 64 or not set(text.lower()) <= set("0123456789abcdef"):
        raise ValueError(text)
    return text.lower()


def freeze_command(arguments: argparse.Namespace, messages: Messages) -> int:
    """Write a public release, and an audit release where a folder is named for it."""
    from gebiedswerk.app.freeze import freeze

    frozen, faults = freeze(arguments.dossier, arguments.out, arguments.audit, arguments.at, arguments.sign)
    if arguments.json:
        return _said({} if frozen is None else asdict(frozen), faults, messages)
    code = say(faults, messages)
    if frozen is not None:
        print(messages("cli.freeze.made", path=frozen.public, sha256=frozen.public_sha256))
        if frozen.audit is not None:
            print(messages("cli.freeze.audit", path=frozen.audit, sha256=frozen.audit_sha256))
        if arguments.sign is not None:
            print(messages("cli.freeze.signed", key=arguments.sign))
    return code


def verify_command(arguments: argparse.Namespace, messages: Messages) -> int:
    """Hold a release against its manifest, its own ledger and, for the auditor, its deliveries."""
    from gebiedswerk.app.verify import Signers, verify
    from gebiedswerk.core.faults import errors

    if arguments.revoked is not None and arguments.signers is None:
        print(messages("cli.verify.revoked_alone"), file=sys.stderr)
        return 2
    noted = arguments.manifest or ""
    signers = Signers(arguments.signers, arguments.revoked) if arguments.signers is not None else None
    ways = {"deliveries": arguments.deliveries, "figures": arguments.figures}
    checked = verify(arguments.release, **ways, manifest_sha256=noted, signers=signers)
    found = checked.value
    if arguments.json:
        return _said({} if found is None else asdict(found), checked.faults, messages)
    code = say(checked.faults, messages)
    if found is not None and not errors(checked.faults):
        alone = not (noted or found.signed_by)
        _show_verified(found, messages, "figures" if arguments.figures else "alone" if alone else found.kind)
        if found.from_itself:
            print(messages("cli.verify.itself", count=found.from_itself))
        if found.remade:
            print(messages("cli.verify.remade", count=found.remade))
        if found.signed_by:
            print(messages("cli.verify.signed", name=found.signed_by))
        elif not noted:
            print(messages("cli.verify.not_held" if found.signed else "cli.verify.unsigned"))
    return code


def _show_verified(found: Verified, messages: Messages, how: str) -> None:
    """What was held, per kind of place, and what was not.

    `how`: `figures` alone were asked; `alone`: nobody vouched for the manifest; else the kind of release.
    """
    facts = {"files": found.files, "figures": found.figures, "pages": found.pages}
    print(messages(f"cli.verify.{how}", **facts, sha256=found.manifest_sha256))
    kinds = (messages(f"cli.verify.kind.{kind}", count=count) for kind, count in found.kinds.items())
    print(messages("cli.verify.kinds", kinds="; ".join(kinds)))
    if found.free:
        print(messages("cli.verify.free", count=found.free))
    if found.unheld:
        endings = sorted({name.rpartition(".")[2] for name in found.unheld})
        print(messages("cli.verify.beside", count=len(found.unheld), endings=", ".join(endings)))


def publish_command(arguments: argparse.Namespace, messages: Messages) -> int:
    """Put the site live; with any error, also an address that would vanish, the former one stays."""
    from gebiedswerk.app.publish import publish

    found, faults = publish(arguments.dossier, arguments.to, arguments.at)
    if arguments.json:
        return _said({} if found is None else asdict(found), faults, messages)
    code = say(faults, messages)
    if found is not None:
        facts = {"addresses": found.addresses, "moved": found.moved, "path": found.site}
        print(messages("cli.publish.made", **facts))
        for slug, number in found.versions.items():
            print(messages("cli.publish.version", slug=slug, number=number))
    return code


def diff_command(arguments: argparse.Namespace, messages: Messages) -> int:
    """Say what differs between two deliveries, dossiers or releases; 0 where they are equal, 1 where they are not."""
    from gebiedswerk.app.diff import diff

    checked = diff(arguments.before, arguments.after)
    found = checked.value
    if arguments.json:
        return max(
            _said({} if found is None else asdict(found), checked.faults, messages), found is None or not found.equal
        )
    code = say(checked.faults, messages)
    if found is None:
        return code
    if found.equal:
        print(messages("cli.diff.equal"))
    for part, changes in (
        ("why", found.why),
        ("figures", found.figures),
        ("rows", found.rows),
        ("claims", found.claims),
    ):
        _show_changes(part, changes, messages)
    if found.taken_down:
        print(messages("cli.diff.taken_down", count=len(found.taken_down), rows=", ".join(found.taken_down[:SHOWN])))
    if found.pages:
        print(messages("cli.diff.pages", count=len(found.pages)))
        print("\n".join(f"  {name}" for name, _, _ in found.pages[:SHOWN]))
    return max(code, int(not found.equal))


def _show_changes(part: str, changes: Sequence[tuple[str, str | None, str | None]], messages: Messages) -> None:
    """A heading with how many there are, and the first of them; amounts in euros."""
    if changes:
        print(messages(f"cli.diff.{part}", count=len(changes)))
    for name, before, after in changes[:SHOWN]:
        then, now = (_amount(cell, part, messages) for cell in (before, after))
        print(f"  {name}: {then} → {now}")
    if len(changes) > SHOWN:
        print(f"  … {len(changes) - SHOWN}")


def _amount(cell: str | None, part: str, messages: Messages) -> str:
    if cell is None:
        return "–"
    return messages.euros(int(cell)) if part in ("figures", "rows") else cell


def _said(form: dict[str, Any], faults: Sequence[Fault], messages: Messages) -> int:
    """Print a result with its faults as JSON; the exit code that belongs to them."""
    from gebiedswerk.cli.terminal import fault_json
    from gebiedswerk.core.faults import errors

    texts = {name: str(value) if isinstance(value, Path) else value for name, value in form.items()}
    whole = {"format": 1, "faults": [fault_json(one, messages) for one in faults]} | texts
    print_json(whole)
    return 1 if errors(faults) else 0
