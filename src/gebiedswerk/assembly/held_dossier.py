"""A dossier that is held in memory: what it shows now, and what it would show if something in it were another."""

from __future__ import annotations

from pathlib import Path

from gebiedswerk.assembly.opened import Opened, open_dossier
from gebiedswerk.assembly.sight import Sight, Sights
from gebiedswerk.dossier.session import Session


class HeldDossier:
    """The dossier in a folder, opened anew at each look: what did not change since the last is not worked out again.

    Answers are those of someone who opens it for the first time. What is held may be dropped at any time (`drop`): the
    next look then costs what the first one did.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.drop()

    def drop(self) -> None:
        """Hold nothing any more."""
        self._opened: Opened | None = None
        self._sights = Sights(self.path)

    def remember(self) -> None:
        """Let another process know what is held of the pages."""
        self._sights.remember()

    def opened(self) -> Opened:
        """The dossier as it stands now."""
        self._opened = open_dossier(self.path, after=_session(self._opened))
        return self._opened

    def sight(self) -> Sight:
        """All that it shows, as it was opened last."""
        return self._sights.of(self._opened or self.opened())

    def would_be(self, view: Path) -> Opened:
        """What follows from the folder `view`, that looks as the dossier does but for what would be another."""
        return open_dossier(view, after=_session(self._opened))

    def sight_beside(self, other: Opened) -> Sight:
        """All that it would show, after `sight` said what it shows."""
        return self._sights.beside(other)


def _session(opened: Opened | None) -> Session | None:
    return opened.dossier.session if opened is not None and opened.dossier is not None else None
