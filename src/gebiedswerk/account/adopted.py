"""What the council adopted: an account in cents with the hashes of what it stood on, kept beside the text."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from gebiedswerk.account.account_json import FORMAT, account_json, from_json, terms_json
from gebiedswerk.account.values import Account, State, YearAccount
from gebiedswerk.core.faults import GebiedswerkError
from gebiedswerk.dossier import Dossier
from gebiedswerk.dossier.table_files import standing_name
from gebiedswerk.dossier.tables import TABLES


@dataclass(frozen=True, slots=True)
class Adopted:
    """An adopted account: the years it holds, the moment it stands on, and what it was made from."""

    as_of: datetime
    adopted_on: date
    decision: str
    deliveries: Mapping[str, str]
    rules: Mapping[str, str]
    years: Mapping[int, YearAccount]


ABOUT_NO_FIGURE = ("free_numbers", "privacy_accepted", "questions", "redirects", "takedowns")
"""Tables that change no figure."""


class NotAdopted(GebiedswerkError):
    """Text that is no adopted account as `adopted_text` writes it."""

    def __init__(self) -> None:
        super().__init__("This is no adopted account: put back what `gebiedswerk adopt` wrote.")


def rule_hashes(dossier: Dossier) -> dict[str, str]:
    """File → SHA-256 of every table and setting on which figures rest."""
    files = ["dossier.toml", *(table.file for name, table in TABLES.items() if name not in ABOUT_NO_FIGURE)]
    standing = [standing_name(dossier.path, file) for file in files]
    present = [file for file in standing if (dossier.path / file).exists()]
    return {file: hashlib.sha256((dossier.path / file).read_bytes()).hexdigest() for file in present}


def delivery_hashes(dossier: Dossier, used: tuple[str, ...]) -> dict[str, str]:
    """Delivery → SHA-256 of its file, for the deliveries that count on the basis."""
    return {delivery.id: delivery.sha256 for delivery in dossier.deliveries if delivery.id in used}


def adopted_text(adopted: Adopted) -> str:
    """Write an adopted account as JSON text: the same account gives the same bytes."""
    form = {
        "format": FORMAT,
        "as_of": adopted.as_of.isoformat(),
        "adopted_on": adopted.adopted_on.isoformat(),
        "decision": adopted.decision,
        "deliveries": dict(adopted.deliveries),
        "rules": dict(adopted.rules),
        "years": [
            {"account": account_json(account), "terms": terms_json(account)} for account in adopted.years.values()
        ],
    }
    return json.dumps(form, indent=1, ensure_ascii=False) + "\n"


def read_adopted(text: str) -> Adopted:
    """Read back what `adopted_text` wrote. Raises NotAdopted where it says anything else, however small."""
    try:
        form = json.loads(text)
        adopted = _from_form(form)
        same = json.loads(adopted_text(adopted)) == form
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, GebiedswerkError) as problem:
        raise NotAdopted from problem
    if not same:
        raise NotAdopted
    return adopted


def _from_form(form: Mapping[str, Any]) -> Adopted:
    years = [from_json(year["account"], year["terms"]) for year in form["years"]]
    return Adopted(
        datetime.fromisoformat(form["as_of"]),
        date.fromisoformat(form["adopted_on"]),
        form["decision"],
        form["deliveries"],
        form["rules"],
        {account.year: account for account in years},
    )


def adopt_account(account: Account, year: int) -> dict[int, YearAccount]:
    """The years of an account up to and including the adopted one, which is now adopted."""
    kept = {found: account.standing(found) for found in account.years if found <= year}
    return {**kept, year: replace(kept[year], state=State.ADOPTED)}
