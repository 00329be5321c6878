"""`verify.sql`: recompute the published tables from the published postings, in DuckDB, without any of our code.

The amounts of a line follow from its postings. The spending term is done again, step by step and tranche by tranche,
from what the year before left, the postings, and the published years, rules and extensions (`term_data.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Template

from gebiedswerk.account import MEASURES, RESERVES, SUMS, TERM, sums_in
from gebiedswerk.blocks.places import DATA
from gebiedswerk.blocks.year_tables import COLUMNS
from gebiedswerk.ledger import PARTS
from gebiedswerk.opendata.data_tables import OF_ALL_YEARS, PER_YEAR

SCRIPTS = Path(__file__).parent
_PARTS: Mapping[str, str] = {
    one.name: f" AND cents {'>' if one.sign > 0 else '<'} 0{' AND in_budget' if one.in_budget else ''}"  # literal: SQL
    for one in PARTS
}


def verify_sql(years: tuple[int, ...], unit_cents: int) -> str:
    """The script, for the years of one basis and the unit of its pages. Its error names what differs."""
    files = {kind: _files(kind, years) for kind in PER_YEAR}
    files |= {kind: f"'{DATA[kind]}.csv'" for kind in OF_ALL_YEARS}
    sums = ", ".join(f"sum({name}) AS {name}" for name in SUMS)
    term = Template((SCRIPTS / "verify_term.sql").read_text("utf-8")).substitute(files)
    facts = {"posted": ",\n".join(_posted()), "sums": sums, "term": term, "unit": str(unit_cents), **_measured()}
    return Template((SCRIPTS / "verify.sql").read_text("utf-8")).substitute(files | facts)


def _files(kind: str, years: tuple[int, ...]) -> str:
    names = ", ".join(f"'{DATA[kind]}-{year}.csv'" for year in years)
    return f"[{names}]"


def _measured() -> Mapping[str, str]:
    """The measures in tables: those of a line with what is below it, those of reserves apart, and steps of the term."""
    shown = {name for columns in COLUMNS.values() for name in columns}
    rows = {
        name: f"    {{'measure': '{name}', 'cents': {_sum(name)}}}"
        for name in MEASURES
        if name in shown and name not in TERM
    }
    return {
        "moved": " OR ".join(f"{name} <> 0" for name in SUMS if name in RESERVES),  # literal: SQL
        "amounts": ",\n".join(row for name, row in rows.items() if name not in RESERVES),
        "movements": ",\n".join(row for name, row in rows.items() if name in RESERVES),
        "steps": ", ".join(f"('{name}')" for name in TERM if name in shown and not MEASURES[name].inputs),
    }


def _sum(name: str) -> str:
    """A measure in the sums of which it is made: `costs - income`."""
    signed = " ".join(f"{'+' if factor * found.sign > 0 else '-'} {found.name}" for found, factor in sums_in(name))
    return signed.removeprefix("+ ")


def _posted() -> Iterator[str]:
    """One sum per measure that is a sum of postings."""
    for name, measure in SUMS.items():
        kinds = ", ".join(f"'{kind}'" for kind in measure.kinds)
        flows = ", ".join(f"'{flow}'" for flow in measure.flows)
        keep = f"kind IN ({kinds}) AND flow IN ({flows}){_PARTS.get(measure.part, '')}"  # literal: as above
        yield f"  {measure.sign} * coalesce(sum(cents) FILTER ({keep}), 0) AS {name}"  # literal: SQL, in its own words
