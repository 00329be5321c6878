"""5,000 and 20,000 pages of areas with a table of 30 rows: our writer against Hugo, Pelican and Eleventy.

`python benchmarks/bench_site.py 5000 1` measures one size in so many rounds.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from generators import GENERATORS
from measure import Measured, measure, report, row

SIZES = {5_000: 3, 20_000: 1}
MODELS, ONE, TWO = (
    "our models alone: Markdown of the prose, tables",
    "our models and writer, 1 process",
    "our models and writer, 2 processes",
)


def main(folder: Path, count: int, rounds: int) -> None:
    """Set everybody up on the same content, measure, and write the report."""
    ours = [sys.executable, str(Path(__file__).with_name("pages.py"))]
    commands: dict[str, Sequence[str]] = {
        MODELS: [*ours, "-", str(count), "0"],
        ONE: [*ours, str(folder / "one"), str(count), "1"],
        TWO: [*ours, str(folder / "two"), str(count), "2"],
    }
    absent: dict[str, str] = {}
    for name, set_up in GENERATORS.items():
        command = set_up(folder / name, count)
        if isinstance(command, str):
            absent[name] = command
        else:
            commands[name] = command
    anew = {ONE: lambda: empty(folder / "one"), TWO: lambda: empty(folder / "two")}
    found = measure(commands, os.environ, anew, rounds)
    for name in GENERATORS.keys() - absent.keys():
        made = sum(1 for _ in (folder / name / "out").rglob("index.html"))
        if made != count:
            raise SystemExit(f"{name} made {made} pages, not {count}")
    floor = found.get("Hugo")
    rows = [row(named(name, one, count), one, floor, asked(name)) for name, one in found.items()]
    rows += [(f"{name}: {why}", *[""] * 6) for name, why in absent.items()]
    report(f"Site of {count} pages", rows, NOTE.format(count=count, rounds=rounds))


NOTE = """\
{count} pages with four paragraphs and a table of 30 rows and 120 amounts, each a link; the same text for all. Ours is a
whole process that also makes up the text, makes the models and hashes them; the others read Markdown that is there
already, and put it into a page that is barer than ours. Ratios are to Hugo, in {rounds} rounds; memory is that of the
largest process."""


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
