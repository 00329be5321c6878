"""What came of an import: in sentences for a person, and as JSON for a program."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gebiedswerk.importing import Imported, imported_json, imported_text
from gebiedswerk.language.messages import Messages


@dataclass(frozen=True, slots=True)
class ImportTold:
    """What an import found, line by line and as `import --json` prints it; its faults and questions apart."""

    lines: tuple[str, ...]
    form: Mapping[str, Any]


def tell_import(imported: Imported, path: Path, messages: Messages) -> ImportTold:
    """Tell what a file is and lacks, and what moved or would move by it. `path`: the dossier, as commands name it."""
    return ImportTold(tuple(imported_text(imported, path, messages)), imported_json(imported))
