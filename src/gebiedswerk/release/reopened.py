"""A release opened as a dossier is: from its public dossier and its public ledgers, with nothing made of it yet."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

import polars as pl

from gebiedswerk.account import Account, settle
from gebiedswerk.assembly.opened import Opened
from gebiedswerk.core.faults import Checked, GebiedswerkError, fault
from gebiedswerk.dossier import NEWEST, Basis, Publication, page_of
from gebiedswerk.figures import Figures
from gebiedswerk.language.messages import Messages
from gebiedswerk.ledger import Ledger, PublicRows
from gebiedswerk.pages import View, bases, check_text, read_text, unit_cents
from gebiedswerk.release.contents import NEWEST_NAME, RESTATED_NAME, TABLE
from gebiedswerk.release.public_reading import PublicDossier, read_public
from gebiedswerk.release.recount import UNUSABLE, Recount, Recounted, moment_of


def whole_recount(root: Path, found: Recount) -> Checked[Recount | None]:
    """The same bases with the whole public dossier: what pages and files show besides figures is known too."""
    try:
        public = read_public(root)
        if public.value is None:
            return Checked(None, public.faults)
        opened = opened_again(public.value, found)
        if opened.newest is None:
            raise ValueError(TABLE)
        named = {one.basis.root: one.basis for one in found.bases}
        shown = (one for one, _ in bases(opened.newest, opened.views))
        whole = tuple(Recounted(named[one.places.root], one.figures, one.unit_cents) for one in shown)
        return Checked(Recount(public.value.dossier, whole, found.ledgers))
    except (*UNUSABLE, GebiedswerkError, pl.exceptions.PolarsError) as problem:
        return Checked(None, (fault("Z148", TABLE, value=problem),))


def opened_again(public: PublicDossier, found: Recount) -> Opened:
    """What follows from the public dossier and the public ledgers, as opening a dossier gives it."""
    made = Remaking(public, found)
    views = tuple(made.view(publication) for publication in public.dossier.publications)
    texts = tuple(text for view in views for text in view.texts)
    return Opened(public.dossier, made.newest(), views, texts, public.deliveries, ())


class Remaking:
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
        published = PublicRows(rows, frozenset(partly_hidden))
        return replace(one.figures.ledger, deliveries=self.public.deliveries, published=published)

    def view(self, publication: Publication) -> View:
        """A publication with its texts, of which every figure is judged again."""
        one, settings = self.bases[publication.slug], publication.settings
        figures = self.figures(one, None if one.basis.kind == "kept" else Basis(settings.as_of))
        dossier = self.public.dossier
        first, unit = dossier.settings.presentation.language, unit_cents(dossier, publication)
        texts = (
            check_text(publication, file, read_text(text), figures, unit, Messages(page_of(file)[1] or first))
            for file, text in publication.texts
        )
        return View(publication, figures, tuple(texts))
