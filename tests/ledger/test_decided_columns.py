"""What a row of a decision adds reaches the open data by itself, in words of both languages."""

from __future__ import annotations

import pytest

from gebiedswerk.dossier.table_reader import columns_of
from gebiedswerk.dossier.tables import TABLES
from gebiedswerk.formats.postings import DECIDED
from gebiedswerk.language.languages import LANGUAGES
from gebiedswerk.language.messages import Messages
from gebiedswerk.ledger import PUBLIC
from gebiedswerk.opendata.data_columns import TYPES

OTHERWISE = {"decision": "number"}
"""A column of a posting that `budgets.csv` calls otherwise."""


@pytest.mark.parametrize("name", sorted(DECIDED))
def test_a_column_of_a_decision_is_public_with_its_type_and_words(name: str) -> None:
    """From `budgets.csv` over the posting to the public ledger and its package."""
    assert OTHERWISE.get(name, name) in {column.name for column in columns_of(TABLES["budgets"].rows)}
    assert PUBLIC[name] == DECIDED[name]
    assert TYPES.get(name, "string") in ("string", "integer", "boolean", "date", "year")
    assert all(Messages(language).known(f"data.{name}") for language in LANGUAGES)
