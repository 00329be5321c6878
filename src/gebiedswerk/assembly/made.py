"""The pages and files that an opened dossier makes."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from gebiedswerk.assembly.opened import Opened

if TYPE_CHECKING:
    from gebiedswerk.pages import File, Made, Page


def make(opened: Opened, at: datetime | None = None) -> Made | None:
    """All of an opened dossier; marked as not adding up where there are errors. None without an account."""
    from gebiedswerk.assembly.site_parts import SoFar, parts_of, shown_per_language
    from gebiedswerk.pages import BinaryFile, DataFile, LazyFile, Made, shown_of

    if opened.newest is None or opened.dossier is None:
        return None
    shown = shown_per_language(shown_of(opened.newest, opened.views, at, broken=not opened.sound))
    so_far = SoFar()
    pages: list[Page] = []
    files: list[File] = []
    for part in parts_of(shown, shown, so_far):
        made = part.make()
        so_far.take(made)
        for one in made:
            if isinstance(one, DataFile | BinaryFile | LazyFile):
                files.append(one)
            else:
                pages.append(one)
    return Made(tuple(pages), tuple(files))
