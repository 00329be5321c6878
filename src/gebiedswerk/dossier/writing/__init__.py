"""The one writer of a dossier, and its memory: a change lands whole, is told in the journal, and can be merged."""
