"""The public ledger against its ledger, and against someone who wants to know what was hidden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gebiedswerk.core.matching import ANYTHING
from gebiedswerk.core.money import split
from gebiedswerk.core.spending_term import TermRule
from gebiedswerk.dossier import NEWEST, Delivery, Dossier, Profile
from gebiedswerk.dossier.settings import (
    Block,
    DeliveryKind,
    DeliverySettings,
    DossierSettings,
    Municipality,
    Privacy,
    PublicColumn,
)
from gebiedswerk.dossier.tables import AttributionRow
from gebiedswerk.formats.postings import POSTING, SUMMED, frame
from gebiedswerk.ledger import PUBLIC, Ledger, public_postings
from gebiedswerk.ledger.gate import gated
from tests.attacker import derived

SMALLEST = 3
POSTINGS = st.lists(
    st.fixed_dictionaries(
        {
            "place": st.sampled_from(["A", "B", "K", "L"]),
            "delivery": st.sampled_from(["open", "open", "shut"]),
            "period": st.sampled_from([1, 2, 7]),
            "flow": st.sampled_from(["costs", "costs", "income"]),
            "ledger_account": st.sampled_from(["4100", "4200", "4300", "4300", "4300"]),
            "creditor": st.sampled_from(["", "", "x", "y", "z"]),
            "cents": st.integers(-500, 9999),
        }
    ),
    max_size=12,
)
KEYS = {"K": {"A": 1, "B": 3}, "L": {"A": 2, "B": 1}}


def town(smallest: int = SMALLEST) -> Dossier:
    """Delivery `open` is published, and again as `later`; `shut` is not; accounts 4100 and 4200 are blocked; K and L
    are keys.
    """
    blocks = [Block("pay", "Pay.", ledger_account=["41*"]), Block("aid", "Aid.", ledger_account=["4200..4299"])]
    privacy = Privacy(smallest, blocks)
    rules = tuple(
        AttributionRow(row=at, id=f"r{name}", cost_centre=ANYTHING, key=name) for at, name in enumerate(KEYS, start=2)
    )
    made = DossierSettings(1, Municipality("T"), [TermRule(2000, 2)], privacy=privacy)
    return Dossier(Path(), made, attribution=rules, deliveries=DELIVERIES)


def delivery(name: str, decision: str, of: str, day: str = "2020-01-01") -> Delivery:
    columns = [PublicColumn.LEDGER_ACCOUNT, PublicColumn.DESCRIPTION]
    moment = datetime.fromisoformat(f"{day}T00:00:00")
    asked = DeliverySettings(
        "f.csv", DeliveryKind.REALISED, of, [2019], moment, "p", public_decision=decision, public_columns=columns
    )
    return Delivery(name, Path(), f"deliveries/{name}/f.csv", "", asked, Profile())


DELIVERIES = (delivery("open", "R1", "T"), delivery("later", "R1", "T", "2020-06-01"), delivery("shut", "", "U"))


def ledger(found: Sequence[dict[str, Any]]) -> Ledger:
    """The postings, those of a key divided over its lines."""
    rows = []
    for at, posting in enumerate(found, start=2):
        whole = {
            **{name: posting[name] for name in posting if name != "own"},
            "row": at,
            "year": 2019,
            "kind": "realised",
            "scope": "line",
            "description": f"secret {at}",
        }
        whole |= {"booked_on": date(2019, 5, 5), "project": "P-secret"}
        if posting["place"] in KEYS and not posting.get("own"):
            key = KEYS[posting["place"]]
            cents = split(posting["cents"], list(key.values()))
            rows += [
                {**whole, "line": line, "share": line, "cents": part, "rule": f"r{posting['place']}"}
                for line, part in zip(key, cents, strict=True)
            ]
        else:
            rows.append({**whole, "line": posting["place"], "share": "", "rule": f"r{posting['place']}"})
    postings = frame(rows, POSTING)
    used = ("open", "shut")
    return Ledger(NEWEST, frame([], SUMMED), frame([], POSTING), (), used, frozenset(), postings.lazy)


@settings(deadline=None, max_examples=60)
@given(POSTINGS)
def test_the_public_ledger_adds_up_to_the_ledger(found: list[dict[str, Any]]) -> None:
    """Per line, flow and delivery the same cents and as many postings, whatever is hidden."""
    private, public = ledger(found), public_postings(ledger(found), town())
    assert list(public.schema.items()) == list(pl.DataFrame(schema=PUBLIC).schema.items())
    grain = ["delivery", "line", "year", "kind", "flow"]
    wanted = private.postings.group_by(grain).agg(pl.col("cents").sum(), pl.col("row").n_unique().alias("count"))
    given_ = public.group_by(grain).agg(pl.col("cents").sum(), pl.col("count").sum())
    assert given_.sort(grain).rows() == wanted.with_columns(pl.col("count").cast(pl.Int64)).collect().sort(grain).rows()
    assert public["id"].is_unique().all()


@settings(deadline=None, max_examples=60)
@given(POSTINGS)
def test_what_is_hidden_says_nothing(found: list[dict[str, Any]]) -> None:
    """A group has no row and no code; a posting that is shown is not blocked, and its delivery is published."""
    public = public_postings(ledger(found), town())
    for row in public.iter_rows(named=True):
        assert row["booked_on"] is None
        assert row["project"] is None
        if row["ground"] is None:
            assert row["delivery"] == "open"
            assert row["ledger_account"] == "4300"
        else:
            assert (row["row"], row["ledger_account"], row["description"]) == (None, None, None)
            assert set(row["ground"].split()) <= {"pay", "aid", "undecided"}


@settings(deadline=None, max_examples=120)
@given(POSTINGS)
def test_nothing_can_be_had_back(found: list[dict[str, Any]]) -> None:
    """Unless a total itself is of too few, and then the build stops (V106)."""
    if not gated(ledger(found).postings, town()).short:
        assert not attacked(found, SMALLEST)


def test_without_groups_it_can() -> None:
    """The attacker is not harmless: one salary among shown costs is the total without those."""
    found = [one(ledger_account="4100", cents=700), *(one(cents=cents) for cents in (1, 2, 3))]
    assert attacked(found, smallest=1)
    assert not attacked(found, SMALLEST)


def test_a_total_of_too_few_is_said() -> None:
    """Two postings on a line, one of them a salary: whatever is hidden, the total of the line says it."""
    found = [one(ledger_account="4100", cents=700), one(cents=1)]
    short = gated(ledger(found).postings, town()).short
    assert [(s.delivery, s.place, s.year, s.found) for s in short] == [("open", "A", 2019, 2)]
    assert attacked(found, SMALLEST)


def test_what_is_hidden_besides_is_nearest_in_time() -> None:
    """A salary in July takes the other postings of July with it, not those of January."""
    found = [one(period=1, cents=5), one(period=7, cents=6), one(period=7, cents=7)]
    public = public_postings(ledger([*found, one(period=7, ledger_account="4100", cents=9)]), town())
    assert public.select("cents", "period", "last_period", "count", "ground").rows() == [
        (5, 1, 1, 1, None),
        (22, 7, 7, 3, "pay"),
    ]


def one(**other: object) -> dict[str, Any]:
    """A posting on line A of the delivery that is published."""
    usual = {"place": "A", "delivery": "open", "period": 1, "flow": "costs", "ledger_account": "4300", "creditor": ""}
    return {**usual, "cents": 1, **other}


def attacked(
    found: Sequence[dict[str, Any]], smallest: int, nothing: Sequence[Sequence[int]] = ()
) -> set[frozenset[str]]:
    """Who can be told apart from all that is public: the groups, and the totals of lines and deliveries.

    The attacker knows more than can be known: which postings are in which group, and whose they are; and `nothing`:
    places of postings that add up to nothing.
    """
    dossier, private = town(smallest), ledger(found)
    hidden = gated(private.postings, dossier).postings.filter(pl.col("group") != "").collect()
    sums: dict[tuple[str, ...], dict[str, Fraction]] = {}
    who, secret = {}, set()
    for row in hidden.iter_rows(named=True):
        name = f"{row['delivery']}:{row['row']}"
        who[name] = row["creditor"] or name
        secret |= {name} if row["ground"] in ("pay", "aid") else set()
        key = KEYS.get(row["rule"].removeprefix("r"), {row["line"]: 1})
        factor = Fraction(key[row["line"]], sum(key.values()))
        totals = (("group", row["group"], row["line"]), ("line", row["line"], row["flow"]), ("line", row["line"]))
        for total in (*totals, ("delivery", row["delivery"]), ("all",)):
            at = sums.setdefault(total, {})
            at[name] = at.get(name, Fraction(0)) + factor
    known = [{f"{found[at]['delivery']}:{at + 2}": Fraction(1) for at in places} for places in nothing]
    unseen = [one for one in known if one.keys() <= who.keys()]
    return derived([*sums.values(), *unseen], who, SMALLEST, secret, told=unseen)


PADS = st.lists(
    st.tuples(
        st.sampled_from([(0,), (70, -70), (-30, 30), (100, -60, -40)]),
        st.sampled_from(["A", "B", "K"]),
        st.sampled_from(["", "x", "p", "q"]),
        st.lists(st.sampled_from([1, 2, 7]), min_size=3, max_size=3),
        st.sampled_from(["4100", "4200", "4300"]),
    ).filter(lambda pad: len(pad[0]) < 3 or pad[2] != ""),
    min_size=1,
    max_size=3,
)


@settings(deadline=None, max_examples=120)
@example([one(ledger_account="4100") for _ in range(3)], [((0,), "A", "", [1, 1, 1], "4100")])
@example([one(ledger_account="4100") for _ in range(3)], [((70, -70), "A", "", [1, 1, 1], "4100")])
@given(POSTINGS, PADS)
def test_what_adds_up_to_nothing_hides_nobody(found: list[dict[str, Any]], pads: list[Any]) -> None:
    """Rows of nothing, bookings with their reversal, one amount against two: who leaves them out has no more back."""
    padded, nothing = padded_with(found, pads)
    if not gated(ledger(padded).postings, town()).short:
        assert not attacked(padded, SMALLEST, nothing)


def padded_with(found: Sequence[dict[str, Any]], pads: Sequence[Any]) -> tuple[list[dict[str, Any]], list[list[int]]]:
    """The postings with sets that add up to nothing, and where these stand."""
    padded, nothing = list(found), []
    for amounts, place, creditor, periods, account in pads:
        nothing.append(list(range(len(padded), len(padded) + len(amounts))))
        padded += [
            one(place=place, creditor=creditor, period=period, ledger_account=account, cents=cents)
            for cents, period in zip(amounts, periods, strict=False)
        ]
    return padded, nothing


@pytest.mark.parametrize("pads", [(0, 0), (70, -70), (-70, 70, 0)])
@pytest.mark.parametrize("creditor", ["", "p"])
@pytest.mark.parametrize("account", ["4100", "4300"])
def test_a_salary_beside_nothing_takes_others_with_it(pads: tuple[int, ...], creditor: str, account: str) -> None:
    """Padding that is blocked itself, and that which might be seen: two who were paid are hidden with the salary."""
    padding = [one(cents=cents, creditor=creditor, ledger_account=account) for cents in pads]
    others = [one(period=2, cents=5), one(period=7, cents=6), one(period=7, cents=7)]
    public = public_postings(ledger([one(ledger_account="4100", cents=700), *padding, *others]), town())
    group = public.filter(pl.col("ground") == "pay")
    assert group["cents"].to_list() == [711]
    assert public.filter(pl.col("ground").is_null() & (pl.col("cents").is_in([5, 6, 7])))["cents"].to_list() == [7]


def test_five_spellings_are_one_person() -> None:
    """Five bills of one and a salary are a total of two, and a number before the name makes no more of them."""
    spelled = ["Vries, A. de", "A. de Vries", "DE VRIES A", "Mw. A. de Vriés", "de Vries-Jansen, Anna"]
    for written in (spelled, [f"0100{at % 2} {name}" for at, name in enumerate(spelled[:2])]):
        found = [one(creditor=name, cents=at) for at, name in enumerate(written, start=1)]
        short = gated(ledger([*found, one(ledger_account="4100", creditor="4711")]).postings, town()).short
        assert [s.found for s in short] == ([1] if written is spelled else [])


def test_more_payments_to_one_person_hide_nobody() -> None:
    """The salary of x is no better hidden by two bills of x: others have to come along."""
    mine = [one(ledger_account="4100", creditor="x", cents=700), one(creditor="x"), one(creditor="x")]
    public = public_postings(ledger([*mine, one(creditor="y", period=7), one(creditor="z", period=2), one()]), town())
    assert public.select("period", "last_period", "count").rows() == [(7, 7, 1), (1, 2, 5)]


def test_a_key_that_is_called_as_a_line_is_another_pool() -> None:
    """Two salaries on line K and two that key K divides: each too few, however they are called."""
    found = [one(ledger_account="4100", place="K", own=own) for own in (True, True, False, False)]
    short = gated(ledger(found).postings, town()).short
    assert [(s.place, s.found) for s in short] == [("K", 2), ("K", 2)]


@settings(deadline=None, max_examples=120)
@given(POSTINGS)
def test_a_later_export_gives_nothing_back_of_an_earlier_one(found: list[dict[str, Any]]) -> None:
    """A file is delivered after period 2 and again after period 7, both are public: nobody of the first is told."""
    earlier = [posting for posting in found if posting["period"] <= 2]
    if not any(gated(ledger(part).postings, town()).short for part in _moments(earlier, found)):
        assert not told_by_both(earlier, found)


def test_without_more_hidden_in_the_later_one_it_does(monkeypatch: pytest.MonkeyPatch) -> None:
    """One salary in the first export is hidden with two other postings; in the second three salaries are enough."""
    earlier = [one(ledger_account="4100", cents=700), one(period=2, cents=1), one(period=2, cents=2)]
    found = [*earlier, *(one(ledger_account="4100", period=7, cents=cents) for cents in (800, 900))]
    assert not told_by_both(earlier, found)
    monkeypatch.setattr("gebiedswerk.ledger.gate._delivered_before", lambda dossier: {})
    assert told_by_both(earlier, found) >= {frozenset({"0"})}


def _moments(earlier: Sequence[dict[str, Any]], found: Sequence[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """The same postings as two exports hold them; the later one has them in another order."""
    return [
        [{**posting, "delivery": "open"} for posting in earlier],
        [{**posting, "delivery": "later"} for posting in reversed(found)],
    ]


def told_by_both(earlier: Sequence[dict[str, Any]], found: Sequence[dict[str, Any]]) -> set[frozenset[str]]:
    """Who of the earlier export can be told by someone who has both, and knows which postings are the same."""
    first = [str(at) for at, posting in enumerate(found) if posting["period"] <= 2]
    names = (first, [str(at) for at in reversed(range(len(found)))])
    return told_by_all(_moments(earlier, found), names, set(first), town())


def told_by_all(
    files: Sequence[Sequence[dict[str, Any]]], names: Sequence[Sequence[str]], first: set[str], dossier: Dossier
) -> set[frozenset[str]]:
    """Who of those named `first` can be told by someone who has all files, of which each row has a name."""
    sums: list[dict[str, Fraction]] = []
    who, secret = {}, set()
    for part, named in zip(files, names, strict=True):
        together: dict[tuple[str, ...], dict[str, Fraction]] = {}
        for at, row in enumerate(gated(ledger(part).postings, dossier).postings.collect().iter_rows(named=True)):
            name = named[row["row"] - 2]
            who[name] = row["creditor"] or name
            secret |= {name} if row["ground"] and name in first else set()
            key = KEYS.get(row["rule"].removeprefix("r"), {row["line"]: 1})
            factor = Fraction(key[row["line"]], sum(key.values()))
            group = row["group"] or f"seen {at}"
            for total in (("group", group, row["line"]), ("line", row["line"], row["flow"]), ("line", row["line"])):
                one_sum = together.setdefault(total, {})
                one_sum[name] = one_sum.get(name, Fraction(0)) + factor
        sums += together.values()
    return derived(sums, who, SMALLEST, secret)


def in_parts() -> Dossier:
    """Periods 0 to 2 are delivered as `open`, the rest as `part`, and all of it as `later`."""
    covers = {"open": range(3), "part": range(3, 14)}
    days = {"open": "2020-01-01", "part": "2020-02-01"}
    parts = [delivery(name, "R1", "T", days[name]) for name in covers]
    told = [replace(one, settings=replace(one.settings, periods=list(covers[one.id]))) for one in parts]
    return replace(town(), deliveries=(*told, delivery("later", "R1", "T", "2020-06-01")))


@settings(deadline=None, max_examples=120)
@given(POSTINGS, st.integers(0, 3))
def test_a_year_gives_nothing_back_of_its_parts(found: list[dict[str, Any]], late: int) -> None:
    """A first part, a second one, then the whole with what came late: nobody of the parts is told."""
    known = range(late, len(found))
    places = [[at for at in known if (found[at]["period"] <= 2) == first] for first in (True, False)]
    places.append(list(reversed(range(len(found)))))
    named = zip(("open", "part", "later"), places, strict=True)
    parts = [[{**found[at], "delivery": name} for at in of_file] for name, of_file in named]
    if not any(gated(ledger(part).postings, in_parts()).short for part in parts):
        names = [[str(at) for at in of_file] for of_file in places]
        assert not told_by_all(parts, names, {str(at) for at in known}, in_parts())


def test_what_a_second_part_hid_stays_hidden() -> None:
    """Enough is blocked in the first part; in the second one salary is hidden with two postings, in the whole too."""
    salaries = [one(ledger_account="4100", cents=700 + at) for at in range(3)]
    second = [one(ledger_account="4100", period=7, cents=900), one(period=7, cents=1), one(period=7, cents=2)]
    rows = [{**posting, "delivery": "later"} for posting in (*salaries, *second, one(cents=3))]
    hidden = gated(ledger(rows).postings, in_parts()).postings.collect().sort("row")["group"].to_list()
    assert [bool(group) for group in hidden] == [True] * 7
