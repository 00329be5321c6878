"""Budgets as packages export them: several columns of amounts, decisions said once, amendments by number, shares."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gebiedswerk.app.import_file import import_file
from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.core.money import split
from gebiedswerk.dossier.settings import BudgetAmounts, DeliveryKind
from gebiedswerk.formats.guess_profile import guessed
from gebiedswerk.formats.sample import of_text
from gebiedswerk.importing import Imported, Wanted, said
from gebiedswerk.importing.propose import profile_text
from gebiedswerk.language.messages import Messages
from gebiedswerk.language.numbers_and_dates import euros
from gebiedswerk.ledger import public_postings
from tests.conftest import ROOT
from tests.small import Small, put

CASES = ROOT.parent / "shared" / "cases"
PROFILE = """\
delimiter = ";"
encoding = "utf-8"
[columns]
year = "Boekjaar"
cost_centre = "FCL"
ledger_account = "ECL"
[flows]
column = "ECL"
income = ["8*"]
[budget_amounts]
adopted = ["Primitieve begroting"]
amendment = ["Begrotingswijzigingen"]
control = "Begroting na wijziging"
"""
HEADER = "Boekjaar;FCL;ECL;Primitieve begroting;Begrotingswijzigingen;Begroting na wijziging;Realisatie;Verschil\n"
ROWS = [
    "2019;kA;34110;300.000,00;15.000,00;315.000,00;290.123,45;24.876,55",
    "2019;kB;34110;250.000,00;0,00;250.000,00;260.000,00;-10.000,00",
    "2019;kB;82200;-20.000,00;;-20.000,00;-22.000,00;2.000,00",
]
ONCE = (
    "adopted.number=R2018-11",
    "adopted.authority=raad",
    "adopted.decided_on=8-11-2018",
    "amendment.number=W2019-1",
    "amendment.authority=college",
    "amendment.decided_on=2019-06-12",
)


def town(path: Path, profile: str = PROFILE, **more: object) -> Path:
    lines = {"A": None, "B": None}
    made = Small(lines=lines, years=(2019,), **more).write(path)  # type: ignore[arg-type]  # what the test varies
    put(made, "profiles/b.toml", profile)
    (made / "profiles/p.toml").unlink()
    return made


def budget(
    path: Path, text: str, *told: str, name: str = "b.csv", at: str = "2019-07-01", whole: bool = False
) -> Imported:
    from datetime import datetime

    file = path.parent / name
    file.write_text(text, "utf-8")
    wanted = Wanted(
        file,
        kind=DeliveryKind.BUDGET,
        administration="T",
        exported_at=datetime.fromisoformat(f"{at}T00:00:00"),
        decisions=tuple(map(said, told)),
        whole=whole,
    )
    return import_file(path, wanted, Messages("nl"))


def line(path: Path, code: str) -> tuple[int, int]:
    """The adopted budget of a line, and what it may spend after amendments; no faults but those of nothing booked."""
    found = open_dossier(path)
    assert found.newest is not None, found.faults
    own = found.newest.account.years[2019].by_code[code].own
    return own.adopted, own.budget


def test_each_column_is_its_own_kind(tmp_path: Path) -> None:
    """Adopted and amended apart; income lowers the budget; what was realised is none of it; no amendment of nothing."""
    path = town(tmp_path / "d")
    found = budget(path, HEADER + "\n".join(ROWS), *ONCE)
    assert found.landed is not None, found.faults
    assert found.offer is not None and found.offer.counted.lines == 4
    assert line(path, "A") == (30_000_000, 31_500_000)
    assert line(path, "B") == (23_000_000, 23_000_000)
    told = (found.landed / "delivery.toml").read_text("utf-8")
    assert '[[decision]]\nkind = "amendment"\nnumber = "W2019-1"\nauthority = "college"' in told
    ledger = open_dossier(path).newest
    assert ledger is not None
    assert sorted(ledger.ledger.decided.select("decision", "cents").rows()) == [
        ("R2018-11", -2_000_000),
        ("R2018-11", 25_000_000),
        ("R2018-11", 30_000_000),
        ("W2019-1", 1_500_000),
    ]


@pytest.mark.skipif(not CASES.is_dir(), reason="the folder with cases is not beside this checkout")
def test_the_case_that_use_brought_up(tmp_path: Path) -> None:
    """`shared/cases`: 550.000 adopted less 20.000 income, 15.000 amended; Realisatie is no budget."""
    shutil.copytree(CASES / "base" / "dossier", tmp_path / "d")
    (tmp_path / "d/profiles/grootboek.toml").write_text(PROFILE, "utf-8")
    text = (CASES / "imports" / "budget-export.csv").read_text("utf-8")
    found = budget(tmp_path / "d", text, *ONCE)
    assert found.landed is not None, found.faults
    assert found.offer is not None
    counted = found.offer.counted
    assert (counted.lines, counted.debit_cents, counted.credit_cents) == (4, 56_500_000, 2_000_000)


def test_each_amount_of_a_row_has_its_own_address(tmp_path: Path) -> None:
    """In the public ledger, so that both can be found and taken down apart."""
    path = town(tmp_path / "d")
    assert budget(path, HEADER + "\n".join(ROWS), *ONCE).landed is not None
    found = open_dossier(path)
    assert found.newest is not None and found.dossier is not None
    rows = public_postings(found.newest.ledger, found.dossier).select("id", "kind", "cents").rows()
    assert [(name.partition(":")[2], kind) for name, kind, _ in rows] == [
        ("2", "adopted"),
        ("2.2", "amendment"),
        ("3", "adopted"),
        ("4", "adopted"),
    ]


def test_what_nobody_says_of_the_decision_is_asked(tmp_path: Path) -> None:
    """Each fact of each kind once, with the option that answers it."""
    found = budget(town(tmp_path / "d"), HEADER + "\n".join(ROWS), *ONCE[:4])
    assert found.landed is None
    assert [(one.code, one.column, dict(one.facts)["decisions"]) for one in found.faults] == [
        ("L221", "authority", "amendment"),
        ("L221", "decided_on", "amendment"),
    ]
    assert [one.key for one in found.questions] == ["decision.amendment.authority", "decision.amendment.decided_on"]


@pytest.mark.parametrize("header", ["Realisatie", "Werkelijk 2019", "Besteed", "Saldo", "Begroting na wijziging"])
def test_what_is_no_budget_is_never_read_as_one(tmp_path: Path, header: str) -> None:
    profile = PROFILE.replace('["Begrotingswijzigingen"]', f'["{header}"]').replace(
        'control = "Begroting na wijziging"\n', ""
    )
    text = (HEADER + "\n".join(ROWS)).replace("Realisatie", header if "na wijz" not in header else "Realisatie")
    found = budget(town(tmp_path / "d", profile), text, *ONCE)
    assert found.landed is None
    assert "L222" in {one.code for one in found.faults} or "I101" in {one.code for one in found.faults}


def test_the_sum_of_a_row_is_held_against_it(tmp_path: Path) -> None:
    wrong = [ROWS[0].replace("315.000,00", "315.000,01"), *ROWS[1:]]
    found = budget(town(tmp_path / "d"), HEADER + "\n".join(wrong), *ONCE)
    assert [(one.code, one.row, one.column) for one in found.faults] == [("L223", 2, "Begroting na wijziging")]


def test_a_spring_memo_stands_beside_the_budget(tmp_path: Path) -> None:
    """Sixty amendments by number in one file: the budget that was there stays. The same memo again takes its place."""
    path = town(tmp_path / "d")
    assert budget(path, HEADER + "\n".join(ROWS), *ONCE).landed is not None
    memo = PROFILE.replace('adopted = ["Primitieve begroting"]\n', "").replace("Begrotingswijzigingen", "Bedrag")
    memo = memo.replace('control = "Begroting na wijziging"\n', "").replace(
        'year = "Boekjaar"', 'year = "Boekjaar"\nnumber = "Nr"'
    )
    put(path, "profiles/memo.toml", memo)
    rows = [f"2019;VJN-{at:02d};{'kA' if at % 2 else 'kB'};34110;{euros(100 * at)}" for at in range(1, 61)]
    text = "Boekjaar;Nr;FCL;ECL;Bedrag\n"
    told = ("authority=raad", "decided_on=2019-06-27")
    found = budget(path, text + "\n".join(rows), *told, name="memo.csv", at="2019-08-01")
    assert found.landed is not None, found.faults
    odd, even = sum(100 * at for at in range(1, 61, 2)), sum(100 * at for at in range(2, 61, 2))
    assert line(path, "A") == (30_000_000, 31_500_000 + odd)
    assert line(path, "B") == (23_000_000, 23_000_000 + even)
    more = [*rows[:-1], "2019;VJN-60;kB;34110;0,01"]
    assert budget(path, text + "\n".join(more), *told, name="memo2.csv", at="2019-09-01").landed is not None
    assert line(path, "B") == (23_000_000, 23_000_000 + even - 6000 + 1)


def test_a_proposal_does_not_count_yet(tmp_path: Path) -> None:
    path = town(tmp_path / "d")
    assert budget(path, HEADER + "\n".join(ROWS), *ONCE, "amendment.status=proposed").landed is not None
    assert line(path, "A") == (30_000_000, 30_000_000)


@settings(deadline=None, max_examples=8)
@given(st.lists(st.tuples(st.integers(-99_999, 9_999_999), st.integers(-99_999, 99_999)), min_size=1, max_size=6))
def test_amounts_by_key_lose_no_cent(tmp_path_factory: pytest.TempPathFactory, amounts: list[tuple[int, int]]) -> None:
    """A cost centre that a key divides over two lines: each amount is divided as a posting is."""
    keys = ["k,2019,A,1,x", "k,2019,B,2,x"]
    path = town(tmp_path_factory.mktemp("t") / "d", keys=keys, rules=["deel,kdeel,,k,"])
    amounts = [*amounts, (1_000_000_000, 0)]
    sums = [(a, b, euros(a + b)) for a, b in amounts]
    rows = "".join(f"2019;kdeel;34110;{euros(a)};{euros(b)};{both};0,00;0,00\n" for a, b, both in sums)
    found = budget(path, HEADER + rows, *ONCE)
    assert found.landed is not None, found.faults
    shares = [(split(a, [1, 2]), split(b, [1, 2])) for a, b in amounts]
    for at, code in enumerate("AB"):
        adopted, amended = (sum(one[kind][at] for one in shares) for kind in (0, 1))
        assert line(path, code) == (adopted, adopted + amended)


@pytest.mark.parametrize(
    ("header", "adopted", "amendment", "control"),
    [
        (HEADER, ["Primitieve begroting"], ["Begrotingswijzigingen"], "Begroting na wijziging"),
        (
            HEADER.replace("Primitieve begroting", "Oorspronkelijke begroting 2025").replace("Verschil", "Saldo"),
            ["Oorspronkelijke begroting 2025"],
            ["Begrotingswijzigingen"],
            "Begroting na wijziging",
        ),
        (HEADER.replace("Begrotingswijzigingen", "Overig"), ["Primitieve begroting"], [], ""),
    ],
)
def test_a_proposal_knows_the_columns(
    tmp_path: Path, header: str, adopted: list[str], amendment: list[str], control: str
) -> None:
    """By their names; what was realised or is left is never among them."""
    (tmp_path / "b.csv").write_text(header + "\n".join(ROWS), "utf-8")
    sample = of_text(tmp_path / "b.csv")
    assert sample is not None
    found = guessed(sample, DeliveryKind.BUDGET)
    assert found.budget_amounts == BudgetAmounts(adopted, amendment, control)
    assert not {"amount", "budget_kind"} & {one.key for one in found.columns}
    text = profile_text(found, "b.csv", "b", Messages("nl"))
    assert "Realisatie" not in "\n".join(one for one in text.splitlines() if not one.startswith("#"))
