"""Build a site, or bring it up to date: what has the same answers as when it was made stays as it is."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from gebiedswerk.assembly.build_memory import BuildMemory, read_memory
from gebiedswerk.assembly.opened import Opened
from gebiedswerk.assembly.refresh import refresh
from gebiedswerk.dossier import safe_files
from gebiedswerk.pages import BinaryFile, DataFile, File, LazyFile, Page, shown_of
from gebiedswerk.site import Built, KeyedSite, file_key, former_site, marked, page_key, program_key, write

if TYPE_CHECKING:
    from gebiedswerk.site import Progress

REMEMBERED = "remembered.json"
"""Beside the builds: it is no part of a site."""


def build_site(
    opened: Opened,
    out: Path,
    at: datetime | None = None,
    jobs: int = 1,
    progress: Progress | None = None,
    *,
    full: bool = False,
) -> Built | None:
    """Write the site of an opened dossier below `out`; None where no account could be made.

    `full`: make everything, whatever was made before. The bytes are the same.
    """
    if opened.newest is None:
        return None
    program, former = program_key(), former_site(out)
    known = BuildMemory(program) if full else read_memory(_text(out), program)

    def key_of(made: Page | File) -> str:
        return (
            file_key(made, program) if isinstance(made, DataFile | BinaryFile | LazyFile) else page_key(made, program)
        )

    def read(place: str) -> str:
        return (former.root / place).read_text("utf-8")

    shown = shown_of(opened.newest, opened.views, at, broken=not opened.sound)
    made = refresh(shown, known, {} if full else former.keys, key_of, read)
    built = write(made.pages, made.data, out, jobs, progress, opened.house, _known(made.remembered), full=full)
    safe_files.replace_file(marked(out).at(REMEMBERED), made.remembered.text().encode())
    return built


def _known(remembered: BuildMemory) -> KeyedSite:
    """What is known of all that was made."""
    outputs = [one for part in remembered.parts.values() for one in part.outputs]
    pages = frozenset(one.place for one in outputs if one.entry)
    searched = frozenset(one.place for one in outputs if one.entry and one.read)
    return KeyedSite({one.place: one.key for one in outputs}, pages, searched)


def _text(out: Path) -> str | None:
    """What was remembered of the last build; None where nothing was."""
    try:
        return (out / REMEMBERED).read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return None
