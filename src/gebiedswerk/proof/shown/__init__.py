"""What a release shows, read with parsers of its own formats, and held against what was recomputed."""

from gebiedswerk.proof.shown.bytes_apart import differing
from gebiedswerk.proof.shown.held import Held
from gebiedswerk.proof.shown.whole import hold

__all__ = ["Held", "differing", "hold"]
