"""The rule which part of a decision a row is, against a slow, obvious loop; and that it stands nowhere else."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from gebiedswerk.account import MEASURES
from gebiedswerk.formats.postings import POSTING, frame
from gebiedswerk.ledger import PARTS, with_part
from tests.conftest import ROOT
from tests.ledger.questions import ROW

SOURCE = ROOT / "src" / "gebiedswerk"
HOME = SOURCE / "ledger" / "decision_parts.py"
CARRIED: dict[str, Any] = {
    "kind": "carry_over",
    "flow": "costs",
    "scope": "line",
    "line": "A",
    "year": 2019,
    "in_budget": True,
    "decided_on": date(2019, 5, 1),
}


@given(st.lists(ROW, max_size=15))
@example([CARRIED | {"cents": cents} for cents in (-1, 0, 1)])
def test_with_part(rows: list[dict[str, Any]]) -> None:
    """Row by row, in their order: what a decision brings into the budget, what one takes out, and all else."""
    found = with_part(frame(rows, POSTING).lazy()).collect()
    assert found.drop("part").equals(frame(rows, POSTING))
    for row, part in zip(rows, found["part"].to_list(), strict=True):
        if row["kind"] == "carry_over" and row["cents"] < 0:
            assert part == "moved_out"
        elif row["kind"] in ("carry_over", "opening") and row["cents"] > 0 and row["in_budget"]:
            assert part == "brought_in"
        else:
            assert part == ""


def test_each_part_is_a_measure_of_the_same_kinds() -> None:
    """What a measure adds up of a decision is what the rule calls so."""
    told = {measure.part: set(measure.kinds) for measure in MEASURES.values() if measure.part}
    assert told == {part.name: set(part.kinds) for part in PARTS}


def test_the_rule_stands_in_one_place() -> None:
    """No other module tells a part from the kind of a row and the sign of its cents."""
    rule = re.compile(r"""["'](?:brought_in|moved_out)["'] if |then\(pl\.lit\(["'](?:brought_in|moved_out)""")
    assert not [file for file in SOURCE.rglob("*.py") if file != HOME and rule.search(file.read_text("utf-8"))]
