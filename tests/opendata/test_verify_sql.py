"""`verify.sql`: the spending term done again in another engine, whatever the settings; what it names where one lies."""

from __future__ import annotations

import contextlib
import csv
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gebiedswerk.app.build import build
from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.blocks.places import Places
from gebiedswerk.blocks.year_tables import COLUMNS
from gebiedswerk.core.faults import errors
from gebiedswerk.language.messages import Messages
from gebiedswerk.opendata.verify_sql import verify_sql
from gebiedswerk.pages.data_files import ShownBasis, data_files
from tests.app.test_adopt import adopted, deliver_again
from tests.conftest import KLEIN
from tests.small import Small
from tests.town import edit

EURO = 100
YEARS = (2018, 2019, 2020, 2021)


def verdict(folder: Path) -> str:
    """What `verify.sql` says where it is run in a folder with data. Raises duckdb.Error where rows differ."""
    script = (folder / "verify.sql").read_text("utf-8")
    with duckdb.connect(config={"file_search_path": str(folder)}) as connection:
        found = connection.execute(script).fetchone()
    assert found is not None
    return str(found[0])


def named(folder: Path) -> list[tuple[Any, ...]]:
    """The rows that `verify.sql` names: table, line, year, step or measure, origin, last year, and both amounts."""
    script = (folder / "verify.sql").read_text("utf-8")
    with duckdb.connect(config={"file_search_path": str(folder)}) as connection:
        with contextlib.suppress(duckdb.Error):
            connection.execute(script)
        return connection.execute("FROM difference ORDER BY ALL").fetchall()


def published(town: Small, path: Path) -> Path:
    """The folder with the data files of a small town, and the script that checks them."""
    figures = town.open(path / "town").newest
    assert figures is not None
    shown = ShownBasis(figures, Places(figures.dossier), tuple(figures.years()), EURO)
    for file in data_files(shown, Messages("nl")):
        (path / file.path).parent.mkdir(parents=True, exist_ok=True)
        (path / file.path).write_text(file.text, "utf-8")
    (path / "data/verify.sql").write_text(verify_sql(shown.years, EURO), "utf-8")
    return path / "data"


