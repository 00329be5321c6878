"""The cheapest choice among arcs that each carry one unit or none, where every node takes in as much as it needs.

Most nodes of a table have one or two arcs that may still go either way: one is decided by the other. What is decided
so is settled first, and two arcs that hang together become one; the network simplex gets what is left.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from gebiedswerk.core.faults import GebiedswerkError

Node = Hashable
N = TypeVar("N", bound=Hashable)


class NoFlow(GebiedswerkError, ValueError):
    """Nodes that cannot all have what they need."""

    def __init__(self) -> None:
        super().__init__("Not all sums can hold.")


@dataclass(slots=True)
class _Arc:
    """One or more arcs that hang together; `holds`: which of those carry a unit with it, and which without it."""

    tail: Node
    head: Node
    weight: int
    holds: list[tuple[int, bool]] = field(default_factory=list)

    def sign(self, node: Node) -> int:
        """What a unit on it is for one of its ends."""
        return 1 if node == self.head else -1

    def other(self, node: Node) -> Node:
        """The other end."""
        return self.tail if node == self.head else self.head


def cheapest_units(ends: Sequence[tuple[N, N]], weights: Sequence[int], needs: Mapping[N, int]) -> list[int]:
    """How many units (0 or 1) each arc carries, so that the sum of the weights of those that carry one is least.

    `ends`: tail and head of each arc. `needs`: what goes in minus what goes out, per node (0 where it is not named).
    Raises NoFlow. Where several choices are of the least weight it is one of these.
    """
    return _Flow(ends, weights, needs).units()


class _Flow:
    """What is not settled yet: `arcs` by number, those `at` each node, and what each node still `needs`."""

    def __init__(self, ends: Sequence[tuple[N, N]], weights: Sequence[int], needs: Mapping[N, int]) -> None:
        self.carried = [0] * len(ends)
        self.needs: dict[Node, int] = defaultdict(int)
        self.needs.update(needs.items())
        self.arcs: dict[int, _Arc] = {}
        self.at: dict[Node, dict[int, None]] = defaultdict(dict)
        self.waiting: list[Node] = []
        for number, ((tail, head), weight) in enumerate(zip(ends, weights, strict=True)):
            self._put(number, _Arc(tail, head, weight, [(number, True)]))

    def units(self) -> list[int]:
        """What each arc carries."""
        self.waiting = [*self.at]
        while self.waiting:
            node = self.waiting.pop()
            here = self.at[node]
            if len(here) == 1:
                (only,) = here
                self._decide([only], [self.needs[node] * self.arcs[only].sign(node)])
            elif len(here) == 2:
                self._both(node, *here)
        if self.arcs:
            self._simplex()
        if any(self.needs.values()):
            raise NoFlow
        return self.carried

    def _both(self, node: Node, one: int, other: int) -> None:
        """A node with two arcs: what it needs decides both, or lets one follow the other."""
        sign = self.arcs[one].sign(node)
        need, alike = self.needs[node] * sign, self.arcs[other].sign(node) == sign
        if need == int(alike):
            self._join(node, one, other, with_it=not alike)
        elif alike:
            self._decide((one, other), (need // 2, need - need // 2))
        else:
            self._decide((one, other), (int(need > 0), int(need > 0) - need))

    def _decide(self, numbers: Sequence[int], units: Sequence[int]) -> None:
        if any(carried not in (0, 1) for carried in units):
            raise NoFlow
        for number, carried in zip(numbers, units, strict=True):
            self._settle(number, carried)

    def _settle(self, number: int, units: int) -> None:
        arc = self._taken(number)
        for original, with_it in arc.holds:
            self.carried[original] = int(with_it == bool(units))
        self.needs[arc.tail] += units
        self.needs[arc.head] -= units

    def _join(self, node: Node, one: int, other: int, *, with_it: bool) -> None:
        """Two arcs of a node of which the second carries what the first does, or what that does not, become one."""
        first, second = self._taken(one), self._taken(other)
        end, far = first.other(node), second.other(node)
        if not with_it:
            self.needs[far] -= second.sign(far)
            self.needs[node] = 0
        tail, head = (end, far) if first.tail == end else (far, end)
        holds = [*first.holds, *((original, kept == with_it) for original, kept in second.holds)]
        self._put(one, _Arc(tail, head, first.weight + (second.weight if with_it else -second.weight), holds))

    def _put(self, number: int, arc: _Arc) -> None:
        self.arcs[number] = arc
        if arc.tail == arc.head:  # it brings back what it takes
            self._settle(number, int(arc.weight < 0))
            return
        self.at[arc.tail][number] = self.at[arc.head][number] = None
        self.waiting += [arc.tail, arc.head]

    def _taken(self, number: int) -> _Arc:
        arc = self.arcs.pop(number)
        self.at[arc.tail].pop(number, None)
        self.at[arc.head].pop(number, None)
        self.waiting += [arc.tail, arc.head]
        return arc

    def _simplex(self) -> None:
        import networkx as nx  # here, so that whoever imports core for another rule does not wait for it

        network: nx.MultiDiGraph[Node] = nx.MultiDiGraph()
        network.add_nodes_from((node, {"demand": need}) for node, need in self.needs.items() if need or self.at[node])
        for number, arc in self.arcs.items():
            network.add_edge(arc.tail, arc.head, key=number, capacity=1, weight=arc.weight)
        try:
            _, flow = nx.network_simplex(network)
        except nx.NetworkXUnfeasible as none:
            raise NoFlow from none
        for number in [*self.arcs]:
            arc = self.arcs[number]
            self._settle(number, flow[arc.tail][arc.head][number])
