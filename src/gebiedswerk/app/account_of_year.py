"""`account`: the account of a year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gebiedswerk.account import AMOUNTS, RESERVES, YearAccount, account_json
from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.core.faults import Fault

__all__ = ["AMOUNTS", "RESERVES", "AccountOfYear", "YearAccount", "account_of_year"]


@dataclass(frozen=True, slots=True)
class AccountOfYear:
    """The account that holds for a year, the faults of its dossier, and the years that have one.

    `account` is None where the year has none; `years` where there are no figures at all.
    """

    account: YearAccount | None
    faults: tuple[Fault, ...]
    years: tuple[int, ...] | None

    @property
    def form(self) -> Mapping[str, Any]:
        """The account as `account --json` prints it: see `docs/reference/json.md`."""
        return account_json(self.account) if self.account is not None else {}


def account_of_year(path: Path, year: int) -> AccountOfYear:
    """The account of a year, on the newest basis or as it was adopted."""
    opened = open_dossier(path)
    newest = opened.newest
    if newest is None:
        return AccountOfYear(None, opened.faults, None)
    return AccountOfYear(newest.of_year(year), opened.faults, tuple(newest.years()))
