"""Which names and places (`folder/name`) a file may have: the same on every disk, and never a way out of a folder.

The one owner of this rule: the writer of files, the check of a dossier, the import of a file and the manifest of a
release all ask here. A place is relative to a folder, with `/` between its parts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from enum import StrEnum

LONGEST_PART = 255
"""Bytes in UTF-8: what Linux, Windows and macOS all hold."""
LONGEST_PLACE = 1024
"""Bytes of a whole place below its folder."""
LONGEST_NAME = 200
"""Bytes of a name that a person chooses: more stands around it in the names made of it (`gebied-<slug>`, `.html`)."""
LONGEST_STEM = 150
"""Bytes of a name that we make of another, with room for an ending."""
WINDOWS = frozenset('\\:*?"<>|')
"""Signs that Windows takes for something else: a folder, a drive, a stream, a pattern."""
HIDDEN = frozenset(("Cc", "Cf", "Zl", "Zp"))
"""Kinds of signs that nobody sees: of control, of the direction of writing, of the end of a line."""
DEVICES = frozenset(
    "con prn aux nul conin$ conout$ clock$".split()
    + [f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³"]
)
"""What Windows opens instead of a file, whatever stands behind the first dot."""
PLAIN = re.compile(r"[A-Za-z0-9_.-]*[A-Za-z0-9_-]")


class Refusal(StrEnum):
    """Why a name or a place is refused. `kind` is the key of its words."""

    EMPTY = "empty"
    ABSOLUTE = "absolute"
    UP = "up"
    SIGN = "sign"
    DEVICE = "device"
    END = "end"
    LONG = "long"
    BYTES = "bytes"
    LINK = "link"
    DOUBLE = "double"

    @property
    def kind(self) -> str:
        """The key under which the catalogue says what is expected (`kind.place_up`)."""
        return f"place_{self}"


def refusal_of_name(name: str, longest: int = LONGEST_PART) -> Refusal | None:
    """Why one part of a place cannot be a name; None where it can."""
    if name in ("", ".", ".."):
        return Refusal.UP if name else Refusal.EMPTY
    if not PLAIN.fullmatch(name) and (found := _strange(name)):
        return found
    if len(name.encode()) > longest:
        return Refusal.LONG
    return Refusal.DEVICE if name.partition(".")[0].rstrip().casefold() in DEVICES else None


def _strange(name: str) -> Refusal | None:
    """What is wrong with the signs of a name."""
    if any(0xD800 <= ord(sign) <= 0xDFFF for sign in name):
        return Refusal.BYTES
    if any(sign in WINDOWS or sign == "/" or unicodedata.category(sign) in HIDDEN for sign in name):
        return Refusal.SIGN
    return Refusal.END if name != name.strip() or name.endswith(".") else None


def file_name(text: str) -> str:
    """What of a text can be the name of a file: letters, digits, hyphens, underscores and dots; empty where nothing."""
    plain = re.sub(r"[^\w.-]+", "-", unicodedata.normalize("NFC", text)).strip("-.")[:80]
    while len(plain.encode()) > LONGEST_STEM:
        plain = plain[:-1].rstrip("-.")
    return plain if not plain or refusal_of_name(plain) is None else f"_{plain}"


def refusal_of_place(place: str) -> Refusal | None:
    """Why a place would not stay in its folder, or could not stand there on every disk; None where it would."""
    if place.startswith(("/", "\\")) or re.match(r"[A-Za-z]:", place):
        return Refusal.ABSOLUTE
    if ".." in re.split(r"[/\\]", place):
        return Refusal.UP
    found = next(filter(None, map(refusal_of_name, place.split("/"))), None)
    return found or (Refusal.LONG if len(place.encode()) > LONGEST_PLACE else None)


def folded(place: str) -> str:
    """A place as a disk knows it on which capitals, and the way in which accents are written, do not count."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", place).casefold())


def doubles(places: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each place that cannot stand beside an earlier one, with that one.

    They, or the folders above them, are the same but for capitals or accents; or one is a folder above the other.
    """
    known: dict[str, tuple[str, bool]] = {}
    folders: set[str] = set()
    for place in dict.fromkeys(places):
        above = place.rpartition("/")[0]
        first = None
        if above and above not in folders:
            parts = above.split("/")
            tried = ("/".join(parts[: count + 1]) for count in range(len(parts)))
            first = next(filter(None, [_before(known, folder, False) for folder in tried]), None)
            folders |= set() if first else {above}
        first = first or _before(known, place, True)
        if first:
            yield place, first


def _before(known: dict[str, tuple[str, bool]], place: str, is_file: bool) -> str | None:
    """What stands where a place would, and is not the same; else the place is known from now on."""
    there, kind = known.setdefault(folded(place), (place, is_file))
    return there if (there, kind) != (place, is_file) else None
