"""All open data of a site: per basis and year a package of its tables, and the script that checks them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gebiedswerk.blocks.year_tables import WITH_JSON
from gebiedswerk.dossier import Dossier
from gebiedswerk.language.messages import Messages
from gebiedswerk.opendata.data_tables import PER_YEAR, json_text, parquet_bytes, tables_of
from gebiedswerk.opendata.package import package_text
from gebiedswerk.opendata.verify_sql import verify_sql
from gebiedswerk.opendata.workbook import figures_sheet, table_sheet, workbook_bytes
from gebiedswerk.pages import BinaryFile, DataFile, File
from gebiedswerk.pages.data_files import ShownBasis

PACKAGE = "datapackage"


def is_package(place: str) -> re.Match[str] | None:
    """Whether a file is the package of a year: its year is the first group."""
    return re.search(rf"/{PACKAGE}-([0-9]{{4}})\.json$", place)


def catalogue_files(dossier: Dossier, files: Sequence[File], messages: Messages) -> Iterator[DataFile]:
    """The catalogue of all packages."""
    from gebiedswerk.opendata.catalogue import Described, catalogue

    packages = [
        Described(file.path, int(found[1]), file.text)
        for file in files
        if isinstance(file, DataFile) and (found := is_package(file.path))
    ]
    yield from catalogue(dossier, packages, messages)


def basis_files(shown: ShownBasis, title: str, files: dict[str, DataFile], messages: Messages) -> Iterator[File]:
    """All open data of one basis beside its CSV (`files`, by place): packages, other forms and the script."""
    for year in shown.years:
        yield from _of_year(shown, year, title, files, messages)
    yield from _of_all_years(shown, files, messages)


def _of_all_years(shown: ShownBasis, files: dict[str, DataFile], messages: Messages) -> Iterator[File]:
    if shown.years:
        yield DataFile(f"{shown.places.root}data/verify.sql", verify_sql(shown.years, shown.unit_cents))
        yield _postings(shown, files, messages)


def _of_year(
    shown: ShownBasis, year: int, title: str, files: dict[str, DataFile], messages: Messages
) -> Iterator[File]:
    """The package of one year, with every table in each form."""
    root, dossier = f"{shown.places.root}data/", shown.figures.dossier
    tables = list(tables_of(shown, year, files, messages))
    yearly = [table for table in tables if table.kind in PER_YEAR]
    forms: list[File] = [
        DataFile(f"{root}{table.name}.json", json_text(table)) for table in yearly if table.kind not in WITH_JSON
    ]
    forms += [BinaryFile(f"{root}{table.name}.parquet", parquet_bytes(table)) for table in yearly]
    sheets = [*map(table_sheet, yearly), figures_sheet(shown, year, messages)]
    forms.append(BinaryFile(shown.places.workbook(year), workbook_bytes(sheets)))
    yield from forms
    there = [files[f"{root}{table.name}.json"] for table in yearly if table.kind in WITH_JSON]
    name = "-".join(part for part in ("gebiedswerk", *shown.places.root.lower().split("/"), str(year)) if part)
    used = shown.figures.ledger.used
    text = package_text(name, f"{title} ({year})", dossier, used, tables, [*there, *forms], messages)
    yield DataFile(f"{root}{PACKAGE}-{year}.json", text)


def _postings(shown: ShownBasis, files: dict[str, DataFile], messages: Messages) -> BinaryFile:
    """The postings as Parquet."""
    year = shown.years[-1]
    table = next(one for one in tables_of(shown, year, files, messages) if one.kind == "postings")
    return BinaryFile(table.file.path.removesuffix(".csv") + ".parquet", parquet_bytes(table))
