"""CSV: text, one record a line."""
