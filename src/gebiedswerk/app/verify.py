"""`verify`: a release held against its manifest, its own ledger and, for the auditor, its deliveries."""

from __future__ import annotations

from pathlib import Path

from gebiedswerk.assembly.made import make
from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.core.faults import Checked
from gebiedswerk.release import MadeAgain, Sealed, Signers, Verified, deliveries_elsewhere, held_release, seal_of

__all__ = ["Signers", "Verified", "verify"]


def verify(
    folder: Path,
    *,
    deliveries: bool = False,
    figures: bool = False,
    manifest_sha256: str = "",
    signers: Signers | None = None,
) -> Checked[Verified | None]:
    """Verify a release. With `deliveries` an audit release is made again from its deliveries, and compared by byte.

    `figures`: hold the figures one by one and make nothing again. `manifest_sha256`: what the manifest should be, noted
    elsewhere; `signers`: by whom it must be signed. Without either, a release that was made anew as a whole is right
    within itself.
    """
    sealed, faults = seal_of(folder, deliveries=deliveries, manifest_sha256=manifest_sha256, signers=signers)
    if sealed is None:
        return Checked(None, faults)
    return held_release(sealed, _made_again(sealed) if deliveries else None, figures=figures)


def _made_again(sealed: Sealed) -> Checked[MadeAgain | None]:
    """The dossier of an audit release, opened and made again; nothing of a delivery that is said to be elsewhere."""
    outside = tuple(deliveries_elsewhere(sealed.dossier))
    if outside:
        return Checked(None, outside)
    opened = open_dossier(sealed.dossier)
    return Checked(MadeAgain(opened, make(opened, sealed.at) if opened.sound else None))
