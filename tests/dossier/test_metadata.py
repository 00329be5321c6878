"""What a picture or font tells besides how it looks does not come in, whatever kind of note it stands in."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest

from gebiedswerk.dossier.house_style import read_house
from gebiedswerk.dossier.metadata import DRAWS, PNG, NoPicture, bare_font, bare_png
from gebiedswerk.dossier.settings import FontSettings, SiteSettings
from tests.conftest import ROOT

SECRET = b"jan.visser@wilgendam.example"
KINDS = "tEXt zTXt iTXt eXIf tIME iCCP sPLT hIST caBX prVt acTL fcTL fdAT gIFx oFFs sTER".split()
FONTS = sorted((ROOT / "src/gebiedswerk/site/assets/fonts").rglob("*.woff2"))
SVG = '<svg xmlns="http://www.w3.org/2000/svg" {}><title>Wilg</title>{}<path d="M0 0h4v4z" fill="#123"/></svg>'
NOTES = {
    "a comment": ("", "<!-- {} -->"),
    "metadata": ("", "<metadata><x>{}</x></metadata>"),
    "Dublin Core": ("", '<metadata><dc:creator xmlns:dc="http://purl.org/dc/elements/1.1/">{}</dc:creator></metadata>'),
    "a program": ("", '<s:namedview xmlns:s="http://sodipodi.sourceforge.net/x" who="{}">{}</s:namedview>'),
    "an attribute of a program": ('xmlns:i="http://www.inkscape.org/x" i:export-filename="/home/{}/logo.png"', ""),
    "data of a page": ('data-author="{}"', ""),
    "an instruction": ("", "<?xpacket {}?>"),
    "a name of a program": ('xmlns:jan="{}"', ""),
}


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png() -> bytes:
    """Two rows of three pixels with what may stand beside them."""
    head = struct.pack(">IIBBBBB", 3, 2, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0abcdefghi\0jklmnopqr")
    more = chunk(b"gAMA", struct.pack(">I", 45455)) + chunk(b"pHYs", struct.pack(">IIB", 2835, 2835, 1))
    return PNG + chunk(b"IHDR", head) + more + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", KINDS)
def test_notes_of_a_png_are_dropped(kind: str) -> None:
    """Of every kind, packed or not, before and behind the pixels and after the end; the pixels stay as they were."""
    head, pixels = png()[:33], png()[33:]
    note = chunk(kind.encode(), SECRET) + chunk(kind.encode(), zlib.compress(SECRET))
    bare = bare_png(head + note + pixels[:-12] + note + pixels[-12:] + SECRET)
    assert bare == png() and kind.encode() not in DRAWS
    assert SECRET not in bare and zlib.compress(SECRET) not in bare


@pytest.mark.parametrize("cut", [*range(8, 60, 3)])
def test_half_a_png_is_none(cut: int) -> None:
    with pytest.raises(NoPicture):
        bare_png(png()[:cut])


def test_a_chunk_with_a_wrong_sum_is_no_picture() -> None:
    with pytest.raises(NoPicture):
        bare_png(png()[:40] + b"\x00" + png()[41:])


@pytest.mark.parametrize("name", NOTES)
def test_notes_of_a_drawing_are_dropped(tmp_path: Path, name: str) -> None:
    attribute, inside = (one.replace("{}", SECRET.decode().replace("@", "-")) for one in NOTES[name])
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "logo.svg").write_text(SVG.format(attribute, inside), "utf-8")
    house, faults = read_house(tmp_path, SiteSettings(logo="logo.svg"))
    assert faults == ()
    assert house.logo is not None
    assert house.logo[1].decode() == (
        '<svg xmlns="http://www.w3.org/2000/svg"><title>Wilg</title><path d="M0 0h4v4z" fill="#123" /></svg>'
    )


@pytest.mark.parametrize("font", FONTS, ids=lambda path: path.name)
def test_notes_of_a_font_are_dropped(tmp_path: Path, font: Path) -> None:
    """Its metadata and its private block; a font without them stays as it is."""
    data = font.read_bytes()
    assert bare_font(data) == data
    end = len(data)
    blocks = struct.pack(">5I", end, len(SECRET), len(SECRET), end + len(SECRET), len(SECRET))
    noted = data[:8] + struct.pack(">I", end + 2 * len(SECRET)) + data[12:28] + blocks + data[48:] + SECRET + SECRET
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "a.woff2").write_bytes(noted)
    house, faults = read_house(tmp_path, SiteSettings(fonts=[FontSettings("A", "a.woff2")]))
    assert faults == ()
    assert house.fonts[0].data == data
