"""Municipalities are found by name; ordinary words are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.lint_municipalities import HERE, found, main, names

LIST = ["# Drenthe", "Assen", "~Best  # best", "", "Ten Boer", "'s-Gravenhage", "Ouder-Amstel"]


def test_the_list_is_read_without_comments_and_ordinary_words() -> None:
    """A `~` lets a name through."""
    assert names(LIST) == ["Assen", "Ten Boer", "'s-Gravenhage", "Ouder-Amstel"]


def test_whole_words_with_their_capitals_are_found() -> None:
    """Each with its line."""
    text = "area = 'Ten Boer'\n# Assen, assen, Assenaar\nin 's-Gravenhage"
    assert list(found(text, names(LIST))) == [(1, "Ten Boer"), (2, "Assen"), (3, "'s-Gravenhage")]


def test_a_holder_of_copyright_may_be_named() -> None:
    """A licence asks for it."""
    assert list(found("/* Copyright (c) 2025 Gemeente Assen */", names(LIST))) == []


def test_the_kept_list_holds_every_municipality_once() -> None:
    """342 in 2024 to 2026 (two share the name Bergen), three of them under two names, and the former ones."""
    lines = (HERE / "municipalities.txt").read_text("utf-8").splitlines()
    all_names = [line.split("#")[0].strip().removeprefix("~") for line in lines if line and not line.startswith("#")]
    assert len(set(all_names)) == len(all_names)
    former = lines.index(next(line for line in lines if line.startswith("# Former")))
    assert sum(1 for line in lines[:former] if line and not line.startswith("#")) == 342 - 1 + 3


def test_main_names_file_and_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One fault gives 1, a source without names gives 0; other kinds of file are not read."""
    source = tmp_path / "src"
    source.mkdir()
    (source / "data.bin").write_bytes(b"\xffHaren")
    assert main(source) == 0
    (source / "page.css").write_text("/* Haren */")
    assert main(source) == 1
    assert capsys.readouterr().out == "src/page.css:1: names the municipality Haren\n"
