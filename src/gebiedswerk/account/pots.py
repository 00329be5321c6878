"""Money that areas share: a term of lines in more areas runs on one line above them (`term_at = "parent"`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gebiedswerk.account.measures import value
from gebiedswerk.account.values import LineAccount, LineTerm, YearAccount
from gebiedswerk.core.hierarchy import above


@dataclass(frozen=True, slots=True)
class Pot:
    """The line on which the term runs, and those of its lines that some area has; others have the rest."""

    line: LineAccount
    term: LineTerm
    here: tuple[LineAccount, ...]


def bearer_of(account: YearAccount, code: str) -> str:
    """The line on which the term of a line runs: itself, or one above it."""
    lines = account.by_code
    return next((other for other in above(account.parents, code) if lines[other].term), code)


def borne_by(account: YearAccount, code: str) -> list[LineAccount]:
    """The lines whose term runs on a line, in the order of the account."""
    return [one for one in account.below(code) if bearer_of(account, one.code) == code]


def shared_pots(account: YearAccount, lines: Sequence[LineAccount]) -> list[Pot]:
    """The pots in which these lines share with others, in the order of the lines."""
    codes = {line.code for line in lines}
    shares: dict[str, list[LineAccount]] = {}
    for line in lines:
        shares.setdefault(bearer_of(account, line.code), []).append(line)
    found = []
    for bearer, here in shares.items():
        term = account.by_code[bearer].term
        if term and (bearer not in codes or any(one.code not in codes for one in _folded(account, bearer))):
            found.append(Pot(account.by_code[bearer], term, tuple(here)))
    return found


def spent_from_pots(account: YearAccount, lines: Sequence[LineAccount]) -> list[Pot]:
    """The pots from which these lines spent, and in which they share with others."""
    return [pot for pot in shared_pots(account, lines) if value(pot.here, "realised")]


def _folded(account: YearAccount, bearer: str) -> list[LineAccount]:
    """The lines whose term runs on a line: itself, and those below it without one of their own."""
    return [one for one in account.below(bearer) if one.code == bearer or one.term is None]


def result_beside_pots(account: YearAccount, lines: Sequence[LineAccount]) -> int:
    """The result of lines in cents, without what they spent beyond it from a shared pot that covers all spending."""
    result = value(lines, "result")
    for pot in shared_pots(account, lines):
        part = value(pot.here, "result")
        result -= part if part < 0 and not pot.term.shortfall else 0
    return result
