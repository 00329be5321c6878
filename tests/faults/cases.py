"""The folders of this directory: per fault code a change to the example town, and the faults that must follow."""

from __future__ import annotations

import json
import os
import shutil
import tomllib
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from gebiedswerk.app.add_rows import add_rows
from gebiedswerk.app.adopt import adopt
from gebiedswerk.app.backup import backup
from gebiedswerk.app.build import build
from gebiedswerk.app.check_against import check_against
from gebiedswerk.app.find_figure import find_figure
from gebiedswerk.app.import_file import import_file
from gebiedswerk.app.merge import merge
from gebiedswerk.app.migrate import migrate
from gebiedswerk.app.new import new
from gebiedswerk.app.next_year import next_year
from gebiedswerk.app.propose_profile import propose_profile
from gebiedswerk.app.restore import restore
from gebiedswerk.app.set_settings import set_settings
from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.cli.import_command import wanted_of
from gebiedswerk.cli.main import parser
from gebiedswerk.cli.terminal import fault_json
from gebiedswerk.core.faults import Fault
from gebiedswerk.core.typed_words import pair
from gebiedswerk.importing import suggest_rules, write_rules
from gebiedswerk.language.messages import Messages
from tests.formats.books import write_sheets
from tests.town import append, edit

HERE = Path(__file__).parent
NL = Messages("nl")
FOLDERS = sorted(path.parent.name for path in HERE.glob("*/change.toml"))
"""A folder is called by its fault, and a second one of the same fault by what it shows: `L106-letters`."""


def code_of(folder: str) -> str:
    """The fault that a folder shows."""
    return folder.partition("-")[0]


CODES = sorted({code_of(folder) for folder in FOLDERS})


def case(code: str) -> dict[str, Any]:
    """The change of one folder: `first` and `command` (a verb with its arguments), lists of changes by kind.

    `with` names changes beside the folders that several of them start from.
    """
    return tomllib.loads((HERE / code / "change.toml").read_text("utf-8"))


def change(dossier: Path, wanted: dict[str, Any]) -> None:
    """Apply the changes: copies, removals, files (`book`: a workbook) and links first, then edits and added lines."""
    for copy in wanted.get("copy", ()):
        source, target = dossier / copy["from"], dossier / copy["to"]
        shutil.copytree(source, target) if source.is_dir() else shutil.copy(source, target)
    for gone in wanted.get("remove", ()):
        path = dossier / gone["file"]
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    for written in wanted.get("write", ()):
        path = dossier / written["file"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(bytes.fromhex(written["hex"]) if "hex" in written else written["text"].encode())
    for book in wanted.get("book", ()):
        write_sheets(dossier / book["file"], book["sheets"])
    for linked in wanted.get("link", ()):
        (dossier / linked["file"]).symlink_to(linked["to"])
    for edited in wanted.get("edit", ()):
        edit(dossier, **edited)
    for added in wanted.get("append", ()):
        append(dossier, **added)


def run(dossier: Path, command: Sequence[str]) -> tuple[Fault, ...]:
    """The faults of one command; paths of `build` and `new` are beside the dossier, in the folder we stand in."""
    verb, *arguments = command
    if verb == "adopt":
        return adopt(dossier, arguments[0], date(2026, 6, 25), "R2026-06")[1]
    if verb == "build":
        return build(dossier, Path(arguments[0]))[1]
    if verb == "trace":
        return find_figure(dossier, arguments[0]).faults
    if verb == "backup":
        return backup(dossier, Path(arguments[0])).faults
    if verb == "restore":
        return restore(Path(arguments[0]), Path(arguments[1])).faults
    if verb == "merge":
        base, ours, theirs = map(Path, arguments[:3])
        return merge(base, ours, theirs, arguments[3])
    if verb == "new":
        return new(Path(arguments[0]))
    if verb == "set":
        return set_settings(dossier, arguments[0], dict(pair(word) for word in arguments[1:]))
    if verb == "add":
        return add_rows(dossier, arguments[0], dict(pair(word) for word in arguments[1:])).faults
    if verb == "migrate":
        return migrate(dossier).faults
    if verb == "next-year":
        return next_year(dossier, int(arguments[1])).faults
    if verb == "rules":
        return run_rules(["rules", str(dossier), *arguments])
    if verb == "import":
        return run_import(["import", str(dossier), *arguments])
    assert verb == "check", verb
    if arguments:
        asked = parser(NL).parse_args(["check", str(dossier), *arguments])
        return check_against(open_dossier(dossier), asked.against, asked.publication)
    return open_dossier(dossier).faults


def run_import(words: Sequence[str]) -> tuple[Fault, ...]:
    """The faults of an import with these words; files are beside the dossier."""
    asked = parser(NL).parse_args(words)
    if asked.propose:
        return propose_profile(asked.dossier, asked.file, asked.profile, NL).faults
    return import_file(asked.dossier, wanted_of(asked), NL).faults


def run_rules(words: Sequence[str]) -> tuple[Fault, ...]:
    """The faults of `rules` with these words."""
    asked = parser(NL).parse_args(words)
    return (write_rules if asked.write else suggest_rules)(asked.dossier, asked.answer).faults


def faults_of(code: str, dossier: Path) -> tuple[Fault, ...]:
    """What one folder leads to, on a copy of the example town."""
    wanted = case(code)
    if "first" in wanted:
        assert not run(dossier, wanted["first"])
    for shared in wanted.get("with", ()):
        change(dossier, tomllib.loads((HERE / f"{shared}.toml").read_text("utf-8")))
    change(dossier, wanted)
    return run(dossier, wanted.get("command", ["check"]))


def shown(faults: Sequence[Fault], language: str = "nl") -> list[dict[str, Any]]:
    """Faults as `check --json` shows them."""
    return [fault_json(found, Messages(language)) for found in faults]


def expected(code: str) -> list[dict[str, Any]]:
    """The golden faults of one folder."""
    found: list[dict[str, Any]] = json.loads((HERE / code / "expected.json").read_text("utf-8"))
    return found


def keep(code: str, faults: list[dict[str, Any]]) -> None:
    """Rewrite the golden faults where `GOLDEN=rewrite` asks for it."""
    if os.environ.get("GOLDEN") == "rewrite":
        text = json.dumps(faults, indent=1, ensure_ascii=False)
        (HERE / code / "expected.json").write_text(text + "\n", "utf-8")
