"""A dossier from its first stage to its last, and the pages and files that are made of it."""
