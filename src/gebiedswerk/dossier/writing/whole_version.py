"""Read one whole version of a dossier while others write: what was read across a change is read again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from gebiedswerk.core.faults import Checked, fault
from gebiedswerk.dossier import safe_files
from gebiedswerk.dossier.rooted import PlaceRefused
from gebiedswerk.dossier.writing import redo

T = TypeVar("T")
TIMES = 3
"""So often a read that others came between is done again; then it keeps them out."""
PATIENCE_SECONDS = 60.0


def whole_version(folder: Path, read: Callable[[], T]) -> Checked[T | None]:
    """What `read` makes of a dossier that nobody changed meanwhile; a change that stands half is finished first.

    None where another keeps writing (B104), or where what somebody else began cannot be finished here (J104).
    """
    for _ in range(TIMES):
        before = redo.seen(folder)
        if before.pending:
            break
        try:
            found = read()
        except FileNotFoundError:
            if redo.seen(folder) == before:
                raise
            continue
        if redo.seen(folder) == before:
            return Checked(found)
    with safe_files.alone_in(folder, PATIENCE_SECONDS) as alone:
        if alone is False:
            return Checked(None, (fault("B104", str(folder)),))
        refused = _unfinished(folder, surely=alone is True)
        return Checked(read()) if refused is None else Checked(None, (fault("J104", str(folder), reason=refused),))


def _unfinished(folder: Path, *, surely: bool) -> str | None:
    """Finish what somebody began. Returns why that cannot be."""
    if not redo.seen(folder).pending:
        return None
    if not surely:
        return "lock"  # literal: the key of a reason
    try:
        redo.finish(folder)
    except PlaceRefused as refused:
        return refused.why
    except OSError as problem:
        return problem.strerror or str(problem)
    return None
