"""Names of files and folders in a dossier, before anything is made of them: they become places, addresses or copies."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from pathlib import Path

from gebiedswerk.core.addresses import BELOW, ELSEWHERE, file_of
from gebiedswerk.core.faults import Fault, capped, fault
from gebiedswerk.core.filenames import LONGEST_NAME, doubles, folded, refusal_of_name
from gebiedswerk.dossier.rooted import is_within
from gebiedswerk.dossier.tables import TABLES, Redirect

MOVES = TABLES["redirects"].file
PUBLICATIONS = "publications"


def check_names(dossier: Path, elsewhere: Collection[Path], moves: tuple[Redirect, ...]) -> list[Fault]:
    """What is wrong with the names of all that stands in a dossier; what is hidden may be called as it likes.

    Names that not every disk can hold (D150), that differ only in capitals or accents (D151), and links to folders or
    out of the dossier (D152), but for those in `elsewhere`. Also moves (`redirects.csv`) from what is one address on
    some disks (D151).
    """
    whole = list(_files(dossier))
    found = [place for place in whole if not place.rpartition("/")[2].startswith(".")]
    links = _links(dossier, whole, elsewhere)
    return capped([*_odd(found), *_doubles(found), *_papers(found), *links, *_moves(moves)])


def _files(dossier: Path) -> Iterator[str]:
    """The places of all files and folders but those that are hidden or of the journal; links are not followed."""
    for folder, folders, names in os.walk(dossier):
        ours = {"journal"} if Path(folder) == dossier else set()
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in ours)
        for name in (*folders, *sorted(names)):
            yield (Path(folder) / name).relative_to(dossier).as_posix()


def _odd(places: Collection[str]) -> Iterator[Fault]:
    for place in places:
        name = place.rpartition("/")[2]
        why = refusal_of_name(name, LONGEST_NAME)
        if why is not None:
            yield fault("D150", place, None, None, name, kind=why.kind, choices="")


def _doubles(places: Collection[str]) -> Iterator[Fault]:
    """Two in one folder; what stands below two such folders goes without saying."""
    known: dict[tuple[str, str], str] = {}
    for place in places:
        above, _, name = place.rpartition("/")
        first = known.setdefault((above, folded(name)), place)
        if first != place:
            yield fault("D151", place, None, None, place, other=first)


def _papers(places: Collection[str]) -> Iterator[Fault]:
    """A page that is called as its publication: its PDF would be that of the whole."""
    for place in places:
        folder, _, name = place.rpartition("/")
        top, _, slug = folder.partition("/")
        if top == PUBLICATIONS and name.endswith(".md") and folded(name.partition(".")[0]) == folded(slug):
            yield fault("D151", place, None, None, place, other=f"{slug}.pdf")


def _links(dossier: Path, places: Collection[str], elsewhere: Collection[Path]) -> Iterator[Fault]:
    """Links to folders and out of the dossier; a hidden one that leads nowhere is the lock of an editor."""
    for place in places:
        path = dossier / place
        if not path.is_symlink() or path in elsewhere or path.name.startswith(".") and not path.exists():
            continue
        if path.is_dir() or not is_within(path, dossier):
            yield fault("D152", place)


def _moves(moves: tuple[Redirect, ...]) -> Iterator[Fault]:
    rows = {file_of(one.old): one for one in moves if not one.old.startswith(ELSEWHERE) and not one.old.endswith(BELOW)}
    for place, first in doubles(rows):
        yield fault("D151", MOVES, rows[place].row, "old", place, other=first)
