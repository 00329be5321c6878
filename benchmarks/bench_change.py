"""One changed posting in a site of some 5,000 pages: what an incremental build takes, and where it goes.

`python benchmarks/bench_change.py 250 1` measures a town of so many areas in so many rounds.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from large import write_areas
from measure import Measured, measure, report, row

AREAS, ROUNDS = 1_250, 3
IMPORTS = "import polars, jinja2, markdown_it, gebiedswerk.assembly.made, gebiedswerk.pages, gebiedswerk.site"
TEMPLATE = Path(__file__).parent.parent / "tests" / "site" / "rows.html"
BARE = """
import gc, json, resource, sys, time
from pathlib import Path
from markupsafe import Markup
from gebiedswerk.assembly.made import make
from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.cli.main import SELDOM
from gebiedswerk.site.render import Renderer
class Bare(Renderer):
    def __init__(self):
        super().__init__()
        rows = self._templates.from_string(Path(sys.argv[2]).read_text("utf-8"))
        self._templates.globals["rows"] = lambda table: Markup(rows.render(table=table))
gc.set_threshold(SELDOM)
clock, cpu = time.perf_counter, time.process_time
started = clock(), cpu()
made = make(open_dossier(Path(sys.argv[1])))
models, renderer = (clock(), cpu()), Bare()
for page in made.pages:
    renderer.render(page)
rendered, peak = (clock(), cpu()), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(json.dumps({
    "pages": len(made.pages),
    "models": [models[0] - started[0], models[1] - started[1], peak],
    "bare": [rendered[0] - models[0], rendered[1] - models[1], peak],
}))
"""


def main(folder: Path, areas: int, rounds: int) -> None:
    """Make the town, build it, change a posting each round, and write the report."""
    dossier, out = folder / "dossier", folder / "out"
    write_areas(dossier, areas, areas * 12)
    with (dossier / "dossier.toml").open("a") as settings:
        settings.write("[site]\nsearch = true\n")
    environment = {**os.environ, "GEBIEDSWERK_CACHE": str(folder / "cache")}
    build = [sys.executable, "-m", "gebiedswerk", "build", str(dossier), "--jobs", "1", "--out"]
    commands = {
        "floor": [sys.executable, "-c", IMPORTS],
        "full": [*build, str(folder / "full")],
        "same": [*build, str(out)],
        "change": [*build, str(out)],
    }
    for _ in range(2):  # the second makes room for what the third and later ones bring up to date
        subprocess.run([*build, str(out)], env=environment, check=True, capture_output=True)  # noqa: S603 # our own
        change(dossier)
    before = {"full": lambda: shutil.rmtree(folder / "full", True), "change": lambda: change(dossier)}
    found = measure(commands, environment, before, rounds)
    pages, models, bare = rendered(dossier, environment)
    allowed = found["floor"] + quarter(bare)
    rows = [
        row("start-up and imports", found["floor"]),
        row("models of all pages and files, within a build", models, allowed),
        row("all pages by bare Jinja2, of models that are there", bare),
        row("start-up, imports and a quarter of that", allowed),
        row("full build, 1 process", found["full"], allowed),
        row("nothing changed, 1 process", found["same"], allowed),
        row("one posting changed, search index on, 1 process", found["change"], allowed, "1 time"),
    ]
    size = f"{areas} areas with a line and {areas * 12} postings, {pages} pages, {rounds} rounds"
    report(f"One posting changed among {areas} areas", rows, f"{size}; ratios to what is allowed.")


def change(dossier: Path) -> None:
    """Add a cent to the first posting."""
    path = dossier / "deliveries/d2019/f.csv"
    lines = path.read_bytes().decode("windows-1252").split("\n")
    cells = lines[1].split(";")
    side = 9 if cells[9] else 10
    cents = int(cells[side].replace(".", "").replace(",", "")) + 1
    cells[side] = f"{cents // 100},{cents % 100:02d}"
    path.write_bytes("\n".join([lines[0], ";".join(cells), *lines[2:]]).encode("windows-1252"))


def rendered(dossier: Path, environment: Mapping[str, str]) -> tuple[int, Measured, Measured]:
    """How many pages there are, and what their models and the rendering of those take, in one process."""
    command = [sys.executable, "-c", BARE, str(dossier), str(TEMPLATE)]
    found = subprocess.run(command, env=dict(environment), check=True, capture_output=True)  # noqa: S603 # our own
    said = json.loads(found.stdout)
    return said["pages"], Measured(*said["models"]), Measured(*said["bare"])


def quarter(one: Measured) -> Measured:
    """A quarter of the time."""
    return Measured(one.seconds / 4, one.cpu_seconds / 4, one.peak_mb)


if __name__ == "__main__":
    areas, rounds = (int(sys.argv[1]), int(sys.argv[2])) if len(sys.argv) == 3 else (AREAS, ROUNDS)
    with tempfile.TemporaryDirectory() as folder:
        main(Path(folder), areas, rounds)
