"""All that an opened dossier shows: its figures, texts and pages, to hold beside what it would show."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from gebiedswerk.assembly.build_memory import BuildMemory, Output, RememberedPart, read_memory
from gebiedswerk.assembly.opened import Opened
from gebiedswerk.core.faults import GebiedswerkError
from gebiedswerk.core.kept_parts import KeptParts, Recalled
from gebiedswerk.dossier import cache
from gebiedswerk.figures import Figures
from gebiedswerk.language.messages import Messages
from gebiedswerk.site import program_key

if TYPE_CHECKING:
    from gebiedswerk.blocks.models import Stamp
    from gebiedswerk.core.watching import Recorder
    from gebiedswerk.pages import CheckedText, Page, SiteFacts, SitePart


@dataclass(frozen=True, slots=True)
class PageSight:
    """What tells a page from another at its place: its key without its stamps, and these. `leads`: to postings."""

    bare: str
    stamps: tuple[Stamp, ...]
    leads: bool


@dataclass(frozen=True, slots=True)
class Sight:
    """All that a dossier shows, its pages by their place. Without an account there are no figures and pages."""

    figures: Figures | None
    texts: Sequence[CheckedText]
    pages: Mapping[str, PageSight]


PagesOfPart = Sequence[tuple[str, PageSight]]


class Sights:
    """What a dossier shows, and what it would show: of the second only the pages are made that differ from the first.

    It holds what each page of the first asked. It may be dropped at any time, and costs time alone. `path`: the dossier
    of which what was remembered in the cache is a start.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._kept = KeptParts[PagesOfPart](_recalled(path) if path is not None else None)

    def remember(self) -> None:
        """Keep in the cache what the pages asked, so that another process need not make them to know them."""
        if self._path is not None and self._kept.made_anew:
            cache.keep(_name(self._path), _memory(self._kept.recalled()).without_rest().text())

    def of(self, opened: Opened) -> Sight:
        """All that an opened dossier shows, without the mark of one that does not add up; that is kept."""

        def found(shown: SiteFacts, language: str) -> Mapping[str, PagesOfPart]:
            def parts(recorder: Recorder) -> Iterator[tuple[str, Callable[[], PagesOfPart]]]:
                return _parts(shown, recorder.watch(language), language)

            return self._kept.of({language: shown}, parts)

        return _sight(opened, found)

    def beside(self, opened: Opened) -> Sight:
        """All that another opened dossier shows, that is nearly the one that is kept."""

        def found(shown: SiteFacts, language: str) -> Mapping[str, PagesOfPart]:
            return self._kept.beside({language: shown}, _parts(shown, shown, language))

        return _sight(opened, found)


def _name(path: Path) -> str:
    return f"{hashlib.sha256(os.fsencode(path.resolve())).hexdigest()}.pages"


def _memory(found: Recalled[PagesOfPart]) -> BuildMemory:
    parts = {
        name: RememberedPart(sorted(asked), tuple(_output(path, page) for path, page in made))
        for name, (asked, made) in found.parts.items()
    }
    return BuildMemory(program_key(), found.above, found.steps, found.answers, parts)


def _output(path: str, page: PageSight) -> Output:
    return Output(path, page.bare, [astuple(one) for one in page.stamps], page.leads)


def _recalled(path: Path) -> Recalled[PagesOfPart] | None:
    """What was remembered of the pages of a dossier by the same program."""
    known = read_memory(cache.load(_name(path)), program_key())
    parts = {name: (part.asked, [*map(_page_of, part.outputs)]) for name, part in known.parts.items()}
    return Recalled(known.above, known.steps, known.answers, parts)


def _page_of(output: Output) -> tuple[str, PageSight]:
    from gebiedswerk.blocks.models import Stamp

    return output.place, PageSight(output.key, tuple(Stamp(*stamp) for stamp in output.entry), output.read)


def _sight(opened: Opened, found: Callable[[SiteFacts, str], Mapping[str, PagesOfPart]]) -> Sight:
    from gebiedswerk.pages import shown_of

    if opened.newest is None or opened.dossier is None:
        return Sight(None, opened.texts, {})
    language = opened.dossier.settings.presentation.language
    try:
        made = found(shown_of(opened.newest, opened.views), language)
    except GebiedswerkError:  # a page that cannot be made yet: `check` says why
        return Sight(opened.newest, opened.texts, {})
    return Sight(opened.newest, opened.texts, {path: page for part in made.values() for path, page in part})


def _parts(shown: SiteFacts, asked: SiteFacts, language: str) -> Iterator[tuple[str, Callable[[], PagesOfPart]]]:
    from gebiedswerk.pages import page_parts

    for part in page_parts(shown, asked, Messages(language)):
        yield part.name, _made(part)


def _made(part: SitePart[Page]) -> Callable[[], PagesOfPart]:
    return lambda: [(page.frame.path, _of_page(page)) for page in part.make()]


def _of_page(page: Page) -> PageSight:
    from gebiedswerk.blocks.models import SourcePage
    from gebiedswerk.site import page_key

    bare = replace(page, frame=replace(page.frame, stamps=()))
    return PageSight(page_key(bare, ""), page.frame.stamps, isinstance(page, SourcePage))
