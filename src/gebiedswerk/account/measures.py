"""Every measure of a line, area or the whole: one entry says all that the program asks of it.

From here follow: the amounts of a line (`settle.py`), rounding (`rounded_account.py`), `account --json`, the postings
and their factors in a trace, the recipe on a source page, `verify.sql`, and what is known of a year. What a measure is
called stands in the catalogue (`measure.<name>`, `formula.<name>`); of which tables it is a column, in
`blocks/year_tables.py`.
`tests/account/test_measure_registry.py` holds that nothing is missing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gebiedswerk.account.values import Amounts, LineAccount, LineTerm, YearAccount, tranche_sum
from gebiedswerk.core.spending_term import Tranche
from gebiedswerk.ledger import COMMITTED

Signed = tuple[tuple[int, str], ...]
"""Names of measures, each with the sign with which it counts."""


@dataclass(frozen=True, slots=True)
class Measure:
    """How a measure comes about, and what it is to the rest of the program.

    Either a sum of postings: `kinds`, `flows`, `part` (of a decision's rows) and the `sign` in which it is shown;
    or a formula: `inputs` with their signs; or a step of the spending `term`. `own`: its value for one line.

    `meets`: of a step, the figures that meet in it, as its source page shows them; they need not add up where a line
    shares a pot. `follows`: the measure of the year before that meets in it too. `balance`: its equation in the order
    in which columns are rounded, where that is not its formula. `per_origin`: its tranches. `needs`: of a step, the
    kinds of rows without which it says nothing. `reserves`: whether it is about reserve movements, which a line has in
    a year with any; `without`: what is printed for it in another year. `printed_as`: always printed as this measure,
    with this sign. `above_zero`: what an amount above zero says, 1 for more (spent, or given) and -1 for less.
    """

    name: str
    own: Callable[[LineAccount], int]
    kinds: tuple[str, ...] = ()
    flows: tuple[str, ...] = ("costs", "income")
    part: str = ""
    sign: int = 1
    inputs: Signed = ()
    term: bool = False
    meets: Signed = ()
    follows: str = ""
    balance: Signed = ()
    per_origin: Callable[[LineTerm], Sequence[Tranche]] | None = None
    needs: tuple[str, ...] = ()
    reserves: bool = False
    without: str = ""
    printed_as: tuple[str, int] | None = None
    above_zero: int = 0


def _step(
    name: str, of: Callable[[LineTerm], int], meets: Signed = (), needs: tuple[str, ...] = (), **more: Any
) -> Measure:
    """A step of the spending term; nil for a line whose term runs elsewhere."""
    return Measure(name, lambda line: of(line.term) if line.term else 0, term=True, meets=meets, needs=needs, **more)


def _tranches(
    name: str,
    of: Callable[[LineTerm], Sequence[Tranche]],
    meets: Signed = (),
    needs: tuple[str, ...] = (),
    **more: Any,
) -> Measure:
    """A step that is made of tranches."""
    return _step(name, lambda term: tranche_sum(of(term)), meets, needs, per_origin=of, **more)


def _moved(name: str, own: Callable[[LineAccount], int], kinds: tuple[str, ...], flow: str) -> Measure:
    """A sum of money into a reserve, or out of it."""
    return Measure(name, own, kinds, (flow,), sign=-1 if flow == "reserve_out" else 1, reserves=True)


def _after(name: str, own: Callable[[LineAccount], int], balance: str, stage: str) -> Measure:
    """A balance after reserve movements: what is added makes it higher, what is withdrawn lower."""
    inputs = (1, balance), (1, f"{stage}reserve_in"), (-1, f"{stage}reserve_out")
    return Measure(name, own, inputs=inputs, reserves=True, without=balance)


def _outside(term: LineTerm) -> int:
    return sum(tranche.cents - tranche.in_budget_cents for tranche in term.opening)


BEYOND = "beyond"
"""A column that is no measure: what was realised and is neither spent of a tranche nor a shortfall (a net refund, or a
term that runs elsewhere).
"""
_HAD: Signed = ((1, "opening"), (1, "allocated"), (-1, "spent"))
_DECIDED = ("adopted", "amendment")
_ALL: Sequence[Measure] = [
    Measure("adopted", lambda line: line.own.adopted, ("adopted",)),
    Measure("amended", lambda line: line.own.amended, ("amendment",), above_zero=1),
    Measure("brought_in", lambda line: line.own.brought_in, ("carry_over", "opening"), part="brought_in"),
    Measure("moved_out", lambda line: line.own.moved_out, ("carry_over",), part="moved_out", sign=-1),
    Measure(
        "budget",
        lambda line: line.own.budget,
        inputs=((1, "adopted"), (1, "amended"), (1, "brought_in"), (-1, "moved_out")),
    ),
    Measure("costs", lambda line: line.own.costs, ("realised",), ("costs",)),
    Measure("income", lambda line: line.own.income, ("realised",), ("income",), sign=-1),
    Measure("realised", lambda line: line.own.realised, inputs=((1, "costs"), (-1, "income"))),
    Measure("committed", lambda line: line.own.committed, COMMITTED),
    Measure("result", lambda line: line.own.result, inputs=((1, "budget"), (-1, "realised")), above_zero=-1),
    Measure(
        "overspent",
        lambda line: -line.own.result,
        inputs=((1, "realised"), (-1, "budget")),
        printed_as=("result", -1),
        above_zero=1,
    ),
    _tranches("opening", lambda term: term.opening, ((-1, "not_carried"),), follows="closing"),
    _step("outside", _outside, inputs=((1, "opening"), (-1, "brought_in"))),
    _step("allocated", lambda term: term.allocated, ((1, "adopted"), (1, "amended")), ("adopted",)),
    _tranches(
        "spent",
        lambda term: term.spent,
        ((1, "realised"), (-1, "shortfall")),
        ("realised",),
        balance=((1, "spent"), (1, "shortfall"), (1, BEYOND), (-1, "realised")),
    ),
    _tranches("released", lambda term: term.released, (*_HAD, (-1, "closing")), ("realised",)),
    _step("shortfall", lambda term: term.shortfall, ((1, "realised"), (-1, "spent")), ("adopted",)),
    _step("not_carried", lambda term: term.not_carried),
    _step(
        "general",
        lambda term: term.general,
        ((1, "result"), (1, "outside"), (1, "moved_out"), (1, "shortfall"), (-1, "released"), (-1, "closing")),
        ("realised",),
        balance=(
            *((1, "outside"), (1, "result"), (-1, "released"), (1, "shortfall")),
            *((-1, "closing"), (1, "moved_out"), (-1, "general")),
        ),
    ),
    _tranches("closing", lambda term: term.closing, _HAD),
    _moved("reserve_in", lambda line: line.own.reserve_in, ("realised",), "reserve_in"),
    _moved("reserve_out", lambda line: line.own.reserve_out, ("realised",), "reserve_out"),
    _moved("adopted_reserve_in", lambda line: line.own.adopted_reserve_in, ("adopted",), "reserve_in"),
    _moved("adopted_reserve_out", lambda line: line.own.adopted_reserve_out, ("adopted",), "reserve_out"),
    _moved("budget_reserve_in", lambda line: line.own.budget_reserve_in, _DECIDED, "reserve_in"),
    _moved("budget_reserve_out", lambda line: line.own.budget_reserve_out, _DECIDED, "reserve_out"),
    _after("adopted_after", lambda line: line.own.adopted_after, "adopted", "adopted_"),
    _after("budget_after", lambda line: line.own.budget_after, "budget", "budget_"),
    _after("realised_after", lambda line: line.own.realised_after, "realised", ""),
    Measure(
        "reserve_in_less",
        lambda line: line.own.budget_reserve_in - line.own.reserve_in,
        inputs=((1, "budget_reserve_in"), (-1, "reserve_in")),
        reserves=True,
    ),
    Measure(
        "reserve_out_more",
        lambda line: line.own.reserve_out - line.own.budget_reserve_out,
        inputs=((1, "reserve_out"), (-1, "budget_reserve_out")),
        reserves=True,
    ),
    Measure(
        "result_after",
        lambda line: line.own.result_after,
        inputs=((1, "budget_after"), (-1, "realised_after")),
        reserves=True,
        without="result",
        above_zero=-1,
    ),
]
MEASURES: Mapping[str, Measure] = {measure.name: measure for measure in _ALL}
ROUNDED = (
    *("result", "budget", "realised", "general", "spent"),
    *("realised_after", "budget_after", "adopted_after", "result_after", "reserve_in_less", "reserve_out_more"),
)
"""The measures whose equations are rounded, one after the other: each keeps what those before it made."""
SUMS: Mapping[str, Measure] = {name: measure for name, measure in MEASURES.items() if measure.kinds}
"""The measures that are sums of postings; each is an amount of a line."""
AMOUNTS: tuple[str, ...] = tuple(name for name in MEASURES if hasattr(Amounts, name))
"""The measures that a line has itself, without its term, as `account --json` writes them."""
RESERVES = frozenset(name for name, measure in MEASURES.items() if measure.reserves)
TERM = tuple(name for name, measure in MEASURES.items() if measure.term)
PER_ORIGIN: Mapping[str, Callable[[LineTerm], Sequence[Tranche]]] = {
    name: measure.per_origin for name, measure in MEASURES.items() if measure.per_origin is not None
}


def sums_in(name: str, sign: int = 1) -> Iterator[tuple[Measure, int]]:
    """The sums of postings from which a measure follows through its formulas, each with the factor of its postings."""
    measure = MEASURES[name]
    if measure.kinds:
        yield measure, sign * measure.sign
    for input_sign, part in measure.inputs:
        yield from sums_in(part, sign * input_sign)


def amounts_of(postings: Iterable[Mapping[str, Any]]) -> Amounts:
    """The amounts of a line: what each posting, or sum of them, counts towards.

    Takes rows with kind, flow, cents and `part` (`with_part`).
    """
    cents: Counter[str] = Counter()
    for row in postings:
        for name in COUNTED_IN.get((row["kind"], row["flow"], row["part"]), ()):
            cents[name] += SUMS[name].sign * row["cents"]
    return Amounts(**cents)


def _counted_in() -> Mapping[tuple[str, str, str], tuple[str, ...]]:
    found: dict[tuple[str, str, str], tuple[str, ...]] = {}
    for name, measure in SUMS.items():
        for key in ((kind, flow, measure.part) for kind in measure.kinds for flow in measure.flows):
            found[key] = (*found.get(key, ()), name)
    return found


COUNTED_IN: Mapping[tuple[str, str, str], tuple[str, ...]] = _counted_in()
"""Kind, flow and part of a posting → the sums in which it counts."""


def rests_on(name: str) -> frozenset[str]:
    """The kinds of rows without any of which in a year a measure is unknown."""
    measure = MEASURES[name]
    if measure.term:
        return frozenset(measure.needs)
    below = (rests_on(part) for _, part in measure.inputs)
    return frozenset({NEEDED[kind] for kind in measure.kinds if kind in NEEDED}).union(*below)


NEEDED: Mapping[str, str] = {
    "adopted": "adopted",
    "amendment": "adopted",
    "realised": "realised",
    **dict.fromkeys(COMMITTED, "commitment"),
}
"""Kind of row → the kind without which sums of it say nothing: an amendment changes a budget that was adopted."""
RESTS_ON: Mapping[str, frozenset[str]] = {name: rests_on(name) for name in MEASURES}


def value(lines: Iterable[LineAccount], measure: str, origin: int | None = None) -> int:
    """The value of a measure over some lines, in cents; for a tranche measure also of one origin alone."""
    if origin is None:
        return sum(MEASURES[measure].own(line) for line in lines)
    of = PER_ORIGIN[measure]
    return sum(t.cents for line in lines if line.term for t in of(line.term) if t.origin == origin)


def lapsing(account: YearAccount, line: LineAccount) -> list[Tranche]:
    """What of a line's closing may not be spent after this year: in an open year it lapses on 31 December."""
    return [t for t in line.term.closing if t.last_year <= account.year] if line.term else []


def restated(adopted: YearAccount, newest: YearAccount) -> list[tuple[str, str, int, int]]:
    """Where the newest account differs from the adopted one: line code, measure, adopted and newest cents.

    Of reserve movements nothing is said where the adopted account does not know them.
    """
    empty = {line.code: line for line in newest.lines} | {line.code: line for line in adopted.lines}
    found = []
    for code in empty:
        for measure in MEASURES:
            if measure in RESERVES and not adopted.knows_reserves:
                continue
            then = value([adopted.by_code[code]], measure) if code in adopted.by_code else 0
            now = value([newest.by_code[code]], measure) if code in newest.by_code else 0
            if then != now:
                found.append((code, measure, then, now))
    return found
