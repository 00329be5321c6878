"""The releases of the example town, made once, and copies that a test may change."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from gebiedswerk.app.freeze import freeze
from tests.conftest import KLEIN


@pytest.fixture(scope="session")
def frozen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `public` and `audit`: not to be changed."""
    folder = tmp_path_factory.mktemp("frozen")
    made, faults = freeze(KLEIN, folder / "public", folder / "audit")
    assert made is not None, faults
    return folder


@pytest.fixture
def public(frozen: Path, tmp_path: Path) -> Path:
    """A copy of the public release."""
    return Path(shutil.copytree(frozen / "public", tmp_path / "public"))


@pytest.fixture
def audit(frozen: Path, tmp_path: Path) -> Path:
    """A copy of the audit release."""
    return Path(shutil.copytree(frozen / "audit", tmp_path / "audit"))
