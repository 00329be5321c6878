"""Each question against a slow, obvious loop over the same postings, on every engine that carries it."""

from __future__ import annotations

import inspect
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gebiedswerk.formats.postings import POSTING, frame
from gebiedswerk.ledger import queries
from gebiedswerk.ledger.queries import DECISION, grouped, sums_per_line
from tests.ledger.questions import LARGEST, QUESTIONS, ROW, Question, Row, answers, expected, rows_of

Engine = Callable[[Question, pl.DataFrame, Path], pl.DataFrame]


def on_polars(question: Question, rows: pl.DataFrame, _: Path) -> pl.DataFrame:
    """Asked of what is in memory."""
    found: pl.DataFrame = question.ask(rows.lazy()).collect()
    return found


def on_parquet(question: Question, rows: pl.DataFrame, folder: Path) -> pl.DataFrame:
    """Asked of the rows as the cache keeps them."""
    rows.write_parquet(folder / "kept.parquet")
    found: pl.DataFrame = question.ask(pl.scan_parquet(folder / "kept.parquet")).collect()
    return found


def on_duckdb(question: Question, rows: pl.DataFrame, folder: Path) -> pl.DataFrame:
    """Asked of DuckDB, which reads the rows from a file and writes its answer to one."""
    asked, answered = folder / "asked.parquet", folder / "answered.parquet"
    rows.write_parquet(asked)
    with duckdb.connect(config={"threads": 1}) as engine:
        question.ask(engine.read_parquet(str(asked))).write_parquet(str(answered))
    return pl.read_parquet(answered, glob=False)


ENGINES: Mapping[str, Engine] = {"polars": on_polars, "parquet": on_parquet, "duckdb": on_duckdb}
CARRIED = [(name, engine) for name, one in QUESTIONS.items() for engine in ENGINES if engine not in one.cannot]
CENTS = ("cents", "postings", "count", "row")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("engines")


def holds(name: str, engine: str, rows: Sequence[Row], folder: Path) -> None:
    """The answer is that of the twin, in whole cents, of the types that Polars gives."""
    question = QUESTIONS[name]
    rows = [{column: row[column] for column in question.shape if column in row} for row in rows]
    asked = frame(rows, question.shape)
    found = ENGINES[engine](question, asked, folder)
    assert answers(question, found) == expected(question, rows)
    assert found.schema == on_polars(question, asked, folder).schema
    assert {found.schema[one] for one in CENTS if one in found.columns} == {pl.Int64}


def test_each_question_is_held() -> None:
    """A new question has a twin, and says which engine cannot carry it."""
    asked = {
        of for of, found in inspect.getmembers(queries, inspect.isfunction) if found.__module__ == queries.__name__
    }
    assert {name.partition(",")[0] for name in QUESTIONS} == {name for name in asked if not name.startswith("_")}


@pytest.mark.parametrize(("name", "engine"), CARRIED)
def test_made_up_rows(name: str, engine: str, folder: Path) -> None:
    """Rows of every kind, empty cells, none at all, and amounts that doubles cannot hold."""

    @settings(deadline=None, max_examples=60)
    @given(st.lists(rows_of(QUESTIONS[name]), max_size=15))
    def made_up(rows: list[Row]) -> None:
        holds(name, engine, rows, folder)

    made_up()


@pytest.mark.parametrize(("name", "engine"), CARRIED)
def test_many_rows(name: str, engine: str, folder: Path) -> None:
    """More rows than an engine takes at once, so that sums of parts are added."""
    holds(name, engine, [*_many(20_000)], folder)


@pytest.mark.parametrize(("name", "engine"), CARRIED)
def test_largest_amounts(name: str, engine: str, folder: Path) -> None:
    """A hundred of the largest amounts on one line come out to the cent."""
    row = {"delivery": "d1", "row": 2, "year": 2019, "kind": "realised", "flow": "costs", "scope": "line", "line": "A"}
    there = {"share": "", "rule": "", "decision": None, "taakveld": None, "category": None}
    holds(name, engine, [row | there | {"postings": 1, "cents": LARGEST, "row": at} for at in range(100)], folder)


def _many(count: int) -> Iterator[Row]:
    """Rows in which groups are large: few words, and amounts of every size."""
    dice = random.Random(7)
    words: Mapping[str, Sequence[Any]] = {
        "delivery": ["d1", "d2", "budgets.csv"],
        "share": ["", "A"],
        "year": [2018, 2019],
        "kind": ["adopted", "amendment", "realised", "carry_over"],
        "flow": ["costs", "income", "reserve_in", "reserve_out", "balance"],
        "taakveld": [None, "", "0.1"],
        "category": [None, "3.8"],
        "scope": ["line", "out", "open"],
        "rule": ["", "r1"],
        "line": ["A", "B"],
        "decision": [None, "R1", "R2", "R3"],
        "decided_on": [None, date(2018, 5, 1)],
    }
    for number in range(count):
        row = {name: dice.choice(found) for name, found in words.items()}
        cents = dice.randrange(-(10 ** dice.randrange(1, 13)), 10 ** dice.randrange(1, 13))
        yield row | {"row": number + 2, "cents": cents, "postings": dice.randrange(1, 9)}


def test_groups_add_up_as_their_postings_do() -> None:
    """Sums of groups are the sums of their postings."""
    grain = ["delivery", "scope", "line", "year", "kind", "flow", *DECISION]

    @settings(deadline=None)
    @given(st.lists(ROW, max_size=15))
    def made_up(rows: list[Row]) -> None:
        postings = frame(rows, POSTING).lazy()
        assert sums_per_line(grouped(postings, grain)).collect().equals(sums_per_line(postings).collect())

    made_up()


def test_a_sum_that_no_cents_can_hold() -> None:
    """Where engines differ: Polars goes on past the largest number without a word, DuckDB refuses.

    No amount of more than a hundred billion euros is read (`MOST_CENTS`), so it takes a million of the largest.
    """
    row = {"delivery": "d1", "scope": "line", "flow": "costs", "cents": 2**63 - 1}
    rows = frame([row, row], POSTING)
    assert queries.sums_per_place(rows.lazy()).collect()["cents"].to_list() == [-2]
    with duckdb.connect() as engine:
        asked = engine.sql("SELECT 'd1' AS delivery, 'line' AS scope, 'costs' AS flow, 9223372036854775807 AS cents")
        with pytest.raises(duckdb.ConversionException, match="out of range"):
            queries.sums_per_place(asked.union(asked)).fetchall()
