"""The cache of read files: Parquet outside the dossier, named for what decides its content. Delete it at any time."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import polars as pl

from gebiedswerk import __version__
from gebiedswerk.core.faults import Fault, errors
from gebiedswerk.dossier import Delivery
from gebiedswerk.ledger.importers import ReadFile
from gebiedswerk.ledger.postings import DELIVERED

VERSION = 2
"""Raise it when an importer reads the same file differently, or the shape of a posting changes."""
WORTH_KEEPING = 20_000
"""Lines from which reading the cache is faster than reading the file."""

Read = Callable[[Delivery], tuple[ReadFile, list[Fault]]]


@dataclass(frozen=True, slots=True)
class Held:
    """A read file whose postings are read when they are asked for, and only the columns that are."""

    postings: pl.LazyFrame
    lines: int
    debit_cents: int
    credit_cents: int


def folder() -> Path:
    """Where the cache stands: `GEBIEDSWERK_CACHE`, else the user's own folder for caches."""
    named = os.environ.get("GEBIEDSWERK_CACHE")
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(named) if named else Path(base) / "gebiedswerk"


def read_through(delivery: Delivery, read: Read) -> tuple[Held, list[Fault]]:
    """Read a delivery from the cache, else from its file; a large file without errors is kept for the next time."""
    place = folder() / f"{_key(delivery)}.parquet"
    kept = _load(place)
    if kept is not None:
        return kept
    found, faults = read(delivery)
    if found.lines >= WORTH_KEEPING and not errors(faults) and _keep(place, found, faults):
        return Held(pl.scan_parquet(place), found.lines, found.debit_cents, found.credit_cents), faults
    return Held(found.postings.lazy(), found.lines, found.debit_cents, found.credit_cents), faults


def _key(delivery: Delivery) -> str:
    decides = (VERSION, __version__, pl.__version__, sorted(DELIVERED), delivery.sha256, delivery.id, delivery.file)
    return hashlib.sha256(repr((decides, delivery.settings, delivery.profile)).encode()).hexdigest()


def _load(place: Path) -> tuple[Held, list[Fault]] | None:
    """What was kept; None where nothing was, or where it cannot be read."""
    if not place.is_file():
        return None
    try:
        meta = json.loads(pl.read_parquet_metadata(place)["gebiedswerk"])
        postings = pl.scan_parquet(place)
        rows = postings.select(pl.len()).collect().item()
        found = Held(postings, meta["lines"], meta["debit_cents"], meta["credit_cents"])
        faults = [Fault(**{**kept, "facts": tuple(map(tuple, kept["facts"]))}) for kept in meta["faults"]]
    except (OSError, ValueError, KeyError, TypeError, pl.exceptions.PolarsError):
        return None
    return (found, faults) if rows == found.lines else None


def _keep(place: Path, found: ReadFile, faults: list[Fault]) -> bool:
    """Write beside and rename, so that no half file is ever read; a full or closed disk is no fault of the dossier."""
    meta = {"lines": found.lines, "debit_cents": found.debit_cents, "credit_cents": found.credit_cents}
    text = json.dumps(meta | {"faults": [asdict(one) for one in faults]})
    beside = place.with_name(f"{place.name}.{os.getpid()}.new")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        found.postings.write_parquet(beside, compression="lz4", metadata={"gebiedswerk": text})
        beside.replace(place)
    except OSError:
        with suppress(OSError):
            beside.unlink()
        return False
    return True
