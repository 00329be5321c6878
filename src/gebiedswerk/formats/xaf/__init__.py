"""XAF, the audit file of Dutch packages."""
