"""Gebiedswerk: from the export of a finance system to a published page per area that can prove itself."""

__version__ = "0.1.0"
