"""`serve`: the site of a dossier as far as it goes, for whoever writes it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from gebiedswerk.assembly.build_site import build_site
from gebiedswerk.assembly.held_dossier import HeldDossier
from gebiedswerk.core.faults import Checked, Fault, GebiedswerkError, fault
from gebiedswerk.site import alone_in


@dataclass(frozen=True, slots=True)
class Preview:
    """The faults of a dossier, whether a site could be made of it, and whether the disk refused what was made."""

    faults: tuple[Fault, ...]
    made: bool
    refused: bool = False


class Previews:
    """The site of a dossier in a folder, made again and again; the dossier is held in memory between."""

    def __init__(self, path: Path, out: Path) -> None:
        self._held, self._out = HeldDossier(path), out

    def make(self) -> Preview:
        """Write the site of the dossier as it stands now, also where it has errors: then each page says that it is a
        draft. Where no page can be made the former site stays.
        """
        try:
            return self._made()
        except Exception:
            self._held.drop()
            raise

    def _made(self) -> Preview:
        opened = self._held.opened()
        try:
            built, said = alone_in(self._out, lambda: Checked(build_site(opened, self._out)))
        except GebiedswerkError as problem:
            odd = () if opened.faults else (fault("X003", value=f"{type(problem).__name__}: {problem}"),)
            return Preview((*opened.faults, *odd), made=False)
        if opened.newest is None:
            return Preview(opened.faults, made=False)
        return Preview((*opened.faults, *said), built is not None, bool(said))
