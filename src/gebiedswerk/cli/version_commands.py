"""The commands about versions of a dossier: merge two of them, keep one elsewhere and bring it back.

Exit 0 is fine, 1 errors found, 2 wrong use.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import datetime
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
    backup = add("backup", backup_command)
    backup.add_argument("--to", type=Path, required=True, metavar="FOLDER", help=messages("cli.help.backup.to"))
    restore = add("restore", restore_command, dossier=False)
    restore.add_argument("backup", type=Path, metavar="BACKUP", help=messages("cli.help.restore.backup"))
    restore.add_argument("dossier", type=Path, help=messages("cli.help.restore.dossier"))


def merge_command(arguments: argparse.Namespace, messages: Messages) -> int:
    """Merge two versions of a file into that of ours; 1 where a person must choose."""
    from gebiedswerk.app.merge import merge

    return say(merge(arguments.base, arguments.ours, arguments.theirs, arguments.place), messages)


def backup_command(arguments: argparse.Namespace, messages: Messages) -> int:
    """Make a backup, and say with what the journal ends."""
    from gebiedswerk.app.backup import backup

    made, faults = backup(arguments.dossier, arguments.to)
    code = say(faults, messages)
    if made is not None:
        kilobytes = messages.number(-(-made.new_bytes // 1000))
        files = messages.number(len(made.manifest.files))
        new = messages.number(made.new_files)
        print(messages("cli.backup.made", path=arguments.to, files=files, new=new, kilobytes=kilobytes))
        for head in made.manifest.heads:
            print(messages("cli.backup.head", head=head))
    return code


def restore_command(arguments: argparse.Namespace, messages: Messages) -> int:
    """Bring a backup back, and say of which moment it is."""
    from gebiedswerk.app.restore import restore

    manifest, faults = restore(arguments.backup, arguments.dossier)
    code = say(faults, messages)
    if manifest is not None:
        moment = messages.moment(datetime.fromisoformat(manifest.at).astimezone())
        files = messages.number(len(manifest.files))
        print(messages("cli.restore.done", path=arguments.dossier, files=files, moment=moment))
    return code
