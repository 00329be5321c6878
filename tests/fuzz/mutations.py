"""Changes that keep a file almost whole, so that a fuzzer gets past its front door: lines, cells, tags, parts."""

from __future__ import annotations

import io
import random
import re
import zipfile
import zlib
from collections.abc import Callable

WORDS = b"- 0 -0 1 13 1.250,00 1250.00 12,345 1,2,3 1e9 NaN inf #REF! =1+1 2025 9999 31-12-2025 2025-02-30 0001-01-01"
WORDS += b" D C N V ja raad &amp; &#0; &x; ]]> <!--x--> <![CDATA[x]]> <?x?> 99999999 99999999999999999"
ODD = [b"", b" ", b"\0", b"\r", b'"', b'""', b"\xe9", b"\xef\xbb\xbf", b"\xe2\x80\xa8", b"\x1c", b"9" * 30, b"x" * 400]
NASTY = [*WORDS.split(), b"<!DOCTYPE x>", *ODD]
Mutate = Callable[[bytes, int], bytes]
"""The fuzzer's own change of bytes, to at most so many."""


def csv_change(data: bytes, most: int, seed: int, mutate: Mutate) -> bytes:
    """One line or cell, or bytes anywhere."""
    dice = random.Random(seed)
    if dice.random() < 0.3 or len(data) < 2:
        return mutate(data, most)
    lines = data[1:].split(b"\n")
    at, other = dice.randrange(len(lines)), dice.randrange(len(lines))
    kind = dice.choice(["cell", "cell", "cell", "borrow", "drop", "double", "swap", "end", "bytes"])
    mark = dice.choice([b";", b",", b"\t"]) if dice.random() < 0.1 else _mark(lines[0])
    if kind in ("cell", "borrow"):
        cells, theirs = lines[at].split(mark), lines[other].split(mark)
        cells[dice.randrange(len(cells))] = dice.choice(NASTY if kind == "cell" else theirs)
        lines[at] = mark.join(cells)
    elif kind == "drop":
        del lines[at]
    elif kind == "double":
        lines.insert(other, lines[at])
    elif kind == "swap":
        lines[at], lines[other] = lines[other], lines[at]
    elif kind == "end":
        lines[at] = lines[at].removesuffix(b"\r") if lines[at].endswith(b"\r") else lines[at] + b"\r"
    else:
        lines[at] = mutate(lines[at] or b" ", 200)
    return (data[:1] + b"\n".join(lines))[:most]


def _mark(line: bytes) -> bytes:
    return max((b";", b",", b"\t"), key=line.count)


def xml_change(text: bytes, dice: random.Random, mutate: Mutate) -> bytes:
    """One tag, text or attribute of some XML."""
    tokens = re.split(rb"(<[^>]*>)", text)
    at, other = dice.randrange(len(tokens)), dice.randrange(len(tokens))
    kind = dice.choice(["text", "text", "attribute", "attribute", "drop", "double", "swap", "element", "bytes"])
    if kind == "text":
        at = dice.choice([n for n, token in enumerate(tokens) if not token.startswith(b"<")] or [at])
        tokens[at] = dice.choice([*NASTY, tokens[other] if not tokens[other].startswith(b"<") else b""])
    elif kind == "attribute":
        tokens[at] = re.sub(rb'"[^"]*"', lambda _: b'"' + dice.choice(NASTY) + b'"', tokens[at], count=1)
    elif kind == "drop":
        del tokens[at]
    elif kind == "double":
        tokens.insert(other, tokens[at])
    elif kind == "swap":
        tokens[at], tokens[other] = tokens[other], tokens[at]
    elif kind == "element":
        start, end = sorted((at, other))
        tokens[start:start] = tokens[start : end + 1] if end - start < 60 else []
    else:
        tokens[at] = mutate(tokens[at] or b" ", len(tokens[at]) + 40)
    return b"".join(tokens)


def xaf_change(data: bytes, most: int, seed: int, mutate: Mutate) -> bytes:
    """One tag or text, or bytes anywhere."""
    dice = random.Random(seed)
    if dice.random() < 0.2 or len(data) < 2:
        return mutate(data, most)
    return (data[:1] + xml_change(data[1:], dice, mutate))[:most]


def xlsx_change(data: bytes, most: int, seed: int, mutate: Mutate) -> bytes:
    """One part of the zip changed as XML and zipped again; now and then the bytes of the zip itself."""
    dice = random.Random(seed)
    parts = unzipped(data[1:])
    if dice.random() < 0.1 or not parts:
        return mutate(data, most)
    sheets = [name for name in parts if "sheet" in name]
    name = dice.choice(sheets if sheets and dice.random() < 0.6 else list(parts))
    if dice.random() < 0.05:
        del parts[name]
    else:
        parts[name] = xml_change(parts[name], dice, mutate)
    made = data[:1] + zipped(parts, zipfile.ZIP_DEFLATED if dice.random() < 0.2 else zipfile.ZIP_STORED)
    return made if len(made) <= most else data


def unzipped(data: bytes) -> dict[str, bytes]:
    """The parts of a zip; nothing where it is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            return {info.filename: book.read(info) for info in book.infolist() if info.file_size < 1 << 20}
    except (zipfile.BadZipFile, zlib.error, ArithmeticError, EOFError, LookupError, OSError, RuntimeError, ValueError):
        return {}


def zipped(parts: dict[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    """Parts as a zip, the same bytes each time."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as book:
        for name, data in parts.items():
            book.writestr(zipfile.ZipInfo(name or "x"), data, method)
    return made.getvalue()


CHANGES: dict[str, Callable[[bytes, int, int, Mutate], bytes]] = {
    "csv": csv_change,
    "xlsx": xlsx_change,
    "xaf": xaf_change,
    "profile": csv_change,
    "table": csv_change,
}
