"""The rows of a sample that are postings: without totals, balances, and headers that stand there again."""

from __future__ import annotations

from dataclasses import replace

from gebiedswerk.formats.row_marks import label_of
from gebiedswerk.formats.sample import Sample


def cleaned(sample: Sample) -> Sample:
    """A sample without the rows that a reader would ask about; with all its rows where no other would be left."""
    rows = [row for row in sample.rows if not label_of(sample.header, row) and row != sample.header]
    return replace(sample, rows=rows) if rows else sample
