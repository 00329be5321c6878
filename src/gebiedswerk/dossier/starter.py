"""Where the dossier stands that `new` makes another of."""

from __future__ import annotations

from pathlib import Path

STARTER = Path(__file__).parent.parent / "starter"
