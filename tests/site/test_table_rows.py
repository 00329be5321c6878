"""The rows of a table by plain Python are what a template would make of them."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, StrictUndefined

from gebiedswerk.blocks.models import Cell, Frame, Table, TableRow
from gebiedswerk.language.messages import Messages
from gebiedswerk.site.render import relative_to
from gebiedswerk.site.table_rows import table_rows

TWIN = Path(__file__).with_name("rows.html").read_text("utf-8")
"""The rows as a template: what the site had before, and what benchmarks hold it against."""
FRAME = Frame("gebieden/west/index.html", "West", "nl", "Gebieden")
TEXTS = st.one_of(st.text(st.sampled_from("ab <>&\"'é−1"), max_size=12), st.text("a<0", min_size=38, max_size=44))
PLACES = st.sampled_from(
    ("", "#a", "gebieden/west/index.html#b", 'cijfers/a&b".html#c', "https://x.example/?a=1&b='2'")
)
CELLS = st.builds(Cell, TEXTS, PLACES, st.booleans(), st.booleans())
ROWS = st.builds(
    TableRow,
    st.lists(CELLS, min_size=1, max_size=4).map(tuple),
    st.integers(0, 8),
    st.booleans(),
    st.sampled_from(("", "<b>")),
)


@given(rows=st.lists(ROWS, max_size=4).map(tuple), columns=st.lists(TEXTS, max_size=5).map(tuple))
def test_rows_are_those_of_a_template(rows: tuple[TableRow, ...], columns: tuple[str, ...]) -> None:
    """Whatever stands in the cells: the same bytes, with everything harmless that HTML would read in it."""
    options = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True, "keep_trailing_newline": True}
    template = Environment(undefined=StrictUndefined, **options).from_string(TWIN)  # type: ignore[arg-type] # noqa: S701
    table, say, rel = Table("t", "", columns, rows), Messages("nl"), relative_to(FRAME)
    assert str(table_rows(table, say, rel)) == template.render(table=table, t=say, rel=rel).strip() + "\n"
