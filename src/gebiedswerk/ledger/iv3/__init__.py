"""Iv3 (informatie voor derden): what a municipality told the CBS, held against its own ledger."""

from gebiedswerk.ledger.iv3.check import Iv3Check, check_iv3

__all__ = ["Iv3Check", "check_iv3"]
