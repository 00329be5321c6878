"""Series over a change of areas, broken or recomputed: in both the whole keeps adding up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gebiedswerk.account import value
from gebiedswerk.blocks.models import Table
from gebiedswerk.blocks.places import Places
from gebiedswerk.blocks.year_tables import Setting
from gebiedswerk.dossier.tables import Area, AreaChange, AreaChangeKind, Series
from gebiedswerk.figures import TOTAL, Address, Figures, area_subject
from gebiedswerk.language.languages import LANGUAGES
from gebiedswerk.language.messages import Messages
from gebiedswerk.pages.area.area_money import years_table
from gebiedswerk.pictures.charts import points_of, series_table, years_chart
from tests.small import Small

MEASURES = ("budget", "realised", "committed", "result", "closing")
YEARS = (2018, 2019, 2020)
AREAS = "ABCDEF"


@cache
def town() -> Figures:
    """Six areas with a line each, and one line for the whole town; different amounts in each year."""
    made = Small(lines=dict.fromkeys(["L", *(f"L{area}" for area in AREAS)]), years=YEARS, closed=(2018, 2019))
    made.areas = {f"L{area}": area for area in AREAS}
    made.adopted = [(year, line, year - 1900 + 7 * at) for year in YEARS for at, line in enumerate(made.lines)]
    made.postings = [
        (year, line, f"{year - 1970 + 3 * at},0{at}") for year in YEARS for at, line in enumerate(made.lines)
    ]
    made.committed = [(2020, line, 5 + at) for at, line in enumerate(made.lines)]
    with TemporaryDirectory() as path:
        figures = made.open(Path(path)).newest
    assert figures is not None
    return figures


def setting_of(changes: Sequence[AreaChange], parents: dict[str, str] | None = None, language: str = "nl") -> Setting:
    """The town as if these changes had been; lines stand in every year, so also in areas that became another."""
    figures = town()
    areas = tuple(replace(area, parent=(parents or {}).get(area.code)) for area in figures.dossier.areas)
    dossier = replace(figures.dossier, area_changes=tuple(changes), areas=areas)
    made = Figures(dossier, figures.ledger, figures.account)
    return Setting(made, Places(dossier), 0, 100, Messages(language))


def change(former: str, new: str, year: int, weight: int | None = None, series: str = "recomputed") -> AreaChange:
    kind = AreaChangeKind.MERGER if weight is None else AreaChangeKind.SPLIT
    day = date(year, 1, 1)
    return AreaChange(
        row=2, kind=kind, from_area=former, to_area=new, changed_on=day, series=Series(series), weight=weight
    )


def cents_of(setting: Setting, area: Area, year: int, measure: str) -> int:
    """What the series of an area says of a year: its own point, recomputed or not."""
    for point in points_of(setting, area_subject(area.code)):
        if (point.year, point.subject) == (year, area_subject(area.code)):
            if point.cents is None:
                return setting.figures.figure(point.of(measure)).cents
            return point.cents[measure]
    return 0


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[AreaChange], dict[str, str]]:
    """Areas that become areas later in the alphabet, each on a later day than those before it; some lie in another."""
    changes = []
    for at, former in enumerate(AREAS[:-1]):
        new = draw(st.lists(st.sampled_from(AREAS[at + 1 :]), unique=True, max_size=3))
        weights = [draw(st.integers(1, 9)) if len(new) > 1 else None for _ in new]
        changes += [change(former, one, 2019 + at, weight) for one, weight in zip(new, weights, strict=True)]
    return changes, draw(st.sampled_from([{}, {"A": "F"}, {"B": "F"}, {"A": "E", "C": "F"}]))


@settings(max_examples=60, deadline=None)
@given(history=histories())
@pytest.mark.parametrize("series", list(Series))
def test_the_whole_adds_up_in_both_forms(series: Series, history: tuple[list[AreaChange], dict[str, str]]) -> None:
    """In every year and measure: the areas that are left, former ones after their end, and the whole town's line.

    Recomputed, an area that became another keeps only the years after that; broken, every area keeps its own.
    """
    changes, parents = history
    setting = setting_of([replace(one, series=series) for one in changes], parents)
    figures = setting.figures
    for year in YEARS:
        gone = {one.from_area for one in changes if one.changed_on > date(year, 1, 1)}
        gone = gone if series is Series.RECOMPUTED else set()
        tops = [area for area in figures.dossier.areas if area.code not in gone and area.code not in parents]
        everywhere = [line for line in figures.account.standing(year).lines if not line.area]
        for measure in (one for one in MEASURES if one != "committed" or year == 2020):
            shown = sum(cents_of(setting, area, year, measure) for area in tops)
            whole = figures.figure(Address(measure, TOTAL, year)).cents
            assert shown + value(everywhere, measure) == whole, (year, measure)


def rows_of(table: Table) -> list[tuple[int, tuple[str, ...]]]:
    """The rows of a table: depth, and the words in it."""
    return [(row.depth, tuple(cell.text for cell in row.cells)) for row in table.rows]


def test_a_merger_recomputed_shows_its_sum_and_what_it_is_made_of() -> None:
    """A and B became C in 2019: one row for 2018 with its mark, below it the areas of then, each with its source."""
    setting = setting_of([change("A", "C", 2019), change("B", "C", 2019)])
    table = series_table(setting, area_subject("C"), "", "t")
    assert rows_of(table)[:4] == [
        (0, ("2018 (herrekend)", "396", "162", "234")),
        (1, ("2018 (A)", "125", "51", "74")),
        (1, ("2018 (B)", "132", "54", "78")),
        (1, ("2018 (C)", "139", "57", "82")),
    ]
    assert [row[1][0] for row in rows_of(table)[4:]] == ["2019", "2020"]
    assert not any(cell.href for cell in table.rows[0].cells) and all(cell.href for cell in table.rows[1].cells[1:])
    assert table.note.startswith("Herrekend: ") and "veranderd" not in table.note


def test_a_split_recomputed_goes_by_its_key() -> None:
    """A became for two parts in three B, for one C: both show their part of 2018, and A with what of it is in it."""
    setting = setting_of([change("A", "B", 2019, 2), change("A", "C", 2019, 1)])
    found = {code: rows_of(years_table(setting, code)) for code in "BC"}
    assert [row[1][:3] for row in found["B"][:3]] == [
        ("2018 (herrekend)", "215", "88"),
        ("2018 (A, waarvan een deel)", "125", "51"),
        ("2018 (B)", "132", "54"),
    ]
    assert found["C"][0][1][:2] == ("2018 (herrekend)", "181")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_chart_names_it_and_does_not_break(language: str) -> None:
    """One group of bars for the recomputed year, with the word; broken there are the former areas and the break."""
    changes = [change("A", "C", 2019), change("B", "C", 2019)]
    chart = years_chart(setting_of(changes, language=language), "C")
    broken = years_chart(setting_of([replace(one, series=Series.BREAK) for one in changes], language=language), "C")
    assert chart is not None and broken is not None
    word = Messages(language)("series.recomputed")
    assert [(group.name.text, word in group.note) for group in chart.groups] == [
        ("2018", True),
        ("2019", False),
        ("2020", False),
    ]
    assert word not in str(broken.groups)


def test_an_area_that_handed_on_a_part_counts_it_no_longer() -> None:
    """A lay in E and became C: of 2018 the series of E is recomputed without A."""
    setting = setting_of([change("A", "C", 2019)], {"A": "E"})
    rows = rows_of(series_table(setting, area_subject("E"), "", "t"))
    assert rows[:2] == [
        (0, ("2018 (herrekend)", "153", "63", "90")),
        (1, ("2018 (E, waarvan een deel)", "278", "114", "164")),
    ]
