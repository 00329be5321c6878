"""Iv3 (informatie voor derden): what a municipality tells the CBS."""
