"""Walks over a release by whoever forges: one place changed at a time, the manifest made to fit, then all as it was.

A file with a fault in it before anything was forged proves nothing: a walk starts in a release without one.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from gebiedswerk.core.faults import errors
from gebiedswerk.release.manifest import Manifest, read_manifest
from gebiedswerk.release.recount import recount
from gebiedswerk.release.remade import remake
from gebiedswerk.release.reopened import whole_recount
from gebiedswerk.release.shown import FiguresHeld
from gebiedswerk.release.shown.whole import Holding
from tests.release.forging import Forgery, places_in
from tests.release.releases import MANIFEST, reseal, wrong

HELD_BY_NOTHING = (MANIFEST, "tombstones.csv")
"""The manifest is renewed; the hash of a row that is gone follows from nothing in the release."""
SITE = "site/"


@dataclass(slots=True)
class Walked:
    """What a walk met. `figures`: refused by a figure, with nothing made again; `again`: only when made again."""

    places: int = 0
    forged: int = 0
    figures: int = 0
    again: list[str] = field(default_factory=list)
    survived: list[str] = field(default_factory=list)
    seconds: float = 0

    def __str__(self) -> str:
        """As it is reported."""
        refused = self.forged - len(self.survived)
        told = f"places: {self.places}; kinds forged: {self.forged}; refused: {refused} (by a figure: {self.figures}; "
        return told + f"when made again: {len(self.again)}); survived: {len(self.survived)}; CPU: {self.seconds:.0f} s"


class Release:
    """A release that is right, to be forged in."""

    def __init__(self, root: Path) -> None:
        self.root = root
        assert wrong(root) == [], root
        self.names = [
            name for name in json.loads((root / MANIFEST).read_bytes())["files"] if name not in HELD_BY_NOTHING
        ]
        held = self.holding.held
        assert held.faults == [], root

    @cached_property
    def holding(self) -> Holding:
        """The release as `verify` holds its files."""
        found = recount(self.root)
        assert found.value is not None, found.faults
        whole = whole_recount(self.root, found.value)
        assert whole.value is not None, whole.faults
        return Holding(self.root, whole.value, frozenset(self.names))

    @contextmanager
    def forged(self, one: Forgery) -> Iterator[None]:
        """One place changed and the manifest made to fit; afterwards all is as it was."""
        path, manifest = self.root / one.place, self.root / MANIFEST
        before = path.read_bytes(), manifest.read_bytes()
        path.write_bytes(one.data)
        reseal(self.root, one.place)
        try:
            yield
        finally:
            path.write_bytes(before[0])
            manifest.write_bytes(before[1])

    def refused_by_a_figure(self, one: Forgery) -> bool:
        """Whether a file of the site is refused with nothing made again."""
        held = FiguresHeld()
        self.holding.hold_file(one.place, held)
        return any(found.file == one.place for found in held.faults)

    def refused_when_made_again(self) -> bool:
        """Whether the release is refused by what follows from it, made again."""
        found = recount(self.root)
        if errors(found.faults) or found.value is None:
            return True
        return bool(errors(remake(self.root, self._manifest, found.value).faults)) or bool(wrong(self.root))

    @property
    def _manifest(self) -> Manifest:
        return read_manifest((self.root / MANIFEST).read_bytes())

    def walk(self, forgeries: Iterable[Forgery]) -> Walked:
        """Forge each by itself. A place in the site is first tried by figures alone; what passes is made again."""
        start = time.process_time()
        done = Walked(sum(places_in(name, (self.root / name).read_bytes()) for name in self.names))
        for one in forgeries:
            done.forged += 1
            with self.forged(one):
                if one.place.startswith(SITE) and self.refused_by_a_figure(one):
                    done.figures += 1
                elif self.refused_when_made_again():
                    done.again.append(f"{one.kind} ({one.place})")
                else:
                    done.survived.append(f"{one.kind} ({one.place})")
        done.seconds = time.process_time() - start
        return done
