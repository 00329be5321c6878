"""2 million postings in a 200 MB Dutch CSV: cold and warm, against the floor of reading the bytes."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

from large import write
from measure import measure, report, row

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
        "then trace, which keeps the rows": [*ours, "trace", str(dossier), "figure:realised/G01@2019", "--json"],
        "warm floor": [sys.executable, "-c", WARM_FLOOR, str(cache / "*.parquet")],
        "warm check": [*ours, "check", str(dossier)],
        "warm account": [*ours, "account", str(dossier), "--year", "2019"],
        "python -c pass": [sys.executable, "-c", "pass"],
        "--version": [*ours, "--version"],
    }
    found = measure(commands, environment, {"cold check": lambda: shutil.rmtree(cache, ignore_errors=True)})
    both = found["cold check"] + found["then account"]
    warm_floor = found["warm floor"]
    rows = [
        row("floor: Polars reads all columns as text and groups", found["floor"]),
        row("cold check", found["cold check"], found["floor"]),
        row("then account", found["then account"], found["floor"]),
        row("cold check and account", both, found["floor"], "3 times, 1500 MB"),
        row("then trace, which keeps the rows", found["then trace, which keeps the rows"]),
        row("warm floor: import Polars, sum the Parquet", warm_floor),
        row("warm check", found["warm check"], warm_floor, "2 times"),
        row("warm account", found["warm account"], warm_floor),
        row("python -c pass", found["python -c pass"]),
        row("--version", found["--version"], found["python -c pass"], "2 times"),
    ]
    size = export.stat().st_size // 1_000_000
    report("CSV", rows, f"{ROWS} postings, {size} MB, one delivery, five rounds.")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        main(Path(folder))
