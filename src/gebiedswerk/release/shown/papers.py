"""Word and HTML to take along: what they say stands on the page beside them, each figure in its own sentence or row."""

from __future__ import annotations

from base64 import b64decode
from binascii import Error
from collections import Counter
from collections.abc import Iterator, Sequence
from xml.etree import ElementTree as ET
from zipfile import BadZipFile

from gebiedswerk.core.faults import Checked, Fault, fault
from gebiedswerk.language.numerals import numerals
from gebiedswerk.release.shown.figure_links import LinkTarget, Sources
from gebiedswerk.release.shown.page_reader import Element, NoPage, read_html
from gebiedswerk.release.shown.statements import NOWHERE, Statement, said
from gebiedswerk.release.shown.word_reader import MOST_BYTES, NoPaper, word_statements

NARROW = "when-narrow"
DRAWN = "data:image/svg+xml;base64,"
OF_A_FRAGMENT = frozenset(
    "html head body article h2 h3 h4 h5 h6 p ul ol li a em strong table caption thead tbody tfoot tr th td figure "
    "figcaption img".split()
)
"""The elements of `documents/fragment.py`; any other could show or hide what nobody wrote."""
ATTRIBUTES = frozenset("class lang data-figure href scope data-depth start alt src".split())


def hold_paper(data: bytes, place: str, page: bytes, sources: Sources, prefix: str) -> Checked[int]:
    """How many numbers a document shows, and what it says that its page does not say (Z139).

    A figure is held with its words, with the row and the columns in which it stands, and with where its link leads.
    """
    beside = place.rpartition(".")[0] + ".html"
    try:
        root = read_html(page)
        there, moments = list(_on_page(root, sources, beside)), [one.words() for one in root.find("time")]
        fragment = None if place.endswith(".docx") else _fragment(data)
        here = word_statements(data) if fragment is None else list(_in_fragment(fragment, sources))
        faults = [] if fragment is None else list(_pictures(fragment, root, prefix + place))
    except (NoPage, NoPaper, BadZipFile, ET.ParseError, Error) as problem:
        return Checked(0, (fault("Z139", prefix + place, value=str(problem) or type(problem).__name__, expected="–"),))
    linked = any(one.leads for one in here)
    known = Counter(one if linked else one.unlinked() for one in there)
    strange = [one for one in (Counter(here) - known) if not _is_put_together(one, there, moments)]
    faults += [fault("Z139", prefix + place, value=one.words, expected=_nearest(one, there)) for one in strange]
    return Checked(sum(len(numerals(one.words)) for one in here), tuple(faults))


def _is_put_together(one: Statement, there: Sequence[Statement], moments: Sequence[str]) -> bool:
    """Whether a paragraph without figures repeats what stands apart on the page, and has no number besides."""
    if one.leads or one.where != NOWHERE:
        return False
    words = one.words
    for part in sorted({other.words for other in there} | {*moments}, key=len, reverse=True):
        words = words.replace(part, "\n") if part else words
    return not numerals(words) and not any(sign.isnumeric() for sign in words)


def _nearest(one: Statement, there: Sequence[Statement]) -> str:
    """What the page says where the document says this: of the same row or with the same links, if there is such."""
    name = one.words.partition(" | ")[0]
    same = (other for other in there if other.where == one.where and other.words.partition(" | ")[0] == name)
    alike = (other for other in there if one.leads and other.leads == one.leads)
    found = next(same, None) or next(alike, None)
    return found.words if found is not None else "–"


def _on_page(root: Element, sources: Sources, place: str) -> Iterator[Statement]:
    """What a page says, with where its figures lead; pictures by their words."""

    def leads(link: Element) -> LinkTarget | None:
        target = sources.target(place, link.get("href"))
        return target if target.place in sources.by_place else None

    yield from said(root, leads)
    yield from (Statement(NOWHERE, one.words()) for one in root.find("desc"))


def _fragment(data: bytes) -> Element:
    """A fragment with no other marks than ours. Raises NoPaper and NoPage."""
    root = read_html(data)
    if any(one.tag not in OF_A_FRAGMENT or not one.attributes.keys() <= ATTRIBUTES for one in root.walk()):
        raise NoPaper
    return root


def _in_fragment(root: Element, sources: Sources) -> Iterator[Statement]:
    """What a fragment says; a figure names its place, and its link leads there."""

    def leads(link: Element) -> LinkTarget | None:
        target = sources.target("index.html", link.get("data-figure"))
        linked = sources.target("index.html", link.get("href")) if link.get("href") else target
        if link.get("data-figure"):
            return target if linked == target else LinkTarget(link.get("href"), "")
        return linked if linked.place in sources.by_place else None

    yield from said(root, leads)
    yield from (Statement(NOWHERE, " ".join(one.get("alt").split())) for one in root.find("img"))


def _pictures(fragment: Element, page: Element, place: str) -> Iterator[Fault]:
    """Each picture of a fragment says what the picture on the page says: the same names and amounts, in that order."""
    drawn = [one for one in page.find("figure") if one.find("figcaption")]
    pictures = fragment.find("figure")
    if len(pictures) != len(drawn):
        yield fault("Z139", place, value=f"{len(pictures)} × <figure>", expected=len(drawn))
    for one, other in zip(pictures, drawn, strict=False):
        words, there = _drawing("".join(found.get("src") for found in one.find("img"))), _pieces(other)
        if [found.words() for found in one.find("figcaption")] != [found.words() for found in other.find("figcaption")]:
            yield fault("Z139", place, value=one.words(), expected=other.words())
        elif not _follows(words, there) or not _stands_in(_numbers(words), _numbers(there)):
            yield fault("Z139", place, value=" ".join(words), expected=" ".join(there))


def _pieces(element: Element) -> list[str]:
    """The words of an element one by one; what stands in two elements is two words.

    Without the numbers that stand for names where a page is narrow: a picture by itself is as wide as it is.
    """
    if NARROW in element.get("class").split():
        return []
    found: list[str] = []
    for child in element.children:
        found += child.split() if isinstance(child, str) else _pieces(child)
    return found


def _numbers(words: Sequence[str]) -> list[str]:
    return [one for one in words if any(sign.isnumeric() for sign in one)]


def _follows(words: Sequence[str], there: Sequence[str]) -> bool:
    """Whether all words stand there in this order, with others between them."""
    rest = iter(there)
    return all(word in rest for word in words)


def _stands_in(numbers: Sequence[str], there: Sequence[str]) -> bool:
    """Whether numbers stand there in this order with no other between them."""
    size = len(numbers)
    return any(list(there[at : at + size]) == list(numbers) for at in range(len(there) - size + 1))


def _drawing(source: str) -> list[str]:
    """The words of a drawing that a fragment brings along."""
    if not source.startswith(DRAWN):
        raise NoPaper
    data = b64decode(source.removeprefix(DRAWN), validate=True)
    if b"<!" in data or len(data) > MOST_BYTES:
        raise NoPaper
    root = ET.fromstring(data)  # noqa: S314 # without <! it holds no entities
    texts = (one for one in root.iter() if one.tag.rpartition("}")[2] == "text")
    return [word for one in texts for text in one.itertext() for word in text.split()]
