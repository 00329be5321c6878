"""`journal --erase` takes words as a person types them, and says how much went."""

from __future__ import annotations

from pathlib import Path

from gebiedswerk.app.erase_from_journal import erase_from_journal
from gebiedswerk.app.set_settings import set_settings
from gebiedswerk.core.actor import Actor, By


def test_as_a_person_types_it(klein: Path) -> None:
    by = By(Actor("m17"), "Gevraagd door Fenna Prik")
    assert not set_settings(klein, "dossier", {"municipality.name": "X"}, by)
    assert erase_from_journal(klein, " fenna prik ").value == 1
    assert erase_from_journal(klein, "fenna prik").value == 0
    assert erase_from_journal(klein, "  ").value == 0  # not every file holds nothing


def test_no_dossier(tmp_path: Path) -> None:
    assert [one.code for one in erase_from_journal(tmp_path, "Fenna").faults] == ["D101"]
