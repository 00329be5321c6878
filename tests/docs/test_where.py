"""CONTRIBUTING says where each thing is changed: every file is there, and every registry stands where it says."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from gebiedswerk.formats.registry import IMPORTERS
from tests.conftest import ROOT

SOURCE = ROOT / "src" / "gebiedswerk"
TEN = (
    *("a format", "a measure", "a word", "a kind of work", "a language", "the rounding rule", "a fault", "a chart"),
    *("a budget column that reaches open data", "a page"),
)
CODE = re.compile(r"`([^`]+)`")
SECTION = re.compile(r"^## Where do I change X$(.*?)^## ", re.MULTILINE | re.DOTALL)


def rows() -> dict[str, str]:
    """What is changed → where, and what then."""
    found = SECTION.search((ROOT / "CONTRIBUTING.md").read_text("utf-8"))
    assert found is not None
    lines = [line for line in found[1].splitlines() if line.startswith("| ") and not line.startswith("| you change")]
    return {line.split(" | ")[0].removeprefix("| "): line.partition(" | ")[2] for line in lines}


def is_place(code: str) -> bool:
    """Whether words of code are a file or a folder, and no name, command or catalogue."""
    return "/" in code and " " not in code


def place_of(code: str) -> Path:
    """Where a file or folder is; of one that is still to be made, the folder where its like stand."""
    whole = code.split("<", maxsplit=1)[0].rpartition("/")[0] if "<" in code else code
    return next((base / whole for base in (SOURCE, ROOT) if (base / whole).exists()), SOURCE / whole)


def names_in(file: Path) -> set[str]:
    """What a module defines at its top."""
    found: set[str] = set()
    for node in ast.parse(file.read_text("utf-8")).body:
        match node:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name):
                found.add(name)
            case ast.AnnAssign(target=target):
                found.add(ast.unparse(target))
            case ast.Assign(targets=targets):
                found |= {ast.unparse(target) for target in targets}
    return found


def test_the_ten_changes_are_told() -> None:
    """Those that a house for years must be able to take, in this order."""
    assert tuple(rows()) == TEN


@pytest.mark.parametrize("change", TEN)
def test_each_place_is_there(change: str) -> None:
    """A file that was moved would send a stranger to nothing; every row names some."""
    places = [code for code in CODE.findall(rows()[change]) if is_place(code)]
    assert places and not [code for code in places if not place_of(code).exists()]


@pytest.mark.parametrize("change", TEN)
def test_each_registry_stands_where_it_says(change: str) -> None:
    """Names between brackets are defined at the top of the file before them."""
    for file, names in re.findall(r"`([^`]+\.py)` \(([^)]+)\)", rows()[change]):
        assert set(CODE.findall(names)) <= names_in(place_of(file)), file


def test_no_module_tells_languages_apart() -> None:
    """What knows Dutch and English by name would be one more place for a third language: its folder is the only one."""
    apart = []
    for path in SOURCE.rglob("*.py"):
        told = {node.value for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Constant)}
        apart += [path] if {"nl", "en"} <= told else []
    assert apart == []


def test_no_room_asks_a_format_for_its_name() -> None:
    """What differs between formats is asked of the format itself: a fourth one is a folder and a line."""
    names = {importer.name for importer in IMPORTERS}
    asked = []
    for path in [*(SOURCE / "importing").rglob("*.py"), *(SOURCE / "formats").glob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            told = {one.value for one in ast.walk(node) if isinstance(one, ast.Constant) and isinstance(one.value, str)}
            if isinstance(node, ast.Compare) and told & names:
                asked.append((path.name, node.lineno))
    assert asked == []
