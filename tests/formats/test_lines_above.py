"""Lines that name a code of the rows below them become a column of those rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import polars as pl
import pytest

from gebiedswerk.dossier import Delivery, Profile
from gebiedswerk.dossier.settings import DeliveryKind, DeliverySettings, Flows
from gebiedswerk.formats.format import ROW, SAME
from gebiedswerk.formats.lines_above import with_lines_above as with_lines_and_title
from gebiedswerk.formats.lines_above import without_lines, word_above
from gebiedswerk.formats.profile_reader import read_rows

CENTRE, LEDGER = "Kostenplaats (regel erboven)", "Rekening (regel erboven)"
COLUMNS = {"year": "Jaar", "period": "Maand", "cost_centre": CENTRE, "amount": "Bedrag"}


def profile(**columns: str) -> Profile:
    """One that reads the lines in the column of the year."""
    return Profile({**COLUMNS, **columns}, Flows("Jaar"), line_column="Jaar")


def with_lines_above(cells: pl.DataFrame, profile: Profile, *title: Sequence[str]) -> pl.DataFrame:
    """With these rows above the header."""
    return with_lines_and_title(cells, profile, lambda: title)


def cells(*rows: str) -> pl.DataFrame:
    """Rows of year, month and amount; what has one cell alone is a line."""
    cut = [[*row.split(";"), "", ""][:3] for row in rows]
    columns = {name: [row[at] for row in cut] for at, name in enumerate(("Jaar", "Maand", "Bedrag"))}
    rows_of = pl.Series(range(2, len(cut) + 2), dtype=pl.UInt32)
    return pl.DataFrame({ROW: rows_of, SAME: [hash(row) & 0xFFFF for row in rows], **columns}, strict=False).cast(
        {SAME: pl.UInt64}
    )


@pytest.mark.parametrize("mark", [": ", ":", " : ", " ", " - ", " = ", "; ", "| "])
def test_each_row_has_what_stands_above_it(mark: str) -> None:
    """However the word and the code are parted; the lines themselves are no rows."""
    mark = mark.replace(";", "=")
    made = with_lines_above(
        cells(
            "2025;1;9", f"Kostenplaats{mark}7110 Noord", "2025;1;1", "2025;2;2", f"KOSTENPLAATS{mark}7120", "2025;1;3"
        ),
        profile(),
    )
    assert made.select(ROW, CENTRE).rows() == [(2, ""), (4, "7110 Noord"), (5, "7110 Noord"), (7, "7120")]


def test_a_line_of_a_higher_group_ends_the_lower_ones() -> None:
    """A row right below it has no account, rather than that of the group before."""
    made = with_lines_above(
        cells(
            "Kostenplaats 7110",
            "Rekening 4300",
            "2025;1;1",
            "Kostenplaats 7120",
            "2025;1;2",
            "Rekening 4310",
            "2025;1;3",
        ),
        profile(ledger_account=LEDGER),
    )
    assert made.select(CENTRE, LEDGER).rows() == [("7110", "4300"), ("7120", ""), ("7120", "4310")]


def test_a_row_with_an_amount_is_no_line() -> None:
    """Whatever words stand in it."""
    made = with_lines_above(cells("Kostenplaats 7110", "Kostenplaats 7120;1;5", "2025;1;1"), profile())
    assert made[CENTRE].to_list() == ["7110", "7110"]


def test_equal_rows_below_other_lines_are_no_repetition() -> None:
    """They are of another cost centre."""
    rows = ("Kostenplaats 7110", "2025;1;1", "2025;1;1", "Kostenplaats 7120", "2025;1;1")
    same = with_lines_above(cells(*rows), profile())[SAME].to_list()
    assert same[0] == same[1] != same[2]


def test_the_title_says_it_of_all_rows() -> None:
    """Up to a line that says another; of two titles that differ nothing is taken."""
    rows = cells("2025;1;1", "Kostenplaats 7120", "2025;1;2")
    for title in (["Kostenplaats: 7110 Noord"], ["Kostenplaats", "7110 Noord"], ["", "Kostenplaats", "", "7110 Noord"]):
        made = with_lines_above(rows, profile(), ["Grootboekkaart"], title, title)
        assert made[CENTRE].to_list() == ["7110 Noord", "7120"]
    made = with_lines_above(rows, profile(), ["Kostenplaats: 7110"], ["Kostenplaats: 7130"])
    assert made[CENTRE].to_list() == ["", "7120"]


def test_a_file_without_the_lines_is_refused() -> None:
    """As one without a column: the code of every row would be lost."""
    assert without_lines(with_lines_above(cells("2025;1;1"), profile())) == [CENTRE]
    assert without_lines(with_lines_above(cells("Kostenplaats 7110", "2025;1;1"), profile())) == []
    settings = DeliverySettings("f.csv", DeliveryKind.REALISED, "WD", [2025], datetime(2026, 1, 1), "p")  # noqa: DTZ001
    found = read_rows(cells("2025;1;1"), Delivery("d", Path("f.csv"), "f.csv", "", settings, profile()))
    assert [(one.code, one.file, one.row, one.value) for one in found.faults] == [("L104", "f.csv", 1, CENTRE)]


def test_a_file_with_the_column_itself_stays_as_it_is() -> None:
    """And so does one of which no column stands in lines."""
    plain = cells("Kostenplaats 7110", "2025;1;1")
    own = plain.with_columns(pl.lit("x").alias(CENTRE))
    assert with_lines_above(own, profile()).equals(own)
    assert with_lines_above(plain, Profile({"year": "Jaar"}, Flows("Jaar"))).equals(plain)
    assert (word_above(CENTRE), word_above("Kostenplaats")) == ("Kostenplaats", "")
