"""Facts of a fault stay data: they are cut where a person reads them, and nothing reads their text back."""

from __future__ import annotations

import ast
import hashlib
import os
import random
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.cli.terminal import fault_json
from gebiedswerk.core import faults
from gebiedswerk.core.faults import LONGEST, Fact, Fault, fact_text, fault
from gebiedswerk.language.messages import Messages
from gebiedswerk.ledger.covers import Clash
from tests.conftest import ROOT
from tests.faults.cases import FOLDERS, faults_of
from tests.town import DELIVERY, edit

FACTS = st.recursive(
    st.none() | st.integers() | st.floats(allow_nan=False) | st.text(), lambda few: st.lists(few, max_size=400)
)
EDGE = {
    "importing/propose.py": "puts the facts of a question of its own into words",
    "importing/import_questions.py": "makes a question of a fault: what may be answered are values among its facts",
    "importing/meant_settings.py": "the names that a setting may have are values among the facts of a mistyped one",
    "cli/terminal.py": "where facts become text",
    "release/manifest.py": "numbers of bytes, as numbers",
}
"""The modules that may look into the facts of a fault."""
SAMPLE = 25


def tupled(fact: Any) -> Any:
    return tuple(map(tupled, fact)) if isinstance(fact, list) else fact


@given(FACTS)
def test_a_fact_comes_back_as_it_was(fact: Any) -> None:
    """Whatever its length; a list as a tuple, so that a fault has a hash."""
    found = fault("X002", of=fact)
    assert dict(found.facts)["of"] == tupled(fact)
    assert hash(found) is not None
    assert len(fact_text(tupled(fact))) <= LONGEST


@pytest.mark.parametrize("count", [1, 60, 5_000, 200_000])
def test_so_many_years_are_all_kept_and_told_in_short(count: int) -> None:
    """No number is lost or cut in two, and the message is one that a person can read."""
    clash = Clash("L115", "een", "twee", tuple(range(1900, 1900 + count)))
    found = clash.fault()
    assert dict(found.facts)["years"] == clash.years
    said = fault_json(found, Messages("nl"))
    assert len(said["message"]) < 1000
    assert "1900" in said["message"]


def test_only_the_edge_looks_into_facts() -> None:
    """Each module that reads `.facts` of a fault, and why it may: who needs them elsewhere returns them as values."""
    reading = set()
    for path in sorted((ROOT / "src" / "gebiedswerk").rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        if "core.faults" not in path.read_text("utf-8") and path.name != "faults.py":
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr == "facts" and not _of_our_own(node):
                reading.add(path.relative_to(ROOT / "src" / "gebiedswerk").as_posix())
    assert reading == EDGE.keys()


def _of_our_own(node: ast.Attribute) -> bool:
    """Facts of what becomes a fault (`problem`, `refused`, `self`: exceptions), or of the `choice` of an answer."""
    return isinstance(node.value, ast.Name) and node.value.id in ("problem", "refused", "self", "choice")


def _garbled(text: str) -> str:
    """Another text, the same for the same text."""
    return f"§{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()[:8]}" if text else text


def _garbled_fact(fact: object) -> Fact:
    known = FACT_OF(fact)
    if isinstance(known, tuple):
        return tuple(_garbled_fact(one) for one in known)
    return _garbled(known) if isinstance(known, str) else known


FACT_OF = faults._fact


def _walked() -> list[str]:
    """All folders of faults where WALK=whole asks for it, else some."""
    return FOLDERS if os.environ.get("WALK") == "whole" else random.Random(8).sample(FOLDERS, SAMPLE)


@pytest.mark.parametrize("folder", _walked())
def test_nothing_depends_on_the_text_of_a_fault(
    folder: str, klein: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With every text in every fault garbled as it is made, a dossier leads to the same faults in the same places."""
    monkeypatch.chdir(tmp_path)
    before = Counter(map(_place, _faults(folder, klein, tmp_path / "een")))
    monkeypatch.setattr(faults, "_told", lambda value: _garbled(str(value)))
    monkeypatch.setattr(faults, "_fact", _garbled_fact)
    assert Counter(map(_place, _faults(folder, klein, tmp_path / "twee"))) == before


def _place(one: Fault) -> tuple[str, str | None, int | None]:
    return one.code, one.file, one.row


def _faults(folder: str, klein: Path, place: Path) -> tuple[Fault, ...]:
    """The faults of a folder on a copy of the town in `place`, from which commands are given."""
    place.mkdir()
    os.chdir(place)
    return faults_of(folder, Path(shutil.copytree(klein, place / "klein")))


def test_two_exports_of_two_hundred_years(klein: Path) -> None:
    """Two exports of one moment that share all years that there are: said once (L115), and `check` goes on."""
    copy = klein / "deliveries" / "nogmaals"
    shutil.copytree(klein / DELIVERY, copy)
    years = ", ".join(map(str, range(1900, 2100)))
    for place in (DELIVERY, "deliveries/nogmaals"):
        edit(klein, f"{place}/delivery.toml", "[2024, 2025]", f"[{years}]")
    said = [one for one in open_dossier(klein).faults if one.code == "L115"]
    assert [dict(one.facts)["years"] for one in said] == [tuple(range(1900, 2100))]
