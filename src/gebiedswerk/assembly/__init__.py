"""A dossier from its first stage to its last, and the pages and files that are made of it.

Rooms that make pages are loaded by who makes them: `check` and `account` do not wait for those.
"""
