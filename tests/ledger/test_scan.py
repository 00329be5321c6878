"""The engine that looks at all cells first lets through every cell in which a name is found one by one."""

from __future__ import annotations

import polars as pl

from gebiedswerk.core.names import Names
from gebiedswerk.ledger.scan import named_in
from tests.core.dutch_names import PACKAGE, PROSE, people
from tests.core.municipal_sentences import sentences


def test_all_cells_at_once_are_as_one_by_one() -> None:
    """Everyone in every order of packages, in every way of writing, between sentences without anyone."""
    everyone = list(people(7, 40))
    names = Names(order(one) for one in everyone for order in PACKAGE.values())
    texts = [f"Afspraak met {prose(one)} gemaakt" for one in everyone for prose in PROSE.values()]
    texts += sentences(5, 500)
    cells = pl.Series(list(dict.fromkeys(texts)), dtype=pl.String)
    expected = {(cell, name, place) for cell in cells for name, place in names.found(cell)}
    assert set(named_in(cells, names)) == expected
    assert len({cell for cell, _, _ in expected}) > 400
