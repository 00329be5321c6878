"""A dossier as it would be: a folder to look at, in which deliveries are links to what stands, and nothing lands."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from gebiedswerk.dossier import safe_files
from gebiedswerk.dossier.rooted import Root
from gebiedswerk.dossier.writing.journal_state import JOURNAL

LARGE = 1_000_000
"""Bytes from which a file is linked and not copied; what was delivered is always linked."""


@contextmanager
def viewed(dossier: Path, files: Mapping[str, bytes | None]) -> Iterator[tuple[Path, Collection[str]]]:
    """A folder that shows a dossier with these bytes at these places, and the places that are links in it alone.

    Without its journal, which nobody looks at there. It is gone afterwards, and nobody may write in it. Raises
    PlaceRefused for a place outside the dossier.
    """
    with safe_files.temporary() as folder:
        view = Root(folder / dossier.resolve().name)
        yield view.path, safe_files.mirror(dossier, view, {**files, JOURNAL: None}, _is_linked)


def _is_linked(name: str, size: int) -> bool:
    if name.startswith("deliveries/"):
        return not name.endswith("/delivery.toml")
    return size >= LARGE and not name.endswith(".md")  # a text may be no link to elsewhere (D123)
