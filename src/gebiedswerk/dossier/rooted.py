"""A folder that we may write in, and places below it: whoever writes holds one, and none leaves its folder."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from gebiedswerk.core.faults import Fault, GebiedswerkError, fault
from gebiedswerk.core.filenames import Refusal, doubles, refusal_of_place


class PlaceRefused(GebiedswerkError):
    """Somebody asked to write at a place that leaves its folder, or that not every disk can hold."""

    def __init__(self, root: Path, name: str, why: Refusal) -> None:
        super().__init__(f"Nothing is written at {name!r} below {root}: {why}.")
        self.root, self.name, self.why = root, name, why

    @property
    def fault(self) -> Fault:
        """What a person reads of it (B110): the folder, the place and what was expected."""
        return fault("B110", str(self.root), None, None, self.name, kind=self.why.kind, choices="")


@dataclass(frozen=True, slots=True)
class Root:
    """A folder that we may write in, as a person named it. `public`: what is made below it anyone may read, whatever
    the umask is; elsewhere the umask decides, but for the owner, who can always go on.
    """

    path: Path
    public: bool = False

    def at(self, name: str) -> RootedPlace:
        """A place below the folder. Raises PlaceRefused."""
        return RootedPlace(self, name)

    def check_way(self) -> None:
        """A folder that a person names may be reached through links."""


@dataclass(frozen=True, slots=True)
class RootedPlace:
    """A file or folder below a root, named from there with `/`. Raises PlaceRefused where it would be elsewhere."""

    root: Root
    name: str

    def __post_init__(self) -> None:
        why = refusal_of_place(self.name)
        if why is not None:
            raise PlaceRefused(self.root.path, self.name, why)

    @property
    def path(self) -> Path:
        """Where it is on the disk."""
        return self.root.path / self.name

    @property
    def folders(self) -> list[Path]:
        """The folders between the root and the place, from above."""
        return list(self.path.parents)[: self.name.count("/")][::-1]

    def at(self, name: str) -> RootedPlace:
        """A place below this one."""
        return RootedPlace(self.root, f"{self.name}/{name}")

    def beside(self, name: str) -> RootedPlace:
        """A place with another name in the same folder."""
        return RootedPlace(self.root, f"{self.name.rpartition('/')[0]}/{name}".removeprefix("/"))

    def check_way(self) -> None:
        """Raise PlaceRefused where a folder between the root and the place is a link: it may lead anywhere."""
        if any(folder.is_symlink() for folder in self.folders):
            raise PlaceRefused(self.root.path, self.name, Refusal.LINK)


def is_within(path: Path, folder: Path) -> bool:
    """Whether a path, with all links followed, stands in a folder or is it; links in a circle lead nowhere."""
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


Spot = Root | RootedPlace
"""What can be renamed or removed: what a person named, or a place below it."""


def refuse_doubles(root: Root, names: Iterable[str]) -> None:
    """Raise PlaceRefused for the first of some places that cannot stand beside an earlier one on every disk."""
    for name, first in doubles(names):
        raise PlaceRefused(root.path, f"{name} ({first})", Refusal.DOUBLE)
