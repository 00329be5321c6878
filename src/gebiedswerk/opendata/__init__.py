"""Open data: what a machine needs to read, check and find the data files of a site."""

from gebiedswerk.opendata.feeds import feed_of, feeds
from gebiedswerk.opendata.sitemaps import MapEntry, map_entry, sitemaps
from gebiedswerk.opendata.write_data import basis_files, catalogue_files, is_package

__all__ = [
    "MapEntry",
    "basis_files",
    "catalogue_files",
    "feed_of",
    "feeds",
    "is_package",
    "map_entry",
    "sitemaps",
]
