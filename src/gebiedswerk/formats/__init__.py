"""Files of finance systems: how each kind is recognised and read."""
