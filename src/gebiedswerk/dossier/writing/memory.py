"""What the journal remembers of what was written: each text under a salted hash, with its salt, until it is erased.

Who has an entry but not the content can tell nothing from its hash: the salt lies with the content and goes with it.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass

SALT_BYTES = 16
KEPT, GONE = b"salt ", b"erased "
NOTHING = b""
"""The content of a salt that holds for the files of an entry."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """A content as it lies in the journal: its salt and its bytes; of an erased one neither, and when it was."""

    salt: bytes | None
    data: bytes | None
    erased: str = ""

    @property
    def name(self) -> str:
        """The hash under which it lies; empty where it was erased."""
        return "" if self.salt is None or self.data is None else salted(self.salt, self.data)

    @property
    def stored(self) -> bytes:
        """Its bytes as a file."""
        if self.salt is None or self.data is None:
            return GONE + self.erased.encode() + b"\n"
        return KEPT + self.salt.hex().encode() + b"\n" + self.data


def salted(salt: bytes, data: bytes) -> str:
    """The hash of some bytes that tells nothing without the salt.

    >>> salted(b"a", b"x") == salted(b"b", b"x")
    False
    """
    return of_hash(salt, hashlib.sha256(data).hexdigest())


def of_hash(salt: bytes, sha256: str) -> str:
    """The same, of bytes of which the SHA-256 is known."""
    return hashlib.sha256(salt + bytes.fromhex(sha256)).hexdigest()


def of_file(salt: bytes, name: str, sha256: str | None) -> str:
    """The hash of a file with this SHA-256 at a place; empty for a file that is not there."""
    return "" if sha256 is None else hashlib.sha256(salt + name.encode() + b"\0" + bytes.fromhex(sha256)).hexdigest()


def kept(data: bytes) -> Remembered:
    """A content with a salt of its own."""
    return Remembered(new_salt(), data)


def new_salt() -> bytes:
    """A salt that nothing else has."""
    return secrets.token_bytes(SALT_BYTES)


def read_content(stored: bytes) -> Remembered | None:
    """A content of the bytes of its file; None where they are none."""
    head, mark, data = stored.partition(b"\n")
    if mark and head.startswith(GONE):
        return Remembered(None, None, head.removeprefix(GONE).decode("ascii", "replace"))
    try:
        salt = bytes.fromhex(head.removeprefix(KEPT).decode("ascii"))
    except ValueError:
        return None
    return Remembered(salt, data) if mark and head.startswith(KEPT) and len(salt) == SALT_BYTES else None
