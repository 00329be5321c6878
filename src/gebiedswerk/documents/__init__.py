"""Publications as documents: PDF to print and keep, Word and HTML to go on with elsewhere."""

from gebiedswerk.documents.write_documents import attached, documents

__all__ = ["attached", "documents"]