CARRY: dict[str, Any] = {"kind": "carry_over", "flow": "costs"}
CASES: Mapping[str, Small] = {
    "1 and 2: carried on, lapsed": Small(
        adopted=[(2018, "A", 100), (2019, "A", 100)],
        postings=[(2018, "A", 10), (2019, "A", 30)],
        closed=(2018, 2019),
    ),
    "4: a shortfall": Small(adopted=[(2018, "A", 150), (2019, "A", 450)], postings=[(2019, "A", 620)], closed=(2018,)),
    "5: a net refund": Small(adopted=[(2018, "A", 100), (2019, "A", 100)], postings=[(2019, "A", -15)], closed=(2018,)),
    "9: moved by a decision in December": Small(
        adopted=[(2018, "A", 100), (2019, "A", 100)],
        budgets=[
            CARRY | {"line": "A", "year": 2018, "amount": -40, "origin": 2018, "decided_on": "2018-12-12"},
            CARRY
            | {
                "line": "A",
                "year": 2019,
                "amount": 40,
                "origin": 2018,
                "decided_on": "2018-12-12",
                "in_budget": "ja",
            },
        ],
        postings=[(2018, "A", 50), (2019, "A", 30)],
        closed=(2018, 2019),
    ),
    "10: the council adopts 30 of the 50 left": Small(
        adopted=[(2018, "A", 100), (2019, "A", 100)],
        budgets=[CARRY | {"line": "A", "year": 2019, "amount": 30, "origin": 2018, "decided_on": "2019-05-01"}],
        postings=[(2018, "A", 50), (2019, "A", 110)],
        closed=(2018, 2019),
    ),
    "11b: folded into the line above": Small(
        lines={"A": None, "B": "A"},
        term='years = 2\nterm_at = "parent"',
        adopted=[(2018, "B", 12), (2019, "A", 88), (2019, "B", 18)],
        postings=[(2019, "A", 86), (2019, "B", 5)],
        closed=(2018, 2019),
    ),
    "12b: income goes to the general means": Small(
        term='income = "general"',
        adopted=[(2018, "A", 40), (2019, "A", 100)],
        postings=[(2019, "A", 30), (2019, "A", -50, "8000")],
        closed=(2018, 2019),
    ),
    "15: what is committed lives on": Small(
        term='expiry = "keep-committed"',
        years=(2018, 2019, 2020),
        adopted=[(2018, "A", 90), (2019, "A", 100)],
        postings=[(2019, "A", 30), (2020, "A", 40)],
        committed=[(2019, "A", 25)],
        closed=(2018, 2019, 2020),
    ),
    "15 under release: what is committed lapses": Small(
        adopted=[(2018, "A", 90), (2019, "A", 100)],
        postings=[(2019, "A", 30)],
        committed=[(2019, "A", 25)],
        closed=(2018, 2019),
    ),
    "lengthened twice: what lasts longest is carried, and moved": Small(
        term="years = 1",
        years=(2018, 2019, 2020),
        adopted=[(2018, "A", 100)],
        budgets=[
            CARRY | {"line": "A", "year": 2019, "amount": 35, "origin": 2018, "decided_on": "2019-05-01"},
            CARRY | {"line": "A", "year": 2019, "amount": -10, "origin": 2018, "decided_on": "2019-12-12"},
            CARRY | {"line": "A", "year": 2020, "amount": 10, "origin": 2018, "in_budget": "ja"},
        ],
        extensions=["e1,A,2018,30,2019,R9,raad,2018-12-01", "e2,A,2018,20,2020,R9,raad,2018-12-01"],
        postings=[(2018, "A", 20), (2019, "A", 12)],
        closed=(2018, 2019, 2020),
    ),
    "17: lengthened by decision": Small(
        term="years = 1",
        years=(2019, 2020, 2021),
        adopted=[(2019, "A", 100), (2020, "A", 100), (2021, "A", 100)],
        postings=[(2019, "A", 20), (2020, "A", 90), (2021, "A", 120)],
        extensions=["e1,A,2019,50,2021,R9,raad,2019-12-01"],
        closed=(2019, 2020, 2021),
    ),
    "19: withdrawn from older money": Small(
        adopted=[(2018, "A", 50), (2019, "A", 0)],
        budgets=[{"line": "A", "year": 2019, "kind": "amendment", "amount": -30, "decided_on": "2019-05-01"}],
        postings=[(2019, "A", 10)],
        closed=(2018, 2019),
    ),
    "22: handed on to a successor": Small(
        lines={"A": None, "B": None},
        adopted=[(2018, "A", 52), (2019, "B", 100)],
        budgets=[CARRY | {"line": "B", "year": 2019, "amount": 52, "origin": 2018, "source": "A"}],
        postings=[(2019, "B", 60)],
        closed=(2018, 2019),
    ),
    "23: a new rule binds new money only": Small(
        years=(2018, 2019, 2020),
        term="years = 2\n[[term]]\nfrom = 2019\nyears = 3",
        adopted=[(2018, "A", 60), (2019, "A", 100), (2020, "A", 10)],
        postings=[(2019, "A", 30), (2020, "A", 20)],
        closed=(2018, 2019, 2020),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_each_setting_is_done_again(tmp_path: Path, case: str) -> None:
    """The cases worked by hand, setting by setting: the other engine comes to the same steps and tranches."""
    folder = published(CASES[case], tmp_path)
    assert len((folder / "bestedingstermijn-2019.csv").read_text().splitlines()) > 7
    assert verdict(folder) == "all is well"


lines = st.sampled_from("ABCD")
amounts = st.integers(-60, 200)
rules = st.builds(
    'years = {}\nexpiry = "{}"\nincome = "{}"\nterm_at = "{}"'.format,
    st.integers(1, 4),
    st.sampled_from(["release", "keep-committed"]),
    st.sampled_from(["reduces", "general"]),
    st.sampled_from(["self", "parent"]),
)


@st.composite
def carry_overs(draw: st.DrawFn) -> dict[str, Any]:
    """Money carried on, handed on, or moved out of a year before it ends."""
    year = draw(st.integers(2019, 2021))
    moves = draw(st.booleans())
    origin = draw(st.integers(2018, year if moves else year - 1))
    day = f"{year}-05-01" if moves or draw(st.booleans()) else f"{year - 1}-12-12"
    row = CARRY | {"line": draw(lines), "year": year, "origin": origin, "decided_on": day}
    row["amount"] = draw(st.integers(1, 120)) * (-1 if moves else 1)
    if not moves:
        row |= {"source": draw(st.sampled_from(["", *"ABCD"])), "in_budget": draw(st.sampled_from(["ja", "nee"]))}
        row["last_year"] = draw(st.sampled_from(["", year, year + 1]))
    return row


@st.composite
def extensions(draw: st.DrawFn) -> list[str]:
    """Tranches lengthened by decision."""
    found = []
    for at in range(draw(st.integers(0, 3))):
        origin = draw(st.integers(2018, 2020))
        last, day = origin + draw(st.integers(1, 4)), f"{origin}-12-01"
        found.append(f"e{at},{draw(lines)},{origin},{draw(st.integers(1, 90))},{last},R9,raad,{day}")
    return found


posting = st.tuples(st.sampled_from(YEARS), lines, amounts, st.sampled_from(["4000", "8000", "9700"]))
towns = st.builds(
    Small,
    lines=st.just({"A": None, "B": "A", "C": "B", "D": None}),
    years=st.just(YEARS),
    closed=st.integers(0, 4).map(lambda count: YEARS[:count]),
    decided=st.dictionaries(st.sampled_from(YEARS[:3]), st.just("2022-01-01"), max_size=2),
    term=st.tuples(rules, rules).map(lambda pair: f"{pair[0]}\n[[term]]\nfrom = 2020\n{pair[1]}"),
    adopted=st.lists(st.tuples(st.sampled_from(YEARS), lines, st.integers(0, 200)), max_size=10),
    budgets=st.lists(carry_overs(), max_size=6),
    postings=st.lists(posting, min_size=1, max_size=12),
    committed=st.lists(st.tuples(st.sampled_from(YEARS), lines, st.integers(1, 90)), max_size=4),
    extensions=extensions(),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(town=towns)
def test_any_town_is_done_again(town: Small) -> None:
    """Whatever was given, spent, carried, moved, lengthened and committed, under whatever rules: the same to the cent.

    Towns whose decisions carry more than there is count too: such a dossier has faults and is not published, but its
    term is done the same way in both. Only there a budget holds more than was left, so `outside` cannot meet.
    """
    with tempfile.TemporaryDirectory() as path:
        found = named(published(town, Path(path)))
        refused = errors(open_dossier(Path(path) / "town").faults) if found else []
        assert not found or refused
        assert {row[3].removesuffix("_cents") for row in found} <= {"outside"}


PUBLICATION = "publicaties/jaarrekening-2025"
UNCHECKED = {"commitment"}
"""Open commitments stand in no table; where no rule keeps what is committed they move nothing."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small example, built once for this module."""
    built, faults = build(KLEIN, tmp_path_factory.mktemp("out") / "klein")
    assert built is not None, faults
    return built.site


def test_every_table_of_a_site_is_recomputed(site: Path) -> None:
    """The newest account and that of a publication follow from the public files alone."""
    for folder in (site / "data", site / PUBLICATION / "data"):
        assert verdict(folder) == "all is well"


def put(file: Path, at: int, column: int, cell: str) -> None:
    """Write another value in one cell of a CSV file, the header being row 0."""
    rows = list(csv.reader(file.read_text("utf-8").splitlines()))
    rows[at][column] = cell
    with file.open("w", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows(rows)


@pytest.mark.parametrize(
    "name", ["boekingen.csv", "rekening-2025.csv", "beschikbaar-2025.csv", "bestedingstermijn-2025.csv"]
)
def test_one_cent_more_is_found(site: Path, tmp_path: Path, name: str) -> None:
    """Whatever amount of whatever file is one cent off: the script stops and names a row of that line and year."""
    rows = list(csv.reader((site / "data" / name).read_text("utf-8").splitlines()))
    columns = [at for at, column in enumerate(rows[0]) if column == "cents" or column.endswith("_cents")]
    spots = [(at, c) for at, row in enumerate(rows[1:], 1) for c in columns if row[c] and not UNCHECKED & set(row)]
    assert spots
    line, year = rows[0].index("line"), rows[0].index("year")
    for number, (at, column) in enumerate(spots[:: max(len(spots) // 8, 1)]):
        folder = shutil.copytree(site / "data", tmp_path / f"data-{number}")
        put(folder / name, at, column, str(int(rows[at][column]) + 1))
        found = named(folder)
        assert (rows[at][line], int(rows[at][year])) in {row[1:3] for row in found}
        with pytest.raises(duckdb.Error, match=r"rows differ: .* published "):
            verdict(folder)


def test_a_tranche_of_another_origin_is_named(tmp_path: Path) -> None:
    """40 of 2018 shown as money of 2019, with every sum as it was: the step and both origins are named."""
    folder = published(CASES["1 and 2: carried on, lapsed"], tmp_path)
    edit(folder, "bestedingstermijn-2019.csv", "A,2019,spent,2018,2019,3000", "A,2019,spent,2019,2020,3000")
    told = {(row[3], row[4], row[6], row[7]) for row in named(folder)}
    assert told == {("spent", 2018, None, "3000"), ("spent", 2019, "3000", None)}


def test_a_dropped_release_is_named(tmp_path: Path) -> None:
    """60 of 2018 lapsed in 2019; without the row it is named in the term and the table, of the line and the whole."""
    folder = published(CASES["1 and 2: carried on, lapsed"], tmp_path)
    edit(folder, "bestedingstermijn-2019.csv", "A,2019,released,2018,2019,6000\n", "")
    told = {(row[0], row[1], row[3]) for row in named(folder)}
    assert told >= {("term", "A", "released"), ("available", "A", "released_cents"), ("available", "total", "released")}


@pytest.mark.parametrize(
    ("case", "file", "old", "new", "step"),
    [
        ("1 and 2: carried on, lapsed", "termijnregels.csv", "2000,2,", "2000,3,", "closing"),
        ("1 and 2: carried on, lapsed", "jaren.csv", "2019,closed", "2019,open", "released"),
        ("10: the council adopts 30 of the 50 left", "boekingen.csv", "2019-05-01,2018", "2018-05-01,2018", "opening"),
        (
            "15: what is committed lives on",
            "boekingen.csv",
            "commitment,costs,2500",
            "commitment,costs,2499",
            "closing",
        ),
        ("17: lengthened by decision", "verlengingen.csv", ",5000,", ",4999,", "closing"),
        ("22: handed on to a successor", "boekingen.csv", "2018,,A,", "2018,,,", "opening"),
    ],
)
def test_a_changed_fact_is_found(tmp_path: Path, case: str, file: str, old: str, new: str, step: str) -> None:
    """Another rule, state, day of decision, commitment, extension or source: the step that does not follow is named."""
    folder = published(CASES[case], tmp_path)
    assert verdict(folder) == "all is well"
    edit(folder, file, old, new)
    assert step in {row[3] for row in named(folder)}


def test_a_printed_unit_beside_its_cents_is_named(tmp_path: Path) -> None:
    """A table prints one of the two whole units beside the cents, and the result is what its row says."""
    folder = published(CASES["4: a shortfall"], tmp_path)
    edit(folder, "rekening-2019.csv", "62000,620,", "62000,621,")
    assert {(row[1], row[3], row[6], row[7]) for row in named(folder)} == {
        ("A", "realised", "621", "62000 cents"),
        ("A", "result", "-170", "-171"),
    }


@pytest.mark.parametrize("year", [2024, 2025])
def test_an_adopted_account_stands(klein: Path, tmp_path: Path, year: int) -> None:
    """A newer delivery after adoption: every basis follows from its own files, restated years too.

    Nothing was decided on what moved on, so what was left moved on. Where that changed since, the adopted opening is
    that of then: it is named as not recomputed.
    """
    edit(klein, "years.csv", ",2025-06-26,", ",,")
    edit(klein, "budgets.csv", (KLEIN / "budgets.csv").read_text("utf-8").splitlines(keepends=True)[15], "")
    adopted(klein)
    deliver_again(klein, 145_000, year)
    built, faults = build(klein, tmp_path / "out")
    assert built is not None, faults
    said = {place: verdict(built.site / place / "data") for place in (".", "herzien", PUBLICATION)}
    assert {place: words.split("; ")[0] for place, words in said.items()} == dict.fromkeys(said, "all is well")
    assert said["herzien"] == said[PUBLICATION] == "all is well"
    assert ("not recomputed" in said["."]) == (year == 2024)
    assert year == 2025 or "term NRD 2025 opening 2024 published" in said["."]


@pytest.mark.parametrize("name", sorted({name for columns in COLUMNS.values() for name in columns}))
def test_every_column_is_recomputed(name: str) -> None:
    """A measure in a table that the script does not make again would be named as a difference in every site."""
    made = verify_sql((2019,), 100).partition("CREATE TEMP TABLE measured")[2]
    asked = (f"{{'measure': '{name}', 'cents': ", f"('{name}')", f"s.year, '{name}', ")
    assert sum(made.count(one) for one in asked) == 1
