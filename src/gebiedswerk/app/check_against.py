"""`check --against`: an edited page against what the publications print."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from gebiedswerk.assembly.opened import Opened
from gebiedswerk.core.faults import Fault, fault, not_checked

if TYPE_CHECKING:
    from gebiedswerk.documents.edited_figures import Edited


def check_against(opened: Opened, file: Path, slug: str | None) -> tuple[Fault, ...]:
    """The figures of a file that differ from what the publications print, or the one publication that is named."""
    from gebiedswerk.documents.edited_figures import edited, figures_in
    from gebiedswerk.documents.html_reader import MOST_BYTES, NoHtml, decoded
    from gebiedswerk.pages import publication_pages

    views = [view for view in opened.views if slug in (None, view.publication.slug)]
    if slug is not None and opened.newest is not None and not views:
        return (fault("P105", f"publications/{slug}", value=slug),)
    if opened.newest is None or not views:
        return (not_checked("against", opened.faults, [one.code for one in opened.faults], file.name),)
    try:
        with file.open("rb") as bytes_:
            html = decoded(bytes_.read(MOST_BYTES + 1))
    except (OSError, NoHtml):
        return (fault("T123", file.name),)
    pages = publication_pages(opened.newest, views)
    if not figures_in(html, pages):
        return (fault("T124", file.name),)
    return tuple(_edited_fault(file.name, one) for one in edited(html, pages))


def _edited_fault(file: str, one: Edited) -> Fault:
    """A figure that was edited (T120), that is gone (T121), or that the publication does not print (T122)."""
    code = "T122" if not one.truths else "T120" if one.line else "T121"
    truth = " / ".join(one.truths)
    return fault(code, file, one.line or None, None, one.written or None, truth=truth, place=one.place)
