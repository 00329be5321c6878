"""The registry of measures is whole: what a measure is to any part of the program follows from it, or is in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields

import pytest

from gebiedswerk.account import AMOUNTS, MEASURES, PER_ORIGIN, RESERVES, SUMS, TERM, Amounts, LineTerm, sums_in
from gebiedswerk.account.measures import BEYOND, COUNTED_IN, ROUNDED
from gebiedswerk.account.rounded_account import SAME, TABLES, WITH_RESERVES, WITHOUT_RESERVES
from gebiedswerk.blocks.bbv_tables import PRESETS, RESERVE_ROWS
from gebiedswerk.blocks.year_tables import COLUMNS, ONLY_WHEN_USED
from gebiedswerk.cli.terminal import ACCOUNT, ALWAYS, RESERVE_COLUMNS
from gebiedswerk.dossier.settings import LabelColumn
from gebiedswerk.importing.difference import TOLD
from gebiedswerk.language.languages import LANGUAGES
from gebiedswerk.language.messages import Messages
from gebiedswerk.ledger import PARTS
from gebiedswerk.pages.area import area_money
from gebiedswerk.pictures import charts, recomputed_years
from gebiedswerk.release import versions

NAMES = sorted(MEASURES)
OWN_FORMULA = {"outside"}
"""A formula whose columns are rounded in the equation of another measure: with what else stays available."""
BY_ITSELF = {"committed", "opening", "allocated", "not_carried"}
"""Measures that no printed table adds up with others: each is the nearest unit."""
CHOSEN: Sequence[tuple[str, Sequence[str]]] = (
    *((f"COLUMNS {name}", columns) for name, columns in COLUMNS.items()),
    *((f"PRESETS {name}", preset.measures) for name, preset in PRESETS.items()),
    *((f"RESERVE_ROWS {name}", row) for name, row in RESERVE_ROWS.items()),
    ("year_tables.ONLY_WHEN_USED", ONLY_WHEN_USED),
    ("terminal", (*ACCOUNT, *RESERVE_COLUMNS, *ALWAYS)),
    ("difference.TOLD", TOLD),
    ("versions.TOLD", versions.TOLD),
    ("area_money.MEASURES", area_money.MEASURES),
    ("charts", (*charts.PAIR, *charts.SERIES)),
    ("recomputed_years.SPLIT", recomputed_years.SPLIT),
)
"""Where some measures are chosen to be shown, in an order of their own."""


def test_an_amount_of_a_line_is_a_sum_and_each_sum_an_amount() -> None:
    """A sum without a field is settled nowhere; a field without a measure is shown nowhere."""
    assert {field.name for field in fields(Amounts)} == set(SUMS)
    assert {field.name for field in fields(Amounts) if field.metadata} == {*SUMS} & RESERVES
    assert set(AMOUNTS) == {*SUMS, *(name for name in dir(Amounts) if name in MEASURES)}


def test_a_step_of_the_term_is_a_field_of_it() -> None:
    """Tranches are those of `PER_ORIGIN`, amounts are steps; the other fields say how the term went."""
    told = {"opening_status", "moved_out", "realised", "withdrawn_beyond"}
    assert {field.name for field in fields(LineTerm)} - told == set(TERM) - OWN_FORMULA
    assert {field.name for field in fields(LineTerm) if "Tranche" in str(field.type)} == set(PER_ORIGIN)


@pytest.mark.parametrize("name", NAMES)
def test_a_measure_is_a_sum_a_formula_or_a_step(name: str) -> None:
    """One of the three, made of measures there are; reserves are never of the term."""
    measure = MEASURES[name]
    assert sum((bool(measure.kinds), bool(measure.inputs), measure.term and not measure.inputs)) == 1
    used = [*measure.inputs, *measure.meets, *measure.balance]
    assert {of for _, of in used} <= {*MEASURES, BEYOND} and {sign for sign, _ in used} <= {1, -1}
    assert {measure.follows, measure.without} <= {*MEASURES, ""}
    assert not (measure.reserves and measure.term) and bool(measure.meets or measure.needs) <= measure.term
    assert measure.part in {"", *(part.name for part in PARTS)}


@pytest.mark.parametrize("name", NAMES)
def test_a_measure_has_words_in_every_language(name: str) -> None:
    """Its name, how it comes about, and for what is of decisions its recipe."""
    for language in LANGUAGES:
        messages = Messages(language)
        assert messages.known(f"measure.{name}") and messages.known(f"formula.{name}")
        part = MEASURES[name].part
        assert not part or messages.known(f"recipe.{part}")


def test_what_is_called_otherwise_while_a_year_runs_is_so_in_every_language() -> None:
    """One catalogue decides it (`tells_phase`); the other must agree."""
    told = [{name for name in MEASURES if Messages(one).known(f"measure.{name}.running")} for one in LANGUAGES]
    assert told[0] == told[1] == {"costs", "income", "realised", "result", "overspent", "closing"}


def test_every_measure_is_rounded_with_what_it_adds_up_to() -> None:
    """Each formula has its turn, or is printed as another measure; only what meets nothing is rounded by itself."""
    assert {name for name in MEASURES if MEASURES[name].inputs} == {*ROUNDED, *SAME} - {
        "general",
        "spent",
    } | OWN_FORMULA
    together = {column for columns in (*TABLES, *WITH_RESERVES) for column in columns} - {BEYOND}
    assert set(MEASURES) - together - set(SAME) <= BY_ITSELF
    in_other_years = {column for columns in TABLES for column in columns} | {*SAME, *WITHOUT_RESERVES}
    assert {*WITHOUT_RESERVES} <= RESERVES and not in_other_years & RESERVES - {*WITHOUT_RESERVES}


@pytest.mark.parametrize("name", NAMES)
def test_no_row_counts_twice_in_a_measure(name: str) -> None:
    """The sums that a formula adds up share no rows: with two of opposite signs these would count for nothing."""
    counted = [key for found, _ in sums_in(name) for key, names in COUNTED_IN.items() if found.name in names]
    assert len(counted) == len(set(counted))


@pytest.mark.parametrize(("where", "names"), CHOSEN, ids=[where for where, _ in CHOSEN])
def test_what_is_chosen_to_be_shown_is_a_measure(where: str, names: Sequence[str]) -> None:
    """A slip would be a column without figures."""
    assert names and set(names) <= set(MEASURES), where


def test_a_publication_may_name_each_column_of_its_tables() -> None:
    """The settings know no figures, so the columns stand there again: those of the tables of a text, and the ends."""
    assert {one.value for one in LabelColumn} == {"line", "total", *COLUMNS["account"], *COLUMNS["available"]}
