"""Freezing gives the same bytes, whole or not at all, and never over something else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from gebiedswerk.app.freeze import freeze
from gebiedswerk.app.verify import verify
from gebiedswerk.core.faults import errors
from gebiedswerk.dossier.tables import TABLES
from tests.conftest import KLEIN
from tests.release.releases import tree
from tests.town import DELIVERY, edit
from tests.whole.secrets import places


def test_same_bytes_in_another_folder_and_time_zone(frozen: Path, tmp_path: Path) -> None:
    """Another process, folder, time zone and hash seed: the same two releases."""
    dossier = shutil.copytree(KLEIN, tmp_path / "deeper" / "klein")
    out = ["--out", str(tmp_path / "p"), "--audit", str(tmp_path / "a")]
    environment = {**os.environ, "TZ": "Pacific/Auckland", "LANG": "C", "PYTHONHASHSEED": "7"}
    command = [sys.executable, "-m", "gebiedswerk", "freeze", str(dossier), *out]
    subprocess.run(command, check=True, capture_output=True, env=environment)
    assert tree(tmp_path / "p") == tree(frozen / "public")
    assert tree(tmp_path / "a") == tree(frozen / "audit")


def test_the_same_release_again_is_left_as_it_is(klein: Path, tmp_path: Path) -> None:
    """Twice the same is fine and changes nothing; something else there is Z101, also another release."""
    first, _ = freeze(klein, tmp_path / "p")
    again, faults = freeze(klein, tmp_path / "p")
    assert (again, faults) == (first, ())
    before = tree(tmp_path / "p")
    edit(klein, "publications/jaarrekening-2025/index.md", "Wie meer wil weten", "Wie nog meer wil weten")
    other, faults = freeze(klein, tmp_path / "p")
    assert other is None
    assert [one.code for one in faults] == ["Z101"]
    assert tree(tmp_path / "p") == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["klein", "p"]


@pytest.mark.parametrize("place", ["klein/release", ".", "klein", "thesis"])
def test_never_over_something_else(klein: Path, tmp_path: Path, place: str) -> None:
    """In the dossier, around it, or where other files stand."""
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.txt").write_text("mine")
    before = tree(tmp_path)
    made, faults = freeze(klein, tmp_path / place)
    assert made is None
    assert [one.code for one in faults] == ["Z101"]
    assert tree(tmp_path) == before


def test_a_broken_dossier_is_not_frozen(klein: Path, tmp_path: Path) -> None:
    edit(klein, f"{DELIVERY}/delivery.toml", "lines = 62", "lines = 63")
    made, faults = freeze(klein, tmp_path / "p")
    assert made is None
    assert [one.code for one in faults] == ["L111"]
    assert not (tmp_path / "p").exists()


def test_nothing_private_is_in_the_public_release(klein: Path, tmp_path: Path) -> None:
    """Codes that no delivery shows are no part of the rules; control totals and creditors stay inside."""
    toml = klein / DELIVERY / "delivery.toml"
    text = toml.read_text("utf-8").replace('"ledger_account", "cost_centre", "category", ', "")
    toml.write_text(text, "utf-8")
    made, faults = freeze(klein, tmp_path / "p")
    assert made is not None, faults
    assert "cost_centre" not in (tmp_path / "p" / "tables" / "attribution.csv").read_text("utf-8")
    assert places(tmp_path / "p", ["7.325,00", "426.839,71", "privacy_accepted"]) == []


def test_a_table_that_is_never_published_is_in_no_release(klein: Path, tmp_path: Path) -> None:
    """Numbers that someone set free, and what the scan lets through: the reasons and who gave them stay inside."""
    edit(klein, "dossier.toml", "Wilgendam is een", "Er staan 41 bomen. Wilgendam is een")
    free = "id,file,words,reason,who,accepted_on\nV1,dossier.toml,41 bomen,Geheim-merel,Geheim-specht,2026-01-01\n"
    accepted = "id,kind,text,reason,who,accepted_on\n1,email,x,Geheim-merel,Geheim-specht,2026-01-01\n"
    (klein / "free_numbers.csv").write_text(free, "utf-8")
    (klein / "privacy_accepted.csv").write_text(accepted, "utf-8")
    release = tmp_path / "p"
    made, faults = freeze(klein, release)
    assert made is not None, faults
    inside = [table.file for table in TABLES.values() if not table.published]
    assert len(inside) == 2
    assert [file for file in inside if not (klein / file).is_file()] == []
    assert [file for file in inside if (release / "tables" / file).exists()] == []
    assert places(release, ["Geheim"]) == []
    assert errors(verify(release).faults) == []
