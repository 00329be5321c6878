"""To format 2: each row of a table whose key people edit gets an id of its own, that nobody changes any more.

An id is made of what the row says now, so that two who take this step apart give the same row the same id; never of
the name of a person.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gebiedswerk.core.addresses import slug_of
from gebiedswerk.core.subject import CODE
from gebiedswerk.dossier.table_files import both_names
from gebiedswerk.dossier.table_reader import columns_of
from gebiedswerk.dossier.tables import TABLES, TableSchema
from gebiedswerk.dossier.work import WORK_TABLES
from gebiedswerk.dossier.writing.row_edits import with_default
from gebiedswerk.dossier.writing.table_edit import RowEdit, edited, keyed

TABLES_WITH_IDS = tuple(table for table in (*TABLES.values(), *WORK_TABLES.values()) if table.first_id)


def with_ids(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The tables that get ids, by their place. Raises CannotEdit."""
    places = [(place, table) for table in TABLES_WITH_IDS for place in both_names(table.file) if place in files]
    made = {
        place: edited(files[place], place, table, list(_edits(files[place], place, table)))[1]
        for place, table in places
    }
    return {place: data for place, data in made.items() if data != files[place]}


def _edits(data: bytes, place: str, table: TableSchema) -> Iterator[RowEdit]:
    """An id for each row that has none."""
    rows = keyed(data, place, table)
    taken = {cells.get("id", "") for cells in rows.values()}
    for key, cells in rows.items():
        if not cells.get("id"):
            ident = next(one for one in _names(_stem(cells, table)) if one not in taken)
            taken.add(ident)
            yield RowEdit(key, {"id": ident})


def _stem(cells: Mapping[str, str], table: TableSchema) -> str:
    """What names a row: its area as it is coded, the rest in small letters and hyphens."""
    columns = {column.name: column for column in columns_of(table.rows)}
    parts = [(columns[name], with_default(cells.get(name, ""), columns[name])) for name in table.first_id]
    made = "-".join(
        part if column.kind.name == "code" and CODE.fullmatch(part) else slug_of(part) for column, part in parts if part
    )
    return made if CODE.fullmatch(made) else table.file.rpartition("/")[2].removesuffix(".csv")


def _names(stem: str) -> Iterator[str]:
    """`NOORD-2025-03-01`, `NOORD-2025-03-01-2`, and on."""
    yield stem
    number = 2
    while True:
        yield f"{stem}-{number}"
        number += 1
