"""Import one file in a fresh process and print what it took: `python -m tests.fuzz.weigh csv FILE` → bytes, code.

The memory is the highest of the process beyond what it took to import a file of a few lines of that kind.
"""

from __future__ import annotations

import re
import resource
import sys
from pathlib import Path

from gebiedswerk.formats.registry import read_file
from tests.fuzz import profiles, promises
from tests.fuzz.seeds import SEEDS

WAYS = {"csv": profiles.CSV, "xlsx": profiles.XLSX, "xaf": profiles.XAF}


def peak() -> int:
    """The most memory that this process had so far, in bytes.

    `ru_maxrss` is no less than what the process had that started this one, so the kernel's own count goes first.
    """
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.findall(r"VmHWM:\s+([0-9]+) kB", status.read_text("ascii"))[0]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def main(kind: str, path: Path) -> None:
    """Weigh one import."""
    warm = promises.put(f"warm.{kind}", SEEDS[kind]()[0][1:])
    read_file(profiles.delivery(warm, WAYS[kind][0]))
    before = peak()
    read, faults = read_file(profiles.delivery(path, WAYS[kind][0]))
    codes = ",".join(dict.fromkeys(found.code for found in faults)) or "-"
    sys.stdout.write(f"{peak() - before} {read.lines} {codes}\n")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
