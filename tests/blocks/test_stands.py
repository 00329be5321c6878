"""A stand of commitments has its own day, and may hold orders of more years: what each page makes of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gebiedswerk.account import Amounts, LineAccount, State, YearAccount, tranche_sum
from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.blocks.models import AreaSection, Table
from gebiedswerk.blocks.places import Places
from gebiedswerk.blocks.stands import OpenCommitment, promises_of, stand_of
from gebiedswerk.blocks.year_tables import Setting
from gebiedswerk.core.spending_term import Tranche
from gebiedswerk.dossier import Basis
from gebiedswerk.figures import Address, Figures, parse_subject
from gebiedswerk.language.messages import Messages
from gebiedswerk.ledger import attribute
from gebiedswerk.pages.lapse_calendar import calendar_sections, lapses, left_in
from tests.pages.test_lapse_calendar import TERM
from tests.pages.test_stands import ALL, CLOSED, HEAD, SUMMER, TOWN, said
from tests.small import Small, posting_row, put

Stood = tuple[str, list[int], str, str, list[tuple[int, str, int]]]
"""Name, years, periods, moment of export, and the orders: year, line, amount."""
DECEMBER: Stood = ("december", [2019], ALL, "2020-01-17T10:00:00", [(2019, "W", 290)])
JUNE: Stood = ("june", [2019, 2020], "[6]", "2020-07-03T10:00:00", [(2019, "W", 55), (2020, "W", 80)])


def town(path: Path, *stands: Stood, term: str = "years = 2", postings: Any = (CLOSED, SUMMER)) -> Path:
    """Budgets of 2019 and 2020, what was spent in both, and stands of commitments."""
    Small(adopted=[(2019, "W", 1000), (2020, "W", 500)], term=term, **TOWN).write(path)
    for kind, year, periods, day, rows in postings:
        body = "\n".join(posting_row(year, line, amount, period=period) for line, amount, period in rows)
        _put(path, f"{kind}-{year}", kind, [year], periods, f"{day}T10:00:00", body)
    for name, years, periods, moment, orders in stands:
        body = "\n".join(posting_row(year, line, amount) for year, line, amount in orders)
        _put(path, name, "commitment", years, periods, moment, body)
    return path


def _put(path: Path, name: str, kind: str, years: list[int], periods: str, moment: str, body: str) -> None:
    toml = f'file = "f.csv"\nkind = "{kind}"\nadministration = "T"\nyears = {years}\nperiods = {periods}\n'
    put(path, f"deliveries/{name}/delivery.toml", f'{toml}profile = "p"\nexported_at = {moment}\n')
    put(path, f"deliveries/{name}/f.csv", HEAD + body)


def opened(path: Path, *stands: Stood, **how: Any) -> Setting:
    found = open_dossier(town(path, *stands, **how))
    assert isinstance(found.newest, Figures), found.faults
    return Setting(found.newest, Places(found.newest.dossier), 0, 100, Messages("nl"))


def committed(setting: Setting, year: int) -> int:
    return setting.figures.figure(Address("committed", parse_subject("W"), year)).cents


def test_a_stand_of_two_years_changes_nothing_of_the_year_before(tmp_path: Path) -> None:
    """The stand of June holds an order of 2019: pages about 2019 keep that of December, and 2020 has both orders."""
    before = opened(tmp_path / "before", DECEMBER)
    after = opened(tmp_path / "after", DECEMBER, JUNE)
    assert (committed(before, 2019), committed(after, 2019), committed(after, 2020)) == (29000, 29000, 13500)
    assert said(before, 2019) == said(after, 2019)
    assert before.figures.account.standing(2019) == after.figures.account.standing(2019)
    assert said(after)[-2:] == [
        "Op 30 juni 2020 was er € 680 over.",
        "Daarvan was € 135 al besteld of toegezegd, maar nog niet betaald. Vrij te besteden was € 545.",
    ]


def test_a_page_of_earlier_does_not_know_it(tmp_path: Path) -> None:
    """As of May 2020 the stand of December is the newest, for 2019 and for 2020."""
    dossier = open_dossier(town(tmp_path, DECEMBER, JUNE)).dossier
    assert dossier is not None
    ledger = attribute(dossier, Basis(datetime(2020, 5, 1))).value  # noqa: DTZ001 - moments have no zone
    assert ledger is not None
    assert "december" in ledger.used and "june" not in ledger.used
    assert ledger.sums.filter(kind="commitment").select("year", "origin", "cents").rows() == [(2019, 2019, 29000)]


def test_it_needs_no_reason_beside_a_closed_year(tmp_path: Path) -> None:
    """What holds an order of a year that is closed moves nothing of that year (L124)."""
    found = open_dossier(town(tmp_path, DECEMBER, JUNE))
    assert not [one for one in found.faults if one.code in ("L114", "L115", "L124")]


@pytest.mark.parametrize("turned", [False, True])
def test_the_later_day_counts_whichever_was_exported_first(tmp_path: Path, turned: bool) -> None:
    """The stand of March, exported once more after that of June, takes nobody's place."""
    march: Stood = ("a" if turned else "z", [2020], "[3]", "2020-07-09T10:00:00", [(2020, "W", 10)])
    assert committed(opened(tmp_path, march, JUNE), 2020) == 13500


