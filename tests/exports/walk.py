"""Take in many exports and say per kind of variation what became of them: `python -m tests.exports.walk`."""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.exports.controller import ASKED, READ, REFUSED, WRONG, Outcome, room, taken_in
from tests.exports.files import export
from tests.exports.layout import Known

OUTCOMES = (READ, ASKED, REFUSED, WRONG)
Walked = tuple[Known, Outcome]
SHARE = 250
"""Files that one process takes in before it tells what became of them."""


def walk(numbers: Iterable[int], folder: Path, seed: int = 0) -> Iterator[Walked]:
    """Each file of these numbers, and what became of it."""
    found = room(folder)
    for number in numbers:
        data, suffix, known = export(number, seed)
        try:
            yield known, taken_in(found, data, suffix, known)
        except Exception:  # whatever dies over a file is wrong, and the walk goes on
            yield known, Outcome(WRONG, (traceback.format_exc(),))


def table(walked: list[Walked]) -> list[str]:
    """Per kind of variation and option: how many were read, asked about and read, refused, wrong."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for known, outcome in walked:
        named = [*known.recipe.items(), ("reads", "in one way" if known.clear else "ambiguous or damaged")]
        counts.update((kind, option, outcome.kind) for kind, option in named if option != "-")
    lines = [f"{'kind':<16} {'option':<22} {'read':>6} {'asked':>6} {'refused':>8} {'wrong':>6}"]
    for kind, option in dict.fromkeys((kind, option) for kind, option, _ in sorted(counts)):
        read, asked, refused, wrong = (counts[kind, option, outcome] for outcome in OUTCOMES)
        lines.append(f"{kind:<16} {option!r:<22} {read:>6} {asked:>6} {refused:>8} {wrong:>6}")
    return lines


def summary(walked: list[Walked]) -> list[str]:
    """What the walk is held to: nothing wrong, and of what reads in one way how much is read; and why not."""
    clear = [outcome for known, outcome in walked if known.clear]
    into = sum(outcome.kind in (READ, ASKED) for outcome in clear)
    why = Counter(outcome.why for _, outcome in walked if outcome.kind == REFUSED)
    asked = Counter(one.split(" ")[0] for _, outcome in walked if outcome.kind == ASKED for one in set(outcome.why))
    found = Counter(outcome.kind for _, outcome in walked)
    return [
        f"{len(walked)} files: " + ", ".join(f"{found[kind]} {kind}" for kind in OUTCOMES),
        f"of {len(clear)} that read in one way {into} came in: {100 * into / max(len(clear), 1):.2f} %",
        "refused: " + "; ".join(f"{count} {' '.join(codes)}" for codes, count in why.most_common(25)),
        "asked: " + "; ".join(f"{count} {key}" for key, count in asked.most_common(25)),
        *(f"WRONG {known.number}: {outcome.why[-1]}" for known, outcome in walked if outcome.kind == WRONG),
    ]


def spread(first: int, files: int, seed: int, jobs: int) -> Iterator[Walked]:
    """The same walk by some processes, some hundred files at a time, told as they come."""
    shares = [(range(start, min(start + SHARE, first + files)), seed) for start in range(first, first + files, SHARE)]
    with multiprocessing.get_context("spawn").Pool(jobs) as pool:
        for share in pool.imap_unordered(_share, shares):
            yield from share


def _share(share: tuple[range, int]) -> list[Walked]:
    numbers, seed = share
    with tempfile.TemporaryDirectory() as folder:
        return list(walk(numbers, Path(folder), seed))


def main() -> int:
    """Walk over the files; 1 where one is wrong."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--files", type=int, default=2_000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=1)
    asked = parser.parse_args()
    walked: list[Walked] = []
    try:
        for one in spread(asked.first, asked.files, asked.seed, asked.jobs):
            walked.append(one)
            if one[1].kind == WRONG:
                sys.stderr.write(f"WRONG {one[0].number}: {one[1].why[-1]}\n")
            elif len(walked) % 1_000 == 0:
                sys.stderr.write(f"{len(walked)} files\n")
    except KeyboardInterrupt:
        sys.stderr.write("ended before the last file\n")
    sys.stdout.write("\n".join([*table(walked), "", *summary(walked)]) + "\n")
    return int(any(outcome.kind == WRONG for _, outcome in walked))


if __name__ == "__main__":
    sys.exit(main())
