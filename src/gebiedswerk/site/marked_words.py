"""Marked words become HTML: an element that says their language, or where none can stand the words alone."""

from __future__ import annotations

import re

from gebiedswerk.language.foreign_words import END, START, unmarked

WORDS = f"[^<{START}{END}]*"
WHOLE = re.compile(rf"<([a-z][a-z0-9]*)((?:\s(?!lang=)[^\s<>]+)*)>(\s*){START}({WORDS}){END}(\s*)(?=</\1>)")
"""An element that holds marked words and nothing else, and says no language yet."""
BARE = re.compile(r"<(title|desc|text)\b[^<>]*+>[^<]*+(?:<(?!/?\1\b)[^<]*+)*+</\1>|<[^<>]*+>")
"""Where no element can stand within: a tag with its attributes, and text of pictures."""
PART = re.compile(f"{START}({WORDS}){END}")


def with_languages(html: str, language: str) -> str:
    """A page whose marked words say that they are in `language`; no mark is left."""
    if START not in html:
        return html
    html = WHOLE.sub(rf'<\1\2 lang="{language}">\3\4\5', html)
    html = BARE.sub(lambda found: unmarked(found[0]), html)
    return unmarked(PART.sub(rf'<span lang="{language}">\1</span>', html))
