"""Read the Markdown of a page: its claims, its loose numbers, and the blocks it is made of.

Text is CommonMark without raw HTML. A figure in a sentence is a link (`figure:`), a number that is none is marked
free with a reason (`free:`), a table or chart is an image that stands alone (`table:`, `chart:`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate, pairwise
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token

from gebiedswerk.core.addresses import slug_of
from gebiedswerk.language.numerals import MARK, numerals

OURS = ("figure:", "free:")
FREE = "free"
"""The class of a number that the writer marked as no figure: who verifies a page tells it from the others."""
BESIDE = 600
"""So many signs on both sides of a claim say what it means: no sentence that can be read is longer."""
AROUND = 40
"""So many characters on both sides of a loose number are quoted."""


@dataclass(frozen=True, slots=True)
class Written:
    """What is written inside a link: its words, its address, where, the words around it, and a reason in its title."""

    text: str
    href: str
    line: int
    before: str
    after: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class UnclaimedNumber:
    """A number in prose that nothing stands behind. `guessed`: words that may be one, where digits leave no doubt."""

    text: str
    line: int
    sentence: str
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """An image that stands alone: a table or chart by its name, with its caption."""

    kind: str
    name: str
    caption: str
    line: int


@dataclass(frozen=True, slots=True)
class ProsePart:
    """A run of prose, as tokens, or one picture."""

    tokens: tuple[Token, ...] = ()
    picture: Picture | None = None


@cache  # cache: by nothing: what it makes is always the same
def parser() -> MarkdownIt:
    """CommonMark without HTML. It makes its tables of rules where it first reads: here, before threads share them."""
    made = MarkdownIt("commonmark", {"html": False})
    made.parse("*a*\n")
    return made


def parts(text: str) -> list[ProsePart]:
    """Divide a page into prose and pictures, in order."""
    tokens = parser().parse(text)
    found: list[ProsePart] = []
    prose: list[Token] = []
    at = 0
    while at < len(tokens):
        picture = _lone_picture(tokens, at)
        if picture is None:
            prose.append(tokens[at])
            at += 1
            continue
        found += [ProsePart(tuple(prose))] if prose else []
        found.append(ProsePart(picture=picture))
        prose, at = [], at + 3
    return found + ([ProsePart(tuple(prose))] if prose else [])


def _lone_picture(tokens: list[Token], at: int) -> Picture | None:
    """The picture of a paragraph that holds nothing else."""
    if tokens[at].type != "paragraph_open" or tokens[at].level != 0:
        return None
    children = tokens[at + 1].children or []
    if len(children) != 1 or children[0].type != "image":
        return None
    kind, _, name = unquote(str(children[0].attrs["src"])).partition(":")
    line = (tokens[at].map or [0])[0] + 1
    return Picture(kind, name, children[0].content, line) if kind in ("table", "chart", "map") else None


def titled(found: list[ProsePart]) -> tuple[str | None, list[ProsePart]]:
    """The heading of the first level with which a page opens, and the page without it."""
    tokens = found[0].tokens if found else ()
    if not tokens or tokens[0].type != "heading_open" or tokens[0].tag != "h1":
        return None, found
    rest = ProsePart(tokens[3:])
    return _words(tokens[1].children or []), ([rest] if rest.tokens else []) + found[1:]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading in a text: its level (1 to 6), its words, and the anchor that leads to it."""

    level: int
    text: str
    anchor: str


def anchored(found: Iterable[ProsePart]) -> tuple[list[ProsePart], list[Heading]]:
    """A page whose headings have an anchor made of their words, and those; the same words again get a number."""
    headings: list[Heading] = []
    seen: Counter[str] = Counter()
    made = []
    for part in found:
        tokens = list(part.tokens)
        for at, (opening, inline) in enumerate(pairwise(part.tokens)):
            if opening.type == "heading_open":
                text = _words(inline.children or [])
                anchor = f"s-{slug(text)}"
                seen[anchor] += 1
                anchor = anchor if seen[anchor] == 1 else f"{anchor}-{seen[anchor]}"
                tokens[at] = opening.copy(attrs={"id": anchor})
                headings.append(Heading(int(opening.tag[1]), text, anchor))
        made.append(replace(part, tokens=tuple(tokens)))
    return made, headings


def slug(words: str) -> str:
    """Words as the anchor of a heading, and as what entries are sorted by: never empty."""
    return slug_of(words) or "-"


def inlines(part: ProsePart) -> Iterator[Token]:
    """The runs of text of a part: paragraphs, headings, items."""
    return (token for token in part.tokens if token.type == "inline")


def written(part: ProsePart) -> Iterator[Written]:
    """Every link of a part with what is written in it, in order."""
    for inline in inlines(part):
        yield from _links(inline)


def _links(inline: Token) -> Iterator[Written]:
    """The links of one run of text, each with the words on both sides; a claim or free number among those is a mark."""
    children = inline.children or []
    ends = list(accumulate((len(text) for text in map(_outside, _marked(children))), initial=0))
    words = "".join(map(_outside, _marked(children)))
    line, at = (inline.map or [0])[0] + 1, 0
    while at < len(children):
        child = children[at]
        if child.type == "link_open":
            end = next(i for i in range(at, len(children)) if children[i].type == "link_close")
            start, stop = ends[at], ends[end + 1]
            yield Written(
                text=_words(children[at + 1 : end]),
                href=_href(child),
                line=line,
                before=words[max(start - BESIDE, 0) : start],
                after=words[stop : stop + BESIDE],
                reason=str(child.attrs.get("title", "")),
            )
            line += sum(one.type in ("softbreak", "hardbreak") for one in children[at : end + 1])
            at = end
        line += child.type in ("softbreak", "hardbreak")
        at += 1


