"""Source pages as models: what a figure follows from adds up to it, or says that it does not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gebiedswerk.assembly.made import make
from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.blocks.models import Cell, Section, SourcePage
from tests.conftest import KLEIN, ROOT
from tests.small import Small


def cents(sign_and_name: str, cell: Cell) -> int:
    """The amount of an input with its sign: '+ Lasten 2025', '1.234,56'."""
    amount = int(re.sub("[.,]", "", cell.text.replace("−", "-")))
    return -amount if sign_and_name.startswith("−") else amount


def sections(dossier: Path) -> list[Section]:
    made = make(open_dossier(dossier))
    assert made is not None
    dutch = [page for page in made.pages if isinstance(page, SourcePage) and page.frame.language == "nl"]
    return [section for page in dutch for section in page.sections]


@pytest.mark.parametrize("dossier", [KLEIN, ROOT / "examples" / "groningen"], ids=lambda path: path.name)
def test_inputs_add_up_or_it_is_said(dossier: Path) -> None:
    """On every source page of both examples."""
    adding_up = 0
    for section in sections(dossier):
        whole = sum(cents(*found) for found in section.inputs)
        said = any("tellen niet rechtstreeks op" in line for line in section.lines)
        assert said == bool(section.inputs and whole != section.cents), section.title
        adding_up += bool(section.inputs and not said)
    assert adding_up > 100


def test_income_to_the_general_means_has_a_column(tmp_path: Path) -> None:
    """Costs of 60 and income of 20 on a budget of 100, where income does not stay: 40 left, and 20 goes elsewhere."""
    town = Small(
        years=(2019,),
        term='years = 2\nincome = "general"',
        adopted=[(2019, "A", 100)],
        postings=[(2019, "A", 60), (2019, "A", -20, "8000")],
    )
    opened = town.open(tmp_path)
    assert not opened.faults
    found = {section.anchor: section for section in sections(tmp_path)}
    assert (found["closing"].cents, found["general"].cents, found["result"].cents) == (4000, 2000, 6000)
    assert sum(cents(*one) for one in found["general"].inputs) == 2000
    quiet = {anchor for anchor, section in found.items() if section.quiet}
    assert {"amended", "released"} <= quiet
    assert "committed" not in found, "nothing was delivered of commitments: that is not nil"
    assert not quiet & {"costs", "general", "closing", "adopted"}
