"""Every fault is shown by a folder: the change that leads to it, and all that is then said, as a person reads it."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from string import Formatter

import pytest

from gebiedswerk.core.fault_codes import FAULT_CODES, Severity
from gebiedswerk.dossier import read
from gebiedswerk.formats.csv.file import CsvImporter
from gebiedswerk.formats.registry import read_file
from gebiedswerk.language.languages import LANGUAGES, LOCALE
from gebiedswerk.language.messages import Messages
from tests.conftest import ROOT
from tests.faults.cases import CODES, FOLDERS, HERE, code_of, expected, faults_of, keep, shown

PARTS = ("title", "explanation", "message", "remedy")
WITHOUT = {
    "L123": "each of our importers knows its own endings, so it takes one importer more: the test below",
    "I192": "it takes a suggestion that is wrong: tests/importing/test_rules.py",
    "I112": "it takes a file that is rewritten while it is read: tests/importing/test_landing.py",
    "I113": "it takes a full disk: tests/importing/test_landing.py",
    **{
        code: "it takes an audit file: tests/formats/xaf/test_importer.py"
        for code in "L130 L131 L132 L133 L134 L135 L140 L141 L142 L143 L144 L145 L146 L147 L148 L149".split()
        if not (HERE / code).is_dir()
    },
    "L182": "it takes a workbook with hidden rows: tests/formats/xlsx/test_importer.py",
    "L170": "it takes a line of a megabyte: tests/fuzz/test_memory.py",
    "D172": "it takes a file of a megabyte: tests/growth/test_growth.py",
    "D174": "it takes a line of a megabyte: tests/growth/test_growth.py",
    "G108": "it takes a file of 20 megabytes: tests/dossier/test_geography.py",
    **dict.fromkeys("Z145 Z146 Z147 Z148 Z149".split(), "it takes a release: tests/release/test_remade.py"),
    **dict.fromkeys(
        "Z135 Z136 Z137 Z138 Z139 Z140 Z141 Z142 Z143".split(), "it takes a release: tests/release/shown/test_held.py"
    ),
    **dict.fromkeys(
        "Z101 Z102 Z103 Z104 Z105 Z106 Z107 Z108 Z109 Z110 Z111 Z112 Z113 Z114 Z115 Z117".split(),
        "it takes a release: tests/release/test_verify.py",
    ),
    **dict.fromkeys("Z155 Z156 Z157 Z158 Z159".split(), "it takes SSH keys: tests/release/test_signatures.py"),
    **dict.fromkeys(["X003", "X004"], "it takes `serve`: tests/cli/test_serve.py"),
    "S107": "it takes a machine without Pagefind: tests/dossier/test_house_style.py",
    "T121": "it takes the greater part of a page: tests/documents/test_edited_figures.py",
    "B113": "it takes two dossiers: tests/release/test_compare.py",
    "Z130": "it takes two of a kind: tests/release/test_compare.py",
    **dict.fromkeys("Z120 Z121 Z122 Z123".split(), "it takes a site that is live: tests/release/test_publish.py"),
    "B110": "a dossier that would provoke it is refused before: tests/whole/test_places.py",
    "B111": "it takes a full disk: tests/whole/test_dossier_disk.py",
    "B112": "it takes a file that may not be read: tests/test_streams.py",
    **dict.fromkeys(
        "Z131 Z132 Z133 Z134".split(), "it takes a site that is live and hides something: tests/release/test_hidden.py"
    ),
    "B103": "it takes a full disk: tests/release/test_disk.py",
    "B104": "it takes another at work: tests/release/test_disk.py",
    **dict.fromkeys(
        "J303 J304 J305 J306".split(), "it takes a former backup: tests/dossier/writing/test_backup_writer.py"
    ),
    "J308": "it takes a backup that was damaged: tests/dossier/writing/test_backup_reader.py",
    "I117": "it takes another import at work: tests/importing/test_landing.py",
    "J102": "it takes a disk without locks: tests/importing/test_landing.py",
    "J103": "it takes a command with a name: tests/cli/test_acting.py",
    "J104": "it takes a change that stands half: tests/dossier/writing/test_whole_version.py",
    "J105": "it takes a workbook that is built in a way of its own: tests/dossier/writing/test_carry_rows.py",
    **dict.fromkeys("J101 J106 J107 J109".split(), "it takes another in between: tests/dossier/writing/test_apply.py"),
    **dict.fromkeys(
        "J111 J112 J113 J114 J115".split(), "it takes a journal: tests/dossier/writing/test_verify_journal.py"
    ),
    "J401": "it takes a file with a draft: tests/dossier/writing/test_draft.py",
    "J402": "it takes a file with a draft: tests/dossier/writing/test_draft.py",
    "J403": "it takes a file with a draft: tests/app/test_make_draft.py",
    "J116": "it takes a journal: tests/dossier/writing/test_erase.py",
    "J117": "it takes a journal: tests/app/test_journal_of.py",
    "J118": "it takes a journal: tests/dossier/writing/test_erase.py",
}
"""Codes that no change of a dossier can provoke, and why; a test of their own shows them."""


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_change_leads_to_its_faults_and_nothing_else(
    folder: str, klein: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All faults in order, with place, value, message and remedy; `GOLDEN=rewrite` rewrites them."""
    monkeypatch.chdir(tmp_path)
    faults = faults_of(folder, klein)
    found = shown(faults)
    keep(folder, found)
    assert found == expected(folder)
    assert code_of(folder) in [one["code"] for one in found]
    for language in LANGUAGES:
        for one in shown(faults, language):
            assert not re.search(r"[{}]|None|‘’|(vanwege|because of) \.", one["message"] + one["remedy"]), one


