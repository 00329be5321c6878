"""The tutorial does what it says: every edit is made, every command prints what stands below it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.docs.blocks import DOCS, Block, blocks, commands, edited, run, tidy

PAGES = [path for path in sorted((DOCS / "tutorial").glob("*.md")) if path.name != "index.md"]

LOOKS = (
    "gebiedswerk import mijngemeente wilgendam-2025.csv",
    "gebiedswerk rules mijngemeente",
    "gebiedswerk check mijngemeente",
)
"""Commands of which nothing comes: an import of a file that no profile fits, and what only shows."""


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, and no terminal: 80 wide, without colour."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    for name in ("FORCE_COLOR", "TTY_COMPATIBLE", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def test_the_tutorial_is_true(terminal: Path) -> None:
    """All pages in order, each going on where the one before stopped; GOLDEN=rewrite writes what is printed."""
    for file in (DOCS / "tutorial").glob("*.csv"):
        shutil.copy(file, terminal)
    for page in PAGES:
        _compare(page)


def test_the_first_page_takes_commands_and_answers_only() -> None:
    """From an unknown export to the first build no block changes a file; the page counts its commands."""
    first = [block for page in PAGES[:2] for block in blocks(page.read_text("utf-8"))]
    assert not [block for block in first if block.file is not None]
    typed = [command for block in first if block.language == "console" for command, _ in commands(block.text)]
    until = next(at for at, command in enumerate(typed) if command.startswith("gebiedswerk build")) + 1
    assert all(command.startswith("gebiedswerk ") for command in typed[:until])
    looks = [one for one in typed[:until] if "--dry-run" in one or one in LOOKS]
    assert (until, len(looks)) == (12, 4)
    assert "Dat waren twaalf opdrachten, waarvan vier alleen om te kijken" in PAGES[1].read_text("utf-8")


def test_the_readme_shows_a_real_fault(terminal: Path) -> None:
    """The example with 204.600 for 204.575: the build is refused as the README says."""
    shutil.copytree(DOCS.parent / "examples" / "klein", terminal / "mijngemeente")
    text = terminal / "mijngemeente" / "publications" / "jaarrekening-2025" / "index.md"
    text.write_text(text.read_text("utf-8").replace("[204.575]", "[204.600]"), "utf-8")
    _compare(DOCS.parent / "README.md")


def test_the_page_about_importing_is_true(terminal: Path) -> None:
    """From an unknown export, which the page itself shows, to a delivery."""
    (terminal / "export-2025.csv").touch()
    _compare(DOCS / "how-to" / "import-an-export.md")


def test_the_page_about_filling_a_dossier_is_true(terminal: Path) -> None:
    """From lists as Excel saves them, which the page itself shows, to a dossier of two years."""
    for name in ("gebieden.csv", "begroting.csv"):
        (terminal / name).touch()
    _compare(DOCS / "how-to" / "vul-een-dossier.md")


def _compare(page: Path) -> None:
    """Play a page and hold it to what it says; with GOLDEN=rewrite it says what was printed."""
    text = page.read_text("utf-8")
    played = _play(text)
    if os.environ.get("GOLDEN") == "rewrite":
        page.write_text(played, "utf-8")
    else:
        assert played == text, page.name


def _play(page: str) -> str:
    """Do what a page says; returns the page with what was printed below its commands."""
    made, at = "", 0
    for block in blocks(page):
        start, end = block.span
        made += page[at:start] + _shown(block)
        at = end
        if block.file is not None:
            _edit(block, Path(block.file))
    return made + page[at:]


def _shown(block: Block) -> str:
    """What belongs in a block: what its commands print, or what stands in the file that it shows."""
    if block.beside is not None:
        return Path(block.beside).read_bytes().decode(block.encoding).replace("\r\n", "\n")
    if block.language != "console":
        return block.text
    return "".join(f"$ {command}\n{run(command)}" for command, _ in commands(block.text))


def _edit(block: Block, path: Path) -> None:
    """Write a whole file, or change a part of one; never a file that `new` did not make."""
    before = path.read_bytes().decode(block.encoding)
    after = edited(before, block.text) if block.language == "diff" else block.text
    path.write_bytes(after.encode(block.encoding))


def test_what_is_printed_is_compared_without_what_one_cannot_see() -> None:
    """Spaces at the end of a line and blank lines around it do not count; those within do."""
    assert tidy("\n\n a  \n\nb\n\n") == " a\n\nb\n"
    assert tidy("\n") == ""


def test_an_edit_must_fit_once() -> None:
    """'a, b, b': the line a becomes c; the line b stands there twice and is refused."""
    assert edited("a\nb\nb\n", "-a\n+c\n b\n b\n") == "c\nb\nb\n"
    assert edited("one two three\n", "-two\n+2\n") == "one 2 three\n"
    with pytest.raises(AssertionError, match="2 times"):
        edited("a\nb\nb\n", "-b\n+c\n")
