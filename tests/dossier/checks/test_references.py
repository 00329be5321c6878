"""What an accepted difference may be about: a delivery of the dossier, or a figure that is published elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from gebiedswerk.dossier import read

HEADER = "id,what,amount,reason,who,accepted_on"


@pytest.mark.parametrize(
    ("what", "faults"),
    [
        ("open:grootboek-2026-03", []),
        ("control:grootboek-2026-03:debit", []),
        ("outside:lijst-van-resultaten", []),
        ("outside:", ["D122"]),
        ("outside:Lijst van resultaten", ["D122"]),
        ("open:grootboek-2026-04", ["D122"]),
    ],
)
def test_what_is_known(klein: Path, what: str, faults: list[str]) -> None:
    """A name for an outside figure is free, of small letters, digits and hyphens; a delivery must be there."""
    (klein / "reconciliations.csv").write_text(f"{HEADER}\nA1,{what},12.50,Uitgelegd,controller,2026-04-02\n", "utf-8")
    assert [found.code for found in read(klein).faults] == faults
