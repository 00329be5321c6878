"""`rules`: rules for all that has none."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from gebiedswerk.core.actor import UNSAID, By
from gebiedswerk.importing import Answer, RulesFound, suggest_rules, write_rules

__all__ = ["RulesFound", "find_rules"]


def find_rules(path: Path, answers: Sequence[Answer] = (), by: By = UNSAID, *, write: bool = False) -> RulesFound:
    """A rule for each kind of posting that has none; with `write` those land of which is known where they go."""
    return write_rules(path, answers, by) if write else suggest_rules(path, answers)
