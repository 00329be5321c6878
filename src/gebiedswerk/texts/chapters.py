"""The pages of a publication in the order of the law, with their headings, neighbours and side navigation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypedDict

from gebiedswerk.blocks.models import Link, LinkGroup
from gebiedswerk.blocks.places import publication_place
from gebiedswerk.dossier import ChapterPart, page_of
from gebiedswerk.language.foreign_words import marked
from gebiedswerk.language.messages import Messages
from gebiedswerk.texts.check_text import CheckedText
from gebiedswerk.texts.markdown import Heading, ProsePart, anchored, titled
from gebiedswerk.texts.view import View

FIRST = "index"
MANY_HEADINGS = 3
"""From so many main headings on a page opens with a list of them."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One page of a publication: its place, title, part of the law, and its text and headings in one language."""

    name: str
    path: str
    title: str
    language: str
    part: ChapterPart | None
    parts: tuple[ProsePart, ...]
    headings: tuple[Heading, ...]

    @property
    def link(self) -> Link:
        """The page itself."""
        return Link(self.title, self.path)

    @property
    def is_first(self) -> bool:
        """Whether the publication opens with this page."""
        return self.name == FIRST

    def heading_links(self, level: int | None = None) -> list[Link]:
        """The headings of the page, of one level or of all."""
        return [Link(one.text, f"{self.path}#{one.anchor}") for one in self.headings if level in (None, one.level)]


class Around(TypedDict):
    """What a page of a publication adds to its frame."""

    side: tuple[LinkGroup, ...]
    contents: tuple[Link, ...]
    previous: Link | None
    next: Link | None


def chapters(view: View, language: str) -> list[Chapter]:
    """The pages of a publication in order, each in a language, or in the first where it has no text in that.

    First a first page without a part, then the parts as the law has them (BBV art. 7 and 24), in each the pages as
    `publication.toml` lists them, and last pages that it does not list, by name.
    """
    settings = view.publication.settings
    listed = [(page.part, page.file) for page in settings.pages]
    part_of = {name: part for part, name in listed}
    found = []
    for text in texts_in(view, language):
        name = page_of(text.file)[0]
        title, parts = titled(list(text.parts))
        parts, told = anchored(parts)
        headings = tuple(told)
        place = publication_place(view.publication.slug, name)
        title = title or view.publication.title(language)
        if text.language != language:
            title = marked(title)
            headings = tuple(replace(one, text=marked(one.text)) for one in headings)
        found.append(Chapter(name, place, title, text.language, part_of.get(name), tuple(parts), headings))
    order, names = list(ChapterPart), [name for _, name in listed]

    def rank(chapter: Chapter) -> tuple[int, int, str]:
        if chapter.part is None:
            return (-1 if chapter.is_first else len(order)), 0, chapter.name
        return order.index(chapter.part), names.index(chapter.name), ""

    return sorted(found, key=rank)


def texts_in(view: View, language: str) -> Iterator[CheckedText]:
    """The text of each page in a language, else in the first language."""
    by_page: dict[str, dict[str, CheckedText]] = {}
    for text in view.texts:
        by_page.setdefault(page_of(text.file)[0], {})[text.language] = text
    first = view.figures.dossier.settings.presentation.language
    for texts in by_page.values():
        found = texts.get(language, texts.get(first))
        if found is not None:
            yield found


def around(chapter: Chapter, found: Sequence[Chapter], messages: Messages) -> Around:
    """The side navigation, the contents and the neighbours of a page among the pages of its publication."""
    at = found.index(chapter)
    contents = chapter.heading_links(2)
    return Around(
        side=tuple(groups(found, messages)) if len(found) > 1 else (),
        contents=tuple(contents) if len(contents) >= MANY_HEADINGS else (),
        previous=found[at - 1].link if at else None,
        next=found[at + 1].link if at + 1 < len(found) else None,
    )


def groups(found: Sequence[Chapter], messages: Messages) -> list[LinkGroup]:
    """The pages by part of the law; those without a part stand below no heading."""
    made: list[LinkGroup] = []
    for part in dict.fromkeys(chapter.part for chapter in found):
        title = messages(f"part.{part.value}") if part else ""
        made.append(LinkGroup(title, tuple(one.link for one in found if one.part is part)))
    return made
