"""Write what was read: the same bytes. Change one setting: one line; all else stays as a person wrote it.

For tables see `test_table_edit.py`; here all settings of both examples, and a thousand made-up files of settings.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from gebiedswerk.dossier.writing.carry_out import carry_out
from gebiedswerk.dossier.writing.change import SettingWritten
from gebiedswerk.dossier.writing.settings_of_text import setting_in
from tests.conftest import ROOT

EXAMPLES = sorted((ROOT / "examples").glob("*/**/*.toml"))
SEEDS = 1000
OTHER: Mapping[type, Any] = {str: "iets anders", int: 4711, bool: None, float: 0.5, list: ["iets", "anders"]}


VALUES = ("1", "'een'", '"twee # geen uitleg"', "[1, 2]", "true", "2026-01-02T03:04:05", '"""vier"""', "[ ]", "0x1F")


def leaves(settings: Mapping[str, Any], above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every setting that has a line of its own: not those in a list of tables."""
    for name, value in settings.items():
        if isinstance(value, Mapping):
            yield from leaves(value, (*above, name))
        elif not (isinstance(value, list) and any(isinstance(one, Mapping) for one in value)):
            yield (*above, name), value


def other(value: Any) -> Any:
    """Another value of the same kind."""
    return not value if isinstance(value, bool) else OTHER.get(type(value), datetime(2026, 5, 4, 3, 2, 1, tzinfo=UTC))


def written(path: Path, change: SettingWritten) -> bytes | None:
    """The new bytes of the file; None where it stays as it is."""
    found = carry_out(path.parent, [change])
    assert found.value is not None, found.faults
    return found.value.files.get(path.name)


def check(path: Path, key: tuple[str, ...], value: Any) -> None:
    """One setting of a file: written again, and changed."""
    text = path.read_bytes().decode("utf-8-sig")
    assert written(path, SettingWritten(path.name, key, value, value)) is None
    new = other(value)
    made = written(path, SettingWritten(path.name, key, value, new))
    assert made is not None
    before, after = path.read_bytes().split(b"\n"), made.split(b"\n")
    many = isinstance(value, list) or isinstance(value, str) and "\n" in value
    if not many:
        assert len(before) == len(after)
        assert sum(one != two for one, two in zip(before, after, strict=True)) == 1, key
    else:  # a value of many lines becomes one
        assert sum(one not in before for one in after) <= 1, key
    assert setting_in(made.decode("utf-8-sig"), key) == new
    for one, same in leaves(tomllib.loads(text)):
        assert one == key or setting_in(made.decode("utf-8-sig"), one) == same


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.relative_to(ROOT / "examples").as_posix())
def test_every_setting_of_both_examples(path: Path) -> None:
    for key, value in leaves(tomllib.loads(path.read_text("utf-8"))):
        check(path, key, value)


def made_up(seed: int) -> tuple[str, bool]:
    """Settings as people write them, and whether a mark stands in front."""
    chance = random.Random(seed)
    lines: list[str] = []
    for table in ["", *chance.sample(["a", "b", "a.c", '"d e"'], chance.randint(0, 3))]:
        lines += [f"[{table}]{chance.choice(['', '  # tafel'])}"] if table else []
        for name in chance.sample(["x", "y", "z", '"met spatie"', "v"], chance.randint(1, 4)):
            lines += chance.choice([[], [""], ["# over wat volgt"], [f"# {name} = 1"]])
            sign, remark = chance.choice([" = ", "=", "  =  "]), chance.choice(["", " # toelichting", "  "])
            lines.append(f"{name}{sign}{chance.choice(VALUES)}{remark}")
    lines += chance.choice([[], ["[[term]]", "from = 2020", "years = 2"]])
    end = chance.choice(["\n", "\r\n"])
    return end.join(lines) + chance.choice([end, ""]), chance.random() < 0.3


def test_a_thousand_that_are_made_up(tmp_path: Path) -> None:
    """One setting of each, at random."""
    path = tmp_path / "x.toml"
    for seed in range(SEEDS):
        text, mark = made_up(seed)
        path.write_bytes((b"\xef\xbb\xbf" if mark else b"") + text.encode())
        found = list(leaves(tomllib.loads(text)))
        key, value = random.Random(seed).choice(found)
        check(path, key, value)
