"""The fenced blocks of our own documentation: what they say, and what the program says to it."""

from __future__ import annotations

import contextlib
import io
import re
import shlex
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gebiedswerk.cli.main import main

DOCS = Path(__file__).resolve().parents[2] / "docs"
BLOCK = re.compile(r"^```(?P<language>\w+)(?: (?P<info>[^\n]*))?\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block: its language, what stands behind that, its text, and where it stands in the page."""

    language: str
    info: str
    text: str
    span: tuple[int, int]

    @property
    def file(self) -> str | None:
        """The file that the block is about, if it says `file=`."""
        found = re.search(r"file=(\S+)", self.info)
        return found[1] if found else None

    @property
    def beside(self) -> str | None:
        """The file beside the page that the block shows, if it says `beside=`."""
        found = re.search(r"beside=(\S+)", self.info)
        return found[1] if found else None

    @property
    def encoding(self) -> str:
        """How that file is written: UTF-8 if it does not say `encoding=`."""
        found = re.search(r"encoding=(\S+)", self.info)
        return found[1] if found else "utf-8"


def blocks(page: str) -> Iterator[Block]:
    """The blocks of a page that name a language, in order; `span` is that of the text within the fence."""
    for found in BLOCK.finditer(page):
        yield Block(found["language"], found["info"] or "", found["text"], found.span("text"))


def commands(text: str) -> Iterator[tuple[str, str]]:
    """The commands of a console block with what is printed below each."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, printed = part.partition("\n")
        yield command, printed


def run(command: str) -> str:
    """What a command of ours prints, on both streams in their order; trailing spaces and outer blank lines gone.

    Two commands of the system as well: `cat FILE` and `rm -r FILE...`.
    """
    program, *arguments = shlex.split(command)
    if program == "cat":
        return tidy(Path(*arguments).read_text("utf-8"))
    if program == "rm":
        for path in map(Path, arguments[1:]):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        return ""
    assert program == "gebiedswerk", command
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed), contextlib.suppress(SystemExit):
        main(arguments)
    return tidy(printed.getvalue())


def tidy(printed: str) -> str:
    """Without what one cannot see: spaces at the end of a line, blank lines at both ends."""
    lines = "\n".join(line.rstrip() for line in printed.splitlines()).strip("\n")
    return f"{lines}\n" if lines else ""


def edited(before: str, diff: str) -> str:
    """A text changed by a diff without line numbers. Its lines with ' ' and '-' must stand there exactly once."""
    lines = diff.splitlines()
    old = "".join(f"{line[1:]}\n" for line in lines if line[:1] in ("", " ", "-"))
    new = "".join(f"{line[1:]}\n" for line in lines if line[:1] in ("", " ", "+"))
    if old.count("\n") == 1 and before.count(old) == 0:  # a part of one line
        old, new = old.rstrip("\n"), new.rstrip("\n")
    assert before.count(old) == 1, f"{before.count(old)} times in the file:\n{old}"
    return before.replace(old, new)
