"""The documents beside the pages of a publication, each made only where its content changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime

from gebiedswerk.documents.content import Chapter, chapter
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
    attached = [files[name] for name in names if name in files]
    for page in pages:
        yield _pdf(dossier, view, page.frame.title, [page], attached, page.frame.place.removesuffix(".html") + ".pdf")
    if len(pages) > 1:
        title = view.publication.title(pages[0].frame.language)
        yield _pdf(dossier, view, title, pages, attached, pages[0].frame.root + whole_place(view.publication.slug))


def _pdf(
    dossier: Dossier,
    view: View,
    title: str,
    pages: Sequence[PublicationPage],
    attached: Sequence[DataFile],
    place: str,
) -> LazyFile:
    chapters = [chapter(page) for page in pages]
    site, language = pages[0].frame.site_title, pages[0].frame.language
    author, address = dossier.settings.municipality.name, dossier.settings.open_data.address
    made_at = view.publication.settings.published_at or view.publication.settings.as_of
    hashes = [hashlib.sha256(file.content).hexdigest() for file in attached]
    key = _key(title, site, author, address, made_at, chapters, hashes)

    def make() -> bytes:
        return pdf_bytes(title, site, author, chapters, attached, made_at, address, Messages(language))

    return LazyFile(place, key, make)


def _key(
    title: str,
    site: str,
    author: str,
    address: str,
    made_at: datetime | None,
    chapters: Sequence[Chapter],
    hashes: Sequence[str],
) -> str:
    """The hash of all that a document is made of."""
    facts = [title, site, author, address, str(made_at), [asdict(one) for one in chapters], list(hashes)]
    return hashlib.sha256(json.dumps(facts, ensure_ascii=False).encode()).hexdigest()
