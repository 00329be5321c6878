"""`serve`: the site of a dossier as far as it goes, for whoever writes it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from gebiedswerk.assembly.build_site import build_site
from gebiedswerk.assembly.held_dossier import HeldDossier
from gebiedswerk.core.faults import Checked, Fault, GebiedswerkError, fault
from gebiedswerk.site import alone_in


@dataclass(frozen=True, slots=True)
class Preview:
    """The faults of a dossier, whether a site could be made of it, and whether the disk refused what was made.

    `held`: the dossier, for the next time.
    """

    faults: tuple[Fault, ...]
    made: bool
    refused: bool = False
    held: HeldDossier | None = field(default=None, compare=False, repr=False)


def preview(path: Path, out: Path, former: Preview | None = None) -> Preview:
    """Write the site of a dossier into a folder, also where it has errors: then each page says that it is a draft.

    Where no page can be made the former site stays. `former`: the last one, which holds the dossier in memory.
    """
    held = HeldDossier(path) if former is None or former.held is None else former.held
    opened = held.opened()
    try:
        built, said = alone_in(out, lambda: Checked(build_site(opened, out)))
    except GebiedswerkError as problem:
        odd = () if opened.faults else (fault("X003", value=f"{type(problem).__name__}: {problem}"),)
        return Preview((*opened.faults, *odd), made=False)
    if opened.newest is None:
        return Preview(opened.faults, made=False, held=held)
    return Preview((*opened.faults, *said), built is not None, bool(said), held)
