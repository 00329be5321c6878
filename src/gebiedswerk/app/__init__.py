"""One file per verb: what the command line and the workspace ask for.

Rooms that make pages or take files in are loaded by the verbs that do so.
"""
