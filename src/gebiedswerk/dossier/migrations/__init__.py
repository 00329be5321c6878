"""The steps by which a dossier goes to a newer format, one module each."""