class Anything(CsvImporter):
    """An importer that takes every file for its own."""

    def recognises(self, path: Path, head: bytes) -> bool:
        """Whatever it is."""
        del path, head
        return True


def test_two_importers_that_claim_one_file_are_both_named(klein: Path) -> None:
    """L123: a person chooses; the dossier says nothing of which importers there are."""
    delivery = read(klein).value.deliveries[0]  # type: ignore[union-attr] # the example can be read
    read_none, faults = read_file(delivery, [CsvImporter(), Anything(name="kasboek")])
    assert not read_none.lines
    assert [(found["code"], found["message"]) for found in shown(faults)] == [
        ("L123", "grootboek.csv wordt herkend door csv, kasboek.")
    ]


def test_every_folder_is_kept() -> None:
    """A folder without a change shows nothing."""
    assert sorted(path.name for path in HERE.iterdir() if path.is_dir() and path.name != "__pycache__") == FOLDERS


def test_every_code_has_a_folder_and_words() -> None:
    """The codes that the code makes, in the catalogue of faults, in both languages and in the folders are the same."""
    assert used() == set(FAULT_CODES) == documented("nl") == documented("en") == {*CODES, *WITHOUT}


def test_a_warning_holds_nothing_back() -> None:
    """What is published nonetheless leaves the account and its claims as they are."""
    odd = [
        code for code, kind in FAULT_CODES.items() if kind.severity is Severity.WARNING and (kind.shape or kind.money)
    ]
    assert not odd


def test_the_catalogue_is_the_only_list_of_weights() -> None:
    """What a code weighs and holds back follows from one line: in reading and checking no other set of codes stands."""
    lists = re.compile(r"""frozenset\([^)]*"(?:[A-Z][0-9]{3} ?){2,}""")
    files = [path for path in (ROOT / "src").rglob("*.py") if path.parent.name != "formats"]
    assert not [path for path in files if lists.search(path.read_text("utf-8"))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_is_told_in_full(language: str) -> None:
    """Title, explanation, message and remedy; the first two stand on their own."""
    messages = Messages(language)
    for code in documented(language):
        for part in PARTS:
            assert messages.known(f"fault.{code}.{part}"), (code, part)
        for part in ("title", "explanation"):
            assert not fields(messages(f"fault.{code}.{part}")), (code, part)


def test_both_languages_tell_the_same_facts() -> None:
    """A message in one language leaves out nothing that the other says."""
    dutch, english = Messages("nl"), Messages("en")
    for code in documented("nl"):
        name = f"fault.{code}.message"
        assert fields(dutch(name)) == fields(english(name)), code


def used() -> set[str]:
    """Every string in our code that is, or holds, nothing but codes of faults; the catalogue itself uses none."""
    found: set[str] = set()
    for path in (path for path in (ROOT / "src").rglob("*.py") if path.name != "fault_codes.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                words = node.value.split()
                found |= set(words) if all(re.fullmatch(r"[A-Z][0-9]{3}", word) for word in words) else set()
    return found


def documented(language: str) -> set[str]:
    text = (LOCALE / language / "LC_MESSAGES" / "faults.po").read_text("utf-8")
    return set(re.findall(r'^msgid "fault\.([A-Z][0-9]{3})\.', text, re.MULTILINE))


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}
