"""The journal is input of no page, and part of no site and no public release: with it or without, the same bytes.

An auditor gets it: who changed what and why is what they ask.
"""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

from gebiedswerk.app.build import build
from gebiedswerk.app.freeze import freeze
from gebiedswerk.app.set_settings import set_settings
from gebiedswerk.core.actor import Actor, By
from gebiedswerk.dossier import read
from tests.release.releases import codes, tree

AT = datetime(2026, 7, 1, 12, 0)  # noqa: DTZ001 - as pages tell it, without a zone
WORDS = "Zeldzaam woord uit een reden"


def test_what_is_public_knows_nothing_of_it(klein: Path, tmp_path: Path) -> None:
    bare = Path(shutil.copytree(klein, tmp_path / "bare" / "klein"))
    found = read(klein).value
    assert found is not None
    name = found.settings.municipality.name
    for new in ("X", name):
        assert not set_settings(klein, "dossier", {"municipality.name": new}, By(Actor("zeldzaam-17", "rol-9"), WORDS))
    shutil.copyfile(bare / "dossier.toml", klein / "dossier.toml")
    made = []
    for at, dossier in enumerate((bare, klein)):
        out = tmp_path / f"out{at}"
        assert build(dossier, out, AT).value
        assert freeze(dossier, tmp_path / f"public{at}", tmp_path / f"audit{at}", AT).value
        made.append([tree(out / "site"), tree(tmp_path / f"public{at}"), tree(tmp_path / f"audit{at}")])
    (site, public, audit), (site_too, public_too, audit_too) = made
    assert (site, public) == (site_too, public_too)
    for files in (site, public):
        assert not [place for place in files if "journal" in place.split("/")]
        assert not [place for place, data in files.items() if WORDS.encode() in data or b"zeldzaam-17" in data]
    told = {place: data for place, data in audit_too.items() if place.startswith("dossier/journal/")}
    assert any(WORDS.encode() in data for data in told.values())
    changed = {place for place, data in audit.items() if data != audit_too[place]}
    assert audit_too.keys() == audit.keys() | told.keys()
    assert changed == {"manifest.json"}
    assert codes(tmp_path / "audit1") == []
