"""Write the reference from the code: every table, setting, command, figure, fault and query under `docs/reference/`.

`--check` writes nothing and compares.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from tools.reference import commands, faults, figures, queries, settings, tables

REFERENCE = Path(__file__).resolve().parent.parent / "docs" / "reference"
FAULTS = "faults/*.md"  # wholly ours: a page of a code that is gone goes too


def made() -> dict[str, str]:
    """Name of each file under the reference → its text; the same code gives the same bytes."""
    sections = (tables, settings, commands, figures, faults, queries)
    return {name: text for section in sections for name, text in section.pages().items()}


def stale(reference: Path, pages: Mapping[str, str]) -> list[Path]:
    """The files that are not what the code says: other, missing, or of a fault that is gone."""
    gone = [path for path in sorted(reference.glob(FAULTS)) if f"faults/{path.name}" not in pages]
    files = {reference / name: text for name, text in pages.items()}
    return [*(path for path, text in files.items() if not path.exists() or path.read_text("utf-8") != text), *gone]


def main(arguments: list[str], reference: Path = REFERENCE) -> int:
    """Write all pages, or with `--check` say which are not what the code says; 1 if there are any."""
    pages = made()
    old = stale(reference, pages)
    for path in old:
        name = path.relative_to(reference).as_posix()
        if "--check" in arguments:
            print(f"{path}: not what the code says; run make docs")
        elif name in pages:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(pages[name], "utf-8")
        else:
            path.unlink()
    return 1 if old and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
