"""Every situation that we promised to name (`listed.toml`) has a folder that shows its place, value and remedy."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from gebiedswerk.assembly.opened import open_dossier
from tests.faults.cases import FOLDERS, HERE, code_of, expected
from tests.town import EXPORT

SUBJECTS = tomllib.loads((HERE / "listed.toml").read_text("utf-8"))
LISTED: dict[str, dict[str, Any]] = {name: listed for subject in SUBJECTS.values() for name, listed in subject.items()}
PLACES = [(name, folder) for name, listed in LISTED.items() for folder in listed["folders"]]


@pytest.mark.parametrize(("name", "folder"), PLACES)
def test_a_listed_situation_is_shown(name: str, folder: str) -> None:
    """The fault names its file, what the list asks besides, and what to do about it."""
    first = next(found for found in expected(folder) if found["code"] == code_of(folder))
    assert first["file"]
    for shown in LISTED[name]["shows"]:
        assert first[shown] is not None, (folder, shown)
    assert len(first["message"]) > 20
    assert len(first["remedy"]) > 20


def test_no_listed_situation_is_without_a_folder() -> None:
    """Each names one folder or more that stands here."""
    assert all(listed["folders"] for listed in LISTED.values())
    assert {folder for _, folder in PLACES} <= set(FOLDERS)


def test_a_folder_beside_the_one_of_its_code_is_listed() -> None:
    """A second folder of a fault is there for a situation of the list."""
    assert {folder for folder in FOLDERS if "-" in folder} <= {folder for _, folder in PLACES}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_mark_at_the_start_that_fits_is_no_fault(klein: Path, encoding: str) -> None:
    """A BOM is read as what it is; the header is not another for it, in an export nor in a table."""
    profile, export = klein / "profiles" / "grootboek.toml", klein / EXPORT
    profile.write_text(profile.read_text("utf-8").replace("windows-1252", encoding.removesuffix("-sig")), "utf-8")
    export.write_bytes(export.read_bytes().decode("windows-1252").encode(encoding))
    areas = klein / "areas.csv"
    areas.write_bytes(areas.read_bytes().decode().encode("utf-8-sig"))
    assert open_dossier(klein).faults == ()
