"""Walk a figure back: value, formula, inputs, and the postings with delivery and row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gebiedswerk.account import MEASURES, TERM, sums_in
from gebiedswerk.figures.address import Address
from gebiedswerk.figures.figures import Figures
from gebiedswerk.ledger import with_part

FORMAT = 1
SHOWN = ("id", "delivery", "row", "line", "year", "period", "kind", "flow", "cents", "count", "ground", "rule")


def trace(figures: Figures, address: Address) -> dict[str, Any]:
    """The path of a figure as JSON (`docs/reference/json.md`).

    For a sum, and for a formula over sums, the postings with their `factor` add up to the value:
    value_cents = Σ factor × cents. A step of the spending term has no factor: its postings are all that move it.
    Raises NoFigure.
    """
    figure = figures.figure(address)
    deliveries = {delivery.id: delivery for delivery in figures.dossier.deliveries}
    factors = {} if address.measure in TERM else _factors(address.measure)
    rows = []
    for row in _parted(figures, address):
        delivery = deliveries.get(row["delivery"])
        rows.append(
            {name: row[name] for name in SHOWN}
            | {"file": delivery.file if delivery else row["delivery"], "sha256": delivery.sha256 if delivery else None}
            | {"factor": _factor(factors, row)}
        )
    return {
        "format": FORMAT,
        "figure": str(address),
        "basis": figures.account.standing(address.year or 0).basis,
        "value_cents": figure.cents,
        "formula": formula(address.measure),
        "inputs": [{"sign": found.sign, "figure": str(found.address), "cents": found.cents} for found in figure.inputs],
        "postings": rows,
    }


def posted_cents(figures: Figures, address: Address) -> int | None:
    """What the postings behind a figure add up to; None for a step of the spending term. Raises NoFigure."""
    if address.measure in TERM:
        return None
    factors = _factors(address.measure)
    return sum((_factor(factors, row) or 0) * int(row["cents"]) for row in _parted(figures, address))


def formula(measure: str) -> str:
    """How a measure comes about, in the names of this program: 'budget - realised', 'sum(realised; costs)'."""
    found = MEASURES[measure]
    if found.inputs:
        signed = " ".join(f"{'+' if sign > 0 else '-'} {name}" for sign, name in found.inputs)
        return signed.removeprefix("+ ")
    if found.kinds:
        return f"{'-' if found.sign < 0 else ''}sum({', '.join(found.kinds)}; {', '.join(found.flows)})"
    return "term"


def _factors(measure: str) -> dict[tuple[str, str, str], int]:
    """(kind, flow, part) → the factor with which such postings count towards a measure."""
    return {
        (kind, flow, found.part): factor
        for found, factor in sums_in(measure)
        for kind in found.kinds
        for flow in found.flows
    }


def _factor(factors: dict[tuple[str, str, str], int], row: dict[str, Any]) -> int | None:
    return factors.get((row["kind"], row["flow"], row["part"]))


def _parted(figures: Figures, address: Address) -> Iterator[dict[str, Any]]:
    """The postings behind a figure, each with the part of a decision that it is."""
    return with_part(figures.postings(address).lazy()).collect().iter_rows(named=True)
