"""Page models become files: templates, assets, and a build that swaps one link."""

from gebiedswerk.dossier.lock import alone_in
from gebiedswerk.site.processes import Progress, most_jobs
from gebiedswerk.site.program import program_key
from gebiedswerk.site.write_site import (
    SEARCHED,
    Built,
    KeyedSite,
    file_key,
    former_site,
    marked,
    not_ours,
    page_key,
    write,
)

__all__ = [
    "SEARCHED",
    "Built",
    "KeyedSite",
    "Progress",
    "alone_in",
    "file_key",
    "former_site",
    "marked",
    "most_jobs",
    "not_ours",
    "page_key",
    "program_key",
    "write",
]
