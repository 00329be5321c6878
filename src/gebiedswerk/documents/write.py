"""The documents beside the pages of a publication, each made only where its content changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from gebiedswerk.documents.content import Chapter, chapter
from gebiedswerk.documents.fragment import fragment_text
from gebiedswerk.documents.pdf import pdf_bytes
from gebiedswerk.dossier import Dossier
from gebiedswerk.messages import Messages
from gebiedswerk.publication import DataFile, LazyFile, Made, PublicationPage, View
from gebiedswerk.publication.places import Places, publication_root, whole_place

ATTACHED = ("account", "available")
"""The tables whose data go along in the PDF."""


def documents(dossier: Dossier, views: Sequence[View], made: Made) -> tuple[LazyFile, ...]:
    """For each publication and language one PDF of the whole and, where it has several pages, one of each."""
    found: list[LazyFile] = []
    files = {file.path: file for file in made.data if isinstance(file, DataFile)}
    pages = [page for page in made.pages if isinstance(page, PublicationPage)]
    for view in views:
        root = publication_root(view.publication.slug)
        for language in dossier.settings.presentation.languages:
            ours = [page for page in pages if page.frame.path.startswith(root) and page.frame.language == language]
            found += _of_publication(dossier, view, ours, files)
    return tuple(found)


def _of_publication(
    dossier: Dossier, view: View, pages: Sequence[PublicationPage], files: dict[str, DataFile]
) -> Iterator[LazyFile]:
    """The documents of one publication in one language."""
    if not pages:
        return
    places, year = Places(dossier, publication_root(view.publication.slug)), view.publication.settings.year
    names = [places.data(kind, "csv", year) for kind in ATTACHED]
    attached = tuple(files[name] for name in names if name in files)
    for page in pages:
        paper = _Paper(dossier, view, page.frame.title, (page,), attached)
        stem = page.frame.place.removesuffix(".html")
        yield paper.file(f"{stem}.pdf", paper.pdf)
        yield paper.file(f"{stem}.docx", paper.word)
        yield paper.file(f"{stem}.htm", paper.fragment)
    if len(pages) > 1:
        title = view.publication.title(pages[0].frame.language)
        paper = _Paper(dossier, view, title, tuple(pages), attached)
        yield paper.file(pages[0].frame.root + whole_place(view.publication.slug), paper.pdf)


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
    def made_at(self) -> datetime | None:
        return self.view.publication.settings.published_at or self.view.publication.settings.as_of

    @property
    def messages(self) -> Messages:
        return Messages(self.pages[0].frame.language)

    def chapters(self) -> list[Chapter]:
        return [chapter(page) for page in self.pages]

    def file(self, place: str, make: Callable[[], bytes]) -> LazyFile:
        """A file of this at a place, with the hash of all that it is made of."""
        facts = [self.title, self.site, self.author, self.address, str(self.made_at), place.rpartition(".")[2]]
        hashes = [hashlib.sha256(file.content).hexdigest() for file in self.attached]
        whole = json.dumps([facts, hashes, [asdict(one) for one in self.chapters()]], ensure_ascii=False)
        return LazyFile(place, hashlib.sha256(whole.encode()).hexdigest(), make)

    def pdf(self) -> bytes:
        chapters, made_at = self.chapters(), self.made_at
        facts = (self.title, self.site, self.author, chapters, self.attached, made_at, self.address)
        return pdf_bytes(*facts, self.messages)

    def word(self) -> bytes:
        from gebiedswerk.documents.docx import docx_bytes

        return docx_bytes(self.title, self.author, self.chapters(), self.made_at, self.address, self.messages)

    def fragment(self) -> bytes:
        return "".join(fragment_text(one, self.address) for one in self.chapters()).encode()
