"""Cells that are empty because they repeat what stands above: merged cells, and reports that name a group once."""

from __future__ import annotations

import polars as pl

from gebiedswerk.core.faults import Checked, Fault, fault
from gebiedswerk.dossier import Delivery, Profile
from gebiedswerk.dossier.settings import DeliveryKind
from gebiedswerk.formats.format import LABEL, ROW, listed_rows
from gebiedswerk.formats.lacking import few_lacking
from gebiedswerk.formats.postings import CODES
from gebiedswerk.formats.text_rows import text_rows

NAMED_ONCE = ("year", "period", *CODES)
"""What a report may say in the first row of a group alone."""
IN_EVERY_ROW = ("year", "period", "ledger_account", "cost_centre")
"""What packages write in every row: a few empty cells are asked about too."""
MOST_AGAIN = 3
"""One name in so many may be that of the one before it, as where a page begins."""
FEW, PART = 3, 3
"""Of other columns fewer empty cells, and fewer than one in so many, are no groups."""


def filled_down(cells: pl.DataFrame, delivery: Delivery, whole: pl.DataFrame) -> Checked[pl.DataFrame]:
    """The rows with what stands above in the empty cells of the columns that the profile says so of (`fill_down`).

    Where it says nothing, and a column says something only where it changes: filled in too, and asked (L254), once it
    is known which columns there are. `whole` holds all rows of the file: a column that postings leave empty may be
    filled in a line above each group of them.
    """
    profile, faults = delivery.profile, list[Fault]()
    if delivery.settings.kind is DeliveryKind.BUDGET:
        return Checked(cells, tuple(faults))
    wanted, above = profile.fill_down, _lines_above(cells, whole, profile)
    if wanted is None and profile.unlabelled_totals is not False:
        begins = _begins(cells, profile)
        wanted = [
            name for name in NAMED_ONCE if name in profile.columns and _is_named_once(cells, name, profile, begins)
        ]
        wanted += [name for name in NAMED_ONCE if name not in wanted and profile.columns.get(name) in above]
        faults += _asked(cells, delivery, wanted) if wanted and not profile.unsure else []
    for header in dict.fromkeys(profile.columns[name] for name in wanted or () if name in profile.columns):
        if header in above:
            joined = cells.select(ROW).join_asof(above[header].sort(ROW), on=ROW, strategy="backward")
            cells = cells.with_columns(joined[header].fill_null(""))
            continue
        column = cells[header].cast(pl.String)
        cells = cells.with_columns(column.set(column == "", None).forward_fill().fill_null("").alias(header))
    return Checked(cells, tuple(faults))


def _lines_above(cells: pl.DataFrame, whole: pl.DataFrame, profile: Profile) -> dict[str, pl.DataFrame]:
    """The columns that no posting fills and lines without an amount do, each with those lines: row and text."""
    headers = dict.fromkeys(profile.columns[name] for name in NAMED_ONCE if name in profile.columns)
    texts = [one for one in headers if one in cells.columns and cells.schema[one] != pl.Float64]
    empty = [one for one in texts if not (cells[one] != "").any()]
    if not empty:
        return {}
    lines = whole.filter(text_rows(whole, profile))
    lines = lines.filter(lines[LABEL].cast(pl.String) == "") if LABEL in lines.columns else lines
    found = {one: lines.filter((lines[one] != "").fill_null(value=False)) for one in empty}
    row = pl.col(ROW).cast(cells.schema[ROW])
    return {one: rows.select(row, pl.col(one).cast(pl.String)) for one, rows in found.items() if rows.height}


def _begins(cells: pl.DataFrame, profile: Profile) -> dict[str, pl.Series]:
    """Of the columns that may name a group once, and have empty cells: where they say something."""
    headers = dict.fromkeys(profile.columns[name] for name in NAMED_ONCE if name in profile.columns)
    texts = [one for one in headers if one in cells.columns and cells.schema[one] != pl.Float64]
    found = {one: (cells[one] != "").fill_null(value=False) for one in texts}
    return {one: said for one, said in found.items() if not said.all()}


def _is_named_once(cells: pl.DataFrame, name: str, profile: Profile, begins: dict[str, pl.Series]) -> bool:
    """Whether a column begins with something, is empty in enough rows, and seldom says twice in turn the same.

    It may where a group around it begins, or a page: a column that packages fill in some rows and leave empty in others
    does so more often. Of the fewest empty cells (`few_lacking`) it is asked whether they were cut off, or are postings
    all the same (L249).
    """
    header = profile.columns[name]
    if header not in begins:
        return False
    column, said = cells[header], begins[header]
    count, always = len(column) - int(said.sum()), name in IN_EVERY_ROW
    if not said[0] or not always and (count < FEW or count * PART < len(column)):
        return False
    if count <= few_lacking(len(column)):
        return False
    around = [one for other, one in begins.items() if other != header and int(one.sum()) < int(said.sum())]
    group = (
        pl.select(pl.any_horizontal(*around)).to_series()
        if around
        else pl.repeat(value=False, n=len(column), eager=True)
    )
    texts = column.filter(said).cast(pl.String)
    again = (texts == texts.shift()).fill_null(value=False) & ~group.filter(said)
    return int(again.sum()) * MOST_AGAIN <= texts.len()


def _asked(cells: pl.DataFrame, delivery: Delivery, names: list[str]) -> list[Fault]:
    header = delivery.profile.columns[names[0]]
    rows = cells[ROW].filter((cells[header] == "").fill_null(value=True))
    facts = {"count": rows.len(), "rows": rows[0], "names": names, "name": '", "'.join(names)}
    facts["profile"] = delivery.settings.profile
    return [fault("L254", delivery.file, rows[0], header, listed_rows(rows), **facts)]
