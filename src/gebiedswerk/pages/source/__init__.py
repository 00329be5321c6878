"""The page behind a figure: where it comes from, row by row."""
