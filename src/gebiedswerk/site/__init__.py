"""Page models become files: templates, assets, and a build that swaps one link."""

from gebiedswerk.site.build import Built, not_ours, write

__all__ = ["Built", "not_ours", "write"]
