"""A file with both sides of every booking: without its accounts of the balance sheet nothing is spent on balance."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from gebiedswerk.core.faults import Fault, fault
from gebiedswerk.dossier import Delivery, DeliveryKind
from gebiedswerk.formats.format import ROW
from gebiedswerk.formats.normalise import bare_code

BALANCE = "0123"
"""How accounts of the balance sheet begin in the Dutch decimal scheme: proposed, and always asked."""


def zero_faults(cells: pl.DataFrame, cents: pl.Series, delivery: Delivery) -> list[Fault]:
    """Booked amounts that are nothing together, where nobody said which accounts are of the balance sheet (L189)."""
    profile = delivery.profile
    header = profile.flows.column or profile.columns.get("ledger_account", "")
    nothing = cents.len() < 2 or int(cents.sum()) != 0 or not (cents != 0).any()
    if (
        nothing
        or delivery.settings.kind is not DeliveryKind.REALISED
        or profile.flows.balance is not None
        or not header
    ):
        return []
    accounts = sorted({bare_code(str(cell)) for cell in cells[header].unique().to_list() if cell})
    facts = {"count": cents.len(), "profile": delivery.settings.profile, "found": balance_patterns(accounts)}
    return [fault("L189", delivery.file, cells[ROW][0], header, None, **facts)]


def balance_patterns(accounts: Sequence[str]) -> list[str]:
    """Beginnings of accounts that look like the balance sheet, where others do not: `0*`, `1*`."""
    first, last = (accounts[0], accounts[-1]) if accounts else ("", "")
    shared = next((at for at, (one, other) in enumerate(zip(first, last, strict=False)) if one != other), len(first))
    groups = list(dict.fromkeys(account[: shared + 1] for account in accounts))
    found = [f"{group}*" for group in groups if len(group) > shared and group[shared] in BALANCE]
    return found if len(found) < len(groups) else []
