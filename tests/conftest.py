"""What many tests need: a copy of the example town, and changes to it in one line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("steady", deadline=None)  # a busy machine is no fault of the code
settings.load_profile("steady")

ROOT = Path(__file__).parent.parent
KLEIN = ROOT / "examples" / "klein"


@pytest.fixture
def klein(tmp_path: Path) -> Path:
    """A copy of the example town that a test may change."""
    return Path(shutil.copytree(KLEIN, tmp_path / "klein"))
