"""What a made site becomes: a release that anyone can recompute, a live site whose addresses last; and what differs."""

from gebiedswerk.release.compare import (
    Compared,
    Seen,
    compare,
    delivery_seen,
    dossier_seen,
    is_release,
    release_seen,
)
from gebiedswerk.release.put_live import Published, put_live
from gebiedswerk.release.release import Frozen, ReleasePlaces, freeze_site, named, not_freezable
from gebiedswerk.release.signatures import Signers
from gebiedswerk.release.verification import MadeAgain, Sealed, Verified, deliveries_elsewhere, held_release, seal_of

__all__ = [
    "Compared",
    "Frozen",
    "MadeAgain",
    "Published",
    "ReleasePlaces",
    "Sealed",
    "Seen",
    "Signers",
    "Verified",
    "compare",
    "deliveries_elsewhere",
    "delivery_seen",
    "dossier_seen",
    "freeze_site",
    "held_release",
    "is_release",
    "named",
    "not_freezable",
    "put_live",
    "release_seen",
    "seal_of",
]
