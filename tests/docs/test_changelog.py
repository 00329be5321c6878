"""The changelog: what is not released yet on top, and below it the version that the program says it is."""

from __future__ import annotations

import re

from gebiedswerk import __version__
from tests.conftest import ROOT


def test_the_newest_version_is_that_of_the_program() -> None:
    """With the day on which it was closed."""
    heads = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert heads[0] == "Unreleased"
    assert re.fullmatch(re.escape(__version__) + r" - 20[0-9]{2}-[01][0-9]-[0-3][0-9]", heads[1])
