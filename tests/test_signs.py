"""Nothing dies after a green check: signs of every plane in every text, and then every verb and every kind of file."""

from __future__ import annotations

import itertools
import json
import os
import random
import shutil
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

import pypdf
import pytest

from gebiedswerk.cli.main import main
from tests.conftest import ROOT
from tests.documents.checked import complaints
from tests.signs import TAKEN, allowed, blocks, fill

SEED = 8
PIECE = 40
OPEN_DATA = """
[open_data]
licence = "CC0-1.0"
address = "https://gebieden.example.org/"
publisher = "https://identifier.overheid.nl/tooi/id/gemeente/gm0014"
contact = "https://gebieden.example.org/contact/"
"""
"""With an address the site has feeds and a catalogue."""


def test_what_may_stand_in_text_reaches_every_plane_that_fonts_have() -> None:
    """All signs of the basic plane of Unicode 14 that are text, and of the second those that Unifont has."""
    signs = allowed()
    assert len(signs) > 68_000
    assert {ord(sign) >> 16 for sign in signs} == {0, 1, 2}


def _towns() -> list[int]:
    whole = os.environ.get("WALK") == "whole"
    return list(range(0, 1667, 30)) if whole else [SEED * 30]


@pytest.mark.parametrize("first", _towns())
def test_every_verb_takes_what_check_takes(first: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A town with signs behind every text: checked, built, published, frozen and verified; and every file is whole."""
    name = "groningen" if os.environ.get("WALK") == "whole" and first % 180 == 30 else "klein"  # it takes a minute
    town = Path(shutil.copytree(ROOT / "examples" / name, tmp_path / "town"))
    if name == "klein":
        with (town / "dossier.toml").open("a", encoding="utf-8") as settings:
            settings.write(OPEN_DATA)
    pieces = blocks(PIECE, random.Random(SEED))[first : first + 30]
    assert fill(town, itertools.cycle([*TAKEN, *pieces])) > len(TAKEN) + 30
    for words in (
        ["check", str(town), "--json"],
        ["build", str(town), "--out", str(tmp_path / "built")],
        ["publish", str(town), "--to", str(tmp_path / "live")],
        ["freeze", str(town), "--out", str(tmp_path / "public"), "--audit", str(tmp_path / "audit")],
        ["verify", str(tmp_path / "public")],
        ["verify", str(tmp_path / "audit"), "--deliveries"],
    ):
        assert main(words) == 0, f"{words[0]}: {capsys.readouterr().out[:2000]}"
        capsys.readouterr()
    files = [path for path in (tmp_path / "built" / "site").resolve().rglob("*") if path.is_file()]
    kinds = {path.suffix for path in files}
    assert kinds >= {".html", ".pdf", ".docx", ".xlsx", ".csv", ".json", ".xml", ".ics"}
    for path in files:
        _whole(path)
    papers = [path for path in files if path.suffix == ".pdf" and "en" not in path.parts]
    shown = ["".join(page.extract_text() for page in pypdf.PdfReader(path).pages) for path in papers]
    assert any("😀" in text for text in shown)  # which of them it comes to is chance
    assert all(any(ord(sign) > 0xFFFF for sign in text) for text in shown)


def _whole(path: Path) -> None:
    """A file that others can read: by their own readers."""
    data = path.read_bytes()
    if path.suffix in (".html", ".css", ".csv", ".ics", ".svg", ".xml", ".json", ".txt", ".md", ".sql"):
        assert "\ufffe" not in data.decode("utf-8")
    if path.suffix in (".xml", ".svg", ".atom"):
        ET.fromstring(data)  # noqa: S314 # ours
    elif path.suffix == ".json":
        json.loads(data)
    elif path.suffix == ".ics":
        assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    elif path.suffix in (".docx", ".xlsx"):
        with zipfile.ZipFile(path) as parts:
            for name in parts.namelist():
                if name.endswith((".xml", ".rels")):
                    ET.fromstring(parts.read(name))  # noqa: S314 # ours
    elif path.suffix == ".pdf":
        assert complaints(path) == []
