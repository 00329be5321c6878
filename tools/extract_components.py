"""Take from the NL Design System component library the rules that our templates use, and no more.

The library (`vendor/`, as published) is 475 KB of CSS; a page needs a few per cent of it. From `html.css` come the
rules for the elements in `ELEMENTS`; from `index.css` those whose every class stands in a template. All rules go into
one cascade layer, so that any rule of our own wins, whatever its weight. Without arguments the sheet is written, with
`--check` it is compared.
"""

from __future__ import annotations

import hashlib
import re
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIBRARY = ROOT / "vendor" / "utrecht-component-library-css-9.0.4.tgz"
SHA256 = "fff546ee8e41e5fb0cd9ce0aa61b267e8af21d693fb6790601d87514f6b63bd1"
SITE = ROOT / "src" / "gebiedswerk" / "site"
SHEET = SITE / "assets" / "css" / "05-components.css"

ELEMENTS = frozenset(
    "body h1 h2 h3 h4 p a ul ol blockquote code pre strong em hr figure figcaption "
    "table caption thead tbody th td".split()
)
"""Elements of templates and of Markdown that the library dresses."""
UNUSED = (":lang(ar)", ".alternate-row-color", '[href^="tel:"', ".numeric", "[hidden]")
"""Variants of those elements that no page has."""
HEADER = """\
/* NL Design System, @utrecht/component-library-css 9.0.4: the rules that our templates use.
   Made by `python -m tools.extract_components` from vendor/; do not change by hand.
   SPDX-License-Identifier: EUPL-1.2
   Copyright (c) 2020-2025 Gemeente Utrecht, Frameless B.V. */
@layer nl-design-system{
"""

Rule = tuple[str, str]


class WrongLibrary(Exception):
    """The library in `vendor/` is not the one that was reviewed."""

    def __init__(self, found: str) -> None:
        super().__init__(f"{LIBRARY.name} has SHA-256 {found}, not {SHA256}: review it, then change the sum here.")


def library(name: str) -> str:
    """One sheet of the published library. Raises WrongLibrary when the archive is another."""
    found = hashlib.sha256(LIBRARY.read_bytes()).hexdigest()
    if found != SHA256:
        raise WrongLibrary(found)
    with tarfile.open(LIBRARY) as archive:
        member = archive.extractfile(f"package/dist/{name}")
        if member is None:
            raise FileNotFoundError(name)
        return member.read().decode("utf-8")


def rules(css: str) -> Iterator[Rule]:
    """The top-level rules of a sheet: what stands before the braces, and what stands in them."""
    text = re.sub(r"/\*.*?\*/|@charset [^;]*;", "", css, flags=re.DOTALL)
    depth = start = opened = 0
    for found in re.finditer(r"\"[^\"]*\"|'[^']*'|[{}]", text):
        if found[0] == "{":
            depth += 1
            opened = found.end() if depth == 1 else opened
        elif found[0] == "}":
            depth -= 1
            if depth == 0:
                yield text[start : opened - 1].strip(), text[opened : found.start()].strip()
                start = found.end()


def selectors(prelude: str) -> list[str]:
    """The selectors of a rule: split at commas outside brackets."""
    found, depth = [""], 0
    for sign in prelude:
        depth += (sign in "([") - (sign in ")]")
        if sign == "," and depth == 0:
            found.append("")
        else:
            found[-1] += sign
    return [" ".join(one.split()) for one in found]


def used_classes() -> frozenset[str]:
    """The classes of the library that stand in templates, or in Python that writes HTML."""
    files = sorted([*SITE.rglob("*.html"), *SITE.parent.rglob("*.py")])
    return frozenset(name for file in files for name in re.findall(r"utrecht-[a-z0-9_-]+", file.read_text("utf-8")))


def wanted(selector: str, classes: frozenset[str]) -> bool:
    """Whether a page can hold something that the selector matches."""
    if any(part in selector for part in UNUSED):
        return False
    if selector.startswith(".utrecht-html"):
        rest = re.sub(r":[a-z-]+(\([^)]*\))?|\[[^]]*\]", " ", selector.removeprefix(".utrecht-html"))
        return set(re.findall(r"[a-z][a-z0-9]*", rest)) <= ELEMENTS
    named = set(re.findall(r"\.([a-z][a-z0-9_-]*)", selector))
    return bool(named) and named <= classes


def kept(css: str, classes: frozenset[str]) -> Iterator[str]:
    """The wanted part of a sheet, without needless white space."""
    for prelude, body in rules(css):
        if prelude.startswith("@media"):
            inside = "".join(kept(body, classes))
            if inside and "high-contrast" not in prelude:
                yield f"{prelude}{{{inside}}}\n"
        elif not prelude.startswith("@"):
            chosen = [one for one in selectors(prelude) if wanted(one, classes)]
            if chosen and body:
                yield f"{','.join(chosen)}{{{compact(body)}}}\n"


def compact(body: str) -> str:
    """Declarations without white space that means nothing."""
    return re.sub(r"\s*([;:,])\s+", r"\1", " ".join(body.split())).removesuffix(";")


def sheet() -> str:
    """The sheet that goes into the site."""
    classes = used_classes()
    parts = [part for name in ("html.css", "index.css") for part in kept(library(name), classes)]
    return f"{HEADER}{''.join(parts)}}}\n"


def main(arguments: list[str]) -> int:
    """Write the sheet, or with --check say whether it is the one that would be written."""
    made = sheet()
    if "--check" not in arguments:
        SHEET.write_text(made, "utf-8")
        return 0
    if SHEET.is_file() and SHEET.read_text("utf-8") == made:
        return 0
    print(f"{SHEET.relative_to(ROOT)} is not what the templates use: run make docs")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
