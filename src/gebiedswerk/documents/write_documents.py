"""The documents beside the pages of a publication, each made only where its content changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial

from gebiedswerk.blocks.places import Places, publication_root, whole_place
from gebiedswerk.blocks.year_tables import Setting, year_data
from gebiedswerk.documents.content import DocumentChapter, chapter
from gebiedswerk.documents.fragment import fragment_text
from gebiedswerk.documents.pdf import pdf_bytes
from gebiedswerk.dossier import Dossier
from gebiedswerk.language.foreign_words import without_marks
from gebiedswerk.language.messages import Messages
from gebiedswerk.pages import DataFile, LazyFile, PublicationPage, View
from gebiedswerk.pages.data_files import ShownBasis

ATTACHED = ("account", "available")
"""The tables whose data go along in the PDF."""


def attached(basis: ShownBasis, year: int, messages: Messages) -> dict[str, DataFile]:
    """The tables of a year whose data go along, by place."""
    if basis.figures.of_year(year) is None:
        return {}
    setting = Setting(basis.figures, basis.places, year, basis.unit_cents, messages)
    return {file.path: file for name in ATTACHED for file in year_data(setting, name)}


def documents(
    dossier: Dossier, view: View, pages: Sequence[PublicationPage], files: Mapping[str, DataFile]
) -> Iterator[LazyFile]:
    """The documents of a publication, of which these are the pages in one language: one PDF of the whole and, where it
    has several pages, one of each. `files`: the tables that may go along, by place.
    """
    pages = [without_marks(page) for page in pages]
    if not pages:
        return
    places, year = Places(dossier, publication_root(view.publication.slug)), view.publication.settings.year
    names = [places.data(kind, "csv", year) for kind in ATTACHED]
    attached = tuple(files[name] for name in names if name in files)
    for page in pages:
        paper = _Paper(dossier, view, page.frame.title, (page,), attached)
        stem = page.frame.place.removesuffix(".html")
        yield from paper.files({kind: f"{stem}.{kind}" for kind in ("pdf", "docx", "htm")})
    if len(pages) > 1:
        title = view.publication.title(pages[0].frame.language)
        paper = _Paper(dossier, view, title, tuple(pages), attached)
        yield from paper.files({"pdf": pages[0].frame.root + whole_place(view.publication.slug)})


@dataclass(frozen=True, slots=True)
class _Paper:
    """What a document is made of: some pages under one title, and the data that go along."""

    dossier: Dossier
    view: View
    title: str
    pages: tuple[PublicationPage, ...]
    attached: tuple[DataFile, ...]

    @property
    def author(self) -> str:
        return self.dossier.settings.municipality.name

    @property
    def site(self) -> str:
        return self.pages[0].frame.site_title

    @property
    def address(self) -> str:
        """Where the pages of this language stand; empty where that is not known."""
        address = self.dossier.settings.open_data.address
        return f"{address.rstrip('/')}/{self.pages[0].frame.root}" if address else ""

    @property
    def messages(self) -> Messages:
        return Messages(self.pages[0].frame.language)

    def files(self, places: Mapping[str, str]) -> Iterator[LazyFile]:
        """This in some forms, each at its place, with the hash of all that it is made of."""
        chapters = [chapter(page) for page in self.pages]
        facts = [self.title, self.site, self.author, self.address, str(self.view.moment)]
        hashes = [hashlib.sha256(file.content).hexdigest() for file in self.attached]
        whole = json.dumps([facts, hashes, [asdict(one) for one in chapters]], ensure_ascii=False)
        makers = {"pdf": self.pdf, "docx": self.word, "htm": self.fragment}
        for kind, place in places.items():
            key = hashlib.sha256(f"{kind}\0{whole}".encode()).hexdigest()
            yield LazyFile(place, key, partial(makers[kind], chapters))

    def pdf(self, chapters: Sequence[DocumentChapter]) -> bytes:
        facts = (self.title, self.site, self.author, chapters, self.attached, self.view.moment, self.address)
        return pdf_bytes(*facts, self.messages)

    def word(self, chapters: Sequence[DocumentChapter]) -> bytes:
        from gebiedswerk.documents.docx import docx_bytes

        return docx_bytes(self.title, self.author, chapters, self.view.moment, self.address, self.messages)

    def fragment(self, chapters: Sequence[DocumentChapter]) -> bytes:
        return "".join(fragment_text(one, self.address) for one in chapters).encode()
