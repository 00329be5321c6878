"""Settle the years: budget, realised and spending term of every budget line, year after year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from gebiedswerk.account.identities import assert_identities
from gebiedswerk.account.measures import amounts_of
from gebiedswerk.account.opening import Carrying, opening, too_much
from gebiedswerk.account.values import Account, Amounts, LineAccount, LineTerm, State, YearAccount
from gebiedswerk.core.faults import Checked, Fault, fault
from gebiedswerk.core.hierarchy import in_tree_order, top_of
from gebiedswerk.core.spending_term import (
    Extension,
    Income,
    TermAt,
    TermRule,
    TermYear,
    Tranche,
    in_spending_order,
    last_year_of,
    rule_of,
    settle_term,
)
from gebiedswerk.dossier import Dossier
from gebiedswerk.ledger import Ledger, sums_per_line, with_part

Bucket = Mapping[str, Any]
COUNTED = ("costs", "income")
"""Reserve movements are neither: they stand apart, not in a budget and not in what was realised."""


@dataclass(slots=True)
class _Settling:
    """What one run needs at hand: the sums per line and year, and the faults met.

    `doubtful`: years in which decisions carry more than there is; `lost`: years of which money or a term is missing;
    `carried`: the carry-over rows into each year that was asked for.
    """

    dossier: Dossier
    ledger: Ledger
    rules: Sequence[TermRule]
    sums: dict[tuple[str, int], list[Bucket]]
    faults: list[Fault] = field(default_factory=list)
    doubtful: set[int] = field(default_factory=set)
    lost: set[int] = field(default_factory=set)
    carried: dict[int, list[Bucket]] = field(default_factory=dict)


def settle(
    ledger: Ledger, dossier: Dossier, adopted: Mapping[int, YearAccount] | None = None, label: str = "newest"
) -> Checked[Account | None]:
    """Settle every year in which budget lines stand, in order.

    Takes the ledger on its basis and the accounts that the council adopted by then: the year after an adopted one
    opens with its closing. `label` names the basis. Source: decision 57.
    """
    adopted = adopted or {}
    run = _Settling(dossier, ledger, dossier.settings.term, _sums(ledger))
    run.faults += _strangers(run)
    run.lost |= {row.origin for row in dossier.extensions if row.last_year <= last_year_of(run.rules, row.origin)}
    years: dict[int, YearAccount] = {}
    for year in dossier.budget_years():
        before = adopted.get(year - 1) or years.get(year - 1)
        state = _state(run, year, adopted)
        years[year] = _settle_year(run, year, state, before, label)
    doubtful = frozenset(run.doubtful | run.lost)
    return Checked(Account(label, years, dict(adopted), doubtful), tuple(run.faults))


def _sums(ledger: Ledger) -> dict[tuple[str, int], list[Bucket]]:
    """(line, year) → its sums; of carry-overs every row: what comes in does not undo what moves out."""
    sums: dict[tuple[str, int], list[Bucket]] = defaultdict(list)
    summed = sums_per_line(ledger.sums.lazy().filter(pl.col("kind") != "carry_over")).collect()
    for rows in (summed, ledger.decided.filter(kind="carry_over").sort("row")):
        for bucket in with_part(rows.lazy()).collect().iter_rows(named=True):
            sums[bucket["line"], bucket["year"]].append(bucket)
    return sums


def _strangers(run: _Settling) -> list[Fault]:
    """Money on a line that does not stand in that year (M207), once per line and year."""
    stands = {(line.line, line.year) for line in run.dossier.budget_line_years}
    faults = []
    for line, year in sorted(run.sums.keys() - stands):
        found = run.ledger.sums.filter(
            (pl.col("scope") == "line") & (pl.col("line") == line) & (pl.col("year") == year)
        )
        hit = found.sort("delivery", "row").row(0, named=True)
        files = {delivery.id: delivery.file for delivery in run.dossier.deliveries}
        place = (files.get(hit["delivery"], hit["delivery"]), hit["row"], None, line)
        cents = sum(bucket["cents"] for bucket in run.sums[line, year])
        faults.append(fault("M207", *place, year=year, cents=cents, rule=hit["rule"]))
        run.lost.add(year)
    return faults


def _state(run: _Settling, year: int, adopted: Mapping[int, YearAccount]) -> State:
    """Adopted, closed by the day in `years.csv`, or open; an open year without adopted budget is unbudgeted."""
    if year in adopted:
        return State.ADOPTED
    closed = next((y.closed_on for y in run.dossier.years if y.year == year), None)
    if closed is not None and run.ledger.basis.knows(closed):
        return State.CLOSED
    kinds = {bucket["kind"] for (_, y), found in run.sums.items() if y == year for bucket in found}
    return State.OPEN if "adopted" in kinds else State.UNBUDGETED


def _settle_year(run: _Settling, year: int, state: State, before: YearAccount | None, label: str) -> YearAccount:
    parents = run.dossier.parents_in(year)
    lines, areas = run.dossier.lines_in(year), run.dossier.areas_of_lines(year)
    folded = rule_of(run.rules, year).term_at is TermAt.PARENT
    members: dict[str, list[str]] = defaultdict(list)
    for code in parents:
        members[top_of(parents, code) if folded else code].append(code)
    settled = []
    for code in in_tree_order(parents):
        own = amounts_of(run.sums.get((code, year), ()))
        term = _term(run, year, state, before, code, members[code]) if code in members else None
        settled.append(LineAccount(code, lines[code].name, areas[code], parents[code], own, term))
    run.faults += _left_behind(run, year, before, set(parents))
    account = YearAccount(year, state, label, tuple(settled))
    if state is State.CLOSED and year not in run.ledger.doubtful | run.doubtful | run.lost:
        terms = [(line.code, line.term) for line in settled if line.term]
        run.faults += [found for code, term in terms for found in _eaten(account, code, term, members[code])]
    assert_identities(account, faulty=year in run.doubtful)
    return account


def _left_behind(run: _Settling, year: int, before: YearAccount | None, standing_now: set[str]) -> list[Fault]:
    """Money of a line that no longer stands: handed on by rows that name it as source, no more than there was (M205).

    What nobody takes over is said (M211).
    """
    faults: list[Fault] = []
    for line in before.lines if before else ():
        usable = [tranche for tranche in line.term.closing if tranche.last_year >= year] if line.term else []
        if line.code in standing_now:
            continue
        handed = [row for row in _carry_rows(run, year) if row["source"] == line.code]
        found = too_much(usable, handed)
        left = sum(tranche.cents for tranche in usable) - sum(int(row["cents"]) for row in handed)
        faults += found
        if left > 0:
            faults.append(fault("M211", "budget_line_years.csv", None, "line", line.code, year=year, cents=left))
        run.doubtful |= {year} if found else set()
    return faults


def _eaten(account: YearAccount, bearer: str, term: LineTerm, members: Sequence[str]) -> Iterator[Fault]:
    """What lines of a pot spent beyond their own budget at the cost of what others of it saved (M214).

    What was left of earlier years, and the budget of the pot itself, are there for all of them: these pay first.
    """
    results = {code: account.by_code[code].own.result for code in members}
    over = {code: -result for code, result in results.items() if result < 0}
    saved = {code: result for code, result in results.items() if result > 0 and code != bearer}
    earlier = sum(tranche.cents for tranche in term.spent if tranche.origin < account.year)
    eaten = min(sum(over.values()) - max(results[bearer], 0) - earlier, sum(saved.values()))
    if eaten > 0:
        facts = {"over": ", ".join(over), "saved": ", ".join(saved), "year": account.year, "cents": eaten}
        yield fault("M214", "budget_line_years.csv", None, "parent", bearer, **facts)


def _term(
    run: _Settling, year: int, state: State, before: YearAccount | None, code: str, members: Sequence[str]
) -> LineTerm:
    """Open, settle and close the term of one line (with the lines folded into it)."""
    general = rule_of(run.rules, year).income is Income.GENERAL
    sums = [bucket for member in members for bucket in run.sums.get((member, year), ())]
    buckets = [bucket for bucket in sums if bucket["flow"] in COUNTED]
    amounts = amounts_of(buckets)
    start = opening(_carrying(run, year, before, members, buckets), run.rules)
    moved = _moved_out(buckets)
    unmet = _unmet_moves(run, year, members, moved, start.tranches, amounts)
    # what was left of a year whose money is not complete is not known
    known = not any(doubt < year for doubt in run.ledger.doubtful | run.lost)
    run.faults += [found for found in (*start.faults, *unmet) if known or found.code == "M206"]
    run.doubtful |= {year} if unmet or start.faults else set()
    costs = [bucket for bucket in buckets if bucket["flow"] == "costs"] if general else buckets
    allocated = sum(bucket["cents"] for bucket in costs if bucket["kind"] in ("adopted", "amendment"))
    realised = amounts.costs if general else amounts.realised
    closed = state in (State.CLOSED, State.ADOPTED)
    term = settle_term(
        TermYear(
            year, start.tranches, allocated, realised, closed, amounts.committed, moved, _extensions(run, members)
        ),
        run.rules,
    )
    if term.withdrawn_beyond_cents and realised >= 0 and known:
        run.faults.append(
            fault("M204", *_last_amendment(run, year, members), code, year=year, cents=term.withdrawn_beyond_cents)
        )
    return LineTerm(
        opening_status=start.status,
        opening=start.tranches,
        allocated=allocated,
        moved_out=amounts.moved_out,
        realised=realised,
        spent=term.spent,
        released=term.released,
        shortfall=term.shortfall_cents,
        not_carried=start.not_carried,
        closing=term.closing,
        general=amounts.adopted + amounts.amended - allocated + realised - amounts.realised,
        withdrawn_beyond=term.withdrawn_beyond_cents,
    )


def _carrying(
    run: _Settling,
    year: int,
    before: YearAccount | None,
    members: Sequence[str],
    buckets: Sequence[Bucket],
) -> Carrying:
    """Gather last year's closing of these lines, and every row that carries it, hands it on or adds to it."""
    closings = before.closings if before else {}
    rows = _carry_rows(run, year)
    mine = [row for row in rows if row["line"] in members]
    closing = in_spending_order([tranche for member in members for tranche in closings.get(member, ())])
    return Carrying(
        year=year,
        closing=closing,
        own=[row for row in mine if not row["source"] or row["source"] in members],
        handed=[row for row in rows if row["source"] in members and row["line"] not in members],
        received=[row for row in mine if row["source"] and row["source"] not in members],
        theirs=closings,
        openings=[bucket for bucket in buckets if bucket["kind"] == "opening"],
        decided=run.dossier.carry_over_decided(year - 1, run.ledger.basis),
    )


