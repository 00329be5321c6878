"""Imports between rooms are read from the code and drawn; a stale drawing is named."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from tools.draw_imports import imports, main, page, rooms
from tools.imports_svg import drawing, layers, needed

ARROWS = [("site", "account"), ("account", "core"), ("site", "core"), ("site", "words")]


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """A package of three rooms: site imports account twice and core once, account imports core."""
    package = tmp_path / "town"
    for room in ("core", "account"):
        (package / room).mkdir(parents=True)
        (package / room / "__init__.py").write_text(f'"""About {room}.\n\nMore."""\n')
    (package / "__init__.py").write_text("")
    (package / "core" / "inside.py").write_text("import os\nfrom town.core import money\n")
    (package / "account" / "settle.py").write_text("from town.core.money import split, round\n")
    (package / "site.py").write_text("from town import account, core\n\ndef f():\n    import town.account.settle\n")
    return package


def test_rooms_are_packages_and_modules(town: Path) -> None:
    """Each with what it says it is for."""
    assert rooms(town) == {"account": "About account.", "core": "About core.", "site": ""}


def test_statements_are_counted_per_pair_of_rooms(town: Path) -> None:
    """Imports within a room and from outside do not count; one inside a function does."""
    assert imports(town) == {("account", "core"): 1, ("site", "account"): 2, ("site", "core"): 1}


def test_the_page_names_each_room(town: Path) -> None:
    """With its imports and their number."""
    text = page(rooms(town), imports(town))
    assert "    site --> account\n" in text
    assert "| `site` |  | account (2), core (1) |" in text
    assert "| `core` | About core. | nothing of ours |" in text


def test_check_compares(town: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Absent, written, and old after a new import."""
    reference = tmp_path / "docs"
    assert main(["--check"], town, reference) == 1
    assert main([], town, reference) == 0
    assert main(["--check"], town, reference) == 0
    (town / "account" / "more.py").write_text("import town.core\n")
    capsys.readouterr()
    assert main(["--check"], town, reference) == 1
    assert "imports.md: not what the code says; run make docs" in capsys.readouterr().out


def test_a_room_stands_above_what_it_imports() -> None:
    """And as low as it can; a circle does not hang the drawing."""
    assert layers(["account", "core", "site", "words"], ARROWS) == [["site"], ["account"], ["core", "words"]]
    assert layers(["a", "b"], [("a", "b"), ("b", "a")]) == [["a"], ["b"]]


def test_an_arrow_beside_a_longer_path_is_not_needed() -> None:
    """site → core goes by account."""
    assert needed(ARROWS) == {("site", "account"), ("account", "core"), ("site", "words")}


def test_the_drawing_holds_every_room_and_arrow() -> None:
    """It is sound SVG, the same each time."""
    text = drawing(["site", "account", "core", "words"], ARROWS)
    svg = "{http://www.w3.org/2000/svg}"
    root = ET.fromstring(text)  # noqa: S314  our own drawing
    assert [found.text for found in root.iter(f"{svg}text")] == ["site", "account", "core", "words"]
    assert sum(found.get("class") in ("main", "light") for found in root.iter(f"{svg}path")) == len(ARROWS)
    assert text == drawing(["words", "core", "site", "account"], list(reversed(ARROWS)))


def test_nothing_to_draw() -> None:
    """An empty package still gives sound SVG."""
    ET.fromstring(drawing([], []))  # noqa: S314  our own drawing
