"""One file per verb: what the command line and the workspace ask for."""