def _marked(children: list[Token]) -> Iterator[tuple[Token, bool]]:
    """Every token, and whether it stands within a claim or free number."""
    inside = False
    for child in children:
        if child.type == "link_open":
            inside = str(child.attrs["href"]).startswith(OURS)
        yield child, inside
        inside = inside and child.type != "link_close"


def _outside(token: tuple[Token, bool]) -> str:
    """The words of a token, of what is linked to a figure only a mark."""
    child, inside = token
    if inside:
        return MARK if child.type == "link_open" else ""
    return _words([child])


def _href(link: Token) -> str:
    """The address of a link: ours as it was written, any other as the parser has made it safe."""
    href = str(link.attrs["href"])
    return unquote(href) if href.startswith(OURS) else href


def loose(part: ProsePart) -> Iterator[UnclaimedNumber]:
    """The numbers of a part that are neither claimed, nor a date, year or reference, nor marked free."""
    for token in part.tokens:
        first = (token.map or [0])[0] + 1
        if token.type == "inline":
            yield from loose_in(_words(_outside_claims(token.children or [])), first)
        elif token.type in ("fence", "code_block"):
            yield from loose_in(token.content, first + (token.type == "fence"))
    if part.picture is not None:
        yield from loose_in(part.picture.caption, part.picture.line)


def loose_in(words: str, first: int) -> Iterator[UnclaimedNumber]:
    """The loose numbers of some words that begin on line `first`."""
    line, counted = first, 0
    for number in numerals(words):
        line, counted = line + words.count("\n", counted, number.start), number.start
        around = words[max(number.start - AROUND, 0) : number.end + AROUND].replace(MARK, "…")
        yield UnclaimedNumber(number.text, line, " ".join(around.split()), number.guessed)


def comes_out(found: Iterable[ProsePart]) -> Iterator[tuple[int, str]]:
    """What a reader gets of a page: each run of text as one, with marks and links gone from it, and what else comes
    into the page with it: addresses, titles and captions. With the line on which it begins.
    """
    for part in found:
        if part.picture is not None:
            yield part.picture.line, part.picture.caption
        for token in part.tokens:
            line = (token.map or [0])[0] + 1
            if token.type == "inline":
                children = token.children or []
                yield line, _words(children)
                for child, own in _lined(token):
                    for value in (child.attrs or {}).values():
                        yield own, unquote(str(value))
            elif token.content:
                yield line + (token.type == "fence"), token.content


def stray_images(part: ProsePart) -> Iterator[tuple[str, int]]:
    """Images inside a run of text, as (source, line): a table or chart stands alone, other pictures have no place."""
    for inline in inlines(part):
        for child, line in _lined(inline):
            if child.type == "image":
                yield unquote(str(child.attrs["src"])), line


def render(
    part: ProsePart, place: Callable[[Written], str | None], title: Callable[[Written], str] = lambda _: ""
) -> str:
    """Write a part as HTML; `place` gives each link its place, None takes the link away and leaves its words.

    `title` gives what is said of a link to whoever points at it.

    What was marked free keeps a mark (`FREE`): it is the writer's own, and follows from nothing.
    """
    places = iter([(place(link), title(link)) for link in written(part)])
    tokens = [_with_places(token, places) if token.type == "inline" else token for token in part.tokens]
    markdown = parser()
    return str(markdown.renderer.render(tokens, markdown.options, {}))


def _with_places(inline: Token, places: Iterator[tuple[str | None, str]]) -> Token:
    """A run of text whose links lead to their places; the one that was read stays as it is."""
    kept: list[Token] = []
    closing: list[Token | None] = []
    for child in inline.children or []:
        if child.type == "link_open":
            opened, closed = _link_tokens(child, *next(places))
            closing.append(closed)
            kept += [opened] if opened else []
        elif child.type == "link_close":
            closed = closing.pop()
            kept += [closed] if closed else []
        else:
            kept.append(child)
    return inline.copy(children=kept)


def _link_tokens(link: Token, href: str | None, title: str) -> tuple[Token | None, Token | None]:
    """What stands around the words of a link on the page: the link, the mark of what is free, or nothing."""
    if href is not None:
        said = {"title": title} if title else {}
        return Token("link_open", "a", 1, attrs={"href": href, **said}), Token("link_close", "a", -1)
    if _href(link).startswith("free:"):
        return Token("free_open", "span", 1, attrs={"class": FREE}), Token("free_close", "span", -1)
    return None, None


def _outside_claims(children: list[Token]) -> Iterator[Token]:
    """What stands outside links to figures and free numbers; each of those leaves a mark."""
    inside = False
    for child in children:
        if child.type == "link_open":
            inside = str(child.attrs["href"]).startswith(OURS)
            if inside:
                yield Token("text", "", 0, content=MARK)
        elif child.type == "link_close":
            inside = False
        elif not inside or child.type in ("softbreak", "hardbreak"):
            yield child  # a claim may span lines: they count for what comes after it


def _words(children: Iterator[Token] | list[Token]) -> str:
    breaks = {"softbreak": "\n", "hardbreak": "\n"}
    return "".join(breaks.get(child.type, child.content) for child in children)


def _lined(inline: Token) -> Iterator[tuple[Token, int]]:
    """Each token of a run of text, with its line in the file: the block's first line and the breaks before."""
    line = (inline.map or [0])[0] + 1
    for child in inline.children or []:
        yield child, line
        line += child.type in ("softbreak", "hardbreak")
