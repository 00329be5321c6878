"""Ways to break code that mutmut does not know: the statement that is left out, the condition of which half is gone.

Each takes a node of LibCST and gives what may stand in its place. `add_to_mutmut` puts them beside its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import libcst as cst
from mutmut.mutation import file_mutation, mutators

SWAPPED = {"any": "all", "all": "any", "min": "max", "max": "min"}


def left_out(node: cst.SimpleStatementLine) -> Iterable[cst.SimpleStatementLine]:
    """Leave out what only acts: a raise, a call, a yield, what is added to a sum."""
    statement = node.body[0]
    acts = isinstance(statement, cst.Raise | cst.AugAssign | cst.Expr)
    words = isinstance(statement, cst.Expr) and isinstance(statement.value, cst.BaseString)
    if acts and not words and len(node.body) == 1:
        yield node.with_changes(body=[cst.Pass()])


def turned(node: cst.If) -> Iterable[cst.If]:
    """Turn a condition round."""
    test = node.test.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
    yield node.with_changes(test=cst.UnaryOperation(operator=cst.Not(), expression=test))


def half(node: cst.BooleanOperation) -> Iterable[cst.BaseExpression]:
    """One side of `and` and `or` without the other."""
    for side in (node.left, node.right):
        yield side.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])


def all_of_them(node: cst.CompFor) -> Iterable[cst.CompFor]:
    """A comprehension that leaves nothing out."""
    for at in range(len(node.ifs)):
        yield node.with_changes(ifs=[*node.ifs[:at], *node.ifs[at + 1 :]])


def swapped(node: cst.Call) -> Iterable[cst.Call]:
    """`any` for `all`, `min` for `max`, and the other way."""
    if isinstance(node.func, cst.Name) and node.func.value in SWAPPED:
        yield node.with_changes(func=cst.Name(SWAPPED[node.func.value]))


def wider(node: cst.ComparisonTarget) -> Iterable[cst.ComparisonTarget]:
    """At least or at most as much (of a set: one more, or one less) where it should be equal."""
    if isinstance(node.operator, cst.Equal):
        for operator in (cst.LessThanEqual(), cst.GreaterThanEqual()):
            yield node.with_changes(operator=operator)


def add_to_mutmut() -> None:
    """Put these beside the operators of mutmut, and let it into properties."""
    mutators.mutation_operators += [  # type: ignore[operator]
        (cst.SimpleStatementLine, left_out),
        (cst.If, turned),
        (cst.BooleanOperation, half),
        (cst.CompFor, all_of_them),
        (cst.Call, swapped),
        (cst.ComparisonTarget, wider),
    ]
    _into_properties()


def _into_properties() -> None:
    """mutmut passes what is decorated by; the trampoline of a property stands below its decorator."""
    skips, arranges = (
        file_mutation.MutationVisitor._skip_node_and_children,
        file_mutation.function_trampoline_arrangement,
    )

    def skip(self: file_mutation.MutationVisitor, node: cst.CSTNode) -> bool:
        return not _is_property(node) and skips(self, node)

    def arrange(
        function: cst.FunctionDef, mutants: Iterable[file_mutation.Mutation], class_name: str | None
    ) -> tuple[Sequence[cst.CSTNode], Sequence[cst.CSTNode], Sequence[cst.CSTNode], Sequence[str]]:
        if not _is_property(function):
            return arranges(function, mutants, class_name)
        declared, made, assigned, names = arranges(function.with_changes(decorators=[]), mutants, class_name)
        first = cst.ensure_type(made[0], cst.FunctionDef)
        first = first.with_changes(decorators=[*function.decorators, *first.decorators])
        return declared, [first, *made[1:]], assigned, names

    setattr(file_mutation.MutationVisitor, "_skip_node_and_children", skip)  # noqa: B010 (mypy knows a method here)
    setattr(file_mutation, "function_trampoline_arrangement", arrange)  # noqa: B010 (as above)


def _is_property(node: cst.CSTNode) -> bool:
    if not isinstance(node, cst.FunctionDef) or len(node.decorators) != 1:
        return False
    decorator = node.decorators[0].decorator
    return isinstance(decorator, cst.Name) and decorator.value == "property"
