"""What a year is called: the first page shows that of its phase; of a running year no table tells a result."""

from __future__ import annotations

from pathlib import Path

import pytest

from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.blocks.headings import year_of_phase
from gebiedswerk.blocks.models import Frame
from gebiedswerk.blocks.places import Places
from gebiedswerk.blocks.year_tables import Setting, year_table
from gebiedswerk.figures import Figures
from gebiedswerk.language.messages import Messages
from gebiedswerk.pages.area.area_money import years_table
from gebiedswerk.pages.home import home_figures
from tests.pages.test_true_sentences import World

GIVEN = {(year, line): 500 for year in (2019, 2020) for line in "NZ"}
FIRST = {place: cents for place, cents in GIVEN.items() if place[0] == 2019}


def setting_of(world: World, path: Path, year: int = 2020) -> Setting:
    figures = open_dossier(world.write(path)).newest
    assert isinstance(figures, Figures)
    return Setting(figures, Places(figures.dossier), year, 100, Messages("nl"))


@pytest.mark.parametrize(
    ("world", "published", "year"),
    [
        (World(closed=(2019,), budget=GIVEN, until={2019: 12, 2020: 6}), [2019], 2020),  # runs: what is left now
        (World(closed=(2019,), budget=GIVEN, until={2019: 12}), [2019, 2020], 2019),  # no file of 2020 yet
        (World(closed=(2019,), budget=FIRST, until={2019: 12, 2020: 6}), [2019], 2019),  # no budget of 2020 yet
        (World(budget=GIVEN), [2019], 2019),  # nothing known: the newest page
        (World(budget=GIVEN), [], 2020),
    ],
)
def test_the_first_page_shows_the_year_of_its_phase(
    tmp_path: Path, world: World, published: list[int], year: int
) -> None:
    """The newest year of which budget and spending are known, else the newest published, else the newest."""
    assert year_of_phase(setting_of(world, tmp_path).figures, published) == year


def labels(setting: Setting) -> list[str]:
    return [fact.label for fact in home_figures(setting, Frame("index.html", "", "nl", "")).facts]


def test_figures_of_a_running_year_have_their_day(tmp_path: Path) -> None:
    """Up to June; before any file of the year nothing says that 0 was spent; after the close it is a result."""
    spent = {(2019, "N"): 100, (2020, "N"): 50}
    world = World(closed=(2019,), budget=GIVEN, until={2019: 12, 2020: 6}, spent=spent)
    assert labels(setting_of(world, tmp_path / "a")) == [
        "Begroot",
        "Uitgegeven tot en met 30 juni 2020",
        "Nog niet uitgegeven op 30 juni 2020",
        "Over op 30 juni 2020",
    ]
    assert labels(setting_of(world, tmp_path / "a", 2019))[1:3] == ["Uitgegeven", "Resultaat"]
    early = setting_of(World(closed=(2019,), budget=GIVEN, until={2019: 12}, spent=spent), tmp_path / "b")
    assert labels(early) == ["Begroot", "Over op 1 januari 2020"]
    unknown = setting_of(World(budget=GIVEN), tmp_path / "c")
    assert labels(unknown) == ["Begroot", "Beschikbaar; wat is uitgegeven, is niet bekend"]


@pytest.mark.parametrize("name", ["account", "bbv"])
def test_no_table_of_a_running_year_speaks_of_a_result(tmp_path: Path, name: str) -> None:
    """Nor judges it; the same table of the closed year does both, where the law asks for it."""
    world = World(closed=(2019,), budget=GIVEN, until={2019: 12, 2020: 6}, spent={(2020, "N"): 700})
    running = year_table(setting_of(world, tmp_path / "a"), name, "x")
    assert running.columns[-1] == "Nog niet uitgegeven van de begroting 2020"
    assert {len(row.cells) for row in running.rows} == {len(running.columns)}
    over = year_table(setting_of(world, tmp_path / "a", 2019), name, "x")
    assert over.columns[-1] == {"account": "Resultaat 2019", "bbv": "Voordeel of nadeel"}[name]
    assert {len(row.cells) for row in over.rows} == {len(over.columns)}


def test_a_series_that_runs_on_calls_no_year_a_result(tmp_path: Path) -> None:
    """Rows of closed years stand in the same column: its name holds for both."""
    world = World(closed=(2019,), budget=GIVEN, until={2019: 12, 2020: 6})
    table = years_table(setting_of(world, tmp_path / "a", 0), "NOORD")
    assert (
        "Resultaat (van een jaar dat loopt: nog niet uitgegeven)" in table.columns and "Resultaat" not in table.columns
    )
    world.closed = (2019, 2020)
    world.until = {2019: 12, 2020: 12}
    assert "Resultaat" in years_table(setting_of(world, tmp_path / "b", 0), "NOORD").columns
