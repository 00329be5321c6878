"""What a checker that is not ours says of a PDF."""

from __future__ import annotations

import re
from pathlib import Path

import page as checker

PROFILES = (checker.ValidationProfile.PDF_UA_1, checker.ValidationProfile.PDF_A_3A)
LENGTH_RULE = "PDFA3A-STREAM-LENGTH-001"


def complaints(file: Path) -> list[str]:
    """The rules of PDF/UA-1 and PDF/A-3a that a PDF breaks.

    Where the last byte of a stream is a carriage return, the checker takes it for a part of the line end that follows,
    and the length for wrong. So that rule is held against the bytes themselves as well: it counts where both say so.
    """
    found = [
        failure.rule_id for profile in PROFILES for failure in checker.validate_pdf(str(file), profile=profile).failures
    ]
    return [rule for rule in found if rule != LENGTH_RULE or not lengths_are_right(file.read_bytes())]


def lengths_are_right(data: bytes) -> bool:
    """Whether every stream is followed by its end after as many bytes as it says."""
    streams = list(re.finditer(rb"/Length (\d+)[^>]*(?:>(?!>)[^>]*)*>>\s*stream\r?\n", data))
    ends = [data[found.end() + int(found[1]) :][:10] for found in streams]
    return bool(ends) and all(end == b"\nendstream" for end in ends)
