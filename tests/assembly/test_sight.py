"""All that a dossier shows: figures, texts and pages; of one without an account the texts alone."""

from __future__ import annotations

from pathlib import Path

from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.assembly.sight import Sights
from tests.town import edit


def test_what_a_dossier_shows(klein: Path) -> None:
    found = Sights().of(open_dossier(klein))
    assert found.figures is not None
    assert len(found.pages) > 5
    assert found.texts


def test_without_an_account(klein: Path) -> None:
    edit(klein, "budget_lines.csv", "BIN,binnenstad\n", "")
    found = Sights().of(open_dossier(klein))
    assert (found.figures, found.pages) == (None, {})
