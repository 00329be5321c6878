"""What a release shows, read with parsers of its own formats, and held against what was recomputed."""

from gebiedswerk.release.shown.bytes_apart import differing
from gebiedswerk.release.shown.held import Held
from gebiedswerk.release.shown.whole import hold

__all__ = ["Held", "differing", "hold"]
