"""Branches of a dossier merged by git: by itself where changes stand apart, else by our driver as the how-to says."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from gebiedswerk.app.check_journal import check_journal
from gebiedswerk.app.merge import merge
from gebiedswerk.app.set_settings import set_settings
from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.core.faults import errors
from gebiedswerk.dossier.writing.journal import read_journal
from tests.conftest import ROOT
from tests.docs.blocks import blocks
from tests.town import TEXT, edit

SETUP = {block.language: block.text for block in blocks((ROOT / "docs/how-to/merge-branches.md").read_text("utf-8"))}
NRD, HAV = "P2025-NRD,NRD,2025,adopted,45000.00", "P2025-HAV,HAV,2025,adopted,36000.00"
NEW = "B2025-{0},{0},2025,amendment,100.00,W2025-9,raad,2025-06-12,,,,"
MARKS = ("<<<<<<<", ">>>>>>>")


@dataclass(frozen=True)
class Repository:
    """A dossier in git, on its first branch; `theirs` starts from the same commit."""

    dossier: Path

    def git(self, *words: str) -> subprocess.CompletedProcess[str]:
        here = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "HOME": str(self.dossier)}
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        return subprocess.run(
            ["git", "-c", "user.name=a", "-c", "user.email=a@b.example", *words],
            cwd=self.dossier,
            env={**os.environ, **here, "PATH": path},
            capture_output=True,
            text=True,
            check=False,
        )

    def commit(self) -> None:
        self.git("add", "--all")
        assert self.git("commit", "--message", "a").returncode == 0

    def use_driver(self) -> None:
        """As the how-to says."""
        (self.dossier / ".gitattributes").write_text(SETUP["text"])
        self.commit()
        for line in SETUP["sh"].splitlines():
            assert subprocess.run(line, shell=True, cwd=self.dossier, check=False).returncode == 0  # noqa: S602 - our own page

    def merged(self, *, ours: dict[str, tuple[str, str]], theirs: dict[str, tuple[str, str]]) -> str:
        """Edits of files on two branches, each a text and what takes its place; what git and our driver said."""
        self.git("checkout", "-b", "theirs")
        for file, (old, new) in theirs.items():
            edit(self.dossier, file, old, new)
        self.commit()
        self.git("checkout", "-")
        for file, (old, new) in ours.items():
            edit(self.dossier, file, old, new)
        self.commit()
        done = self.git("merge", "theirs", "--message", "b")
        return f"{done.stdout}{done.stderr}" if done.returncode else ""

    def read(self, file: str) -> str:
        return (self.dossier / file).read_bytes().decode()


@pytest.fixture
def plain(klein: Path) -> Repository:
    repository = Repository(klein)
    repository.git("init", "--quiet")
    repository.git("config", "core.autocrlf", "false")
    repository.commit()
    return repository


@pytest.fixture
def driven(plain: Repository) -> Repository:
    plain.use_driver()
    return plain


def test_rows_apart_are_merged_by_git_alone(plain: Repository) -> None:
    """Without anything of ours: a changed cell is one changed line."""
    first = "P2024-BIN,BIN,2024,adopted,32000.00"
    told = plain.merged(
        ours={"budgets.csv": (first, first.replace("32000", "32500"))},
        theirs={"budgets.csv": (HAV, HAV.replace("36000", "36500"))},
    )
    assert not told
    assert ",32500.00," in plain.read("budgets.csv") and ",36500.00," in plain.read("budgets.csv")


def test_rows_beside_each_other_need_the_driver(plain: Repository) -> None:
    """git alone cannot; with the driver both changes are there and nothing else moved."""
    changes = {
        "ours": {"budgets.csv": (NRD, NRD.replace("45000", "45500"))},
        "theirs": {"budgets.csv": (HAV, HAV.replace("36000", "36500"))},
    }
    before = plain.read("budgets.csv")
    assert "CONFLICT" in plain.merged(**changes)
    plain.git("merge", "--abort")
    plain.use_driver()
    plain.git("branch", "-D", "theirs")
    plain.git("reset", "--hard", "HEAD~2")
    plain.use_driver()
    assert not plain.merged(**changes)
    expected = before.replace("45000.00", "45500.00").replace("36000.00", "36500.00")
    assert plain.read("budgets.csv") == expected
    assert open_dossier(plain.dossier).dossier is not None


def test_rows_that_both_put_below_a_table_are_kept(driven: Repository) -> None:
    last = driven.read("budgets.csv").splitlines()[-1]
    ours, theirs = NEW.format("BIN"), NEW.format("OST")
    told = driven.merged(
        ours={"budgets.csv": (last, f"{last}\n{ours}")}, theirs={"budgets.csv": (last, f"{last}\n{theirs}")}
    )
    assert not told
    assert driven.read("budgets.csv").endswith(f"{last}\n{ours}\n{theirs}\n")


def test_the_same_key_put_in_twice_is_told_by_row(driven: Repository) -> None:
    last = driven.read("budgets.csv").splitlines()[-1]
    ours, theirs = NEW.format("BIN"), NEW.format("BIN").replace("100.00", "200.00")
    told = driven.merged(
        ours={"budgets.csv": (last, f"{last}\n{ours}")}, theirs={"budgets.csv": (last, f"{last}\n{theirs}")}
    )
    assert "CONFLICT" in told and "J202" in told and "B2025-BIN" in told and "‘200,00’" in told
    assert driven.read("budgets.csv").endswith(f"{last}\n<<<<<<< ours\n{ours}\n=======\n{theirs}\n>>>>>>> theirs\n")


def test_the_same_cell_is_told_and_settled_in_an_editor(driven: Repository) -> None:
    """The row stands twice, and git holds the merge until a person chose."""
    told = driven.merged(
        ours={"budgets.csv": (NRD, NRD.replace("45000", "46000"))},
        theirs={"budgets.csv": (NRD, NRD.replace("45000", "47000"))},
    )
    assert "J201" in told and "budgets.csv, kolom amount" in told
    assert "In rij P2025-NRD stond bij amount ‘45000,00’." in told
    assert driven.git("diff", "--name-only", "--diff-filter=U").stdout == "budgets.csv\n"
    text = driven.read("budgets.csv")
    block = text[text.index("<<<<<<< ours") : text.index(">>>>>>> theirs") + 15]
    assert [line.split(",")[4] for line in block.splitlines() if "," in line] == ["46000.00", "47000.00"]
    chosen = text.replace(block, block.splitlines(keepends=True)[1])
    (driven.dossier / "budgets.csv").write_text(chosen)
    driven.commit()
    assert NRD.replace("45000", "46000") in driven.read("budgets.csv")
    assert not [found for found in open_dossier(driven.dossier).faults if found.file == "budgets.csv"]


def test_a_row_removed_against_one_changed_is_told(driven: Repository) -> None:
    line = next(one for one in driven.read("budgets.csv").splitlines() if one.startswith(NRD))
    told = driven.merged(
        ours={"budgets.csv": (f"{line}\n", "")}, theirs={"budgets.csv": (NRD, NRD.replace("45000", "47000"))}
    )
    assert "J203" in told and "‘47000,00’" in told
    assert line.replace("45000", "47000") in driven.read("budgets.csv")


def test_two_keys_of_one_file_of_settings(driven: Repository) -> None:
    """Beside each other, with a comment between: both are set and the comment stays."""
    file = "dossier.toml"
    told = driven.merged(
        ours={file: ('name = "Wilgendam"', 'name = "Wilgenstad"')},
        theirs={file: ("years = 1", "years = 2")},
    )
    assert not told
    assert 'name = "Wilgenstad"' in driven.read(file) and "years = 2" in driven.read(file)
    assert driven.read(file).count("#") == (ROOT / "examples/klein" / file).read_text("utf-8").count("#")


def test_one_key_of_settings_is_told(driven: Repository) -> None:
    told = driven.merged(
        ours={"dossier.toml": ('name = "Wilgendam"', 'name = "A"')},
        theirs={"dossier.toml": ('name = "Wilgendam"', 'name = "B"')},
    )
    assert "J205" in told and 'De instelling municipality.name was "Wilgendam".' in told
    assert '<<<<<<< ours\nname = "A"\n=======\nname = "B"\n>>>>>>> theirs\n' in driven.read("dossier.toml")


def test_two_paragraphs_and_one(driven: Repository) -> None:
    """Beside each other both are changed; the same one is told by the line of its marks."""
    first, second = "Bewoners, ondernemers en verenigingen", "## Wat hebben we uitgegeven?"
    assert not driven.merged(ours={TEXT: (first, "Bewoners")}, theirs={TEXT: (second, "## Uitgaven")})
    assert "\nBewoners bedenken" in driven.read(TEXT) and "## Uitgaven" in driven.read(TEXT)
    driven.git("branch", "-D", "theirs")
    told = driven.merged(ours={TEXT: ("## Uitgaven", "## A")}, theirs={TEXT: ("## Uitgaven", "## B")})
    line = driven.read(TEXT).splitlines().index("<<<<<<< ours") + 1
    assert f"{TEXT}, regel {line}" in told and "J206" in told


def test_a_delivery_is_never_merged(driven: Repository) -> None:
    file = "deliveries/grootboek-2026-03/notes.csv"
    (driven.dossier / file).write_text("a\nb\nc\nd\ne\n")
    driven.commit()
    told = driven.merged(ours={file: ("a", "A")}, theirs={file: ("e", "E")})
    assert "J207" in told and driven.read(file) == "A\nb\nc\nd\ne\n"


def test_branches_that_were_merged_into_each_other(driven: Repository) -> None:
    """git then makes up what both come from: it holds no marks, and the rows are merged all the same."""
    changes = {"ours": ("45000", "46000"), "theirs": ("45000", "47000")}
    driven.merged(**{side: {"budgets.csv": (NRD, NRD.replace(*change))} for side, change in changes.items()})
    driven.git("checkout", "--ours", "budgets.csv")
    driven.commit()
    driven.git("branch", "mine")
    driven.git("checkout", "theirs")
    driven.git("merge", "mine~1", "--message", "c")
    driven.git("checkout", "--ours", "budgets.csv")
    edit(driven.dossier, "budgets.csv", HAV, HAV.replace("36000", "36500"))
    driven.commit()
    driven.git("checkout", "mine")
    done = driven.git("merge", "theirs", "--message", "d")
    assert "J208" not in done.stdout + done.stderr
    assert "J201" in done.stderr and ",36500.00," in driven.read("budgets.csv")


def test_the_journals_of_two_branches_are_joined(driven: Repository) -> None:
    """git merges them by itself; the journal then has two ends, is whole, and the next change joins them."""
    dossier = driven.dossier
    assert not errors(set_settings(dossier, "dossier", {"presentation.unit": "1000"}))
    driven.commit()
    driven.git("checkout", "-b", "theirs")
    assert not errors(set_settings(dossier, "dossier", {"municipality.name": "Dorp"}))
    driven.commit()
    driven.git("checkout", "-")
    assert not errors(set_settings(dossier, "dossier", {"municipality.explanation": "Kort."}))
    driven.commit()
    assert driven.git("merge", "theirs", "--message", "b").returncode == 0
    assert len(read_journal(dossier).heads) == 2
    assert not errors(check_journal(dossier, "").faults)
    assert not errors(set_settings(dossier, "dossier", {"presentation.unit": "1"}))
    assert len(read_journal(dossier).heads) == 1
    assert not errors(check_journal(dossier, "").faults)


def test_a_dossier_below_its_repository(klein: Path, tmp_path: Path) -> None:
    """A place with blanks and a folder before it is the same table."""
    (tmp_path / "mijn stad").mkdir()
    klein.rename(tmp_path / "mijn stad" / "dossier")
    repository = Repository(tmp_path / "mijn stad")
    repository.git("init", "--quiet")
    repository.use_driver()
    file = "dossier/budgets.csv"
    assert not repository.merged(
        ours={file: (NRD, NRD.replace("45000", "45500"))}, theirs={file: (HAV, HAV.replace("36000", "36500"))}
    )


def test_ours_is_written_where_it_changes_alone(tmp_path: Path) -> None:
    """Theirs that is as the base says nothing new."""
    for name, text in (("base", "a = 1\n"), ("ours", "a = 2\n"), ("theirs", "a = 1\n")):
        (tmp_path / name).write_text(text)
    base, ours, theirs = (tmp_path / name for name in ("base", "ours", "theirs"))
    os.utime(ours, (1, 1))
    assert merge(base, ours, theirs, "dossier.toml") == ()
    assert ours.stat().st_mtime == 1
