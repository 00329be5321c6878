"""Open data: what a machine needs to read, check and find the data files of a site."""

from gebiedswerk.opendata.write import open_data

__all__ = ["open_data"]
