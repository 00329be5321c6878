"""What a draft would do, in sentences of both languages."""

from __future__ import annotations

from pathlib import Path

from gebiedswerk.app.make_draft import DraftWords, make_draft
from gebiedswerk.app.tell_draft import tell_draft
from gebiedswerk.language.messages import Messages
from tests.app.drafts import corrected, drafted


def test_who_why_what_and_what_moves(klein: Path) -> None:
    found = drafted(klein, corrected()).value
    assert found is not None
    said = list(tell_draft(found, Messages("nl")))
    assert said[0].startswith("Concept van m17 (controller), ")
    assert said[1:3] == ["reden: Motie 12", "Verandert: budgets.csv."]
    assert any(line.startswith("Er veranderen cijfers:") for line in said)
    assert any("Begroting 2024" in line and "(+1.000,00)" in line for line in said)
    english = list(tell_draft(found, Messages("en")))
    assert english[2] == "Changes: budgets.csv."
    assert len(english) == len(said)


def test_what_changes_nothing(klein: Path) -> None:
    file = klein.with_name("draft.toml")
    found = make_draft(klein, file, [corrected("32000")]).value
    assert found is not None
    first, *rest = tell_draft(found, Messages("nl"))
    assert first.startswith("Concept van iemand die niet zei wie, ")
    assert rest == ["Dit verandert niets."]


def test_without_figures_it_says_so(klein: Path) -> None:
    found = drafted(klein, DraftWords("remove", "budget_lines", "BIN")).value
    assert found is not None
    said = list(tell_draft(found, Messages("en")))
    assert any(line.startswith("New faults: ") for line in said)
