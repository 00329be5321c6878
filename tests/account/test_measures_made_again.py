"""The table of measures, read anew: each entry in full as it is kept in `measures.json`, read through by a person.

A helper that makes entries runs when its module is read; so the module is read again here, and what it then says held.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import fields
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from gebiedswerk.account import measures
from gebiedswerk.account.values import Amounts
from tests.account.test_identities import FOLDED
from tests.account.test_measures import LINE

KEPT = Path(__file__).with_name("measures.json")


@pytest.fixture
def again() -> ModuleType:
    """The module of measures, read from its source once more; nobody else sees it."""
    spec = spec_from_file_location(measures.__name__, measures.__file__)
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def plain(value: Any) -> Any:
    """A value of a field as JSON writes it; of a way to tranches the cents of each of a line's."""
    if callable(value):
        return [tranche.cents for tranche in value(LINE.term)]
    return [plain(one) for one in value] if isinstance(value, tuple) else value


def told(module: ModuleType) -> Iterator[tuple[str, dict[str, Any]]]:
    """Of each measure what its entry says, its cents of a line and of one whose term runs elsewhere, and its sums."""
    for name, measure in module.MEASURES.items():
        entry = {one.name: plain(getattr(measure, one.name)) for one in fields(measure) if one.name != "own"}
        default = {one.name: plain(one.default) for one in fields(measure)}
        sums = [[sign, one.name] for one, sign in module.sums_in(name)]
        said = {key: value for key, value in entry.items() if value != default[key]}
        of_lines = [measure.own(LINE), measure.own(FOLDED)]
        yield name, said | {"of lines": of_lines, "sums": sums, "rests on": sorted(module.rests_on(name))}


def test_the_table_says_what_is_kept(again: ModuleType) -> None:
    """`GOLDEN=rewrite` keeps it anew: read the difference."""
    lines = (f"{json.dumps(name)}: {json.dumps(entry)}" for name, entry in told(again))
    found = "{\n" + ",\n".join(lines) + "\n}\n"
    if os.environ.get("GOLDEN") == "rewrite":
        KEPT.write_text(found, "utf-8")
    assert found == KEPT.read_text("utf-8")


def test_a_posting_counts_where_its_kind_flow_and_part_say(again: ModuleType) -> None:
    """Each sum by itself: a hundred times its place in cents, with its sign; rows of one sum add up."""
    places = {key: at for at, key in enumerate(again.COUNTED_IN, start=1)}
    assert places.keys() == measures.COUNTED_IN.keys() and again.COUNTED_IN == measures.COUNTED_IN
    rows = [{"kind": kind, "flow": flow, "part": part, "cents": 100 * at} for (kind, flow, part), at in places.items()]
    expected = dict.fromkeys(again.SUMS, 0)
    for key, at in places.items():
        for name in again.COUNTED_IN[key]:
            expected[name] += again.SUMS[name].sign * 200 * at
    assert again.amounts_of([*rows, *rows]) == Amounts(**expected)
    assert again.amounts_of([{"kind": "no", "flow": "costs", "part": "", "cents": 1}]) == Amounts()


def test_the_factor_of_a_posting_goes_through_formulas(again: ModuleType) -> None:
    """The result: what was decided counts for it, costs against it, and income, which counts against costs, for it."""
    found = {(measure.name, sign) for measure, sign in again.sums_in("result")}
    assert found == {
        *(("adopted", 1), ("amended", 1), ("brought_in", 1), ("moved_out", 1), ("costs", -1), ("income", -1)),
    }
    assert {(one.name, sign) for one, sign in again.sums_in("result", -1)} == {(name, -sign) for name, sign in found}
