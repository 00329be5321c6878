"""Who gives a command, and why."""

from __future__ import annotations

import argparse

import pytest

from gebiedswerk.cli.acting import ACTOR, add_acting, by_of
from gebiedswerk.cli.main import main, parser
from gebiedswerk.core.actor import Actor, By
from gebiedswerk.language.messages import Messages


def by(*words: str) -> By:
    whole = argparse.ArgumentParser()
    add_acting(whole, Messages("nl"))
    return by_of(whole.parse_args(words))


def test_said_with_the_command() -> None:
    assert by("--actor", "m17:controller", "--reason", " Nagekomen ") == By(Actor("m17", "controller"), "Nagekomen")
    assert by() == By()


def test_said_by_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """The option wins, also where it says that nobody does."""
    monkeypatch.setenv(ACTOR, "m18:college")
    assert by().actor == Actor("m18", "college")
    assert by("--actor", "m17").actor == Actor("m17")
    assert by("--actor", "").actor == Actor()


WRITING = "text adopt new add set next-year migrate rules import journal".split()


@pytest.mark.parametrize("command", WRITING)
def test_every_command_that_writes_asks_it(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parser(Messages("nl")).parse_args([command, "--help"])
    told = capsys.readouterr().out
    assert "--actor" in told
    assert "--reason" in told


def test_a_name_is_refused(klein: object, capsys: pytest.CaptureFixture[str]) -> None:
    """J103, and nothing is written."""
    assert main(["set", str(klein), "dossier", "municipality.name=X", "--actor", "Jan de Vries"]) == 1
    assert "J103" in capsys.readouterr().err


def test_a_reason_with_half_letters_is_no_crash() -> None:
    """As a terminal hands over what is no UTF-8."""
    assert by("--reason", "Motie \udcff").reason == "Motie ?"
