"""Proof: a release that anyone can recompute, what differs between two of them, and lasting addresses."""

from gebiedswerk.proof.compare import Compared, compare
from gebiedswerk.proof.publish import Published, publish
from gebiedswerk.proof.release import Frozen, freeze
from gebiedswerk.proof.signatures import Signers
from gebiedswerk.proof.verify import Verified, verify

__all__ = ["Compared", "Frozen", "Published", "Signers", "Verified", "compare", "freeze", "publish", "verify"]
