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
    """The medians of the seconds on the clock and of those the processors spent, and the highest peak in megabytes."""

    seconds: float
    cpu_seconds: float
    peak_mb: int

    def __add__(self, other: Measured) -> Measured:
        """One after the other."""
        seconds, cpu_seconds = self.seconds + other.seconds, self.cpu_seconds + other.cpu_seconds
        return Measured(seconds, cpu_seconds, max(self.peak_mb, other.peak_mb))


def once(command: Sequence[str], environment: Mapping[str, str]) -> Measured:
    """Run a command to its end. Raises where it fails."""
    started = time.perf_counter()
    with Path(os.devnull).open("w") as nothing:
        process = subprocess.Popen(command, stdout=nothing, stderr=nothing, env=dict(environment))  # noqa: S603 # our own
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    seconds = time.perf_counter() - started
    return Measured(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024)


def measure(
    commands: Mapping[str, Sequence[str]],
    environment: Mapping[str, str],
    before: Mapping[str, Callable[[], None]] | None = None,
    rounds: int = 5,
) -> dict[str, Measured]:
    """Run every command once a round; `before` prepares one of them each time (empties a cache, say).

    Python keeps what it compiled, as it does where a program is installed, whatever the machine asks for.
    """
    environment = {name: value for name, value in environment.items() if name != "PYTHONDONTWRITEBYTECODE"}
    found: dict[str, list[Measured]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            (before or {}).get(name, lambda: None)()
            found[name].append(once(command, environment))
    return {name: _median(runs) for name, runs in found.items()}


def _median(runs: Sequence[Measured]) -> Measured:
    seconds, cpu_seconds = ([getattr(run, name) for run in runs] for name in ("seconds", "cpu_seconds"))
    return Measured(statistics.median(seconds), statistics.median(cpu_seconds), max(run.peak_mb for run in runs))


def row(name: str, one: Measured, floor: Measured | None = None, asked: str = "") -> tuple[str, ...]:
    """One row of a report; the ratios are to the floor, where there is one."""
    ratios = ("", "")
    if floor is not None:
        by_clock, by_cpu = one.seconds / floor.seconds, one.cpu_seconds / floor.cpu_seconds
        ratios = (f"{by_clock:.2f}", f"{by_cpu:.2f}")
    return name, f"{one.seconds:.2f}", f"{one.cpu_seconds:.2f}", str(one.peak_mb), *ratios, asked


def machine() -> str:
    """What was measured on, and how busy it was: more at work than there are cores makes the clock say little."""
    packages = ", ".join(f"{name} {version(name)}" for name in ("polars", "jinja2", "networkx"))
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    about = f"{os.cpu_count()} cores, {platform.platform()}, Python {platform.python_version()}, {packages}"
    return f"{about}. Load at the end (1, 5 and 15 minutes): {load}."


HEAD = """\
# Benchmarks

Written by `make bench`. Each table is one run: its commands take turns, each a whole process, and the numbers are
medians of as many rounds as it says. Ratios are to the floor of that run: by the clock, and by the seconds that the
processors spent, which say more where the machine had other work to do.
"""


def report(title: str, rows: Sequence[Sequence[str]], note: str) -> None:
    """Write one part of `docs/benchmarks.md`: a table under its title, in place of the former one."""
    text = REPORT.read_text("utf-8") if REPORT.exists() else ""
    parts = [part for part in text.split("\n## ")[1:] if not part.startswith(f"{title}\n")]
    lines = ["| what | seconds | CPU seconds | peak MB | ratio by clock | by CPU | asked |"]
    lines += ["|---|---:|---:|---:|---:|---:|---|"]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    parts.append(f"{title}\n\n{note}\n\n" + "\n".join(lines) + f"\n\n{machine()}\n")
    REPORT.write_text("\n## ".join(part.rstrip("\n") + "\n" for part in (HEAD, *sorted(parts))), "utf-8")
