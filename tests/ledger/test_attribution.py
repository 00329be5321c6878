"""Attribution: a strict subset wins, shares lose no cent, every cent ends in one place; each against a slow twin."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gebiedswerk.assembly.opened import Opened
from gebiedswerk.core.matching import ANYTHING, NoPattern, Rule, Rules, parse_pattern
from gebiedswerk.core.money import NoWeight, split
from tests.small import Small

UNIVERSE = [a + b for a in ("", "1", "2", "10", "11", "12", "20", "101") for b in ("", "0", "1", "2")]
PATTERNS = st.sampled_from(
    ["", "..", "1", "2", "10", "11", "1*", "2*", "10*", "10..12", "11..12", "100..120", "0..2", "101"]
)
RULES = st.lists(st.dictionaries(st.sampled_from(["cost_centre", "category"]), PATTERNS), min_size=1, max_size=5)


def slow_match(pattern: str, code: str) -> bool:
    """What a pattern means, said the long way."""
    if pattern == "":
        return True
    if pattern == "..":
        return code == ""
    if pattern.endswith("*"):
        return code[: len(pattern) - 1] == pattern[:-1]
    if ".." in pattern:
        low, high = pattern.split("..")
        return len(code) == len(low) and code in [str(n).zfill(len(low)) for n in range(int(low), int(high) + 1)]
    return code == pattern


def slow_winners(rules: list[dict[str, str]], codes: dict[str, str]) -> list[int]:
    """Compare what rules match by trying every pair of codes there is."""
    pairs = [(a, b) for a in (*UNIVERSE, "10999", "2999") for b in (*UNIVERSE, "10999", "2999")]

    def matched(rule: dict[str, str]) -> set[tuple[str, str]]:
        patterns = (rule.get("cost_centre", ""), rule.get("category", ""))
        return {pair for pair in pairs if all(slow_match(p, c) for p, c in zip(patterns, pair, strict=True))}

    here = (codes["cost_centre"], codes["category"])
    mine = [at for at, rule in enumerate(rules) if here in matched(rule)]
    return [at for at in mine if not any(matched(rules[other]) < matched(rules[at]) for other in mine)]


@given(RULES, st.sampled_from(UNIVERSE), st.sampled_from(UNIVERSE))
def test_winners_equal_the_slow_twin(rules: list[dict[str, str]], centre: str, category: str) -> None:
    """A rule beats another only if what it matches is a strict subset."""
    codes = {"cost_centre": centre, "category": category}
    made = [Rule(str(at), {name: parse_pattern(text) for name, text in rule.items()}) for at, rule in enumerate(rules)]
    assert [int(rule.code) for rule in Rules(made).winners(codes)] == slow_winners(rules, codes)


def test_codes_are_text() -> None:
    """0.10 is not 0.1, and a range holds codes of its own length only."""
    assert not parse_pattern("0.1").matches("0.10")
    assert parse_pattern("4000..4099").matches("4050")
    assert not parse_pattern("4000..4099").matches("40500")
    assert ANYTHING.matches("")


@pytest.mark.parametrize("text", ["*", "1*2", "10..9", "1..20", "..5", "5..", "1*..2*", "**"])
def test_what_is_no_pattern(text: str) -> None:
    with pytest.raises(NoPattern):
        parse_pattern(text)


@given(st.integers(-(10**18), 10**18), st.lists(st.integers(0, 10**6), min_size=1, max_size=8).filter(any))
def test_a_split_loses_no_cent(cents: int, weights: list[int]) -> None:
    """Shares add up, a credit note mirrors its invoice, no weight gets nothing, each is within a cent of its part."""
    shares = split(cents, weights)
    assert sum(shares) == cents
    assert split(-cents, weights) == [-share for share in shares]
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share * sum(weights) - cents * weight) < sum(weights)
        assert share == 0 or weight > 0


@given(st.integers(-200, 200), st.lists(st.integers(0, 9), min_size=1, max_size=5).filter(any))
def test_a_split_equals_the_slow_twin(cents: int, weights: list[int]) -> None:
    """Cent by cent: the n-th cent goes to the line in whose part of the whole its middle falls."""
    shares = [0] * len(weights)
    for cent in range(1, abs(cents) + 1):
        ends = [sum(weights[: at + 1]) for at in range(len(weights))]
        shares[next(at for at, end in enumerate(ends) if 2 * abs(cents) * end >= (2 * cent - 1) * sum(weights))] += 1
    assert split(cents, weights) == [share if cents >= 0 else -share for share in shares]


@pytest.mark.parametrize(
    ("cents", "shares"),
    [(7_000_000, [4_666_667, 2_333_333]), (-1_000_000, [-666_667, -333_333]), (1, [1, 0]), (2, [1, 1])],
)
def test_a_split_gives_the_nearest_cents(cents: int, shares: list[int]) -> None:
    """Hand case 3: 70.000 and a refund of 10.000, two parts to one."""
    assert split(cents, [2, 1]) == shares


@pytest.mark.parametrize("weights", [[], [0, 0], [2, -1]])
def test_a_split_needs_weight(weights: list[int]) -> None:
    with pytest.raises(NoWeight):
        split(100, weights)


def summary(opened: Opened) -> tuple[int, int, int]:
    one = opened.deliveries[0]
    return one.attributed_cents, one.out_of_scope_cents, one.open_cents


POSTINGS = st.lists(
    st.tuples(st.just(2018), st.sampled_from(["A", "B", "shared", "other", "unknown"]), st.integers(-(10**6), 10**6)),
    min_size=1,
    max_size=12,
)


@settings(max_examples=30, deadline=None)
@given(POSTINGS, st.lists(st.integers(0, 50), min_size=2, max_size=2).filter(any))
def test_every_cent_ends_in_exactly_one_place(
    tmp_path_factory: pytest.TempPathFactory, postings: list[tuple[int, str, int]], weights: list[int]
) -> None:
    """On a line, out of scope or open: three sums that make the whole, equal to a loop over the postings."""
    town = Small(lines={"A": None, "B": None}, years=(2018,), adopted=[(2018, "A", 1)], postings=postings)
    town.keys = [f"K,2018,{line},{weight},d" for line, weight in zip("AB", weights, strict=True)]
    town.rules = ["s,kshared,,K,", "o,kother,,,other work"]
    opened = town.open(tmp_path_factory.mktemp("town"))
    by_centre = {
        name: sum(a for _, n, a in postings if n == name) * 100 for name in ("A", "B", "shared", "other", "unknown")
    }
    lines = by_centre["A"] + by_centre["B"] + by_centre["shared"]
    assert summary(opened) == (lines, by_centre["other"], by_centre["unknown"])
    assert opened.newest is not None
    share = sum(split(amount * 100, weights)[0] for _, name, amount in postings if name == "shared")
    assert opened.newest.account.years[2018].by_code["A"].own.realised == by_centre["A"] + share
    assert ("A102" in {found.code for found in opened.faults}) == any(name == "unknown" for _, name, _ in postings)


def test_a_key_per_year(tmp_path: Path) -> None:
    """A key without the posting's year leaves it open, and says so once."""
    town = Small(adopted=[(2018, "A", 1)], postings=[(2018, "shared", 10), (2019, "shared", 20), (2019, "shared", 30)])
    town.keys = ["K,2018,A,1,d"]
    town.rules = ["s,kshared,,K,"]
    opened = town.open(tmp_path)
    assert [(found.code, found.row, found.value) for found in opened.faults] == [("A107", 3, "K")]
    assert summary(opened) == (1000, 0, 5000)


def test_an_accepted_open_amount_is_no_fault(tmp_path: Path) -> None:
    """`open:<delivery>` with exactly that amount and a reason."""
    town = Small(adopted=[(2018, "A", 1)], postings=[(2018, "unknown", 10)])
    path = town.write(tmp_path)
    head = "id,what,amount,reason,who,accepted_on\n"
    (path / "reconciliations.csv").write_text(f"{head}x,open:realised,10.00,onder het minimum,controller,2019-01-01\n")
    from gebiedswerk.assembly.opened import open_dossier

    assert not open_dossier(path).faults
