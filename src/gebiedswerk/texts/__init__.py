"""Markdown and the figures in it: read, held against the account, and brought up to date."""
