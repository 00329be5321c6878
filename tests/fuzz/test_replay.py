"""What a fuzzer starts from and what it ever found, again: in seconds, and without the fuzzer."""

from __future__ import annotations

import importlib.util
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.fuzz import counts, profiles, promises
from tests.fuzz.mutations import CHANGES
from tests.fuzz.profiles import Way
from tests.fuzz.promises import PROMISES
from tests.fuzz.seeds import SEEDS

FOUND = Path(__file__).parent / "found"
FILES = sorted(path for path in FOUND.glob("*/*"))
WAYS: dict[str, tuple[str, tuple[Way, ...]]] = {
    "csv": ("f.csv", profiles.CSV),
    "xlsx": ("f.xlsx", profiles.XLSX),
    "xaf": ("f.xaf", profiles.XAF),
}
KINDS = sorted(PROMISES)
needs_atheris = pytest.mark.skipif(
    importlib.util.find_spec("atheris") is None,
    reason="atheris has wheels for Linux on x86-64 alone; `make fuzz` runs there",
)


@pytest.mark.parametrize("kind", KINDS)
def test_a_seed_keeps_the_promise(kind: str) -> None:
    """Every file from which a fuzzer starts."""
    for seed in SEEDS[kind]():
        PROMISES[kind](seed)


@pytest.mark.parametrize("kind", WAYS)
def test_a_seed_is_read_whole(kind: str) -> None:
    """A fuzzer that starts from files that are refused would never get past the door."""
    name, ways = WAYS[kind]
    for seed in SEEDS[kind]():
        way, data = promises.chosen(seed, ways)
        _, read, faults = promises.imported(promises.put(name, data), way)
        assert read.lines and not faults


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_what_was_found_keeps_the_promise(path: Path) -> None:
    """Every input that ever broke a promise; its name says what was wrong."""
    PROMISES[path.parent.name](path.read_bytes())


@pytest.mark.parametrize("kind", KINDS)
def test_changes_keep_the_promise(kind: str) -> None:
    """Some hundreds of changes from a fixed beginning, each on the last, with bytes drawn at random for a fuzzer."""
    dice, seeds = random.Random(14), SEEDS[kind]()

    def noise(data: bytes, most: int) -> bytes:
        at = dice.randrange(len(data) + 1)
        return (data[:at] + dice.randbytes(dice.randrange(3)) + data[at + dice.randrange(3) :])[:most]

    for at in range(int(os.environ.get("CHANGES", "150"))):
        data = seeds[at % len(seeds)]
        for _ in range(dice.randrange(1, 5)):
            data = CHANGES[kind](data, 32_768, dice.randrange(2**32), noise)
        PROMISES[kind](data)


@needs_atheris
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_short_session(kind: str, tmp_path: Path) -> None:
    """The fuzzer itself, for some hundred inputs from a fixed beginning; `make fuzz` takes longer."""
    command = [sys.executable, "-m", "tests.fuzz.run", kind, "-runs=100", "-seed=14"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    ran = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    assert ran.returncode == 0, ran.stderr[-4000:]
    assert "DONE" in ran.stderr


def test_the_counts_are_not_blind() -> None:
    """The independent counts see a row that an importer would lose: one more in the file is one more in the count."""
    way, data = promises.chosen(SEEDS["csv"]()[0], profiles.CSV)
    rows = counts.csv_rows(data, way.profile)
    assert len(counts.csv_rows(data + data.split(b"\n")[1] + b"\n", way.profile)) == len(rows) + 1
    assert counts.sums(rows, way.profile) == (125003, 9990)
    _, text = promises.chosen(SEEDS["xaf"]()[0], profiles.XAF)
    assert counts.xaf_lines(text.replace(b"</trLine>", b"</trLine><trLine/>", 1)) == counts.xaf_lines(text) + 1
