"""After any change a site that is brought up to date is the one that would be made anew, byte for byte."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from gebiedswerk.app.build import build
from gebiedswerk.app.update_texts import update_texts
from gebiedswerk.core.faults import errors
from tests.conftest import ROOT
from tests.whole.any_change import KINDS
from tests.whole.test_build import tree

CHANGES = int(os.environ.get("CHANGES", "14"))
FIRST = int(os.environ.get("FIRST", "0"))
SHARES = {"klein": 1.0, "groningen": 0.1}
"""Example → how many of the changes are made in it: the larger one takes six times as long."""


@pytest.mark.parametrize("example", SHARES)
def test_brought_up_to_date_is_made_anew(example: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Change upon change; what is refused is taken back, and now and then the program itself is another one."""
    dossier, out = Path(shutil.copytree(ROOT / "examples" / example, tmp_path / "dossier")), tmp_path / "out"
    build(dossier, out)
    done = Counter[str]()
    for seed in range(FIRST, FIRST + max(1, int(CHANGES * SHARES[example]))):
        random = Random(seed)
        shutil.copytree(dossier, tmp_path / "before")
        kind = random.choices(list(KINDS), list(KINDS.values()))[0]
        kind(dossier, random)
        if seed % 50 == 49:
            for module in ("assembly.build_site", "site.write_site"):
                monkeypatch.setattr(f"gebiedswerk.{module}.program_key", lambda seed=seed: f"program {seed}")
        built, faults = build(dossier, out)
        if {one.code for one in errors(faults)} == {"T101"}:  # a claim is false: as a writer brings it up to date
            update_texts(dossier, write=True)
            built, faults = build(dossier, out)
        if built is None:
            done[f"{kind.__name__} refused: {errors(faults)[0].code}"] += 1
            shutil.rmtree(dossier)
            (tmp_path / "before").rename(dossier)
            continue
        full, _ = build(dossier, tmp_path / "full", full=True)
        assert full is not None
        there, anew = tree(built.site), tree(full.site)
        assert sorted(there) == sorted(anew), (seed, kind.__name__)
        assert [place for place in there if there[place] != anew[place]] == [], (seed, kind.__name__)
        done[kind.__name__] += 1
        shutil.rmtree(tmp_path / "before")
        shutil.rmtree(tmp_path / "full")
    print(dict(sorted(done.items())))  # noqa: T201 # what was tried
    assert sum(count for name, count in done.items() if "refused" not in name)
