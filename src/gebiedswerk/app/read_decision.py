"""What a person says once of the decisions of a budget."""

from __future__ import annotations

from gebiedswerk.importing import Said, said


def read_decision(text: str) -> Said:
    """`amendment.number=W2025-1`: what a budget file does not say of its decisions. Raises ValueError."""
    return said(text)
