"""What was spent beyond all there was is 'not yet covered' only where the rule of the municipality asks for cover.

Everywhere: pages, tables, charts, printed documents, data, the command line; in both languages. Without that rule each
of these places says that more was spent than there was, and none speaks of cover.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from gebiedswerk.app.build import build
from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.blocks.year_tables import year_table
from gebiedswerk.cli.terminal import show_terms
from gebiedswerk.core.spending_term import must_be_covered
from gebiedswerk.figures import TOTAL, Address, parse_subject
from gebiedswerk.importing.difference import Difference
from gebiedswerk.importing.import_sentences import _figure
from gebiedswerk.language.messages import Messages
from tests.pages.area.test_area_money import setting_of
from tests.small import Small
from tests.town import edit
from tests.whole.test_languages import PUBLICATION, with_english

RULE = 'shortfall = "to-cover"\n'
PICTURES = "table:available", "chart:milestones", "chart:tranches"
TEXT = "# Wat er was\n\nEr is meer uitgegeven dan er was.\n\n" + "\n\n".join(f"![{one}]({one})" for one in PICTURES)
OF_COVER = re.compile(
    r"gedekt|dekking|geen geld gevonden|not (?:yet )?covered|cover for|no money has been found|has yet to be found",
    re.I,
)
BEYOND = re.compile(
    r"meer uitgegeven dan er (?:beschikbaar )?was|spent beyond what there was|more was spent .{0,60}than", re.I
)
PLACES = (
    "gebieden/havenkwartier/index.html",
    "cijfers/havenkwartier/2025.html",
    "publicaties/jaarrekening-2025/index.html",
    "publicaties/jaarrekening-2025/index.docx",
    "begrippen.html",
)


@pytest.fixture(scope="module", params=[True, False], ids=["cover", "silent"])
def town(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[bool, Path, Path]:
    """The small example in two languages, with the rule and without it: whether, its dossier and its site."""
    folder = tmp_path_factory.mktemp("short")
    dossier = with_english(folder / "town", text=TEXT)
    (dossier / PUBLICATION / "index.md").write_text(TEXT, "utf-8")
    if not request.param:
        edit(dossier, "dossier.toml", RULE, "")
        edit(dossier, "dossier.toml", 'wijst de raad dekking aan: tot dan is het "nog niet gedekt"', "geldt niets")
    built, faults = build(dossier, folder / "out")
    assert built is not None, faults
    return request.param, dossier, built.site


def words_of(path: Path) -> str:
    """What a file says, without marks; of a Word document or workbook the text of its parts."""
    if path.suffix in (".docx", ".xlsx"):
        with zipfile.ZipFile(path) as parts:
            text = " ".join(parts.read(name).decode("utf-8") for name in parts.namelist() if name.endswith(".xml"))
    else:
        text = path.read_text("utf-8")
    return " ".join(re.sub(r"<[^>]*>", " ", text).replace("\u00a0", " ").replace("&nbsp;", " ").split())


@pytest.mark.parametrize("language", ["", "en/"])
@pytest.mark.parametrize("place", PLACES)
def test_a_place_speaks_of_cover_as_the_rule_does(town: tuple[bool, Path, Path], place: str, language: str) -> None:
    """The pages and papers on which a shortfall stands: cover where the rule asks for it, else what was spent."""
    covered, _, site = town
    said = words_of(site / f"{language}{place}")
    assert bool(OF_COVER.search(said)) == covered
    assert BEYOND.search(said) or covered


def test_nothing_else_speaks_of_cover(town: tuple[bool, Path, Path]) -> None:
    """Over every file that is text: without the rule not one has a word of it, in no language."""
    covered, _, site = town
    kinds = (".html", ".json", ".csv", ".ics", ".xml", ".docx", ".xlsx", ".md", ".sql", ".txt")
    files = [path for path in site.rglob("*") if path.suffix in kinds and path.is_file()]
    found = [path.relative_to(site).as_posix() for path in files if OF_COVER.search(words_of(path))]
    assert len(files) > 100
    assert bool(found) == covered, found
    assert not covered or any(name.startswith("data/") for name in found), found


@pytest.mark.parametrize("rule", ["", RULE])
def test_the_column_stands_where_there_is_something_to_say(tmp_path: Path, rule: str) -> None:
    """With the rule also nil is said; without it the column is left out of a year in which nothing fell short."""
    given, spent = [(2018, "A", 100), (2019, "A", 100)], [(2018, "A", 40), (2019, "A", 150)]
    small = Small(closed=(2018, 2019), term=f"years = 1\n{rule}", adopted=given, postings=spent)
    setting = setting_of(small.write(tmp_path))
    for year, short in ((2018, 0), (2019, 50_00)):
        columns = year_table(replace(setting, year=year), "available", "").columns
        assert setting.figures.figure(Address("shortfall", TOTAL, year)).cents == short
        assert ("Nog niet gedekt" in columns) == bool(rule)
        assert ("Meer uitgegeven dan er was" in columns) == (short > 0 and not rule)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_command_line_says_the_same(town: tuple[bool, Path, Path], language: str) -> None:
    """`terms`, and what an import would move."""
    covered, dossier, _ = town
    opened, messages, out = open_dossier(dossier), Messages(language), io.StringIO()
    assert opened.dossier and opened.newest
    rules = opened.dossier.settings.term
    show_terms(opened.newest.account.standing(2025), messages, Console(file=out, width=200), rules)
    moved = Difference(1, (), (), (), (), 0, (), 0, 0, {}, rules)
    said = " ".join(out.getvalue().split()) + _figure(Address("shortfall", parse_subject("HAV"), 2025), moved, messages)
    assert bool(OF_COVER.search(said)) == covered
    assert bool(re.search(r"dan er was|Beyond what", said)) == (not covered)


def test_a_rule_of_another_word_is_a_fault(klein: Path) -> None:
    """The setting says one of two things; the fault names both."""
    edit(klein, "dossier.toml", RULE, 'shortfall = "later"\n')
    (found,) = [one for one in open_dossier(klein).faults if one.severity.value == "error"]
    assert (found.code, found.column, found.value) == ("D105", "term.shortfall", "later")
    assert dict(found.facts)["choices"] == "overspent, to-cover"


def test_the_rule_of_a_year_speaks_for_that_year(klein: Path) -> None:
    """A rule that asks for cover from 2025 on says nothing of a shortfall in 2024."""
    rule = '[[term]]\nfrom = 2025\nyears = 1\nshortfall = "to-cover"\n\n[presentation]'
    edit(klein, "dossier.toml", RULE, "")
    edit(klein, "dossier.toml", "[presentation]", rule)
    found = open_dossier(klein).dossier
    assert found
    asked = [must_be_covered(found.settings.term, year) for year in (2023, 2024, 2025, 2026)]
    assert asked == [False, False, True, True]
