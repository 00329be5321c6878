"""`journal --erase`: words that the journal is to forget."""

from __future__ import annotations

from pathlib import Path

from gebiedswerk.core.actor import UNSAID, By
from gebiedswerk.core.faults import Checked, fault
from gebiedswerk.dossier.writing.erase import erase


def erase_from_journal(path: Path, words: str, by: By = UNSAID) -> Checked[int | None]:
    """Erase every content of a journal with these words; how many went. The chain stays whole."""
    if not (path / "dossier.toml").is_file():
        return Checked(None, (fault("D101", "dossier.toml"),))
    return erase(path, words.strip(), by) if words.strip() else Checked(0)
