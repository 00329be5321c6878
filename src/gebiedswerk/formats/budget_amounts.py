"""A budget of which each row holds several amounts: a column for the adopted budget, one for its amendments.

Each amount that is not nil is a posting of its own. What was realised is no decision, and is never read as one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import polars as pl

from gebiedswerk.core.faults import Checked, Fault, capped, errors, fault
from gebiedswerk.dossier import BudgetKind, Delivery, Profile
from gebiedswerk.formats.amount_columns import row_sums, with_amounts_in
from gebiedswerk.formats.format import MOST_NAMED, ROW, ReadFile
from gebiedswerk.formats.left_out import Parted, unproven_faults
from gebiedswerk.formats.posting_reader import Reading
from gebiedswerk.formats.sides import sides
from gebiedswerk.language.numbers_and_dates import euros

NO_BUDGET = re.compile(  # literal: words that are read, never shown
    r"(?i)reali[sz]|werkelijk|besteed|uitgegeven|geboekt|uitputting|verplichting|verschil|saldo|restant|ruimte|actual"
)
A_SUM = re.compile(r"(?i)na wijz|bijgesteld|incl|totaal|total")  # literal: words that are read, never shown


def not_decided(profile: Profile, file: str) -> Iterator[Fault]:
    """Columns that are said to be of decisions, and hold what was spent or what others add up to (L222)."""
    kinds = profile.budget_amounts.kinds()
    named = {f"budget_amounts.{kind.value}": header for header, kind in kinds.items()}
    named |= {f"columns.{name}": profile.columns[name] for name in ("amount",) if name in profile.columns}
    for key, header in named.items():
        if NO_BUDGET.search(header) or (len(kinds) > 1 and A_SUM.search(header)):
            yield fault("L222", file, None, key, header)


def read_budget(parts: Parted, delivery: Delivery, repeated: list[Fault]) -> Checked[ReadFile]:
    """Read rows with a column of amounts for each kind of decision, and hold them against the column of their sum.

    `repeated`: what is said of rows that stand there twice, where nothing else is wrong.
    """
    kinds = delivery.profile.budget_amounts.kinds()
    readings = [Reading(parts.kept, with_amounts_in(delivery, header), kind) for header, kind in kinds.items()]
    frames = [_whole(reading) for reading in readings]
    faults = list(dict.fromkeys([*parts.faults, *(one for reading in readings for one in reading.faults)]))
    if errors(faults):
        return Checked(ReadFile(), tuple(faults))
    balance = row_sums(reading.balance for reading in readings)
    faults += unproven_faults(
        parts,
        delivery.file,
        balance,
        lambda out: row_sums(
            Reading(out, with_amounts_in(delivery, header), kind).balances() for header, kind in kinds.items()
        ),
    )
    faults += [*_against_control(parts, delivery, balance), *repeated]
    held = pl.concat(frames).filter(pl.col("cents") != 0).sort("row", maintain_order=True)
    if not held.height:
        faults.append(fault("L110", delivery.file))
    if errors(faults):
        return Checked(ReadFile(), tuple(faults))
    debit, credit = held["cents"].clip(lower_bound=0).sum(), -held["cents"].clip(upper_bound=0).sum()
    return Checked(ReadFile(held, held.height, int(debit), int(credit)), tuple(faults))


def _whole(reading: Reading) -> pl.DataFrame:
    """The postings of one column of amounts, with every column filled."""
    held, same = reading.postings()
    filled = held.with_columns(pl.lit(text, pl.String).alias(name) for name, text in same.items())
    texts = [pl.col(name).cast(pl.String) for name, kind in filled.schema.items() if isinstance(kind, pl.Enum)]
    ordered = filled.with_columns(texts)
    return ordered.select(sorted(ordered.columns))


def _against_control(parts: Parted, delivery: Delivery, balance: pl.Series) -> list[Fault]:
    """Rows whose amounts are not what their own sum says (L223)."""
    header = delivery.profile.budget_amounts.control
    if not header:
        return []
    reading = Reading(parts.kept, with_amounts_in(delivery, header), BudgetKind.ADOPTED)
    debit, credit = sides(reading)
    promised = debit - credit
    wrong = parts.kept.select(ROW).with_columns(found=balance, promised=promised).filter(balance != promised)
    told = [
        fault("L223", delivery.file, row, header, euros(said), cents=found, difference_cents=found - said)
        for row, found, said in wrong.iter_rows()
    ]
    return [*reading.faults, *capped(told, MOST_NAMED)]
