"""What a release shows, read with parsers of its own formats, and held against what was recomputed."""

from gebiedswerk.release.shown.bytes_apart import differing
from gebiedswerk.release.shown.held import FiguresHeld
from gebiedswerk.release.shown.whole import hold

__all__ = ["FiguresHeld", "differing", "hold"]
