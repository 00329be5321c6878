"""`text`: the claims of every text, held against their figures."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.core.faults import Checked


@dataclass(frozen=True, slots=True)
class ClaimChecked:
    """What a text claims at a line, the figure it names, whether that is so, and what is."""

    file: str
    line: int
    written: str
    figure: str
    holds: bool
    truth: str


def check_texts(path: Path) -> Checked[tuple[ClaimChecked, ...] | None]:
    """Every claim in the texts of a dossier, in their order, with the faults of the dossier."""
    opened = open_dossier(path)
    claims = (claim for text in opened.texts for claim in text.claims)
    return Checked(
        tuple(
            ClaimChecked(
                claim.file,
                claim.written.line,
                claim.written.text,
                str(claim.address),
                claim.verdict.holds,
                claim.verdict.truth,
            )
            for claim in claims
        ),
        opened.faults,
    )
