"""At a terminal the questions of a command are prompted one by one; a program, a pipe and `--json` are never asked."""

from __future__ import annotations

import contextlib
import io
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from gebiedswerk.cli.main import main
from tests.importing.test_rules import bare, open_codes, posting

pty = pytest.importorskip("pty", reason="only where there are terminals")
COLUMNS = "Jaar;Periode;Grootboek;Kostenplaats;Omschrijving;Bedrag"
PROFILE = """\
[columns]
year = "Jaar"
period = "Periode"
ledger_account = "Grootboek"
cost_centre = "Kostenplaats"
amount = "Bedrag"
[flows]
column = "Grootboek"
income = ["8*"]
"""
ACCEPTED = ("--accept", "--reason", "nagekomen facturen")
COSTS, INCOME, TOTAL = "2025;1;43800;7110;Huur;10,00", "2025;2;82000;7110;Bijdrage;4,00", "2025;3;;;Totaal;14,00"


@contextlib.contextmanager
def terminal(monkeypatch: pytest.MonkeyPatch, typed: str) -> Iterator[list[bytes]]:
    """Sit at a terminal on which this is typed; gives what it shows."""
    ours, theirs = pty.openpty()
    shown: list[bytes] = []

    def look() -> None:
        with contextlib.suppress(OSError):  # the other end was closed
            while data := os.read(ours, 4096):
                shown.append(data)

    os.write(ours, typed.encode())
    reader = threading.Thread(target=look, daemon=True)
    reader.start()
    with os.fdopen(os.dup(theirs), encoding="utf-8") as said, os.fdopen(theirs, "w", encoding="utf-8") as told:
        monkeypatch.setattr(sys, "stdin", said)
        monkeypatch.setattr(sys, "stdout", told)
        yield shown
        told.flush()
    reader.join(timeout=5)
    os.close(ours)


def at_terminal(monkeypatch: pytest.MonkeyPatch, typed: str, *words: str) -> tuple[int, str]:
    """The exit code of a command at a terminal, and what stood on it."""
    with terminal(monkeypatch, typed) as shown, contextlib.redirect_stderr(io.StringIO()):
        code = main(list(words))
    monkeypatch.undo()
    return code, b"".join(shown).decode()


def asking(klein: Path, *rows: str) -> list[str]:
    """The words that import a file of these rows, of which the profile leaves something open."""
    (klein / "profiles" / "p.toml").write_text(PROFILE, "utf-8")
    file = klein.parent / "export.csv"
    file.write_text("\n".join([COLUMNS, *rows]) + "\n", "utf-8")
    return ["--lang", "nl", "import", str(klein), str(file), "--profile", "p", "--administration", "X", *ACCEPTED]


def test_an_import_asks_one_question_after_another(klein: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By number, by value or by Enter; what one answer brings up is asked next, and then the file lands."""
    words = asking(klein, COSTS, INCOME, TOTAL)
    code, shown = at_terminal(monkeypatch, "1\n\n2026-02-01\n", *words)
    assert code == 0, shown
    assert shown.count("Antwoord (") == 3
    assert "[1] Omschrijving=Totaal" in shown
    assert "Debet: 10,00 euro. Credit: 4,00 euro." in shown
    text = (klein / "profiles" / "p.toml").read_text("utf-8")
    assert 'text = ["Totaal"]' in text and "unsigned_income = true" in text


def test_what_is_no_answer_is_asked_again(klein: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A moment that is none changes nothing; an empty line where nothing is proposed neither."""
    code, shown = at_terminal(monkeypatch, "\ngisteren\n2026-02-01\n", *asking(klein, COSTS))
    assert (code, shown.count("Antwoord (")) == (0, 3), shown


@pytest.mark.parametrize("typed", ["\x04", "1\n\x04"])
def test_who_stops_changes_nothing(klein: Path, monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    """At any question: the command ends as it does without a terminal, with what is asked."""
    words = asking(klein, COSTS, INCOME, TOTAL)
    before = sorted((klein / "deliveries").iterdir())
    code, shown = at_terminal(monkeypatch, typed, *words)
    assert code == 1 and "Antwoord (" in shown
    assert sorted((klein / "deliveries").iterdir()) == before
    assert (klein / "profiles" / "p.toml").read_text("utf-8") == PROFILE


def test_a_dry_run_asks_and_writes_nothing(klein: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each answer counts for the run; the profile stays as it was."""
    words = asking(klein, COSTS, INCOME, TOTAL)
    code, shown = at_terminal(monkeypatch, "\n\n2026-02-01\n", *words, "--dry-run")
    assert code == 0 and "Er is niets geschreven" in shown
    assert (klein / "profiles" / "p.toml").read_text("utf-8") == PROFILE


def test_json_is_never_prompted(klein: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also at a terminal: it is read by a program."""
    code, shown = at_terminal(monkeypatch, "1\n", *asking(klein, COSTS, INCOME), "--json")
    assert code == 1 and "Antwoord (" not in shown and '"questions"' in shown


def test_rules_ask_where_postings_go(klein: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By number, as a reason to leave out, or `-` to leave it open; only where they are to be written."""
    dossier = bare(klein, posting("9901"), posting("9902", euros=90), posting("9903", euros=80))
    code, shown = at_terminal(monkeypatch, "", "--lang", "nl", "rules", str(dossier))
    assert code == 1 and "Antwoord (" not in shown
    code, shown = at_terminal(
        monkeypatch, "2\nbuiten: ander programma\n-\n", "--lang", "nl", "rules", str(dossier), "--write"
    )
    assert (code, shown.count("Antwoord (")) == (1, 3), shown
    rules = (dossier / "attribution.csv").read_text("utf-8")
    assert "9901" in rules and "ander programma" in rules and "9903" not in rules
    assert open_codes(dossier) == ["A102"]
    code, shown = at_terminal(monkeypatch, "ALG\n", "--lang", "nl", "rules", str(dossier), "--write")
    assert code == 0 and not open_codes(dossier), shown
