"""Proof: a release that anyone can recompute, what differs between two of them, and lasting addresses."""

from gebiedswerk.release.compare import Compared, compare
from gebiedswerk.release.publish import Published, publish
from gebiedswerk.release.release import Frozen, freeze
from gebiedswerk.release.signatures import Signers
from gebiedswerk.release.verify import Verified, verify

__all__ = ["Compared", "Frozen", "Published", "Signers", "Verified", "compare", "freeze", "publish", "verify"]
