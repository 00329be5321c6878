"""Every command that writes in a dossier is in its journal, with who and why; what a hand did is told as such."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

import pytest

from gebiedswerk.cli.main import main, parser
from gebiedswerk.core.actor import Actor
from gebiedswerk.dossier.settings import FORMAT
from gebiedswerk.dossier.writing.journal import read_journal
from gebiedswerk.dossier.writing.verify_journal import verify_journal
from gebiedswerk.language.messages import Messages
from tests.importing.offers import export, row
from tests.town import TEXT, append, edit

WHO = ["--actor", "m17:controller"]
WHY = "Motie 12"
OPTIONS = [*WHO, "--reason", WHY]
Words = list[str]


def imported(dossier: Path) -> Words:
    file = export(dossier, row(5))
    said = ["--exported-at", "2026-09-01T08:00:00", "--accept"]
    return ["import", str(dossier), str(file), *said]


def proposed(dossier: Path) -> Words:
    file = dossier / "deliveries/grootboek-2026-03/grootboek.csv"
    return ["import", str(dossier), str(file), "--propose", "--profile", "nieuw"]


def answered(dossier: Path) -> Words:
    """Answers to what a profile asked go into it, before anything lands."""
    file = dossier / "deliveries/grootboek-2026-03/grootboek.csv"
    return ["import", str(dossier), str(file), "--answer", "trailing_minus=true"]


def updated(dossier: Path) -> Words:
    append(dossier, TEXT, "\nEr werd [1](figure:realised/total) euro uitgegeven.\n")
    return ["text", str(dossier), "--update", "--write"]


def said(dossier: Path) -> Words:
    edit(dossier, "publications/jaarrekening-2025/publication.toml", 'status = "published"', 'status = "draft"')
    return ["text", str(dossier), "--add", "Er werd {realised/BIN} euro uitgegeven."]


def ruled(dossier: Path) -> Words:
    lines = (dossier / "attribution.csv").read_text("utf-8").splitlines(keepends=True)
    (dossier / "attribution.csv").write_text("".join(one for one in lines if ",7110," not in one), "utf-8")
    return ["rules", str(dossier), "--answer", "7110=BIN", "--write"]


def drafted(dossier: Path) -> Words:
    file = str(dossier.with_name("draft.toml"))
    assert main(["draft", "new", str(dossier), file, "--set", "dossier", "municipality.name=X"]) == 0
    return ["draft", "apply", str(dossier), file]


def migrated(dossier: Path) -> Words:
    edit(dossier, "dossier.toml", f"format = {FORMAT}", "format = 1")
    return ["migrate", str(dossier)]


def erased(dossier: Path) -> Words:
    assert main(["set", str(dossier), "dossier", "municipality.name=X", "--reason", "Fenna zei het"]) == 0
    return ["journal", str(dossier), "--erase", "fenna"]


COMMANDS: dict[str, Callable[[Path], Words]] = {
    "new": lambda dossier: ["new", str(dossier / "x_nieuw")],
    "new own": lambda dossier: [
        "new",
        str(dossier / "x_nieuw"),
        "--name",
        "X",
        "--year",
        "2026",
        "--areas",
        "Noord, Zuid",
    ],
    "add": lambda dossier: ["add", str(dossier), "areas", "name=Oost", "kind=wijk"],
    "add lines": lambda dossier: ["add", str(dossier), "lines", "code=POST", "name=Oost", "year=2025"],
    "set": lambda dossier: ["set", str(dossier), "dossier", "municipality.name=X"],
    "next-year": lambda dossier: ["next-year", str(dossier)],
    "migrate": migrated,
    "import": imported,
    "import propose": proposed,
    "import answer": answered,
    "rules": ruled,
    "text update": updated,
    "text add": said,
    "adopt": lambda dossier: [
        "adopt",
        str(dossier),
        "jaarrekening-2025",
        "--on",
        "2026-07-01",
        "--decision",
        "R2026-07",
    ],
    "draft": drafted,
    "journal": erased,
}


@pytest.mark.parametrize("name", COMMANDS)
def test_who_and_why_are_told(name: str, klein: Path) -> None:
    """The last entry is that of the command, and says so; the chain is whole."""
    words = COMMANDS[name](klein)
    place = klein / "x_nieuw" if name.startswith("new") else klein
    main([*words, *OPTIONS])
    told = read_journal(place).in_order
    assert told
    last = told[-1]
    assert (last.verb, last.actor, last.reason) == (name.split(maxsplit=1)[0], Actor("m17", "controller"), WHY)
    assert last.kind == ("erased" if name == "journal" else "change")
    assert not verify_journal(place)


@pytest.mark.parametrize("name", COMMANDS)
def test_without_a_reason_the_command_is_the_reason(name: str, klein: Path) -> None:
    words = COMMANDS[name](klein)
    place = klein / "x_nieuw" if name.startswith("new") else klein
    if name == "import":
        words += ["--reason", "nagekomen"]
    main(words)
    last = read_journal(place).in_order[-1]
    assert last.actor == Actor()
    assert last.reason.startswith("nagekomen" if name == "import" else "erase" if name == "journal" else last.verb)


def test_no_command_that_writes_is_left_out() -> None:
    """Whoever takes `--actor` writes; each such command is tried above."""
    whole = parser(Messages("nl"))
    (commands,) = (one for one in whole._actions if isinstance(one, argparse._SubParsersAction))
    writing = {
        name
        for name, one in commands.choices.items()
        if any("--actor" in action.option_strings for action in one._actions)
    }
    assert writing == {name.split()[0] for name in COMMANDS}


def test_a_hand_is_told_as_such(klein: Path) -> None:
    """Before the journal began it is no change; after it, it is nobody's."""
    edit(klein, "areas.csv", "Binnenstad", "De Binnenstad")
    main([*COMMANDS["set"](klein), *OPTIONS])
    edit(klein, "areas.csv", "De Binnenstad", "Het Centrum")
    main([*COMMANDS["add"](klein), *OPTIONS])
    told = read_journal(klein).in_order
    assert [(one.kind, one.verb, one.actor) for one in told] == [
        ("begin", "begin", Actor()),
        ("change", "set", Actor("m17", "controller")),
        ("outside", "outside", Actor()),
        ("change", "add", Actor("m17", "controller")),
    ]
    assert [file.name for file in told[2].files] == ["areas.csv"]
