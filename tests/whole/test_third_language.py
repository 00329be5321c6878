"""A third language is a folder: a program makes one, accented English, and nothing else in the source changes.

The whole site speaks it, with its own marks and months; `verify` holds it, and refuses a figure that was forged in it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

import gebiedswerk
from tests.release.releases import reseal
from tests.whole.test_languages import ENGLISH, PUBLICATION, with_english
from tests.whole.test_site import follow_links
from tools.compile_messages import compiled

CODE = "xq"
ACCENTS = str.maketrans("aeiouyAEIOU", "àéîôûÿÀÉÎÔÛ")
KEPT = re.compile(r"\{[^{}]*\}|%(?:\([a-z_]+\))?[sdr]|<[^<>]*>|`[^`]*`|https?:\S+|--[a-z-]+")
"""Placeholders, tags and code: what stands for something else keeps its letters."""
WORD = re.compile(r"[^\W\d_]+")


def accented(text: str) -> str:
    """A text with accents, where it is words."""
    start, pieces = 0, []
    for found in KEPT.finditer(text):
        pieces += [text[start : found.start()].translate(ACCENTS), found[0]]
        start = found.end()
    return "".join([*pieces, text[start:].translate(ACCENTS)])


def add_language(package: Path) -> None:
    """The folder of a language: the messages of English with accents, its own months, marks and number words."""
    locale = package / "language" / "locale"
    for source in sorted((locale / "en" / "LC_MESSAGES").glob("*.po")):
        with source.open("rb") as lines:
            english = read_po(lines)
        ours = Catalog()
        for message in english:
            if message.id:
                said = message.string
                ours.add(message.id, accented(said) if isinstance(said, str) else tuple(map(accented, said or ())))
        place = locale / CODE / "LC_MESSAGES" / source.name
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("wb") as out:
            write_po(out, ours)
        place.with_suffix(".mo").write_bytes(compiled(place))
    facts = (locale / "en" / "language.toml").read_text("utf-8")
    facts = facts.replace('thousands = ","', 'thousands = "’"').replace('decimal = "."', 'decimal = ":"')
    facts = facts.replace('"en-GB"', '"de-CH"').replace('"ENG"', '"DEU"')
    names = [*tomllib.loads(facts)["months"], *tomllib.loads(facts)["counts"]]
    for name in names:
        facts = facts.replace(f'"{name}"', f'"{accented(name)}"')
    (locale / CODE / "language.toml").write_text(facts, "utf-8")


@dataclass(frozen=True)
class Program:
    """The program with one more language, as a folder of source."""

    source: Path

    def run(self, *words: object, code: int = 0) -> str:
        """A command in a process of its own; what it printed. It must end with this code."""
        environment = {**os.environ, "PYTHONPATH": str(self.source)}
        command = [sys.executable, "-m", "gebiedswerk", *map(str, words)]
        done = subprocess.run(command, check=False, capture_output=True, text=True, env=environment, cwd=self.source)
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Program:
    source = tmp_path_factory.mktemp("source")
    package = source / "gebiedswerk"
    shutil.copytree(Path(gebiedswerk.__file__).parent, package, ignore=shutil.ignore_patterns("__pycache__"))
    add_language(package)
    return Program(source)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small example that speaks it, with a text of its own, in its own marks and words."""
    dossier = with_english(tmp_path_factory.mktemp("xq") / "town", text="")
    settings = dossier / "dossier.toml"
    settings.write_text(settings.read_text("utf-8").replace('"en"', f'"{CODE}"'), "utf-8")
    text = ENGLISH.replace("204,575", "204’575").replace("209,000", "209’000").replace("0.2 m", "0:2 m")
    text = text.replace("[four]", f"[{accented('four')}]")
    (dossier / PUBLICATION / f"index.{CODE}.md").write_text(text, "utf-8")
    return dossier


@pytest.fixture(scope="module")
def release(program: Program, town: Path) -> Path:
    out = town.parent / "public"
    program.run("freeze", town, "--out", out)
    return out


def test_the_whole_site_speaks_it(program: Program, town: Path, release: Path) -> None:
    """Every page stands in it, says so, links well, and holds its words, months and marks, and no English ones."""
    site = release / "site"
    pages = sorted((site / CODE).rglob("*.html"))
    dutch = [path for path in site.rglob("*.html") if CODE not in path.relative_to(site).parts]
    assert len(pages) == len(dutch) > 40
    assert follow_links(pages) > 1_000
    assert [page for page in pages if f' lang="{CODE}">' not in page.read_text("utf-8")[:200]] == []
    whole = (site / CODE / "publicaties" / "jaarrekening-2025" / "index.html").read_text("utf-8")
    assert ">204’575 euros<" in whole and ">fôûr<" in whole
    english = words(program.source / "gebiedswerk" / "language" / "locale" / "en" / "LC_MESSAGES" / "site.po")
    free = {word for page in dutch for word in words(page)} | set(WORD.findall(ENGLISH))
    theirs = {word for word in english - free if len(word) > 3 and accented(word) != word}
    said = {word for page in pages for word in words(page)}
    assert len({accented(word) for word in theirs} & said) > 300
    assert theirs & said == set()


def words(path: Path) -> set[str]:
    """The words of a page or catalogue, tags aside."""
    return set(WORD.findall(re.sub(r"<[^<>]*>", " ", path.read_text("utf-8"))))


def test_the_command_line_speaks_it(program: Program, town: Path) -> None:
    said = program.run("check", town, "--lang", CODE)
    assert set(said) & set("àéîôû")


def test_verify_holds_it(program: Program, release: Path) -> None:
    """Right as it is; and a figure and a number in words that were forged are refused, with nothing made again."""
    program.run("verify", release)
    place = f"site/{CODE}/publicaties/jaarrekening-2025/index.html"
    page = release / place
    before = page.read_text("utf-8")
    forged = ((">204’575 euros<", ">204’576 euros<"), (">fôûr<", ">fîvé<"))
    for true, false in forged:
        assert true in before
        page.write_text(before.replace(true, false, 1), "utf-8")
        reseal(release, place)
        assert place in program.run("verify", release, "--figures", code=1)
    page.write_text(before, "utf-8")
    reseal(release, place)


def test_a_false_claim_in_it_is_a_fault(program: Program, town: Path) -> None:
    text = town / PUBLICATION / f"index.{CODE}.md"
    before = text.read_text("utf-8")
    text.write_text(before.replace("204’575", "204,575"), "utf-8")
    assert "T105" in program.run("check", town, code=1)
    text.write_text(before.replace("[fôûr]", "[four]"), "utf-8")
    assert "T101" in program.run("check", town, code=1)
    text.write_text(before, "utf-8")
