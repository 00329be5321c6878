"""Where a draft is kept: a file that a person names, in or outside the dossier."""

from __future__ import annotations

from pathlib import Path

from gebiedswerk.core.faults import Checked
from gebiedswerk.dossier import safe_files
from gebiedswerk.dossier.rooted import Root
from gebiedswerk.dossier.writing.draft import Draft


def write_draft(file: Path, draft: Draft) -> Checked[Path | None]:
    """Keep a draft, in place of what it was. Raises OSError."""
    safe_files.replace_file(Root(file.absolute().parent).at(file.name), draft.text.encode())
    return Checked(file)
