"""Programs and names of ours that stand in a text: a benchmark starts one, a test puts another in the place of one."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
IMPORT = re.compile(r"from (gebiedswerk[.\w]*) import ((?:\w+(?:, )?)+)")
NAME = re.compile(r"\bgebiedswerk(?:\.[A-Za-z_]\w*)+")


def texts() -> Iterator[tuple[Path, str]]:
    """Every text in the code, whole or in parts, but those of this test."""
    for folder in ("src", "tests", "tools", "benchmarks", "examples"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))) if path != Path(__file__) else ():
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield path, node.value


def is_there(name: str) -> bool:
    """Whether a name with points leads to a module, or to something in one."""
    parts = name.split(".")
    for at in range(len(parts), 0, -1):
        try:
            found: object = importlib.import_module(".".join(parts[:at]))
        except ModuleNotFoundError:
            continue
        for part in parts[at:]:
            if not hasattr(found, part):
                return False
            found = getattr(found, part)
        return True
    return False


def test_what_a_text_imports_is_there() -> None:
    found = [
        (path, f"{module}.{name}")
        for path, text in texts()
        for module, names in IMPORT.findall(text)
        for name in names.split(", ")
        if name
    ]
    assert len(found) > 10
    assert [(path.name, name) for path, name in found if not is_there(name)] == []


def test_what_a_text_names_is_there() -> None:
    found = [(path, name) for path, text in texts() for name in NAME.findall(text)]
    assert len(found) > 20
    assert [(path.name, name) for path, name in found if not is_there(name)] == []
