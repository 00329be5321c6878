"""`merge`: two versions of one file of a dossier become one, as the merge driver of git."""

from __future__ import annotations

from pathlib import Path

from gebiedswerk.core.faults import Fault
from gebiedswerk.dossier.writing.merge_files import merged_file


def merge(base: Path, ours: Path, theirs: Path, place: str) -> tuple[Fault, ...]:
    """Merge three versions of the file at a place into that of ours. Returns what conflicts; it stands between marks.

    Raises OSError where one cannot be read or written.
    """
    before, mine, other = (path.read_bytes() for path in (base, ours, theirs))
    merged = merged_file(place, before, mine, other)
    if merged.data is not None and merged.data != mine:
        ours.write_bytes(merged.data)  # a version that git keeps outside its folder for a while: no file of a dossier
    return merged.conflicts
