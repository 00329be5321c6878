"""All that an opened dossier shows: its figures, texts and pages, to hold beside what it would show."""

from __future__ import annotations

from gebiedswerk.assembly.opened import Opened
from gebiedswerk.core.faults import GebiedswerkError
from gebiedswerk.importing.difference import Sight
from gebiedswerk.language.messages import Messages


def sight_of(opened: Opened) -> Sight:
    """All that an opened dossier shows, without the mark of one that does not add up."""
    from gebiedswerk.pages import page_parts, shown_of

    if opened.newest is None or opened.dossier is None:
        return Sight(None, opened.texts, ())
    messages = Messages(opened.dossier.settings.presentation.language)
    try:
        shown = shown_of(opened.newest, opened.views)
        made = [page for part in page_parts(shown, shown, messages) for page in part.make()]
    except GebiedswerkError:  # a page that cannot be made yet: `check` says why
        return Sight(opened.newest, opened.texts, ())
    return Sight(opened.newest, opened.texts, tuple(made))
