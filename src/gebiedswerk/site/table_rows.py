"""The rows of a table as HTML, by plain Python: a page holds hundreds of cells, and a template takes its time for each.

The rest of a table is the macro `table` in `templates/macros.html`, which calls this.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markupsafe import Markup, escape

from gebiedswerk.blocks import models

DEEPEST = 6
"""Rows below this depth look alike."""
LONGEST_WORD = 40
"""A longer word is a code or a hash, and may break anywhere."""

Say = Callable[..., str]
Relative = Callable[[str], str]


def table_rows(table: models.Table, say: Say, relative: Relative) -> Markup:
    """The body of a table and, where it has totals, its foot.

    `say` gives words by their name, `relative` makes a link one from this page.
    """
    labels = _labels(table)
    body = "".join([_row(row, labels, say, relative) for row in table.rows if not row.total])
    foot = "".join([_row(row, labels, say, relative) for row in table.rows if row.total])
    closing = f"<tfoot>\n{foot}</tfoot>\n" if foot else ""
    return Markup(f"<tbody>\n{body}</tbody>\n{closing}")  # noqa: S704 # each text in it is escaped


def _labels(table: models.Table) -> Sequence[str]:
    """What each cell says of its column: its name, where a narrow page shows a row as a block."""
    named = [f' data-label="{column}"' for column in _escaped(table.columns)] if table.stacks else []
    return [*named, *[""] * max((len(row.cells) - len(named) for row in table.rows), default=0)]


def _row(row: models.TableRow, labels: Sequence[str], say: Say, relative: Relative) -> str:
    texts = _escaped([cell.text for cell in row.cells])
    links = _escaped([relative(cell.href) for cell in row.cells])
    words = [f'<a href="{link}">{text}</a>' if link else text for text, link in zip(texts, links, strict=True)]
    cells = zip(row.cells[1:], labels[1:], words[1:], strict=False)  # labels: for the longest row
    rest = [f"<td{_kind(cell)}{label}>{word}</td>\n" for cell, label, word in cells]
    mark = f' class="depth-{min(row.depth, DEEPEST)}"' if row.depth else ""
    return f'<tr{mark}>\n<th scope="row">{_part(row, say)}{words[0]}</th>\n{"".join(rest)}</tr>\n\n'


def _escaped(texts: Sequence[str]) -> Sequence[str]:
    """Each text with what HTML would read in it made harmless: most have nothing, which is asked for all at once."""
    together = "".join(texts)
    return texts if escape(together) == together else [str(escape(text)) for text in texts]


def _kind(cell: models.Cell) -> str:
    if cell.amount:
        return ' class="amount below"' if cell.below else ' class="amount"'
    return ' class="code"' if len(cell.text) > LONGEST_WORD and " " not in cell.text else ""


def _part(row: models.TableRow, say: Say) -> str:
    """That a row is part of another, for who does not see how far it stands to the right."""
    if not row.depth:
        return ""
    words = say("page.part_of", name=row.within) if row.within else say("page.part")
    return f'<span class="hidden">{escape(words)} </span>'
