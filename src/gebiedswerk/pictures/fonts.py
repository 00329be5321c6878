"""Fonts with a glyph for every sign that may stand in text (`core/signs.py`), for what the fonts of Typst do not show.

They are drawn from GNU Unifont (`tools/make_fonts.py`), and unpacked only for a document that holds such a sign: 12 MB.
"""

from __future__ import annotations

import lzma
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from gebiedswerk.dossier import safe_files

FOLDER = Path(__file__).parent / "fonts"
FAMILIES = ("Gebiedswerk Signs", "Gebiedswerk More Signs")  # literal: names of fonts
PLAIN = "–—‘’“”„…•·€→−×"
"""Signs beyond those of Dutch that Libertinus has, and that our pages use."""
LAST_PLAIN = 0x17F


def is_plain(text: str) -> bool:
    """Whether the fonts of Typst show a text, sign by sign."""
    return all(ord(sign) <= LAST_PLAIN or sign in PLAIN for sign in set(text))


@contextmanager
def fonts_for(text: str) -> Iterator[list[Any]]:
    """The folders of fonts that a document with these signs needs, beside those that Typst brings along."""
    if is_plain(text):
        yield []
        return
    with safe_files.temporary() as folder:
        for packed in sorted(FOLDER.glob("*.ttf.xz")):
            (folder / packed.stem).write_bytes(lzma.decompress(packed.read_bytes()))
        yield [folder]
