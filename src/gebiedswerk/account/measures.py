"""Every measure of a line, area or the whole: its value in cents, and how it follows from other measures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from gebiedswerk.account.values import RESERVE_AMOUNTS, LineAccount, LineTerm, YearAccount, tranche_sum
from gebiedswerk.core.spending_term import Tranche
from gebiedswerk.ledger import COMMITTED


@dataclass(frozen=True, slots=True)
class Measure:
    """How a measure comes about.

    Either a sum of postings: `kinds`, `flows`, `part` (of a decision's rows) and the `sign` in which it is shown;
    or a formula: `inputs` with their signs; or a step of the spending term (neither). `own`: its value for one line.
    """

    name: str
    own: Callable[[LineAccount], int]
    kinds: tuple[str, ...] = ()
    flows: tuple[str, ...] = ("costs", "income")
    part: str = ""
    sign: int = 1
    inputs: tuple[tuple[int, str], ...] = ()


def _of_term(of: Callable[[LineTerm], int]) -> Callable[[LineAccount], int]:
    return lambda line: of(line.term) if line.term else 0


def _outside(term: LineTerm) -> int:
    return sum(tranche.cents - tranche.in_budget_cents for tranche in term.opening)


def _after(balance: str, stage: str) -> tuple[tuple[int, str], ...]:
    """A balance after reserve movements: what is added makes it higher, what is withdrawn lower."""
    return (1, balance), (1, f"{stage}reserve_in"), (-1, f"{stage}reserve_out")


_IN, _OUT = ("reserve_in",), ("reserve_out",)
_DECIDED = ("adopted", "amendment")
_ALL: Sequence[Measure] = [
    Measure("adopted", lambda line: line.own.adopted, ("adopted",)),
    Measure("amended", lambda line: line.own.amended, ("amendment",)),
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
    Measure("result", lambda line: line.own.result, inputs=((1, "budget"), (-1, "realised"))),
    Measure("overspent", lambda line: -line.own.result, inputs=((1, "realised"), (-1, "budget"))),
    Measure("opening", _of_term(lambda term: tranche_sum(term.opening))),
    Measure("outside", _of_term(_outside), inputs=((1, "opening"), (-1, "brought_in"))),
    Measure("allocated", _of_term(lambda term: term.allocated)),
    Measure("spent", _of_term(lambda term: tranche_sum(term.spent))),
    Measure("released", _of_term(lambda term: tranche_sum(term.released))),
    Measure("shortfall", _of_term(lambda term: term.shortfall)),
    Measure("not_carried", _of_term(lambda term: term.not_carried)),
    Measure("general", _of_term(lambda term: term.general)),
    Measure("closing", _of_term(lambda term: tranche_sum(term.closing))),
    Measure("reserve_in", lambda line: line.own.reserve_in, ("realised",), _IN),
    Measure("reserve_out", lambda line: line.own.reserve_out, ("realised",), _OUT, sign=-1),
    Measure("adopted_reserve_in", lambda line: line.own.adopted_reserve_in, ("adopted",), _IN),
    Measure("adopted_reserve_out", lambda line: line.own.adopted_reserve_out, ("adopted",), _OUT, sign=-1),
    Measure("budget_reserve_in", lambda line: line.own.budget_reserve_in, _DECIDED, _IN),
    Measure("budget_reserve_out", lambda line: line.own.budget_reserve_out, _DECIDED, _OUT, sign=-1),
    Measure("adopted_after", lambda line: line.own.adopted_after, inputs=_after("adopted", "adopted_")),
    Measure("budget_after", lambda line: line.own.budget_after, inputs=_after("budget", "budget_")),
    Measure("realised_after", lambda line: line.own.realised_after, inputs=_after("realised", "")),
    Measure(
        "reserve_in_less",
        lambda line: line.own.budget_reserve_in - line.own.reserve_in,
        inputs=((1, "budget_reserve_in"), (-1, "reserve_in")),
    ),
    Measure(
        "reserve_out_more",
        lambda line: line.own.reserve_out - line.own.budget_reserve_out,
        inputs=((1, "reserve_out"), (-1, "budget_reserve_out")),
    ),
    Measure("result_after", lambda line: line.own.result_after, inputs=((1, "budget_after"), (-1, "realised_after"))),
]
MEASURES: Mapping[str, Measure] = {measure.name: measure for measure in _ALL}
RESERVES = (
    *RESERVE_AMOUNTS,
    "adopted_after",
    "budget_after",
    "realised_after",
    "reserve_in_less",
    "reserve_out_more",
    "result_after",
)
"""Measures of money into and out of reserves, and what follows from it; a line has them in a year with movements."""
TERM = ("opening", "outside", "allocated", "spent", "released", "shortfall", "not_carried", "general", "closing")
PER_ORIGIN: Mapping[str, Callable[[LineTerm], Iterable[Tranche]]] = {
    "opening": lambda term: term.opening,
    "spent": lambda term: term.spent,
    "released": lambda term: term.released,
    "closing": lambda term: term.closing,
}


def rests_on(name: str) -> frozenset[str]:
    """The kinds of rows without any of which in a year a measure is unknown."""
    measure = MEASURES[name]
    if name in TERM:
        return frozenset(STEPS.get(name, ()))
    below = (rests_on(part) for _, part in measure.inputs)
    return frozenset({NEEDED[kind] for kind in measure.kinds if kind in NEEDED}).union(*below)


NEEDED: Mapping[str, str] = {
    "adopted": "adopted",
    "amendment": "adopted",
    "realised": "realised",
    **dict.fromkeys(COMMITTED, "commitment"),
}
"""Kind of row → the kind without which sums of it say nothing: an amendment changes a budget that was adopted."""
STEPS: Mapping[str, tuple[str, ...]] = {
    "allocated": ("adopted",),
    "spent": ("realised",),
    "released": ("realised",),
    "general": ("realised",),
    "shortfall": ("adopted",),
}
"""The same for steps of the term. What is left (`closing`) is what has not been seen to be spent."""
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
