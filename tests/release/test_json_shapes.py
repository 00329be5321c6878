"""`docs/reference/json.md` against what the commands about whole sites print."""

from __future__ import annotations

from pathlib import Path

import pytest

from gebiedswerk.cli.main import main
from tests.conftest import KLEIN
from tests.docs.test_json import assert_shape

Captured = pytest.CaptureFixture[str]


def test_freeze_and_verify(tmp_path: Path, capsys: Captured) -> None:
    """The keys of a release, and of what is said of it."""
    public = str(tmp_path / "p")
    assert main(["freeze", str(KLEIN), "--out", public, "--audit", str(tmp_path / "a"), "--json"]) == 0
    assert_shape("freeze", capsys.readouterr().out)
    assert main(["verify", public, "--json"]) == 0
    assert_shape("verify", capsys.readouterr().out)


def test_publish_and_diff(klein: Path, tmp_path: Path, capsys: Captured) -> None:
    """The keys of what was put live, and of a comparison."""
    assert main(["publish", str(klein), "--to", str(tmp_path / "live"), "--json"]) == 0
    assert_shape("publish", capsys.readouterr().out)
    assert main(["diff", str(KLEIN), str(klein), "--json"]) == 0
    assert_shape("diff", capsys.readouterr().out)
