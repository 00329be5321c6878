"""Sentences with figures in them: the words come from the catalogue, each figure keeps its link."""

from __future__ import annotations

import re

from gebiedswerk.blocks.models import Cell, Sentence
from gebiedswerk.blocks.year_tables import Setting
from gebiedswerk.figures import UNITS, Address
from gebiedswerk.language.messages import Messages


def said(messages: Messages, name: str, /, **facts: object) -> Sentence:
    """Fill a sentence of the catalogue; a fact that is a `Cell` becomes a link in its place.

    Behind it stands to the cent what was not printed as the nearest amount.
    """
    marks = {key: f"\x00{key}\x00" if isinstance(fact, Cell) else fact for key, fact in facts.items()}
    pieces = re.split("\x00([a-z_]+)\x00", messages(name, **marks))
    found = [facts[piece] if at % 2 else Cell(piece) for at, piece in enumerate(pieces) if piece]
    cells = [cell for cell in found if isinstance(cell, Cell)]
    cells += [Cell(f" {messages('sentence.exact', exact=cell.exact)}") for cell in cells if cell.exact]
    return Sentence(tuple(cells))


def euro_cell(setting: Setting, address: Address) -> Cell:
    """A figure in whole euros, as it stands in a sentence."""
    units, cents = setting.figures.printed(address, UNITS["euro"])
    text = setting.messages("amount.euro", amount=setting.messages.number(units))
    return Cell(text, setting.places.figure(address), exact="" if cents is None else setting.messages.euros(cents))


def cents_cell(setting: Setting, cents: int, href: str) -> Cell:
    """An amount to the cent, aligned as amounts in tables are."""
    return Cell(setting.messages.euros(cents), href, amount=True, below=cents < 0)
