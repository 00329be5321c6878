"""Charts: lengths in proportion, signs where they belong, and no amount that its table does not print too."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis.strategies import integers, lists

from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.blocks.models import Chart, Table
from gebiedswerk.blocks.places import Places
from gebiedswerk.blocks.year_tables import Setting
from gebiedswerk.dossier.tables import Area, AreaChange, AreaChangeKind
from gebiedswerk.figures import TOTAL, Address, area_subject, line_subject, parse_subject
from gebiedswerk.language.messages import Messages
from gebiedswerk.pictures.chart_kinds import CHARTS, AskedPicture, asked_chart, picture_blocks
from gebiedswerk.pictures.charts import series_chart, series_table
from gebiedswerk.pictures.scale import WIDTH, scale_of
from gebiedswerk.pictures.series_breaks import _changed, broken_between
from gebiedswerk.pictures.tranche_chart import Tranches, stacked_chart, tranche_chart, tranche_table
from gebiedswerk.pictures.waterfall import STAND, milestone_chart, milestones
from tests.conftest import KLEIN, ROOT
from tests.small import Small

AMOUNTS = integers(-(10**13), 10**13)


@given(amounts=lists(AMOUNTS, min_size=1, max_size=8))
def test_lengths_are_in_proportion_within_one_unit(amounts: list[int]) -> None:
    """Every bar stays on its strip, on its side of zero, and is as long as its amount to within one thousandth."""
    scale = scale_of(amounts)
    for cents in amounts:
        bar = scale.bar("budget", 0, cents)
        assert bar.start >= 0 and bar.start + bar.length <= WIDTH
        assert abs(bar.length * (scale.high - scale.low) - WIDTH * abs(cents)) <= scale.high - scale.low
        end = bar.start if cents < 0 else bar.start + bar.length
        assert end == scale.at(cents) and (bar.start if cents >= 0 else bar.start + bar.length) == scale.at(0)


def setting_of(dossier: Path, year: int, unit_cents: int = 1) -> Setting:
    """The newest figures of a dossier, as a publication about a year shows them."""
    opened = open_dossier(dossier)
    assert opened.newest is not None and opened.dossier is not None, opened.faults
    return Setting(opened.newest, Places(opened.dossier), year, unit_cents, Messages("nl"))


@pytest.fixture(scope="module")
def groningen() -> Setting:
    return setting_of(ROOT / "examples" / "groningen", 2019, 100_000)


def printed(chart: Chart) -> Counter[tuple[str, str]]:
    """The amounts of a chart: text and place."""
    amounts = [amount.cell for group in chart.groups for strip in group.strips for amount in strip.amounts]
    return Counter((cell.text, cell.href) for cell in amounts)


def tabled(table: Table) -> Counter[tuple[str, str]]:
    """The amounts of a table: text and place."""
    return Counter((cell.text, cell.href) for row in table.rows for cell in row.cells if cell.amount)


@pytest.mark.parametrize("name", [*CHARTS, "years/WEST", "tranches/area:WEST", "milestones/ALG@2018"])
def test_every_amount_of_a_chart_stands_in_its_table(groningen: Setting, name: str) -> None:
    """The table beside a chart prints each of its amounts, leading to the same figure; each amount leads somewhere."""
    asked = asked_chart(name, 2019)
    assert asked is not None
    chart, table = picture_blocks(groningen, asked, "Opschrift", set())
    assert isinstance(chart, Chart) and isinstance(table, Table) and chart.table_id == table.id
    assert printed(chart) and printed(chart) <= tabled(table)
    assert all(href for _, href in printed(chart))


def test_a_table_that_is_there_does_not_come_twice(groningen: Setting) -> None:
    """A chart beside its table comes alone."""
    blocks = list(picture_blocks(groningen, AskedPicture("account", TOTAL, 2019), "Opschrift", {"table-account"}))
    assert [type(block) for block in blocks] == [Chart]


def test_the_waterfall_ends_where_the_account_does(groningen: Setting) -> None:
    """Each stand is what the steps before it add up to, of every line and of the whole."""
    for subject in ("total", *groningen.account.by_code):
        stand = 0
        for step in milestones(groningen, Address("budget", parse_subject(subject), 2019)):
            stand = stand + step.change if step.sign != STAND else stand or step.cents
            assert step.sign != STAND or stand == step.cents, (subject, step)
    names = [step.name for step in milestones(groningen, Address("budget", TOTAL, 2019))]
    assert names[0].startswith("Primitieve") and "W2019-08" in names and names[-1] == "Blijft beschikbaar"


def test_bars_of_a_waterfall_join(groningen: Setting) -> None:
    """A step that adds begins where the one before it ended."""
    chart = milestone_chart(groningen, milestones(groningen, Address("budget", TOTAL, 2019)), "Opschrift", "table-x")
    bars = [group.strips[0].bars[0] for group in chart.groups]
    budget = next(at for at, group in enumerate(chart.groups) if group.name.text == "= Begroting 2019")
    assert bars[budget + 1].kind == "less"
    assert bars[budget + 1].start + bars[budget + 1].length == bars[budget].start + bars[budget].length
    assert bars[budget + 2].start + bars[budget + 2].length == bars[budget + 1].start


def test_an_overspend_goes_below_zero(tmp_path: Path) -> None:
    """A result below zero is drawn on the other side of the zero line, and named as below zero."""
    town = Small(adopted=[(2018, "A", 100)], postings=[(2018, "A", 300)], closed=[2018])
    setting = setting_of(town.write(tmp_path / "t"), 2018)
    chart = milestone_chart(
        setting, milestones(setting, Address("budget", line_subject("A"), 2018)), "Opschrift", "table-x"
    )
    result = next(group for group in chart.groups if "Resultaat" in group.name.text).strips[0]
    assert chart.zero == 667
    assert (result.bars[0].start, result.bars[0].start + result.bars[0].length) == (0, chart.zero)
    assert result.amounts[0].cell.below


def test_a_year_that_runs_shows_what_lapses_at_its_end(tmp_path: Path) -> None:
    """Open: what is left of 2018 lapses on 31 December 2019. Closed: it has lapsed, and nothing says it still will."""
    town = Small(adopted=[(2018, "A", 100), (2019, "A", 50)], postings=[(2018, "A", 30), (2019, "A", 20)])
    for closed, expected in (((2018,), ["spent", "lapses"]), ((2018, 2019), ["spent", "released"])):
        town.closed = closed
        setting = setting_of(town.write(tmp_path / f"t{len(closed)}"), 2019)
        chart = stacked_chart(Tranches(setting, line_subject("A"), 2019), "Opschrift", "table-x")
        assert chart is not None
        bars = chart.groups[0].strips[0].bars
        assert [bar.kind for bar in bars] == expected
        assert [bar.length for bar in bars] == [286, 714]
        assert bars[0].start + bars[0].length == bars[1].start
        assert chart.groups[0].note == ("uit te geven tot en met 31 december 2019" if len(closed) == 1 else "")


def test_what_nothing_covers_has_a_bar_of_its_own(tmp_path: Path) -> None:
    """A shortfall belongs to no year of origin."""
    town = Small(adopted=[(2018, "A", 100)], postings=[(2018, "A", 300)])
    chart = stacked_chart(
        Tranches(setting_of(town.write(tmp_path / "t"), 2018), line_subject("A"), 2018), "Opschrift", "table-x"
    )
    assert chart is not None
    assert [bar.kind for group in chart.groups for strip in group.strips for bar in strip.bars] == [
        "spent",
        "shortfall",
    ]


def breaks(chart: Chart | None) -> list[str]:
    """The words at the breaks of a chart."""
    assert chart is not None
    return [group.name.text for group in chart.groups if not group.strips]


def test_a_series_breaks_where_areas_merge(groningen: Setting) -> None:
    """In 2019 two municipalities became areas: the line stands between 2018 and 2019, and nowhere else."""
    chart = series_chart(groningen, TOTAL, "Opschrift", "table-x")
    assert chart is not None
    assert [group.name.text for group in chart.groups if group.strips] == ["2017", "2018", "2019"]
    assert not chart.groups[2].strips
    assert breaks(chart) == [
        "Hier zijn de gebieden veranderd: Voormalige gemeente Haren werd op 1 januari 2019 Haren; "
        "Voormalige gemeente Ten Boer werd op 1 januari 2019 Ten Boer."
    ]
    assert breaks(series_chart(groningen, area_subject("WEST"), "Opschrift", "table-x")) == []


def test_a_merged_area_shows_where_it_came_from(groningen: Setting) -> None:
    """Before 2019 stand the figures of the former municipality, under its own name, on the other side of the break."""
    chart = series_chart(groningen, area_subject("HAREN"), "Opschrift", "table-x")
    assert chart is not None and len(breaks(chart)) == 1
    first, _, last = chart.groups
    assert (first.name.text, first.note, last.name.text, last.note) == (
        "2018",
        "Voormalige gemeente Haren",
        "2019",
        "",
    )
    assert "voormalige-gemeente-haren" in first.strips[0].amounts[0].cell.href
    table = series_table(groningen, area_subject("HAREN"), "Opschrift", "table-x")
    assert printed(chart) <= tabled(table)
    assert "2018 (Voormalige gemeente Haren)" in [row.cells[0].text for row in table.rows]


@pytest.mark.parametrize(
    ("kind", "begins", "ends", "others", "told"),
    [
        ("merger", True, True, 0, "Oosteinde werd op 1 januari 2026 Havenkwartier"),
        ("merger", True, True, 1, "Oosteinde werd op 1 januari 2026 een deel van Havenkwartier"),
        ("merger", False, True, 0, "Oosteinde werd op 1 januari 2026 een deel van Havenkwartier"),
        ("merger", False, False, 0, "een deel van Oosteinde ging op 1 januari 2026 naar Havenkwartier"),
        ("split", True, True, 0, "een deel van Oosteinde ging op 1 januari 2026 naar Havenkwartier"),
        ("rename", True, True, 0, "Oosteinde heet sinds 1 januari 2026 Havenkwartier"),
    ],
)
def test_a_break_says_what_became_of_what(kind: str, begins: bool, ends: bool, others: int, told: str) -> None:
    """One area that became another is no part of it, a split one became no part, and a renamed one is the same."""
    setting, day = setting_of(KLEIN, 2025), date(2026, 1, 1)
    areas = tuple(
        replace(
            one,
            valid_from=day if begins and one.code == "HAV" else None,
            valid_to=day if ends and one.code == "OST" else None,
        )
        for one in setting.figures.dossier.areas
    )
    changes = [
        AreaChange(row=2, kind=AreaChangeKind(kind), from_area=code, to_area="HAV", changed_on=day)
        for code in ("OST", "BIN")[: 1 + others]
    ]
    assert next(iter(_changed(replace_areas(setting, areas), changes))) == told


def test_a_change_within_a_year_breaks_its_own_figures_too(groningen: Setting) -> None:
    """Zandwerd joined Haren on 1 April 2020: between 2019 and 2020 the series breaks, and nowhere before."""
    told = "Hier zijn de gebieden veranderd: Zandwerd werd op 1 april 2020 een deel van Haren."
    assert broken_between(groningen, area_subject("HAREN"), 2019, 2020) == broken_between(
        groningen, area_subject("HAREN"), 2020, 2021
    )
    assert broken_between(groningen, area_subject("HAREN"), 2019, 2020) == told
    assert (
        broken_between(groningen, area_subject("WEST"), 2019, 2020)
        == broken_between(groningen, area_subject("HAREN"), 2021, 2022)
        == ""
    )


def replace_areas(setting: Setting, areas: tuple[Area, ...]) -> Setting:
    dossier = replace(setting.figures.dossier, areas=areas)
    return replace(setting, figures=replace(setting.figures, dossier=dossier))


def test_an_area_that_goes_breaks_the_series_too(klein: Path) -> None:
    """An area that ends on the first day of a year is named with the day on which it no longer holds."""
    setting = setting_of(klein, 2025)
    areas = tuple(_ended(area) if area.code == "BIN" else area for area in setting.figures.dossier.areas)
    dossier = replace(setting.figures.dossier, areas=areas)
    figures = replace(setting.figures, dossier=dossier)
    chart = series_chart(Setting(figures, Places(dossier), 2025, 1, Messages("en")), TOTAL, "Caption", "table-x")
    assert breaks(chart) == ["Here the areas changed: Binnenstad until 1 January 2025."]


def test_an_area_page_gets_its_tranches(klein: Path) -> None:
    """Without a year of its own an area shows its newest year; an area without money shows nothing."""
    setting = setting_of(klein, 0)
    chart, table = tranche_chart(setting, "NRD"), tranche_table(setting, "NRD")
    assert chart is not None and table is not None and chart.table_id == table.id
    assert chart.caption == "Wat er in 2025 met het geld van elk jaar is gebeurd"
    assert printed(chart) <= tabled(table)


@pytest.mark.parametrize(
    "text", ["pie", "account/WEST", "account@2018", "tranches/", "years@20", "milestones@2026", ""]
)
def test_no_such_chart(text: str) -> None:
    """A name that is none, a subject where none belongs, a year after that of the publication."""
    assert asked_chart(text, 2025) is None


def test_the_same_figures_give_the_same_picture() -> None:
    """Reading the dossier again changes nothing."""
    asked = AskedPicture("milestones", TOTAL, 2025)
    first, second = (list(picture_blocks(setting_of(KLEIN, 2025), asked, "Opschrift", set())) for _ in range(2))
    assert first == second


def _ended(area: Area) -> Area:
    return replace(area, valid_to=date(2025, 1, 1))
