"""Ten years of 2 million postings a year, 2 GB of Dutch CSV: how much memory reading them takes, and how long."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

from large import write
from measure import measure, report, row

ROWS, YEARS = 2_000_000, 10


def main(folder: Path) -> None:
    """Make the dossier, measure, and write the report."""
    dossier, cache = folder / "dossier", folder / "cache"
    write(dossier, ROWS, YEARS)
    environment = {**os.environ, "GEBIEDSWERK_CACHE": str(cache)}
    ours = [sys.executable, "-m", "gebiedswerk"]
    commands = {
        "cold check": [*ours, "check", str(dossier)],
        "then account": [*ours, "account", str(dossier), "--year", "2019"],
        "warm check": [*ours, "check", str(dossier)],
    }
    empty = {"cold check": lambda: shutil.rmtree(cache, ignore_errors=True)}
    found = measure(commands, environment, empty, rounds=1)
    size = sum(file.stat().st_size for file in dossier.rglob("f.csv")) // 1_000_000
    rows = [row(name, one) for name, one in found.items()]
    report("Ten years", rows, f"{YEARS} deliveries of {ROWS} postings, {size} MB together, one round.")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        main(Path(folder))
