"""`import --dry-run`: what an import would do, and what would move by it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from gebiedswerk.app.offer_file import offer_file
from gebiedswerk.assembly.opened import Opened, opened_of
from gebiedswerk.core.faults import GebiedswerkError
from gebiedswerk.importing import Imported, Sight, Wanted, difference, offered_dossier
from gebiedswerk.language.messages import Messages


def try_import(path: Path, wanted: Wanted) -> Imported:
    """What an import would do and what would move by it. Nothing is written."""
    offered = offer_file(path, wanted, write=False)
    dossier, imported = offered.dossier, offered.imported
    if dossier is None or imported.offer is None:
        return imported
    before, after = _sight(opened_of(dossier, ())), _sight(opened_of(offered_dossier(dossier, imported.offer), ()))
    if before.figures is None or after.figures is None:
        return imported
    return replace(imported, difference=difference(before, after))


def _sight(opened: Opened) -> Sight:
    """All that an opened dossier shows, without the mark of one that does not add up."""
    from gebiedswerk.pages import pages

    if opened.newest is None or opened.dossier is None:
        return Sight(None, opened.texts, ())
    messages = Messages(opened.dossier.settings.presentation.language)
    try:
        made = pages(opened.newest, opened.views, messages, None, broken=False)
    except GebiedswerkError:  # a page that cannot be made yet: `check` says why
        return Sight(opened.newest, opened.texts, ())
    return Sight(opened.newest, opened.texts, tuple(made))
