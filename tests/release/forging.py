"""One figure forged in each kind of place that a release has: the places are found by walking the release itself."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import polars as pl

TAG = re.compile(rb"<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:[^\"'<>]|\"[^\"<]*\")*)>")
ATTRIBUTE = re.compile(rb'\s([a-zA-Z-]+)="([^"]*)"')
MINUS = "\N{MINUS SIGN}".encode()
CELL = rb'<c r="([A-Z]+)[0-9]+"[^>]*><v>([0-9.-]+)</v>'
ROW, HEAD = re.compile(rb"<tr[ >].*?</tr>", re.DOTALL), re.compile(rb'<th scope="row">.*?</th>', re.DOTALL)
FIGURE = re.compile(rb'<a [^>]*(?:href|data-figure)="[^"]*cijfers/[^"]*#[^"]*"[^>]*>[^<]*[0-9][^<]*</a>')
WORD = rb"<w:t([^>]*)>([^<]*[0-9][^<]*)<"
MEMBER = re.compile(rb'"([^"]+)": (-?[0-9]+|"[^"]*[0-9][^"]*")')
LINE = re.compile(rb"([A-Za-z:-]+)([^A-Za-z\n]*[0-9][^\n]*)")
TEXTS = ("ics", "xml", "ttl", "sql", "txt", "css", "js", "svg", "toml", "md", "geojson")
VOID = frozenset(b"meta link img input br hr".split())
SHAPES = frozenset("x y cx cy r d dy x1 x2 y1 y2 height viewBox patternTransform points fill tabindex".split())
"""Attributes of drawings that show no amount by themselves: places of labels, outlines, patterns."""
NAMES = frozenset(b"th td dt tspan data time a".split())


@dataclass(frozen=True, slots=True)
class Forgery:
    """A kind of place, the file in which it stands first, and its bytes with one figure or name changed."""

    kind: str
    place: str
    data: bytes


def forgeries(root: Path, names: Collection[str]) -> Iterator[Forgery]:
    """A forgery in each kind of place of these files of a release, one by one: each in a file that is whole again."""
    seen: set[str] = set()
    for place in sorted(names):
        for kind, data in _of_file(place, (root / place).read_bytes(), seen):
            if kind not in seen:
                seen.add(kind)
                yield Forgery(kind, place, data)


def cells(root: Path, names: Collection[str]) -> Iterator[Forgery]:
    """Each cell of each table of these files changed by itself: a row that no page shows, too."""
    for place in sorted(names):
        if not place.endswith(".csv"):
            continue
        header, *rows = csv.reader(io.StringIO((root / place).read_text("utf-8"), newline=""))
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell:
                    forged = [*row[:column], changed(cell.encode()).decode(), *row[column + 1 :]]
                    data = _csv_bytes([header, *rows[:at], forged, *rows[at + 1 :]])
                    yield Forgery(f"row {at + 2} {header[column]}", place, data)


def _csv_bytes(rows: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def places_in(place: str, data: bytes) -> int:
    """How many places a file has in which a figure or name can be forged: those of all kinds, each time they occur."""
    ending = place.rpartition(".")[2]
    if ending in ("html", "htm"):
        return sum(1 for _ in _in_html(ending, data))
    if ending == "csv":
        return sum(cell != "" for row in list(csv.reader(io.StringIO(data.decode())))[1:] for cell in row)
    if ending in ("json", "jsonld"):
        return len(MEMBER.findall(data))
    if ending in TEXTS:
        return len(LINE.findall(data))
    return max(1, sum(1 for _ in _of_file(place, data, ())))


def _of_file(place: str, data: bytes, seen: Collection[str]) -> Iterator[tuple[str, bytes]]:
    ending = place.rpartition(".")[2]
    name = re.sub(r"[0-9]{4}", "YEAR", place.rpartition("/")[2])
    top = "site" if place.startswith("site/") else place.partition("/")[0]
    if ending in ("html", "htm"):
        yield from _of_html(ending, data, seen)
    elif ending == "csv":
        yield from _of_csv(f"{top} {name}", data)
    elif ending in ("json", "jsonld"):
        yield from ((f"{top} {name} {key}", forged) for key, forged in _of_json(data))
    elif ending == "parquet":
        yield from _of_parquet(name, data)
    elif ending in ("xlsx", "docx"):
        yield from _of_zip(name if ending == "xlsx" else "docx", data)
    elif ending in TEXTS:
        yield from _of_lines(f"{top} {name}", data)
    else:
        yield (
            f"{ending}, a byte",
            data[: len(data) // 2] + bytes([data[len(data) // 2] ^ 1]) + data[len(data) // 2 + 1 :],
        )


def changed(words: bytes) -> bytes:
    """Words with their last digit another; a name without one gets another letter."""
    digits = [at for at, byte in enumerate(words) if 48 <= byte <= 57]
    if digits:
        at = digits[-1]
        return words[:at] + bytes([48 + (words[at] - 48 + 1) % 10]) + words[at + 1 :]
    letters = [at for at, byte in enumerate(words) if 97 <= byte <= 122]
    at = letters[-1] if letters else len(words) - 1
    return words[:at] + (b"q" if words[at : at + 1] != b"q" else b"z") + words[at + 1 :]


def _of_html(ending: str, data: bytes, seen: Collection[str]) -> Iterator[tuple[str, bytes]]:
    """A forgery per element and sort of words, and per attribute; kinds that were seen are passed by."""
    for kind, start, stop, words in _in_html(ending, data):
        if kind not in seen:
            yield kind, data[:start] + words + data[stop:]
    yield from _swapped(_head(ending, data), data)


def _swapped(head: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """True figures in each other's place: two in a row, two in a column, two in the sentences, two names of rows."""
    main = data[data.find(b"<main") :] if b"<main" in data else data
    start = len(data) - len(main)
    rows = [list(FIGURE.finditer(one[0])) for one in ROW.finditer(main)]
    offsets = [start + one.start() for one in ROW.finditer(main)]
    wanted = [(at, cells) for at, cells in zip(offsets, rows, strict=True) if len({one[0] for one in cells}) > 1]
    for at, cells in wanted[:1]:
        first, second = next((a, b) for a, b in pairwise(cells) if a[0] != b[0])
        yield f"{head} figures of a row swapped", _swap(data, at, first, at, second)
    for (at, cells), (below, others) in list(pairwise(wanted))[:1]:
        if cells[0][0] != others[0][0]:
            yield f"{head} figures of a column swapped", _swap(data, at, cells[0], below, others[0])
    names = list(HEAD.finditer(data))
    for first, second in [pair for pair in pairwise(names) if pair[0][0] != pair[1][0]][:1]:
        yield f"{head} names of rows swapped", _swap(data, 0, first, 0, second)
    prose = [
        one for one in FIGURE.finditer(data) if data.rfind(b"<p>", 0, one.start()) > data.rfind(b"</p>", 0, one.start())
    ]
    for first, second in [pair for pair in pairwise(prose) if pair[0][0] != pair[1][0]][:1]:
        yield f"{head} figures of sentences swapped", _swap(data, 0, first, 0, second)