def _carry_rows(run: _Settling, year: int) -> list[Bucket]:
    """The carry-over rows into a year, as they stand in the file; looked up once."""
    if year not in run.carried:
        rows = run.ledger.decided.filter(kind="carry_over", year=year).sort("row").iter_rows(named=True)
        run.carried[year] = [row for row in rows if row["cents"] > 0]
    return run.carried[year]


def _moved_out(buckets: Sequence[Bucket]) -> dict[int, int]:
    moved: dict[int, int] = defaultdict(int)
    for bucket in buckets:
        if bucket["part"] == "moved_out":
            moved[bucket["origin"]] -= bucket["cents"]
    return dict(moved)


def _unmet_moves(
    run: _Settling,
    year: int,
    members: Sequence[str],
    moved: Mapping[int, int],
    opened: Sequence[Tranche],
    amounts: Amounts,
) -> list[Fault]:
    """What moves out was there (M205) and comes in next year, into the budget, for the same origin (M206)."""
    faults = []
    arrived = [row for row in _carry_rows(run, year + 1) if (row["source"] or row["line"]) in members]
    for origin, cents in moved.items():
        there = sum(t.cents for t in opened if t.origin == origin)
        there += amounts.adopted + amounts.amended if origin == year else 0
        met = sum(row["cents"] for row in arrived if row["origin"] == origin and row["in_budget"])
        row = _move_row(run, year, members, origin)
        place = ("budgets.csv", row["row"], "amount", row["decision"])
        if cents > there:
            faults.append(fault("M205", *place, cents=cents, left_cents=there, origin=origin))
        if cents > met:
            faults.append(fault("M206", *place, cents=cents, met_cents=met, year=year + 1))
    return faults


