"""Write a text again as Markdown that says what its page shows, and nothing that the page does not.

Titles of links, addresses of links that lead nowhere, definitions that nobody uses, words behind the language of a code
block and the numbers of later items of a list stand in a source and on no page. They are left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from urllib.parse import urlsplit

from markdown_it.common.utils import MD_TRIM_RE, mdTrim, unescapeAll
from markdown_it.token import Token

from gebiedswerk.core.faults import GebiedswerkError
from gebiedswerk.texts.markdown import ProsePart, Written, loose, parts, render, written

NOT_SHOWN = "not shown"  # literal: a word in a file for programs
"""Stands for the reason of a free number, which no page shows."""
FREE, NOWHERE = "free:", "nowhere:"
HIGHEST = 999_999_999
NOTHING = "\u2028"
"""A paragraph of blanks alone, of which the parser leaves none."""
SPECIAL = re.compile(r"[\\`*_\[\]<>#~|]|&(?=[#A-Za-z])|!$")
START = re.compile(r"^(?:([0-9]{1,9})(?=[.)])|(?=[-+=]))")
BLANK = re.compile(r"^\s+|\s+$")
SKIPPED = re.compile(r"[\n\r\xa0\u1680\u2000-\u200a\u202f\u205f\u3000\ufeff]")
"""What the parser takes for the end of a line or of a word, wherever it stands."""
ENTITY = re.compile(r"[\t\x0c \u2028\u2029]")


class NotWritable(GebiedswerkError):
    """A text that would be another one when it was written again."""

    def __init__(self) -> None:
        super().__init__("This text cannot be written again without what its page does not show.")


def shown_text(text: str, href: Callable[[Written], str]) -> str:
    """The text as its page shows it; `href` is the address of a link as it may be known.

    Raises NotWritable where what was written would not say the same, or not be the same when it is written once more.
    """
    found = _written(text, href)
    if _said(text, href) != _said(found, lambda link: link.href) or _written(found, lambda link: link.href) != found:
        raise NotWritable
    return found


def shown_address(link: Written) -> str:
    """The address of a link, as far as a page shows it: of one that leads nowhere only that."""
    if link.href.startswith(FREE):
        return FREE
    leads = link.href.startswith("figure:") or urlsplit(link.href).scheme in ("", "http", "https", "mailto")
    return link.href if leads else NOWHERE


def _said(text: str, href: Callable[[Written], str]) -> list[object]:
    """All that a page and its checks take from a text, but where it stands."""
    found: list[object] = []
    for part in parts(text):
        picture = part.picture
        found.append((picture.kind, picture.name, picture.caption) if picture else None)
        found += [(one.text, href(one), one.before, one.after) for one in written(part)]
        found += [one.text for one in loose(part)]
        found.append(render(part, href))
    return found


def _written(text: str, href: Callable[[Written], str]) -> str:
    blocks: list[str] = []
    for part in parts(text):
        if part.picture is not None:
            source = _address(f"{part.picture.kind}:{part.picture.name}")
            blocks.append(f"![{part.picture.caption}]({source})")
        else:
            blocks += ["\n".join(lines) for lines in _blocks(list(part.tokens), _links(part, href))]
    last = [token for part in parts(text) for token in part.tokens if token.nesting == 0][-1:]
    return "\n\n".join(blocks) + ("" if last and _is_open(last[0]) else "\n")


def _links(part: ProsePart, href: Callable[[Written], str]) -> Iterator[str]:
    """The end of each link of a part, in order."""
    for link in written(part):
        address = href(link)
        yield f'({FREE} "{NOT_SHOWN}")' if address.startswith(FREE) else f"({_address(address)})"


def _address(href: str) -> str:
    """An address as it stands in a link; the parser reads percents, entities and backslashes of it."""
    quoted = href.replace("%", "%25") if href.startswith(("figure:", "table:", "chart:", "map:")) else href
    escaped = re.sub(r"([\\<>])", r"\\\1", quoted).replace("&", "&amp;")
    return f"<{escaped}>" if re.search(r"[()\s<>]", escaped) or not escaped else escaped


def _blocks(tokens: Sequence[Token], ends: Iterator[str]) -> list[list[str]]:
    """The lines of each block of a run of blocks."""
    found: list[list[str]] = []
    before = ""
    at = 0
    while at < len(tokens):
        stop = _end(tokens, at)
        kind, inside = tokens[at].type, tokens[at + 1 : stop - 1]
        # the same mark again would go on with the list before
        mark = "other" if before == kind and kind.endswith("list_open") else kind
        found.append(_block(tokens[at], inside, ends, other=mark == "other"))
        before = mark
        at = stop
    return found


def _end(tokens: Sequence[Token], at: int) -> int:
    """Where a block ends: behind the token that closes it."""
    depth = 0
    for number in range(at, len(tokens)):
        depth += tokens[number].nesting
        if depth == 0:
            return number + 1
    raise NotWritable


def _block(token: Token, inside: Sequence[Token], ends: Iterator[str], *, other: bool) -> list[str]:
    if token.type == "paragraph_open":
        return _inline(inside[0], ends) if inside[0].children else [NOTHING]
    if token.type == "heading_open":
        return _heading(int(token.tag[1]), _inline(inside[0], ends))
    if token.type in ("fence", "code_block"):
        return _code(token)
    if token.type == "hr":
        return ["___"]
    if token.type == "blockquote_open":
        return [f"> {line}".rstrip(" ") for line in _joined(_blocks(inside, ends), blank=True) or [""]]
    if token.type in ("bullet_list_open", "ordered_list_open"):
        return _list(token, inside, ends, other=other)
    raise NotWritable


def _heading(level: int, lines: list[str]) -> list[str]:
    """A heading; one of several lines is underlined."""
    if len(lines) > 1:
        return [*lines, "=" * 3 if level == 1 else "-" * 3]
    return [f"{'#' * level} {lines[0]}".rstrip(" ")]


def _code(token: Token) -> list[str]:
    """A block of code between fences, with its language."""
    language = _escaped(MD_TRIM_RE.split(mdTrim(unescapeAll(token.info)), maxsplit=1)[0])
    mark = "~" if "`" in language else "`"
    longest = max((len(found) for found in re.findall(rf"{mark}+", token.content)), default=0)
    fence = mark * max(3, longest + 1)
    lines = token.content.split("\n")
    return [fence + language, *lines] if _is_open(token) else [fence + language, *lines[:-1], fence]


def _is_open(token: Token) -> bool:
    """Whether a block of code ends with the text, within its last line."""
    return token.type in ("fence", "code_block") and bool(token.content) and not token.content.endswith("\n")


def _list(token: Token, inside: Sequence[Token], ends: Iterator[str], *, other: bool) -> list[str]:
    items: list[list[list[str]]] = []
    loose_list = False
    at = 0
    while at < len(inside):
        stop = _end(inside, at)
        children = inside[at + 1 : stop - 1]
        loose_list |= any(
            one.type == "paragraph_open" and one.level == inside[at].level + 1 and not one.hidden for one in children
        )
        items.append(_blocks(children, ends))
        at = stop
    first = int(str(token.attrs.get("start", 1)))
    ordered = token.type == "ordered_list_open"
    found: list[list[str]] = []
    for number, blocks in enumerate(items):
        mark = f"{min(first + number, HIGHEST)}{')' if other else '.'}" if ordered else "*" if other else "-"
        lines = _joined(blocks, blank=loose_list) or [""]
        indent = " " * (len(mark) + 1)
        rest = [f"{indent}{line}" if line else "" for line in lines[1:]]
        found.append([f"{mark} {lines[0]}".rstrip(" "), *rest])
    return _joined(found, blank=loose_list)


def _joined(blocks: Sequence[list[str]], *, blank: bool) -> list[str]:
    """The lines of all blocks, with an empty one between them where that is asked for."""
    found: list[str] = []
    for lines in blocks:
        found += [""] if found and blank else []
        found += lines
    return found


def _inline(token: Token, ends: Iterator[str]) -> list[str]:
    """The lines of a run of text."""
    found: list[str] = []
    for child in token.children or []:
        if child.type == "text":
            found.append(_escaped(child.content))
        elif child.type in ("softbreak", "hardbreak"):
            found.append("\\\n" if child.type == "hardbreak" else "\n")
        elif child.type == "code_inline":
            found.append(_code_span(child.content))
        elif child.type in ("em_open", "em_close", "strong_open", "strong_close"):
            found.append(child.markup)
        elif child.type == "link_open":
            found.append("[")
        elif child.type == "link_close":
            found.append(f"]{next(ends)}")
        else:
            raise NotWritable
    return [_line(line) for line in "".join(found).split("\n")]


def _code_span(content: str) -> str:
    """Code within a sentence, between marks that do not stand in it."""
    runs = {len("".join(run)) for sign, run in groupby(content) if sign == "`"}
    fence = "`" * next(length for length in range(1, len(runs) + 2) if length not in runs)
    edge = content[:1] == "`" or content[-1:] == "`" or (content[:1] == content[-1:] == " " and content.strip(" "))
    return f"{fence} {content} {fence}" if edge else f"{fence}{content}{fence}"


def _escaped(text: str) -> str:
    """Text in which no sign is markup."""
    plain = SPECIAL.sub(lambda found: f"\\{found[0]}", text)
    return SKIPPED.sub(_entity, plain)


def _line(line: str) -> str:
    """A line of which the start is no mark of a block, and blanks on both ends are kept."""
    marked = START.sub(lambda found: f"{found[1] or ''}\\", line)
    return BLANK.sub(lambda found: ENTITY.sub(_entity, found[0]), marked)


def _entity(found: re.Match[str]) -> str:
    return f"&#{ord(found[0])};"
