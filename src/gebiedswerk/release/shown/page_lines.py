"""What a part of a page says, line by line, and a source page against the page that follows from the ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from gebiedswerk.blocks.models import Section, SourcePage, Table
from gebiedswerk.language.foreign_words import unmarked
from gebiedswerk.language.messages import Messages
from gebiedswerk.release.shown.page_reader import INLINE, Element

SEPARATOR, MARK = " | ", "\ufffc"
LEFT_OUT = frozenset(("questions", "value"))
"""Classes of blocks that are held otherwise: words of the municipality as prose is, a value as a program reads it."""
DRAWN: Mapping[str, tuple[str, ...]] = {
    "rect": ("class", "x", "width"),
    "line": ("class", "x1", "x2"),
    "path": ("class", "d"),
}
"""Shapes of a chart or a map → the attributes by which they show an amount."""


def lines_of(element: Element) -> Iterator[str]:
    """What an element says, line by line: a row of a table, or a term with what it says, is one line."""
    if _is_row(element):
        cells = (one.words() for one in element.children if isinstance(one, Element))
        yield " ".join(SEPARATOR.join(cells).split())
        yield from _drawn(element)
        return
    if element.tag in DRAWN:
        yield from _drawn(element)
        return
    if _is_left_out(element):
        return
    if "data-lines" in element.attributes:
        yield _recipe(element)
    if element.tag == "a" and "aria-label" in element.attributes:
        yield element.get("aria-label")
    own = "".join(
        [one if isinstance(one, str) else one.text() if one.tag in INLINE else MARK for one in element.children]
    )
    yield from (words for part in own.split(MARK) if (words := " ".join(part.split())))
    for child in element.children:
        if isinstance(child, Element) and (child.tag not in INLINE or "aria-label" in child.attributes):
            yield from lines_of(child)


def _is_left_out(element: Element) -> bool:
    if not LEFT_OUT.isdisjoint(element.classes()):
        return True
    # The way from a picture to its table names the table as its own caption does.
    return element.get("class") == "note" and element.parent is not None and element.parent.tag == "figure"


def _is_row(element: Element) -> bool:
    if element.tag == "tr":
        return True
    return element.tag == "div" and element.parent is not None and element.parent.tag == "dl"


def _drawn(element: Element) -> Iterator[str]:
    """The shapes by which an element shows amounts."""
    for one in element.walk():
        if one.tag in DRAWN:
            yield " ".join((one.tag, *(one.get(name) for name in DRAWN[one.tag])))


def _recipe(element: Element) -> str:
    """A step of a recipe as a program reads it."""
    names = ("data-lines", "data-year", "data-kinds", "data-flows", "data-part", "data-factor")
    return " ".join(SEPARATOR.join(element.get(name) for name in names).split())


def table_lines(table: Table | None) -> Iterator[str]:
    """What a table says, line by line, besides the files that hold the same."""
    if table is None:
        return
    yield table.caption
    yield SEPARATOR.join(table.columns)
    yield from (SEPARATOR.join(cell.text for cell in row.cells) for row in table.rows)
    yield table.note


def section_lines(section: Section, messages: Messages) -> list[str]:
    """What the section of a measure says, line by line."""
    lines = [section.title, section.formula]
    if section.quiet:
        lines.append(messages("page.unfold"))
    else:
        lines += [*section.lines, *(f"{term}{SEPARATOR}{cell.text}" for term, cell in section.inputs)]
        lines += [*table_lines(section.parts), *table_lines(section.postings)]
        lines += [f"{messages('page.list_page')} {link.text}" for link in section.pages if section.postings]
    if section.steps:
        lines += [messages("page.recipe", title=section.title), *_steps(section)]
    return plain_lines(lines)


def _steps(section: Section) -> Iterator[str]:
    for one in section.steps:
        lists = (" ".join(one.lines), str(one.year), " ".join(one.kinds), " ".join(one.flows), one.part)
        yield SEPARATOR.join((*lists, str(one.factor)))
        yield one.words


def origin_lines(page: SourcePage) -> list[str]:
    """What a source page says of the files behind it."""
    files = [link.text for link in page.downloads]
    return plain_lines([*table_lines(page.rules), *table_lines(page.deliveries), *table_lines(page.accepted), *files])


def plain_lines(lines: Sequence[str]) -> list[str]:
    """Lines with single spaces and no marks; empty ones are none."""
    return [words for line in lines if (words := " ".join(unmarked(line).split()))]


def unlike(found: Sequence[str], expected: Sequence[str], *, ordered: bool = False) -> list[tuple[str, str]]:
    """The lines that differ, as (what stands there, what should); one of the two is empty where a line is too many.

    `ordered`: the same lines in another order differ too, told by the first that stands elsewhere.
    """
    here, there = Counter(found), Counter(expected)
    surplus = list((here - there).elements())
    missing = list((there - here).elements())
    if ordered and not surplus and not missing:
        return [pair for pair in zip(found, expected, strict=True) if pair[0] != pair[1]][:1]
    pairs = list(zip(surplus, missing, strict=False))
    return [*pairs, *((one, "") for one in surplus[len(pairs) :]), *(("", one) for one in missing[len(pairs) :])]


def contents_that_follow(page: SourcePage) -> list[tuple[str, str]]:
    """The way to each section on its page, with what it comes to."""
    return [
        (f"#{one.anchor}", " ".join(unmarked(f"{one.title} {one.value}").split()))
        for one in page.sections
        if not one.quiet
    ]
