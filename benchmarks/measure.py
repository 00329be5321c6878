"""Time whole processes fairly: each command of a round in turn, several rounds, the median and the highest memory."""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parent.parent
REPORT = ROOT / "docs" / "benchmarks.md"


@dataclass(frozen=True, slots=True)
class Measured:
    """The median of the seconds, and the highest peak of resident memory in megabytes."""

    seconds: float
    peak_mb: int


def once(command: Sequence[str], environment: Mapping[str, str]) -> tuple[float, int]:
    """Run a command to its end: seconds of the clock, peak in megabytes. Raises where it fails."""
    started = time.perf_counter()
    with Path(os.devnull).open("w") as nothing:
        process = subprocess.Popen(command, stdout=nothing, stderr=nothing, env=dict(environment))  # noqa: S603 # our own
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return time.perf_counter() - started, usage.ru_maxrss // 1024


def measure(
    commands: Mapping[str, Sequence[str]],
    environment: Mapping[str, str],
    before: Mapping[str, Callable[[], None]] | None = None,
    rounds: int = 3,
) -> dict[str, Measured]:
    """Run every command once a round; `before` prepares one of them each time (empties a cache, say)."""
    found: dict[str, list[tuple[float, int]]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            (before or {}).get(name, lambda: None)()
            found[name].append(once(command, environment))
    return {
        name: Measured(statistics.median(seconds for seconds, _ in runs), max(peak for _, peak in runs))
        for name, runs in found.items()
    }


def machine() -> str:
    """What was measured on."""
    packages = ", ".join(f"{name} {version(name)}" for name in ("polars", "jinja2", "networkx"))
    return f"{os.cpu_count()} cores, {platform.platform()}, Python {platform.python_version()}, {packages}"


def report(title: str, rows: Sequence[Sequence[str]], note: str) -> None:
    """Write one part of `docs/benchmarks.md`: a table under its title, in place of the former one."""
    head = "# Benchmarks\n\nWritten by `make bench`. Ratios are within one run; seconds are medians.\n"
    text = REPORT.read_text("utf-8") if REPORT.exists() else head
    parts = [part for part in text.split("\n## ") if not part.startswith(f"{title}\n")]
    lines = ["| what | seconds | peak MB | ratio to the floor | asked |", "|---|---:|---:|---:|---|"]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    parts.append(f"{title}\n\n{note}\n\n" + "\n".join(lines) + f"\n\n{machine()}\n")
    REPORT.write_text("\n## ".join(part.rstrip("\n") + "\n" for part in parts), "utf-8")
