"""Files to import into the example town, and what comes of it."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from gebiedswerk.app.answer_import import answer_import
from gebiedswerk.app.import_file import import_file
from gebiedswerk.app.try_import import try_import
from gebiedswerk.importing import Imported, Wanted
from gebiedswerk.language.messages import Messages
from tests.conftest import KLEIN
from tests.town import EXPORT

NEWER = datetime.fromisoformat("2026-09-01T08:00:00")
SAID = replace(Wanted(Path()), exported_at=NEWER, accepted="nagekomen facturen")
NL = Messages("nl")


def export(klein: Path, *rows: str, name: str = "nieuw.csv", keep: str = "") -> Path:
    """Beside the town: its export with rows added, or of it only the rows that start with `keep`."""
    lines = (KLEIN / EXPORT).read_bytes().decode("windows-1252").rstrip().split("\r\n")
    kept = [lines[0], *(line for line in lines[1:] if line.startswith(keep)), *rows]
    path = klein.parent / name
    path.write_bytes(("\r\n".join(kept) + "\r\n").encode("windows-1252"))
    return path


def row(cents: int, centre: str = "7120", year: int = 2025, category: str = "3.8", period: int = 12) -> str:
    """One posting, of costs or (below zero) of income."""
    amount = f"{abs(cents) // 100},{abs(cents) % 100:02d}"
    sides = f"{amount};" if cents >= 0 else f";{amount}"
    account = "43800" if cents >= 0 else "81000"
    return f"{year};{period};20-12-{year};{account};{centre};{category};Nagekomen;{sides}"


def run(klein: Path, file: Path, said: Wanted = SAID, **more: object) -> Imported:
    """Import a file, by default with a moment and a reason."""
    return import_file(klein, replace(said, file=file, **more), NL)  # type: ignore[arg-type] # as Wanted takes them


def trial(klein: Path, file: Path, said: Wanted = SAID, **more: object) -> Imported:
    """What an import would do."""
    return try_import(klein, replace(said, file=file, **more))  # type: ignore[arg-type] # as Wanted takes them


def agreed(klein: Path, file: Path, said: Wanted = SAID, **more: object) -> Imported:
    """Import a file, and answer whatever is asked as is proposed, until nothing is."""
    wanted = replace(said, file=file, **more)  # type: ignore[arg-type] # as Wanted takes them
    for _ in range(10):
        found = import_file(klein, wanted, NL)
        if not found.questions:
            return found
        wanted = answer_import(replace(wanted, answers=()), [(one.key, one.example or "") for one in found.questions])
    raise AssertionError(found.questions)


def codes(imported: Imported) -> list[str]:
    return [found.code for found in imported.faults]


def visible(dossier: Path) -> dict[str, bytes]:
    """Every file that the program and a person see: not what is hidden, nor the journal, which no two runs share."""
    found = (path for path in sorted(dossier.rglob("*")) if path.is_file())
    inside = {path.relative_to(dossier): path for path in found}
    return {
        str(name): path.read_bytes()
        for name, path in inside.items()
        if not any(p.startswith(".") for p in name.parts) and name.parts[0] != "journal"
    }


def everything(dossier: Path) -> list[str]:
    return sorted(os.fspath(path.relative_to(dossier)) for path in dossier.rglob("*"))
