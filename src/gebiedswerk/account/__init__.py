"""The account: per budget line and year its budget, what was realised, its term, and the values that are printed."""

from gebiedswerk.account.account_json import account_json, terms_json
from gebiedswerk.account.adopted import (
    Adopted,
    NotAdopted,
    adopt_account,
    adopted_text,
    delivery_hashes,
    read_adopted,
    rule_hashes,
)
from gebiedswerk.account.measures import (
    AMOUNTS,
    MEASURES,
    PER_ORIGIN,
    RESERVES,
    RESTS_ON,
    SUMS,
    TERM,
    Measure,
    lapsing,
    restated,
    sums_in,
    value,
)
from gebiedswerk.account.pots import Pot, bearer_of, result_beside_pots, shared_pots, spent_from_pots
from gebiedswerk.account.rounded_account import Rounded, rounded
from gebiedswerk.account.settle import settle
from gebiedswerk.account.values import (
    Account,
    Amounts,
    LineAccount,
    LineTerm,
    OpeningStatus,
    State,
    YearAccount,
    tranche_sum,
)

__all__ = [
    "AMOUNTS",
    "MEASURES",
    "PER_ORIGIN",
    "RESERVES",
    "RESTS_ON",
    "SUMS",
    "TERM",
    "Account",
    "Adopted",
    "Amounts",
    "LineAccount",
    "LineTerm",
    "Measure",
    "NotAdopted",
    "OpeningStatus",
    "Pot",
    "Rounded",
    "State",
    "YearAccount",
    "account_json",
    "adopt_account",
    "adopted_text",
    "bearer_of",
    "delivery_hashes",
    "lapsing",
    "read_adopted",
    "restated",
    "result_beside_pots",
    "rounded",
    "rule_hashes",
    "settle",
    "shared_pots",
    "spent_from_pots",
    "sums_in",
    "terms_json",
    "tranche_sum",
    "value",
]
