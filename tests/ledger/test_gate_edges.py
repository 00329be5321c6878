"""The gate on its edge: what is hidden, in which group, with whom; and what may be seen beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import polars as pl
import pytest

from gebiedswerk.dossier import Dossier
from gebiedswerk.dossier.settings import Block, DeliveryKind, Privacy, YearCover
from gebiedswerk.formats.postings import POSTING, frame
from gebiedswerk.ledger.gate import UNDECIDED, Gated, Short, blocked_by, gated
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


def test_of_undecided_postings_each_that_names_nobody_is_someone_else() -> None:
    """Three in each of two periods are two groups, whether or not the file has a column of creditors."""
    found = [one(delivery="shut", creditor=None, period=period) for period in (1, 1, 1, 2, 2, 2)]
    names = [f"shut:A-2019-realised-costs-{at}" for at in (1, 1, 1, 2, 2, 2)]
    assert gate(found, without_blocks(decided=False))[0] == names


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


def test_the_order_in_which_postings_stand_is_nothing() -> None:
    """The first rows come along, also where they stand last."""
    found = [one(**SALARY), *(one(cents=at) for at in range(1, 13))]
    turned = gated(ledger(found).postings.reverse(), town()).postings.collect()
    assert sorted(turned.filter(pl.col("group") != "")["row"]) == [2, 3, 4]


def test_each_pool_that_is_too_small_takes_along_what_it_needs() -> None:
    """Two lines with one salary each."""
    found = [posting for line in "AB" for posting in (one(place=line, **SALARY), *[one(place=line)] * 3)]
    assert hidden(found, town()) == [True, True, True, False] * 2


def test_orders_of_an_earlier_year_are_groups_of_their_own() -> None:
    """Three of 2018 and three of 2019 that stand in 2019: two sums, of which the first says its year."""
    found = [one(origin=year, **SALARY) for year in (2018, 2019)] * 3
    assert gate(found, town())[0] == ["open:A-2019-realised-costs-2018-1", "open:A-2019-realised-costs-1"] * 3


def test_with_orders_of_a_year_others_of_that_year_come_along() -> None:
    """Two of 2018 take along one that could have been seen: that of 2018, though that of 2019 stands first."""
    found = [*[one(origin=2018, **SALARY)] * 2, one(origin=2019), one(origin=2018)]
    assert hidden(found, town()) == [True, True, False, True]


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


# What cancels


def test_what_cancels_over_two_periods_makes_one_group_of_them() -> None:
    """Three salaries in each of two periods are two groups; a booking and its reversal make them one."""
    found = [one(period=period, cents=at, **SALARY) for at, period in enumerate((1, 1, 1, 2, 2, 2), start=1)]
    padding = [one(period=1, cents=70, **SALARY), one(period=2, cents=-70, **SALARY)]
    nothing = one(period=7, cents=0, **SALARY)  # a part in which nobody counts
    assert gate([*found, *padding, nothing], town())[0] == ["open:A-2019-realised-costs-1"] * 9


def test_what_comes_along_with_what_cancels_is_near_its_first_period() -> None:
    """Salaries of x in ten periods, of which two cancel over periods: of what is seen in each, period 3 comes along."""
    periods = range(3, 13)
    paid = [one(period=period, cents=10 + period, creditor="x", **SALARY) for period in reversed(periods)]
    undone = [one(period=period, cents=cents, creditor="x", **SALARY) for period, cents in ((12, 70), (11, -70))]
    seen = [one(period=period, creditor=who) for period in reversed(periods) for who in ("y", "z")]
    groups = gate([*paid, *undone, *seen], town())[0]
    assert [bool(group) for group in groups] == [True] * 12 + [False] * 18 + [True] * 2


def test_rows_of_nothing_are_not_taken_along() -> None:
    """One salary: of the others two come along, and they are no rows of 0.00."""
    found = [one(**SALARY), one(cents=0), one(), one(cents=0), one(), one()]
    assert hidden(found, town()) == [True, False, True, False, True, False]


def test_rows_of_nothing_make_no_group_large_enough() -> None:
    """Delivered again, all is hidden with two salaries; behind it stand two."""
    found = [{**posting, "delivery": "later"} for posting in (one(**SALARY), one(**SALARY), one(cents=0, period=5))]
    groups, _, short = gate(found, town())
    assert (all(groups), short) == (True, (Short("later", "A", 2019, 2),))


def test_what_is_seen_may_cancel_what_is_hidden() -> None:
    """Salaries of 70 and 5, and a booking of minus 70 that is seen: one salary counts, so that two come along."""
    found = [one(cents=70, **SALARY), one(cents=5, **SALARY), one(cents=-70), one(cents=1), one(cents=2), one(cents=3)]
    assert hidden(found, town()) == [True, True, False, True, True, False]


def test_a_group_that_is_large_enough_takes_nothing_along() -> None:
    """Three salaries, of which a booking that is seen would cancel one."""
    found = [*(one(cents=cents, **SALARY) for cents in (70, 5, 6)), one(cents=-70), one(cents=1), one(cents=2)]
    assert hidden(found, town()) == [True, True, True, False, False, False]


def test_a_named_person_who_is_hidden_already_does_not_count_again() -> None:
    """A salary of x, one of y; the bill of x adds nobody, that of z does."""
    found = [one(creditor=who, **SALARY) for who in ("x", "y")]
    assert hidden([*found, one(creditor="x"), one(creditor="z"), one(creditor="w")], town()) == [True] * 4 + [False]


def test_pools_are_short_in_the_order_of_their_names() -> None:
    found = [one(place=line, **SALARY) for line in "BA"]
    assert [(short.place, short.found) for short in gate(found, town())[2]] == [("A", 1), ("B", 1)]


# What is delivered again


@pytest.mark.parametrize(
    ("other", "again_"),
    [
        ({}, True),
        ({"administration": "Q"}, False),
        ({"kind": DeliveryKind.COMMITMENT}, False),
        ({"years": [2018]}, False),
        ({"years": [2018, 2019]}, True),
        ({"periods": [1, 2]}, True),
        ({"periods": [1, 14]}, False),
        ({"periods": [*reversed(range(14)), 0]}, True),
        ({"cover": [YearCover(2019, [1, 14])]}, False),
        ({"cover": [YearCover(2018, [1, 14])]}, True),
    ],
)
def test_a_file_takes_the_place_of_one_of_which_it_covers_all(other: dict[str, Any], again_: bool) -> None:
    """Administration, kind, year and periods, in any order. Then its two periods are one group."""
    base = town()
    first = delivery("open", "R1", "T")
    first = replace(first, settings=replace(first.settings, **other))
    dossier = replace(base, deliveries=(delivery("later", "R1", "T", "2020-06-01"), first))
    found = [one(period=period, **SALARY) for period in (1, 1, 1, 2, 2, 2)]
    names = ["1", "1", "1", "1", "1", "1"] if again_ else ["1", "1", "1", "2", "2", "2"]
    assert [name[-1] for name in again(found, dossier)] == names


def test_a_file_of_others_changes_nothing_of_it() -> None:
    """Exported last, of another administration."""
    dossier = replace(town(), deliveries=(*town().deliveries, delivery("q", "R1", "Q", "2020-07-01")))
    found = [one(period=period, **SALARY) for period in (1, 1, 1, 2, 2, 2)]
    assert {name[-1] for name in again(found, dossier)} == {"1"}


@pytest.mark.parametrize("creditors", [("101", "102", "103"), ("Jansen, P.", "Bakker, K.", "Visser, L.")])
def test_persons_by_number_and_by_name_are_enough(creditors: Sequence[str]) -> None:
    """Three are paid in period 1: what was booked later stays seen."""
    found = [*(one(creditor=who, **SALARY) for who in creditors), one(period=2)]
    assert [bool(group) for group in again(found)] == [True, True, True, False]


def test_the_earlier_file_is_not_delivered_again() -> None:
    """Whichever stands first in the dossier: the moment of export decides."""
    found = [one(period=period, **SALARY) for period in (1, 1, 1, 2, 2, 2)]
    assert {name[-1] for name in gate(found, town())[0]} == {"1", "2"}


def replaced(earlier: Sequence[list[int]], found: Sequence[Mapping[str, Any]]) -> list[bool]:
    """What a file hides that takes the place of earlier ones of these periods."""
    files = [delivery(f"e{at}", "R1", "T", f"2020-01-0{at + 1}") for at in range(len(earlier))]
    told = [replace(e, settings=replace(e.settings, periods=of)) for e, of in zip(files, earlier, strict=True)]
    dossier = replace(town(), deliveries=(*told, delivery("later", "R1", "T", "2020-06-01")))
    return [bool(group) for group in again(found, dossier)]


SEEN = [one(period=period) for period in (1, 2, 3, 4)]


@pytest.mark.parametrize(
    ("earlier", "salaries", "hidden_"),
    [
        ([[1, 2]], (7, 7, 7), [1, 2]),
        ([[1, 2, 3]], (1, 1, 1), [1]),
        ([[1, 2, 3]], (1, 2, 2, 2), [1, 2]),
        ([[1], [2, 3]], (1, 1, 1), [1, 2, 3]),
        ([[1], [2, 3]], (1, 1, 1, 2, 2, 2), [1, 2]),
        ([[1, 2], [1, 2, 3]], (1, 1, 2, 2), [1, 2]),
        ([[3, 14]], (1, 1, 1), []),
    ],
)
def test_of_each_earlier_file_all_is_hidden_until_enough_was_blocked_in_it(
    earlier: Sequence[list[int]], salaries: Sequence[int], hidden_: list[int]
) -> None:
    """Where that is never so, all that was booked in its periods; of other periods nothing."""
    found = [*(one(period=period, **SALARY) for period in salaries), *SEEN]
    assert [at for at, taken in zip((1, 2, 3, 4), replaced(earlier, found)[-4:], strict=True) if taken] == hidden_


def test_what_stays_seen_makes_no_group_larger() -> None:
    """One salary and what was booked in the periods of the earlier file: two, however many are seen besides."""
    first = delivery("open", "R1", "T")
    first = replace(first, settings=replace(first.settings, periods=[1]))
    dossier = replace(town(), deliveries=(first, delivery("later", "R1", "T", "2020-06-01")))
    found = [{**posting, "delivery": "later"} for posting in (one(period=7, **SALARY), *SEEN)]
    groups, _, short = gate(found, dossier)
    assert ([bool(group) for group in groups], short) == (
        [True, True, False, False, False],
        (Short("later", "A", 2019, 2),),
    )


def test_a_stand_of_commitments_takes_the_place_of_any_earlier_one() -> None:
    """Whatever periods they name: a stand is of all of a year."""
    first, later = delivery("open", "R1", "T"), delivery("later", "R1", "T", "2020-06-01")
    kinds: dict[str, Any] = {"kind": DeliveryKind.COMMITMENT}
    first = replace(first, settings=replace(first.settings, **kinds, periods=[14, 15]))
    later = replace(later, settings=replace(later.settings, **kinds, periods=[1]))
    found = [one(period=period, **SALARY) for period in (1, 1, 1, 2, 2, 2)]
    assert {name[-1] for name in again(found, replace(town(), deliveries=(first, later)))} == {"1"}


# What is not known


def test_what_has_no_period_is_hidden_too() -> None:
    """Three salaries of a file that tells no periods, beside a posting that is seen."""
    found = [*[one(period=None, **SALARY)] * 3, one(period=None)]
    assert hidden(found, town()) == [True, True, True, False]


def test_grounds_without_a_period_are_groups_of_their_own() -> None:
    """Three of each are enough."""
    found = [one(period=None, ledger_account=account) for account in ("4100", "4200") for _ in range(3)]
    assert {name[-1] for name in gate(found, town())[0]} == {"1", "2"}


# Which block


def test_every_code_that_a_block_names_fits_by_one_of_its_patterns() -> None:
    block = Block("pay", "Pay.", ledger_account=["41*", "43*"], cost_centre=["k1", "k2"])
    base = without_blocks()
    dossier = replace(base, settings=replace(base.settings, privacy=Privacy(1, [block])))
    codes = [("4100", "k1"), ("4300", "k2"), ("4200", "k1"), ("4100", "k3")]
    found = [one(ledger_account=account, cost_centre=centre) for account, centre in codes]
    assert hidden(found, dossier) == [True, True, False, False]


def test_the_first_block_that_fits_gives_the_ground() -> None:
    blocks = [Block("one", "1.", ledger_account=["41*"]), Block("two", "2.", ledger_account=["4*"])]
    base = without_blocks(decided=False)
    dossier = replace(base, settings=replace(base.settings, privacy=Privacy(1, blocks)))
    found = [one(ledger_account="4100"), one(ledger_account="4200"), one(ledger_account="5"), one(delivery="shut")]
    assert gate(found, dossier)[1] == ["one", "two", "", "two"]


def test_what_no_block_names_is_blocked_by_none() -> None:
    rows = ledger([one(ledger_account="4100"), one()]).postings.select(found=blocked_by(town()))
    assert rows.collect()["found"].to_list() == ["pay", ""]
