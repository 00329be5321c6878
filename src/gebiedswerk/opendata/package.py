"""A Data Package of one basis and year: every file with its fields, licence, size and hash, and where it came from.

Source: Data Package 2.0 (datapackage.org) and, for `columnType`, Fiscal Data Package 1.
"""

from __future__ import annotations

import hashlib
import json
import posixpath
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from gebiedswerk.dossier import Dossier
from gebiedswerk.language.messages import Messages
from gebiedswerk.opendata.data_tables import KEYS, DataTable
from gebiedswerk.pages import File

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
SCHEMA = "https://datapackage.org/profiles/2.0/tableschema.json"
LICENCES: Mapping[str, str] = {
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
}
MEDIA: Mapping[str, str] = {
    "csv": "text/csv",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
    "sql": "application/sql",
}


def package_text(
    name: str,
    title: str,
    dossier: Dossier,
    used: Iterable[str],
    tables: Sequence[DataTable],
    others: Sequence[File],
    messages: Messages,
) -> str:
    """The descriptor of a package: `tables` are CSV with a schema, `others` the same data in other forms."""
    found: dict[str, Any] = {
        "$schema": PROFILE,
        "name": name,
        "title": title,
        "description": messages("data.package", municipality=dossier.settings.municipality.name),
        "licenses": [licence(dossier)],
        "contributors": [{"title": dossier.settings.municipality.name, "roles": ["publisher"]}],
        "countryCode": "NL",
        "sources": sources(dossier, used, messages),
        "resources": [
            *(_table_resource(table, messages) for table in tables),
            *(_file_resource(file) for file in others),
        ],
    }
    return json.dumps(found, indent=1, ensure_ascii=False) + "\n"


def licence(dossier: Dossier) -> dict[str, str]:
    """The licence under which the data are published."""
    name = dossier.settings.open_data.licence
    return {"name": name, "path": LICENCES[name]}


def sources(dossier: Dossier, used: Iterable[str], messages: Messages) -> list[dict[str, str]]:
    """The delivered files that the data follow from, by name, moment of export and hash. The files are not public."""
    names = set(used)
    return [
        {
            "title": messages("data.delivered", delivery=delivery.id, file=delivery.settings.file),
            "version": delivery.settings.exported_at.isoformat(),
            "hash": f"sha256:{delivery.sha256}",
        }
        for delivery in dossier.deliveries
        if delivery.id in names
    ]


def _table_resource(table: DataTable, messages: Messages) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": list(table.fields), "missingValues": [""]}
    if table.kind in KEYS:
        schema["primaryKey"] = KEYS[table.kind]
    return {
        **_of_file(table.name, table.file),
        "type": "table",
        "encoding": "utf-8",
        "title": messages(f"data.table.{table.kind}"),
        "dialect": {"delimiter": ","},
        "schema": schema,
    }


def _file_resource(file: File) -> dict[str, Any]:
    stem, kind = posixpath.splitext(posixpath.basename(file.path))
    return {**_of_file(f"{stem}-{kind[1:]}", file), "type": "file"}


def _of_file(name: str, file: File) -> dict[str, Any]:
    kind = posixpath.splitext(file.path)[1][1:]
    return {
        "name": name,
        "path": posixpath.basename(file.path),
        "format": kind,
        "mediatype": MEDIA[kind],
        "bytes": len(file.content),
        "hash": f"sha256:{hashlib.sha256(file.content).hexdigest()}",
    }
