"""2 million postings in a 200 MB Dutch CSV: cold and warm, against the floor of reading the bytes."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

from large import write
from measure import measure, report

ROWS = 2_000_000
FLOOR = """
import sys, polars as pl
found = pl.read_csv(sys.argv[1], separator=";", infer_schema=False)
print(found.group_by("Kostenplaats").agg(pl.len()).height)
"""
WARM_FLOOR = """
import sys, polars as pl
print(pl.scan_parquet(sys.argv[1]).select(pl.col("cents").sum()).collect().item())
"""


def main(folder: Path) -> None:
    """Make the dossier, measure, and write the report."""
    dossier, cache = folder / "dossier", folder / "cache"
    write(dossier, ROWS)
    export = dossier / "deliveries/d2019/f.csv"
    environment = {**os.environ, "GEBIEDSWERK_CACHE": str(cache)}
    ours = [sys.executable, "-m", "gebiedswerk"]
    commands = {
        "floor": [sys.executable, "-c", FLOOR, str(export)],
        "cold check": [*ours, "check", str(dossier)],
        "then account": [*ours, "account", str(dossier), "--year", "2019"],
        "warm floor": [sys.executable, "-c", WARM_FLOOR, str(cache / "*.parquet")],
        "warm check": [*ours, "check", str(dossier)],
        "python -c pass": [sys.executable, "-c", "pass"],
        "--version": [*ours, "--version"],
    }
    found = measure(commands, environment, {"cold check": lambda: shutil.rmtree(cache, ignore_errors=True)})
    cold = found["cold check"].seconds + found["then account"].seconds
    ratios = {
        "cold check": cold / found["floor"].seconds,
        "warm check": found["warm check"].seconds / found["warm floor"].seconds,
        "--version": found["--version"].seconds / found["python -c pass"].seconds,
    }
    asked = {
        "cold check": "check + account: 3 times, 1500 MB",
        "warm check": "2 times the warm floor",
        "--version": "2 times python -c pass",
    }
    rows = [
        (
            name,
            f"{one.seconds:.2f}",
            str(one.peak_mb),
            f"{ratios[name]:.1f}" if name in ratios else "",
            asked.get(name, ""),
        )
        for name, one in found.items()
    ]
    size = export.stat().st_size // 1_000_000
    report("CSV", rows, f"{ROWS} postings, {size} MB, one delivery, three rounds.")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        main(Path(folder))
