"""What would move: the figures, tranches, claims and pages of a dossier as it is, and as it would be."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from gebiedswerk.account import restated
from gebiedswerk.assembly.sight import Sight
from gebiedswerk.core.spending_term import TermRule
from gebiedswerk.core.subject import Subject
from gebiedswerk.figures import Address
from gebiedswerk.pages import Claim

K = TypeVar("K", bound=Hashable)
TOLD = ("realised", "committed", "budget", "result", "released", "shortfall", "not_carried", "opening")
"""The measures that are told apart: the others follow from them, or are told as tranches."""


@dataclass(frozen=True, slots=True)
class Moved(Generic[K]):
    """Something that has another value, in cents; None where it is unknown or not there."""

    what: K
    before: int | None
    after: int | None

    @property
    def by(self) -> int:
        """How much it moves."""
        return (self.after or 0) - (self.before or 0)


@dataclass(frozen=True, slots=True)
class TrancheOf:
    """What is left at the end of `year` of the money that `line` got in `origin`."""

    line: str
    year: int
    origin: int


@dataclass(frozen=True, slots=True)
class Restated:
    """A measure of a line in an adopted year: the adopted value stands, the newest is another."""

    line: str
    year: int
    measure: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What moves, largest first. `names`: those of lines.

    `figures` counts every figure that moves; `told` are the ones to name: those of areas follow from their lines.
    `claims`: those that were true and would be false; `still_false` counts those that are false already. `pages` show
    something else, `sources` of those that lead to postings do, and `stamped` only say that there is a newer export.
    `rules`: those of the spending term, which say what a shortfall is called.
    """

    figures: int
    told: tuple[Moved[Address], ...]
    tranches: tuple[Moved[TrancheOf], ...]
    restated: tuple[Moved[Restated], ...]
    claims: tuple[Claim, ...]
    still_false: int
    pages: tuple[str, ...]
    sources: int
    stamped: int
    names: Mapping[str, str]
    rules: Sequence[TermRule] = ()


def difference(before: Sight, after: Sight) -> Difference:
    """Compare two sights of one dossier."""
    moved = _moved(*_figures(before, after))
    true = {_place(claim) for claim in _claims(before) if claim.verdict.holds}
    false = [claim for claim in _claims(after) if not claim.verdict.holds]
    other, stamped = _pages(before, after)
    sources = {path for sight in (before, after) for path, page in sight.pages.items() if page.leads}
    return Difference(
        figures=len(moved),
        told=tuple(one for one in moved if one.what.measure in TOLD and one.what.area is None),
        tranches=tuple(_moved(_tranches(before), _tranches(after))),
        restated=tuple(_restated(before, after)),
        claims=tuple(claim for claim in false if _place(claim) in true),
        still_false=sum(_place(claim) not in true for claim in false),
        pages=tuple(path for path in other if path not in sources),
        sources=sum(path in sources for path in other),
        stamped=stamped,
        names=_names(after),
        rules=after.figures.dossier.settings.term if after.figures else (),
    )


def _moved(before: Mapping[K, int], after: Mapping[K, int]) -> list[Moved[K]]:
    """What has another value, largest first; equal ones in the order of the figures."""
    both = dict.fromkeys([*after, *before])
    found = [Moved(what, before.get(what), after.get(what)) for what in both]
    return sorted((one for one in found if one.by), key=lambda one: -abs(one.by))


def _figures(before: Sight, after: Sight) -> tuple[dict[Address, int], dict[Address, int]]:
    """The figures of both, of subjects of which any may have moved."""
    then, now = ({} if one.figures is None else one.figures.values for one in (before, after))
    moved = {at for at in then.keys() | now.keys() if then.get(at) is not now.get(at)}
    return _addressed(then, moved), _addressed(now, moved)


def _addressed(
    values: Mapping[tuple[Subject, int], Mapping[str, int]], moved: Collection[tuple[Subject, int]]
) -> dict[Address, int]:
    return {
        Address(measure, *at): cents for at, found in values.items() if at in moved for measure, cents in found.items()
    }


def _tranches(sight: Sight) -> dict[TrancheOf, int]:
    if sight.figures is None:
        return {}
    return {
        TrancheOf(line.code, year, tranche.origin): tranche.cents
        for year in sight.figures.years()
        for line in sight.figures.account.standing(year).lines
        if line.term
        for tranche in line.term.closing
    }


def _restated(before: Sight, after: Sight) -> list[Moved[Restated]]:
    """Where the newest account of an adopted year differs from the adopted one, and did not do so before."""
    if after.figures is None:
        return []
    account = after.figures.account
    found = {
        Restated(line, year, measure): (then, now)
        for year, adopted in account.adopted.items()
        if year in account.years
        for line, measure, then, now in restated(adopted, account.years[year])
        if measure in TOLD
    }
    then = {at: values[0] for at, values in found.items()}
    now = {at: values[1] for at, values in found.items()}
    known = _newest(before)
    return [one for one in _moved(then, now) if known.get(one.what) != one.after]


def _newest(sight: Sight) -> dict[Restated, int]:
    """The newest values of adopted years."""
    if sight.figures is None:
        return {}
    account = sight.figures.account
    return {
        Restated(line, year, measure): now
        for year, adopted in account.adopted.items()
        if year in account.years
        for line, measure, _, now in restated(adopted, account.years[year])
    }


def _claims(sight: Sight) -> Iterable[Claim]:
    return (claim for text in sight.texts for claim in text.claims)


def _place(claim: Claim) -> tuple[str, int, str, str]:
    return claim.file, claim.written.line, claim.written.href, claim.written.text


def _pages(before: Sight, after: Sight) -> tuple[list[str], int]:
    """The pages that show something else, in the order of the site, and how many have a newer stamp alone."""
    then, now = before.pages, after.pages
    moved = [path for path in dict.fromkeys([*now, *then]) if then.get(path) != now.get(path)]
    other = [path for path in moved if path not in then or path not in now or then[path].bare != now[path].bare]
    return other, len(moved) - len(other)


def _names(sight: Sight) -> dict[str, str]:
    """Code of a line → its name in its newest year."""
    if sight.figures is None:
        return {}
    years = sight.figures.years()
    return {line.code: line.name for year in years for line in sight.figures.account.standing(year).lines}
