"""Which signs may stand in text: by class, on the edges, and over every code point that there is."""

from __future__ import annotations

import lzma
import struct
import unicodedata
from xml.etree import ElementTree as ET

import pytest

from gebiedswerk.core.shown_signs import SHOWN
from gebiedswerk.core.signs import MOST_MARKS, sign_name, strange_signs, why_strange
from gebiedswerk.pictures.fonts import FOLDER
from tests.signs import REFUSED, TAKEN


@pytest.mark.parametrize(("code", "sign"), [(code, sign) for code, signs in REFUSED.items() for sign in signs])
def test_what_is_refused(code: str, sign: str) -> None:
    """Alone, at the start, the end and between letters; where it stands is said, and it can be seen."""
    last = sign[-1]
    for text, at in (
        (sign, len(sign) - 1),
        (f"{sign}b", len(sign) - 1),
        (f"a{sign}", len(sign)),
        (f"a{sign}b", len(sign)),
    ):
        assert [(one.code, one.at, one.sign) for one in strange_signs(text)] == [(code, at, last)]
    assert sign_name(last).isascii() and sign_name(last).isprintable()


@pytest.mark.parametrize("text", TAKEN)
def test_what_is_taken(text: str) -> None:
    assert list(strange_signs(f"Over {text} en meer.\n\tNogmaals.\r\n")) == []


def test_marks_on_the_edge() -> None:
    """Thirty on one letter, and then thirty on the next, are as many as may be."""
    most = "e" + "\u0301" * MOST_MARKS
    assert list(strange_signs(most + most)) == []
    assert [one.code for one in strange_signs(most + "\u0301")] == ["D163"]


def test_every_code_point_has_one_answer() -> None:
    """All 1,114,112: what is taken is a character of Unicode that XML 1.0 carries, and no control, half or private."""
    taken = [chr(number) for number in range(0x110000) if why_strange(chr(number)) is None]
    assert len(taken) > 68_000
    assert {unicodedata.category(sign) for sign in taken} & {"Cs", "Co", "Cn", "Zl", "Zp"} == set()
    assert [sign for sign in taken if unicodedata.category(sign) == "Cc"] == ["\t", "\n", "\r"]
    form = f"<a>{''.join(taken).replace('&', '').replace('<', '').replace(chr(13), '')}</a>"
    assert len(ET.fromstring(form).text or "") == len(form) - 7  # noqa: S314 # ours


def test_the_table_says_what_the_fonts_show() -> None:
    """Every sign of the table is in one of the two fonts, and every sign of the fonts in the table."""
    numbers = {number for path in FOLDER.glob("*.ttf.xz") for number in _numbers(lzma.decompress(path.read_bytes()))}
    assert numbers == {number for first, last in SHOWN for number in range(first, last + 1)}


def _numbers(font: bytes) -> set[int]:
    """The code points of a TrueType font, by its `cmap` of format 12, else 4."""
    tables = struct.unpack(">H", font[4:6])[0]
    records = [struct.unpack(">4sIII", font[12 + 16 * at : 28 + 16 * at]) for at in range(tables)]
    start = next(offset for tag, _, offset, _ in records if tag == b"cmap")
    count = struct.unpack(">H", font[start + 2 : start + 4])[0]
    parts = [struct.unpack(">HHI", font[start + 4 + 8 * at : start + 12 + 8 * at])[2] for at in range(count)]
    found: set[int] = set()
    for part in parts:
        if struct.unpack(">H", font[start + part : start + part + 2])[0] == 12:
            groups = struct.unpack(">I", font[start + part + 12 : start + part + 16])[0]
            for at in range(groups):
                first, last, _ = struct.unpack(">III", font[start + part + 16 + 12 * at : start + part + 28 + 12 * at])
                found |= set(range(first, last + 1))
    return found
