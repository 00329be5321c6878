"""`docs/reference/queries.md`: the questions that the program puts to the postings, and the columns of a posting."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping

from gebiedswerk.formats.postings import ATTRIBUTED, DECIDED, DELIVERED
from gebiedswerk.ledger import queries
from tools.reference.markdown import docstring, page, table

ROWS = """\
A query takes and gives rows like these. Costs are positive, income is negative, in whole cents. Every row of a
delivered file becomes one row, or one for each share where a key divides it."""


def pages() -> dict[str, str]:
    """Name of the file → its text."""
    own = [of for _, of in inspect.getmembers(queries, inspect.isfunction) if of.__module__ == queries.__name__]
    asked = [of for of in own if not of.__name__.startswith("_")]
    asked.sort(key=lambda of: of.__code__.co_firstlineno)
    sections = [f"## {of.__name__}\n\n```python\n{_written(of)}\n```\n\n{_paragraphs(docstring(of))}" for of in asked]
    columns = [
        (f"`{name}`", f"`{kind.__name__}`", source)
        for source, schema in (
            ("the delivered file", DELIVERED),
            ("a row of a decision", DECIDED),
            ("attribution", ATTRIBUTED),
        )
        for name, kind in _kinds(schema).items()
    ]
    opening = f"Module `{queries.__name__}`. {docstring(queries)}"
    shape = f"## The columns of a posting\n\n{ROWS}\n\n{table(('column', 'type', 'comes from'), columns)}"
    return {"queries.md": page("Queries", opening, *sections, shape)}


def _written(of: Callable[..., object]) -> str:
    """A function with its arguments and types, as in the code."""
    return f"{of.__name__}{inspect.signature(of)}".replace("'", "")


def _paragraphs(words: str) -> str:
    """A docstring in Markdown: each sentence that opens a line there opens a line here."""
    return re.sub(r"(?<!\n)\n(?=Takes|Returns|Raises|Source)", "\n\n", words)


def _kinds(schema: Mapping[str, object]) -> dict[str, type]:
    return {name: kind for name, kind in schema.items() if isinstance(kind, type)}
