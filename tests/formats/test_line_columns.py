"""A ledger card, or a print by cost centre: lines between the rows name what no column does."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest

from gebiedswerk.formats.line_columns import with_line_columns
from gebiedswerk.formats.sample import Sample
from tests.importing.ordinary import TRUE, Row, book, landed, nl, text

BY_CENTRE = sorted(TRUE, key=lambda row: row[3])
NAMES = {"7110": "Noord", "7120": "Oost", "7130": "West", "7141": "Zuid"}
LINES = {
    "colon": "Kostenplaats: {} {}",
    "tight": "Kostenplaats:{} {}",
    "blank": "Kostenplaats {} {}",
    "dash": "Kostenplaats {} - {}",
    "short": "KPL {} {}",
    "code": "Kostenplaats {}",
}
HEAD = "Boekjaar;Periode;Grootboekrekening;Omschrijving;Bedrag"


def _lines(line: str, *, totals: bool = False, wide: bool = True) -> Iterator[str]:
    for centre, rows in groupby(BY_CENTRE, key=lambda row: row[3]):
        yield line.format(centre, NAMES[centre]) + ";;;;" * wide
        whole = list(rows)
        yield from (f"{year};{period};{ledger};Iets;{nl(cents)}" for year, period, ledger, _, cents in whole)
        if totals:
            yield f"Totaal;;;;{nl(sum(one[-1] for one in whole))}"


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("wide", [True, False])
def test_lines_name_the_cost_centre(tmp_path: Path, line: str, *, wide: bool) -> None:
    """They could only be left out, and the cost centre of every row with them."""
    told = landed(tmp_path, text(HEAD, *_lines(LINES[line], wide=wide)), "csv", {})
    assert (told.rows, told.asked) == (BY_CENTRE, []), told


def test_lines_with_totals_below_each_group(tmp_path: Path) -> None:
    """The totals prove the file."""
    told = landed(tmp_path, text(HEAD, *_lines(LINES["colon"], totals=True)), "csv", {})
    assert (told.rows, told.asked) == (BY_CENTRE, []), told


def test_an_empty_column_of_that_name_is_no_column(tmp_path: Path) -> None:
    """The lines are."""
    rows = [row.replace(";Iets;", ";;Iets;").replace(";;;;", ";;;;;") for row in _lines(LINES["colon"])]
    head = HEAD.replace("Omschrijving", "Kostenplaats;Omschrijving")
    told = landed(tmp_path, text(head, *rows), "csv", {})
    assert (told.rows, told.asked) == (BY_CENTRE, []), told


@pytest.mark.parametrize("title", ["Kostenplaats: 7110 Noord", "Kostenplaats;7110 Noord", "Kostenplaats 7110"])
def test_a_title_names_the_cost_centre_of_all_rows(tmp_path: Path, title: str) -> None:
    """It was lost without a word."""
    rows = [(*one[:3], "7110", one[4]) for one in TRUE]
    lines = [f"{year};{period};{ledger};Iets;{nl(cents)}" for year, period, ledger, _, cents in rows]
    told = landed(tmp_path / "text", text(f"Grootboekkaart\n{title}\n\n{HEAD}", *lines), "csv", {})
    assert (told.rows, told.asked) == (rows, []), told
    body: list[list[object]] = [
        [year, period, int(ledger), "Iets", cents / 100] for year, period, ledger, _, cents in rows
    ]
    table: list[list[object]] = [["Grootboekkaart"], list(title.split(";")), [], list(HEAD.split(";")), *body]
    told = landed(tmp_path / "sheet", book(tmp_path, {"Kaart": table}), "xlsx", {})
    assert (told.rows, told.asked) == (rows, []), told


@pytest.mark.parametrize(
    "title", ["Kostenplaats: 7100 t/m 7199", "Kostenplaats 7110, 7120 en 7130", "Kostenplaatsen 7110", "Grootboek 2025"]
)
def test_a_title_of_several_names_none(title: str) -> None:
    """Which of them a row is of nobody knows."""
    sample = Sample(["Jaar", "Maand", "Bedrag"], [["2025", "1", "1,00"]] * 3, title=(title,))
    assert with_line_columns(sample) == (sample, "")


def _card(rows: list[Row]) -> Iterator[list[object]]:
    """Cost centre above account above postings."""
    order = sorted(rows, key=lambda row: (row[3], row[2]))
    for centre, of_centre in groupby(order, key=lambda row: row[3]):
        yield [f"Kostenplaats: {centre} {NAMES[centre]}"]
        for ledger, postings in groupby(of_centre, key=lambda row: row[2]):
            yield [f"Grootboekrekening: {ledger}"]
            yield from ([year, period, "Iets", cents / 100] for year, period, _, _, cents in postings)


def test_a_ledger_card_in_a_sheet(tmp_path: Path) -> None:
    """Two lines above each group: neither code has a column."""
    table: list[list[object]] = [["Boekjaar", "Periode", "Omschrijving", "Bedrag"], *_card(TRUE)]
    told = landed(tmp_path, book(tmp_path, {"Kaart": table}), "xlsx", {})
    assert sorted(told.rows) == sorted(TRUE), told
    assert told.asked == []


@pytest.mark.parametrize(
    "lines",
    [
        ["Afgedrukt op 12-01-2026", "Pagina 2 van 9"],
        ["Kostenplaats onbekend", "Kostenplaats algemeen"],
        ["Datum 1 januari", "Datum 2 januari"],
    ],
)
def test_other_lines_name_nothing(lines: list[str]) -> None:
    """They are asked about as before."""
    rows = [["2025", "1", "1,00"], [lines[0], "", ""], ["2025", "2", "2,00"], [lines[1], "", ""], ["2025", "3", "3,00"]]
    sample = Sample(["Jaar", "Maand", "Bedrag"], rows)
    assert with_line_columns(sample) == (sample, "")


def test_a_column_that_says_it_needs_no_lines() -> None:
    """Rows have their own cost centre."""
    rows = [
        ["Kostenplaats 7110", "", ""],
        ["2025", "7110", "1,00"],
        ["Kostenplaats 7120", "", ""],
        ["2025", "7120", "2,00"],
    ]
    for name in ("Kostenplaats", "Kostenplaatsnummer", "FCL"):
        sample = Sample(["Jaar", name, "Bedrag"], rows, title=("Kostenplaats 7130",))
        assert with_line_columns(sample) == (sample, "")
