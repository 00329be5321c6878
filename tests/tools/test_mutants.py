"""What the mutants of a module are, and which survivor is let be."""

from __future__ import annotations

import libcst as cst
import pytest

from tests.conftest import ROOT
from tools import mutants
from tools.judging import in_order
from tools.mutators import all_of_them, half, left_out, swapped, turned, wider

DIFF = """\
--- src/x.py
+++ src/x.py
@@ -1,2 +1,2 @@
 def f(a):
-    return a < 1
+    return a <= 1
"""


def broken(operator: object, kind: type[cst.CSTNode], source: str) -> list[str]:
    """The source with each way in which an operator breaks the first node of a kind."""
    module = cst.parse_module(source)
    (node,) = [one for one in _nodes(module) if isinstance(one, kind)][:1]
    return [module.deep_replace(node, new).code.strip() for new in operator(node)]  # type: ignore[operator]


def _nodes(node: cst.CSTNode) -> list[cst.CSTNode]:
    return [node, *(found for child in node.children for found in _nodes(child))]


@pytest.mark.parametrize(
    ("operator", "kind", "source", "mutants_of_it"),
    [
        (left_out, cst.SimpleStatementLine, "raise Wrong(1)", ["pass"]),
        (left_out, cst.SimpleStatementLine, "sums += cents", ["pass"]),
        (left_out, cst.SimpleStatementLine, '"""Words."""', []),
        (left_out, cst.SimpleStatementLine, "a = 1", []),
        (turned, cst.If, "if a or b: c()", ["if not (a or b): c()"]),
        (half, cst.BooleanOperation, "a and b", ["(a)", "(b)"]),
        (all_of_them, cst.CompFor, "[a for a in b if a if c]", ["[a for a in b if c]", "[a for a in b if a]"]),
        (swapped, cst.Call, "any(a)", ["all(a)"]),
        (swapped, cst.Call, "len(a)", []),
        (wider, cst.ComparisonTarget, "a == b", ["a <= b", "a >= b"]),
        (wider, cst.ComparisonTarget, "a < b", []),
    ],
)
def test_what_an_operator_makes(
    operator: object, kind: type[cst.CSTNode], source: str, mutants_of_it: list[str]
) -> None:
    assert broken(operator, kind, source) == mutants_of_it


@pytest.mark.parametrize(
    ("name", "function"), [("a.b.x_f__mutmut_3", "f"), ("a.x__f__mutmut_3", "_f"), ("a.xǁKǁf__mutmut_12", "K.f")]
)
def test_a_change_is_known_by_function_and_lines(name: str, function: str) -> None:
    """Not by its number, which moves with every change of the function."""
    assert mutants.change_of(name, DIFF) == mutants.Change(function, "return a < 1", "return a <= 1")


def test_a_survivor_without_a_reason_is_unproven() -> None:
    """A kept entry lets one change of one function be; the same line elsewhere it does not."""
    kept, other = mutants.Change("f", "a < 1", "a <= 1"), mutants.Change("g", "a < 1", "a <= 1")
    assert mutants.unproven([kept, other, other], {kept}) == [other]


def test_every_judge_and_every_kept_entry_is_there() -> None:
    """The modules and the files of tests exist; each entry has its reason and is still a line of its module."""
    for module, tests in mutants.judges().items():
        source = ROOT / mutants.SOURCE / f"{module}.py"
        text = " ".join(source.read_text("utf-8").split())
        assert all((ROOT / test).exists() for test in tests if test.startswith("tests/")), module
        for change in mutants.kept(module):
            assert " ".join(change.old.split()) in text, change


def test_who_noticed_most_in_a_second_judges_first() -> None:
    """Most of all those of the same function; without any the quickest, and of equals always the same."""
    noticed = ["b\tf", "c\tg", "c\tg", "b\tf", "a\tf"]
    seconds = {"a": 1.0, "b": 1.0, "c": 1.0, "d": 2.0, "e": 0.9, "f": 0.9}
    assert in_order(seconds, "f", noticed, seconds) == ["b", "a", "c", "e", "f", "d"]
    assert in_order({"d", "c", "b"}, "h", noticed, seconds) == ["b", "c", "d"]
    assert in_order({"d", "e"}, "f", [], seconds) == ["e", "d"]
    assert in_order({"b", "e"}, "f", noticed, {"b": 20.0, "e": 0.1}) == ["e", "b"]
