"""How a question of an import is answered: behind the command, or in the profile."""

from __future__ import annotations

from dataclasses import dataclass

from gebiedswerk.importing import line, option


@dataclass(frozen=True, slots=True)
class WaysToAnswer:
    """An answer as an option of the command, and as a line of the profile where it is a setting of that."""

    option: str
    line: str | None


def ways_to_answer(key: str, value: str) -> WaysToAnswer:
    """How a person gives a value as the answer to the question with this key."""
    return WaysToAnswer(option(key, value), line(key, value))
