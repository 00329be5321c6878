"""The data files of one basis: tables as CSV and JSON, terms and what they rest on, and all public postings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from gebiedswerk.account import YearAccount, terms_json
from gebiedswerk.blocks.models import DataFile
from gebiedswerk.blocks.places import Places
from gebiedswerk.blocks.year_tables import COLUMNS, FORMULA, Setting, csv_text, year_data
from gebiedswerk.figures import Figures, line_subject
from gebiedswerk.language.messages import Messages
from gebiedswerk.pages.source.source_postings import has_pages
from gebiedswerk.pages.term_files import term_files


@dataclass(frozen=True, slots=True)
class ShownBasis:
    """One basis with its places: whose source pages and data are written, for which years, in which unit."""

    figures: Figures
    places: Places
    years: tuple[int, ...]
    unit_cents: int


def data_files(shown: ShownBasis, messages: Messages) -> Iterator[DataFile]:
    """The files of one basis, year by year."""
    for year in shown.years:
        setting = Setting(shown.figures, shown.places, year, shown.unit_cents, messages)
        for name in COLUMNS:
            yield from year_data(setting, name)
        yield DataFile(shown.places.data("terms", "csv", year), terms_csv(setting.account))
        yield DataFile(shown.places.data("lines", "csv", year), _lines_csv(setting))
    public = shown.figures.public.filter(pl.col("year").is_in(shown.years))
    yield DataFile(shown.places.data("postings", "csv"), postings_csv(public))
    if shown.years:
        yield from term_files(shown.figures, shown.places, shown.years)
    for year in shown.years:
        setting = Setting(shown.figures, shown.places, year, shown.unit_cents, messages)
        for line in setting.account.lines:
            subject = line_subject(line.code)
            if has_pages(setting, subject):
                mine = public.filter((pl.col("line") == line.code) & (pl.col("year") == year))
                yield DataFile(shown.places.postings_csv(subject, year), postings_csv(mine))


def postings_csv(public: pl.DataFrame) -> str:
    """Public postings as CSV, as `csv_text` writes its rows; many at once, so by the engine."""
    bare = public.with_columns(_guarded(pl.col(name)) for name, kind in public.schema.items() if kind == pl.String)
    return bare.write_csv(line_terminator="\n", quote_style="necessary")


def _guarded(words: pl.Expr) -> pl.Expr:
    """Nothing where there are no words; a quote before what a spreadsheet would run as a formula."""
    formula = words.str.contains(f"^{FORMULA.pattern}")
    return pl.when(words == "").then(None).when(formula).then("'" + words).otherwise(words).name.keep()


def _lines_csv(setting: Setting) -> str:
    """The budget lines of a year as CSV, in tree order: under which line, area and programme each stands."""
    known = setting.figures.dossier.lines_in(setting.year)
    rows: list[dict[str, object]] = [
        {
            "line": line.code,
            "year": setting.year,
            "name": line.name,
            "parent": line.parent,
            "area": line.area,
            "programme": known[line.code].programme if line.code in known else None,
        }
        for line in setting.account.lines
    ]
    return csv_text(("line", "year", "name", "parent", "area", "programme"), rows)


def terms_csv(account: YearAccount) -> str:
    """The terms of a year as CSV: one row per line, step and tranche; steps without tranches have no origin."""
    rows: list[dict[str, object]] = []
    for line in terms_json(account)["lines"]:
        head = {"line": line["code"], "year": account.year, "origin": None, "last_year": None}
        tranches = {step: found for step, found in line.items() if isinstance(found, list)}
        for step, found in tranches.items():
            rows += [head | {"step": step} | {k: t[k] for k in ("origin", "last_year", "cents")} for t in found]
        for name, cents in ((name, line[name]) for name in line if name.endswith("_cents")):
            rows.append(head | {"step": name.removesuffix("_cents"), "cents": cents})
    return csv_text(("line", "year", "step", "origin", "last_year", "cents"), rows)
