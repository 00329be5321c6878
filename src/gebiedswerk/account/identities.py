"""What must hold for every line and year, checked on every build: a broken identity is our mistake, not the data's."""

from __future__ import annotations

from gebiedswerk.account.values import LineAccount, YearAccount, sum_of, tranche_sum
from gebiedswerk.core.faults import GebiedswerkError


class BrokenIdentity(GebiedswerkError):
    """An amount of an account that does not follow from the others."""

    def __init__(self, identity: str, line: str, year: int) -> None:
        super().__init__(f"{identity} does not hold for line {line} in {year}: please report this with the dossier.")


IDENTITIES = ("term", "spending", "budget", "result")


def assert_identities(account: YearAccount, faulty: bool = False) -> None:
    """Check the identities of decision 57 for each line. Raises BrokenIdentity.

    `faulty`: decisions carry more than there is, so budget and term cannot meet; only the term is checked then.
    """
    for line in account.lines:
        for identity in broken(account, line):
            if not (faulty and identity in ("budget", "result")):
                raise BrokenIdentity(identity, line.code, account.year)


def broken(account: YearAccount, line: LineAccount) -> list[str]:
    """The identities that do not hold for a line at which the term runs."""
    term = line.term
    if term is None:
        return []
    folded = [other for other in account.below(line.code) if other.code == line.code or other.term is None]
    amounts = sum_of(folded)
    opening, closing = tranche_sum(term.opening), tranche_sum(term.closing)
    spent, released = tranche_sum(term.spent), tranche_sum(term.released)
    brought_in = sum(tranche.in_budget_cents for tranche in term.opening)
    given = term.allocated + brought_in - term.moved_out
    left = closing + released - term.shortfall - (opening - brought_in) - term.moved_out
    holds = {
        "term": opening + term.allocated - term.realised == closing + released - term.shortfall,
        "spending": spent + term.shortfall == max(term.realised, 0) + term.withdrawn_beyond,
        "budget": amounts.budget == given + (amounts.adopted + amounts.amended - term.allocated),
        "result": amounts.result == left + term.general,
    }
    return [name for name in IDENTITIES if not holds[name]]
