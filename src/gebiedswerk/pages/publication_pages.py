"""All pages of a dossier as plain models, and the data files beside them."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from gebiedswerk.blocks.models import (
    Block,
    Chart,
    Frame,
    Link,
    Map,
    Prose,
    PublicationPage,
    Table,
)
from gebiedswerk.blocks.places import Places, publication_root, whole_place
from gebiedswerk.blocks.reserves_table import RESERVES_TABLE, reserves_table
from gebiedswerk.blocks.year_tables import Setting, year_table
from gebiedswerk.dossier import Dossier, Publication, Status
from gebiedswerk.figures import COUNT, SETS, TOTAL, UNITS, Figures, NoAddress, NoFigure, parse_address
from gebiedswerk.language.messages import Messages
from gebiedswerk.pages.frame import Frames, SiteFacts
from gebiedswerk.pages.restated import restated_table
from gebiedswerk.pictures.chart_kinds import asked_for, picture_blocks
from gebiedswerk.texts.chapters import Chapter, around, chapters
from gebiedswerk.texts.check_text import TABLES
from gebiedswerk.texts.claims import not_nearest
from gebiedswerk.texts.markdown import ProsePart, Written, render, written
from gebiedswerk.texts.view import View


def publication_pages(newest: Figures, views: Sequence[View]) -> list[PublicationPage]:
    """The pages of some publications alone, in every language."""
    shown = SiteFacts(newest, tuple(views))
    sites = [Publications(shown, Messages(one)) for one in newest.dossier.settings.presentation.languages]
    return [page for site in sites for view in views for page in site.pages(view)]


def unit_cents(dossier: Dossier, publication: Publication | None = None) -> int:
    """The unit of amounts in cents: of the publication, else of the dossier."""
    unit = publication.settings.unit if publication and publication.settings.unit else None
    return (unit or dossier.settings.presentation.unit) * UNITS["euro"]


@dataclass(frozen=True, slots=True)
class Publications(Frames):
    """Makes the pages of publications in one language."""

    def pages(self, view: View) -> Iterator[PublicationPage]:
        """The pages of a publication: `index.md` is the first, each other Markdown file one more."""
        found = chapters(view, self.messages.language)
        yield from (self.page(view, found, at) for at in range(len(found)))

    def page(self, view: View, found: Sequence[Chapter], at: int) -> PublicationPage:
        """One of the pages of a publication (`found`)."""
        settings, slug = view.publication.settings, view.publication.slug
        places = Places(self.dossier, publication_root(slug))
        labels = view.publication.labels(self.messages.language, self.dossier.settings.presentation.language)
        setting = Setting(
            view.figures, places, settings.year, unit_cents(self.dossier, view.publication), self.messages, labels
        )
        chapter = found[at]
        there = {f"table-{p.picture.name}" for p in chapter.parts if p.picture and p.picture.kind == "table"}
        other = chapter.language if chapter.language != self.messages.language else ""
        blocks = (block for part in chapter.parts for block in self._blocks(part, setting, chapter.path, there))
        frame = self.frame(chapter.path, chapter.title, self._way_to(chapter, found), view.figures, view)
        return PublicationPage(
            frame=replace(frame, **around(chapter, found, self.messages)),
            blocks=tuple(_numbered(replace(block, language=other) for block in blocks)),
            untranslated=self.messages("site.untranslated") if other else "",
            documents=tuple(self._documents(view, frame, found)),
            restated=self._restated(places, settings.year) if self._adopted(view) else None,
        )

    def _documents(self, view: View, frame: Frame, found: Sequence[Chapter]) -> Iterator[Link]:
        """The same words to take along: this page, the whole publication, and its tables."""
        slug, year = view.publication.slug, view.publication.settings.year
        stem = frame.place.removesuffix(".html")
        for kind in ("pdf", "docx", "htm"):
            yield Link(self.messages(f"document.{kind}"), f"{stem}.{kind}")
        if len(found) > 1:
            yield Link(self.messages("document.pdf_whole"), frame.root + whole_place(slug))
        if view.figures.of_year(year) is not None:
            yield Link(self.messages("document.workbook"), Places(self.dossier, publication_root(slug)).workbook(year))

    def _way_to(self, chapter: Chapter, found: Sequence[Chapter]) -> list[Link]:
        """The way to a page of a publication: home, and its first page where that is another."""
        first = next(one for one in found if one.is_first)
        return [self.home_link(), *([] if chapter is first else [first.link])]

    def _blocks(self, part: ProsePart, setting: Setting, path: str, there: set[str]) -> Iterator[Block]:
        """A run of prose, a table, or a chart with its table where that is not `there`; nothing for what is no such."""
        picture = part.picture
        if picture is None:
            exact = [self._exact(link, setting) for link in written(part)]
            titles = iter(exact)
            html = render(part, lambda link: self._place(link, setting, path), lambda _: next(titles))
            yield Prose(f"{html}<p>{self.messages('text.exact')}</p>\n" if any(exact) else html)
        elif setting.figures.of_year(setting.year) is None:
            return
        elif picture.kind == "table" and picture.name == RESERVES_TABLE:
            yield reserves_table(setting, picture.caption)
        elif picture.kind == "table" and picture.name in TABLES:
            yield year_table(setting, picture.name, picture.caption)
        elif picture.kind != "table" and (asked := asked_for(picture.kind, picture.name, setting.year)):
            for block in picture_blocks(setting, asked, picture.caption, there):
                there |= {block.id} if isinstance(block, Table) else set()
                yield block

    def _exact(self, link: Written, setting: Setting) -> str:
        """That a claim is not the nearest number: it was rounded with the table in which it stands. Else nothing."""
        if not link.href.startswith("figure:"):
            return ""
        try:
            address = parse_address(link.href.removeprefix("figure:"), setting.year)
            odd = not_nearest(link.text, address, setting.figures, setting.unit_cents, self.messages.language)
        except (NoAddress, NoFigure):
            return ""
        return self.messages("text.exact.one") if odd else ""

    def _place(self, link: Written, setting: Setting, path: str) -> str | None:
        """Where a link in prose leads: a claim to its figure; a free number, or a claim about nothing, nowhere."""
        if link.href.startswith("free:"):
            return None
        if not link.href.startswith("figure:"):
            return link.href if urlsplit(link.href).scheme in ("", "http", "https", "mailto") else None
        try:
            address = parse_address(link.href.removeprefix("figure:"), setting.year)
            in_set = address.measure in SETS or address.measure == COUNT
            address = address if in_set else setting.figures.figure(address).address
        except (NoAddress, NoFigure):
            return None
        place = setting.places.source(TOTAL, address.year or 0) if in_set else setting.places.figure(address)
        return posixpath.relpath(place, posixpath.dirname(path))

    def _restated(self, places: Places, year: int) -> Table | None:
        return restated_table(self.newest, self.messages, places, [year])

    def _adopted(self, view: View) -> bool:
        """Whether a publication holds the accounts of its year that the council adopted."""
        settings = view.publication.settings
        return settings.status is Status.ADOPTED and settings.year in self.newest.account.adopted


def _numbered(blocks: Iterable[Block]) -> Iterator[Block]:
    """A table, chart or map that stands a second time gets a number behind its id."""
    seen: Counter[str] = Counter()
    for block in blocks:
        if isinstance(block, Table | Chart | Map):
            seen[block.id] += 1
            yield block if seen[block.id] == 1 else replace(block, id=f"{block.id}-{seen[block.id]}")
        else:
            yield block
