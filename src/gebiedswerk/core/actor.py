"""Who changes a dossier, and why: a code and a role, never a name."""

from __future__ import annotations

import re
from dataclasses import dataclass

OPAQUE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
"""What an actor or a role may be called: a number or a code, never a sentence."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: an opaque id and a role; both may be unknown (empty).

    >>> Actor("m17", "controller").is_opaque, Actor("Jan de Vries").is_opaque
    (True, False)
    """

    id: str = ""
    role: str = ""

    @property
    def is_opaque(self) -> bool:
        """Whether neither is more than a code."""
        return all(not one or OPAQUE.fullmatch(one) for one in (self.id, self.role))


NOBODY = Actor()


@dataclass(frozen=True, slots=True)
class By:
    """Who asks for a change, and why. Without a reason the journal says what was asked."""

    actor: Actor = NOBODY
    reason: str = ""


UNSAID = By()


def actor_of(text: str) -> Actor:
    """An actor as people write it: `m17:controller`.

    >>> actor_of("m17:controller")
    Actor(id='m17', role='controller')
    """
    name, _, role = text.partition(":")
    return Actor(name.strip(), role.strip())
