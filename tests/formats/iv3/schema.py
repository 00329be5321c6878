"""The JSON Schema of the CBS as an oracle: the words of draft-07 that it uses, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

TYPES: dict[str, Any] = {"object": dict, "array": list, "string": str, "number": (int, float), "boolean": bool}
KNOWN = {"type", "required", "additionalProperties", "properties", "items", "oneOf", "enum", "pattern", "minProperties"}
SAID = {"$schema", "$id", "$ref", "title", "description", "examples", "definitions"}


def breaches(value: Any, schema: Mapping[str, Any], whole: Mapping[str, Any], place: str = "") -> list[str]:
    """Every place where a value breaks the schema, in words of the schema."""
    if "$ref" in schema:
        schema = whole["definitions"][schema["$ref"].removeprefix("#/definitions/")]
    assert schema.keys() <= KNOWN | SAID, "the schema uses a word that this oracle does not know"
    kind = schema.get("type")
    if kind and (not isinstance(value, TYPES[kind]) or kind == "number" and isinstance(value, bool)):
        return [f"{place}: type"]
    found = [f"{place}: enum"] if "enum" in schema and value not in schema["enum"] else []
    found += [f"{place}: oneOf" for one in schema.get("oneOf", ()) if breaches(value, one, whole)]
    found += [f"{place}: pattern"] if "pattern" in schema and not re.search(schema["pattern"], value) else []
    if isinstance(value, dict):
        names = schema.get("properties", {})
        found += [f"{place}: minProperties"] if len(value) < schema.get("minProperties", 0) else []
        found += [f"{place}.{name}: required" for name in schema.get("required", ()) if name not in value]
        if schema.get("additionalProperties", True) is False:
            found += [f"{place}.{name}: unknown" for name in value if name not in names]
        for name in value.keys() & names.keys():
            found += breaches(value[name], names[name], whole, f"{place}.{name}")
    for number, item in enumerate(value if isinstance(value, list) and "items" in schema else ()):
        found += breaches(item, schema["items"], whole, f"{place}[{number}]")
    return found
