"""The words of the dossier on pages in another language: each is marked, by the schema that says which cells are words.

So a screen reader speaks them as they are meant (WCAG 2.2, 3.1.2), wherever they come to stand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from gebiedswerk.account import YearAccount
from gebiedswerk.dossier import Dossier
from gebiedswerk.dossier.table_reader import columns_of
from gebiedswerk.dossier.tables import Row
from gebiedswerk.dossier.work import Work
from gebiedswerk.figures import Figures
from gebiedswerk.language.foreign_words import marked
from gebiedswerk.texts.view import View

NO_WORDS = frozenset(("number", "figure", "posting", "what", "old", "new", "file", "column", "period"))
"""Cells of text that are a number, an address or a name for programs."""


def in_own_words(newest: Figures, views: Sequence[View], language: str) -> tuple[Figures, Sequence[View]]:
    """What a page in some language shows: as it is in the first language, in another with all words marked."""
    if language == newest.dossier.settings.presentation.language:
        return newest, views
    return _figures(newest), [replace(view, figures=_figures(view.figures)) for view in views]


def _figures(figures: Figures) -> Figures:
    account = figures.account
    years, adopted = _years(account.years), _years(account.adopted)
    return figures.renamed(_dossier(figures.dossier), replace(account, years=years, adopted=adopted))


def _years(years: Mapping[int, YearAccount]) -> dict[int, YearAccount]:
    return {
        year: replace(one, lines=tuple(replace(line, name=marked(line.name)) for line in one.lines))
        for year, one in years.items()
    }


def _dossier(dossier: Dossier) -> Dossier:
    settings = dossier.settings
    blocks = [replace(block, ground=marked(block.ground)) for block in settings.privacy.block or []]
    return replace(
        dossier,
        settings=replace(settings, privacy=replace(settings.privacy, block=blocks)),
        geography=tuple(replace(one, attribution=marked(one.attribution)) for one in dossier.geography),
        work=replace(dossier.work, **_changed(dossier.work)),
        **_changed(dossier),
    )


def _changed(holder: Dossier | Work) -> dict[str, Any]:
    """The tables of a dossier, or of its work, with their words marked."""
    tables = {one.name: getattr(holder, one.name) for one in fields(holder)}
    return {
        name: _rows(rows)
        for name, rows in tables.items()
        if isinstance(rows, tuple) and rows and isinstance(rows[0], Row)
    }


def _rows(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    names = _words_of(type(rows[0]))
    words: list[dict[str, Any]] = [{name: marked(getattr(row, name)) for name in names} for row in rows]
    return tuple(replace(row, **cells) for row, cells in zip(rows, words, strict=True))


def _words_of(rows: type[Row]) -> tuple[str, ...]:
    """The columns of a table that hold words."""
    return tuple(one.name for one in columns_of(rows) if one.kind.name == "text" and one.name not in NO_WORDS)