def _swap(data: bytes, at: int, first: re.Match[bytes], below: int, second: re.Match[bytes]) -> bytes:
    one, other = (at + first.start(), at + first.end()), (below + second.start(), below + second.end())
    return data[: one[0]] + second[0] + data[one[1] : other[0]] + first[0] + data[other[1] :]


def _head(ending: str, data: bytes) -> str:
    """The form of a page: its ending and its template."""
    template = re.search(rb'<main class="([a-z-]+)"', data)
    return f"{ending} {template[1].decode() if template else ''}"


def _in_html(ending: str, data: bytes) -> Iterator[tuple[str, int, int, bytes]]:
    """Kind, where it starts and stops, and the false words."""
    head = _head(ending, data)
    path: list[str] = []
    end = 0
    for tag in TAG.finditer(data):
        words = data[end : tag.start()]
        inner = path[-1].partition(".")[0].encode() if path else b""
        if words.strip() and (re.search(rb"[0-9]", words) or (inner in NAMES and b"table" in "/".join(path).encode())):
            where = f"{head} {'/'.join(path[-5:])}"
            sort = "number" if re.search(rb"[0-9]", words) else "name"
            yield f"{where} {sort}", end, tag.start(), changed(words)
            if MINUS in words:
                yield f"{where} sign", end, tag.start(), words.replace(MINUS, b"")
        end = tag.end()
        closing, name, rest = tag.groups()
        if closing:
            path.pop()
            continue
        attributes = list(ATTRIBUTE.finditer(data, tag.start(), tag.end()))
        found = {one[1]: one[2] for one in attributes}
        label = name.decode() + ("." + found[b"class"].split()[0].decode() if found.get(b"class") else "")
        for one in attributes:
            if re.search(rb"[0-9]", one[2]) and one[1].decode() not in SHAPES:
                place = f"{head} {'/'.join(path[-4:])}/{label} @{one[1].decode()}"
                yield place, one.start(2), one.end(2), changed(one[2])
        if rest[-1:] != b"/" and name not in VOID:
            path.append(label)


