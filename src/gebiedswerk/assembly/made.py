"""The pages and files that an opened dossier makes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from gebiedswerk.assembly.opened import Opened
from gebiedswerk.language.messages import Messages

if TYPE_CHECKING:
    from gebiedswerk.pages import Made


def make(opened: Opened, at: datetime | None = None) -> Made | None:
    """The pages of an opened dossier; marked as not adding up where there are errors. None without an account."""
    from gebiedswerk.documents import documents
    from gebiedswerk.opendata import open_data
    from gebiedswerk.pages import in_languages

    if opened.newest is None or opened.dossier is None:
        return None
    made = in_languages(opened.newest, opened.views, at, broken=not opened.sound)
    words = Messages(opened.dossier.settings.presentation.language)
    papers = documents(opened.dossier, opened.views, made)
    return replace(made, data=(*made.data, *open_data(opened.newest, opened.views, made, words), *papers))