def test_money_that_orders_keep_is_that_of_the_end_of_the_year(tmp_path: Path) -> None:
    """290 of 2019 lives on for the orders of December; that 55 of these are open in June makes it no less."""
    how: dict[str, Any] = {"term": 'years = 1\nexpiry = "keep-committed"'}
    for name, stands in (("one", (DECEMBER,)), ("two", (DECEMBER, JUNE))):
        setting = opened(tmp_path / name, *stands, **how)
        assert setting.figures.figure(Address("closing", parse_subject("W"), 2019)).cents == 29000
        assert setting.figures.figure(Address("released", parse_subject("W"), 2019)).cents == 1000


def older(setting: Setting) -> AreaSection | None:
    sections = calendar_sections(setting, setting.figures.account.standing(2020))
    return next((one for one in sections if one.id == "ouder"), None)


def test_what_was_ordered_years_ago_is_listed_by_age(tmp_path: Path) -> None:
    stood: Stood = (
        "june",
        [2018, 2019, 2020],
        "[6]",
        "2020-07-03T10:00:00",
        [*JUNE[4], (2018, "W", 7), (2019, "W", 5)],
    )
    section = older(opened(tmp_path, DECEMBER, stood))
    assert section is not None and section.title == "Besteld of toegezegd vóór 2020"
    (table,) = section.blocks
    assert isinstance(table, Table)
    assert table.columns[2:] == ("Uit het jaar", "Soort", "Nog niet betaald op 30 juni 2020")
    assert [[cell.text for cell in row.cells[2:]] for row in table.rows] == [
        ["2018", "besteld of toegezegd", "7,00"],
        ["2019", "besteld of toegezegd", "60,00"],
        ["", "", "67,00"],
    ]
    assert older(opened(tmp_path / "none", DECEMBER)) is None


def test_what_is_ordered_for_next_year_is_not_taken_off_what_lapses_before(tmp_path: Path) -> None:
    """180 of 2019 lapses with 2020, and 500 of 2020 a year later: an order of 2021 can only rest on the latter."""
    stood: Stood = ("june", [2020, 2021], "[6]", "2020-06-30T10:00:00", [(2020, "W", 80), (2021, "W", 600)])
    setting = opened(tmp_path, stood)
    assert stand_of(setting.figures, 2020) is not None and committed(setting, 2020) == 68000
    account = setting.figures.account.standing(2020)
    left = left_in(setting.figures, account)
    assert [(one.tranche.cents, one.committed_cents) for one in left.lapses] == [(18000, 8000), (50000, 50000)]
    (section, *_) = calendar_sections(setting, account)
    (table,) = section.blocks
    assert isinstance(table, Table)
    ahead = "Bij W is ook iets besteld of toegezegd voor een later jaar. Dat gaat niet af van geld dat eerder vervalt."
    assert ahead in table.note and "meer besteld" not in table.note


@given(
    st.lists(st.tuples(st.integers(2018, 2023), st.integers(-40, 200)), max_size=5),
    st.lists(st.tuples(st.integers(2019, 2020), st.integers(2020, 2022), st.integers(1, 90)), max_size=5),
)
def test_the_slow_twin(orders: list[tuple[int, int]], left: list[tuple[int, int, int]]) -> None:
    """Cent by cent: of each year that is still to come, those first that may be paid now, from what lapses first."""
    closing = tuple(Tranche(origin, max(origin, last), cents) for origin, last, cents in left)
    account = YearAccount(
        2020, State.OPEN, "newest", (LineAccount("W", "West", "", None, Amounts(), replace(TERM, closing=closing)),)
    )
    found = lapses(account, [OpenCommitment("W", year, cents) for year, cents in orders])
    there = [[one.tranche.last_year, one.tranche.cents, 0] for one in found]
    for now in range(2020, 2024):
        for _ in range(sum(cents for year, cents in orders if max(year, 2020) == now)):
            free = next((one for one in sorted(there) if one[0] >= now and one[1] > one[2]), None)
            if free:
                there[there.index(free)][2] += 1
    assert sum(one.committed_cents or 0 for one in found) == sum(one[2] for one in there)
    by_year = {year: sum(one[2] for one in there if one[0] == year) for year in {one[0] for one in there}}
    for year, cents in by_year.items():
        assert sum(one.committed_cents or 0 for one in found if one.tranche.last_year == year) == cents
    assert sum(one.tranche.cents for one in found) == tranche_sum(closing)


def test_promises_stand_per_line_and_year(tmp_path: Path) -> None:
    setting = opened(tmp_path, DECEMBER, JUNE)
    stand = stand_of(setting.figures, 2020)
    assert stand is not None
    lines = setting.figures.account.standing(2020).lines
    assert promises_of(setting.figures, lines, stand) == [
        OpenCommitment("W", 2019, 5500),
        OpenCommitment("W", 2020, 8000),
    ]
    groups = setting.figures.public.filter(kind="commitment", year=2020).select("id", "origin", "count").rows()
    assert groups == [("june:W-2020-commitment-costs-1", 2020, 1), ("june:W-2020-commitment-costs-2019-1", 2019, 1)]
