"""Catalogues compile to the same bytes, and differences between the languages are named."""

from __future__ import annotations

import gettext
from pathlib import Path

import pytest

from tools.compile_messages import Messages, differences, main, messages, placeholders, problems

HEADER = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"POT-Creation-Date: 2025-01-01 00:00+0000\\n"\n'
)


def write(locale: Path, language: str, *pairs: tuple[str, str]) -> Path:
    """A catalogue `cli` with a few messages."""
    source = locale / language / "LC_MESSAGES" / "cli.po"
    source.parent.mkdir(parents=True, exist_ok=True)
    source.write_text(HEADER + "".join(f'\nmsgid "{name}"\nmsgstr "{text}"\n' for name, text in pairs), "utf-8")
    return source


def both(locale: Path) -> None:
    """The same message in both languages."""
    write(locale, "nl", ("cli.left", "nog {left} €"))
    write(locale, "en", ("cli.left", "{left} € left"))


def test_compiled_messages_can_be_read(tmp_path: Path) -> None:
    """As the program reads them."""
    both(tmp_path)
    assert main([], tmp_path) == 0
    catalogue = gettext.translation("cli", tmp_path, ["nl"])
    assert catalogue.gettext("cli.left") == "nog {left} €"


def test_the_bytes_hold_no_date(tmp_path: Path) -> None:
    """Another date in the source gives the same bytes."""
    both(tmp_path)
    main([], tmp_path)
    source = tmp_path / "nl" / "LC_MESSAGES" / "cli.po"
    before = source.with_suffix(".mo").read_bytes()
    source.write_text(source.read_text("utf-8").replace("2025-01-01", "2026-12-31"), "utf-8")
    main([], tmp_path)
    assert source.with_suffix(".mo").read_bytes() == before
    assert b"Date" not in before


def test_check_wants_current_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Not compiled, compiled, changed."""
    both(tmp_path)
    assert main(["--check"], tmp_path) == 1
    assert "not current; run make messages" in capsys.readouterr().out
    main([], tmp_path)
    assert main(["--check"], tmp_path) == 0
    write(tmp_path, "nl", ("cli.left", "er is nog {left} €"))
    assert list(problems(tmp_path)) == ["nl/LC_MESSAGES/cli.mo: not current; run make messages"]


def test_what_a_language_lacks_is_named() -> None:
    """A message that is absent, and one that is empty."""
    languages: dict[str, Messages] = {"nl": {"a": ("x",), "b": ("",)}, "en": {"b": ("y",)}}
    assert list(differences("cli", languages)) == [
        "cli.po: 'a' has no translation in 'en'",
        "cli.po: 'b' has no translation in 'nl'",
    ]


def test_placeholders_are_the_same_in_both_languages() -> None:
    """Names between braces, whatever their format; percent signs of the standard library."""
    assert placeholders(("nog {left:d} van {whole}", "%(prog)s: %s")) == {"left", "whole", "%(prog)s", "%s"}
    languages: dict[str, Messages] = {"nl": {"a": ("nog {left}",)}, "en": {"a": ("{rest} left",)}}
    assert list(differences("cli", languages)) == [
        "cli.po: 'a' has different placeholders (nl: ['left'], en: ['rest'])"
    ]


def test_a_lone_brace_is_named() -> None:
    """Such a message would break when it is filled."""
    languages: dict[str, Messages] = {"nl": {"a": ("nog {left",)}, "en": {"a": ("left",)}}
    (problem,) = differences("cli", languages)
    assert problem.startswith("cli.po: 'a' has a brace that is no placeholder")


def test_a_fuzzy_message_is_not_translated(tmp_path: Path) -> None:
    """Someone has still to look at it."""
    source = write(tmp_path, "nl", ("a", "x"))
    source.write_text(source.read_text("utf-8").replace('\nmsgid "a"', '\n#, fuzzy\nmsgid "a"'), "utf-8")
    assert messages(source) == {"a": ()}


def test_a_name_with_two_texts_is_named(tmp_path: Path) -> None:
    """Two who add a message under one name; twice the same is no harm."""
    both(tmp_path)
    write(tmp_path, "nl", ("cli.left", "nog {left} €"), ("cli.left", "nog {left} euro"))
    write(tmp_path, "en", ("cli.left", "{left} € left"), ("cli.left", "{left} € left"))
    main([], tmp_path)
    assert list(problems(tmp_path)) == ['cli.po: "cli.left" has 2 texts']


def test_no_catalogues_yet(tmp_path: Path) -> None:
    """An empty folder has nothing to compile and nothing wrong."""
    assert main([], tmp_path) == 0
    assert main(["--check"], tmp_path) == 0
