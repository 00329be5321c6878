"""The cache of read files: their sums as JSON, and their postings as Parquet, written and opened once rows are asked.

`check` and `account` ask for sums alone; `trace`, `build` and `serve` for rows, and so does `check` where it looks for
persons: then they are kept as soon as the file is read, so that it is read once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from gebiedswerk.core.faults import Checked, Fault, errors, fault
from gebiedswerk.dossier import Delivery, cache
from gebiedswerk.formats.postings import GROUP, GROUPED, delivered
from gebiedswerk.ledger.gate import publishes
from gebiedswerk.ledger.queries import grouped

if TYPE_CHECKING:
    from gebiedswerk.formats.registry import ReadFile

PLACE = ("code", "file", "row", "column", "value")
WORTH_KEEPING = 20_000
"""Lines from which reading the cache is faster than reading the file."""

Read = Callable[[Delivery], "Checked[ReadFile]"]


@dataclass(frozen=True)
class Held:
    """A read file: its sums, its postings per set of codes (`GROUPED`), its rows, read when they are asked for, and the
    names that stand beside them.
    """

    lines: int
    debit_cents: int
    credit_cents: int
    groups: pl.DataFrame
    rows: Callable[[], pl.LazyFrame]
    names: tuple[str, ...] = ()

    @cached_property
    def postings(self) -> pl.LazyFrame:
        """One row per row of the file (`DELIVERED`, of a budget also what a decision adds)."""
        return self.rows()

    @cached_property
    def decisions(self) -> dict[int, frozenset[int | str]]:
        """Of a delivered budget: fiscal year → the numbers of its decisions."""
        found = self.postings.select("year", "decision").unique().collect()
        return {year: frozenset(of["decision"]) for (year,), of in found.partition_by("year", as_dict=True).items()}


def read_through(delivery: Delivery, read: Read) -> Checked[Held]:
    """Read a delivery from the cache, else from its file; a large file without errors is kept for the next time."""
    key = key_of(delivery)
    held = _load(key, delivery, read)
    return held if held is not None else _read(key, delivery, read)


def _read(key: str, delivery: Delivery, read: Read) -> Checked[Held]:
    found, faults = read(delivery)
    return Checked(_kept(key, delivery, found, faults, read), tuple(faults))


def hold(delivery: Delivery, found: ReadFile, faults: Sequence[Fault], read: Read) -> Held:
    """A delivery that was read already, kept for the next time as any other."""
    return _kept(key_of(delivery), delivery, found, faults, read)


def _kept(key: str, delivery: Delivery, found: ReadFile, faults: Sequence[Fault], read: Read) -> Held:
    summed = grouped(found.held.lazy(), [name for name in GROUP if name not in found.same])
    filled = summed.with_columns(pl.lit(text).alias(name) for name, text in found.same.items())
    groups = filled.select(pl.col(name).cast(kind) for name, kind in GROUPED.items()).collect()
    sums = (found.lines, found.debit_cents, found.credit_cents, groups)
    if found.lines >= WORTH_KEEPING and not errors(faults) and _keep_sums(key, found, faults, groups):
        if is_scanned(delivery):
            _keep_rows(key, found)
        return Held(*sums, lambda: _rows(key, delivery, read), found.names)
    return Held(*sums, lambda: delivered(found.held.lazy(), found.same), found.names)


def is_scanned(delivery: Delivery) -> bool:
    """Whether `check` looks at the rows of a delivery: for who was paid, or for persons in what is published of it."""
    return "creditor" in delivery.profile.columns or publishes(delivery)


def key_of(delivery: Delivery) -> str:
    """All that decides what is read from a file."""
    return cache.key(delivery.sha256, delivery.id, delivery.file, delivery.settings, delivery.profile)


def _place(key: str) -> Path:
    return cache.folder() / f"{key}.parquet"


def _load(key: str, delivery: Delivery, read: Read) -> Checked[Held] | None:
    """What was kept; None where nothing was."""
    meta = cache.load(f"{key}.json")
    if meta is None:
        return None
    groups = pl.DataFrame(meta["groups"], schema=GROUPED)
    faults = [fault(*(one[name] for name in PLACE), **dict(one["facts"])) for one in meta["faults"]]
    sums = (meta["lines"], meta["debit_cents"], meta["credit_cents"])
    held = Held(*sums, groups, lambda: _rows(key, delivery, read), tuple(meta["names"]))
    return Checked(held, tuple(faults))


def _keep_sums(key: str, found: ReadFile, faults: Sequence[Fault], groups: pl.DataFrame) -> bool:
    meta: dict[str, Any] = {
        "lines": found.lines,
        "debit_cents": found.debit_cents,
        "credit_cents": found.credit_cents,
        "faults": [asdict(one) for one in faults],
        "groups": groups.to_dict(as_series=False),
        "names": found.names,
    }
    return cache.keep(f"{key}.json", meta)


def _rows(key: str, delivery: Delivery, read: Read) -> pl.LazyFrame:
    """The rows that were kept, where they are still what was written; else the delivery is read, and they are kept."""
    known = cache.load(f"{key}.rows")
    with suppress(OSError):
        if known is not None and _digest(_place(key)) == known["sha256"]:
            return _opened(key, known)
    found = read(delivery)[0]
    known = _keep_rows(key, found)
    return delivered(found.held.lazy(), found.same) if known is None else _opened(key, known)


def _opened(key: str, known: Mapping[str, Any]) -> pl.LazyFrame:
    return delivered(pl.scan_parquet(_place(key), glob=False), known["same"])


def _keep_rows(key: str, found: ReadFile) -> dict[str, Any] | None:
    """Keep the rows, then what says that they are whole; None where they could not be kept."""
    place = _place(key)
    beside = cache.beside_of(place)
    try:
        cache.make_folder()
        found.held.write_parquet(beside, compression="lz4", statistics=False)
        beside.chmod(0o600)
        known = {"sha256": _digest(beside), "same": dict(found.same)}
        beside.replace(place)
    except (OSError, pl.exceptions.PolarsError):
        with suppress(OSError):
            beside.unlink()
        return None
    return known if cache.keep(f"{key}.rows", known) else None


def _digest(place: Path) -> str:
    with place.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
