"""Where `serve` keeps the site that it shows."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

from gebiedswerk.dossier import safe_files


def preview_folder() -> AbstractContextManager[Path]:
    """A folder for the one who serves alone, that is gone afterwards."""
    return safe_files.temporary()
