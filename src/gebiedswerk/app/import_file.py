"""`import`: a file taken in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from gebiedswerk.app.offer_file import offer_file
from gebiedswerk.core.faults import errors, fault
from gebiedswerk.dossier import read, safe_files
from gebiedswerk.dossier.settings import DeliveryKind
from gebiedswerk.importing import PATIENCE_SECONDS, Answer, Choice, Imported, Question, Said, Wanted, land
from gebiedswerk.language.messages import Messages

__all__ = ["Answer", "Choice", "DeliveryKind", "Imported", "Question", "Said", "Wanted", "import_file"]


def import_file(path: Path, wanted: Wanted, messages: Messages) -> Imported:
    """Land a file as a delivery, whole or not at all, one import at a time. The same bytes again change nothing."""
    if not path.is_dir():
        return Imported(read(path).faults)
    with safe_files.alone_in(path, PATIENCE_SECONDS) as alone:
        if alone is False:
            return Imported((fault("I117", wanted.file.name, value=path),))
        imported = offer_file(path, wanted, write=True).imported
        if imported.offer is None or errors(imported.faults):
            return imported
        landed = land(path, imported.offer, messages, wanted.by)
        return replace(imported, faults=(*imported.faults, *landed.faults), landed=landed.value)
