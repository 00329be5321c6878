"""What an import has to be told besides: of which administration its file is."""

from __future__ import annotations

from pathlib import Path

from gebiedswerk.dossier import read
from gebiedswerk.importing import only_administration


def needs_administration(path: Path, profile: str) -> bool:
    """Whether an import with a profile has to be told of which administration its file is."""
    dossier = read(path).value
    return dossier is not None and only_administration(dossier, profile) is None
