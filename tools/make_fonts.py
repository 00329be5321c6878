"""Draw the fonts for rare signs, and the table of what they show, from GNU Unifont 15.0.01.

    pip install fonttools==4.68.0
    apt-get download fonts-unifont && dpkg-deb -x fonts-unifont_*.deb unifont
    python -m tools.make_fonts unifont/usr/share/fonts/opentype/unifont

Typst shows letters that join in one font only. So each of the two fonts holds what may meet: `signs` the basic plane
with the marks of the second, `more-signs` the second plane with all of the basic plane but ideographs and Hangul.
"""

from __future__ import annotations

import lzma
import sys
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent / "src" / "gebiedswerk"
FOLDER, TABLE = ROOT / "documents" / "fonts", ROOT / "core" / "shown_signs.py"
BASIC, UPPER = "unifont.otf", "unifont_upper.otf"
UNITS = 64
MOMENT = 3_600_000_000
"""A moment for the head of a font, so that the bytes are the same each time."""
IDEOGRAPHS, HANGUL = range(0x3400, 0xA000), range(0xAC00, 0xD7A4)
HEAD = '"""The signs that a font of ours shows, as first and last of each row of them; by `tools/make_fonts.py`."""'
Wanted = Sequence[tuple[str, Callable[[int], bool]]]


def is_text(number: int) -> bool:
    """Whether a code point is a character of the Unicode of this Python, and no control, half or private one."""
    return unicodedata.category(chr(number)) not in ("Cc", "Cs", "Co", "Cn")


def joins(number: int) -> bool:
    """Whether a sign stands on or between others."""
    return unicodedata.category(chr(number)) in ("Mn", "Mc", "Me", "Cf")


def make(folder: Path) -> None:
    """Write both fonts, packed, and the table."""
    signs: Wanted = [(BASIC, lambda number: True), (UPPER, joins)]
    more: Wanted = [(UPPER, lambda number: True), (BASIC, lambda number: number not in {*IDEOGRAPHS, *HANGUL})]
    shown = _font(folder, "Gebiedswerk Signs", signs, FOLDER / "signs.ttf.xz")
    shown |= _font(folder, "Gebiedswerk More Signs", more, FOLDER / "more-signs.ttf.xz")
    rows: list[list[int]] = []
    for number in sorted(shown):
        if rows and rows[-1][1] == number - 1:
            rows[-1][1] = number
        else:
            rows.append([number, number])
    body = "".join(f"    (0x{first:X}, 0x{last:X}),\n" for first, last in rows)
    TABLE.write_text(f"{HEAD}\n\nSHOWN: tuple[tuple[int, int], ...] = (\n{body})\n", "utf-8")


def _font(folder: Path, family: str, wanted: Wanted, place: Path) -> set[int]:
    """Draw one font. Returns the code points that it shows."""
    from fontTools.fontBuilder import FontBuilder  # type: ignore[import-not-found] # for this tool alone
    from fontTools.pens.ttGlyphPen import TTGlyphPen  # type: ignore[import-not-found] # as above
    from fontTools.ttLib import TTFont  # type: ignore[import-not-found] # as above

    fonts = {name: TTFont(folder / name) for name in (BASIC, UPPER)}
    glyphs, widths, numbers = {}, {}, {}

    def take(font: str, name: str, new: str) -> None:
        pen = TTGlyphPen(None)
        fonts[font].getGlyphSet()[name].draw(pen)
        glyphs[new], widths[new] = pen.glyph(), fonts[font]["hmtx"][name][0]

    take(BASIC, ".notdef", ".notdef")
    for font, keep in wanted:
        for number, name in sorted(fonts[font].getBestCmap().items()):
            if is_text(number) and keep(number) and number not in numbers:
                numbers[number] = f"u{number:05X}"
                take(font, name, numbers[number])
    built = FontBuilder(UNITS, isTTF=True)
    built.setupGlyphOrder(list(glyphs))
    built.setupCharacterMap(numbers)
    built.setupGlyf(glyphs)
    built.setupHorizontalMetrics(
        {name: (width, getattr(glyphs[name], "xMin", 0) or 0) for name, width in widths.items()}
    )
    old = fonts[BASIC]
    built.setupHorizontalHeader(ascent=old["hhea"].ascent, descent=old["hhea"].descent)
    built.setupNameTable(
        {
            "copyright": old["name"].getDebugName(0),
            "familyName": family,
            "styleName": "Regular",
            "uniqueFontIdentifier": family,
            "fullName": family,
            "version": "Version 15.0.01",
            "psName": family.replace(" ", ""),
            "licenseDescription": "SIL Open Font License, version 1.1",
            "licenseInfoURL": "https://scripts.sil.org/OFL",
        }
    )
    names = ("sTypoAscender", "sTypoDescender", "usWinAscent", "usWinDescent")
    built.setupOS2(**{name: getattr(old["OS/2"], name) for name in names}, fsType=0)
    built.setupPost(keepGlyphNames=False)
    built.font["head"].created = built.font["head"].modified = MOMENT
    built.font.recalcTimestamp = False
    beside = place.with_suffix("")
    built.font.save(beside)
    place.write_bytes(lzma.compress(beside.read_bytes(), preset=9 | lzma.PRESET_EXTREME))
    beside.unlink()
    return set(numbers)


if __name__ == "__main__":
    make(Path(sys.argv[1]))
