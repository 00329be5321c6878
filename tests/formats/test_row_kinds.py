"""What a column says of its rows, by its name and its words."""

from __future__ import annotations

import pytest

from gebiedswerk.dossier.settings import DeliveryKind
from gebiedswerk.formats.row_kinds import (
    is_of_administration,
    other_currencies,
    said_elsewhere,
    says_of_rows,
    tells_rows_apart,
)


@pytest.mark.parametrize(
    ("header", "cells", "others"),
    [
        ("Iets", ["Begroting 2025", "Inkoop"], ["Begroting 2025"]),
        ("Iets", ["Wijkbudget", "Verplichte bijdragen"], []),
        ("Dagboek", ["90 Begroting", "20 Inkoop"], ["90 Begroting"]),
        ("Type", ["Verwachting", "Realisatie"], ["Verwachting"]),
        ("Kostensoort", ["Verwachting", "Realisatie"], []),
        ("Definitief", ["J", "N", ""], ["N", ""]),
        ("Definitief", ["", "N"], []),
        ("Concept", ["x", ""], ["x"]),
    ],
)
def test_postings_stand_beside_other_rows(header: str, cells: list[str], others: list[str]) -> None:
    """By whole words in any column, by parts of them below a header of kinds, by yes and no."""
    assert list(said_elsewhere(header, cells, DeliveryKind.REALISED)) == others


def test_a_budget_stands_beside_what_is_booked() -> None:
    """And commitments beside both; yes and no say nothing there."""
    assert list(said_elsewhere("Soort", ["Realisatie", "Begroting"], DeliveryKind.BUDGET)) == ["Realisatie"]
    assert list(said_elsewhere("Soort", ["Open", "Begroting"], DeliveryKind.COMMITMENT)) == ["Begroting"]
    assert list(said_elsewhere("Definitief", ["J", "N"], DeliveryKind.BUDGET)) == []


@pytest.mark.parametrize(
    ("header", "cells", "asked"),
    [
        ("Status", ["V", "D"], True),
        ("Status", ["V", "v"], False),
        ("Status", ["Verwerkt", "Betaald"], False),
        ("Definitief", ["J", "N"], False),
        ("Soort", ["V", "R"], True),
        ("Soort", ["V", "I"], False),
        ("Firma", ["A", "B"], True),
        ("BU", ["BU00140001", "BU00140002"], False),
        ("Team", ["A", "B"], False),
    ],
)
def test_a_column_divides_rows(header: str, cells: list[str], *, asked: bool) -> None:
    """In words that do not say which of them count."""
    assert tells_rows_apart(header, cells) is asked


def test_a_column_names_owners_and_currencies() -> None:
    """Neither is a sign."""
    assert is_of_administration("Adm. nr")
    assert not is_of_administration("Administratief gebied")
    assert other_currencies("Iets", ["EUR", "USD"]) == ["USD"]
    assert other_currencies("Iets", ["EUR", "ABC"]) == []
    assert other_currencies("Valuta", ["EUR", "ABC"]) == ["ABC"]
    assert says_of_rows("Iets", ["EUR", "USD"])
    assert not says_of_rows("Kant", ["D", "C"])
