"""`text --update`: the figures in the texts of a dossier brought up to date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.core.actor import UNSAID, By
from gebiedswerk.core.faults import Checked, Fault
from gebiedswerk.dossier.model import Publication
from gebiedswerk.dossier.writing.apply import land
from gebiedswerk.dossier.writing.change import TextWritten

if TYPE_CHECKING:
    from gebiedswerk.pages import Updated


def update_texts(path: Path, by: By = UNSAID, *, write: bool = False) -> Checked[Mapping[str, Updated] | None]:
    """File → its text with the true values, for every file in which a claim is false; with `write` they are written.

    That a claim is false (T101) is no fault here. Where the disk refuses one of the files (B111), none is written.
    """
    from gebiedswerk.pages import updated_texts

    opened = open_dossier(path)
    publications = opened.dossier.publications if opened.dossier else ()
    updates = updated_texts(publications, opened.texts)
    faults = tuple(one for one in opened.faults if one.code != "T101")
    return Checked(updates, (*faults, *(_write(path, publications, updates, by) if write else ())))


def _write(
    path: Path, publications: Iterable[Publication], updates: Mapping[str, Updated], by: By
) -> tuple[Fault, ...]:
    """Write updated texts into the dossier, all or none of them."""
    read = {file: text for publication in publications for file, text in publication.texts}
    change = [TextWritten(file, read[file], update.text) for file, update in updates.items()]
    return land(path, change, by, "text --update").faults
