"""Made-up exports, taken in as a controller does: none is read wrongly, and nearly all that are clear come in."""

from __future__ import annotations

import ast
import os
from collections import Counter
from dataclasses import replace
from pathlib import Path

from tests.exports.controller import ASKED, READ, WRONG, room, taken_in
from tests.exports.files import export
from tests.exports.recipe import KINDS, recipe
from tests.exports.walk import summary, table, walk

FILES = 30
SHARE = 0.9
"""Of the files that read in one way this part must come in."""
GENERATOR = "postings recipe names notation layout damage text_file workbook files".split()


def test_the_generator_imports_nothing_of_ours() -> None:
    """Else it could share a mistake with what it is to judge."""
    for name in GENERATOR:
        tree = ast.parse((Path(__file__).parent / f"{name}.py").read_text("utf-8"))
        imports = [one.module or "" for one in ast.walk(tree) if isinstance(one, ast.ImportFrom)]
        imports += [name.name for one in ast.walk(tree) if isinstance(one, ast.Import) for name in one.names]
        assert not [one for one in imports if one.startswith("gebiedswerk")]
        assert {one.split(".")[1] for one in imports if one.startswith("tests.")} <= {"exports"}


def test_a_number_gives_the_same_file_every_time() -> None:
    """Bytes, recipe and postings."""
    for number in range(20):
        assert export(number) == export(number)
    assert export(1)[0] != export(1, seed=1)[0]


def test_every_option_comes_up() -> None:
    """In some thousands of files, those of a sheet in sheets and those of text in texts."""
    seen = {(kind, option) for number in range(8_000) for kind, option in recipe(number).items()}
    assert {(kind, option) for kind, options in KINDS.items() for option in options} <= seen


def test_no_export_is_read_wrongly(tmp_path: Path) -> None:
    """A sample; `make walk-exports` takes many more."""
    seed = int(os.environ.get("SEED", "0"))
    walked = list(walk(range(FILES), tmp_path, seed))
    assert not [(known.number, outcome) for known, outcome in walked if outcome.kind == WRONG]
    clear = Counter(outcome.kind for known, outcome in walked if known.clear)
    assert clear[READ] + clear[ASKED] >= SHARE * clear.total(), "\n".join(summary(walked))
    assert len(table(walked)) > len(KINDS)


def test_what_is_wrong_is_told(tmp_path: Path) -> None:
    """A posting that the file does not hold is missed: the walk would see a file that is read wrongly."""
    place = room(tmp_path)
    for number in range(10):
        data, suffix, known = export(number)
        right, first = taken_in(place, data, suffix, known), known.postings[0]
        for other in (replace(first, cents=first.cents + 1), replace(first, period=first.period % 12 + 1)):
            changed = replace(known, postings=(other, *known.postings[1:]))
            told = taken_in(place, data, suffix, changed)
            assert told.kind == (WRONG if right.kind in (READ, ASKED) else right.kind)
