"""One budget cell in a dossier that is held in memory: its faults, what moved and the pages, against a cold check.

`python benchmarks/bench_held.py 100 15000` measures a town of so many areas and postings beside Groningen.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from measure import ROOT, Measured, measure, report, row

AREAS, POSTINGS, CHANGES = 1_250, 2_000_000, 5
MADE = """
import sys
from pathlib import Path
from large import write_areas
write_areas(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
"""
HELD = """
import gc, json, re, resource, sys, time
from pathlib import Path
from gebiedswerk.assembly.held_dossier import HeldDossier
from gebiedswerk.cli.main import SELDOM
from gebiedswerk.importing import difference
gc.set_threshold(SELDOM)
clock, cpu = time.perf_counter, time.process_time
folder, changes, held = Path(sys.argv[1]), int(sys.argv[2]), HeldDossier(Path(sys.argv[1]))
started = clock(), cpu()
held.opened()
before = held.sight()
difference(before, before)
found = [[clock() - started[0], cpu() - started[1], 0, 0]]
gc.collect()
gc.freeze()
for number in range(changes):
    table = folder / "budgets.csv"
    lines = table.read_text("utf-8").split("\\n")
    more = lambda cell: f",{int(cell[1]) + 1000}.{cell[2]},"
    lines[1] = re.sub(r",([0-9]+)\\.([0-9]{2}),", more, lines[1], count=1)
    table.write_text("\\n".join(lines), "utf-8")
    started = clock(), cpu()
    held.opened()
    after = held.sight()
    moved = difference(before, after)
    found.append([clock() - started[0], cpu() - started[1], moved.figures, len(moved.pages) + moved.sources])
    before = after
print(json.dumps({"runs": found, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}))
"""


def main(folder: Path, areas: int, postings: int) -> None:
    """Measure both dossiers, and write the report."""
    groningen, large = folder / "groningen", folder / "large"
    shutil.copytree(ROOT / "examples" / "groningen", groningen)
    made = [sys.executable, "-c", MADE, str(large), str(areas), str(postings)]
    # elsewhere: what this process once held counts for those that it starts
    subprocess.run(made, cwd=Path(__file__).parent, check=True)  # noqa: S603 # our own
    rows: list[tuple[str, ...]] = []
    for name, dossier, asked in (
        ("Groningen", groningen, "0.2 s, ratio 0.1"),
        (f"{areas} areas, {postings} postings", large, "1 s"),
    ):
        environment = {**os.environ, "GEBIEDSWERK_CACHE": str(folder / "cache")}
        check = [sys.executable, "-m", "gebiedswerk", "check", str(dossier)]
        empty = {"cold": lambda: shutil.rmtree(folder / "cache", ignore_errors=True)}
        cold = measure({"cold": check}, environment, empty, rounds=3)["cold"]
        first, changed, told = held(dossier, environment)
        rows += [
            row(f"{name}: cold check, a process", cold),
            row(f"{name}: opened and all its pages made, to hold them", first, cold),
            row(f"{name}: one budget cell: {told}", changed, cold, asked),
        ]
    note = (
        f"Medians of {CHANGES} changes in one process, the first left out; ratios to the cold check; peak of the whole."
    )
    report("One budget cell in a dossier that is held in memory", rows, note)


def held(dossier: Path, environment: dict[str, str]) -> tuple[Measured, Measured, str]:
    """What the first look takes, and one after a change; and what that tells."""
    command = [sys.executable, "-c", HELD, str(dossier), str(CHANGES + 1)]
    found = subprocess.run(command, env=environment, check=True, capture_output=True)  # noqa: S603 # our own
    said = json.loads(found.stdout)
    first, _, *runs = said["runs"]
    seconds, cpu = (statistics.median(run[at] for run in runs) for at in (0, 1))
    told = f"{runs[0][2]} figures and {runs[0][3]} pages move"
    return Measured(first[0], first[1], said["peak"]), Measured(seconds, cpu, said["peak"]), told


if __name__ == "__main__":
    areas, postings = (int(sys.argv[1]), int(sys.argv[2])) if len(sys.argv) == 3 else (AREAS, POSTINGS)
    with tempfile.TemporaryDirectory() as folder:
        main(Path(folder), areas, postings)
