"""Which marks a page of a site has. Any other could show what nobody wrote: a style, a script, a frame."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from gebiedswerk.release.shown.page_reader import Element


def _marks(table: str) -> Mapping[str, frozenset[str]]:
    """Name of an element → the attributes that it may have, besides those of `EVERYWHERE`."""
    rows = (line.split() for line in table.strip().splitlines())
    return {name: frozenset(attributes) for name, *attributes in rows}


EVERYWHERE = frozenset(
    "class id lang role tabindex aria-label aria-labelledby aria-describedby aria-hidden aria-current".split()
)
MARKS: Mapping[str, frozenset[str]] = _marks(  # literal: names of HTML
    """
    html
    head
    meta charset name content
    title
    link rel href type hreflang as crossorigin
    body
    header
    nav
    main
    footer
    section
    div
    p data-none data-one data-many
    h1
    h2
    h3
    h4
    h5
    h6
    ul
    ol start
    li data-lines data-year data-kinds data-flows data-part data-factor
    dl
    dt
    dd
    a href hreflang rel title data-about data-unit
    span
    strong
    em
    code
    pre
    blockquote
    hr
    br
    data value
    time datetime
    table
    caption
    thead
    tbody
    tfoot
    tr
    th scope
    td data-label
    figure
    figcaption
    details
    summary
    img src alt height
    svg width height viewBox focusable
    g
    defs
    desc
    pattern width height patternUnits patternTransform
    rect x y width height fill
    circle cx cy r
    path d fill
    line x1 x2 y1 y2
    text x y dy
    tspan x dy
    script type src
    form hidden
    label for
    input name type autocomplete spellcheck
    button type
    noscript
    """
)
"""The elements of the templates and of CommonMark, each with its attributes."""
ONLY: Mapping[str, Mapping[str, frozenset[str]]] = {
    "meta": {
        "charset": frozenset(("", "utf-8")),
        "name": frozenset(("", "viewport", "color-scheme")),
    },
    "link": {
        "rel": frozenset(("stylesheet", "icon", "alternate", "preload")),
        "type": frozenset(("", "image/svg+xml", "application/atom+xml", "font/woff2")),
        "as": frozenset(("", "font")),
        "crossorigin": frozenset(("",)),
    },
    "script": {"type": frozenset(("module",))},
    "img": {"alt": frozenset(("",))},
}
"""Attributes that may have no other value. An absent one is empty."""
FETCHED: Mapping[str, str] = {"link": "href", "script": "src", "img": "src"}
"""What a browser fetches by itself to show a page: never from elsewhere."""
WITHIN = re.compile(r"(?:[A-Za-z0-9][\w.-]*/|\.\./)*[A-Za-z0-9][\w.-]*")
TURNED = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Signs that turn the order of what stands around them: `12` may be read as `21`."""


def strange(root: Element) -> Iterator[str]:
    """What a page holds that no page of ours has, each in a few words."""
    ids: Counter[str] = Counter()
    for one in root.walk():
        known = MARKS.get(one.tag)
        if known is None:
            yield f"<{one.tag}>"
            continue
        if not one.attributes.keys() <= EVERYWHERE:
            names = one.attributes.keys() - EVERYWHERE - known
            yield from (f"<{one.tag} {name}>" for name in sorted(names))
        ids.update([one.get("id")] if "id" in one.attributes else [])
        for name, values in ONLY.get(one.tag, {}).items():
            if one.get(name) not in values:
                yield f"<{one.tag} {name}={one.get(name)[:40]!r}>"
        if one.tag == "a" and any(ord(sign) < 32 for sign in one.get("href")):
            yield f"<a href={one.get('href')[:40]!r}>"
        if one.tag == "img" and not one.within("brand"):
            yield "<img>"
        if one.tag == "script" and one.text().strip():
            yield "<script>…"
    yield from _from_elsewhere(root)
    yield from (f"2 × id={name[:40]!r}" for name, times in ids.items() if times > 1)
    if not TURNED.isdisjoint(root.text()):
        yield "U+202A–U+2069"


def _from_elsewhere(root: Element) -> Iterator[str]:
    """What a browser would fetch from another place than the site."""
    for one in root.find(*FETCHED):
        name = FETCHED[one.tag]
        if not WITHIN.fullmatch(one.get(name)):
            yield f"<{one.tag} {name}={one.get(name)[:40]!r}>"
