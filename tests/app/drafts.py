"""Drafts for tests, as a person makes them."""

from __future__ import annotations

from pathlib import Path

from gebiedswerk.app.make_draft import Drafted, DraftWords, make_draft
from gebiedswerk.core.actor import Actor, By
from gebiedswerk.core.faults import Checked

BY = By(Actor("m17", "controller"), "Motie 12")
ROW = "P2024-BIN"


def corrected(amount: str = "33000", row: str = ROW) -> DraftWords:
    return DraftWords("correct", "budgets", row, {"amount": amount})


def drafted(dossier: Path, *asked: DraftWords, name: str = "draft.toml", more: bool = False) -> Checked[Drafted | None]:
    return make_draft(dossier, dossier.with_name(name), asked, BY, more=more)
