"""What tells two versions of a dossier apart, for whoever reads one: names alone, and nothing that a writer needs."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

JOURNAL = "journal"
RECORD, HALF, DONE = ".redo", ".half-", ".done-"
"""In the journal: a change that is made and not finished, one that did not come to be, one that is done."""


@dataclass(frozen=True, slots=True)
class JournalState:
    """What tells two versions of a dossier apart: whether a change is unfinished, and the names in its journal."""

    pending: bool
    names: frozenset[str]


def seen(folder: Path) -> JournalState:
    """How the journal stands now."""
    try:
        names = os.listdir(folder / JOURNAL)  # noqa: PTH208 - asked at each read: names alone
    except OSError:
        return JournalState(False, frozenset())
    return JournalState(RECORD in names, frozenset(name for name in names if not name.startswith((HALF, DONE))))
