"""The key of a page tells everything apart that the page may show."""

from __future__ import annotations

from dataclasses import fields, is_dataclass

import pytest

from gebiedswerk.blocks import models

KINDS = [kind for kind in vars(models).values() if isinstance(kind, type) and is_dataclass(kind)]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_field_is_in_what_a_model_says_of_itself(kind: type) -> None:
    """One field that is another gives other words, and the class is named."""
    names = [field.name for field in fields(kind) if field.init]
    plain = dict.fromkeys(names, "a")
    said = [repr(kind(**(plain | other))) for other in ({}, *({name: "b"} for name in names))]
    assert len(set(said)) == len(names) + 1
    assert all(words.startswith(f"{kind.__name__}(") for words in said)


def test_text_and_number_are_told_apart() -> None:
    """As in any dataclass: what a cell says of itself quotes its text, and text cannot end the quotes."""
    assert repr(models.Cell("1")) != repr(models.Cell(1))  # type: ignore[arg-type]
    assert repr(models.Cell("a', 'b")) != repr(models.Cell("a", "b"))
