"""5,000 and 20,000 pages of areas with a table of 30 rows: our writer against Hugo, Pelican and Eleventy.

`python benchmarks/bench_site.py 5000 1` measures one size in so many rounds.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from generators import GENERATORS
from measure import Measured, measure, report, row
from pages import write_values

SIZES = {5_000: 3, 20_000: 1}
MODELS, ONE, TWO = (
    "our models alone: Markdown of the prose, tables",
    "our models and writer, 1 process",
    "our models and writer, 2 processes",
)
SAME = "our models, and the writer finding that nothing changed, 2 processes"


def main(folder: Path, count: int, rounds: int) -> None:
    """Set everybody up on the same content, measure, and write the report."""
    write_values(folder / "values", count)
    ours = [sys.executable, str(Path(__file__).with_name("pages.py")), str(folder / "values")]
    commands: dict[str, Sequence[str]] = {
        MODELS: [*ours, "-", "0"],
        ONE: [*ours, str(folder / "one"), "1"],
        TWO: [*ours, str(folder / "two"), "2"],
        SAME: [*ours, str(folder / "two"), "2"],
    }
    absent: dict[str, str] = {}
    for name, set_up in GENERATORS.items():
        command = set_up(folder / name, count)
        if isinstance(command, str):
            absent[name] = command
        else:
            commands[name] = command
    outs = {ONE: folder / "one", TWO: folder / "two"}
    outs |= {name: folder / name / "out" for name in GENERATORS if name not in absent}
    found = measure(commands, os.environ, {name: partial(empty, out) for name, out in outs.items()}, rounds)
    for name, out in outs.items():
        made = sum(1 for _ in (out / "site" if name in (ONE, TWO) else out).rglob("index.html"))
        if made != count:
            raise SystemExit(f"{name} made {made} pages, not {count}")
    floor = found.get("Hugo")
    rows = [row(named(name, one, count), one, floor, asked(name)) for name, one in found.items()]
    rows += [(f"{name}: {why}", *[""] * 6) for name, why in absent.items()]
    report(f"Site of {count} pages", rows, NOTE.format(count=count, rounds=rounds))


NOTE = """\
{count} pages with four paragraphs and a table of 30 rows and 120 amounts, each a link; the same text for all, on the
disk before the clock starts. The others read a Markdown file per page, table and all, and put it into a page that is
barer than ours. Ours reads the same paragraphs as Markdown, a file per page, and titles and tables as values from CSV:
that is what a build has. It makes models of them and the keys of those, and waits until all is on the disk, which the
others do not. Hugo uses all cores. Ratios are to Hugo, in {rounds} rounds; memory is that of the largest process."""


def empty(out: Path) -> None:
    """Build from nothing."""
    shutil.rmtree(out, ignore_errors=True)


def named(name: str, one: Measured, count: int) -> str:
    """What was measured, with its pages per second."""
    return f"{name}: {count / one.seconds:.0f} pages a second, {count / one.cpu_seconds:.0f} a CPU second"


def asked(name: str) -> str:
    """What the issue asks of us."""
    return "1 time" if name in (ONE, TWO) else ""


if __name__ == "__main__":
    chosen = {int(sys.argv[1]): int(sys.argv[2])} if len(sys.argv) == 3 else SIZES
    for count, rounds in chosen.items():
        with tempfile.TemporaryDirectory() as folder:
            main(Path(folder), count, rounds)
