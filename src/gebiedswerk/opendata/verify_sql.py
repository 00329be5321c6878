"""`verify.sql`: recompute the published tables from the published postings, in DuckDB, without any of our code.

The amounts of a line follow from its postings; the steps of the spending term (which year's money was used first) are
not done again but must meet: opening + allocated − realised = closing + released − shortfall, and what a step moved
must agree with the postings.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from string import Template

from gebiedswerk.account import MEASURES
from gebiedswerk.publication.places import DATA

SCRIPT = Path(__file__).parent / "verify.sql"
POSTED = tuple(name for name, measure in MEASURES.items() if measure.kinds)
_PARTS = {  # literal: SQL, in its own words
    "brought_in": " AND cents > 0 AND in_budget",  # literal: as above
    "moved_out": " AND cents < 0",  # literal: as above
}


def verify_sql(years: tuple[int, ...]) -> str:
    """The script, for the years of one basis. It stops with an error that names the first difference."""
    files = {kind: _files(kind, years) for kind in ("account", "available", "terms", "lines")}
    sums = ", ".join(f"sum({name}) AS {name}" for name in POSTED)
    facts = {"postings": f"'{DATA['postings']}.csv'", "posted": ",\n".join(_posted()), "sums": sums}
    return Template(SCRIPT.read_text("utf-8")).substitute(files | facts)


def _files(kind: str, years: tuple[int, ...]) -> str:
    names = ", ".join(f"'{DATA[kind]}-{year}.csv'" for year in years)
    return f"[{names}]"


def _posted() -> Iterator[str]:
    """One sum per measure that is a sum of postings."""
    for name in POSTED:
        measure = MEASURES[name]
        kinds = ", ".join(f"'{kind}'" for kind in measure.kinds)
        flows = ", ".join(f"'{flow}'" for flow in measure.flows)
        keep = f"kind IN ({kinds}) AND flow IN ({flows}){_PARTS.get(measure.part, '')}"  # literal: as above
        yield f"  {measure.sign} * coalesce(sum(cents) FILTER ({keep}), 0) AS {name}"  # literal: SQL, in its own words
