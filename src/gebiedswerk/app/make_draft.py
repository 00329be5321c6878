"""`draft new`: a change that is kept in a file, of what a person types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from gebiedswerk.app.propose_change import Proposed, propose_change
from gebiedswerk.core.actor import UNSAID, By
from gebiedswerk.core.faults import Checked, Fault, errors, fault
from gebiedswerk.dossier import read
from gebiedswerk.dossier.additions import LINES, RowShape, rows_added, rows_made
from gebiedswerk.dossier.disk import on_disk
from gebiedswerk.dossier.rooted import is_within
from gebiedswerk.dossier.table_files import standing_name
from gebiedswerk.dossier.tables import TableSchema
from gebiedswerk.dossier.writing.carry_rows import cannot
from gebiedswerk.dossier.writing.change import (
    CHANGEABLE,
    Cells,
    FileWritten,
    Item,
    Key,
    RowCorrected,
    RowRemoved,
    TextWritten,
    canonical_cells,
    key_of_cells,
)
from gebiedswerk.dossier.writing.draft import Draft, new_draft, read_draft
from gebiedswerk.dossier.writing.draft_file import write_draft
from gebiedswerk.dossier.writing.fault_marks import mark_of
from gebiedswerk.dossier.writing.journal_state import JOURNAL
from gebiedswerk.dossier.writing.redo import sha256_of
from gebiedswerk.dossier.writing.row_edits import CannotEdit
from gebiedswerk.dossier.writing.setting_words import settings_written
from gebiedswerk.dossier.writing.table_edit import keyed


@dataclass(frozen=True, slots=True)
class DraftWords:
    """What a person asks of a draft, in words: `add`, `correct`, `remove`, `set`, `text`, `file` or `delete`.

    `place`: a table, what `set` names, or a place in the dossier. `key`: that of a row, its parts apart by commas.
    `source`: the file with the new text or bytes.
    """

    does: str
    place: str
    key: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    source: Path | None = None


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft in a file, and what it would do."""

    draft: Draft
    file: Path
    proposed: Proposed


def make_draft(
    path: Path, file: Path, asked: Sequence[DraftWords], by: By = UNSAID, *, more: bool = False
) -> Checked[Drafted | None]:
    """Keep a change in a file, with what stands now where it touches; with `more` behind what the draft holds already.

    Nothing is written in the dossier. Refused where something asked is not there or cannot be carried out, and where a
    file stands there already (J403) or the place is of the journal (J106). The errors that it
    would bring are told, and kept as expected.
    """
    if not (path / "dossier.toml").is_file():
        return Checked(None, (fault("D101", "dossier.toml"),))
    if is_within(file, path / JOURNAL):
        return Checked(None, (fault("J106", str(file)),))
    if file.exists() and not more:
        return Checked(None, (fault("J403", str(file)),))
    former = read_draft(file.read_bytes(), file.name) if file.exists() else Checked(new_draft((), by))
    if former.value is None:
        return Checked(None, former.faults)
    items, faults = _items(path, asked)
    if errors(faults):
        return Checked(None, faults)
    change = [*former.value.change, *items]
    proposed = propose_change(path, change)
    if proposed.value is None:
        return Checked(None, proposed.faults)
    draft = former.value.with_items(items, map(mark_of, errors(proposed.value.come)))
    kept = on_disk(file, "B112", lambda: write_draft(file, draft))
    return Checked(Drafted(draft, file, proposed.value) if kept.value else None, (*faults, *kept.faults))


def _items(path: Path, asked: Sequence[DraftWords]) -> Checked[list[Item]]:
    items: list[Item] = []
    faults: list[Fault] = []
    for one in asked:
        found = _item(path, one)
        items += found.value or []
        faults += found.faults
    return Checked(items, tuple(faults))


def _item(path: Path, asked: DraftWords) -> Checked[Sequence[Item] | None]:
    if asked.does == "set":
        return settings_written(path, asked.place, asked.values)
    if asked.does == "add":
        return _added(path, asked)
    if asked.does in ("correct", "remove"):
        return _of_row(path, asked)
    return _of_file(path, asked)


def _added(path: Path, asked: DraftWords) -> Checked[Sequence[Item] | None]:
    if asked.place not in CHANGEABLE and asked.place != LINES:
        return Checked(None, (_no_table(asked.place),))
    checked = read(path)
    if checked.value is None:
        return Checked(None, checked.faults)
    shape = RowShape(asked.place, asked.values)
    made, faults = rows_made(checked.value, shape, [()])
    return Checked(None if errors(faults) else rows_added(made), faults)


def _of_row(path: Path, asked: DraftWords) -> Checked[Sequence[Item] | None]:
    """A row that is there, with what it holds where it is touched; of one that goes all of it."""
    table = CHANGEABLE.get(asked.place)
    if table is None:
        return Checked(None, (_no_table(asked.place),))
    file = standing_name(path, table.file)
    data = (path / file).read_bytes() if (path / file).is_file() else None
    try:
        rows = keyed(data, file, table) if data is not None else {}
    except CannotEdit as refused:
        return Checked(None, (cannot(refused),))
    key = _key(asked.key, table, rows)
    if key is None:
        return Checked(None, (fault("J117", file, value=asked.key, known=[",".join(one) for one in rows]),))
    cells = canonical_cells(rows[key], table)
    if asked.does == "remove":
        return Checked([RowRemoved(asked.place, key, cells)])
    unknown = [name for name in asked.values if name not in canonical_cells(asked.values, table)]
    if unknown:
        return Checked(None, tuple(fault("D102", file, None, name, name, known=sorted(cells)) for name in unknown))
    read_now = {name: cells.get(name, "") for name in asked.values}
    return Checked([RowCorrected(asked.place, key, read_now, canonical_cells(asked.values, table))])


def _key(typed: str, table: TableSchema, rows: Mapping[Key, Cells]) -> Key | None:
    """The key of a row as a person types it: its parts apart by commas, whatever the blanks and the style of a day."""
    parts = [part.strip() for part in typed.split(",")]
    as_it_stands = next((key for key in rows if ",".join(key) == typed), None)
    key = key_of_cells(dict(zip(table.key, parts, strict=False)), table)
    return as_it_stands or (key if key in rows and len(parts) == len(table.key) else None)


def _no_table(name: str) -> Fault:
    return fault("J117", "--table", value=name, known=sorted(CHANGEABLE))


def _of_file(path: Path, asked: DraftWords) -> Checked[Sequence[Item] | None]:
    stands = path / asked.place
    if asked.does == "delete" and not stands.is_file():
        return Checked(None, (fault("J107", asked.place, place=asked.place),))
    try:
        data = asked.source.read_bytes() if asked.source else None
    except OSError:
        return Checked(None, (fault("I116", str(asked.source)),))
    if asked.does == "text":
        try:
            now = stands.read_bytes().decode("utf-8-sig")
            new = (data or b"").decode("utf-8-sig")
        except (OSError, ValueError):
            return Checked(None, (fault("D114" if stands.is_file() else "J107", asked.place, place=asked.place),))
        return Checked([TextWritten(asked.place, now, new)])
    return Checked([FileWritten(asked.place, sha256_of(stands), data)])
