"""`import --propose`: a profile to confirm, for a file that no profile fits."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from gebiedswerk.core.actor import UNSAID, By
from gebiedswerk.core.faults import Checked
from gebiedswerk.dossier import read
from gebiedswerk.dossier.disk import unreadable
from gebiedswerk.dossier.settings import DeliveryKind
from gebiedswerk.importing import Answer, Proposal, propose
from gebiedswerk.language.messages import Messages

__all__ = ["DeliveryKind", "Proposal", "propose_profile"]


def propose_profile(
    path: Path,
    file: Path,
    name: str,
    messages: Messages,
    kind: DeliveryKind | None = None,
    answers: Sequence[Answer] = (),
    by: By = UNSAID,
) -> Checked[Proposal | None]:
    """Write a profile for a file that no profile fits, as a kind of delivery or as what it looks like."""
    if not (path / "dossier.toml").is_file():
        return Checked(None, read(path).faults)
    refused = unreadable(file)
    return Checked(None, refused) if refused else propose(path, file, name, messages, kind, answers, by)
