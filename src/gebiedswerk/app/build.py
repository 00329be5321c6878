"""`build`: the site of a dossier."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from gebiedswerk.assembly.build_site import build_site
from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.core.faults import Checked, errors

if TYPE_CHECKING:
    from gebiedswerk.site import Built, Progress


def build(
    path: Path,
    out: Path,
    at: datetime | None = None,
    jobs: int = 1,
    progress: Progress | None = None,
    *,
    full: bool = False,
) -> Checked[Built | None]:
    """Build the site of a dossier, in so many processes or, with 0, in as many as can work at once.

    With any error nothing is written and the former site stays. `full`: make all of it, whatever was made before.
    """
    from gebiedswerk.site import alone_in, most_jobs, not_ours

    opened = open_dossier(path, anew=True)
    foreign = not_ours(out)
    faults = (*opened.faults, *([foreign] if foreign else []))
    if errors(faults) or opened.newest is None:
        return Checked(None, faults)
    processes = jobs or most_jobs()
    built, said = alone_in(out, lambda: Checked(build_site(opened, out, at, processes, progress, full=full)))
    return Checked(built, (*faults, *said))
