"""A whole site in parts: the pages of each language and the files beside them, what others tell of first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from gebiedswerk.blocks.places import publication_root
from gebiedswerk.core.watching import watched_by
from gebiedswerk.documents import attached, documents
from gebiedswerk.language.messages import Messages
from gebiedswerk.opendata import basis_files, catalogue_files, feed_of, is_package, map_entry, sitemaps
from gebiedswerk.pages import (
    BinaryFile,
    DataFile,
    File,
    LazyFile,
    Publications,
    SitePart,
    basis_of,
    page_parts,
    roots,
    shown_in,
    view_of,
)
from gebiedswerk.pages.data_files import data_files
from gebiedswerk.pages.lapse_calendar import calendar_files
from gebiedswerk.pages.work_files import table_files

if TYPE_CHECKING:
    from gebiedswerk.opendata import MapEntry
    from gebiedswerk.pages import Page, SiteFacts, View

SO_FAR = "made"


@dataclass
class SoFar:
    """What was made before: what the map of the site says of each page, and the files that others tell of."""

    entries: list[MapEntry] = field(default_factory=list)
    packages: list[DataFile] = field(default_factory=list)

    def take(self, made: Sequence[Page | File]) -> None:
        """Remember what was made."""
        for one in made:
            if isinstance(one, DataFile):
                self.packages += [one] if is_package(one.path) else []
            elif not isinstance(one, BinaryFile | LazyFile):
                self.entries.append(map_entry(one))


watched_by(SoFar)


def shown_per_language(shown: SiteFacts) -> dict[str, SiteFacts]:
    """Language → all that its pages are made of; the first is that of the dossier."""
    speech = shown.newest.dossier.settings.presentation
    return {language: shown_in(shown, language) for language in speech.languages}


def parts_of(
    shown: Mapping[str, SiteFacts], asked: Mapping[str, SiteFacts], so_far: SoFar
) -> Iterator[SitePart[Page] | SitePart[File]]:
    """Every part of a site, as `shown` says which there are. `asked` and `so_far` may record what is asked of them."""
    first = next(iter(shown))
    for language in shown:
        yield from page_parts(shown[language], asked[language], Messages(language, first))
    for language in shown:
        yield from _papers(shown[first], asked[first], asked[language], Messages(language, first))
    yield from _files(shown[first], asked[first], so_far, Messages(first))


def _files(shown: SiteFacts, asked: SiteFacts, so_far: SoFar, messages: Messages) -> Iterator[SitePart[File]]:
    """The files beside the pages: they are the same in each language, and written once."""
    files = f"{messages.language}:files/"
    yield SitePart(f"{files}kalender", lambda: list(_calendar(asked, messages)))
    yield SitePart(f"{files}tabellen", lambda: list(table_files(asked.newest.dossier)))
    for root in roots(shown):
        yield SitePart(f"{files}{root}data", partial(_of_basis, asked, root, messages))
    if shown.newest.dossier.settings.open_data.address:
        for area in shown.newest.dossier.areas:
            yield SitePart(f"{files}nieuws/{area.code}", partial(feed_of, asked.index, area.code, messages))
        dossier = asked.newest.dossier
        yield SitePart(f"{files}catalogus", lambda: list(catalogue_files(dossier, so_far.packages, messages)))
        yield SitePart(f"{files}sitemap", lambda: list(sitemaps(dossier, so_far.entries, asked.views)))


def _calendar(shown: SiteFacts, messages: Messages) -> Iterator[File]:
    newest = shown.newest
    account = newest.account.standing(newest.years()[-1]) if newest.years() else None
    yield from calendar_files(newest, messages, account)


def _of_basis(shown: SiteFacts, root: str, messages: Messages) -> list[File]:
    """The tables and packages of one basis."""
    view, basis = view_of(shown, root), basis_of(shown, root)
    tables = {file.path: file for file in data_files(basis, messages)}
    title = view.publication.title(messages.language) if view else messages("data.newest")
    return [*tables.values(), *basis_files(basis, title, tables, messages)]


def _papers(shown: SiteFacts, first: SiteFacts, asked: SiteFacts, messages: Messages) -> Iterator[SitePart[File]]:
    """The documents of each publication in one language; the data that go along are in the first."""
    for view in shown.views:
        slug = view.publication.slug
        yield SitePart(f"{messages.language}:papers/{slug}", partial(_papers_of, first, asked, slug, messages))


def _papers_of(first: SiteFacts, shown: SiteFacts, slug: str, messages: Messages) -> list[File]:
    view, basis = _view(shown, slug), basis_of(first, publication_root(slug))
    pages = list(Publications(shown, messages).pages(view))
    tables = attached(
        basis, view.publication.settings.year, Messages(basis.places.dossier.settings.presentation.language)
    )
    return list(documents(shown.newest.dossier, _view(first, slug), pages, tables))


def _view(shown: SiteFacts, slug: str) -> View:
    return next(view for view in shown.views if view.publication.slug == slug)
