"""Page models become files: templates, assets, and a build that swaps one link."""

from gebiedswerk.dossier.lock import alone_in
from gebiedswerk.site.processes import Progress, most_jobs
from gebiedswerk.site.write_site import Built, not_ours, write

__all__ = ["Built", "Progress", "alone_in", "most_jobs", "not_ours", "write"]
