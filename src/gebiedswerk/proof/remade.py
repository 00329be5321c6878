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

from gebiedswerk.account import Account, settle
from gebiedswerk.actions import Opened, make
from gebiedswerk.core.faults import Checked, Fault, GebiedswerkError, errors, fault
from gebiedswerk.dossier import NEWEST, Basis, Dossier, Publication, page_of
from gebiedswerk.figures import Figures
from gebiedswerk.ledger import Ledger, Published
from gebiedswerk.messages import Messages
from gebiedswerk.proof.manifest import NAME, SIGNATURE, Manifest
from gebiedswerk.proof.parts import LEDGER, NEWEST_NAME, RESTATED_NAME, TABLE
from gebiedswerk.proof.public_dossier import NotPublic
from gebiedswerk.proof.public_reading import PublicDossier, read_public
from gebiedswerk.proof.recount import UNUSABLE, Recount, Recounted, moment_of
from gebiedswerk.proof.release import RELEASE, write_release
from gebiedswerk.proof.shown import differing
from gebiedswerk.proof.tombstones import TOMBSTONES
from gebiedswerk.publication import View, check_text, unit_cents

HELD_ELSEWHERE = frozenset({NAME, SIGNATURE, TOMBSTONES})
"""Files that follow from nothing in the release: only a noted hash or a signature holds what they say."""
UNMAKABLE = (*UNUSABLE, GebiedswerkError, pl.exceptions.PolarsError, RuntimeError, subprocess.SubprocessError)


def remake(root: Path, manifest: Manifest, found: Recount) -> Checked[int]:
    """Make a public release again from itself. Value: how many files were made and held against what is there.

    What cannot be read or made is a fault, and so is each file that differs; the figures in texts are judged again.
    """
    try:
        public = read_public(root)
        if public.value is None:
            return Checked(0, public.faults)
        if _too_many(public.value.dossier, found, len(manifest.files)):
            return Checked(0, (fault("Z147", TABLE, value=len(manifest.files)),))
        opened = _opened(public.value, found)
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


def _opened(public: PublicDossier, found: Recount) -> Opened:
    """What follows from the public dossier and the public ledgers, as opening a dossier gives it."""
    made = _Remaking(public, found)
    views = tuple(made.view(publication) for publication in public.dossier.publications)
    texts = tuple(text for view in views for text in view.texts)
    return Opened(public.dossier, made.newest(), views, texts, public.deliveries, ())


class _Remaking:
    """The figures of each basis, from its public rows and with the whole public dossier."""

    def __init__(self, public: PublicDossier, found: Recount) -> None:
        self.public = public
        self.rows = found.ledgers
        self.bases = {one.basis.name: one for one in found.bases}
        kept = [one.basis for one in found.bases if one.basis.kind == "kept"]
        self.adopted_as_of = {max(basis.years): basis.as_of for basis in reversed(kept)}

    def newest(self) -> Figures:
        """The account that holds; where an adopted year is restated, on the newest postings of that year too."""
        newest = self.figures(self.bases[NEWEST_NAME], NEWEST)
        if RESTATED_NAME not in self.bases:
            return newest
        ledger = self.ledger(self.bases[RESTATED_NAME], self.bases[NEWEST_NAME].basis.partly_hidden)
        ledger = replace(ledger, basis=NEWEST)
        label, adopted = newest.account.basis, newest.account.adopted
        settled = settle(ledger, self.public.dossier, adopted, label)
        if settled.value is None:
            raise ValueError(RESTATED_NAME)
        return replace(newest, ledger=ledger, account=Account(label, settled.value.years, adopted))

    def figures(self, one: Recounted, basis: Basis | None = None) -> Figures:
        """The figures of one basis. An adopted year stands on what was known when it was adopted."""
        ledger = self.ledger(one, one.basis.partly_hidden)
        ledger = replace(ledger, basis=basis or ledger.basis)
        moments = {year: self.adopted_as_of.get(year, moment) for year, moment in one.basis.stands_on}
        stands_on = {year: replace(ledger, basis=moment_of(moment)) for year, moment in moments.items()}
        return Figures(self.public.dossier, ledger, one.figures.account, stands_on)

    def ledger(self, one: Recounted, partly_hidden: Collection[str]) -> Ledger:
        """The public ledger of a basis. A group of hidden postings has a ground, be it one without a name."""
        group = pl.col("row").is_null() & pl.col("ground").is_null()
        ground = pl.when(group).then(pl.lit("")).otherwise("ground")
        rows = self.rows[one.basis.name].with_columns(ground=ground)
        published = Published(rows, frozenset(partly_hidden))
        return replace(one.figures.ledger, deliveries=self.public.deliveries, published=published)

    def view(self, publication: Publication) -> View:
        """A publication with its texts, of which every figure is judged again."""
        one, settings = self.bases[publication.slug], publication.settings
        figures = self.figures(one, None if one.basis.kind == "kept" else Basis(settings.as_of))
        dossier = self.public.dossier
        first, unit = dossier.settings.presentation.language, unit_cents(dossier, publication)
        texts = (
            check_text(publication, file, text, figures, unit, Messages(page_of(file)[1] or first))
            for file, text in publication.texts
        )
        return View(publication, figures, tuple(texts))


def _compared(root: Path, opened: Opened, manifest: Manifest) -> tuple[int, list[Fault]]:
    """Write the release again in a folder of our own, and compare."""
    at = datetime.fromisoformat(manifest.at) if manifest.at else None
    made = make(opened, at)
    if made is None:
        raise ValueError(TABLE)
    with tempfile.TemporaryDirectory(prefix="gebiedswerk-") as temporary:
        again = Path(temporary) / RELEASE
        write_release(opened, made, again, at)
        count, faults = compared_bytes(root, again, without=HELD_ELSEWHERE)
        return count - sum((again / name).is_file() for name in HELD_ELSEWHERE), faults


def compared_bytes(root: Path, again: Path, without: Collection[str], prefix: str = "") -> tuple[int, list[Fault]]:
    """Every file that was made again against the one that was released; the ledger first, then data, then pages."""
    remade, released = (
        {path.relative_to(one).as_posix() for path in one.rglob("*") if path.is_file()} for one in (again, root)
    )
    names = sorted((remade | released) - set(without), key=_order)
    return len(remade), [one for name in names for one in _of_file(root / name, again / name, prefix + name)]


def _of_file(released: Path, remade: Path, place: str) -> Iterator[Fault]:
    if not released.is_file():
        yield fault("Z103", place)
    elif not remade.is_file():
        yield fault("Z104", place)
    else:
        yield from differing(place, released.read_bytes(), remade.read_bytes())


def _order(name: str) -> tuple[bool, bool, str]:
    return not name.startswith(LEDGER), "data/" not in name, name
