"""`text --update`: the figures in the texts of a dossier brought up to date."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.core.faults import Checked, Fault
from gebiedswerk.dossier import Root, safe_files
from gebiedswerk.dossier.disk import on_disk

if TYPE_CHECKING:
    from gebiedswerk.pages import Updated


def update_texts(path: Path, *, write: bool = False) -> Checked[Mapping[str, Updated] | None]:
    """File → its text with the true values, for every file in which a claim is false; with `write` they are written.

    That a claim is false (T101) is no fault here. Where the disk refuses one of the files (B111), none is written.
    """
    from gebiedswerk.pages import updated_texts

    opened = open_dossier(path)
    updates = updated_texts(opened.dossier.publications if opened.dossier else (), opened.texts)
    faults = tuple(one for one in opened.faults if one.code != "T101")
    return Checked(updates, (*faults, *(_write(path, updates) if write else ())))


def _write(path: Path, updates: Mapping[str, Updated]) -> tuple[Fault, ...]:
    """Write updated texts into the dossier, all or none of them."""
    root = Root(path)

    def work() -> Checked[None]:
        safe_files.replace_files({root.at(file): update.text.encode() for file, update in updates.items()})
        return Checked(None)

    return on_disk(path, "B111", work)[1]
