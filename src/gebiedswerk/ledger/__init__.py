"""From delivered files to attributed postings, on a basis; and the part of them that anyone may see."""

from gebiedswerk.formats.postings import COMMITTED
from gebiedswerk.ledger.attribution import rules_of
from gebiedswerk.ledger.covers import chosen, comes_after, cover_of
from gebiedswerk.ledger.decision_parts import PARTS, with_part
from gebiedswerk.ledger.deliveries import DeliverySummary, known_before, late_faults, read_delivery, remember
from gebiedswerk.ledger.gate import DECISIONS_OF_A_BODY, UNDECIDED
from gebiedswerk.ledger.known import known_until
from gebiedswerk.ledger.ledger import Ledger, PublicRows, attribute
from gebiedswerk.ledger.public import PUBLIC, decided_postings, delivered_postings, public_postings
from gebiedswerk.ledger.queries import sums_per_line, sums_per_taakveld
from gebiedswerk.ledger.seen import CodesSeen, codes_seen

__all__ = [
    "COMMITTED",
    "DECISIONS_OF_A_BODY",
    "PARTS",
    "PUBLIC",
    "UNDECIDED",
    "CodesSeen",
    "DeliverySummary",
    "Ledger",
    "PublicRows",
    "attribute",
    "chosen",
    "codes_seen",
    "comes_after",
    "cover_of",
    "decided_postings",
    "delivered_postings",
    "known_before",
    "known_until",
    "late_faults",
    "public_postings",
    "read_delivery",
    "remember",
    "rules_of",
    "sums_per_line",
    "sums_per_taakveld",
    "with_part",
]
