"""Suggested rules, all used together as they are: every open posting gets one, and what has its place keeps it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from gebiedswerk.core.matching import ANYTHING, NO_CODE, Rule, Rules, parse_pattern, pattern_text
from gebiedswerk.importing.suggest import COLUMNS, LAST, Suggestion, shorter, suggested
from gebiedswerk.ledger import CodesSeen

CENTRES = ("", "7101", "7102", "7103", "7104", "7110", "N-1", "N-2", "N-30", "7*1", "a..b", "x\u200by", "total")
ACCOUNTS = ("", "43800", "43801", "81000")
CATEGORIES = ("", "3.8", "1.1")
PATTERNS = ("", "7101", "71*", "7101..7103", "43*", "43800", "3.8", "..", "N-*", "2025", "realised")
CODES = st.fixed_dictionaries(
    {
        "cost_centre": st.sampled_from(CENTRES),
        "category": st.sampled_from(CATEGORIES),
        "ledger_account": st.sampled_from(ACCOUNTS),
        "project": st.sampled_from(("", "", "", "P1", "P2")),
        "taakveld": st.sampled_from(("", "", "6.1")),
        "administration": st.sampled_from(("WD", "WD", "ST")),
        "kind": st.sampled_from(("realised", "realised", "commitment")),
        "year": st.sampled_from(("2024", "2025")),
    }
)
RULES = st.lists(st.dictionaries(st.sampled_from(COLUMNS), st.sampled_from(PATTERNS), max_size=3), max_size=5)
DAYS = st.sampled_from(("", "2025-01-31", "2025-02-28"))
AWKWARD = {"7*1", "a..b", "x\u200by"}


def rules_of(written: list[dict[str, str]]) -> list[Rule]:
    made = ({name: parse_pattern(text) for name, text in one.items() if text} for one in written)
    return [Rule(f"r{at}", patterns) for at, patterns in enumerate(made) if patterns]


def as_rules(found: list[Suggestion], name: str = "s") -> list[Rule]:
    """As they are read back from a table."""
    return [
        Rule(f"{name}{at}", {column: parse_pattern(pattern_text(pattern)) for column, pattern in one.patterns})
        for at, one in enumerate(found)
    ]


def winners(rules: list[Rule], codes: dict[str, str]) -> list[str]:
    return [rule.code for rule in Rules(rules).winners(codes)]


@settings(max_examples=600, deadline=None)
@given(st.lists(CODES, min_size=1, max_size=25), RULES, st.one_of(st.none(), st.lists(DAYS, min_size=25, max_size=25)))
def test_all_together_as_they_are(
    every: list[dict[str, str]], written: list[dict[str, str]], days: list[str] | None
) -> None:
    """Each open set of codes in exactly one rule, the one that says it takes it; the others as before, to the rule.

    Only codes that no table can name stay without. With days in the sets, two may differ in those alone.
    """
    if days:
        every = [{**codes, LAST: day} for codes, day in zip(every, days, strict=False)]
    sets = list({tuple(codes.values()): codes for codes in every}.values())
    existing = rules_of(written)
    seen = [CodesSeen(codes, bool(winners(existing, codes))) for codes in sets]
    left = [at for at, one in enumerate(seen) if not one.placed]
    found = suggested(seen, left)
    together = [*existing, *as_rules(found)]
    for at, one in enumerate(seen):
        mine = [f"s{number}" for number, rule in enumerate(found) if at in rule.takes]
        now = winners(together, dict(one.codes))
        assert now == (winners(existing, dict(one.codes)) if one.placed else mine)
        assert one.placed or len(mine) == 1 or AWKWARD & set(one.codes.values())
    short = shorter(found, seen)
    assert len(short) <= len(found)
    assert {at for rule in short for at in rule.takes} == {at for rule in found for at in rule.takes}
    for one in seen:
        now = winners([*existing, *as_rules(short)], dict(one.codes))
        assert now == winners(existing, dict(one.codes)) if one.placed else len(now) <= 1


def codes(**given_codes: str) -> dict[str, str]:
    return {**dict.fromkeys(COLUMNS, ""), "administration": "WD", "kind": "realised", "year": "2025", **given_codes}


def texts(found: list[Suggestion]) -> list[dict[str, str]]:
    return [{name: pattern_text(pattern) for name, pattern in one.patterns} for one in found]


def test_postings_without_a_cost_centre_beside_those_with_one() -> None:
    """7101 and no cost centre share account 43800: the rule for the latter says that there is none."""
    seen = [CodesSeen(codes(cost_centre=centre, ledger_account="43800"), False) for centre in ("7101", "", "7102")]
    assert texts(suggested(seen, [0, 1, 2])) == [
        {"cost_centre": "7101"},
        {"ledger_account": "43800", "cost_centre": ".."},
        {"cost_centre": "7102"},
    ]


def test_it_goes_by_what_stands_apart() -> None:
    """Category 3.8 of 7101 has a rule: the rest goes by category where that is enough, else by one code more."""
    placed = CodesSeen(codes(cost_centre="7101", category="3.8", ledger_account="1"), True)
    other = CodesSeen(codes(cost_centre="7101", category="1.1", ledger_account="1"), False)
    assert texts(suggested([placed, other], [1])) == [{"cost_centre": "7101", "category": "1.1"}]
    same = CodesSeen(codes(cost_centre="7101", category="3.8", ledger_account="2"), False)
    assert texts(suggested([placed, same], [1])) == [{"cost_centre": "7101", "ledger_account": "2"}]


def test_three_that_follow_are_a_range_and_with_a_mark_a_beginning() -> None:
    """7101, 7102 and 7104 stay apart; 7101 to 7103 are a range; N-1, N-2 and N-30 begin with N-."""

    def short(*centres: str, beside: tuple[str, ...] = ()) -> list[str]:
        seen = [CodesSeen(codes(cost_centre=centre), False) for centre in centres]
        seen += [CodesSeen(codes(cost_centre=centre), True) for centre in beside]
        rules = shorter(suggested(seen, range(len(centres))), seen)
        return [pattern_text(rule.patterns[0][1]) for rule in rules]

    assert short("7101", "7102", "7104") == ["7101", "7102", "7104"]
    assert short("7103", "7101", "7102", "7110") == ["7101..7103", "7110"]
    assert short("7101", "7102") == ["7101", "7102"]
    assert short("7109", "7110", "7111") == ["7109..7111"]
    assert short("998", "999", "1000") == ["998", "999", "1000"]
    assert short("N-1", "N-2", "N-30") == ["N-*"]
    assert short("N-1", "N-2", "N-30", beside=("N-4",)) == ["N-1", "N-2", "N-30"]


def test_no_code_is_a_pattern_of_its_own() -> None:
    """`..` takes postings without the code and no others; what is empty takes all. It is the narrower of the two."""
    assert parse_pattern("..") == NO_CODE
    assert NO_CODE.matches("")
    assert not NO_CODE.matches("1")
    assert NO_CODE.within(ANYTHING)
    assert not ANYTHING.within(NO_CODE)
    for other in map(parse_pattern, ("1", "1*", "1..2")):
        assert not NO_CODE.within(other)
        assert not other.within(NO_CODE)
    assert pattern_text(NO_CODE) == ".."
