"""`make check` says what in `app/` is no verb."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.lint_verbs import faults, main

VERB = '__all__ = ["AMOUNTS", "Built", "build"]\n\ndef build() -> Built:\n    """Build."""\n    return _built()\n'


def test_a_verb_with_its_types_and_constants() -> None:
    assert list(faults("build", VERB)) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (VERB.replace("build()", "make()"), "its one public function is build, not make"),
        (VERB + "\ndef freeze() -> None: ...\n", "its one public function is build, not build, freeze"),
        ("X = 1\n", "its one public function is build, not none"),
        (VERB.replace("AMOUNTS", "lapsing"), "hands out lapsing"),
        (VERB + "    print(1)\n", "calls print"),
        (VERB + "    input('?')\n", "calls input"),
    ],
)
def test_what_is_no_verb(text: str, wrong: str) -> None:
    assert list(faults("build", text)) == [f"build: {wrong}"]


def test_the_whole_room(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of our own nothing is said; of another each file."""
    assert (main(), capsys.readouterr().out) == (0, "")
    (tmp_path / "build.py").write_text("print()\n", "utf-8")
    (tmp_path / "__init__.py").write_text("print()\n", "utf-8")
    assert main(tmp_path) == 1
    assert capsys.readouterr().out.splitlines() == [
        "build: its one public function is build, not none",
        "build: calls print",
    ]
