"""A public release recounted on its edges: what follows from its parts, and what each part must be.

No page is made here: a release of a small town has its tables, ledgers and accounts alone.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from gebiedswerk.account import Account, YearAccount
from gebiedswerk.app.adopt import adopt
from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.core.faults import Checked, Fault
from gebiedswerk.core.spending_term import Expiry, Income, Shortfall, TermAt, TermRule
from gebiedswerk.dossier import Basis as Moment
from gebiedswerk.dossier.settings import DossierSettings, Municipality, Presentation
from gebiedswerk.figures import Figures
from gebiedswerk.formats.postings import POSTING, SUMMED
from gebiedswerk.ledger import PUBLIC
from gebiedswerk.release.contents import TABLE, BasisFigures, bases, parts
from gebiedswerk.release.public_dossier import public_dossier
from gebiedswerk.release.recount import (
    Recount,
    Recounted,
    _complete,
    _unlike,
    moment_of,
    public_ledger,
    read_ledger,
    recount,
    years_of,
)
from tests.release.releases import swap
from tests.small import Small, put

MODULE = sys.modules["gebiedswerk.release.recount"]  # its package has a function of that name
NEWEST = "ledger/newest.csv"
YEAR = 'kind = "accounts"\nyear = {}\ntitle = "P"\nstatus = "draft"\nas_of = {}T00:00:00\nunit = {}\n'


def town(path: Path) -> Path:
    """Two lines and two years. Of both the accounts were adopted, of 2019 while it was open; then 2018 was changed.

    A third publication stands beside these, in euros.
    """
    dossier = Small(
        lines={"A": None, "B": "A"},
        closed=(2018,),
        decided={2018: "2019-04-01"},
        term='income = "general"\nexpiry = "keep-committed"\nterm_at = "parent"\ndecision = "R0"\n'
        'shortfall = "to-cover"',
        adopted=[(2018, "A", 100), (2018, "B", 10), (2019, "A", 80)],
        budgets=[
            {"line": "A", "year": 2019, "kind": "carry_over", "amount": 30, "origin": 2018, "decided_on": "2019-04-01"}
        ],
        postings=[(2018, "A", 40), (2018, "B", 5), (2018, "A", -6, "8000"), (2019, "A", 7)],
        extensions=["e1,A,2018,20,2021,R9,college,2019-12-01"],
        areas={"A": "W1"},
    ).write(path)
    for slug, year in (("p", 2018), ("q", 2019)):
        put(dossier, f"publications/{slug}/publication.toml", YEAR.format(year, f"2022-0{year - 2016}-01", 1000))
        put(dossier, f"publications/{slug}/index.md", "Text.\n")
        made, faults = adopt(dossier, slug, date(2022, 4, 1), "R5")
        assert made, faults
    rows = (dossier / "budgets.csv").read_text("utf-8")
    put(dossier, "budgets.csv", rows + "late,A,2018,amendment,costs,3,R6,raad,2022-05-01,,,,,\n")
    put(dossier, "publications/r/publication.toml", YEAR.format(2019, "2022-06-01", 1))
    put(dossier, "publications/r/index.md", "Text.\n")
    return dossier


@pytest.fixture(scope="module")
def frozen(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[BasisFigures]]:
    folder = tmp_path_factory.mktemp("recount")
    opened = open_dossier(town(folder / "dossier"))
    assert opened.newest is not None
    shown = list(bases(opened.newest, opened.views))
    tables = public_dossier(opened.newest, opened.views, shown)
    found = parts(opened.newest, shown) | {f"{TABLE}/{name}": data for name, data in tables.items()}
    for name, data in found.items():
        path = folder / "release" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder / "release", shown


@pytest.fixture
def release(frozen: tuple[Path, list[BasisFigures]], tmp_path: Path) -> Path:
    """A release to be changed."""
    return Path(shutil.copytree(frozen[0], tmp_path / "release"))


def counted(root: Path) -> Recount:
    made = recount(root).value
    assert made is not None
    return made


def told(root: Path) -> list[tuple[str, str | None, int | None, str | None, str | None]]:
    return [(one.code, one.file, one.row, one.column, one.value) for one in recount(root).faults]


def change(root: Path, place: str, by: Callable[[Any], Any]) -> None:
    """Let a JSON file be what this makes of it."""
    form = json.loads((root / place).read_bytes())
    (root / place).write_text(json.dumps(by(form)), "utf-8")


# What is right


def test_every_basis_gives_the_figures_that_the_site_shows(frozen: tuple[Path, list[BasisFigures]]) -> None:
    """The newest, the restated, the adopted and a later one: each with its accounts, in its own unit."""
    root, shown = frozen
    made = counted(root)
    assert told(root) == []
    assert [one.basis for one in made.bases] == [one.basis for one in shown]
    assert [(one.basis.name, one.basis.kind) for one in made.bases] == [
        ("newest", "standing"),
        ("restated", "restated"),
        ("p", "kept"),
        ("q", "kept"),
        ("r", "standing"),
    ]
    assert [one.unit_cents for one in made.bases] == [1000_00, 1000_00, 1000_00, 1000_00, 1_00]
    for one, then in zip(made.bases, shown, strict=True):
        here, there = one.figures.account, then.figures.account
        assert list(years_of(one)) == [there.standing(year) for year in then.basis.years]
        assert (here.basis, here.adopted, here.doubtful) == (there.basis, there.adopted, frozenset())
        assert here.years[max(then.basis.years)] == there.years[max(then.basis.years)]
        assert one.figures.dossier is made.dossier
        assert one.figures.ledger.basis == then.figures.ledger.basis
        assert one.figures.ledger.used == then.figures.ledger.used == ("realised",)


def test_what_was_adopted_and_what_became_of_it_differ(frozen: tuple[Path, list[BasisFigures]]) -> None:
    """The 3 of after the adoption stand in the restated account alone."""
    budgets = {
        one.basis.name: one.figures.account.standing(2018).grand_total.budget for one in counted(frozen[0]).bases
    }
    assert budgets == {"newest": 110_00, "restated": 113_00, "p": 110_00, "q": 110_00, "r": 110_00}


def test_the_dossier_is_what_figures_rest_on(frozen: tuple[Path, list[BasisFigures]]) -> None:
    """Its tables whole, and of the settings the rules of the term, the name and the unit."""
    root, shown = frozen
    made, true = counted(root).dossier, shown[0].figures.dossier
    tables = ("areas", "budget_lines", "budget_line_years", "years", "extensions", "openings")
    assert [getattr(made, name) for name in tables] == [getattr(true, name) for name in tables]
    assert [row.amount for row in made.budgets] == [row.amount for row in true.budgets]
    assert [row.id for row in made.attribution] == ["rA", "rB"]
    rules = [TermRule(2000, 2, Expiry.KEEP_COMMITTED, Income.GENERAL, TermAt.PARENT, "R0", Shortfall.TO_COVER)]
    assert made.settings == DossierSettings(1, Municipality("T"), rules, Presentation(unit=1000))
    assert made.settings.term == true.settings.term
    assert [type(one) for one in (made.settings.term[0].expiry, made.settings.term[0].income)] == [Expiry, Income]
    assert type(made.settings.term[0].term_at) is TermAt
    assert made.path == root


def test_the_ledgers_are_the_public_ones(frozen: tuple[Path, list[BasisFigures]]) -> None:
    root, shown = frozen
    made = counted(root).ledgers
    assert list(made) == [one.basis.name for one in shown]
    for one in shown:
        public = one.figures.public.filter(pl.col("year").is_in(list(one.basis.years)))
        assert made[one.basis.name].equals(public.with_columns(pl.col(pl.String).replace("", None)))


def test_a_public_ledger_can_be_settled(frozen: tuple[Path, list[BasisFigures]]) -> None:
    """All that it holds is on a line, undivided, and counts as often as it says; decisions are apart as well."""
    (newest, *_) = counted(frozen[0]).bases
    ledger = newest.figures.ledger
    assert dict(ledger.sums.schema) == SUMMED
    assert dict(ledger.decided.schema) == POSTING
    assert set(ledger.sums["scope"]) == {"line"}
    assert set(ledger.sums["share"]) == {""}
    assert (ledger.deliveries, ledger.doubtful) == ((), frozenset())
    assert ledger.decided["kind"].to_list() == ["adopted"] * 3 + ["carry_over"]
    assert ledger.sums.height == 8
    assert ledger.postings.collect()["cents"].to_list() == ledger.sums["cents"].to_list()
    assert set(ledger.sums["administration"]) == {None}
    rows = counted(frozen[0]).ledgers["newest"].with_columns(count=pl.lit(7, pl.Int64))
    assert set(public_ledger(rows, newest.basis).sums["postings"]) == {7}


def test_a_moment_is_empty_for_all_there_is() -> None:
    assert moment_of("") == Moment(None)
    assert moment_of("2022-05-01T10:00:00") == Moment(datetime.fromisoformat("2022-05-01T10:00:00"))


# Bases


def told_of(
    release: Path, at: int, **facts: object
) -> list[tuple[str, str | None, int | None, str | None, str | None]]:
    """What is told where one basis says these facts."""
    change(release, "bases.json", lambda form: [*form[:at], form[at] | facts, *form[at + 1 :]])
    return told(release)


NAMES = "newest, restated, p, q, r"


@pytest.mark.parametrize("name", ["", "../p", "p.q", "-", "p/q", "_"])
def test_a_basis_has_a_name_of_letters_digits_and_strokes(release: Path, name: str) -> None:
    """It is part of a path; one of strokes alone is none."""
    assert told_of(release, 4, name=name) == [("Z110", "settings.json", None, None, name)]
    assert recount(release).value is None


def test_strokes_are_allowed_in_a_name(release: Path) -> None:
    (release / "ledger/r.csv").rename(release / "ledger/r-1_a.csv")
    (release / "accounts/r.json").rename(release / "accounts/r-1_a.json")
    assert told_of(release, 4, name="r-1_a") == []


@pytest.mark.parametrize("root", ["../", "/etc/", "a/../../"])
def test_a_basis_stays_in_the_release(release: Path, root: str) -> None:
    assert told_of(release, 4, root=root) == [("Z110", "settings.json", None, None, root)]


@pytest.mark.parametrize("kind", ["", "adopted", "Kept", "x"])
def test_a_basis_is_of_a_kind_that_we_know(release: Path, kind: str) -> None:
    """Of any other nothing would be held."""
    assert told_of(release, 2, kind=kind) == [("Z110", "settings.json", None, None, kind)]
    assert recount(release).value is None


def unfit(root: Path, by: Callable[[list[Any]], list[Any]], names: str) -> bool:
    """Whether bases that are changed so are refused by their names, with nothing counted."""
    change(root, "bases.json", by)
    return told(root) == [("Z110", "bases.json", None, None, names)] and recount(root).value is None


def test_bases_that_are_not_complete_are_refused(release: Path) -> None:
    """None; the newest not first; without one of its years; by another name; at another place."""
    text = (release / "bases.json").read_text("utf-8")
    broken: list[tuple[Callable[[list[Any]], list[Any]], str]] = [
        (lambda form: [], ""),
        (lambda form: [*form[1:], form[0]], "restated, p, q, r, newest"),
        (lambda form: [form[0] | {"years": [2018]}, *form[1:]], NAMES),
        (lambda form: [form[0] | {"years": [2019]}, *form[1:]], NAMES),
        (lambda form: [form[0] | {"name": "older"}, *form[1:]], "older, restated, p, q, r"),
        (lambda form: [form[0] | {"name": "first"}, *form[1:]], "first, restated, p, q, r"),
        (lambda form: [form[0] | {"root": "x/"}, *form[1:]], NAMES),
        (lambda form: [*form[:4], form[4] | {"root": form[2]["root"]}], NAMES),
        (lambda form: [*form[:4], form[4] | {"name": "p"}], "newest, restated, p, q, p"),
        (lambda form: [*form, form[4]], f"{NAMES}, r"),
    ]
    for by, names in broken:
        assert unfit(release, by, names), names
        (release / "bases.json").write_text(text, "utf-8")
    assert told(release) == []


def test_two_bases_are_not_about_one_folder_nor_one_name(frozen: tuple[Path, list[BasisFigures]]) -> None:
    """The newest alone is complete; each other needs a name and a folder that no other has."""
    dossier = counted(frozen[0]).dossier
    first, second = frozen[1][0].basis, frozen[1][4].basis
    assert _complete([first], dossier)
    assert _complete([first, second], dossier)
    assert not _complete([first, replace(second, root="")], dossier)
    assert not _complete([first, replace(second, name="newest")], dossier)
    assert not _complete([first, second, second], dossier)


# Settings and tables


def test_a_release_of_before_the_rule_on_cover_says_nothing_of_it(release: Path) -> None:
    """Its settings do not name it: it is read as one that asks for no cover."""

    def before(form: Any) -> Any:
        return form | {"term": [{key: one[key] for key in one if key != "shortfall"} for one in form["term"]]}

    change(release, "settings.json", before)
    assert [rule.shortfall for rule in counted(release).dossier.settings.term] == [Shortfall.OVERSPENT]


@pytest.mark.parametrize("place", ["settings.json", "bases.json"])
def test_a_part_that_is_no_json_ends_it(release: Path, place: str) -> None:
    """With what is wrong; nothing is counted."""
    (release / place).write_text("{", "utf-8")
    (one,) = recount(release).faults
    assert (one.code, one.file, recount(release).value) == ("Z110", "settings.json", None)
    assert one.value is not None
    assert "line 1 column 2" in one.value


@pytest.mark.parametrize(
    ("key", "value"), [("expiry", "never"), ("income", "x"), ("term_at", "x"), ("shortfall", "x"), ("years", 0)]
)
def test_a_rule_that_is_none_ends_it(release: Path, key: str, value: object) -> None:
    """Also where our own rules refuse it."""
    change(release, "settings.json", lambda form: form | {"term": [form["term"][0] | {key: value}]})
    assert [(one.code, one.file) for one in recount(release).faults] == [("Z110", "settings.json")]
    assert recount(release).value is None


def test_a_table_that_is_wrong_ends_it(release: Path) -> None:
    """Each fault with its table, row, column and value; a sound table beside it is not named."""
    swap(release, "tables/years.csv", "2018,", "x18,")
    swap(release, "tables/areas.csv", "W1,w1,W1,wijk,,", "W1,w1,W1,wijk,,x")
    found = told(release)
    assert ("Z110", "tables/years.csv", 2, "year", "x18") in found
    assert ("Z110", "tables/areas.csv", 2, "valid_from", "x") in found
    assert {code for code, *_ in found} == {"Z110"}
    assert {file for _, file, *_ in found} == {"tables/years.csv", "tables/areas.csv"}
    assert recount(release).value is None


def test_lines_and_areas_that_lie_in_themselves_end_it(release: Path) -> None:
    """Whoever goes up never arrives: the circle is named, of lines in each year in which there is one."""
    swap(release, "tables/budget_line_years.csv", "A,2019,A,W1,", "A,2019,A,W1,B")
    assert told(release) == [("Z110", "tables/budget_line_years.csv", None, None, "A, B")]
    assert recount(release).value is None
    path = release / "tables/areas.csv"
    head, row = path.read_text("utf-8").splitlines()[:2]
    cells = dict(zip(head.split(","), row.split(","), strict=True))
    path.write_text("\n".join([head, ",".join((cells | {"parent": "W1"}).values())]) + "\n", "utf-8")
    assert told(release) == [
        ("Z110", "tables/areas.csv", None, None, "W1"),
        ("Z110", "tables/budget_line_years.csv", None, None, "A, B"),
    ]


def test_a_unit_of_a_publication_goes_before_that_of_the_house(release: Path) -> None:
    """Of the others that of the house holds."""
    change(release, "settings.json", lambda form: form | {"unit": 1_000_000, "units": {"r": 1000}})
    made = counted(release)
    assert [one.unit_cents for one in made.bases] == [1_000_000_00] * 4 + [1000_00]
    assert made.dossier.settings.presentation == Presentation(unit=1_000_000)


# Ledgers


def test_a_ledger_that_cannot_be_read_is_told_and_the_others_are_counted(release: Path) -> None:
    """What was adopted on it is then nowhere."""
    (release / "ledger/p.csv").unlink()
    first, *more = recount(release).faults
    assert (first.code, first.file) == ("Z110", "ledger/p.csv")
    assert "p.csv" in str(first.value)
    assert [(one.code, one.file) for one in more] == [("Z114", "accounts/newest.json"), ("Z114", "accounts/r.json")]
    made = counted(release)
    assert [one.basis.name for one in made.bases] == ["newest", "restated", "q", "r"]
    assert list(made.ledgers) == ["newest", "restated", "q", "r"]


@pytest.mark.parametrize("text", ["", '"', "a,b\n1\n2,3,4\n"])
def test_a_ledger_of_nonsense_is_told(release: Path, text: str) -> None:
    (release / "ledger/r.csv").write_text(text, "utf-8")
    found = recount(release).faults
    assert [(one.code, one.file) for one in found] == [("Z110", "ledger/r.csv")]
    assert found[0].value is not None


COLUMNS = ",".join(PUBLIC)


def written(tmp_path: Path, *rows: dict[str, str], head: str = COLUMNS) -> tuple[pl.DataFrame, list[Fault]]:
    """Read a ledger of these cells; all others are empty."""
    usual = {"id": "d:1", "line": "A", "year": "2018", "cents": "5"}
    lines = [",".join(f'"{one}"' if one else "" for one in ((usual | row).get(c, "") for c in PUBLIC)) for row in rows]
    path = tmp_path / "l[1]~*.csv"
    path.write_text("\n".join([head, *lines]) + "\n", "utf-8")
    ledger, faults = read_ledger(path, "ledger/l.csv")
    return ledger, list(faults)


def cells(tmp_path: Path, **row: str) -> dict[str, object]:
    """What a row with these cells becomes: the cells that are not empty."""
    rows, faults = written(tmp_path, row)
    assert faults == []
    assert dict(rows.schema) == PUBLIC
    return {name: value for name, value in rows.row(0, named=True).items() if value is not None}


def test_a_ledger_may_be_empty(tmp_path: Path) -> None:
    rows, faults = written(tmp_path)
    assert (dict(rows.schema), rows.height, faults) == (PUBLIC, 0, [])


def test_cells_are_read_as_they_were_written(tmp_path: Path) -> None:
    assert cells(tmp_path, cents="-7", booked_on="2018-02-28", in_budget="true", row="3", description=" x ") == {
        "id": "d:1",
        "line": "A",
        "year": 2018,
        "cents": -7,
        "booked_on": date(2018, 2, 28),
        "in_budget": True,
        "row": 3,
        "description": " x ",
    }
    assert cells(tmp_path, in_budget="false")["in_budget"] is False


@pytest.mark.parametrize(
    ("cell", "text"),
    [("'=1", "=1"), ("''=1", "'=1"), ("'+x", "+x"), ("'-x", "-x"), ("'@x", "@x"), ("'x", "'x"), ("a'=1", "a'=1")],
)
def test_a_quote_before_what_a_spreadsheet_would_run_is_ours(tmp_path: Path, cell: str, text: str) -> None:
    """It comes off, once, and only at the beginning."""
    assert cells(tmp_path, description=cell)["description"] == text


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("year", "x"),
        ("cents", "1.5"),
        ("count", "many"),
        ("booked_on", "2018-02-30"),
        ("decided_on", "1-2-2018"),
        ("in_budget", "yes"),
        ("in_budget", "True"),
    ],
)
def test_a_cell_that_cannot_be_read_is_told(tmp_path: Path, name: str, cell: str) -> None:
    """With its row and column; the first of each column. A row without cents does not count."""
    rows, faults = written(tmp_path, {}, {name: cell}, {}, {name: cell, "id": "d:2"})
    assert [(one.code, one.file, one.row, one.column, one.value) for one in faults] == [
        ("Z110", "ledger/l.csv", 3, name, cell)
    ]
    assert rows.height == (2 if name == "cents" else 4)


def test_a_row_without_cents_is_told(tmp_path: Path) -> None:
    """Other cells may be empty, these may not; every column has its own first."""
    rows, faults = written(tmp_path, {}, {"cents": ""}, {"year": "x"})
    assert [(one.row, one.column, one.value) for one in faults] == [(4, "year", "x"), (3, "cents", None)]
    assert rows["cents"].to_list() == [5, 5]


@pytest.mark.parametrize("head", [COLUMNS.replace("line", "lijn"), ",".join(reversed(list(PUBLIC)))])
def test_a_ledger_with_other_columns_is_none(tmp_path: Path, head: str) -> None:
    """Another name, another order: told by row 1, with what stands there."""
    rows, faults = written(tmp_path, {}, head=head)
    assert (dict(rows.schema), rows.height) == (PUBLIC, 0)
    assert [(one.code, one.file, one.row, one.column, one.value) for one in faults] == [
        ("Z110", "ledger/l.csv", 1, None, head)
    ]


# Adopted accounts


def test_an_adopted_account_that_no_longer_follows_is_told(release: Path) -> None:
    """By the basis that keeps it, with the year; the same change in the newest ledger is told by none here."""
    swap(release, "ledger/p.csv", "adopted,costs,10000", "adopted,costs,10001")
    assert told(release) == [("Z114", "accounts/p.json", None, None, "2018")]
    swap(release, "ledger/p.csv", "adopted,costs,10001", "adopted,costs,10000")
    swap(release, NEWEST, "adopted,costs,10000", "adopted,costs,10001")
    assert told(release) == []


def test_what_stands_as_adopted_beside_newer_figures_is_what_was_adopted(release: Path) -> None:
    """Another name of a line in the copy of the newest basis: that copy is told, not that of the later basis."""
    swap(release, "accounts/newest.json", '"name": "A"', '"name": "X"')
    assert told(release) == [("Z114", "accounts/newest.json", None, None, "2018")]


def test_an_account_that_nobody_adopted_does_not_stand(frozen: tuple[Path, list[BasisFigures]]) -> None:
    """Without the basis that keeps it, or with another year in it, every copy is told."""
    made = list(counted(frozen[0]).bases)
    newest, restated, kept, kept_later, later = made
    assert list(_unlike(made)) == []
    told_2018 = [("accounts/newest.json", "2018"), ("accounts/r.json", "2018")]
    assert [(one.file, one.value) for one in _unlike([newest, restated, kept_later, later])] == told_2018
    moved = with_years(kept, {2017: kept.figures.account.years[2018]})
    assert [(one.file, one.value) for one in _unlike([newest, moved, kept_later, later])] == told_2018
    standing = replace(kept, basis=replace(kept.basis, kind="standing"))
    assert [(one.file, one.value) for one in _unlike([newest, standing, kept_later])] == told_2018[:1]
    assert [one.value for one in _unlike([newest, kept])] == ["2019"]


def with_years(one: Recounted, years: dict[int, YearAccount]) -> Recounted:
    figures = one.figures
    account = Account(figures.account.basis, years)
    return replace(one, figures=Figures(figures.dossier, figures.ledger, account))


def test_an_adopted_account_of_a_year_without_lines_is_nobodys(release: Path) -> None:
    """It follows from nothing, and the copies of what was adopted are then told."""
    swap(release, "accounts/p.json", '"year": 2018', '"year": 2017')
    assert [(code, file) for code, file, *_ in told(release)] == [
        ("Z114", "accounts/newest.json"),
        ("Z114", "accounts/r.json"),
    ]


def test_what_cannot_be_settled_is_told_of_each_basis(release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MODULE, "settle", lambda *of: Checked(None))
    assert told(release) == [("Z110", f"ledger/{name}.csv", None, None, None) for name in NAMES.split(", ")]
    assert counted(release).bases == ()


def test_an_adopted_account_that_is_not_there_is_told(release: Path) -> None:
    (release / "accounts/p.json").unlink()
    assert ("Z110", "ledger/p.csv") in [(code, file) for code, file, *_ in told(release)]
    assert "p" not in [one.basis.name for one in counted(release).bases]


def test_only_an_account_that_says_it_is_adopted_opens_the_next_year(release: Path) -> None:
    """Of 110 in 2018, 45 was spent and 30 carried over: 35 was not. Not adopted, 2018 is what its rows are."""
    swap(release, "ledger/r.csv", "adopted,costs,10000", "adopted,costs,10100")
    assert left_in_2018(release, "r") == 35_00
    swap(release, "accounts/r.json", '"state": "adopted"', '"state": "closed"')
    assert left_in_2018(release, "r") == 36_00


def test_an_adopted_year_opens_the_next_one_that_was_adopted_later(release: Path) -> None:
    """Another budget of 2018 in the ledger of `q`: 2018 does not follow from it. 2019 does if 2018 was adopted."""
    swap(release, "ledger/q.csv", "adopted,costs,10000", "adopted,costs,10100")
    assert [value for *_, value in told(release)] == ["2018", "2019"]
    swap(release, "accounts/q.json", '"state": "closed"', '"state": "adopted"')
    assert told(release) == [("Z114", "accounts/q.json", None, None, "2018")]


def left_in_2018(root: Path, name: str) -> int:
    """What the branch of A did not carry over into 2019, on a basis."""
    (one,) = (one for one in counted(root).bases if one.basis.name == name)
    term = one.figures.account.years[2019].by_code["A"].term
    assert term is not None
    return term.not_carried
