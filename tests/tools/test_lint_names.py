"""No two public classes have one name, nor two modules; made-up code with each slip is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import lint_names


def test_our_own_names_say_one_thing(capsys: pytest.CaptureFixture[str]) -> None:
    assert lint_names.main() == 0, capsys.readouterr().out


def test_two_public_classes_are_found() -> None:
    """A private one may be called as it likes; so may one within another."""
    texts = {"a/one": "class Row: ...\nclass _Own: ...\n", "b/two": "class Row:\n    class Row: ...\nclass _Own: ...\n"}
    assert list(lint_names.doubled_classes(texts)) == [("Row", ["a/one", "b/two"])]


@pytest.mark.parametrize(
    ("modules", "found"),
    [
        (["pages/build", "site/build"], 1),
        (["pages/build", "site/write"], 0),
        (["formats/csv/text", "formats/xaf/text"], 0),
        (["language/nl/words", "language/en/words"], 0),
        (["formats/csv/text", "formats/xaf/text", "pages/text"], 1),
        (["formats/text", "formats/xaf/text"], 1),
        (["pages/__init__", "site/__init__"], 0),
    ],
)
def test_modules_of_one_name_are_found(modules: list[str], found: int) -> None:
    """The same part of two formats or languages is one name for one thing."""
    assert len(list(lint_names.doubled_modules(modules))) == found


def test_a_module_that_hides_the_standard_library_is_found() -> None:
    """A folder is no module: that of a format is called as the format."""
    assert list(lint_names.hiding(["pages/calendar", "formats/csv/file", "core/__init__"])) == [
        "module pages/calendar is called as one of the standard library"
    ]


def test_each_slip_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All in one run."""
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "json.py").write_text("class Thing: ...\n")
    assert lint_names.main(tmp_path) == 1
    said = capsys.readouterr().out
    assert "class Thing stands in a/json, b/json" in said and "a/json, b/json: one name" in said
    assert "module a/json is called" in said
