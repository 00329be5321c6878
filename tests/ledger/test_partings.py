"""Pieces against someone who solves every equation: what no piece warns of cannot be had."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gebiedswerk.dossier import Dossier
from gebiedswerk.ledger import partings as module
from gebiedswerk.ledger.gate import gated
from gebiedswerk.ledger.partings import PARTING, files_of, lost, partings, pieces
from tests.attacker import derived
from tests.ledger.test_gate import KEYS, SMALLEST, delivery, ledger, one, town

DAYS = ("2020-01-01", "2020-06-01", "2020-09-01")
FILES = tuple(replace(delivery(f"d{at}", "R1", "T", day), sha256=f"{at}" * 64) for at, day in enumerate(DAYS))


@dataclass(frozen=True)
class Read:
    """What a file holds."""

    postings: pl.LazyFrame


def dossier_of(*there: int) -> Dossier:
    """The town with some of the files; where the first is not there, the gate knows nothing of it."""
    return replace(town(), deliveries=tuple(FILES[at] for at in there))


class Moments:
    """A file per moment, with the places of its postings among all; and what was published of it."""

    def __init__(self, files: list[list[tuple[int, dict[str, Any]]]]) -> None:
        self.files = files
        self.ledgers = [
            replace(ledger([{**posting, "delivery": f"d{at}"} for _, posting in found]), used=(f"d{at}",))
            for at, found in enumerate(files)
        ]

    def read(self, _: Dossier, one_file: Any) -> tuple[Read, tuple[()]]:
        """The rows as they were delivered: each once, not by share."""
        at = int(one_file.id[1:])
        rows = [{**posting, "delivery": f"d{at}", "own": True} for _, posting in self.files[at]]
        return Read(ledger(rows).postings), ()

    def parted(self, at: int, dossier: Dossier) -> pl.DataFrame:
        """How the files are parted, of one administration."""
        return partings([self.ledgers[at]], dossier).with_columns(administration=pl.lit("T"))

    def sums(self, at: int, dossier: Dossier) -> tuple[list[dict[str, Fraction]], dict[str, str], set[str]]:
        """All that is public of a moment, over postings by their place among all."""
        sums: dict[tuple[str, ...], dict[str, Fraction]] = {}
        who, secret = {}, set()
        for n, row in enumerate(gated(self.ledgers[at].postings, dossier).postings.collect().iter_rows(named=True)):
            name = str(self.files[at][row["row"] - 2][0])
            who[name] = row["creditor"] or name
            secret |= {name} if row["ground"] in ("pay", "aid") else set()
            key = KEYS.get(row["rule"].removeprefix("r"), {row["line"]: 1})
            for total in ((row["group"] or f"seen {n}", row["line"]), ("line", row["line"], row["flow"])):
                at_total = sums.setdefault(total, {})
                at_total[name] = at_total.get(name, Fraction(0)) + Fraction(key[row["line"]], sum(key.values()))
        return list(sums.values()), who, secret


def told(moments: Moments, dossiers: list[Dossier]) -> set[frozenset[str]]:
    """Who can be told from all moments together and from no moment alone: that is the gate's."""
    found = [moments.sums(at, dossier) for at, dossier in enumerate(dossiers)]
    who = {name: person for _, persons, _ in found for name, person in persons.items()}
    secret = {name for _, _, names in found for name in names}
    return derived([one_sum for sums, _, _ in found for one_sum in sums], who, SMALLEST, secret)


FEW = st.fixed_dictionaries(
    {
        "place": st.sampled_from(["A", "A", "A", "K"]),
        "period": st.sampled_from([1, 1, 2, 7]),
        "flow": st.just("costs"),
        "ledger_account": st.sampled_from(["4100", "4300", "4300"]),
        "creditor": st.sampled_from(["", "", "", "x", "y"]),
        "cents": st.integers(-500, 9999),
    }
)
FIRST, MORE = st.lists(FEW, min_size=4, max_size=7), st.lists(FEW, max_size=6)
LATER = st.lists(st.sampled_from(range(10)), max_size=2)


@settings(deadline=None, max_examples=150)
@given(FIRST, MORE, LATER, st.randoms(use_true_random=False), st.booleans())
def test_what_no_piece_warns_of_cannot_be_had(
    first: list[dict[str, Any]], more: list[dict[str, Any]], gone: list[int], luck: Any, beside: bool
) -> None:
    """Two files: postings come, go and change places; the first stands beside the second, or the gate knows it not.
    Amounts are unlike each other, as for someone who knows each posting.
    """
    everything = [
        (at, {**posting, "cents": _unlike(posting["cents"], at)}) for at, posting in enumerate([*first, *more])
    ]
    second = [found for found in everything if found[0] not in gone]
    luck.shuffle(second)
    moments = Moments([everything[: len(first)], second])
    dossiers = [dossier_of(0), dossier_of(0, 1) if beside else dossier_of(1)]
    if any(gated(moments.ledgers[at].postings, dossiers[at]).short for at in (0, 1)):
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "read_delivery", moments.read)
        then, now = (moments.parted(at, dossiers[at]) for at in (0, 1))
        found = list(pieces(now, then, files_of(dossier_of(0, 1)), SMALLEST))
    if not found:
        assert not told(moments, dossiers)


def _unlike(cents: int, at: int) -> int:
    return (cents or 1) * 1000 + at


def test_a_salary_that_is_left_over_is_a_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a late posting lets be seen again (decision 32 gave it up), as the pieces and the attacker find it."""
    old = [(0, one(ledger_account="4100", cents=700)), (1, one(period=2, cents=1)), (2, one(period=2, cents=2))]
    late = [(at, one(ledger_account="4100", cents=800 + at)) for at in (3, 4)]
    moments = Moments([old, [*old, *late]])
    dossiers = [dossier_of(0), dossier_of(0, 1)]
    monkeypatch.setattr(module, "read_delivery", moments.read)
    then, now = (moments.parted(at, dossiers[at]) for at in (0, 1))
    found = list(pieces(now, then, files_of(dossiers[1]), SMALLEST))
    assert {(piece.line, piece.year, piece.found) for piece in found} == {("A", 2019, 1), ("A", 2019, 2)}
    assert frozenset({"0"}) in told(moments, dossiers)
    assert list(pieces(now, pl.concat([then, now]), files_of(dossiers[1]), SMALLEST)) == []


def test_a_file_of_which_nobody_knows_is_lost() -> None:
    """It is asked for where another is news about the same, also under another name of the administration; not where
    nothing changed, or where the other is about another year.
    """
    old = [(at, one(ledger_account="4100", cents=700 + at)) for at in range(3)]
    moments = Moments([old, old])
    then, now = moments.parted(0, dossier_of(0)), moments.parted(1, dossier_of(1))
    renamed = now.with_columns(administration=pl.lit("U"))
    for news in (now, renamed):
        assert [(one_file.delivery, one_file.other) for one_file in lost(news, then, files_of(dossier_of(1)))] == [
            ("d0", "d1")
        ]
    assert not list(lost(now, then, files_of(dossier_of(0, 1))))
    assert not list(lost(now, pl.concat([then, now]), files_of(dossier_of(1))))
    assert not list(lost(now.with_columns(year=pl.lit(2020, pl.Int64)), then, files_of(dossier_of(1))))
    assert not list(lost(pl.DataFrame(schema=PARTING), then, {}))


def test_days_are_in_order() -> None:
    """The files of the tests are exported one after the other."""
    moments = [one_file.settings.exported_at for one_file in FILES]
    assert moments == sorted(moments) == [datetime.fromisoformat(day) for day in DAYS]
