"""Publications as documents: PDF to print and keep."""

from gebiedswerk.documents.write import documents

__all__ = ["documents"]
