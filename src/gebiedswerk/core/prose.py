"""Find the numbers in a run of prose that nothing stands behind: neither date, nor year, nor reference."""

from __future__ import annotations

import re
from dataclasses import dataclass

MONTHS = (
    "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|"
    "January|February|March|May|June|July|August|October|December"
)
UNIT = r"\s*(?:euro|duizend|miljoen|miljard|mln|mld|procent|percent|thousand|million|%)"
REFERENCES = (
    "artikel|artikelen|art\\.?|lid|leden|onder|Gemeentewet|BBV|(?:deel)?programma(?:'s)?|paragraaf|paragrafen|"
    "hoofdstuk(?:ken)?|bijlagen?|tabel(?:len)?|figuur|figuren|article|paragraph|chapter|table|figure|section"
)
ALLOWED = re.compile(
    rf"\b[0-9]{{1,2}}\s(?:{MONTHS})(?:\s[0-9]{{4}})?\b"
    r"|\b[0-9]{1,2}-[0-9]{1,2}-[0-9]{4}\b|\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b"
    r"|\b[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?\b"
    rf"|\b(?:{REFERENCES})\s(?:art\.?\s)?[0-9]{{1,4}}(?:\.[0-9]{{1,3}})?(?:\s(?:en|and)\s[0-9]{{1,4}})?\b"
    rf"|(?<![\w€.,'’−-])(?<!€\s)(?:19|20)[0-9]{{2}}(?:[–/-](?:19|20)[0-9]{{2}})?(?![\w]|[.,][0-9])(?!{UNIT})"
    r"|\b[A-Za-z]+-?[0-9][A-Za-z0-9]*\b",
    re.IGNORECASE,
)
NUMBER = re.compile(r"[-−]?[0-9](?:[0-9]|[.,](?=[0-9]))*")


@dataclass(frozen=True, slots=True)
class Loose:
    """A number that must be a claim: where it stands and how it is written."""

    start: int
    end: int
    text: str


def loose_numbers(text: str) -> list[Loose]:
    """The numbers in prose that are no date, year, code or reference, each whole, in their order."""
    masked = ALLOWED.sub(lambda hit: " " * len(hit[0]), text)
    found = [Loose(hit.start(), hit.end(), hit[0]) for hit in NUMBER.finditer(masked)]
    odd = [at for at, sign in enumerate(masked) if sign.isnumeric() and not sign.isascii() and not "一" <= sign <= "鿿"]
    return sorted([*found, *(Loose(at, at + 1, text[at]) for at in odd)], key=lambda loose: loose.start)
