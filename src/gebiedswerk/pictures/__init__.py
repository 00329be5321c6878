"""Charts and maps, drawn once for page and paper."""
