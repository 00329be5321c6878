"""The gate on its edge: what is hidden, in which group, with whom; and what may be seen beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import polars as pl
import pytest

from gebiedswerk.dossier import Dossier
from gebiedswerk.dossier.settings import Block, Privacy
from gebiedswerk.ledger.gate import UNDECIDED, Gated, Short, gated
from gebiedswerk.ledger.postings import POSTING, frame
from tests.ledger.test_gate import SMALLEST, delivery, ledger, one, town

SALARY = {"ledger_account": "4100"}


def gate(found: Sequence[Mapping[str, Any]], dossier: Dossier) -> tuple[list[str], list[str], tuple[Short, ...]]:
    """Of each posting, in order, its group and its ground; and the pools that are too small."""
    made = gated(ledger([dict(posting) for posting in found]).postings, dossier)
    rows = made.postings.collect().sort("row", "line")
    return rows["group"].to_list(), rows["ground"].to_list(), made.short


def hidden(found: Sequence[Mapping[str, Any]], dossier: Dossier) -> list[bool]:
    return [bool(group) for group in gate(found, dossier)[0]]


def without_blocks(*, decided: bool = True) -> Dossier:
    """No block, no key; two deliveries, of which the second may be undecided."""
    base = town()
    settings = replace(base.settings, privacy=Privacy(SMALLEST, None))
    later = delivery("shut", "R1" if decided else "", "U")
    return replace(base, settings=settings, attribution=(), deliveries=(delivery("open", "R1", "T"), later))


def blocking(*patterns: str) -> Dossier:
    """All is published, but for one block."""
    block = Block("pay", "Pay.", ledger_account=list(patterns))
    base = without_blocks()
    return replace(base, settings=replace(base.settings, privacy=Privacy(1, [block])))


def columns(made: Gated) -> list[str]:
    return made.postings.collect_schema().names()


# What is hidden


def test_where_nothing_is_hidden_every_posting_is_seen() -> None:
    """As it is, with two columns more, whether or not something could have been hidden."""
    found = [one(), one(delivery="shut"), one(place="B", **SALARY)]
    groups, grounds, short = gate(found, without_blocks())
    assert (groups, grounds, short) == ([""] * 3, [""] * 3, ())
    for dossier in (without_blocks(), town()):
        assert columns(gated(ledger(found).postings, dossier)) == [*POSTING, "ground", "group"]


def test_one_delivery_that_nobody_decided_on_is_hidden() -> None:
    """The other is published: not any decision is enough, and none is needed for a block."""
    found = [one(), *(one(delivery="shut") for _ in range(3))]
    assert gate(found, without_blocks(decided=False))[:2] == (
        ["", *["shut:A-2019-realised-costs-1"] * 3],
        ["", *[UNDECIDED] * 3],
    )


def test_a_block_hides_where_all_is_published() -> None:
    assert gate([one(ledger_account="4100"), one()], blocking("41*"))[:2] == (
        ["open:A-2019-realised-costs-1", ""],
        ["pay", ""],
    )


@pytest.mark.parametrize(
    ("account", "fits"),
    [("4200", True), ("4299", True), ("4199", False), ("4300", False), ("425", False), ("42000", False), (None, False)],
)
def test_a_range_holds_codes_of_its_length_from_end_to_end(account: str | None, fits: bool) -> None:
    assert hidden([one(ledger_account=account)], blocking("4200..4299")) == [fits]


@pytest.mark.parametrize(("account", "fits"), [("X1", True), ("1X", False), (None, False), ("", False)])
def test_a_prefix_fits_no_code_that_is_not_there(account: str | None, fits: bool) -> None:
    assert hidden([one(ledger_account=account)], blocking("X*")) == [fits]


def test_decisions_of_a_body_are_public_by_nature() -> None:
    """An adopted budget on a blocked account, in a delivery that nobody decided on."""
    postings = ledger([one(delivery="shut", **SALARY)] * 3).postings.with_columns(kind=pl.lit("adopted"))
    made = gated(postings, town()).postings.collect()
    assert (made["ground"].to_list(), made["group"].to_list()) == ([""] * 3, [""] * 3)


def test_only_what_ended_on_a_line_goes_through() -> None:
    """Not what is out of scope, nor what no rule attributes; here by other words, before and after it."""
    rows = [
        {**one(), "row": at, "line": "A", "scope": scope, "share": ""} for at, scope in enumerate(("a", "line", "z"))
    ]
    made = gated(frame([{k: v for k, v in row.items() if k in POSTING} for row in rows], POSTING).lazy(), town())
    assert made.postings.collect()["row"].to_list() == [1]


# Who is behind a group


def test_enough_is_as_many_as_the_smallest_group() -> None:
    """Three salaries are a group; two are short of one, and the only other posting comes along."""
    assert gate([one(**SALARY)] * 3 + [one()], town()) == (
        ["open:A-2019-realised-costs-1"] * 3 + [""],
        ["pay"] * 3 + [""],
        (),
    )
    groups, _, short = gate([one(**SALARY)] * 2, town())
    assert (all(groups), short) == (True, (Short("open", "A", 2019, 2),))
    assert all(gate([*[one(**SALARY)] * 2, one()], town())[0])


def test_who_has_no_name_may_be_anyone() -> None:
    """Three salaries of which no creditor is known; and one of these, beside two other postings, all nameless."""
    nameless = [one(creditor=None, **SALARY)] * 3
    assert gate([*nameless, one()], town())[0][-1] == ""
    seen = [one(creditor=None), one(creditor=None), one(creditor=None)]
    assert hidden([nameless[0], *seen], town()) == [True, True, True, False]


def test_named_and_nameless_count_together() -> None:
    """Salaries of x and y and of someone: three; the other posting is seen."""
    salaries = [one(creditor=name, **SALARY) for name in ("x", "y", "")]
    assert hidden([*salaries, one()], town()) == [True, True, True, False]


def test_of_what_comes_along_each_creditor_counts_once() -> None:
    """One salary, four needed: x, y and again x make three; z is the fourth, and w is seen."""
    found = [one(**SALARY), *(one(creditor=name) for name in "xyxzw")]
    assert hidden(found, town(4)) == [True] * 5 + [False]


def test_what_comes_along_is_nearest_in_time_and_then_first() -> None:
    """A salary of period 2: of twelve postings of period 1, and one of period 7 before them, the first two."""
    found = [one(period=2, **SALARY), one(period=7), *(one(period=1, cents=at) for at in range(1, 13))]
    assert hidden(found, town()) == [True, False, True, True, *[False] * 10]


def test_each_pool_that_is_too_small_takes_along_what_it_needs() -> None:
    """Two lines with one salary each."""
    found = [posting for line in "AB" for posting in (one(place=line, **SALARY), *[one(place=line)] * 3)]
    assert hidden(found, town()) == [True, True, True, False] * 2


def test_undecided_postings_alone_are_never_short() -> None:
    """Two that nobody decided on tell no salary; nor do three salaries beside them."""
    assert gate([one(delivery="shut")] * 2, town())[2] == ()
    assert gate([one(delivery="shut", **SALARY)] * 3, town())[2] == ()
    assert gate([one(delivery="shut", **SALARY)], town())[2] == (Short("shut", "A", 2019, 1),)


# Delivered again


def again(found: Sequence[Mapping[str, Any]], dossier: Dossier | None = None) -> list[str]:
    """The groups in the file that takes the place of an earlier one."""
    return gate([{**posting, "delivery": "later"} for posting in found], dossier or town())[0]


def test_periods_are_groups_of_their_own_unless_delivered_again() -> None:
    """Three salaries in each of two periods."""
    found = [one(period=period, **SALARY) for period in (1, 1, 1, 2, 2, 2)]
    names = [f"open:A-2019-realised-costs-{at}" for at in (1, 1, 1, 2, 2, 2)]
    assert gate(found, town())[0] == names
    assert again(found) == ["later:A-2019-realised-costs-1"] * 6


def test_what_was_booked_until_enough_was_blocked_is_hidden_too() -> None:
    """Two salaries in period 1 and the third in period 2: all of 0, 1 and 2 is hidden, of 3 nothing."""
    salaries = [one(period=period, **SALARY) for period in (1, 1, 2)]
    seen = [one(period=period) for period in (3, 2, 0, 1, 3)]
    assert [bool(group) for group in again([*salaries, *seen])] == [True] * 3 + [False, True, True, True, False]


def test_without_enough_all_is_hidden() -> None:
    """Two salaries: the earlier file may have had one of them."""
    assert all(again([one(**SALARY), one(period=9, **SALARY), one(period=5), one(period=12)]))


def test_a_file_without_blocks_that_is_delivered_again_hides_as_any_other() -> None:
    """Nobody decided on it; three in each of two periods are two groups."""
    base = town()
    moment = datetime.fromisoformat("2020-06-01T00:00:00")
    shut = delivery("later", "", "T")
    late = replace(shut, settings=replace(shut.settings, exported_at=moment))
    dossier = replace(base, deliveries=(delivery("open", "R1", "T"), late))
    found = [one(period=period) for period in (1, 1, 1, 2, 2, 2)]
    assert again(found, dossier) == [f"later:A-2019-realised-costs-{at}" for at in (1, 1, 1, 2, 2, 2)]
