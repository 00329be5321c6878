"""What was hidden stays hidden: what is to be published is held against all that was published at the same place.

Beside the site, not in it, `partings.parquet` remembers of every file which rows were shown and which were in which
group, in every publication so far: numbers of rows, no amount and no name.
"""

from __future__ import annotations

import io
from pathlib import Path

import polars as pl

from gebiedswerk.assembly.opened import Opened
from gebiedswerk.core.faults import Checked, Fault, capped, fault
from gebiedswerk.dossier import Dossier
from gebiedswerk.ledger import Ledger
from gebiedswerk.ledger.differences import piece_faults
from gebiedswerk.ledger.gate import DECISIONS_OF_A_BODY
from gebiedswerk.ledger.partings import PARTING, files_of, lost, partings, pieces, uncovered

PARTINGS = "partings.parquet"


def hidden_before(opened: Opened, live: Path) -> Checked[bytes]:
    """What to remember beside a site, and what it would give back of what was hidden (Z131 to Z134).

    `live`: the folder of the former publication, which need not be there.
    """
    dossier = opened.dossier
    if dossier is None:
        raise AssertionError(live)  # pages were made of it
    now = partings(ledgers_of(opened), dossier)
    try:
        then = _remembered(live)
    except (OSError, pl.exceptions.PolarsError):
        return Checked(b"", (fault("Z134", PARTINGS),))
    faults = held_against(now, then, dossier)
    whole = pl.concat([then, now.join(then, on="parting", how="anti", maintain_order="left")])
    return Checked(_bytes(whole), tuple(faults))


def ledgers_of(opened: Opened) -> list[Ledger]:
    """Every ledger on which the site shows something."""
    shown = [found for found in (opened.newest, *(view.figures for view in opened.views)) if found is not None]
    ledgers = [ledger for one in shown for ledger in (one.ledger, *one.adopted_ledgers.values())]
    return list({id(ledger): ledger for ledger in ledgers}.values())


def held_against(now: pl.DataFrame, then: pl.DataFrame, dossier: Dossier) -> list[Fault]:
    """What could be had back of what was hidden `then` by who has both."""
    files, smallest = files_of(dossier), dossier.settings.privacy.smallest_group
    gone = [
        fault("Z132", f"deliveries/{one.other}/delivery.toml", value=one.delivery, year=one.year, sha256=one.sha256)
        for one in lost(now, then, files)
    ]
    found = piece_faults("Z131", pieces(now, then, files, smallest), dossier)
    return [*capped(gone), *found, *piece_faults("Z133", uncovered(now, then, files), dossier)]


def _remembered(live: Path) -> pl.DataFrame:
    """What was published so far. Raises FileNotFoundError where a site that hides something left no such memory."""
    if (live / PARTINGS).is_file():
        return pl.read_parquet(live / PARTINGS).select(pl.col(name).cast(kind) for name, kind in PARTING.items())
    if any(_hides(path) for path in (live / "site").rglob("boekingen.csv")):
        raise FileNotFoundError(live / PARTINGS)
    return pl.DataFrame(schema=PARTING)


def _hides(path: Path) -> bool:
    """Whether a public ledger has groups."""
    rows = pl.read_csv(path, infer_schema=False)
    booked = ~pl.col("kind").is_in(DECISIONS_OF_A_BODY) & pl.col("ground").is_not_null() & pl.col("row").is_null()
    return not rows.filter(booked).is_empty()


def _bytes(found: pl.DataFrame) -> bytes:
    out = io.BytesIO()
    found.write_parquet(out, compression="zstd", statistics=False)
    return out.getvalue()
