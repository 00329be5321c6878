"""Read one whole version of a dossier while others write: what was read across a change is read again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from gebiedswerk.core.faults import Checked, Fault, fault
from gebiedswerk.dossier import safe_files
from gebiedswerk.dossier.rooted import PlaceRefused
from gebiedswerk.dossier.writing.journal_state import seen

T = TypeVar("T")
TIMES = 3
"""So often a read that others came between is done again; then it keeps them out."""
PATIENCE_SECONDS = 60.0


def whole_version(folder: Path, read: Callable[[], T]) -> Checked[T | None]:
    """What `read` makes of a dossier that nobody changed meanwhile; a change that stands half is finished first.

    None where another keeps writing (B104), or where what somebody else began cannot be finished here (J102, J104).
    """
    for _ in range(TIMES):
        before = seen(folder)
        if before.pending:
            break
        try:
            found = read()
        except FileNotFoundError:
            if seen(folder) == before:
                raise
            continue
        if seen(folder) == before:
            return Checked(found)
    with safe_files.alone_in(folder, PATIENCE_SECONDS) as alone:
        if alone is False:
            return Checked(None, (fault("B104", str(folder)),))
        refused = _unfinished(folder, surely=alone is True)
        return Checked(read()) if refused is None else Checked(None, (refused,))


def _unfinished(folder: Path, *, surely: bool) -> Fault | None:
    """Finish what somebody began. Returns why that cannot be."""
    if not seen(folder).pending:
        return None
    if not surely:
        return fault("J102", str(folder))
    from gebiedswerk.dossier.writing import redo  # what a writer needs; most who read do not

    try:
        redo.finish(folder)
    except PlaceRefused as refused:
        return refused.fault
    except OSError as problem:
        return fault("J104", str(folder), reason=problem.strerror or problem)
    return None
