"""The cache: for its owner alone."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from gebiedswerk.dossier import cache


@pytest.mark.parametrize("mask", [0o000, 0o077, 0o777])
def test_the_cache_is_for_its_owner_alone_under_any_umask(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mask: int
) -> None:
    """Folders 0700 and files 0600, also those above the cache that had to be made."""
    monkeypatch.setenv("GEBIEDSWERK_CACHE", str(tmp_path / "a" / "b"))
    before = os.umask(mask)
    try:
        assert cache.keep("x.json", [1])
    finally:
        os.umask(before)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "a", *(tmp_path / "a").rglob("*"))}
    assert modes == {"a": 0o700, "b": 0o700, "x.json": 0o600}
