"""Importers turn a delivered file into postings: rows and problems, whole or not at all."""

from gebiedswerk.ledger.importers.csv_file import read_csv

__all__ = ["read_csv"]
