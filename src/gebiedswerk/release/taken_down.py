"""What a decision took down (`takedowns.csv`) is gone from earlier versions of publications too.

An earlier version is kept as it was, byte for byte, but for this: a posting that was taken down keeps its row and its
amount there, as in the live version, and what it told besides is gone from pages and files.
"""

from __future__ import annotations

import hashlib
import html
import io
import json
import posixpath
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

import polars as pl

from gebiedswerk.assembly.opened import Opened
from gebiedswerk.language.languages import DUTCH, LANGUAGES
from gebiedswerk.language.messages import Messages
from gebiedswerk.ledger.public import ALLOWED, TAKEN_DOWN
from gebiedswerk.pages.source.source_postings import COLUMNS, DECIDED, DECISION_COLUMNS
from gebiedswerk.release.tombstones import rows_before
from gebiedswerk.release.versions import FOLDER

VERSION = re.compile(rf"^(?:[a-z]{{2}}/)?(publicaties/.+/{FOLDER}/[0-9]+)/")
POSTINGS = re.compile(r'id="postings-(\w+)"')
ROW = re.compile(r"<tr[^<>]*+>(?:[^<]|<(?!/?tr[ >]))*+</tr>")
CELL = re.compile(r"(<t[hd][^<>]*+>)((?:[^<]|<(?!/?t[hd]))*+)(</t[hd]>)")
SAME = ("line", "year", "period", "kind", "flow", "cents", *ALLOWED)
"""What tells a posting again that stands in another delivery under another number."""

Read = Callable[[str], bytes]


def emptied(places: Iterable[str], read: Read, opened: Opened) -> dict[str, bytes]:
    """Place → its bytes without what was taken down, for the files of earlier versions that hold any of it."""
    gone = rows_before(opened)
    if gone.is_empty():
        return {}
    versions: dict[str, list[str]] = defaultdict(list)
    for place in sorted(places):
        if found := VERSION.match(place):
            versions[found[1]].append(place)
    changed: dict[str, bytes] = {}
    for files in versions.values():
        changed |= _version(files, read, gone)
    return changed


def _version(places: Iterable[str], read: Read, gone: pl.DataFrame) -> dict[str, bytes]:
    """The files of one version that change: those with postings, the pages that show them, and their packages."""
    places, changed = list(places), dict[str, bytes]()
    ids = set(gone["id"])
    for place in places:
        if place.endswith(".csv") and (rows := _postings(read(place))) is not None:
            ids |= _found(rows, gone)
    for place in places:
        data = read(place)
        if place.endswith(".csv") and (rows := _postings(data)) is not None:
            new = _without(rows, ids).write_csv(line_terminator="\n", quote_style="necessary").encode()
        elif place.endswith("/boekingen.parquet"):
            new = _parquet(data, ids)
        elif place.endswith(".html"):
            new = _page(data.decode(), ids).encode()
        else:
            continue
        changed |= {place: new} if new != data else {}
    packages = [place for place in places if re.search(r"/datapackage-[0-9]+\.json$", place)]
    return changed | {place: _package(place, read(place), changed) for place in packages if changed}


def _postings(data: bytes) -> pl.DataFrame | None:
    """A file with public postings as rows of text; None for another file."""
    if not data.startswith(b"id,") or b",ground," not in data.partition(b"\n")[0]:
        return None
    return pl.read_csv(io.BytesIO(data), infer_schema=False)


def _found(rows: pl.DataFrame, gone: pl.DataFrame) -> set[str]:
    """The ids of rows that say what a row that was taken down said, whatever their delivery and number."""
    names = [name for name in SAME if name in rows.columns]
    same = gone.select(pl.col(name).cast(pl.String) for name in names)
    return set(rows.join(same, on=names, how="semi", nulls_equal=True)["id"])


def _without(rows: pl.DataFrame, ids: set[str]) -> pl.DataFrame:
    """The rows, those with these ids without what they told."""
    here = pl.col("id").is_in(sorted(ids))
    told = [pl.when(here).then(None).otherwise(pl.col(name)).alias(name) for name in ALLOWED if name in rows.columns]
    return rows.with_columns(*told, ground=pl.when(here).then(pl.lit(TAKEN_DOWN)).otherwise("ground"))


def _parquet(data: bytes, ids: set[str]) -> bytes:
    rows = pl.read_parquet(io.BytesIO(data))
    out = io.BytesIO()
    _without(rows, ids).write_parquet(out, compression="zstd", statistics=False)
    return out.getvalue() if rows["id"].is_in(sorted(ids)).any() else data


def _page(page: str, ids: set[str]) -> str:
    """A source page: in each table of postings the rows with these ids say only that they were taken down."""
    language = re.search(r'<html[^>]* lang="([a-z]+)"', page)
    words = Messages(language[1] if language and language[1] in LANGUAGES else DUTCH)(f"source.{TAKEN_DOWN}")
    pieces = POSTINGS.split(page)
    for at in range(1, len(pieces), 2):
        columns = DECISION_COLUMNS if pieces[at] in DECIDED else COLUMNS
        table, end, rest = pieces[at + 1].partition("</table>")
        pieces[at + 1] = ROW.sub(lambda row, columns=columns: _row(row[0], columns, ids, words), table) + end + rest
        pieces[at] = f'id="postings-{pieces[at]}"'
    return "".join(pieces)


def _row(row: str, columns: tuple[str, ...], ids: set[str], words: str) -> str:
    cells = [html.unescape(re.sub(r"<[^<>]+>", "", found[2])) for found in CELL.finditer(row)]
    if len(cells) != len(columns) or not _is(cells, columns, ids):
        return row
    at = iter(columns)

    def cell(found: re.Match[str]) -> str:
        name = next(at)
        told = words if name == "description" else "" if name in ALLOWED else found[2]
        return f"{found[1]}{told}{found[3]}"

    return CELL.sub(cell, row)


def _is(cells: list[str], columns: tuple[str, ...], ids: set[str]) -> bool:
    """Whether a row is one of these postings, or a share of one."""
    name = f"{cells[columns.index('delivery')]}:{cells[columns.index('row')]}"
    return any(one == name or one.startswith(f"{name}/") for one in ids)


def _package(place: str, data: bytes, changed: Mapping[str, bytes]) -> bytes:
    """A package with the length and hash of the files that changed."""
    form = json.loads(data)
    for resource in form["resources"]:
        new = changed.get(posixpath.join(posixpath.dirname(place), str(resource.get("path"))))
        if new is not None:
            resource |= {"bytes": len(new), "hash": f"sha256:{hashlib.sha256(new).hexdigest()}"}
    return (json.dumps(form, indent=1, ensure_ascii=False) + "\n").encode()
