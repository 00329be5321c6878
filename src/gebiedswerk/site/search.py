"""An index for searching publications and areas in full, made by Pagefind (docs/decisions/0019-search.md).

The index is files like all others: a script on the search page reads them, no server does.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

from lxml.html import HtmlElement, document_fromstring, tostring

from gebiedswerk.dossier import Root, safe_files

FOLDER = "pagefind"
SCRIPT = Path(__file__).parent / "scripts" / "search.js"
PAGEFIND: Sequence[str] = [sys.executable, "-m", "pagefind", "--root-selector", "main", "--keep-index-url", "--quiet"]
LONGEST_SECONDS = 600
ENTRY = "pagefind-entry.json"
KEPT = ("pagefind.js", ENTRY)
"""Files that the script needs, besides those of the index; those of Pagefind's own pages stay out."""
AMOUNT = re.compile(r"€\s*[−-]?[0-9][0-9.,]*|[−-]?[0-9]{1,3}(?:[.,][0-9]{3})+(?:[.,][0-9]+)?|[−-]?[0-9]+[.,][0-9]+")
"""An amount, as either language writes it."""
NAMED = re.compile("[€0-9.,\\s−+-]|euros?|duizend|miljoen|thousand|million")  # literal: as amounts are written
"""All that an amount with its unit is made of: what is left of the words of a link is a name."""
AROUND = ("stamps", "notice")
"""The classes of what a page says of itself: how old its figures are, and what the municipality says of all."""
INDEX = (".pf_fragment", ".pf_index", ".pf_meta", ".pf_filter", ".pagefind")


def search_files(texts: Mapping[str, str]) -> dict[str, bytes]:
    """Index pages, given as place in the site → HTML. Returns place → bytes, the same for the same pages.

    Raises CalledProcessError or TimeoutExpired when Pagefind fails.
    """
    with safe_files.temporary() as folder:
        pages, index = folder / "pages", folder / FOLDER
        made: set[Path] = set()
        for place, text in sorted(texts.items()):
            safe_files.put_new(safe_files.in_folder(Root(pages).at(place), made), text.encode())
        command = [*PAGEFIND, "--site", str(pages), "--output-path", str(index)]
        subprocess.run(command, check=True, capture_output=True, timeout=LONGEST_SECONDS)  # noqa: S603 # ours alone
        found = {path.relative_to(index).as_posix(): path for path in sorted(index.rglob("*")) if path.is_file()}
        kept = {name: path for name, path in found.items() if name in KEPT or name.endswith(INDEX)}
        contents = {name: path.read_bytes() for name, path in kept.items()}
        contents[ENTRY] = in_order(contents[ENTRY])
        return {f"{FOLDER}/{name}": content for name, content in contents.items()}


def words_of(html: str) -> str:
    """A page as it is searched: its words without what follows from the ledger.

    Amounts, links to figures, charts and moments are left out, so that another figure leaves the index as it was, and
    no figure stands in what a search shows. So is what every page says of itself.
    """
    page = document_fromstring(html)
    main = page.find(".//main")
    if main is None:
        return html
    for element in [one for name in AROUND for one in main.find_class(name)]:
        element.drop_tree()
    for element in list(main.iter("svg", "time", "td", "a")):
        if _is_figure(element):
            _emptied(element)
    for element in main.iter():
        element.text, element.tail = _without_amounts(element.text), _without_amounts(element.tail)
    title = escape(page.findtext(".//title") or "")
    body = tostring(main, encoding="unicode", with_tail=False)
    language = escape(page.get("lang") or "")
    return f'<!DOCTYPE html><html lang="{language}"><head><title>{title}</title></head><body>{body}</body></html>'


def _is_figure(element: HtmlElement) -> bool:
    """Whether all within an element follows from the ledger."""
    if element.tag == "td":
        return "amount" in (element.get("class") or "").split()
    if element.tag == "a":
        return "cijfers/" in (element.get("href") or "") and not NAMED.sub("", element.text_content())
    return True


def _emptied(element: HtmlElement) -> None:
    for child in list(element):
        element.remove(child)
    element.text = None
    for name in list(element.attrib):
        del element.attrib[name]


def _without_amounts(text: str | None) -> str | None:
    return AMOUNT.sub("", text) if text else text


def in_order(entry: bytes) -> bytes:
    """The entry of the index with its names in order: Pagefind writes the languages as they happen to come."""
    return json.dumps(json.loads(entry), sort_keys=True, ensure_ascii=False).encode()
