"""The profiles with which fuzzed exports are read: every way in which a profile can ask for something else."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from gebiedswerk.dossier import Delivery
from gebiedswerk.dossier.settings import BudgetKinds, DeliveryKind, DeliverySettings, Flows, Profile, SignColumn

YEARS = [2024, 2025]
FLOWS = Flows("Rekening", ["8*"], ["970*"], ["971*"])
CODES = {"ledger_account": "Rekening", "cost_centre": "Kpl", "description": "Tekst"}
SPLIT = {"year": "Jaar", "period": "Per", "booked_on": "Datum", **CODES, "debit": "Debet", "credit": "Credit"}
SIGNED = {"year": "Jaar", "period": "Per", "booked_on": "Datum", **CODES, "amount": "Bedrag"}
DECIDED = {
    "year": "Jaar",
    "budget_kind": "Soort",
    "number": "Besluit",
    "authority": "Orgaan",
    "decided_on": "Datum",
    "complete": "Volledig",
    **CODES,
    "amount": "Bedrag",
}


@dataclass(frozen=True, slots=True)
class Way:
    """One way to read a file: a profile, and what its delivery says."""

    profile: Profile
    settings: dict[str, Any] = field(default_factory=dict)


BUDGET = {"kind": DeliveryKind.BUDGET}
AS_THEY_STAND = {"cost_centre": "0"}
KINDS = BudgetKinds(["Primitief"], ["Wijziging"])
CSV = (
    Way(Profile(SPLIT, FLOWS, encoding="windows-1252")),
    Way(Profile(SIGNED, FLOWS, delimiter=",", decimal=".", thousands="", date="jjjj-mm-dd", zeros=AS_THEY_STAND)),
    Way(Profile(SIGNED, FLOWS, sign=SignColumn("NV", ["V"], ["N"]), delimiter="\t", header_row=3)),
    Way(Profile(SIGNED, FLOWS, trailing_minus=True, negative_costs=False, encoding="utf-16")),
    Way(Profile(DECIDED, FLOWS, budget_kinds=KINDS), BUDGET),
    Way(Profile({"year": "Jaar", **CODES, "amount": "Bedrag"}, FLOWS), {"kind": DeliveryKind.COMMITMENT}),
)
XLSX = (
    Way(Profile(SIGNED, FLOWS, zeros=AS_THEY_STAND)),
    Way(Profile(SPLIT, FLOWS, sheet="Boekingen", header_row=3)),
    Way(Profile(DECIDED, FLOWS, budget_kinds=KINDS), BUDGET),
)
XAF = (Way(Profile()), Way(Profile({"taakveld": "prodID", "category": "artGrpID"}, Flows("costID", ["8*"]))))


def delivery(path: Path, way: Way) -> Delivery:
    """A file as it is delivered."""
    usual = {"kind": DeliveryKind.REALISED, "administration": "T", "years": YEARS, "profile": "p"} | way.settings
    settings = DeliverySettings(file=path.name, exported_at=datetime.fromisoformat("2026-02-10"), **usual)
    return Delivery("d", path, f"deliveries/d/{path.name}", "0", settings, way.profile)
