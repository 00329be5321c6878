"""Every file of a release, each held as its kind asks; the set of them follows from the release itself."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import polars as pl

from gebiedswerk.blocks.places import DELIVERIES as DELIVERED
from gebiedswerk.blocks.places import GLOSSARY, HOME, SEARCH, SITEMAP, publication_root
from gebiedswerk.core.faults import Fault, GebiedswerkError, fault
from gebiedswerk.dossier.tables import TABLES
from gebiedswerk.release.contents import BASES, DELIVERIES, KEPT, LEDGER, SETTINGS, TABLE
from gebiedswerk.release.manifest import NAME, SIGNATURE
from gebiedswerk.release.recount import UNUSABLE, Recount
from gebiedswerk.release.shown.beside import Beside
from gebiedswerk.release.shown.blocks import Blocks
from gebiedswerk.release.shown.claims_in_texts import ClaimsInTexts
from gebiedswerk.release.shown.data_rows import hold_data
from gebiedswerk.release.shown.data_that_follows import DataThatFollows
from gebiedswerk.release.shown.figure_links import Sources
from gebiedswerk.release.shown.follows import Follows
from gebiedswerk.release.shown.grounds import Grounds
from gebiedswerk.release.shown.held import FiguresHeld
from gebiedswerk.release.shown.html_pages import Knowledge, hold_page
from gebiedswerk.release.shown.papers import hold_paper
from gebiedswerk.release.tombstones import TOMBSTONES

SITE = "site/"
DOCUMENTS = (".pdf", ".docx", ".htm")
ALWAYS = (HOME, SEARCH, SITEMAP, GLOSSARY, DELIVERED)


def hold(root: Path, found: Recount, names: Collection[str]) -> FiguresHeld:
    """Hold the files of a public release against the recount: those that its manifest names."""
    return Holding(root, found, frozenset(names)).held


@dataclass(frozen=True)
class Holding:
    """The files of one release while they are held; `names`: those that its manifest names."""

    root: Path
    found: Recount
    names: frozenset[str]

    @cached_property
    def held(self) -> FiguresHeld:
        """All of them, and the files that must be there and are not."""
        held = FiguresHeld()
        for name in sorted(self.names, key=lambda one: (not one.endswith(".csv"), one)):  # what a person reads first
            self.hold_file(name, held)
        held.faults += _decisions(self.found)
        held.faults += [fault("Z142", f"{SITE}{place}") for place in sorted(self._places - self._there)]
        return held

    def hold_file(self, name: str, held: FiguresHeld) -> None:
        """Hold one file; what differs goes to `held`."""
        path = self.root / name
        if path.is_symlink() or not path.is_file():
            return
        try:
            self._file(name, path, held)
        except (*UNUSABLE, csv.Error, pl.exceptions.PolarsError, GebiedswerkError) as problem:
            held.faults.append(fault("Z110", name, value=problem))

    def _file(self, name: str, path: Path, held: FiguresHeld) -> None:
        """Hold one file; one of no known kind shows what nobody looks at (Z137)."""
        place = name.removeprefix(SITE)
        if not name.startswith(SITE):
            if name not in self._parts and not name.startswith(f"{TABLE}/"):
                held.faults.append(fault("Z137", name))
        elif place in self._data.by_place:
            hold_data(path.read_bytes(), place, self._data.by_place[place], self.found, held, SITE)
        elif place.endswith(".html"):
            if place not in self._places and not self._is_of_a_publication(place):
                held.faults.append(fault("Z143", name))
            hold_page(path.read_bytes(), place, self._known, held, SITE)
        elif place.endswith(DOCUMENTS) and self._is_of_a_publication(place):
            self._paper(place, path, held)
        else:
            self._beside.hold(path.read_bytes(), place, held, SITE)

    def _paper(self, place: str, path: Path, held: FiguresHeld) -> None:
        """Hold a document against the page beside it. A PDF is not read: who makes it again compares its bytes."""
        page = path.with_suffix(".html")
        if place.endswith(".pdf") or not page.is_file() or page.is_symlink():
            held.beside.append(SITE + place)
            return
        count, faults = hold_paper(path.read_bytes(), place, page.read_bytes(), self._known.sources, SITE)
        held.figures["documents"] += count
        held.faults += faults

    @cached_property
    def _known(self) -> Knowledge:
        found = self.found
        blocks, claims = Blocks(found), ClaimsInTexts(found)
        return Knowledge(Sources(found), self._follows, Grounds(self.root, found), blocks, claims)

    @cached_property
    def _follows(self) -> Follows:
        return Follows(self.found)

    @cached_property
    def _data(self) -> DataThatFollows:
        return DataThatFollows(self.found)

    @cached_property
    def _beside(self) -> Beside:
        return Beside(self.found, frozenset(place for place in self._there if place.endswith(".html")))

    @cached_property
    def _there(self) -> frozenset[str]:
        """The places of the site that the manifest names."""
        return frozenset(name.removeprefix(SITE) for name in self.names if name.startswith(SITE))

    @property
    def _slugs(self) -> list[str]:
        return [one.slug for one in self.found.dossier.publications]

    @cached_property
    def _parts(self) -> frozenset[str]:
        """What stands beside the site."""
        bases = [one.basis for one in self.found.bases]
        return frozenset(
            [
                *(NAME, SIGNATURE, BASES, SETTINGS, DELIVERIES, TOMBSTONES),
                *(f"{LEDGER}/{one.name}.csv" for one in bases),
                *(f"{KEPT}/{one.name}.json" for one in bases if one.adopted),
            ]
        )

    @cached_property
    def _places(self) -> frozenset[str]:
        """The places that follow from the ledger and the tables: every year, line, area and publication."""
        return frozenset([*self._data.by_place, *self._pages(), *self._publications()])

    def _roots(self) -> Iterator[str]:
        _, *others = self.found.dossier.settings.presentation.languages
        yield ""
        yield from (f"{language}/" for language in others)

    def _pages(self) -> Iterator[str]:
        language = self.found.dossier.settings.presentation.language
        for root in self._roots():
            yield from (f"{root}{place}" for place in ALWAYS)
            yield from (f"{root}{place}" for place in self._follows.pages(language))
            for place, source in self._known.sources.by_place.items():
                yield f"{root}{place}"
                yield from (f"{root}{further}" for further in self._follows.postings(source, language))

    def _publications(self) -> Iterator[str]:
        """The first page of each publication, and the documents beside every page of it."""
        for root in self._roots():
            for slug in self._slugs:
                yield f"{root}{publication_root(slug)}index.html"
        for place in self._there:
            if place.endswith(".html") and self._is_of_a_publication(place):
                yield from (place.removesuffix(".html") + ending for ending in DOCUMENTS)

    def _is_of_a_publication(self, place: str) -> bool:
        """Whether a place is a page or a document of a publication: its name is the municipality's own."""
        folders = [f"{root}{publication_root(slug)}" for root in self._roots() for slug in self._slugs]
        folder, _, name = place.rpartition("/")
        return f"{folder}/" in folders and bool(name)


def _decisions(found: Recount) -> Iterator[Fault]:
    """A decision in a table of the release has the amount that its row in the public ledger has (Z107)."""
    newest = found.ledgers[found.bases[0].basis.name].filter(pl.col("id").str.contains("/").not_())
    for name in ("budgets", "openings"):
        file = TABLES[name].file
        rows = {row.row: row for row in getattr(found.dossier, name)}
        booked = newest.filter(delivery=file, count=1).select("row", "decision", "cents").drop_nulls("row")
        for number, decision, cents in booked.iter_rows():
            row = rows.get(number)
            if row is not None and getattr(row, "number", decision) == decision and abs(row.amount) != abs(cents):
                yield fault("Z107", f"{TABLE}/{file}", number, "amount", row.amount, figure=decision, expected=cents)
