"""`lint-imports` notices an import that runs against the rooms, or past the doors: what keeps all cannot be blind."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program without its data, and the contracts."""
    folder = tmp_path_factory.mktemp("contracts")
    shutil.copytree(
        ROOT / "src", folder / "src", ignore=lambda _, names: [n for n in names if "." in n[1:] and n[-3:] != ".py"]
    )
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


PAST = {
    "cli/output.py": "gebiedswerk.release",
    "cli/serve.py": "gebiedswerk.site",
    "release/release.py": "gebiedswerk.app.freeze",
    "importing/offer.py": "gebiedswerk.release",
    "app/new.py": "argparse",
    "core/money.py": "os",
}
"""File → what it may not import, here within a function: the same holds there."""


def told(folder: Path) -> str:
    """What the contracts say."""
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout


def test_each_import_past_a_door_is_noticed(copy: Path) -> None:
    """Every contract is broken by it, and each import is named; without them none is."""
    assert "Contracts: 4 kept, 0 broken." in told(copy)
    for file, module in PAST.items():
        path = copy / "src" / "gebiedswerk" / file
        path.write_text(f"{path.read_text('utf-8')}\n\ndef _more() -> None:\n    import {module}\n", "utf-8")
    words = told(copy)
    assert "Contracts: 0 kept, 4 broken." in words
    for file, module in PAST.items():
        importer = f"gebiedswerk.{file.removesuffix('.py').replace('/', '.')}"
        assert f"{importer} -> {module}" in words, words
