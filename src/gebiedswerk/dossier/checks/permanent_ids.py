"""What names a row for good: in a table whose other columns people edit, an id that nobody changes."""

from __future__ import annotations

from collections.abc import Iterator

from gebiedswerk.core.faults import Fault, fault
from gebiedswerk.dossier.model import Dossier
from gebiedswerk.dossier.tables import TABLES
from gebiedswerk.dossier.work import WORK_TABLES

WITH_IDS = 2
"""The format from which each row of such a table has an id."""


def check_ids(dossier: Dossier) -> Iterator[Fault]:
    """Every row has the id that its table asks for (J501); before format 2 its key does."""
    if dossier.settings.format < WITH_IDS:
        return
    for tables, holder in ((TABLES, dossier), (WORK_TABLES, dossier.work)):
        for name, table in tables.items():
            for row in getattr(holder, name) if table.first_id else ():
                if row.id is None:
                    yield fault("J501", table.file, row.row, "id")
