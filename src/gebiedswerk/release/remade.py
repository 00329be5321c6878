"""Make the whole site of a release again from what the release itself holds, and compare every byte.

A release comes from elsewhere: what it holds is read as if an enemy wrote it, within bounds; nothing is written in it.
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import polars as pl

from gebiedswerk.assembly.made import make
from gebiedswerk.assembly.opened import Opened
from gebiedswerk.core.faults import Checked, Fault, GebiedswerkError, errors, fault
from gebiedswerk.dossier import Dossier
from gebiedswerk.release.contents import LEDGER, TABLE
from gebiedswerk.release.manifest import NAME, SIGNATURE, Manifest
from gebiedswerk.release.public_dossier import NotPublic
from gebiedswerk.release.public_reading import read_public
from gebiedswerk.release.recount import UNUSABLE, Recount
from gebiedswerk.release.release import RELEASE, write_release
from gebiedswerk.release.reopened import opened_again
from gebiedswerk.release.shown import differing
from gebiedswerk.release.tombstones import TOMBSTONES

HELD_ELSEWHERE = frozenset({NAME, SIGNATURE, TOMBSTONES})
"""Files that follow from nothing in the release: only a noted hash or a signature holds what they say."""
UNMAKABLE = (*UNUSABLE, GebiedswerkError, pl.exceptions.PolarsError, RuntimeError, subprocess.SubprocessError)


def remake(root: Path, manifest: Manifest, found: Recount) -> Checked[int | None]:
    """Make a public release again from itself. Value: how many files were made and held against what is there.

    What cannot be read or made is a fault, and so is each file that differs; the figures in texts are judged again.
    """
    try:
        public = read_public(root)
        if public.value is None:
            return Checked(0, public.faults)
        if _too_many(public.value.dossier, found, len(manifest.files)):
            return Checked(0, (fault("Z147", TABLE, value=len(manifest.files)),))
        opened = opened_again(public.value, found)
        said = [_within(one) for text in opened.texts for one in errors(text.faults)]
        count, differences = _compared(root, opened, manifest)
    except NotPublic as problem:
        return Checked(0, (fault("Z145", f"{TABLE}/{problem.file}"),))
    except UNMAKABLE as problem:
        return Checked(0, (fault("Z148", TABLE, value=problem),))
    return Checked(count, (*said, *differences))


def _within(one: Fault) -> Fault:
    """A fault in a text, with its place in the release."""
    return replace(one, file=f"{TABLE}/{one.file}")


def _too_many(dossier: Dossier, found: Recount, files: int) -> bool:
    """Whether there would be more pages than the release has files: then it differs, and making them takes for ever.

    An area, and a line in each year of each basis, has at least one page of its own in each language.
    """
    lines = sum(len(one.figures.account.standing(year).lines) for one in found.bases for year in one.basis.years)
    languages = len(dossier.settings.presentation.languages)
    return (lines + len(dossier.areas) + len(dossier.publications)) * languages > files


def _compared(root: Path, opened: Opened, manifest: Manifest) -> Checked[int]:
    """Write the release again in a folder of our own, and compare."""
    at = datetime.fromisoformat(manifest.at) if manifest.at else None
    made = make(opened, at)
    if made is None:
        raise ValueError(TABLE)
    with tempfile.TemporaryDirectory(prefix="gebiedswerk-") as temporary:
        again = Path(temporary) / RELEASE
        write_release(opened, made, again, at)
        count, faults = compared_bytes(root, again, without=HELD_ELSEWHERE)
        return Checked(count - sum((again / name).is_file() for name in HELD_ELSEWHERE), tuple(faults))


def compared_bytes(root: Path, again: Path, without: Collection[str], prefix: str = "") -> Checked[int]:
    """Every file that was made again against the one that was released; the ledger first, then data, then pages."""
    remade, released = (
        {path.relative_to(one).as_posix() for path in one.rglob("*") if path.is_file()} for one in (again, root)
    )
    names = sorted((remade | released) - set(without), key=_order)
    differences = (one for name in names for one in _of_file(root / name, again / name, prefix + name))
    return Checked(len(remade), tuple(differences))


def _of_file(released: Path, remade: Path, place: str) -> Iterator[Fault]:
    if not released.is_file():
        yield fault("Z103", place)
    elif not remade.is_file():
        yield fault("Z104", place)
    else:
        yield from differing(place, released.read_bytes(), remade.read_bytes())


def _order(name: str) -> tuple[bool, bool, str]:
    return not name.startswith(LEDGER), "data/" not in name, name
