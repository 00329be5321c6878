"""Time grows with the size of what is read, and no faster: dossiers of every shape, and every pattern on hostile texts.

Each is tried at once, twice and four times its size, by processor time, the least of a few tries. A reader that walks
everything again for each part takes sixteen times as long for four times as much; ours may take six. Here are a seeded
few; `make walk-growth` tries all of them, longer.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import pytest

from gebiedswerk.assembly.opened import open_dossier
from tests.growth.dossiers import SHAPES
from tests.growth.patterns import Place, attacks, places, text_of, tried

WHOLE = os.environ.get("GROWTH") == "whole"
SEED = 8
BARE_SECONDS = 0.1
"""Less than this, for four times as much, is not worth comparing: a quadratic reader takes seconds."""
MOST_TIMES = 6
ALWAYS = (
    "area_chain",
    "area_circle",
    "line_chain",
    "area_changes",
    "toml_wrong",
    "toml_tables",
    "toml_dotted",
    "redirects",
)
FOUND, UNKNOWN = places()


def sample(names: list[str], count: int) -> list[str]:
    return names if WHOLE else sorted({*random.Random(SEED).sample(names, count), *(n for n in names if n in ALWAYS)})


def seconds(work: Callable[[], object], tries: int = 2) -> float:
    """The least processor time of some tries."""
    taken = []
    for _ in range(tries):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
        if taken[-1] < BARE_SECONDS:
            break
    return min(taken)


def size_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("name", sample(list(SHAPES), 6))
def test_a_dossier_is_read_in_time_that_grows_with_it(name: str, tmp_path: Path) -> None:
    """All is said of it, and nothing dies: faults are named, or there are none."""
    folders = []
    for times in (1, 4):
        folders.append(tmp_path / str(times))
        SHAPES[name](folders[-1], 1_000 * times)
    large = seconds(lambda: open_dossier(folders[1]))
    if large > BARE_SECONDS:
        small = max(seconds(lambda: open_dossier(folders[0])), BARE_SECONDS / 5)
        more = size_of(folders[1]) / size_of(folders[0])
        assert large / small < MOST_TIMES / 4 * max(more, 4), (small, large, more)


LIMITS = {
    "area_chain": "D170",
    "line_chain": "D170",
    "area_changes": "D171",
    "toml_dotted": "D173",
    "toml_deep": "D173",
}


@pytest.mark.parametrize("name", LIMITS)
def test_a_limit_is_a_named_fault(name: str, tmp_path: Path) -> None:
    """Forty thousand levels, or as many parts: one code, and no traceback."""
    SHAPES[name](tmp_path, 4_000)
    assert LIMITS[name] in {found.code for found in open_dossier(tmp_path).faults}


@pytest.mark.parametrize(
    ("file", "text", "code", "row"),
    [
        ("dossier.toml", "#" * 1_000_001, "D172", None),
        ("areas.csv", "code,slug,name,kind\n\n" + "a" * 1_000_001, "D174", 3),
        ("areas.csv", "code,slug,name,kind" + ",x_a" * 300_000, "D174", 1),
    ],
)
def test_a_file_that_is_no_hand_work_is_refused(klein: Path, file: str, text: str, code: str, row: int | None) -> None:
    """On its edge: one byte, or letter, fewer is read."""
    (klein / file).write_text(text, "utf-8")
    assert (code, file, row) in [(found.code, found.file, found.row) for found in open_dossier(klein).faults]
    (klein / file).write_text(text[: text.rfind("\n") + 1] + text[text.rfind("\n") + 1 :][:1_000_000], "utf-8")
    assert code not in {found.code for found in open_dossier(klein).faults}


def test_every_pattern_is_found() -> None:
    """All that is compiled in the source; few are put together when the program runs, of marks, words and names."""
    assert len(FOUND) >= 110
    assert len(UNKNOWN) * 10 <= len(FOUND), UNKNOWN


CHOSEN = FOUND if WHOLE else random.Random(SEED).sample(FOUND, 12)
LETTERS = 3_000


@pytest.mark.parametrize("place", CHOSEN, ids=str)
def test_a_pattern_takes_time_that_grows_with_the_text(place: Place) -> None:
    """Texts that repeat what its parts take: an eighth of a million letters would take a quadratic one minutes."""
    tries = list(attacks(place.pattern))
    chosen = tries if WHOLE else random.Random(SEED).sample(tries, min(len(tries), 150))
    work = tried(place)
    for attack in chosen:
        text = text_of(attack, LETTERS)
        if seconds(lambda text=text: work(text), 3) > 0.004:  # type: ignore[misc] # a lambda with its own text
            small = seconds(lambda text=text: work(text), 5)  # type: ignore[misc] # as above
            longer = text_of(attack, 4 * LETTERS)
            large = seconds(lambda longer=longer: work(longer), 5)  # type: ignore[misc] # as above
            assert large < MOST_TIMES * max(small, 0.002), (attack, small, large)


def test_what_is_printed_for_a_figure_is_found_at_once(tmp_path: Path) -> None:
    """Among eight times as many lines it takes no longer: none of them are looked at for another one."""
    taken = []
    for lines in (500, 4_000):
        SHAPES["line_flat"](tmp_path / str(lines), lines)
        figures = open_dossier(tmp_path / str(lines)).newest
        assert figures is not None
        addresses = [one for one in islice(figures.addresses(), 12 * 400) if one.measure != "budget"]
        printed = [(one, figures.units(one, 100_000)) for one in addresses]
        taken.append(seconds(lambda: [figures.units(one, 100_000) for one, _ in printed], 3))  # noqa: B023 # called at once
    assert taken[1] < 3 * max(taken[0], 0.01), taken
