"""From delivered files to attributed postings, on a basis; and the part of them that anyone may see."""

from gebiedswerk.ledger.deliveries import DeliverySummary, chosen, read_delivery
from gebiedswerk.ledger.ledger import Ledger, attribute
from gebiedswerk.ledger.public import public_postings
from gebiedswerk.ledger.queries import postings_of, sums_per_line

__all__ = [
    "DeliverySummary",
    "Ledger",
    "attribute",
    "chosen",
    "postings_of",
    "public_postings",
    "read_delivery",
    "sums_per_line",
]
