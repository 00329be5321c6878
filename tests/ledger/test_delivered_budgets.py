"""Budgets and commitments as XLSX: the same account as by hand, on every basis; held to the same rules."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import pytest

from gebiedswerk.account import settle
from gebiedswerk.assembly.made import make
from gebiedswerk.assembly.opened import Opened, open_dossier
from gebiedswerk.core.faults import Fault
from gebiedswerk.dossier import Basis, read
from gebiedswerk.ledger import attribute, public_postings
from tests.formats.books import brief, write_book
from tests.small import Small, put

HEADERS = ("Jaar", "Kostenplaats", "Soort", "Besluit", "Door", "Op", "Heel", "Bedrag")
PROFILE = """\
[columns]
year = "Jaar"
cost_centre = "Kostenplaats"
amount = "Bedrag"
budget_kind = "Soort"
number = "Besluit"
authority = "Door"
decided_on = "Op"
complete = "Heel"
[budget_kinds]
adopted = ["Primitief"]
amendment = ["Wijziging"]
[flows]
column = "Kostenplaats"
income = ["k8*"]
reserve_in = ["k9*"]
"""
FIRST = (2018, "kA", "Primitief", "R1", "raad", date(2017, 11, 1), None, 100)
SECOND = (2019, "kA", "Primitief", "R2", "raad", date(2018, 11, 1), None, 120)
CHANGE = (2019, "kA", "Wijziging", "R3", "college", date(2019, 9, 1), None, -20.5)


def town(
    path: Path, *rows: Sequence[object], name: str = "begroting", toml: str = "", small: Small | None = None
) -> Path:
    """A town whose budget is a workbook."""
    (small or Small(closed=(2018,), postings=[(2018, "A", 90), (2019, "A", 110)])).write(path)
    put(path, "profiles/b.toml", PROFILE)
    deliver(path, rows, name, toml)
    return path


def deliver(path: Path, rows: Sequence[Sequence[object]], name: str = "begroting", toml: str = "") -> None:
    settings = 'file = "b.xlsx"\nkind = "budget"\nadministration = "T"\nprofile = "b"\naccepted = "x"\n'
    more = toml or "years = [2018, 2019]\nexported_at = 2019-10-01T00:00:00\n"
    put(path, f"deliveries/{name}/delivery.toml", settings + more)
    write_book(path / f"deliveries/{name}/b.xlsx", [HEADERS, *rows])


def opened(path: Path) -> Opened:
    found = open_dossier(path)
    assert found.newest is not None
    return found


def faults(path: Path) -> list[Fault]:
    return list(open_dossier(path).faults)


def test_the_same_account_as_by_hand(tmp_path: Path) -> None:
    """Adopted, amended, opening, spent and closing, cent for cent."""
    workbook = opened(town(tmp_path / "a", FIRST, SECOND, CHANGE))
    by_hand = Small(closed=(2018,), postings=[(2018, "A", 90), (2019, "A", 110)])
    by_hand.adopted = [(2018, "A", 100), (2019, "A", 120)]
    by_hand.budgets = [
        {"line": "A", "year": 2019, "kind": "amendment", "amount": -20.5, "authority": "college"}
        | {"number": "R3", "decided_on": "2019-09-01"}
    ]
    hand = by_hand.open(tmp_path / "b")
    assert not workbook.faults and not hand.faults
    assert workbook.newest is not None and hand.newest is not None
    assert workbook.newest.account.years == hand.newest.account.years
    assert workbook.newest.account.years[2019].by_code["A"].own.amended == -2050


def test_a_budget_is_known_from_its_decision(tmp_path: Path) -> None:
    """On a basis count the decisions taken by then, whenever the file that holds them was exported."""
    deliveries = {"r1": "2018-12-01", "r2": "2019-10-01"}
    path = town(tmp_path, small=Small())
    for name, day in deliveries.items():
        rows = [FIRST, SECOND, CHANGE] if name == "r2" else [FIRST, SECOND]
        deliver(path, rows, name, f"years = [2018, 2019]\nexported_at = {day}T12:00:00\n")
    (path / "deliveries/begroting/delivery.toml").unlink()
    (path / "deliveries/begroting/b.xlsx").unlink()
    (path / "deliveries/begroting").rmdir()
    dossier = read(path).value
    assert dossier is not None

    def budget(moment: datetime) -> tuple[int, int]:
        ledger = attribute(dossier, Basis(moment)).value
        assert ledger is not None
        account = settle(ledger, dossier).value
        assert account is not None
        years = [account.years[year].by_code["A"].own.budget for year in (2018, 2019)]
        return years[0], years[1]

    moments = ["2017-10-31", "2018-10-31", "2018-11-01", "2018-12-02", "2019-08-31", "2019-09-01", "2019-10-02"]
    found = [budget(datetime.fromisoformat(moment)) for moment in moments]
    assert found == [(0, 0), (10000, 0), *[(10000, 12000)] * 3, *[(10000, 9950)] * 2]
    assert budget(datetime(2019, 10, 1, 12)) == (10000, 9950)  # noqa: DTZ001


def test_the_moment_of_export_chooses_between_versions(tmp_path: Path) -> None:
    """The second export says 130 for a decision for which the first said 120: before it the first one holds."""
    path = town(tmp_path, FIRST, SECOND, toml="years = [2018, 2019]\nexported_at = 2018-12-01T00:00:00\n")
    deliver(path, [FIRST, (*SECOND[:-1], 130)], "later")
    dossier = read(path).value
    assert dossier is not None
    found = {}
    for moment in ("2018-11-02", "2018-12-01", "2019-09-30", "2019-10-01"):
        checked = attribute(dossier, Basis(datetime.fromisoformat(moment)))
        assert checked.value is not None and not checked.faults
        found[moment] = (checked.value.decided.filter(year=2019)["cents"].to_list(), checked.value.used)
    first, later = [12000], [13000]
    assert [cents for cents, _ in found.values()] == [first, first, first, later]
    assert [[name for name in used if name != "realised"] for _, used in found.values()] == [
        *[["begroting"]] * 3,
        ["later"],
    ]


def test_decisions_after_the_basis_do_not_count(tmp_path: Path) -> None:
    """A file may list decisions that were taken after the moment of a publication."""
    path = town(tmp_path, FIRST, SECOND, CHANGE, toml="years = [2018, 2019]\nexported_at = 2018-12-01T00:00:00\n")
    dossier = read(path).value
    assert dossier is not None
    ledger = attribute(dossier, Basis(datetime(2019, 8, 31))).value  # noqa: DTZ001
    assert ledger is not None
    assert ledger.decided["decision"].to_list() == ["R1", "R2"]


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({3: ""}, ("D106", 4, "Besluit", "")),
        ({5: date(2020, 1, 2)}, ("M202", 4, "Op", "2020-01-02")),
        ({2: "Primitief"}, ("M201", 4, "Door", "college")),
        ({6: "ja"}, ("M203", 4, "Bedrag", "R3")),
    ],
)
def test_decisions_are_held_to_the_rules_of_budgets(
    tmp_path: Path, change: dict[int, object], found: tuple[str, int, str, str]
) -> None:
    """No decision, too late, by the wrong authority, not complete: at the row and column of the file."""
    row = [change.get(at, cell) for at, cell in enumerate(CHANGE)]
    path = town(tmp_path, FIRST, SECOND, row)
    assert brief(faults(path))[:1] == [found]
    assert {one.file for one in faults(path) if one.code[0] in "DM"} == {"deliveries/begroting/b.xlsx"}


def test_a_complete_decision_with_its_coverage(tmp_path: Path) -> None:
    """Coverage outside the dossier is a row out of scope by a rule: together they are zero."""
    cover = (2019, "kdekking", "Wijziging", "R3", "college", date(2019, 9, 1), None, 20.5)
    small = Small(rules=["d,kdekking,,,dekking buiten het dossier"])
    assert not faults(town(tmp_path, FIRST, SECOND, (*CHANGE[:6], "ja", CHANGE[7]), cover, small=small))


def test_income_and_reserves_of_a_budget(tmp_path: Path) -> None:
    """Income lowers the budget; a reserve movement is none of it, as with what was realised."""
    rows = [(*FIRST[:1], code, *FIRST[2:7], amount) for code, amount in (("kA", 100), ("k8", -30), ("k9", 7))]
    small = Small(rules=["i,k8,A,,", "v,k9,A,,"])
    found = opened(town(tmp_path, *rows, small=small))
    assert found.newest is not None
    line = found.newest.account.years[2018].by_code["A"]
    assert line.term is not None
    assert (line.own.adopted, line.term.allocated) == (7000, 7000)


def test_what_is_cut_below_what_was_there_is_named_in_its_file(tmp_path: Path) -> None:
    """M204 names the row of the workbook that took it."""
    path = town(tmp_path, FIRST, (*CHANGE[:7], -500), small=Small())
    assert [(f.code, f.file, f.row) for f in faults(path)] == [("M204", "deliveries/begroting/b.xlsx", 3)]


def test_of_a_cut_by_hand_and_a_delivered_one_the_delivered_one_is_named(tmp_path: Path) -> None:
    """Though its row stands higher."""
    usual = {"line": "A", "year": 2019, "kind": "amendment", "number": "R4", "decided_on": "2019-03-01"}
    small = Small(budgets=[usual | {"amount": -1}] * 5)
    path = town(tmp_path, FIRST, (*CHANGE[:7], -500), small=small)
    assert [(f.file, f.row) for f in faults(path) if f.code == "M204"] == [("deliveries/begroting/b.xlsx", 3)]


def test_a_budget_holds_its_decisions(tmp_path: Path) -> None:
    """A newer file with the same ones counts, another decision stands beside it; of one moment nobody can choose."""
    path = town(tmp_path, FIRST, SECOND)
    deliver(path, [FIRST, (*SECOND[:7], 150)], "z", "years = [2018, 2019]\nexported_at = 2019-11-01T00:00:00\n")
    assert budgets_of(path) == [10000, 15000]
    deliver(path, [CHANGE], "z", "years = [2019]\nexported_at = 2019-11-01T00:00:00\n")
    assert budgets_of(path) == [10000, 9950]
    deliver(path, [SECOND], "z", "years = [2019]\nexported_at = 2019-10-01T00:00:00\n")
    assert [(f.code, f.value) for f in faults(path)] == [("L115", "z")]


def test_a_budget_that_lacks_a_decision_says_whether_it_is_whole(tmp_path: Path) -> None:
    """Some decisions in both and some in one: neither can count alone, unless the newer holds all there are."""
    path = town(tmp_path, SECOND, CHANGE)
    other = (*CHANGE[:3], "R4", *CHANGE[4:7], 7)
    settings = "years = [2019]\nexported_at = 2019-11-01T00:00:00\n"
    deliver(path, [SECOND, other], "z", settings)
    assert [(f.code, f.value) for f in faults(path)] == [("L114", "z")]
    deliver(path, [SECOND, other], "z", f"{settings}whole = true\n")
    assert budgets_of(path)[1] == 12700


def budgets_of(path: Path) -> list[int]:
    """What line A may spend in each year."""
    found = opened(path)
    assert found.newest is not None and not found.faults
    return [found.newest.account.years[year].by_code["A"].own.budget for year in (2018, 2019)]


def test_commitments_as_a_workbook(tmp_path: Path) -> None:
    """A stand on a day, through the profile of the ledger; the newest stand replaces the older."""
    small = Small(adopted=[(2018, "A", 100)], years=(2018,))
    path = small.write(tmp_path)
    put(path, "profiles/v.toml", PROFILE.split("budget_kind", maxsplit=1)[0] + '[flows]\ncolumn = "Kostenplaats"\n')
    for name, amount, month in (("v1", 10.25, 3), ("v2", 7.75, 4)):
        toml = 'file = "v.xlsx"\nkind = "commitment"\nadministration = "T"\nyears = [2018]\nprofile = "v"\n'
        put(path, f"deliveries/{name}/delivery.toml", f"{toml}exported_at = 2018-0{month}-01T00:00:00\n")
        write_book(path / f"deliveries/{name}/v.xlsx", [("Jaar", "Kostenplaats", "Bedrag"), (2018, "kA", amount)])
    found = opened(path)
    assert found.newest is not None and not found.faults
    assert found.newest.account.years[2018].by_code["A"].own.committed == 775


def test_the_way_back(tmp_path: Path) -> None:
    """Each amount leads to its row with its decision, and the recipe of the public ledger gives the same sum."""
    found = opened(town(tmp_path, FIRST, SECOND, CHANGE))
    assert found.newest is not None and found.dossier is not None
    public = public_postings(found.newest.ledger, found.dossier).filter(kind="amendment")
    columns = ["id", "year", "cents", "decision", "authority", "decided_on", "rule"]
    assert public.select(columns).rows() == [
        ("begroting:4", 2019, -2050, "R3", "college", date(2019, 9, 1), "rA"),
    ]
    made = make(found)
    assert made is not None
    shown = next(text for page, text in ((page, repr(page)) for page in made.pages) if "R3" in text)
    assert "begroting" in shown


def test_codes_without_their_zeros(tmp_path: Path) -> None:
    """A number 710 where the rules know 0710: said once, with what it should be; an unknown code is another fault."""
    small = Small(years=(2019,), rules=["z,0710,A,,", "y,005*,A,,", "w,00*,A,,", "x,0800..0899,A,,"])
    rows = [(*SECOND[:1], code, *SECOND[2:]) for code in (710, 710, "0710", 850, 5, 12345, "k1")]
    path = town(tmp_path, *rows, small=small, toml="years = [2019]\nexported_at = 2019-10-01T00:00:00\n")
    found = {(f.code, f.row, f.column, f.value): dict(f.facts) for f in faults(path)}
    assert found[("A108", 2, "Kostenplaats", "710")] == {"known": "0710", "count": 2, "cents": 24000}
    assert found[("A108", 5, "Kostenplaats", "850")]["known"] == "0850"
    assert found[("A108", 6, "Kostenplaats", "5")]["known"] == "005"
    assert [value for code, _, _, value in found if code == "A102"] == ["Kostenplaats 12345", "Kostenplaats k1"]


def test_a_decision_in_two_places_counts_once(tmp_path: Path) -> None:
    """M212 names both; another number, line, year or kind is another decision."""
    by_hand = Small(closed=(2018,), postings=[(2018, "A", 90)])
    by_hand.adopted = [(2018, "A", 100)]
    same = (2018, "kA", "Primitief", "R1", "raad", date(2017, 11, 1), None, 100)
    found = faults(town(tmp_path / "a", same, SECOND, small=by_hand))
    twice = [one for one in found if one.code == "M212"]
    assert brief(twice) == [("M212", 2, "Besluit", "R1")]
    assert dict(twice[0].facts) == {"line": "A", "year": 2018, "other": "budgets.csv", "other_row": 2}
    other = (*same[:3], "R1a", *same[4:])
    assert not [one for one in faults(town(tmp_path / "b", other, SECOND, small=by_hand)) if one.code == "M212"]


def test_a_decision_in_two_deliveries(tmp_path: Path) -> None:
    """Of two administrations, so that neither replaces the other."""
    path = town(tmp_path, FIRST, SECOND)
    deliver(path, [SECOND], "z", "years = [2019]\nexported_at = 2019-10-01T00:00:00\n")
    toml = path / "deliveries/z/delivery.toml"
    toml.write_text(toml.read_text("utf-8").replace('administration = "T"', 'administration = "U"'), "utf-8")
    (twice,) = [one for one in faults(path) if one.code == "M212"]
    assert (twice.file, twice.row, dict(twice.facts)["other"]) == (
        "deliveries/z/b.xlsx",
        2,
        "deliveries/begroting/b.xlsx",
    )