def _move_row(run: _Settling, year: int, members: Sequence[str], origin: int) -> Bucket:
    """The first row of `budgets.csv` that moves money of this origin out of the year."""
    rows = run.ledger.decided.filter(kind="carry_over", year=year, origin=origin).iter_rows(named=True)
    return min((r for r in rows if r["line"] in members and r["cents"] < 0), key=lambda r: int(r["row"]))


def _last_amendment(run: _Settling, year: int, members: Sequence[str]) -> tuple[str, int | None, str | None]:
    """The last row that takes money from these lines in the year, as a place for a fault: delivered, else by hand."""
    rows = run.ledger.decided.filter(kind="amendment", year=year).iter_rows(named=True)
    taken = [row for row in rows if row["line"] in members and row["cents"] < 0 and row["flow"] in COUNTED]
    files = {delivery.id: delivery.file for delivery in run.dossier.deliveries}
    last = max(taken, key=lambda row: (row["delivery"] in files, row["row"]), default=None)
    if last is None or last["delivery"] not in files:
        return "budgets.csv", last["row"] if last else None, "line"
    return files[last["delivery"]], last["row"], None


def _extensions(run: _Settling, members: Sequence[str]) -> tuple[Extension, ...]:
    rows = [row for row in run.dossier.extensions_on(run.ledger.basis) if row.line in members]
    return tuple(Extension(row.origin, row.amount, row.last_year) for row in rows)
