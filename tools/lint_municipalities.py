"""Find names of Dutch municipalities under src/: the program serves them all and names none.

Whole words, with their capitals. The names stand in `municipalities.txt` beside this file; those that are ordinary
words as well stand there with a `~` in front, and are let through. So is a line that says whose copyright it is.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
KINDS = {".css", ".html", ".po", ".py", ".toml"}


def names(lines: Iterable[str]) -> list[str]:
    """The names that may not stand in the source, without comments and ordinary words."""
    bare = (line.split("#", 1)[0].strip() for line in lines)
    return [name for name in bare if name and not name.startswith("~")]


def found(text: str, forbidden: Iterable[str]) -> Iterator[tuple[int, str]]:
    """The names that stand in a text, with their line."""
    longest_first = sorted(forbidden, key=lambda name: (-len(name), name))
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
    for number, line in enumerate(text.splitlines(), start=1):
        for name in () if "Copyright (c)" in line else pattern.findall(line):
            yield number, name


def main(source: Path = HERE.parent / "src") -> int:
    """Say where a municipality is named; 1 if one is."""
    forbidden = names((HERE / "municipalities.txt").read_text("utf-8").splitlines())
    named = 0
    for path in sorted(path for path in source.rglob("*") if path.suffix in KINDS):
        for line, name in found(path.read_text("utf-8"), forbidden):
            print(f"{path.relative_to(source.parent)}:{line}: names the municipality {name}")
            named += 1
    return 1 if named else 0


if __name__ == "__main__":
    sys.exit(main())
