"""A release shows the house style of the dossier."""

from __future__ import annotations

from pathlib import Path

from gebiedswerk.app.build import build
from gebiedswerk.app.freeze import freeze
from gebiedswerk.app.publish import publish
from tests.release.releases import tree


def test_a_release_is_the_built_site(klein: Path, tmp_path: Path) -> None:
    """Built, frozen and published: the same bytes in the site."""
    built, faults = build(klein, tmp_path / "out")
    assert built is not None, faults
    site = tree(built.site)
    del site["build.json"]
    freeze(klein, tmp_path / "release")
    publish(klein, tmp_path / "live")
    assert tree(tmp_path / "release" / "site") == site
    assert tree(tmp_path / "live" / "live" / "site") == site
