"""`import --dry-run`: what an import would do, and what would move by it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from gebiedswerk.app.offer_file import offer_file
from gebiedswerk.assembly.opened import opened_of
from gebiedswerk.assembly.sight import Sights
from gebiedswerk.importing import Imported, Wanted, difference, offered_dossier


def try_import(path: Path, wanted: Wanted) -> Imported:
    """What an import would do and what would move by it. Nothing is written."""
    offered = offer_file(path, wanted, write=False)
    dossier, imported = offered.dossier, offered.imported
    if dossier is None or imported.offer is None:
        return imported
    before, after = opened_of(dossier, ()), opened_of(offered_dossier(dossier, imported.offer), ())
    if before.newest is None or after.newest is None:
        return imported
    sights = Sights(path)
    moves = difference(sights.of(before), sights.beside(after))
    sights.remember()
    return replace(imported, difference=moves)
