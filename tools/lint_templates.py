"""Find words for people in the templates under src/: they belong in the catalogue of messages.

A template holds no letters outside Jinja, neither as text nor in the attributes alt, title and aria-label; a line that
says `{# literal: reason #}` is free.
"""

from __future__ import annotations

import re
import sys
from html.parser import HTMLParser
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent / "src"
JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
EXCUSE = re.compile(r"\{#\s*literal: [^\s#]")
FOR_PEOPLE = {"alt", "title", "aria-label"}


class _Words(HTMLParser):
    """Collects the texts and attributes for people: line and text."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[int, str]] = []
        self.in_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.in_style = tag == "style"
        for name, value in attrs:
            if name in FOR_PEOPLE:
                self._keep(value or "")

    def handle_data(self, data: str) -> None:
        if not self.in_style:
            self._keep(data)

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002  HTMLParser gives it
        self.in_style = False

    def _keep(self, text: str) -> None:
        for number, line in enumerate(text.split("\n"), start=self.getpos()[0]):
            if any(letter.isalpha() for letter in line):
                self.found.append((number, line.strip()))


def in_template(source: str) -> list[tuple[int, str]]:
    """The words for people in one template, with their line."""
    parser = _Words()
    parser.feed(JINJA.sub(lambda jinja: "\n" * jinja[0].count("\n"), source))
    parser.close()
    lines = source.splitlines()
    return [(line, text) for line, text in parser.found if not EXCUSE.search(lines[line - 1])]


def main(source: Path = SOURCE) -> int:
    """Say where words stand; 1 if there are any."""
    templates = {path: path.read_text("utf-8") for path in sorted(source.rglob("*.html"))}
    found = [(path, *one) for path, text in templates.items() for one in in_template(text)]
    for path, line, text in found:
        print(f"{path.relative_to(source.parent)}:{line}: {text!r} belongs in the catalogue of messages")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
