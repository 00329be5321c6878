"""The cheapest units are those that anyone finds who tries all choices."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gebiedswerk.core.unit_flows import NoFlow, cheapest_units

NODES = st.integers(0, 4)
ARCS = st.lists(st.tuples(NODES, NODES), max_size=9)


def tried(ends: list[tuple[int, int]], weights: list[int], needs: dict[int, int]) -> list[int] | None:
    """The least sum of weights of all choices that give every node what it needs, as its arcs; None where none does."""
    best: tuple[int, list[int]] | None = None
    for units in product((0, 1), repeat=len(ends)):
        left = dict(needs)
        for (tail, head), carried in zip(ends, units, strict=True):
            left[tail] = left.get(tail, 0) + carried
            left[head] = left.get(head, 0) - carried
        if not any(left.values()):
            weight = sum(w for w, carried in zip(weights, units, strict=True) if carried)
            best = min(best or (weight, [*units]), (weight, [*units]))
    return best[1] if best else None


@given(ARCS, st.data())
def test_all_choices(ends: list[tuple[int, int]], data: st.DataObject) -> None:
    """Weights that tell every choice from every other; needs that some choice meets, or any at all."""
    weights = [data.draw(st.integers(-3, 3)) * 2 ** len(ends) - 2**at for at in range(len(ends))]
    needs = dict.fromkeys(range(5), 0)
    for tail, head in ends:
        carried = data.draw(st.integers(0, 1))
        needs[tail] -= carried
        needs[head] += carried
    if data.draw(st.booleans()):
        needs[data.draw(NODES)] += data.draw(st.integers(-2, 2))
    best = tried(ends, weights, needs)
    if best is None:
        with pytest.raises(NoFlow):
            cheapest_units(ends, weights, needs)
    else:
        assert cheapest_units(ends, weights, needs) == best


def test_nothing_to_choose() -> None:
    assert cheapest_units([], [], {0: 0}) == []
    with pytest.raises(NoFlow):
        cheapest_units([], [], {0: 1, 1: -1})


def test_a_town_of_lines_is_settled_without_a_network() -> None:
    """Each line has a column that is fixed and one that follows from it."""
    lines = range(50)
    ends = [(("line", at), "column") for at in lines]
    needs: dict[object, int] = {**{("line", at): -(at % 2) for at in lines}, "column": sum(at % 2 for at in lines)}
    assert cheapest_units(ends, [1] * len(ends), needs) == [at % 2 for at in lines]
