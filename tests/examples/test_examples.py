"""The examples are what their generators write, byte for byte."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from examples import make_groningen, make_klein

EXAMPLES = Path(make_klein.__file__).parent


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, with its bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(("name", "write"), [("klein", make_klein.write), ("groningen", make_groningen.write)])
def test_a_rewrite_gives_the_same_bytes(name: str, write: Callable[[Path], None], tmp_path: Path) -> None:
    """`make example` changes nothing, and nothing else stands in the folder."""
    write(tmp_path)
    kept, made = tree(EXAMPLES / name), tree(tmp_path)
    assert sorted(made) == sorted(kept)
    assert [file for file in made if made[file] != kept[file]] == []
