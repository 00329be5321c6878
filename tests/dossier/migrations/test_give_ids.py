"""To format 2: what gets an id, and which."""

from __future__ import annotations

import pytest

from gebiedswerk.dossier.migrations.give_ids import TABLES_WITH_IDS, with_ids
from gebiedswerk.dossier.table_reader import columns_of
from gebiedswerk.dossier.writing.table_edit import CannotEdit, keyed
from tests.dossier.walks import ALL_TABLES
from tests.dossier.writing.made_tables import made_table

OF_CODES = frozenset({"code", "cbs_code", "year"})
WHAT_IT_IS = frozenset({"redirects.csv", "takedowns.csv"})
"""Tables of which a row is what its key says: of another address or posting it is another row."""


def test_every_table_has_something_that_names_its_rows_for_good() -> None:
    """An id, or codes and years alone; where its key is what people edit, a column for an id."""
    for table in ALL_TABLES.values():
        kinds = {column.name: column.kind.name for column in columns_of(table.rows)}
        is_of_codes = {kinds[name] for name in table.key} <= OF_CODES or table.file in WHAT_IT_IS
        assert is_of_codes != bool(table.first_id), table.file
        assert ("id" in kinds) == (table.key == ("id",) or bool(table.first_id)), table.file


def test_an_id_is_made_of_what_the_row_says_and_never_of_a_name() -> None:
    """The same row gets the same id wherever it stands; a second one a number; an id that is there stays."""
    files = {
        "work/aldermen.csv": (
            b"area,title,name,valid_from\nNRD,Wijkwethouder,Jansen,2022-06-09\nNRD,wijkwethouder,Pietersen,2018-06-09\n"
        ),
        "work/newsletters.csv": (
            b"area;sent_on;title;id\r\nNRD;1-3-2025;Lente;\r\nNRD;2025-03-01;Zomer;N7\r\n"
            b"HAV;x;Herfst;HAV-x\r\nHAV;x;Herft;\r\n"
        ),
        "work/team.csv": b"area,role\n,\xe2\x80\x94\n",
        "areas.csv": b"code,slug,name,kind\nA,a,A,wijk\n",
    }
    assert with_ids(files) == {
        "work/aldermen.csv": (
            b"area,title,name,valid_from,id\n"
            b"NRD,Wijkwethouder,Jansen,2022-06-09,NRD-wijkwethouder\n"
            b"NRD,wijkwethouder,Pietersen,2018-06-09,NRD-wijkwethouder-2\n"
        ),
        "work/newsletters.csv": (
            b"area;sent_on;title;id\r\nNRD;1-3-2025;Lente;NRD-2025-03-01\r\nNRD;2025-03-01;Zomer;N7\r\n"
            b"HAV;x;Herfst;HAV-x\r\nHAV;x;Herft;HAV-x-2\r\n"
        ),
        "work/team.csv": b"area,role,id\n,\xe2\x80\x94,team\n",
    }


def test_made_up_tables_get_ids_and_keep_all_else() -> None:
    """In any style: one id for each row, no two the same; twice is once."""
    seen = 0
    for seed in range(1000):
        made = made_table(seed)
        if made.table not in TABLES_WITH_IDS:
            continue
        seen += 1
        place = made.table.file
        has_ids = "id" in made.names
        files = {place: made.data}
        now = files | with_ids(files)
        rows = [dict(cells) for cells in keyed(now[place], place, made.table).values()]
        ids = [cells.pop("id") for cells in rows]
        assert len(set(ids)) == len(ids) == len(made.rows)
        assert all(ids)
        assert has_ids or [list(cells.values()) for cells in rows] == made.rows
        assert with_ids(now) == {}
    assert seen > 100


def test_a_table_that_cannot_be_edited_is_refused() -> None:
    with pytest.raises(CannotEdit, match=r"work/team\.csv"):
        with_ids({"work/team.csv": b"area,role\na,b\na,b\n"})
    assert with_ids({"work/team.csv": b""}) == {}
    assert with_ids({"work/team.csv": b"area,role\n"}) == {}
