"""`new`: a dossier to look at, or one of your own with only what is needed and no word that is not yours."""

from __future__ import annotations

import codecs
import os
from dataclasses import dataclass
from pathlib import Path

from gebiedswerk.app.add_rows import add_rows
from gebiedswerk.core.actor import UNSAID, By
from gebiedswerk.core.addresses import slug_of
from gebiedswerk.core.faults import Checked, Fault, errors, fault
from gebiedswerk.dossier import safe_files
from gebiedswerk.dossier.additions import LINES, add_each
from gebiedswerk.dossier.disk import on_disk
from gebiedswerk.dossier.reader import read
from gebiedswerk.dossier.rooted import Root
from gebiedswerk.dossier.settings import FORMAT
from gebiedswerk.dossier.starter import STARTER
from gebiedswerk.dossier.table_reader import columns_of
from gebiedswerk.dossier.tables import TABLES
from gebiedswerk.dossier.toml_edit import line_of, toml_value
from gebiedswerk.dossier.writing.apply import Applied, land
from gebiedswerk.dossier.writing.change import FileWritten
from gebiedswerk.dossier.writing.journal_state import JOURNAL, seen

FIRST_YEAR = 1900
"""From which the usual term of two years holds, where nobody says a year."""
WIDE = frozenset({"out_of_scope", "cost_centre", "ledger_account", "category"})
"""Columns of rules that are written although they may be left out: nearly every dossier fills them."""


@dataclass(frozen=True, slots=True)
class Own:
    """What somebody says of a dossier of their own. `areas`: names, apart by commas, or a file with a list of them.

    `kind`: what the areas are, such as `wijk`.
    """

    name: str = ""
    year: int | None = None
    areas: str = ""
    kind: str = ""


def new(path: Path, own: Own | None = None, by: By = UNSAID) -> tuple[Fault, ...]:
    """Make a new dossier: a made-up one that is right at once, or an `own` one. Never over something else.

    Where its areas cannot be read nothing is left of it.
    """
    was_there = path.is_dir()
    if path.exists() and (not was_there or not _is_free(path)):
        return (fault("B102", str(path)),)
    made = _starter() if own is None else _own(path, own)

    def work() -> Checked[Applied | None]:
        safe_files.make_root(Root(path))
        return land(path, [FileWritten(name, None, data) for name, data in made.items()], by, "new")

    landed, faults = on_disk(path, "B111", work)
    if landed is not None and own is not None and own.areas:
        faults = (*faults, *_areas(path, own, by))
    if errors(faults) and path.is_dir():
        faults = (*faults, *on_disk(path, "B111", lambda: _emptied(path, gone=not was_there))[1])
    return faults


def _is_free(path: Path) -> bool:
    """Whether a folder holds nothing, or only the beginning of a dossier that never came to be."""
    others = [one for one in path.iterdir() if one.name != JOURNAL]
    return not others and not seen(path).names - {"contents"}


def _emptied(path: Path, *, gone: bool) -> Checked[None]:
    for one in sorted(path.iterdir()):
        safe_files.remove(Root(path).at(one.name))
    if gone:
        safe_files.remove(Root(path))
    return Checked(None)


def _starter() -> dict[str, bytes]:
    sources = {source.relative_to(STARTER).as_posix(): source for source in STARTER.rglob("*") if source.is_file()}
    return {place: source.read_bytes() for place, source in sources.items()}


def _own(path: Path, own: Own) -> dict[str, bytes]:
    """The files of an own dossier: settings, the tables that each dossier has, and with a year a publication."""
    tables = {
        table.file: _header(name) for name, table in TABLES.items() if table.required or name in ("keys", "years")
    }
    settings = [
        f"format = {FORMAT}",
        "",
        "[municipality]",
        f"name = {toml_value(own.name or path.resolve().name)}",
        "",
        "[[term]]",
        f"from = {own.year or FIRST_YEAR}",
        "years = 2",
        "",
        "[presentation]",
        "unit = 1",
        "",
    ]
    made = {"dossier.toml": "\n".join(settings).encode(), **tables}
    if own.year is not None:
        folder, title = f"publications/jaarrekening-{own.year}", f"Jaarrekening {own.year}"
        about = {"kind": "accounts", "year": own.year, "title": title, "status": "draft"}
        lines = [line_of((key,), value) for key, value in about.items()]
        made[f"{folder}/publication.toml"] = "\n".join([*lines, ""]).encode()
        text = (
            f"# {title}\n\n![Begroot en uitgegeven](table:account)\n"  # literal: the text of a municipality, in Dutch
        )
        made[f"{folder}/index.md"] = text.encode()
    return made


def _header(name: str) -> bytes:
    """A table without rows, as a Dutch spreadsheet opens it in columns."""
    columns = columns_of(TABLES[name].rows)
    names = [one.name for one in columns if not one.optional or one.default is None or one.name in WIDE]
    return codecs.BOM_UTF8 + (";".join(names) + "\r\n").encode()


def _areas(path: Path, own: Own, by: By) -> tuple[Fault, ...]:
    """The areas, and for each of them a budget line of the year."""
    values = {"kind": own.kind} if own.kind else {}
    if os.path.isfile(own.areas):  # noqa: PTH113 - `Path.is_file` raises where a list of names is longer than a path
        done = add_rows(path, "areas", values, Path(own.areas), by=by)
        if errors(done.faults) or own.year is None:
            return done.faults
        return (*done.faults, *_lines(path, own.year, by))
    names = filter(None, map(str.strip, own.areas.split(",")))
    areas = [{"code": slug_of(name).upper(), "name": name, "kind": own.kind or "gebied"} for name in names]
    faults = add_each(path, "areas", areas, by, "new --areas").faults
    if own.year is None or errors(faults):
        return faults
    return (*faults, *_lines(path, own.year, by))


def _lines(path: Path, year: int, by: By) -> tuple[Fault, ...]:
    """A budget line for each area."""
    dossier = read(path).value
    areas = dossier.areas if dossier else ()
    return add_each(
        path,
        LINES,
        [
            {"code": area.code, "slug": area.slug, "name": area.name, "area": area.code, "year": str(year)}
            for area in areas
        ],
        by,
        "new --areas",
    ).faults
