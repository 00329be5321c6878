"""Open data: what a machine needs to read, check and find the data files of a site."""

from gebiedswerk.opendata.feeds import feeds
from gebiedswerk.opendata.write_data import basis_files, catalogue_files, open_data

__all__ = ["basis_files", "catalogue_files", "feeds", "open_data"]
