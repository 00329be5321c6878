"""The tables of `docs/how-to/record-the-work.md` in a copy of the example town: work in two of its districts."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import ROOT
from tests.docs.blocks import blocks

PAGE = ROOT / "docs" / "how-to" / "record-the-work.md"


def work_tables() -> dict[str, str]:
    """File → text."""
    found = blocks(PAGE.read_text("utf-8"))
    return {block.file: block.text for block in found if block.file and block.file.startswith("work/")}


def with_work(dossier: Path) -> Path:
    """Put the tables in a dossier."""
    (dossier / "work").mkdir(exist_ok=True)
    for file, text in work_tables().items():
        (dossier / file).write_text(text, "utf-8")
    return dossier