def _of_csv(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    rows = list(csv.reader(io.StringIO(data.decode())))
    for column, header in enumerate(rows[0]):
        row = next((n for n, one in enumerate(rows[1:], 1) if one[column : column + 1] not in ([], [""])), None)
        if row is not None:
            cells = [list(one) for one in rows]
            cells[row][column] = changed(cells[row][column].encode()).decode()
            yield f"csv {name} {header}", _csv_bytes(cells)


def _of_json(data: bytes) -> Iterator[tuple[str, bytes]]:
    found: set[str] = set()
    for at in MEMBER.finditer(data):
        if (key := at[1].decode()) not in found:
            found.add(key)
            yield key, data[: at.start(2)] + changed(at[2]) + data[at.end(2) :]
    json.loads(data)


def _of_parquet(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    frame = pl.read_parquet(data)
    for column, kind in frame.schema.items():
        values = frame[column].to_list()
        row = next((at for at, value in enumerate(values) if value is not None), None)
        if row is None or kind not in (pl.Int64, pl.Int32, pl.String):
            continue
        values[row] = values[row] + 1 if kind != pl.String else changed(values[row].encode()).decode()
        out = io.BytesIO()
        frame.with_columns(pl.Series(column, values, kind)).write_parquet(out, compression="zstd", statistics=False)
        yield f"parquet {name} {column}", out.getvalue()


def _of_zip(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """A cell per sheet and column of a workbook, a figure per style of paragraph of a document."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        members = {one: book.read(one) for one in book.namelist()}
    found: set[str] = set()
    for member, text in members.items():
        pattern = CELL if "sheet" in member else WORD
        pattern = rb"<t()[^>]*>([^<]+)<" if member.endswith("sharedStrings.xml") else pattern
        for at in re.finditer(pattern, text):
            kind = f"{name} {member} {at[1].decode() if b'sheet' in member.encode() else ''}"
            if kind not in found:
                found.add(kind)
                forged = text[: at.start(2)] + changed(at[2]) + text[at.end(2) :]
                out = io.BytesIO()
                with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
                    for one, content in members.items():
                        book.writestr(one, forged if one == member else content)
                yield kind, out.getvalue()


def _of_lines(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """A number per first word of a line, or per element and attribute."""
    found: set[bytes] = set()
    for at in LINE.finditer(data):
        if at[1] not in found and len(found) < 40:
            found.add(at[1])
            yield f"{name} {at[1].decode()}", data[: at.start(2)] + changed(at[2]) + data[at.end(2) :]


MARKUP = {
    "entity": (b">45.000<", b">4&#54;.000<"),
    "comment inside a number": (b">45.000<", b">46<!-- -->.000<"),
    "other quotes": (b'">45.000<', b'">46.000<'),
    "split over spans": (b">45.000<", b"><span>46</span><span>.000</span><"),
    "hidden behind the true one": (b">45.000<", b'>45.000<span class="hidden">.000</span><'),
    "an inline style": (b"<main ", b'<main style="display:none" '),
    "a style sheet on the page": (b"</head>", b"<style>td{display:none}</style></head>"),
    "a script on the page": (b"</head>", b'<script type="module">document.body.textContent=1</script></head>'),
    "an event": (b"<main ", b'<main onclick="x()" '),
    "a second base": (b"<head>", b'<head><base href="https://example.org/">'),
    "an id twice": (b"<main ", b'<p id="page-main"></p><main '),
    "a frame": (b"</main>", b'<iframe src="x.html"></iframe></main>'),
    "a picture": (b"</main>", b'<img src="../../assets/cijfer.png" alt=""></main>'),
    "a picture with words": (b"</main>", b'<img src="../../assets/favicon.svg" alt="46.000"></main>'),
    "words that turn": (b">45.000<", ">\u202e000.54<".encode()),
    "an element of its own": (b"</main>", b"<meter value=46 max=100></meter></main>"),
    "text in another name space": (b"</main>", b"<svg><foreignObject><p>46.000</p></foreignObject></svg></main>"),
    "a sentence with a number": (b"</main>", b"<p>Er is 46.000 euro uitgegeven.</p></main>"),
    "a number in words": (b"</main>", b"<p>Er is zesenveertigduizend euro uitgegeven.</p></main>"),
    "a link with no figure": (b"</main>", b'<p><a href="cijfers/nergens/2025.html#budget">46.000</a></p></main>'),
    "a full address": (b"</main>", b'<p><a href="https://x.nl/cijfers/totaal/2025.html#budget">46.001</a></p></main>'),
    "an address in code": (b"</main>", b'<p><a href="cijfers/%74otaal/2025.html?a#budget">46.001</a></p></main>'),
    "an address with a backslash": (
        b"</main>",
        b'<p><a href="cijfers\\totaal\\2025.html#budget">46.001</a></p></main>',
    ),
}
"""Ways to write a false figure on the first page of the example town, as (what stands there, what comes there)."""
