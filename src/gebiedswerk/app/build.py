"""`build`: the site of a dossier."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from gebiedswerk.assembly.made import make
from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.core.faults import Checked, errors

if TYPE_CHECKING:
    from gebiedswerk.site import Built, Progress


def build(
    path: Path, out: Path, at: datetime | None = None, jobs: int = 1, progress: Progress | None = None
) -> Checked[Built | None]:
    """Build the site of a dossier, in so many processes or, with 0, in as many as can work at once.

    With any error nothing is written and the former site stays.
    """
    from gebiedswerk.site import alone_in, most_jobs, not_ours, write

    opened = open_dossier(path, anew=True)
    foreign = not_ours(out)
    faults = (*opened.faults, *([foreign] if foreign else []))
    made = make(opened, at) if not errors(faults) else None
    if made is None:
        return Checked(None, faults)
    processes = jobs or most_jobs()
    built, said = alone_in(out, lambda: Checked(write(made.pages, made.data, out, processes, progress, opened.house)))
    return Checked(built, (*faults, *said))
