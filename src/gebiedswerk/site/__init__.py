"""Page models become files: templates, assets, and a build that swaps one link."""

from gebiedswerk.site.alone import alone_in
from gebiedswerk.site.build import Built, not_ours, write

__all__ = ["Built", "alone_in", "not_ours", "write"]
